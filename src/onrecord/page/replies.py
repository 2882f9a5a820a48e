"""Where readers' comments stand when the markup does not say so: under a heading such as "3 replies"."""

from collections.abc import Sequence

from onrecord.page.comment_words import is_button
from onrecord.page.features import Look
from onrecord.page.lines import Walk
from onrecord.page.moments import find_moment
from onrecord.page.tells import READERS, find_end
from onrecord.page.tree import Tree

__all__ = ["find_replies"]

# Comments stand behind an article: so much running text, in characters, has been read before.
ENOUGH = 400
MAX_HEADING = 12
MAX_SIGN = 60
# A name and its time above each comment, or a button below: so many lines at most have one of these.
EVERY = 10
FEWEST = 2
# A list of stories may print how many comments each of them has.
MAX_TRIED = 20


def find_replies(
    walk: Walk, tree: Tree, lines: Sequence[str], looks: Sequence[Look], weights: Sequence[float]
) -> range:
    """Find the lines of the readers' part, its heading first; an empty range where there is none.

    A heading alone proves nothing, since pages link to their comments: lines that say when somebody wrote, or
    that offer to answer, must follow it inside the same element.
    """
    read = 0.0
    tried = 0
    for at, look in enumerate(looks):
        if read >= ENOUGH and look.words <= MAX_HEADING and READERS.match(lines[at]):
            held = range(at, min(find_last(walk, tree, at), find_end(lines, looks, at)))
            if is_signed(lines, looks, held):
                return held
            tried += 1
            if tried == MAX_TRIED:
                break
        read += weights[at]
    return range(0)


def find_last(walk: Walk, tree: Tree, heading: int) -> int:
    """Return the line behind the largest element that opens with a heading, or behind the one around it where
    the heading stands in an element by itself."""
    element = walk.lines[heading].element
    last = heading + 1
    while element >= 0:
        lines = tree.find_lines(element)
        if lines.start < heading:
            return last if last > heading + 1 else lines.stop
        last = lines.stop
        element = walk.elements[element].parent
    return last


def is_signed(lines: Sequence[str], looks: Sequence[Look], held: range) -> bool:
    """Tell whether enough lines say when somebody wrote, or offer to answer, to be readers' comments."""
    signs = sum(
        1
        for at in held[1:]
        if len(lines[at]) <= MAX_SIGN and (is_button(lines[at]) or find_moment(lines[at]) is not None)
    )
    return signs >= FEWEST and signs * EVERY >= len(held)
