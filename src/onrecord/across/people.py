"""People over pages: which printed names are one person's.

Full names that fit together are one person's everywhere. A bare last name says little: it is that of the
person whom its own page names in full, else whom its story does, else it stays one nobody knows more of.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.ledger.names import match_names, name_key, read_name

__all__ = ["PrintedName", "find_bearer", "group_names"]


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
    pages: dict[str, list[str]] = defaultdict(list)
    stories: dict[str, list[str]] = defaultdict(list)
    for one in known:
        if not is_bare(one.name):
            pages[one.page].append(bearers[one.name])
            if one.story is not None:
                stories[one.story].append(bearers[one.name])
    groups: dict[str, str] = {}
    for one in known:
        bearer = bearers.get(one.name) or find_bearer(one.name, pages[one.page])
        if bearer is None and one.story is not None:
            bearer = find_bearer(one.name, stories[one.story])
        groups[one.id] = bearer or f"{read_name(one.name).last} ({one.story or one.page})"
    return groups


def is_bare(name: str) -> bool:
    """Say whether a name is one word, titles left out: "Ostrey", "Ms Ostrey"."""
    return not read_name(name).given


def find_bearer(bare: str, full: Sequence[str]) -> str | None:
    """Return the one of these full names that a bare name stands for; None when none does, or several do.

    A first name alone ("Mara") stands for its bearer too.
    """
    last = read_name(bare).last
    fitting = {name for name in full if match_names(bare, name)} or {
        name for name in full if read_name(name).given[:1] == (last,)
    }
    return fitting.pop() if len(fitting) == 1 else None


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
