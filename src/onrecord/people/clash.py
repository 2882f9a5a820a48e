"""Whether two roles can be one person's at one time: a reason why two of one name stay two. Pure.

People change what they do, so roles tell two people apart only where pages of the same weeks print them, and
only these: one office in two places, or callings that hardly anybody has at once. "Former" tells nothing.
"""

import re
from datetime import date
from functools import cache, lru_cache

from onrecord.people.fold import words_of
from onrecord.wordlists import read_list

__all__ = ["Bearing", "days_between", "find_clash", "same_office", "same_role", "tells_apart"]

_SAME_OFFICE = 365  # days in which nobody is mayor of one town and then of another
_SAME_WEEKS = 45  # days in which nobody is goalkeeper and then a bishop
_PAST = frozenset("former formerly ex late retired once past turned candidate nominee elect".split())
_OF = re.compile(r"\b(?P<office>\w+)(?:-general)? (?:of|for|in) (?P<place>[^,;]+)$")

Bearing = tuple[str, str | None]
"""A role as printed, and the day of the page that prints it."""


@lru_cache(maxsize=4096)
def find_clash(one: Bearing, other: Bearing) -> str | None:
    """Say in words why two people of one name with these roles are two; None when they may be one."""
    (first, day), (second, other_day) = one, other
    days = days_between(day, other_day)
    if days is None or _PAST & {*words_of(first), *words_of(second)}:
        return None
    if days <= _SAME_OFFICE and _other_place(first, second):
        return f"places clash: “{first}” and “{second}” within a year"
    if days <= _SAME_WEEKS and _other_calling(first, second):
        return f"roles clash: “{first}” and “{second}” within weeks"
    return None


def tells_apart(role: str) -> bool:
    """Say whether a role can tell two people of one name apart at all."""
    return not _PAST & {*words_of(role)} and any(word in _fields() for word in words_of(role))


def same_role(one: str, other: str) -> bool:
    """Say whether two roles are one in other words: "former mayor of Selm", "Mayor of Selm"."""
    a, b = ({*words_of(role)} - _PAST - {"the", "a", "an"} for role in (one, other))
    return a == b != set()


def same_office(one: str, other: str) -> bool:
    """Say whether two roles are one office in one place, which one person holds: "mayor of Selm"."""
    found = [_OF.search(" ".join(role.split())) for role in (one, other)]
    if any(role is None or "office" not in _fields().get(role["office"].casefold(), ()) for role in found):
        return False
    return not _PAST & {*words_of(one), *words_of(other)} and same_role(one, other)


def _other_place(one: str, other: str) -> bool:
    a, b = (_OF.search(" ".join(role.split())) for role in (one, other))
    if not a or not b or a["office"].casefold() != b["office"].casefold():
        return False
    if "office" not in _fields().get(a["office"].casefold(), ()):
        return False
    here, there = ({*words_of(found["place"])} - {"the", "city", "town"} for found in (a, b))
    return bool(here and there) and not (here & there)


def _other_calling(one: str, other: str) -> bool:
    a, b = (_callings(role) for role in (one, other))
    return bool(a and b) and not (a & b)


def _callings(role: str) -> set[str]:
    """Return the callings that the words of a role name; "office" only says that it belongs to a place."""
    return {field for word in words_of(role) for field in _fields().get(word, ()) if field != "office"}


def days_between(one: str | None, other: str | None) -> int | None:
    """Return how many days lie between two; None where one of them is no day."""
    try:
        return abs((date.fromisoformat((one or "")[:10]) - date.fromisoformat((other or "")[:10])).days)
    except ValueError:
        return None


@cache
def _fields() -> dict[str, tuple[str, ...]]:
    return {word: tuple(fields.split()) for word, fields, _ in read_list("callings.tsv")}
