"""Which lines of plain text are pieces of one sentence: some captures break a line at every link."""

import re
from collections.abc import Sequence

from onrecord.page.tells import BYLINE

__all__ = ["join_lines"]

GOES_ON = re.compile(r"\s*(?:[a-zà-öø-ÿа-яα-ω]|[,.;:)!?…’”»]\s|[,.;:)!?…’”»]$)")
ENDS = frozenset(".!?…:;\"'”’»|>›")
MIN_WORDS = 5


def join_lines(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Group the lines into half-open ranges, each one sentence or more; most lines stand alone."""
    units: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or not is_joined(lines, start, at):
            units.append((start, at))
            start = at
    return units


def is_joined(lines: Sequence[str], start: int, at: int) -> bool:
    """Tell whether a line goes on with the sentence before it: "the mayor of" + "Dellmoor" + ", who said"."""
    if lines[at - 1].rstrip()[-1:] in ENDS or BYLINE.match(lines[at].lstrip()):
        return False
    long = at - start > 1 or len(lines[at - 1].split()) >= MIN_WORDS
    if GOES_ON.match(lines[at]):
        return long or (at + 1 <= len(lines) and len(lines[at].split()) >= MIN_WORDS)
    follows = at + 1 < len(lines) and GOES_ON.match(lines[at + 1]) is not None
    return long and follows and len(lines[at].split()) <= MIN_WORDS and lines[at - 1][-1:] not in "0123456789"
