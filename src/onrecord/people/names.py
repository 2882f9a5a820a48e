"""Can two printed names be one speaker's? Pure: no database here."""

from collections.abc import Iterable
from functools import lru_cache

from onrecord.people.bodies import compare_bodies
from onrecord.people.body import bare_words
from onrecord.people.forms import BARE, form_key, is_bare, name_key
from onrecord.people.offices import compare_offices, is_office
from onrecord.people.parts import read_name
from onrecord.people.persons import compare_persons
from onrecord.people.verdict import Verdict
from onrecord.types import SpeakerType

__all__ = [
    "BARE",
    "bare_words",
    "compare_names",
    "explain_match",
    "find_fullest",
    "form_key",
    "fullness",
    "is_bare",
    "match_names",
    "name_key",
    "read_name",
    "split_joint",
]


@lru_cache(maxsize=8192)
def compare_names(a: str, b: str, type: SpeakerType = "person") -> Verdict:
    """Say whether two printed names are one speaker's, may be, or are two's, and why."""
    if type != "person":
        return compare_bodies(a, b)
    return compare_offices(a, b) if is_office(a) or is_office(b) else compare_persons(a, b)


def match_names(a: str, b: str, *, type: SpeakerType = "person") -> bool:
    """Say whether two printed names can be the same speaker's.

    A bare last name fits everybody who bears it: whether it is the same person, the page or its story must
    tell. So do names of bodies that every country has.
    """
    return compare_names(a, b, type).fits


def explain_match(a: str, b: str, *, type: SpeakerType = "person") -> str:
    """Say in words why two printed names that fit are taken for one speaker's."""
    return compare_names(a, b, type).why


def find_fullest(names: Iterable[str], type: SpeakerType = "person") -> str:
    """Return the fullest of the names of one speaker: of a person the one with most given names, of a body
    the longest; of two alike the first in the alphabet.
    """
    known = sorted(names)
    if type == "person":
        return max(known, key=fullness)
    return max(known, key=lambda name: len(bare_words(name)))


def fullness(name: str) -> tuple[int, int]:
    """Return how much of a person's name is printed: given names, and letters of these."""
    given = read_name(name).given
    return len(given), sum(map(len, given))


def split_joint(name: str) -> tuple[str, ...]:
    """Return the names of those who spoke together ("Ada Holm; Jon Vey"): usually one."""
    return tuple(part.strip() for part in name.split(";") if part.strip()) or (name,)
