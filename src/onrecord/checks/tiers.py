"""How word for word the same words are: every character, but for typography, but for capitals too. Pure."""

import re
from collections.abc import Sequence

from onrecord.checks.question import Question
from onrecord.checks.verdicts import Tier
from onrecord.checks.wording import Word

__all__ = ["find_tier"]

_SPACE = re.compile(r"\s+")


def find_tier(question: Question, text: str, printed: Sequence[Word]) -> Tier:
    """Return the tier of words that are the same in the form that is compared.

    Only what stands between the first and the last word counts: the marks and the comma that close a quotation
    are the page's.
    """
    asked = [word for word in question.all if not word.bracketed]
    there = [word for word in printed if not word.bracketed]
    pairs = list(zip(question.all, printed, strict=False)) if len(question.all) == len(printed) else []
    pairs = pairs or list(zip(asked, there, strict=False))
    if any(one.cased != other.cased for one, other in pairs):
        return "case"
    ours = _plain(question.words[question.all[0].start : question.all[-1].end])
    theirs = _plain(_stretch(text, printed))
    return "exact" if ours == theirs else "typography"


def _stretch(text: str, printed: Sequence[Word]) -> str:
    """Return the printed words with what stands between them; over the outlet's words in the middle a space."""
    pieces: list[str] = []
    start = printed[0].start
    for word, following in zip(printed, printed[1:], strict=False):
        gap = text[word.end : following.start] if word.end <= following.start else ""
        if re.search(r"[^\W_]", gap) or re.search(r"[”\"»].*[“\"«]", gap, re.DOTALL):
            pieces.append(text[start : word.end] + _closing(text, word.end))
            start = following.start
    pieces.append(text[start : printed[-1].end])
    return " ".join(pieces)


def _closing(text: str, end: int) -> str:
    """Return the sign that closes a piece of a quotation before the cue in its middle."""
    sign = text[end : end + 1]
    return sign if sign in (",", ".", "!", "?", ";") and sign else ""


def _plain(words: str) -> str:
    return _SPACE.sub(" ", words).strip()
