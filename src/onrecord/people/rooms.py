"""Who bears the names that say little alone, in one room: a story, or a page that is in none? Pure.

A last name alone is that of the one person of its page who bears it, else of the one person of its story. Two
full names may differ there by more than elsewhere. Whatever fits two stays as it is. `room_people` and
`room_bodies` tell it of persons and of bodies.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from onrecord.people.bodies import is_short
from onrecord.people.body import first_letters, plain_words
from onrecord.people.given import is_given
from onrecord.people.names import is_bare
from onrecord.people.placed import Bearer, Placed, follow
from onrecord.people.room_bodies import name_bodies
from onrecord.people.room_people import join_near, name_bare
from onrecord.wordlists import read_list

__all__ = ["find_bearers"]


def find_bearers(placed: Iterable[Placed]) -> dict[str, Bearer]:
    """Return for the names of one room who else bears them; those that stay as they are are left out.

    Nobody who bears another's name bears one: who is named there is named once for all.
    """
    known = list(placed)
    found = _join_types(known)
    types = {one.id: one.type for one in known}
    known = [
        replace(one, id=found[one.id].id, type=types[found[one.id].id]) if one.id in found else one
        for one in known
    ]
    people = [one for one in known if one.type == "person"]
    near = join_near([one for one in people if not is_bare(one.name)])
    # Two near names are one person's before it is asked how many bear a last name.
    found |= near
    found |= name_bare([replace(one, id=near[one.id].id) if one.id in near else one for one in people])
    return follow(found | name_bodies([one for one in known if one.type != "person"]))


def _join_types(known: Sequence[Placed]) -> dict[str, Bearer]:
    """Return for a name that is read as a person's here and as a body's there whose it is: a person's if it
    begins with a given name, a body's if its first letters speak there too ("VM"), or if it has a word of
    everyday English; else what most pages say.
    """
    uses: dict[str, dict[bool, list[Placed]]] = defaultdict(lambda: defaultdict(list))
    for one in known:
        if " " in one.name and not is_bare(one.name, one.type):
            uses[plain_words(one.name)][one.type == "person"].append(one)
    short = {plain_words(one.name) for one in known if one.type != "person" and is_short(one.name)}
    found: dict[str, Bearer] = {}
    for words, kinds in uses.items():
        if len(kinds) < 2:
            continue
        person = not first_letters(words) & short and _is_person(words.split(), kinds)
        to = min(one.id for one in kinds[person])
        why = "the same words, read as a person's name in one place and as a body's in another"
        found |= {one.id: Bearer(id=to, why=why) for one in kinds[not person]}
    return found


def _is_person(words: Sequence[str], kinds: Mapping[bool, Sequence[Placed]]) -> bool:
    if is_given(words[0]):
        return True
    if any(word in _everyday() for word in words):
        return False
    pages = {kind: len({one.page for one in some}) for kind, some in kinds.items()}
    return pages[True] >= pages[False]


@cache
def _everyday() -> frozenset[str]:
    return frozenset(row[0] for row in read_list("everyday_words.tsv"))
