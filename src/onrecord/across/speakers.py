"""Whether the speakers of two statements can be the same."""

from functools import lru_cache
from itertools import product

from rapidfuzz.fuzz import ratio

from onrecord.people.fold import fold
from onrecord.people.names import form_key, is_bare, match_names, read_name, split_joint
from onrecord.types import Entry, SpeakerType

__all__ = ["are_copies", "are_others", "compare_names", "match_speakers"]

NEAR = 0.75  # how alike two names of persons are that one page may have misprinted, 0 to 1


def match_speakers(a: Entry, b: Entry) -> bool:
    """Say whether the names of two entries' speakers can be one's. Unnamed sources match only in a copy, by
    their words.
    """
    one, two = a.speaker, b.speaker
    if one is None or two is None:
        return one is two and are_copies(a, b)
    if "unnamed" in (one.type, two.type):
        return are_copies(a, b) and one.name.casefold() == two.name.casefold()
    if one.id is not None and one.id == two.id:
        return True
    if _are_told_apart(a, b):
        return False
    return _match_names(*sorted([(one.name, one.type == "person"), (two.name, two.type == "person")]))


# The same few people speak in all statements of a story, and are put beside each other again and again.
@lru_cache(maxsize=1 << 16)
def _match_names(one: tuple[str, bool], two: tuple[str, bool]) -> bool:
    """Say whether two names, each with whether it is a person's, can be one's."""
    return any(
        match_names(name, other, type="person" if person else "institution")
        for name, other in product(split_joint(one[0]), split_joint(two[0]))
        for person in {one[1], two[1]}
    )


def are_others(a: Entry, b: Entry) -> bool:
    """Say whether the two are surely not one's words: two persons whose names are not even nearly the same,
    or speakers whom the ledger knows for two. A body and who speaks for it, or a source that one page does
    not name, may be one.
    """
    one, two = a.speaker, b.speaker
    if one is None or two is None or (one.id is not None and one.id == two.id):
        return False
    if _are_told_apart(a, b):
        return True
    if one.type != "person" or two.type != "person" or match_speakers(a, b):
        return False
    return not _are_near(*sorted([one.name, two.name]))


def compare_names(a: Entry, b: Entry) -> float:
    """Return how alike the names of two entries' speakers are, letter by letter, 0 to 1."""
    return _compare(a.speaker.name, b.speaker.name) if a.speaker and b.speaker else 0.0


@lru_cache(maxsize=1 << 16)
def _compare(one: str, two: str) -> float:
    return ratio(fold(one), fold(two)) / 100


@lru_cache(maxsize=1 << 16)
def _are_near(one: str, two: str) -> bool:
    return any(_is_near(*names) for names in product(split_joint(one), split_joint(two)))


def _is_near(one: str, two: str) -> bool:
    """Say whether two persons' names may be one that is spelt or printed otherwise. Of one family Mara and
    Ivo are two."""
    first, second = read_name(one), read_name(two)
    if first.last == second.last and first.given and second.given:
        short, long = sorted((first.given[0], second.given[0]), key=len)
        return long.startswith(short) or ratio(short, long) >= 100 * NEAR
    return ratio(fold(one), fold(two)) >= 100 * NEAR


def _are_told_apart(a: Entry, b: Entry) -> bool:
    """Say whether the ledger knows the speakers for two whatever their names: people said so, or roles clash.

    Where several speak together the entry names only the first by id.
    """
    one, two = a.speaker, b.speaker
    if one is None or two is None or None in (one.id, two.id) or ";" in one.name + two.name:
        return False
    if a.review or b.review:
        return True
    return _is_namesake(one.name, one.type, two.name, two.type)


@lru_cache(maxsize=1 << 16)
def _is_namesake(one: str, type: SpeakerType, two: str, other: SpeakerType) -> bool:
    """Say whether two full names are the same, so that who has another id is another."""
    return form_key(one, type) == form_key(two, other) and not is_bare(one, type)


def are_copies(a: Entry, b: Entry) -> bool:
    """Say whether one page reprints the other, or both a third."""
    return (
        b.page.id == a.copy_of or a.page.id == b.copy_of or (a.copy_of is not None and a.copy_of == b.copy_of)
    )
