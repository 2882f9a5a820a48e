"""Whether two printed names can be one person's. Pure: no database here."""

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.ledger.fold import fold
from onrecord.types import SpeakerType

__all__ = ["Name", "match_names", "name_key", "read_name", "split_joint"]

_TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness count countess prince princess
    king queen president vice-president premier chancellor minister secretary senator sen rep representative
    congressman congresswoman governor gov mayor judge justice general gen colonel col major maj captain
    capt lieutenant lt sergeant sgt admiral adm commander officer detective inspector chief sheriff
    ambassador spokesman spokeswoman spokesperson pope archbishop bishop cardinal rev reverend father imam
    rabbi sheikh
    ayatollah herr frau monsieur madame senor senora""".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv phd md mp qc kc obe cbe esq".split())
_PARTICLES = frozenset(
    "van von der den de du da dos das del della di la le lo bin ibn ben abu al el ter ten zu y".split()
)
_LAST_SPELLINGS = (re.compile(r"(?:iy|yy|yi|ii|ij|yj)$"), "y")


class Name(NamedTuple):
    """A person's name in parts, folded: given names (initials without dot), the last name, Jr. or Sr."""

    given: tuple[str, ...]
    last: str
    suffix: str | None


def match_names(a: str, b: str, *, type: SpeakerType = "person") -> bool:
    """Say whether two printed names can be the same speaker's.

    People: the same last name, and first and middle names equal, an initial, or left out ("John F.
    Kennedy", "John Kennedy"). A bare last name fits everybody who bears it: whether it is the same person,
    the page or its story must tell. Institutions and groups: the same words, "the" and possessive endings
    left aside.
    """
    if type != "person":
        return _bare_words(a) == _bare_words(b) != ""
    one, other = read_name(a), read_name(b)
    if one.last != other.last or not one.last or (one.suffix and other.suffix and one.suffix != other.suffix):
        return False
    if not one.given or not other.given:
        return True
    return _fits(one.given[0], other.given[0]) and _middles_fit(one.given[1:], other.given[1:])


@lru_cache(maxsize=4096)
def read_name(printed: str) -> Name:
    """Cut a person's printed name into its parts, titles left out."""
    words = [word for word in re.split(r"[\s,.]+", _without_possessive(printed)) if word]
    folded = [re.sub(r"^(?:al|el)-(?=.)", "", _letters(word)) for word in words]
    kept = [word for word in folded if word]
    while len(kept) > 1 and kept[0] in _TITLES:
        kept = kept[1:]
    suffix = next((word for word in kept[1:] if word in ("jr", "sr")), None)
    kept = kept[:1] + [word for word in kept[1:] if word not in _SUFFIXES]
    if not kept:
        return Name((), "", None)
    given = [word for i, word in enumerate(kept[:-1]) if not _is_particle(word, i, kept)]
    return Name(tuple(given), _LAST_SPELLINGS[0].sub(_LAST_SPELLINGS[1], kept[-1]), suffix)


def name_key(name: str, type: SpeakerType) -> str:
    """Return what compatible full names share: last name and first initial; of an institution all words."""
    if type != "person":
        return f"{type} {_bare_words(name)}"
    parts = read_name(name)
    return f"person {parts.last} {parts.given[0][:1] if parts.given else ''}"


def split_joint(name: str) -> tuple[str, ...]:
    """Return the names of those who spoke together ("Ada Holm; Jon Vey"): usually one."""
    return tuple(part.strip() for part in name.split(";") if part.strip()) or (name,)


def _is_particle(word: str, i: int, kept: list[str]) -> bool:
    """Tell "von der" in "Ursula von der Leyen" from the "Al" of "Al Gore"."""
    if word not in _PARTICLES:
        return False
    return i > 0 or kept[1] in _PARTICLES or (len(kept) == 2 and word not in ("al", "van", "ben"))


def _fits(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1])


def _middles_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or all(_fits(a, b) for a, b in zip(one, other, strict=False))


def _bare_words(name: str) -> str:
    words = " ".join(re.findall(r"[^\W_]+", fold(_without_possessive(name))))
    return words.removeprefix("the ")


def _without_possessive(name: str) -> str:
    return re.sub(r"['’]s?(?=\s|$)", "", name)


def _letters(word: str) -> str:
    return re.sub(r"[^\w-]|_", "", fold(word)).strip("-")
