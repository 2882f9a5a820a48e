"""The public bodies and news agencies that ship with the program: their names, where the facts are from."""

import re
from dataclasses import dataclass
from functools import cache

from onrecord.people.fold import fold
from onrecord.wordlists import read_list

__all__ = ["Institution", "find_institution", "list_institutions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A public body or a news agency. `country` is its ISO 3166 code; None of one that belongs to several."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str | None
    origin: str

    @property
    def key(self) -> str:
        """The words of its first name, by which all its names are one."""
        return _words(self.name)


def find_institution(words: str) -> Institution | None:
    """Return the body that bears a name, given as folded words ("international atomic energy agency")."""
    return _by_name().get(words)


@cache
def list_institutions() -> tuple[Institution, ...]:
    """Return the bodies of the shipped list in its order."""
    return tuple(
        Institution(
            name=name,
            aliases=tuple(alias for alias in aliases.split("; ") if alias),
            kind=kind,
            country=country or None,
            origin=origin,
        )
        for name, aliases, kind, country, origin in read_list("institutions.tsv")
    )


@cache
def _by_name() -> dict[str, Institution]:
    return {_words(name): body for body in list_institutions() for name in (body.name, *body.aliases)}


def _words(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(name))).removeprefix("the ")
