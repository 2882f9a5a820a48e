"""Does a source name nobody, but an office ("the foreign minister"), and can two such be one? Pure.

Who is called by an office alone is whoever holds it on the day of the page: the foreign ministers of 2029 and
of 2031 are two people unless a page names them.
"""

import re
from functools import cache, lru_cache

from onrecord.people.clash import days_between, same_role
from onrecord.people.fold import words_of
from onrecord.people.verdict import Verdict, perhaps, two
from onrecord.wordlists import read_list

__all__ = ["compare_offices", "is_office"]

_ONE_TERM = 365  # days in which an office is taken to have one holder
_OFFICE_OF = re.compile(r"^(?P<office>.*?)(?: (?:of|for|in) (?P<place>.+))?$")


@lru_cache(maxsize=4096)
def is_office(name: str) -> bool:
    """Say whether words tell an office, and nobody's name: "the foreign minister of Orrin"."""
    words = name.split()
    words = words[1:] if words and words[0].casefold() == "the" else words
    head = _OFFICE_OF.match(" ".join(words))
    office = head["office"].split() if head else []
    return bool(office) and all(word.islower() for word in office) and office[-1] in _roles()


def compare_offices(
    a: str, b: str, *, days: tuple[str | None, str | None] = (None, None), role: str | None = None
) -> Verdict:
    """Compare two sources of which one, or both, are called by an office alone; `role` is that of the one who
    is named.
    """
    if not (is_office(a) and is_office(b)):
        office = a if is_office(a) else b
        if role and same_role(role, office):
            return perhaps("the office is named, and not who holds it", "page or story")
        return two("an office is nobody's name")
    (one, place), (other, there) = _cut(a), _cut(b)
    if one != other:
        return two("two offices")
    if place and there and place != there:
        return two("one office in two places")
    apart = days_between(*days)
    if apart is not None and apart > _ONE_TERM:
        return two("an office without a name, more than a year apart")
    return perhaps("an office without a name", "page or story")


def _cut(name: str) -> tuple[str, str]:
    found = _OFFICE_OF.match(" ".join(words_of(name)).removeprefix("the "))
    return (found["office"], found["place"] or "") if found else (name, "")


@cache
def _roles() -> frozenset[str]:
    return frozenset(word for word, kind, _ in read_list("people_words.tsv") if kind in ("role", "title"))
