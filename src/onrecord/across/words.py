"""The words of a text and where they stand, as copies, stories and remarks compare them."""

import re
from collections.abc import Sequence

from onrecord.types import Span
from onrecord.unseen import INSIDE, has_unseen, strip_unseen

__all__ = ["find_names", "find_places", "find_words"]

_WORD = re.compile(r"\w+")
# A word goes on over what nobody sees in it.
_WORD_OVER = re.compile(rf"\w+(?:[{INSIDE}]+\w+)*")
# Inside a sentence: behind another word of it.
_NAME = re.compile(r"(?<=[\w,;)’] )[^\W\d_a-z][\w’'-]+")


def find_words(text: str, spans: Sequence[Span] | None = None) -> list[str]:
    """Return the words of a text, case folded; only those inside `spans` where these are given."""
    found: list[str] = []
    word = _WORD_OVER if has_unseen(text) else _WORD
    for start, end in _whole(text) if spans is None else spans:
        found += word.findall(text, start, end)
    # All at once is several times faster than word by word; no letter folds into a line end.
    return strip_unseen("\n".join(found)).casefold().split("\n") if found else []


def find_places(text: str, spans: Sequence[Span] | None = None) -> list[Span]:
    """Return where each of these words stands."""
    pattern = _WORD_OVER if has_unseen(text) else _WORD
    return [
        Span(*word.span())
        for start, end in (_whole(text) if spans is None else spans)
        for word in pattern.finditer(text, start, end)
    ]


def find_names(text: str, spans: Sequence[Span] | None = None) -> frozenset[str]:
    """Return the words with a capital that stand inside a sentence, case folded."""
    return frozenset(
        name.casefold()
        for start, end in (_whole(text) if spans is None else spans)
        for name in _NAME.findall(text, start, end)
        if name[0].isupper()
    )


def _whole(text: str) -> tuple[Span, ...]:
    return (Span(0, len(text)),)
