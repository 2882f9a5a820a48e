"""Stories: which articles are about one event.

Words weighed by TF-IDF say how alike two articles are, an inverted index finds the pairs worth comparing,
what they name keeps look-alikes apart, and a time window the same people's next event. Groups are then
joined from the most alike on, by the mean likeness of all their pairs (average link), so that one article in
between can't chain two events together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from onrecord.across.average_link import join_alike
from onrecord.across.naming import NameShares
from onrecord.across.settle import read_day
from onrecord.across.weights import Vector, count_words, weigh_articles
from onrecord.across.words import find_names, find_words

__all__ = ["StoryArticle", "compare_articles", "group_stories"]

UNDATED = 0.25  # what the likeness of a dated article and one of unknown day counts for
FAINT = 0.04  # likeness below which two articles count as wholly unlike
DAYS = 4  # days that may lie between two articles of a story

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
    counts = {one.id: count_words(one.headline, find_words(one.text)) for one in known}
    vectors = weigh_articles(counts)
    days = {one.id: one.days for one in known}
    names = NameShares({one.id: find_names(one.text) for one in known})
    likeness = dict(compare_articles(vectors, days, names))
    copies = {one.id: one.copy_of for one in known if one.copy_of in counts}
    groups = join_alike([one.id for one in known], likeness, copies, days)
    return {name: group[0] for group in groups for name in group}


def compare_articles(
    vectors: Mapping[str, Vector],
    days: Mapping[str, Sequence[str]],
    names: NameShares,
    *,
    only: Iterable[str] | None = None,
) -> Iterator[tuple[tuple[str, str], float]]:
    """Yield the pairs of articles that may belong together, with their likeness.

    With `only`, the pairs that have one of these articles in them.
    """
    ids = list(vectors)
    index = _Index(vectors)
    new = set(ids if only is None else only)
    for at, name in enumerate(ids):
        if name not in new:
            continue
        likeness = index.compare(at)
        for other_at in np.flatnonzero(likeness >= FAINT).tolist():
            other = ids[other_at]
            if other_at == at or (other in new and other_at < at):
                continue
            dated = may_join(days.get(name, ()), days.get(other, ()))
            # Names in common make up for other words, and never for a day that nobody knows.
            named = names.weigh(name, other) if dated == 1 else min(names.weigh(name, other), 1.0)
            if found := float(likeness[other_at]) * dated * named:
                yield (name, other) if name < other else (other, name), found


class _Index:
    """Which articles each word stands in, and its weight in each, as a few arrays.

    Words and articles are numbers here. `own` and `weights` are the articles' words one after the other;
    `places` and `values` are the same ordered by word.
    """

    def __init__(self, vectors: Mapping[str, Vector]) -> None:
        numbers = {word: n for n, word in enumerate(dict.fromkeys(chain.from_iterable(vectors.values())))}
        sizes = [len(vector) for vector in vectors.values()]
        words = map(numbers.__getitem__, chain.from_iterable(vectors.values()))
        weights = chain.from_iterable(vector.values() for vector in vectors.values())
        self.own = np.fromiter(words, dtype=np.intp, count=sum(sizes))
        self.weights = np.fromiter(weights, dtype=np.float32, count=sum(sizes))
        self.ends = np.cumsum([0, *sizes])
        by_word = np.argsort(self.own, kind="stable")
        self.places = np.repeat(np.arange(len(sizes)), sizes)[by_word]
        self.values = self.weights[by_word]
        self.often = np.bincount(self.own, minlength=len(numbers))
        self.starts = np.cumsum(self.often) - self.often

    def compare(self, at: int) -> _Weights:
        """Return how alike this article is to each of the articles, itself included."""
        mine = slice(self.ends[at], self.ends[at + 1])
        often = self.often[self.own[mine]]
        # The places of this article's words in `places`, one word after the other.
        skipped = self.starts[self.own[mine]] - np.cumsum(often) + often
        found = np.repeat(skipped, often) + np.arange(often.sum())
        likeness = np.zeros(len(self.ends) - 1, dtype=np.float32)
        np.add.at(likeness, self.places[found], np.repeat(self.weights[mine], often) * self.values[found])
        return likeness


def may_join(one: Sequence[str], two: Sequence[str]) -> float:
    """Say how much the days of two articles let them be one story: 0 never, 1 fully."""
    days = [[day for day in map(read_day, texts) if day] for texts in (one, two)]
    if all(days):
        return float(any(abs((a - b).days) <= DAYS for a in days[0] for b in days[1]))
    # Where no article has a day, words are all there is. Beside a dated one, an article that may be from any
    # year must be almost the same: the same people do much the same things again.
    return UNDATED if any(days) else 1.0
