"""People over pages: which printed names are one person's.

Full names that fit together are one person's everywhere. A bare last name says little: it is that of the
person whom its own page names in full, else whom its story does, else it stays one nobody knows more of.
Within a story two full names may differ by more than elsewhere: by one letter, or by a word in front.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from onrecord.people.names import Name, fits_given, is_bare, match_names, may_be_called, name_key, read_name
from onrecord.people.spelling import spell

__all__ = ["PrintedName", "find_bearer", "find_near", "group_names"]

_LONG = 5  # letters of a last name in which one may be a misprint; in a shorter one it makes another name
_VERY_LONG = 7  # of a last name that stands alone


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedName:
    """One place where a page prints a person's name."""

    id: str
    name: str
    page: str
    story: str | None = None


def group_names(printed: Iterable[PrintedName]) -> dict[str, str]:
    """Name for every place the person it speaks of, by one of the places where that person is named most
    fully.
    """
    known = sorted(printed, key=lambda one: one.id)
    bearers = _group_full([one.name for one in known if not is_bare(one.name)])
    # Of two names that are near each other in a story the one more often printed is right.
    often: dict[str, int] = defaultdict(int)
    for one in known:
        if one.name in bearers:
            often[bearers[one.name]] += 1
    near = _join_near(known, bearers, often)
    bearers = {name: near.get(bearer, bearer) for name, bearer in bearers.items()}
    pages: dict[str, set[str]] = defaultdict(set)
    stories: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, set[str]] = defaultdict(set)  # all the names of one person
    for one in known:
        if not is_bare(one.name):
            forms[bearers[one.name]].add(one.name)
            pages[one.page].add(bearers[one.name])
            if one.story is not None:
                stories[one.story].add(bearers[one.name])
    groups: dict[str, str] = {}
    for one in known:
        bearer = bearers.get(one.name) or find_bearer(one.name, pages[one.page], forms)
        if bearer is None and one.story is not None:
            bearer = find_bearer(one.name, stories[one.story], forms)
        groups[one.id] = bearer or f"{read_name(one.name).last} ({one.story or one.page})"
    return groups


def find_bearer(bare: str, people: Iterable[str], forms: Mapping[str, set[str]] | None = None) -> str | None:
    """Return the one of these people that a bare name stands for; None when none does, or several do.

    People are told by a full name; `forms` has the other full names of each. A first name alone ("Mara")
    stands for its bearer too.
    """
    last = read_name(bare).last
    named = {one: [read_name(name) for name in (forms or {}).get(one, {one})] for one in set(people)}
    named = {
        one: names
        for one, names in named.items()
        if all(may_be_called(bare, given) for name in names for given in name.given[:1])
    }
    # The first way in which it fits anybody counts: a last name, a first name, a misprint of a last name.
    ways: tuple[Callable[[Name], bool], ...] = (
        lambda name: spell(last) == spell(name.last),
        lambda name: fits_given(last, name.given[0]),
        lambda name: (
            len(last) >= _VERY_LONG and last[0] == name.last[0] and OSA.distance(last, name.last) == 1
        ),
    )
    for fits in ways:
        fitting = [one for one, names in named.items() if any(name.given and fits(name) for name in names)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def find_near(one: str, other: str) -> str | None:
    """Say in words why two full names that stand in one story are one person's though they don't fit
    elsewhere; None when nothing says so.
    """
    first, second = read_name(one), read_name(other)
    if _is_tail(first, second) or _is_tail(second, first):
        return "in one story, and one is the other with words in front"
    if _is_misprint(first, second):
        return f"in one story, and “{first.last}” is one letter from “{second.last}”"
    return None


def _is_tail(short: Name, long: Name) -> bool:
    """Tell "Diane Holm" from behind in "Sharon Diane Holm", "Le Brac" in "Ada Le Brac"."""
    size = len(short.given)
    return (
        0 < size < len(long.given)
        and spell(short.last) == spell(long.last)
        and min(map(len, short.given)) > 1
        and short.given == long.given[-size:]
    )


def _is_misprint(one: Name, other: Name) -> bool:
    """Tell "Duncan Rait" and "Duncan Raite"; "Anna Petrov" and "Anna Petrova" are two ways of being named."""
    a, b = one.last, other.last
    return (
        bool(one.given and other.given)
        and len(one.given[0]) > 1
        and spell(one.given[0]) == spell(other.given[0])
        and max(len(a), len(b)) >= _LONG
        and a[:1] == b[:1]
        and {a[-1:], b[-1:]} != {"a", "o"}
        and a.rstrip("a") != b.rstrip("a")
        and OSA.distance(a, b) == 1
    )


def _join_near(
    known: Sequence[PrintedName], bearers: dict[str, str], often: dict[str, int]
) -> dict[str, str]:
    """Return for people who go by near names in one story the one person that they are."""
    rooms: dict[str, set[str]] = defaultdict(set)
    for one in known:
        if one.name in bearers:
            rooms[one.story or one.page].add(bearers[one.name])
    joined: dict[str, str] = {}
    for people in rooms.values():
        for name, other in _near_pairs(people):
            a, b = joined.get(name, name), joined.get(other, other)
            if a != b:
                best, rest = sorted((a, b), key=lambda name: (-often[name], name))
                joined = {name: best if to == rest else to for name, to in joined.items()} | {rest: best}
    return joined


def _near_pairs(people: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of near names, but for a name that is near two people who are not near each other."""
    near = {
        one: [other for other in sorted(people) if other != one and find_near(one, other)]
        for one in sorted(people)
    }
    for one, others in near.items():
        if len(others) == 1:
            yield one, others[0]


def _group_full(names: Iterable[str]) -> dict[str, str]:
    """Name for every full name the fullest that it fits; one that fits two people is left to itself."""
    blocks: dict[str, set[str]] = defaultdict(set)
    for name in names:
        blocks[name_key(name, "person")].add(name)
    return {name: best for block in blocks.values() for name, best in _group_block(block)}


def _group_block(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    people: list[list[str]] = []
    for name in sorted(names, key=lambda name: (-len(read_name(name).given), -len(name), name)):
        fitting = [person for person in people if all(match_names(name, other) for other in person)]
        if len(fitting) == 1:
            fitting[0].append(name)
        else:
            people.append([name])
    return ((name, person[0]) for person in people for name in person)
