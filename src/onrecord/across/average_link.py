"""Average link: join articles from the most alike on, by the mean likeness of all pairs of two groups.

One article in between can't chain two events together, since its group must be alike as a whole.

What is joined hangs together only so far: where no article outside is ever nearer to one of the groups than
what that group is joined with, the articles outside change nothing, and need not be looked at. `join_alike`
tells which of them are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from onrecord.across.likeness import UNIT

__all__ = ["ALIKE", "Joined", "cut_chains", "join_alike"]

ALIKE = round(0.2 * UNIT)  # articles and groups at least so alike are one story
LONGEST = 14  # days from a story's first article to its last: what goes on longer is a new story

_Links = dict[int, dict[int, int]]


@dataclass(frozen=True, slots=True)
class Joined:
    """The groups, and the articles outside that may have been nearer to one on its way than what it was
    joined with."""

    groups: list[list[str]]
    drawn: set[str]


def cut_chains(names: Collection[str], beside: Mapping[str, Collection[str]]) -> Iterator[frozenset[str]]:
    """Yield articles in parts that can be joined each by itself, in the order of their first.

    `beside` are for each those that are `ALIKE` to it, its copies, and what it reprints: where the mean of
    two groups is as much, so is one of its pairs.
    """
    left = set(names)
    for first in names:
        if first not in left:
            continue
        left.remove(first)
        part: set[str] = set()
        waiting = {first}
        while waiting:
            name = waiting.pop()
            part.add(name)
            waiting |= left.intersection(beside.get(name, ()))
            left -= waiting
        yield frozenset(part)


def join_alike(
    names: Sequence[str],
    likeness: Mapping[tuple[str, str], int],
    copies: Mapping[str, str | None],
    days: Mapping[str, int],
    apart: Mapping[str, Set[str]] | None = None,
) -> Joined:
    """Join articles into groups, each in the order of `names`; a copy starts beside its original.

    `likeness` is in whole `UNIT`s, so that sums are the same in any order; pairs with one article that is
    not among `names` are those with articles outside. `days` and `copies` are those of all these articles,
    where known. `apart` names for an article those with which it is in no group, whatever the words say.
    """
    apart = apart or {}
    groups, home = _start(names, copies, apart)
    total, outside = _sum_links(groups, home, likeness)
    # The day of a copy does not count: who reprints a text years later must not end its story.
    known = {
        at: [days[name] for name in group if name in days and name not in copies]
        for at, group in groups.items()
    }
    drawn: set[str] = set()

    def near(a: int) -> Iterator[tuple[float, int]]:
        """Yield how near a group is to each of those that it may be joined with, as a number below zero."""
        size = len(groups[a])
        for b, sum in total[a].items():
            if (mean := sum / (size * len(groups[b]))) >= ALIKE:
                yield -mean, b

    def look_outside(a: int, least: float) -> None:
        size = len(groups[a])
        for name, sum in outside[a].items():
            # Whatever group it is in out there, its most like article is at least as near as that group.
            own = [days[name]] if name in days and name not in copies else []
            if sum >= least * size and _fit([*known[a], *own]) and not _are_apart(groups[a], {name}, apart):
                drawn.add(name)

    heap = [(value, a, b) for a in groups for value, b in near(a) if a < b]
    heapify(heap)
    while heap:
        value, a, b = heappop(heap)
        if a not in groups or b not in groups:
            continue
        if -value != total[a][b] / (len(groups[a]) * len(groups[b])):
            continue  # One of the two has grown since.
        both = known[a] + known[b]
        if not _fit(both) or _are_apart(groups[a], groups[b], apart):
            continue
        look_outside(a, -value)
        look_outside(b, -value)
        groups[a] += groups.pop(b)
        known[a] = both
        _move_links(total, a, b)
        for name, sum in outside.pop(b).items():
            outside[a][name] += sum
        for value, other in near(a):
            heappush(heap, (value, min(a, other), max(a, other)))
    for at in groups:
        look_outside(at, ALIKE)
    rank = {name: at for at, name in enumerate(names)}
    return Joined([sorted(group, key=rank.__getitem__) for group in groups.values()], drawn)


def _fit(days: Collection[int]) -> bool:
    """Say whether articles of these days can be one story."""
    return not days or max(days) - min(days) <= LONGEST


def _sum_links(
    groups: Iterable[int], home: Mapping[str, int], likeness: Mapping[tuple[str, str], int]
) -> tuple[_Links, dict[int, dict[str, int]]]:
    """Add up the likeness of all pairs of articles between every two groups, and between each group and each
    article outside."""
    total: _Links = {at: defaultdict(int) for at in groups}
    outside: dict[int, dict[str, int]] = {at: defaultdict(int) for at in groups}
    for (one, two), value in likeness.items():
        a, b = home.get(one), home.get(two)
        if a is not None and b is not None:
            if a != b:
                total[a][b] += value
                total[b][a] += value
        elif a is not None:
            outside[a][two] += value
        elif b is not None:
            outside[b][one] += value
    return total, outside


def _move_links(total: _Links, a: int, b: int) -> None:
    """Give the links of group b to group a."""
    for other, shared in total.pop(b).items():
        total[other].pop(b)
        if other != a:
            total[a][other] += shared
            total[other][a] += shared


def _are_apart(one: Iterable[str], two: Collection[str], apart: Mapping[str, Set[str]]) -> bool:
    return bool(apart) and any(name in apart and not apart[name].isdisjoint(two) for name in one)


def _start(
    names: Sequence[str], copies: Mapping[str, str | None], apart: Mapping[str, Set[str]]
) -> tuple[dict[int, list[str]], dict[str, int]]:
    """Put every article into a group of its own, and copies into the group of what they reprint."""
    number = {name: at for at, name in enumerate(names)}
    roots = {name: _find_root(name, copies, number) for name in names}
    # What is reprinted comes first: who is held apart from it, or from who came with it, stays alone.
    groups = {number[name]: [name] for name in names if roots[name] == name}
    home = {name: number[name] for name in names}
    for name in names:
        if roots[name] == name:
            continue
        at = number[roots[name]]
        if _are_apart([name], groups[at], apart):
            groups[number[name]] = [name]
        else:
            groups[at].append(name)
            home[name] = at
    return groups, home


def _find_root(name: str, copies: Mapping[str, str | None], known: Mapping[str, int]) -> str:
    """Return what an article reprints, by way of others, or itself; of a ring, in which each says to reprint
    the next, the least."""
    seen = [name]
    while (of := copies.get(seen[-1])) is not None and of in known:
        if of in seen:
            return min(seen[seen.index(of) :])
        seen.append(of)
    return seen[-1]
