"""How word for word the same words are: every character, but for typography, but for capitals too. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.checks.question import Question
from onrecord.checks.verdicts import Tier
from onrecord.checks.wording import Word

__all__ = ["find_tier"]

_SPACE = re.compile(r"\s+")
_JOINT = re.compile(r"[^\W_]|[“”\"«»„\n]")


def find_tier(question: Question, text: str, printed: Sequence[Word]) -> Tier:
    """Return the tier of words that are the same in the form that is compared.

    Only what stands between the first and the last word counts: the marks and the comma that close a
    quotation are the page's.
    """
    asked = [word for word in question.all if not word.bracketed]
    there = [word for word in printed if not word.bracketed]
    pairs = list(zip(question.all, printed, strict=False)) if len(question.all) == len(printed) else []
    pairs = pairs or list(zip(asked, there, strict=False))
    if any(one.cased != other.cased for one, other in pairs):
        return "case"
    if len(question.all) != len(printed):
        return "typography"
    same = all(
        _plain(question.words[question.all[first].start : question.all[last - 1].end])
        == _plain(text[printed[first].start : printed[last - 1].end])
        for first, last in _pieces(text, printed)
    )
    return "exact" if same else "typography"


def _pieces(text: str, printed: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the pieces between which the page closes and opens marks: the signs there are the page's."""
    first = 0
    for n, (word, following) in enumerate(pairwise(printed), 1):
        if _JOINT.search(text, word.end, max(word.end, following.start)):
            yield first, n
            first = n
    yield first, len(printed)


def _plain(words: str) -> str:
    return _SPACE.sub(" ", words).strip()
