"""Which person of a room bears a last name alone, or a name that is near another's? Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.people.clash import same_role
from onrecord.people.given import forms_of
from onrecord.people.names import compare_names, is_bare, read_name
from onrecord.people.offices import is_office
from onrecord.people.persons import find_near
from onrecord.people.placed import Bearer, Placed
from onrecord.people.spelling import spell
from onrecord.people.verdict import Verdict

__all__ = ["find_bearer", "join_near", "name_bare"]

_SHORT = 5  # letters of a last name that is never taken for a misprint of another when it stands alone


def join_near(full: Sequence[Placed]) -> dict[str, Bearer]:
    """Return for those whose name is near one other person's who that is: the more often named."""
    often: dict[str, set[tuple[str, str]]] = defaultdict(set)
    names: dict[str, str] = {}
    for one in full:
        often[one.id].add((one.page, one.name))
        names[one.id] = max(names.get(one.id, ""), one.name, key=len)
    near: dict[str, dict[str, str]] = {id: {} for id in sorted(names)}
    for pair in _alike(names):
        for id, other in (pair, pair[::-1]):
            if why := find_near(names[id], names[other]):
                near[id][other] = why
    joined: dict[str, Bearer] = {}
    for id, others in near.items():
        for other, why in others.items():
            first = min(id, other, key=lambda one: (-len(often[one]), names[one]))
            # Never a chain: who is somebody else's name bears nobody's.
            if len(others) == len(near[other]) == 1 and id != first:
                joined[id] = Bearer(id=other, why=why)
    return joined


def _alike(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of people who share a first or a last name: no others are near."""
    sharing: dict[str, list[str]] = defaultdict(list)
    for id, printed in sorted(names.items()):
        name = read_name(printed)
        for key in {f"last {spell(name.last)}", *(f"first {spell(word)}" for word in name.given[:1])}:
            sharing[key].append(id)
    pairs = {
        (one, other) for some in sharing.values() for at, one in enumerate(some) for other in some[at + 1 :]
    }
    yield from sorted(pairs)


def name_bare(people: Sequence[Placed]) -> dict[str, Bearer]:
    """Return for last names alone who bears them: on their page, in their story, by their role there."""
    forms: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, set[str]] = defaultdict(set)
    on_page: dict[str, set[str]] = defaultdict(set)
    for one in people:
        if not is_bare(one.name):
            forms[one.id].add(one.name)
            on_page[one.page].add(one.id)
            roles[one.id] |= {one.role} if one.role else set()
    bare = [one for one in people if is_bare(one.name) and not is_office(one.name)]
    names = _index(forms)
    near = {name: _find_alike(name, names) for name in {one.name for one in bare}}
    in_story = {name: find_bearer(name, alike, forms) for name, alike in near.items()}
    found: dict[str, Bearer] = {}
    for one in bare:
        if one.id in found:
            continue
        if who := find_bearer(one.name, on_page[one.page] & near[one.name], forms):
            why = "a last name alone, of the one person of its page who bears it"
        elif who := in_story[one.name]:
            why = "a last name alone, of the one person of its story who bears it"
        elif one.role and (who := find_bearer(one.name, _with_role(one.role, roles, near[one.name]), forms)):
            why = f"a last name alone, of the one person of its story who is “{one.role}”"
        if who:
            found[one.id] = Bearer(id=who, why=why)
    return found | _join_bare([one for one in bare if one.id not in found], forms)


def _index(forms: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Return the people of a room by what a name alone may share with theirs."""
    found: dict[str, set[str]] = defaultdict(set)
    for id, names in forms.items():
        for name in map(read_name, names):
            for key in (
                spell(name.last),
                "".join([*name.particles, name.last]),
                *(key for word in name.given[:1] for key in forms_of(word)),
                *_near_keys(name.last),
            ):
                found[key].add(id)
    return found


def _find_alike(bare: str, names: Mapping[str, set[str]]) -> set[str]:
    last = read_name(bare).last
    keys = {spell(last), last, *forms_of(last), *_near_keys(last)}
    return {id for key in keys for id in names.get(key, ())}


def _near_keys(last: str) -> Iterator[str]:
    """Yield what two long last names share that are a letter apart: the first one, and nearly the length."""
    yield from (f"{last[:1]} {len(last) + more}" for more in ((-1, 0, 1) if len(last) > _SHORT else ()))


def _with_role(role: str, roles: Mapping[str, set[str]], alike: set[str]) -> list[str]:
    return [id for id in alike if any(same_role(role, other) for other in roles[id])]


def _join_bare(alone: Sequence[Placed], forms: Mapping[str, set[str]]) -> dict[str, Bearer]:
    """Return for last names alone that nobody of the room bears the first of the same name: unless two titles
    tell that there are two.
    """
    by_last: dict[str, list[Placed]] = defaultdict(list)
    borne = {spell(read_name(name).last) for names in forms.values() for name in names}
    for one in alone:
        last = read_name(one.name).last
        if last and spell(last) not in borne:
            by_last[last].append(one)
    found: dict[str, Bearer] = {}
    why = "the same last name in one story, where nobody is named in full by it"
    for some in by_last.values():
        sexes = {read_name(one.name).sex for one in some} - {None}
        for group in (
            [[one for one in some if read_name(one.name).sex == sex] for sex in sexes]
            if len(sexes) > 1
            else [some]
        ):
            first = min(one.id for one in group)
            found |= {one.id: Bearer(id=first, why=why) for one in group if one.id != first}
    return found


def find_bearer(bare: str, people: Iterable[str], forms: Mapping[str, set[str]] | None = None) -> str | None:
    """Return the one of these people that a bare name stands for; None when none does, or several do.

    People are told by a full name; `forms` has the other full names of each. The first way in which it fits
    anybody counts: a last name, a first name ("Mara"), a misprint of a last name.
    """
    named = {
        one: [compare_names(bare, name) for name in (forms or {}).get(one, {one})] for one in set(people)
    }
    for why in ("a last name alone", "a first name alone", "a last name alone, one letter off"):
        fitting = [one for one, found in named.items() if _fit_all(found, why)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _fit_all(found: Sequence[Verdict], why: str) -> bool:
    unsuited = "the title of one does not suit the given name of the other"
    return any(verdict.why == why for verdict in found) and all(verdict.why != unsuited for verdict in found)
