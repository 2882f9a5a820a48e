"""The words of a text and where they stand, as copies, stories and remarks compare them."""

import re
from collections.abc import Sequence

from onrecord.types import Span

__all__ = ["find_words"]

_WORD = re.compile(r"\w+")


def find_words(text: str, spans: Sequence[Span] | None = None) -> tuple[list[str], list[Span]]:
    """Return the words of a text, case folded, and the span of each; only those inside `spans` where these
    are given.
    """
    words: list[str] = []
    places: list[Span] = []
    for start, end in spans if spans is not None else (Span(0, len(text)),):
        for found in _WORD.finditer(text, start, end):
            words.append(found.group().casefold())
            places.append(Span(found.start(), found.end()))
    return words, places
