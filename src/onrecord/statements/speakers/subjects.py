"""How a sentence names somebody: as its subject, as an owner, in passing."""

import re
from functools import cache
from typing import Literal

from onrecord.statements.lexicon.kinds import bare, word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.types import Span
from onrecord.wordlists import read_list

__all__ = [
    "COMMON",
    "NAMED",
    "NO_NAMES",
    "OUTSIDE",
    "PRONOUN",
    "STOP",
    "How",
    "cut_common",
    "everyday",
    "find_subject",
    "tell_how",
    "tell_owner",
]

How = Literal["spoke", "subject", "named", "owner"]


# A word outside quotations.
OUTSIDE = re.compile(r"[^\W\ue000-\ue002]{2,}")


PRONOUN = re.compile(r"(?:He|She|It|They)\b")


@cache
def everyday() -> frozenset[str]:
    """Words that a sentence may begin with without naming anybody."""
    return frozenset(row[0] for row in read_list("everyday_words.tsv"))


STOP = re.compile(r"(?<=[a-z]{3})[.?!]\s+(?=[A-Z\ue001])")


NO_NAMES = words_of("calendar") | words_of("opener")


_ADJUNCT = (
    r"(?:In|At|On|After|Before|During|Under|With|Despite|Since|Following|For|From|By|Asked|Speaking|As|While"
    r"|When|Although|Though|If|Because|Last|Earlier|Later)\b[^,;]{1,160},\s+"
)


_LEAD = re.compile(
    rf"(?:(?:But|And|Meanwhile|However|Later|Earlier|Yet|Still|Also|Then|Instead),?\s+)?(?:{_ADJUNCT}){{0,2}}"
)


_CAP = r"[A-Z](?:[\w&.’']|-(?=[A-Z]))*"


NAMED = re.compile(
    rf"(?:(?:The|the)\s+)?(?P<who>(?!(?:An?|The|One|Its|His|Her|Their)\b){_CAP}(?:\s+(?:of|for|and|the|on|{_CAP})(?=\s+[A-Zt])|\s+{_CAP})*)"
)


COMMON = re.compile(
    r"(?P<who>(?:The|the|An?|an?|One|one|Its|its|His|his|Her|her|Their|their)(?:\s+[\w’'-]+){1,5})"
)


_ROLES_BEFORE = re.compile(
    r"(?:(?:the|an?|its|his|her|their|mr|mrs|ms|dr)\.?\s+)?(?:[\w’'.-]+\s+){0,6}$", re.IGNORECASE
)


_NO_SUBJECT = frozenset(
    "of in by for with to from at on said says is was were are and that who which when as after against about"
    " told had has have will would between into over under not".split()
)


_IS = re.compile(r"\b(?:is|was)\s+(?:(?!(?:in|at|on|by|to|with|from|and|that|said|not)\s)[\w’'-]+\s+){0,6}$")


_APPOSED = re.compile(r"(?:[A-Z][\w’'-]*|The|the|Its|His|Her|Their)[^,]{1,80},\s*(?:the\s+)?$")


def find_subject(masked: str, sentence: Span) -> int:
    """Where the subject of a sentence may begin, behind "But in March, "."""
    lead = _LEAD.match(masked, sentence.start, sentence.end)
    return lead.end() if lead is not None else sentence.start


def tell_how(masked: str, begin: int, at: Span) -> How:
    """Is a name what its sentence is about? It is when only a role stands before it, or "the winner was"."""
    if at.start < begin:
        return tell_owner(masked, at)
    before = masked[begin : at.start]
    words = {bare(w) for w in before.split()}
    if tell_owner(masked, at) == "owner":
        return "owner"
    if (not before or _ROLES_BEFORE.match(before)) and not words & _NO_SUBJECT:
        return "subject"
    if len(before) < _NEAR and (_IS.search(before) or _APPOSED.match(before)):
        return "subject"
    return "named"


_NEAR = 100  # characters before a name


def tell_owner(masked: str, at: Span) -> How:
    return (
        "owner"
        if re.match(r"['’]s?\s", masked[at.end : at.end + 3])
        or masked[at.start : at.end].endswith(("’s", "'s", "s’", "s'"))
        else "named"
    )


def cut_common(phrase: str) -> str | None:
    """The words up to the one that tells what it is: "The council met" is the council."""
    words = phrase.split()
    for i, word in enumerate(words[1:], start=1):
        known = any(word_is(word, kind) for kind in ("role", "body"))
        after = words[i + 1] if i + 1 < len(words) else ""
        if known and not any(word_is(after, kind) for kind in ("role", "body", "many")):
            return None if re.search(r"['’]s?$", word) else " ".join(words[: i + 1])
        if bare(word) in _NO_SUBJECT:
            return None
    return None
