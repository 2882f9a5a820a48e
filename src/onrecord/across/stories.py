"""Stories: which articles are about one event.

Words weighed by TF-IDF say how alike two articles are, an inverted index finds the pairs worth comparing,
and a time window keeps the same people's next event apart. Groups are then joined from the most alike on,
by the mean likeness of all their pairs (average link), so that one article in between can't chain two
events together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from onrecord.across.weights import Vector, count_words, in_articles, weigh

__all__ = ["StoryArticle", "compare_articles", "group_stories", "join_alike"]

ALIKE = 0.16  # articles and groups at least so alike are one story
UNDATED = 0.25  # what the likeness of a dated article and one of unknown day counts for
FAINT = 0.04  # likeness below which two articles count as wholly unlike
DAYS = 4  # days that may lie between two articles of a story
TOO_COMMON = 0.1  # words in more of the articles than this find no candidates

_Places = NDArray[np.intp]
_Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """What the grouping needs of an article. `days` are the days on which it may have been published: one
    when that is known, several when the page leaves them open, none when nothing is known. `copy_of` names
    the article it reprints.
    """

    id: str
    headline: str | None
    text: str
    days: tuple[str, ...] = ()
    copy_of: str | None = None


def group_stories(articles: Iterable[StoryArticle]) -> dict[str, str]:
    """Name for every article its story, by the id of the story's first article. The order they come in
    doesn't matter.
    """
    known = sorted(articles, key=lambda one: (min(one.days, default="9999"), one.id))
    counts = {one.id: count_words(one.headline, one.text) for one in known}
    weights = in_articles(counts.values())
    vectors = {name: weigh(words, weights, len(counts)) for name, words in counts.items()}
    days = {one.id: one.days for one in known}
    likeness = dict(compare_articles(vectors, days))
    copies = {one.id: one.copy_of for one in known if one.copy_of in counts}
    groups = join_alike([one.id for one in known], likeness, copies)
    return {name: group[0] for group in groups for name in group}


def compare_articles(
    vectors: Mapping[str, Vector],
    days: Mapping[str, Sequence[str]],
    *,
    only: Iterable[str] | None = None,
) -> Iterator[tuple[tuple[str, str], float]]:
    """Yield the pairs of articles that may belong together, with their likeness.

    With `only`, the pairs that have one of these articles in them.
    """
    names = list(vectors)
    index = _index(vectors)
    new = set(names if only is None else only)
    for at, name in enumerate(names):
        if name not in new:
            continue
        likeness = np.zeros(len(names), dtype=np.float32)
        for word, weight in vectors[name].items():
            if word in index:
                places, weights = index[word]
                likeness[places] += weight * weights
        for other_at in np.flatnonzero(likeness >= FAINT).tolist():
            other = names[other_at]
            if other_at == at or (other in new and other_at < at):
                continue
            if found := float(likeness[other_at]) * may_join(days.get(name, ()), days.get(other, ())):
                yield (name, other) if name < other else (other, name), found


def _index(vectors: Mapping[str, Vector]) -> dict[str, tuple[_Places, _Weights]]:
    """Return for each word the articles that it stands in (by number), and its weight in each."""
    postings: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for at, vector in enumerate(vectors.values()):
        for word, weight in vector.items():
            postings[word][0].append(at)
            postings[word][1].append(weight)
    most = max(20, int(TOO_COMMON * len(vectors)))
    return {
        word: (np.array(places, dtype=np.intp), np.array(weights, dtype=np.float32))
        for word, (places, weights) in postings.items()
        if 1 < len(places) <= most
    }


def may_join(one: Sequence[str], two: Sequence[str]) -> float:
    """Say how much the days of two articles let them be one story: 0 never, 1 fully."""
    if one and two:
        return float(any(abs((_day(a) - _day(b)).days) <= DAYS for a in one for b in two))
    # Where no article has a day, words are all there is. Beside a dated one, an article that may be from
    # any year
    # must be almost the same: the same people do much the same things again.
    return UNDATED if one or two else 1.0


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def join_alike(
    names: Sequence[str],
    likeness: Mapping[tuple[str, str], float],
    copies: Mapping[str, str | None] | None = None,
) -> list[list[str]]:
    """Join articles into groups by average link, in the order of `names`; a copy starts in its original's
    group.
    """
    groups, home = _start(names, copies or {})
    total: dict[int, dict[int, float]] = {at: defaultdict(float) for at in groups}
    for (one, two), value in likeness.items():
        a, b = home[one], home[two]
        if a != b:
            total[a][b] += value
            total[b][a] += value

    def mean(a: int, b: int) -> float:
        return total[a][b] / (len(groups[a]) * len(groups[b]))

    heap = [(-mean(a, b), a, b) for a in groups for b in total[a] if a < b and mean(a, b) >= ALIKE]
    heapify(heap)
    while heap:
        value, a, b = heappop(heap)
        if a not in groups or b not in groups or -value != mean(a, b):
            continue
        groups[a] += groups.pop(b)
        for other, shared in total.pop(b).items():
            total[other].pop(b)
            if other != a:
                total[a][other] += shared
                total[other][a] += shared
        for other in total[a]:
            if mean(a, other) >= ALIKE:
                heappush(heap, (-mean(a, other), min(a, other), max(a, other)))
    rank = {name: at for at, name in enumerate(names)}
    return [sorted(group, key=rank.__getitem__) for group in groups.values()]


def _start(
    names: Sequence[str], copies: Mapping[str, str | None]
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
        home[name] = number[root]
        groups.setdefault(number[root], []).append(name)
    return groups, home
