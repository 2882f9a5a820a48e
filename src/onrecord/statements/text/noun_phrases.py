"""What a noun phrase names: a person with a role, an institution, unnamed people, a document."""

import re
from dataclasses import replace
from functools import lru_cache

from onrecord.statements.lexicon.kinds import bare, is_place, word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.statements.text.capital_runs import (
    WORD,
    Named,
    count_of_office,
    is_person_run,
    name_run,
    parse_capitals,
    without_article,
)

__all__ = ["Named", "count_of_office", "name_run", "parse_named", "trim_told"]


_TOLD = re.compile(
    r",?\s+(?:who|whom|whose|which|that)\s|,\s+(?:speaking|writing|adding|citing|quoting|asked|himself|herself)\b"
)


def trim_told(phrase: str) -> str:
    """Leave out what is told of somebody behind their name: "a resident who saw it" is a resident."""
    return _TOLD.split(phrase, maxsplit=1)[0].rstrip(" ,")


@lru_cache(maxsize=20_000)
def parse_named(phrase: str) -> Named:
    """Take a noun phrase apart: "ministry spokesman Ivo Lann" is a person with a role; "police" an
    institution. What an outlet calls somebody ("dictator") is that outlet's wording and no role."""
    named = _parse_phrase(phrase)
    if named.role is not None and not words_of("label").isdisjoint(named.role.lower().split()):
        return replace(named, role=None)
    return named


_SAID_WHEN = re.compile(
    r",?\s+(?:on\s+|late\s+|early\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tonight)$"
)


_SAID_HOW = re.compile(
    r",?\s+in\s+(?:an?|its|his|her|their)\s+(?:[\w-]+\s+){0,2}(?:statement|post|report|letter|interview|tweet|email"
    r"|e-mail|speech|briefing|release|message|video|memo)\b.*$"
)


def _parse_phrase(phrase: str) -> Named:
    phrase = _SAID_HOW.sub("", re.sub(r"\s+", " ", phrase.strip(" ,")))
    phrase = _SAID_WHEN.sub("", phrase)
    phrase = re.sub(r"(?<=\w) \([^()]{1,30}\)(?=[ ,]|$)", "", phrase)
    head, _, tail = phrase.partition(", ")
    if not tail:
        head = re.sub(r"\s*\(.*?\)\s*$", "", head) or head
        return _parse_head(head)
    named = _parse_head(head)
    if named.type == "person" and named.name:
        return Named(name=named.name, role=_role_of(tail) or named.role, type="person", head=named.head)
    parts = re.split(r",\s|\swho\s", tail)
    last = len(parts) if parts[0].endswith(".") or is_place(parts[0]) else 1
    # "At a meeting held for Russia, Mayor Lann said": the country is no part of who he is.
    apart = is_place(head)
    for part in parts[:last]:
        second = _parse_head(re.sub(r"^(?:identified|named|known)\s+(?:only\s+)?as\s+", "", part))
        full = second.name is not None and (len(second.name.split()) > 1 or second.role is not None)
        told = named.name is None or named.type != "institution" or apart or part is not parts[0]
        if second.type == "person" and (full or (second.name and named.type == "person")) and told:
            role = second.role if apart else without_article(head)
            return Named(name=second.name, role=role, type="person", head=second.head)
    return named


def _role_of(tail: str) -> str | None:
    role = re.split(r",\s", tail)
    kept = [r for r in role if not re.match(r"(?:\d+$|who\b|whose\b|which\b|from\b|speaking\b)", r)]
    return without_article(kept[0]) if kept else None


_OF_PLACE = re.compile(r"^((?:\S+\s+){0,6}(?:[A-Z][\w’'.-]*\s+)[A-Z][\w’'-]*)\s+(?:from|of|at|in|on)\s+")


# "An aide to Lann" is not Lann.
_ONE_TO = re.compile(
    r"(?:[Aa]n?|[Oo]ne)\s+(?:[\w-]+\s+){0,3}?(?P<role>[a-z][\w-]*)\s+to\s+[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,2}$"
)


