"""The noun phrase that a source ends or begins with, out of the words beside a cue."""

import re

from onrecord.statements.lexicon.words import words_of
from onrecord.statements.text.sentences import CLOSE, OPEN, QUOTED
from onrecord.types import Span

__all__ = ["DAYS", "FINITE", "MONTH", "PREPOSITIONS", "PRONOUNS", "TOKEN", "drop_between", "end_phrase"]

TOKEN = re.compile(rf"[\w](?:[\w.&/]*\w)?(?:['’]\w+)*\.?(?:['’](?=\s|$))?|{OPEN}+|{QUOTED}+|{CLOSE}+|[^\w\s]")


# Words between a subject and its verb.
_BETWEEN = words_of("between")


DAYS = words_of("day")


# Clause words: a subject begins after them.
_CLAUSE = words_of("clause")


PRONOUNS = words_of("pronoun")


_LEADING = words_of("leading")


PREPOSITIONS = words_of("preposition")


_INSIDE = words_of("inside_name")


FINITE = re.compile(
    r"\b(?:is|are|was|were|will|would|could|can|may|might|should|must|has|have|had|did|does|do|said|says|told|became|went|came|took|"
    r"made|got|began|left|won|lost|wrote|added)\b"
)


def drop_between(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Leave out auxiliaries, adverbs and days between the subject and its verb."""
    while tokens:
        word = tokens[-1][0].lower()
        if word in _BETWEEN or (
            word.endswith("ly") and len(word) > 4 and word not in {"family", "assembly", "ally", "italy"}
        ):
            tokens = tokens[:-1]
        elif word.rstrip(".") in DAYS or re.fullmatch(r"\d{1,2}", word):
            cut = _drop_date(tokens)
            if cut is None:
                return tokens
            tokens = cut
        elif len(tokens) > 1 and word in {"week", "month", "year", "earlier"}:
            tokens = tokens[:-2] if tokens[-2][0].lower() in {"this", "last", "next"} else tokens[:-1]
        else:
            return tokens
    return tokens


MONTH = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?$",
    re.IGNORECASE,
)


def _drop_date(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int]] | None:
    rest = tokens[:-1]
    if re.fullmatch(r"\d{1,2}", tokens[-1][0]):
        if not rest or not MONTH.match(rest[-1][0]):
            return None
        rest = rest[:-1]
    while rest and rest[-1][0].lower() in {"on", "late", "early", "last", "this"}:
        rest = rest[:-1]
    return rest or None


def end_phrase(masked: str, tokens: list[tuple[str, int, int]]) -> Span | None:
    """The noun phrase that ends the tokens."""
    if not tokens:
        return None
    last = tokens[-1][0].lower()
    if last in PRONOUNS - {"its", "his", "her", "their", "who"}:
        return Span(tokens[-1][1], tokens[-1][2])
    first = len(tokens)
    for i in range(len(tokens) - 1, -1, -1):
        word = tokens[i][0]
        low = word.lower()
        if word in ",;:()[]–—…?!" or word[0] in OPEN + CLOSE + QUOTED:
            break
        if low == "and" and _joins(tokens, i):
            first = i
            continue
        if low in _CLAUSE:
            break
        first = i
        if len(tokens) - first > 28:
            return None
    if first > 0 and tokens[first - 1][0].lower() in {"nor", "neither"}:
        return None
    chosen = _strip_leading(tokens[first:])
    if chosen and chosen[0][0].lower() in {"no", "nobody", "none", "neither", "nor"}:
        return None
    if not chosen or chosen[-1][0].lower() in PREPOSITIONS | {"the", "a", "an", "not", "there", "that"}:
        return None
    chosen = _after_verb(chosen)
    return Span(chosen[0][1], chosen[-1][2]) if chosen else None


def _joins(tokens: list[tuple[str, int, int]], at: int) -> bool:
    """True for "Selm and two neighbours", false for "the talks failed and Lann said"."""
    left: list[str] = []
    for i in range(at - 1, -1, -1):
        word = tokens[i][0]
        if word in ",;:–—" or word[0] in OPEN + CLOSE + QUOTED or word.lower() in _CLAUSE - {"and"}:
            break
        left.insert(0, word)
    lower = [w for w in left if w[0].islower() and w not in _INSIDE]
    right = [t[0] for t in tokens[at + 1 :]]
    named_right = any(w[0].isupper() for w in right)
    if not left or len(left) > 8 or (right[:1] and right[0].lower() in PRONOUNS):
        return False
    if any(FINITE.fullmatch(w.lower()) or w.lower().endswith("ed") for w in lower):
        return False
    return (left[0][0].isupper() and len(lower) <= 1) or (len(left) <= 2 and not named_right)


def _strip_leading(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Leave out what opens a sentence before its subject: "But", "On Sept. 30", "In a statement"."""
    while tokens:
        low = tokens[0][0].lower()
        if low in words_of("adjunct"):
            tokens = _after_adjunct(tokens)
        elif _AGO.match(" ".join(token[0] for token in tokens[:_WORDS_OF_AGO]).lower()):
            tokens = tokens[_WORDS_OF_AGO:]
        elif low in _LEADING or low.rstrip(".") in DAYS:
            tokens = tokens[1:]
        else:
            break
    return tokens


_AGO = re.compile(r"[\w-]+ (?:day|week|month|year|hour|minute)s? (?:ago|earlier|later|before)$")


_WORDS_OF_AGO = len("a week ago".split())


def _after_adjunct(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Skip "On Sept. 30", "In March", "Last week": time words only; of a longer adjunct only what is
    surely left of the subject."""
    i = 1
    while i < len(tokens) and (
        MONTH.fullmatch(tokens[i][0])
        or tokens[i][0].lower().rstrip(".") in DAYS
        or re.fullmatch(r"\d{1,4}(?:st|nd|rd|th)?", tokens[i][0])
        or (
            tokens[i][0].lower() in {"week", "month", "year", "the", "same", "day", "late", "early"}
            and (
                i + 1 >= len(tokens)
                or tokens[i][0].lower() != "the"
                or tokens[i + 1][0].lower() in {"same", "day", "week"}
            )
        )
    ):
        i += 1
    return tokens[i:]


def _after_verb(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """When a finite verb is inside, the subject begins after it: "the deal is dead Lann"."""
    for i in range(len(tokens) - 1, -1, -1):
        if (
            FINITE.fullmatch(tokens[i][0])
            and i + 1 < len(tokens)
            and not any(t[0].lower() == "who" for t in tokens[:i])
        ):
            return tokens[i + 1 :]
    return tokens
