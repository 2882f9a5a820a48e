"""Other stories on an article's page that no element names as such: told by how they are laid out.

A box has a heading that says so ("More from the valley"); a row has several boxes made alike, each with a
linked title, a few words and a day or a byline of its own; a whole story has a title and a byline under it.
Things that an article lists may be boxes with linked titles, too: they have no days.
"""

import re
from collections.abc import Iterator, Sequence

from onrecord.page.features import Look
from onrecord.page.lines import Walk
from onrecord.page.moments import find_moment
from onrecord.page.tells import is_byline
from onrecord.page.tree import Tree

__all__ = ["find_others"]

# "By keeping an eye on the costs" is no byline.
NAMED = re.compile(r"\w+:? [A-ZÀ-Þ]\S* \S")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# A heading of other stories is short, and its box holds no more than so much of the page's running text.
MAX_HEADING = 8
MOST = 0.5
# So many boxes made alike, each of few lines, are a row; a title of fewer words names a section or a thing.
FEWEST = 3
MAX_LINES = 8
TITLE_WORDS = 4
LINKED = 0.9
MAX_SIGN = 60
# Where a page's own text is shorter, what stands beside it can't be told from it.
OWN_LINES = 3
# A story's title and its byline stand in its first lines, and text follows on them.
OPENING = 4
STORY_LINES = 2


def find_others(
    walk: Walk,
    tree: Tree,
    lines: Sequence[str],
    looks: Sequence[Look],
    linked: Sequence[float],
    weights: Sequence[float],
    headline: int,
) -> frozenset[int]:
    """Find the lines of other stories, as long as the page keeps running text of its own."""
    tags = [walk.elements[line.element].tag for line in walk.lines]
    found: set[int] = set()
    mass, kept = sum(weights), sum(weight > 0 for weight in weights)
    for held in (
        *find_boxes(walk, tree, looks, linked, headline),
        *find_rows(walk, tree, lines, looks, linked, weights, headline),
        *find_stories(walk, tree, lines, tags, looks, weights, headline),
    ):
        fresh = [at for at in held if weights[at] > 0 and at not in found]
        lost = sum(weights[at] for at in fresh)
        if lost > 0 and kept - len(fresh) >= OWN_LINES and lost <= MOST * mass:
            found.update(held)
            kept -= len(fresh)
    return frozenset(found)


def find_boxes(
    walk: Walk, tree: Tree, looks: Sequence[Look], linked: Sequence[float], headline: int
) -> Iterator[range]:
    """Yield the elements that open with a heading of other stories."""
    for at, look in enumerate(looks):
        if at == headline or look.phrase != "related" or look.words > MAX_HEADING or linked[at] > LINKED:
            continue
        held = find_opened(walk, tree, at)
        if len(held) > 1 and headline not in held:
            yield held


def find_opened(walk: Walk, tree: Tree, at: int) -> range:
    """Return the lines of the largest element that opens with a line."""
    held = range(at, at + 1)
    element = walk.lines[at].element
    while element >= 0:
        around = tree.find_lines(element)
        if around.start < at:
            break
        held, element = around, walk.elements[element].parent
    return held


def find_rows(
    walk: Walk,
    tree: Tree,
    lines: Sequence[str],
    looks: Sequence[Look],
    linked: Sequence[float],
    weights: Sequence[float],
    headline: int,
) -> Iterator[range]:
    """Yield rows of boxes made alike above the headline, and behind the last of the text that is in none."""
    boxes: dict[tuple[int, str, str], list[range]] = {}
    for at, look in enumerate(looks):
        if linked[at] <= LINKED or look.words < TITLE_WORDS:
            continue
        element = find_box(walk, tree, at)
        if element is None:
            continue
        one, held = walk.elements[element], tree.find_lines(element)
        row = boxes.setdefault((one.parent, one.tag, one.names), [])
        if not row or row[-1] != held:
            row.append(held)
    for row in boxes.values():
        held = range(row[0].start, row[-1].stop)
        if len(row) < FEWEST or headline in held or not is_dated(row, lines, looks):
            continue
        if held.start > headline and any(weights[held.stop :]) and any(weights[headline : held.start]):
            # Between the paragraphs of a list its own items may be linked, and made alike.
            inner = walk.elements[walk.lines[held.start].element].parent
            if any(weights[at] for at in tree.find_lines(inner) if at >= held.stop):
                continue
        yield held


def is_dated(row: Sequence[range], lines: Sequence[str], looks: Sequence[Look]) -> bool:
    """Tell whether most boxes have a short line with a day, an hour or a byline."""
    dated = sum(
        any(
            looks[at].chars <= MAX_SIGN and (is_byline(lines[at], looks[at]) or find_moment(lines[at]))
            for at in held
        )
        for held in row
    )
    return 2 * dated > len(row)


def find_box(walk: Walk, tree: Tree, at: int) -> int | None:
    """Return the largest element of few lines that a linked title opens, and that holds more than it."""
    best, element = None, walk.lines[at].element
    while element > 0:
        held = tree.find_lines(element)
        if held.start < at or len(held) > MAX_LINES:
            break
        if len(held) > 1:
            best = element
        element = walk.elements[element].parent
    return best


def find_stories(
    walk: Walk,
    tree: Tree,
    lines: Sequence[str],
    tags: Sequence[str],
    looks: Sequence[Look],
    weights: Sequence[float],
    headline: int,
) -> Iterator[range]:
    """Yield the elements with a story of their own: a heading, a byline under it, and text."""
    for at, tag in enumerate(tags):
        if at <= headline or tag not in HEADINGS or looks[at].words < TITLE_WORDS:
            continue
        signed = next(
            (
                one
                for one in range(at + 1, min(at + OPENING, len(lines)))
                if is_byline(lines[one], looks[one]) and NAMED.match(lines[one])
            ),
            None,
        )
        if signed is None or any(weights[at + 1 : signed]):
            continue
        held = find_opened(walk, tree, at)
        text = sum(weights[one] > 0 for one in held if one > signed)
        if headline not in held and signed in held and text >= STORY_LINES:
            yield held
