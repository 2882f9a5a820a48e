"""Average link: join articles from the most alike on, by the mean likeness of all pairs of two groups.

One article in between can't chain two events together, since its group must be alike as a whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from heapq import heapify, heappop, heappush

from onrecord.across.settle import read_day

__all__ = ["ALIKE", "join_alike"]

ALIKE = 0.17  # articles and groups at least so alike are one story
LONGEST = 14  # days from a story's first article to its last: what goes on longer is a new story

_Links = dict[int, dict[int, float]]


def join_alike(
    names: Sequence[str],
    likeness: Mapping[tuple[str, str], float],
    copies: Mapping[str, str | None],
    days: Mapping[str, Sequence[str]],
    apart: Mapping[str, Set[str]] | None = None,
) -> list[list[str]]:
    """Join articles into groups, each in the order of `names`; a copy starts beside its original.

    `apart` names for an article those with which it is in no group, whatever the words say.
    """
    apart = apart or {}
    groups, home = _start(names, copies, apart)
    total = _sum_links(groups, home, likeness)
    known = {at: _known_days(group, days) for at, group in groups.items()}

    def mean(a: int, b: int) -> float:
        return total[a][b] / (len(groups[a]) * len(groups[b]))

    heap = [(-mean(a, b), a, b) for a in groups for b in total[a] if a < b and mean(a, b) >= ALIKE]
    heapify(heap)
    while heap:
        value, a, b = heappop(heap)
        if a not in groups or b not in groups or -value != mean(a, b):
            continue  # One of the two has grown since, or is gone.
        if _are_apart(groups[a], groups[b], apart):
            continue
        both = known[a] + known[b]
        if both and max(both) - min(both) > LONGEST:
            continue
        groups[a] += groups.pop(b)
        known[a] = both
        _move_links(total, a, b)
        for other in total[a]:
            if mean(a, other) >= ALIKE:
                heappush(heap, (-mean(a, other), min(a, other), max(a, other)))
    rank = {name: at for at, name in enumerate(names)}
    return [sorted(group, key=rank.__getitem__) for group in groups.values()]


def _sum_links(
    groups: Iterable[int], home: Mapping[str, int], likeness: Mapping[tuple[str, str], float]
) -> _Links:
    """Add up the likeness of all pairs of articles between every two groups."""
    total: _Links = {at: defaultdict(float) for at in groups}
    for (one, two), value in sorted(likeness.items()):
        a, b = home[one], home[two]
        if a != b:
            total[a][b] += value
            total[b][a] += value
    return total


def _move_links(total: _Links, a: int, b: int) -> None:
    """Give the links of group b to group a."""
    for other, shared in total.pop(b).items():
        total[other].pop(b)
        if other != a:
            total[a][other] += shared
            total[other][a] += shared


def _known_days(group: Iterable[str], days: Mapping[str, Sequence[str]]) -> list[int]:
    """Return the days of those articles whose day is known."""
    found = (read_day(days[name][0]) for name in group if len(days.get(name, ())) == 1)
    return [day.toordinal() for day in found if day is not None]


def _are_apart(one: Iterable[str], two: Collection[str], apart: Mapping[str, Set[str]]) -> bool:
    return bool(apart) and any(name in apart and not apart[name].isdisjoint(two) for name in one)


def _start(
    names: Sequence[str], copies: Mapping[str, str | None], apart: Mapping[str, Set[str]]
) -> tuple[dict[int, list[str]], dict[str, int]]:
    """Put every article into a group of its own, and copies into the group of what they reprint."""
    groups: dict[int, list[str]] = {}
    home: dict[str, int] = {}
    number = {name: at for at, name in enumerate(names)}
    for name in names:
        seen, root = [name], name
        while (of := copies.get(root)) is not None and of in number:
            if of in seen:
                root = min(seen[seen.index(of) :])  # Each says to reprint the other.
                break
            seen.append(of)
            root = of
        if _are_apart([name], groups.get(number[root], ()), apart):
            root = name
        home[name] = number[root]
        groups.setdefault(number[root], []).append(name)
    return groups, home
