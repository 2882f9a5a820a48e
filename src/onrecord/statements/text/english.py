"""Is an article in English? The words of saying are English, and elsewhere they only look like it."""

import re
from collections.abc import Iterable

from onrecord.types import Block

__all__ = ["is_english"]

_WORD = re.compile(r"[^\W\d_]+")
# These five are an eighth of English running text and next to nothing of any other language's.
_SMALL = frozenset({"the", "and", "of", "to", "that"})
_SHARE = 0.04
_ENOUGH = 60  # words below which a text is too short to tell
_SAMPLE = 4_000  # characters


def is_english(text: str, body: Iterable[Block]) -> bool:
    """Tell an English article by its small words; a text too short to tell counts as English."""
    words: list[str] = []
    left = _SAMPLE
    for block in body:
        part = text[block.span.start : min(block.span.end, block.span.start + left)]
        words += _WORD.findall(part.lower())
        left -= len(part)
        if left <= 0:
            break
    if len(words) < _ENOUGH:
        return True
    return sum(map(_SMALL.__contains__, words)) >= _SHARE * len(words)