def _parse_head(head: str) -> Named:
    serves = _ONE_TO.match(head)
    if serves is not None and word_is(serves["role"], "role"):
        return Named(name=None, role=without_article(head), type="person", head=serves["role"])
    told = _OF_PLACE.match(head)
    if told is not None and name_run(told[1].split()) > 1:
        named = parse_capitals(WORD.findall(without_article(told[1])))
        titled = word_is(told[1].split()[0], "honorific")
        if named is not None and named.type == "person" and (titled or " " in (named.name or "")):
            return named
    head = re.split(r"\s+(?:who|which|whose)\s", head)[0]
    if re.match(r"one of\s", head, re.IGNORECASE):
        return Named(name=head, role=None, type="unnamed", head="one")
    if re.match(r"(?:two|three|four|some|several|many|most|a number|members?) of\s", head, re.IGNORECASE):
        return Named(name=head, role=None, type="unnamed", head="some")
    words = WORD.findall(without_article(head))
    if not words:
        return Named(name=None, role=None, type="unnamed", head="")
    if len(words) == 1 and words[0].lower() in {
        "he",
        "she",
        "they",
        "it",
        "we",
        "i",
        "you",
        "who",
        "its",
        "his",
        "her",
        "their",
    }:
        return Named(name=None, role=None, type="unnamed", head=words[0].lower())
    return (
        _owned_document(words) or _owned(words) or _bodiless(words) or parse_capitals(words) or _common(words)
    )


def _owned(words: list[str]) -> Named | None:
    """Read "her ministry", "his lawyer": it is told by whom it belongs to."""
    owner = words[0].lower()
    if owner not in {"his", "her", "its", "their"} or len(words) < 2 or name_run(words[1:]):
        return None
    return replace(_common(words[1:]), owner=owner)


def _owned_document(words: list[str]) -> Named | None:
    """Read "its statement", "Mr Wirt's annual report": the owner speaks."""
    if not word_is(words[-1], "document") or len(words) < 2 or words[-1][0].isupper():
        return None
    if words[0].lower() in {"its", "his", "her", "their"}:
        return Named(
            name=None,
            role=None,
            type="unnamed",
            head={"its": "it", "his": "he", "her": "she", "their": "they"}[words[0].lower()],
        )
    for i, word in enumerate(words[:-1]):
        if re.search(r"(?:['’]s|s['’])$", word):
            owner = " ".join([*words[:i], re.sub(r"['’]s?$", "", word)])
            return parse_named(owner)
    return None


def _bodiless(words: list[str]) -> Named | None:
    """Read "a spokesman for the council", "an army spokesman": the house speaks through somebody unnamed."""
    speaks = {"spokesman", "spokeswoman", "spokesperson", "representative", "spokesmen"}
    lowered = [bare(w) for w in words]
    for i, word in enumerate(lowered):
        if word in speaks and words[i][0].islower():
            rest = words[i + 1 :]
            if len(rest) > 1 and rest[0].lower() in {"for", "of", "at"}:
                name = without_article(" ".join(rest[1:]))
                if _common(name.split()).type == "person":
                    return Named(name=" ".join(words), role=words[i], type="unnamed", head=word)
                if not name_run(rest) or not is_person_run(
                    rest[len(rest) - name_run(rest) :], rest[: len(rest) - name_run(rest)]
                ):
                    return Named(name=name, role=words[i], type="institution", head=word)
            if not rest and i > 0 and (words[i - 1][0].isupper() or word_is(words[i - 1], "body")):
                name = re.sub(r"['’]s?$", "", " ".join(words[:i]))
                return Named(name=name, role=words[i], type="institution", head=word)
    return None


# "Somebody at the back" opens a sentence with a capital, and names no one.
_ANYBODY = frozenset("somebody someone anybody anyone everybody everyone others".split())


def _common(words: list[str]) -> Named:
    """A phrase without a name: its head is the last word before "of", "for", "who"."""
    stop = next(
        (
            i
            for i, w in enumerate(words)
            if i
            and w.lower()
            in {"of", "for", "from", "in", "at", "who", "on", "with", "within", "near", "to", "by", "and"}
        ),
        len(words),
    )
    head = bare(words[stop - 1])
    phrase = " ".join(words)
    if word_is(head, "many") or head in _ANYBODY:
        return Named(name=phrase, role=None, type="unnamed", head=head)
    if word_is(head, "body") and not word_is(head, "document"):
        return Named(name=phrase, role=None, type="institution", head=head)
    if word_is(head, "role") or word_is(head, "title") or re.fullmatch(r"\d+-year-old", head):
        return Named(name=None, role=phrase, type="person", head=head)
    if word_is(head, "document"):
        return Named(name=phrase, role=None, type="unnamed", head=head)
    return Named(
        name=phrase, role=None, type="institution" if words[stop - 1][0].isupper() else "unnamed", head=head
    )
