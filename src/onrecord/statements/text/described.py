"""What a page tells of the people it names: their roles, their age, whose reporter they are.

"Ivo Lann, the mayor of Selm, ..."; "the council's chief engineer, Piet Aldous"; "Anna Holm is the mayor";
"Ivo Lann, 55,"; "the BBC's Mara Ostrey".
"""

import re

from onrecord.statements.lexicon.kinds import bare, is_carrier, word_is
from onrecord.statements.text.noun_phrases import Named, parse_named
from onrecord.types import Span

__all__ = ["find_age", "find_role", "is_reporter"]

_REACH = 110  # characters on either side of a name in which its role is told
_AGE = re.compile(r",?\s+\(?(?P<age>1?\d\d)(?=[,).])|,\s+aged\s+(?P<aged>1?\d\d)\b")
_AGE_BEFORE = re.compile(r"\b(?P<age>1?\d\d)-year-old\s+(?:[\w-]+\s+){0,4}$")
_APPOSED = re.compile(
    r"(?:\s*\([^()]{1,30}\))?,\s+(?:(?:aged\s+)?\d{1,3},\s+)?(?:who\s+(?:is|was)\s+)?(?P<told>[^,.;:–—“”\"\ue000-\ue002]{3,100})"
)
_IS = re.compile(
    r"\s+(?:is|was|became|has\s+been|remains)\s+(?:now\s+|also\s+|then\s+)?(?P<told>(?:the|an?|its|their|his|her)\s+[^,.;:–—“”\"\ue000-\ue002]{3,100})"
)
_BEFORE = re.compile(
    r"(?:^|[.!?;:,–—“”\"]\s*|\b(?:and|but|as|to|with|by)\s+)(?P<told>[^.!?;:,–—“”\"]{3,90}),\s*$"
)
_NO_ROLE = re.compile(
    r"(?:who|which|whose|in|on|at|as|after|when|while|if|for|with|according|asked|speaking)\b", re.I
)


def find_role(text: str, span: Span, bounds: Span) -> str | None:
    """Return the role that stands beside a name: behind it between commas, behind "is", or before a comma."""
    after = text[span.end : min(bounds.end, span.end + _REACH)]
    for pattern in (_APPOSED, _IS):
        match = pattern.match(after)
        if match is not None and (role := _as_role(match["told"])) is not None:
            return role
    match = _BEFORE.search(text[max(bounds.start, span.start - _REACH) : span.start])
    return _as_role(match["told"]) if match is not None else None


def _as_role(told: str) -> str | None:
    told = re.split(r"\s+(?:who|which|said|says|told|and\s+(?:the|a|has|was|is))\b", told.strip())[0]
    if not told or _NO_ROLE.match(told):
        return None
    named = _parse(told)
    words = [w for w in re.split(r"\s+(?:of|for|at|in|on|to|from|with)\s+", told)[0].split() if w]
    if named.name is not None or not words:
        return None
    head = bare(words[-1])
    return named.role if named.role and (word_is(head, "role") or word_is(head, "title")) else None


def _parse(told: str) -> Named:
    """A role may end in the name of its place, which is no person: "the mayor of Selm"."""
    head, _, rest = told.partition(" of ")
    named = parse_named(head)
    if rest and named.name is None and named.role:
        article = re.sub(r"^(?:the|an?)\s+", "", told, flags=re.IGNORECASE)
        return Named(name=None, role=article, type="person", head=named.head)
    return parse_named(told)


def find_age(text: str, span: Span) -> str | None:
    """Return the age printed beside a name: "Ivo Lann, 55," or "the 55-year-old engineer Ivo Lann"."""
    after = _AGE.match(text, span.end, span.end + 12)
    if after is not None:
        return after["age"] or after["aged"]
    before = _AGE_BEFORE.search(text[max(0, span.start - 60) : span.start])
    return before["age"] if before is not None else None


def is_reporter(phrase: str, name: str) -> bool:
    """Is this somebody of an agency, a paper or a broadcaster ("the BBC's Mara Ostrey")?"""
    owner = re.search(r"(?P<who>[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*){0,3})['’]s\s+$", phrase.removesuffix(name))
    return owner is not None and is_carrier(owner["who"])
