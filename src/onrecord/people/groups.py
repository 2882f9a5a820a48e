"""Which printed names are one person's or one body's, when all pages are at hand? Pure.

Full names that fit are one's everywhere; then each story, and each page that is in none, tells whose the
names are that say little alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.people.forms import letters_key
from onrecord.people.names import compare_names, is_bare, name_key, read_name
from onrecord.people.placed import Bearer, Placed, follow
from onrecord.people.rooms import find_bearers
from onrecord.types import SpeakerType

__all__ = ["PrintedName", "group_names"]


_Name = tuple[SpeakerType, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedName:
    """One place where a page prints the name of a person or a body."""

    id: str
    name: str
    page: str
    story: str | None = None
    type: SpeakerType = "person"


def group_names(printed: Iterable[PrintedName]) -> dict[str, str]:
    """Name for every place the speaker it tells of, by one of the places where they are named most fully."""
    known = sorted(printed, key=lambda one: one.id)
    full = _group_full({(one.type, one.name) for one in known if not is_bare(one.name, one.type)})
    placed: dict[str, list[Placed]] = defaultdict(list)
    taken: dict[str, str] = {}
    for one in known:
        words = full.get((one.type, one.name)) or f"{one.name} ({one.page})"
        taken[one.id] = f"{one.type} {words}"
        room = one.story or one.page
        placed[room].append(Placed(id=taken[one.id], page=one.page, name=one.name, type=one.type))
    bearers: dict[str, Bearer] = {}
    for _, some in sorted(placed.items()):
        # A room is asked once for what it says of a name, however often it prints it.
        for id, bearer in find_bearers(dict.fromkeys(some)).items():
            bearers.setdefault(id, bearer)
    ends = follow(bearers)
    return {id: (ends[who].id if who in ends else who).split(" ", 1)[1] for id, who in taken.items()}


def _group_full(names: Iterable[tuple[SpeakerType, str]]) -> dict[_Name, str]:
    """Name for every full name the fullest that it fits; one that fits two people is left to itself."""
    blocks: dict[str, list[_Name]] = {}
    for one in sorted(names):
        type, name = one
        keys = [key for key in (name_key(name, type), letters_key(name, type)) if key]
        # What shares a key with either belongs to one block.
        block = [one, *(other for some in _unique(blocks.get(key) for key in keys) for other in some)]
        for type, name in block:
            keys += [key for key in (name_key(name, type), letters_key(name, type)) if key]
        blocks |= dict.fromkeys(keys, block)
    return {one: best for block in _unique(blocks.values()) for one, best in _group_block(block)}


def _unique(blocks: Iterable[list[_Name] | None]) -> list[list[_Name]]:
    return list({id(block): block for block in blocks if block}.values())


def _group_block(names: Iterable[_Name]) -> Iterator[tuple[_Name, str]]:
    people: list[list[_Name]] = []
    for type, name in sorted(names, key=lambda one: (-len(read_name(one[1]).given), -len(one[1]), one[1])):
        fitting = [
            person for person in people if all(compare_names(name, other, type).fits for _, other in person)
        ]
        if len(fitting) == 1:
            fitting[0].append((type, name))
        else:
            people.append([(type, name)])
    return ((one, person[0][1]) for person in people for one in person)
