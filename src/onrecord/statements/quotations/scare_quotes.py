"""When words between marks are nobody's: titles of works, nicknames, terms, scare quotes.

“Face the Nation” is a broadcast, Ivo “Sandbag” Lann a nickname, the so-called “New Deal” a term. What is
quoted is told by what stands around it; where nothing tells, it counts as said.
"""

import re
from typing import Literal

from onrecord.statements.quotations.marks import Quotation

__all__ = ["Use", "find_use"]

Use = Literal["title", "nickname", "term", "scare"]

_WORK = (
    r"(?:film|movie|book|novel|memoir|play|musical|opera|song|album|single|hit|poem|painting|series|show|sitcom"
    r"|drama|documentary|podcast|programme|program|broadcast|episode|magazine|column|essay|paper|exhibition|game"
    r"|sequel|ballad|anthem|titled|entitled|headlined)"
)
_WORK_BEFORE = re.compile(rf"\b{_WORK},?\s+(?:[A-Z]\w*\s+)?$", re.IGNORECASE)
# "on CBS's", "in last year's", "the host of": a title in capitals follows.
_ON = re.compile(
    r"(?:\b(?:on|in|of|from|host|hosts|hosted|sang|sings|singing|performed|wrote|directed|co-wrote|starred|stars|watch|watched|read)"
    r"|['’]s?)\s+(?:(?:the|a|an|his|her|its|their|['’]?[A-Z][\w.’'-]*['’]s?|[A-Z]{2,})\s+){0,2}$"
)
_SMALL = frozenset("a an and as at by for from in is of on or the to with".split())
_TERM_BEFORE = re.compile(
    r"(?:\b(?:term|terms|word|words|phrase|phrases|expression|label|slogan|motto|nickname|hashtag|password)\s+"
    r"|\bso-called\s+|\b(?:known|dubbed|nicknamed|labell?ed|tagged|marked)\s+(?:as\s+)?(?:the\s+|an?\s+)?)$",
    re.IGNORECASE,
)
_GIVEN_NAME = re.compile(r"\b[A-Z][\w.’'-]*\s$")
_FAMILY_NAME = re.compile(r"\s[A-Z][\w’'-]*")
_REACH = 60  # characters looked at on either side


def find_use(text: str, quotation: Quotation) -> Use | None:
    """Tell what marked words are when they are no speech; None when they may have been said.

    "scare" is only the look of it, one or two words in the middle of a sentence: with a cue they are said
    all the same, so it is for the caller to ask where there is none.
    """
    outer, words = quotation.outer, quotation.inner.of(text).strip()
    before = text[max(0, outer.start - _REACH) : outer.start].rpartition("\n")[2]
    after = text[outer.end : outer.end + _REACH].partition("\n")[0]
    few = len(words.split())
    last = words[-1:]
    between_names = _GIVEN_NAME.search(before) is not None and _FAMILY_NAME.match(after) is not None
    if few <= 3 and last not in ",.?!" and words[:1].isupper() and between_names:
        return "nickname"
    of_a_work = _WORK_BEFORE.search(before) or (_ON.search(before) and (few > 1 or words.isupper()))
    if few <= 8 and last not in ".?!" and _in_capitals(words) and of_a_work:
        return "title"
    if few <= 4 and _TERM_BEFORE.search(before):
        return "term"
    if few <= 2 and last not in ",.?!" and re.search(r"\w\s+$", before) and re.match(r"\s+\w", after):
        return "scare"
    return None


def _in_capitals(words: str) -> bool:
    """Is it written as titles are, every word but the small ones with a capital?"""
    parts = re.findall(r"[\w’'-]+", words)
    large = [p for p in parts if p.lower() not in _SMALL]
    return bool(large) and all(p[0].isupper() or p[0].isdigit() for p in large) and parts[0][0].isalnum()
