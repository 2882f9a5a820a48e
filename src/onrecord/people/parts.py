"""What are the parts of a person's printed name? Pure."""

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from onrecord.people.fold import fold
from onrecord.wordlists import read_list

__all__ = ["Name", "Sex", "is_word", "letters_of", "read_name", "without_possessive"]

Sex = Literal["m", "f"]


class Name(NamedTuple):
    """A person's name in parts, folded: given names (initials without dot), the last name, Jr., Sr. or III;
    particles ("van den"), names in marks (“Bobbie”) and the sex that a title tells.
    """

    given: tuple[str, ...]
    last: str
    suffix: str | None
    particles: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    sex: Sex | None = None

    @property
    def letters(self) -> str:
        """All of it in one word: "janvandenberk" of "Jan van den Berk" and of "Jan Vandenberk"."""
        return "".join([*self.given, *self.particles, self.last]).replace("-", "")


# “Bobbie”, "Bobbie", (Bobbie), 'Bobbie' inside a name; an apostrophe inside a word is none of these.
_CALLED = re.compile(
    r"(?:^|(?<=\s))(?:[“\"«](?P<a>[^”\"»]{2,30})[”\"»]|\((?P<b>[^()]{2,30})\)|['‘](?P<c>[^'’]{2,30})['’])\s+"
)
_INDEX = re.compile(r"(?P<last>[^\s,]+(?:[ -][^\s,]+)?), (?P<given>[^,\s]+(?: [^,\s]+){0,2})")
_ABD = re.compile(r"abd(?:[aeiou]l)?")


@lru_cache(maxsize=8192)
def read_name(printed: str) -> Name:
    """Cut a person's printed name into its parts, titles left out."""
    plain = _turn_index(without_possessive(printed))
    called = tuple(
        letters_of(word).replace("-", "")
        for found in _CALLED.finditer(plain)
        for word in (found["a"] or found["b"] or found["c"]).split()
    )
    words = [letters_of(word) for word in re.split(r"[\s,.]+", _CALLED.sub("", plain))]
    kept = [word for word in words if word]
    sex: Sex | None = None
    while len(kept) > 1 and (told := _title(kept[0])) is not None:
        sex = sex or told or None
        kept = kept[1:]
    suffix = next((word for word in kept[1:] if is_word(word, "generation")), None)
    kept = kept[:1] + [word for word in kept[1:] if not is_word(word, "generation", "suffix")]
    kept = _join(kept)
    if not kept:
        return Name((), "", None)
    at = [i for i, word in enumerate(kept[:-1]) if _is_particle(word, i, kept)]
    given = tuple(word for i, word in enumerate(kept[:-1]) if i not in at)
    return Name(
        given=given or called,
        last=kept[-1],
        suffix=suffix,
        particles=tuple(kept[i] for i in at),
        called=called if given else (),
        sex=sex,
    )


def is_word(word: str, *kinds: str) -> bool:
    """Say whether a folded word is one of these kinds of words of names ("title", "suffix")."""
    return not _kinds().get(word, frozenset()).isdisjoint(kinds)


def without_possessive(name: str) -> str:
    """Return a name without the ending of what it owns."""
    return re.sub(r"['’]s?(?=\s|$)", "", name)


def letters_of(word: str) -> str:
    """Return a word of a name, folded, with nothing but letters, digits and inner hyphens."""
    return re.sub(r"[^\w-]|_", "", fold(word)).strip("-")


def _title(word: str) -> Sex | Literal[""] | None:
    """Return the sex that a title tells, "" where it tells none; None of a word that is no title."""
    if is_word(word, "man") or word == "sr":
        return "m"
    if is_word(word, "woman") or word == "sra":
        return "f"
    return "" if is_word(word, "title", "later") else None


def _turn_index(printed: str) -> str:
    """Turn "Ostrey, Mara" round; "Mara Ostrey, PhD" is no index."""
    found = _INDEX.fullmatch(printed.strip())
    if not found:
        return printed
    given = [letters_of(word) for word in found["given"].split()]
    last = [letters_of(word) for word in re.split(r"[\s.]+", found["last"])]
    if (
        any(is_word(word, "generation", "suffix", "title") for word in given)
        or not found["given"][0].isupper()
    ):
        return printed
    if len(last) > 1 and not all(is_word(word, "particle", "house") for word in last[:-1]):
        return printed
    return f"{found['given']} {found['last']}"


def _join(kept: list[str]) -> list[str]:
    """Make one word of what is one name in Arabic: "Abu Omar", "Abd al-Rahman", "Abdul Rahman"; the article
    before a word is left out of it.
    """
    done: list[str] = []
    i = 0
    while i < len(kept):
        word, left = kept[i], len(kept) - i - 1
        if left and not done and is_word(word, "parent"):
            done.append(word + _without_article(kept[i + 1]))
            i += 2
        elif left > 1 and _ABD.fullmatch(word):
            i += 1 if kept[i + 1] not in ("al", "el") or left < 3 else 2
            done.append("abdul" + _without_article(kept[i]))
            i += 1
        else:
            done.append(_without_article(word))
            i += 1
    return done


def _without_article(word: str) -> str:
    return re.sub(r"^(?:al|el)-(?=.)", "", word)


def _is_particle(word: str, i: int, kept: list[str]) -> bool:
    """Tell "von der" in "Ursula von der Leyen" from the "Al" of "Al Gore"."""
    if not is_word(word, "particle", "house"):
        return False
    return (
        i > 0
        or is_word(kept[1], "particle", "house")
        or (len(kept) == 2 and word not in ("al", "van", "ben"))
    )


@cache
def _kinds() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, kind, _ in read_list("name_words.tsv"):
        found.setdefault(word, set()).add(kind)
    given = {row[0].casefold() for row in read_list("first_names.tsv")}
    for word, kind, _ in read_list("people_words.tsv"):
        # "Dean Torren" may be no dean.
        if kind in ("honorific", "title") and word not in given:
            found.setdefault(word, set()).add("later")
    return {word: frozenset(kinds) for word, kinds in found.items()}
