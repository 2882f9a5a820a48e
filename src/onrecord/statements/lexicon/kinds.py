"""What a word or a name is, by the word lists: a role, a body, a place, an agency; "he" or "she"."""

import re
from functools import cache, lru_cache

from onrecord.statements.lexicon.words import words_of
from onrecord.wordlists import read_list

__all__ = [
    "bare",
    "first_names",
    "is_carrier",
    "is_of_country",
    "is_place",
    "pronoun_of",
    "pronoun_of_first_name",
    "word_is",
]


@cache
def _names(file: str) -> frozenset[str]:
    return frozenset(row[0].casefold() for row in read_list(file))


@lru_cache(maxsize=20_000)
def word_is(word: str, kind: str) -> bool:
    """Is this word of that kind in the word list (data/people_words.tsv)? Many are of one role, too."""
    listed = words_of(kind, "people_words.tsv")
    form = bare(word)
    if kind == "many" and form.removesuffix("s") != form:
        return form in listed or form[:-1] in words_of("role", "people_words.tsv")
    return form in listed or ("-" in form and all(part in listed for part in form.split("-")))


@lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """Return a word as the lists have it: lower case, no possessive, no final stop."""
    return re.sub(r"['’]s?$", "", word.lower()).rstrip(".").removeprefix("ex-")


@cache
def first_names() -> dict[str, str]:
    """First names with the pronoun that nearly all who bear them go by."""
    return {row[0]: row[1] for row in read_list("first_names.tsv")}


def pronoun_of_first_name(name: str) -> str | None:
    """Tell "he" or "she" by a full name's first name, where nearly all who bear it go by one."""
    words = name.split()
    return first_names().get(words[0]) if len(words) > 1 else None


@lru_cache(maxsize=20_000)
def pronoun_of(phrase: str) -> str | None:
    """Tell "he" or "she" by the words of a phrase: a title, a role, a relation."""
    words = [bare(w) for w in phrase.split()]
    if any(w == "she" or word_is(w, "she") for w in words):
        return "she"
    if any(w == "he" or word_is(w, "he") for w in words):
        return "he"
    return None


def is_place(name: str) -> bool:
    """Is this a country or a seat of government, which speaks as an institution?"""
    return _folded(name) in _names("places.tsv")


def is_of_country(word: str) -> bool:
    """Does this word tell the country something belongs to ("the Swiss bank", "US-based")?"""
    return any(part in words_of("demonym") for part in word.split("-"))


def is_carrier(name: str) -> bool:
    """Is this a news agency, a broadcaster or a paper: somebody who carries what others say?"""
    folded = _folded(name)
    if folded in _names("carriers.tsv") or _ends_in_carrier().search(folded):
        return True
    last = bare(name.split()[-1]) if name.split() else ""
    return last in words_of("medium") and (
        name != name.lower() or last in {"media", "newspaper", "agency", "radio", "television"}
    )


@cache
def _ends_in_carrier() -> re.Pattern[str]:
    long = sorted((c for c in _names("carriers.tsv") if len(c) > 3), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, long))})$")


def _folded(name: str) -> str:
    return re.sub(r"['’]s?$", "", re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE)).casefold()
