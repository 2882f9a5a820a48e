"""What are the parts of an institution's printed name: its words, its legal form, its country? Pure."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.people.fold import fold
from onrecord.people.institutions import Institution, find_institution
from onrecord.people.parts import without_possessive
from onrecord.wordlists import read_list

__all__ = [
    "Body",
    "bare_words",
    "first_letters",
    "is_small",
    "kind_words",
    "makes_short",
    "plain_words",
    "read_body",
    "without_short",
]

_SHORT_BEHIND = re.compile(r"\s*[(\[](?P<short>[^\W\d_](?:[\w.&-]{1,9}))[)\]]\s*$")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")


class Body(NamedTuple):
    """An institution's name in parts, folded: its words without "the", its legal form and the short form
    behind it in brackets; of a body that every country has (`public`) the country, and its words without.
    """

    words: tuple[str, ...]
    form: str | None
    short: str | None
    country: str | None
    own: frozenset[str]
    public: bool
    listed: Institution | None

    @property
    def generic(self) -> bool:
        """Say whether the name tells only what kind of body it is: "the Foreign Ministry", "City Council"."""
        told = any(word in _table("public") or word in _table("branch") for word in self.own)
        return told and self.country is None and self.own <= _general_words()


@lru_cache(maxsize=8192)
def read_body(printed: str) -> Body:
    """Cut an institution's printed name into its parts."""
    plain, short = _cut_short(printed)
    listed = find_institution(plain_words(plain)) or find_institution(plain_words(printed))
    words, form = _cut_form(_DOTTED.sub(lambda found: found[0].replace(".", ""), plain))
    country, own = _cut_country(words)
    known = frozenset(word for word in own if not is_small(word))
    public = any(word in _table("public") for word in known)
    return Body(
        words=words,
        form=form,
        short=short,
        country=country if public else None,
        own=known if public else frozenset(word for word in words if not is_small(word)),
        public=public,
        listed=listed,
    )


def plain_words(name: str) -> str:
    """Return all words of a name, folded, possessive endings and "the" left aside."""
    words = " ".join(re.findall(r"[^\W_]+", fold(without_possessive(name))))
    return words.removeprefix("the ")


def bare_words(name: str) -> str:
    """Return the words of an institution's name without its short form: "Federal Water Office (FWO)"."""
    return plain_words(_cut_short(name)[0])


def makes_short(full: str, short: str) -> bool:
    """Say whether a short form is made of the first letters of a name's words: "FWO", "MoD"."""
    return fold(re.sub(r"[^\w]", "", short)) in first_letters(full)


@lru_cache(maxsize=4096)
def first_letters(full: str) -> frozenset[str]:
    """Return the first letters of a name's words, folded, with small words and without."""
    words = [fold(word) for word in re.findall(r"[^\W_]+", full)]
    told = "".join(word[0] for word in words if not is_small(word))
    return frozenset(letters for letters in (told, "".join(word[0] for word in words)) if len(letters) > 1)


def is_small(word: str) -> bool:
    """Say whether a word is left out of first letters: "of"."""
    return word in _table("small")


@cache
def kind_words() -> frozenset[str]:
    """Return the words that alone name a kind of body, and none of its kind: "ministry", "police"."""
    kinds = {word for word, what, _ in read_list("people_words.tsv") if what in ("body", "role", "many")}
    again = {word for word, what, _ in read_list("function_words.tsv") if what == "generic_body"}
    return frozenset(kinds | again)


@cache
def _general_words() -> frozenset[str]:
    """Return the words of which names are made that every country has: "foreign", "ministry"."""
    return frozenset({*_table("public"), *_table("branch")})


def without_short(name: str) -> str:
    """Return a name without the short form behind it, as printed."""
    return _cut_short(name)[0]


def _cut_short(name: str) -> tuple[str, str | None]:
    found = _SHORT_BEHIND.search(name)
    if found and makes_short(name[: found.start()], found["short"]):
        return name[: found.start()], found["short"]
    return name, None


def _cut_form(name: str) -> tuple[tuple[str, ...], str | None]:
    """Return the words of a name without the legal form at its end, and that form: "Velmar Motors", "ltd"."""
    printed = re.findall(r"[^\W_]+", without_possessive(name).replace("&", " and "))
    form = None
    while len(printed) > 1 and (found := _table("form").get(fold(printed[-1]))):
        # "AB" is a form, "as" is a word.
        if found.endswith("!") and not printed[-1][0].isupper():
            break
        form = form or found.removesuffix("!")
        printed = printed[:-2] if len(printed) > 2 and printed[-2] == "and" else printed[:-1]
    words = [_spell(fold(word)) for word in printed]
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words), form


def _spell(word: str) -> str:
    """Return the one form of a word that is spelled in two ways: "center" of "centre"."""
    return _table("variant").get(word, word).replace("isation", "ization")


def is_nation(words: tuple[str, ...]) -> bool:
    """Say whether words are a nation's: "North Korean"."""
    return " ".join(words) in _countries()


def _cut_country(words: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """Return the country that a name begins or ends with, and the words without it."""
    for size in (3, 2, 1):
        if len(words) > size:
            for found, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
                if country := _countries().get(" ".join(found)):
                    return country, rest
    return None, words


@cache
def _countries() -> dict[str, str]:
    return {
        plain_words(word.replace(".", "")): country
        for country, words, _ in read_list("nations.tsv")
        for word in (country, *words.split("; "))
        if word
    }


@cache
def _table(kind: str) -> dict[str, str]:
    return {word: value for word, what, value, _ in read_list("body_words.tsv") if what == kind}
