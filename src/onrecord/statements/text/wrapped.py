"""Lines that were cut to a width: e-mails, typed text, `<pre>`. A line ends there because the next word had
no room, so where it would have had, a paragraph ends."""

from collections.abc import Callable, Sequence

from onrecord.types import Block

__all__ = ["find_wraps"]

NARROWEST, WIDEST = 30, 120
# So many lines that break off in the middle of a sentence tell a width, and so many of them must be full.
FEWEST, MOST_OF = 3, 0.9
# A width is what all lines but these keep: an address has no place to break.
OUTLIERS = 50
STOPS = ".!?:;”\"’')]…»"


def find_wraps(text: str, blocks: Sequence[Block], follows: Callable[[Block, Block], bool]) -> frozenset[int]:
    """Return the places in `blocks` of the lines that go on with the one before, where lines are cut to a
    width; nothing where they are not.

    `follows` tells whether nothing stands between two lines but the end of the first.
    """
    pairs = [at for at in range(1, len(blocks)) if follows(blocks[at - 1], blocks[at])]
    if len(pairs) < FEWEST:
        return frozenset()
    sizes = sorted(block.span.end - block.span.start for block in blocks if block.role == "paragraph")
    width = sizes[-1 - len(sizes) // OUTLIERS]
    if not NARROWEST <= width <= WIDEST:
        return frozenset()
    full = {at for at in pairs if is_full(text, blocks[at - 1], blocks[at], width)}
    broken = [at for at in pairs if text[blocks[at - 1].span.end - 1] not in STOPS]
    if len(broken) < FEWEST or sum(at in full for at in broken) < MOST_OF * len(broken):
        return frozenset()
    return frozenset(full.union(broken))


def is_full(text: str, line: Block, after: Block, width: int) -> bool:
    """Tell whether the first word of the next line had no room in a line."""
    word = text[after.span.start : after.span.end].split(maxsplit=1)[0]
    return line.span.end - line.span.start + 1 + len(word) > width
