"""Where readers' comments stand when the markup does not say so: under a heading such as "3 replies"."""

from collections.abc import Sequence

from onrecord.page.comment_words import is_button
from onrecord.page.features import Look
from onrecord.page.lines import Walk
from onrecord.page.moments import find_moment
from onrecord.page.tells import READERS, find_end

__all__ = ["find_replies"]

# Comments stand behind an article: so much running text, in characters, has been read before.
ENOUGH = 400
MAX_HEADING = 12
MAX_SIGN = 60
# A name and its time above each comment, or a button below: so many lines at most have one of these.
EVERY = 10
FEWEST = 2


def find_replies(walk: Walk, lines: Sequence[str], looks: Sequence[Look], weights: Sequence[float]) -> range:
    """Find the lines of the readers' part, its heading first; an empty range where there is none.

    A heading alone proves nothing, since pages link to their comments: lines that say when somebody wrote, or
    that offer to answer, must follow it inside the same element.
    """
    read = 0.0
    for at, look in enumerate(looks):
        if read >= ENOUGH and look.words <= MAX_HEADING and READERS.match(lines[at]):
            held = range(at, find_last(walk, at))
            held = range(at, min(held.stop, find_end(lines, looks, at)))
            if is_signed(lines, looks, held):
                return held
        read += weights[at]
    return range(0)


def find_last(walk: Walk, heading: int) -> int:
    """Return the line behind the largest element that opens with a heading, or behind the one around it where
    the heading stands in an element by itself."""
    element = walk.lines[heading].element
    while True:
        first, last = find_lines(walk, element, heading)
        if first < heading:
            return last
        above = walk.elements[element].parent
        if above < 0:
            return last
        opens = find_lines(walk, above, heading)[0] == heading
        if not opens and last > heading + 1:
            return last
        element = above


def find_lines(walk: Walk, element: int, near: int) -> tuple[int, int]:
    """Return the first line of an element that holds a line, and the line behind its last."""
    first = last = near
    while first > 0 and stands_in(walk, walk.lines[first - 1].element, element):
        first -= 1
    while last < len(walk.lines) and stands_in(walk, walk.lines[last].element, element):
        last += 1
    return first, last


def stands_in(walk: Walk, inner: int, outer: int) -> bool:
    while inner > outer:
        inner = walk.elements[inner].parent
    return inner == outer


def is_signed(lines: Sequence[str], looks: Sequence[Look], held: range) -> bool:
    """Tell whether enough lines say when somebody wrote, or offer to answer, to be readers' comments."""
    signs = sum(
        1
        for at in held[1:]
        if len(lines[at]) <= MAX_SIGN and (is_button(lines[at]) or find_moment(lines[at]) is not None)
    )
    return signs >= FEWEST and signs * EVERY >= len(held)
