"""How alike two articles are: a number that hangs on these two alone, never on what else a ledger has.

So a page that comes changes nothing between two that were there, and however pages are added the same are
alike. Words and names are numbers here and their weights whole numbers: a sum of them is the same in any
order and on any machine.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from onrecord.across.naming import ALONE, APART, FEWEST, weigh_names
from onrecord.across.weights import weigh_article

__all__ = ["UNIT", "Sketch", "compare_sketches", "make_sketch", "may_join", "pack_sketch", "unpack_sketch"]

UNIT = 1_000_000  # a likeness of 1
UNDATED = 0.25  # what the likeness of a dated article and one of unknown day counts for
FAINT = 0.04  # likeness below which two articles count as wholly unlike
DAYS = 4  # days that may lie between two articles of a story

_WHOLE = 10_000  # the length of an article's words, and the weight of a name that tells 1
_Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What of an article is compared: its words and names as numbers, each with its weight, and the days on
    which it may have been published: one when that is known, several when the page leaves them open."""

    words: _Ints
    weights: _Ints
    names: _Ints
    telling: _Ints
    days: tuple[int, ...]


def make_sketch(counts: Mapping[str, int], names: Set[str], days: Sequence[date]) -> Sketch:
    """Return what is compared of an article with these words, names and possible days."""
    words, weights = _number(weigh_article(counts, names))
    called, telling = _number(weigh_names(names))
    ordinals = tuple(dict.fromkeys(day.toordinal() for day in days))
    return Sketch(words=words, weights=weights, names=called, telling=telling, days=ordinals)


def _number(weights: Mapping[str, float]) -> tuple[_Ints, _Ints]:
    """Return words as numbers, sorted, with their weights as whole numbers; of two of one number the one
    that weighs more."""
    numbers = np.array([crc32(word.encode("utf-8", "surrogatepass")) for word in weights], np.int64)
    whole = np.rint(np.array(list(weights.values()), np.float64) * _WHOLE).astype(np.int64)
    order = np.lexsort((whole, numbers))
    numbers, whole = numbers[order], whole[order]
    last = np.diff(numbers, append=-1) != 0
    return numbers[last], whole[last]


def pack_sketch(sketch: Sketch) -> bytes:
    """Return a sketch as bytes: five lengths and numbers of four bytes, the lowest first."""
    parts = (sketch.words, sketch.weights, sketch.names, sketch.telling, np.array(sketch.days, np.int64))
    sizes = np.array([len(part) for part in parts], np.int64)
    return np.concatenate([sizes, *parts]).astype("<u4").tobytes()


def unpack_sketch(packed: bytes) -> Sketch:
    """Return the sketch that these bytes are."""
    numbers = np.frombuffer(packed, "<u4").astype(np.int64)
    ends = list(accumulate(numbers[:5].tolist(), initial=5))
    words, weights, names, telling, days = (numbers[start:end] for start, end in pairwise(ends))
    return Sketch(words=words, weights=weights, names=names, telling=telling, days=tuple(days.tolist()))


def compare_sketches(
    sketches: Sequence[Sketch], only: Collection[int] | None = None
) -> Iterator[tuple[int, int, int]]:
    """Yield the pairs of articles that may belong together, by their places, the smaller first, with their
    likeness in `UNIT`s. With `only`, the pairs that have one of these places in them."""
    words = _Index([one.words for one in sketches], [one.weights for one in sketches])
    names = _Index([one.names for one in sketches], [one.telling for one in sketches])
    few = np.array([len(one.names) < FEWEST for one in sketches], bool)
    weights = np.array([max(int(one.telling.sum()), 1) for one in sketches], np.int64)
    new = set(range(len(sketches)) if only is None else only)
    for at in sorted(new):
        likeness = words.compare(at) / (_WHOLE * _WHOLE)
        others = np.flatnonzero(likeness >= FAINT)
        shares = names.compare_sums(at)[others] / np.minimum(weights[others], weights[at])
        named = np.where(shares >= APART, ALONE + shares, 0.0)
        named = np.where(few[others] | few[at], 1.0, named)
        for other, value, weight in zip(
            others.tolist(), likeness[others].tolist(), named.tolist(), strict=True
        ):
            if other == at or (other in new and other < at) or not weight:
                continue
            dated = may_join(sketches[at].days, sketches[other].days)
            # Names in common make up for other words, and never for a day that nobody knows.
            found = round(UNIT * value * dated * (weight if dated == 1 else min(weight, 1.0)))
            if found:
                yield min(at, other), max(at, other), found


class _Index:
    """In which articles each word stands, and its weight in each, as a few arrays.

    `own` and `weights` are the articles' words one after the other; `places` and `values` are the same
    ordered by word.
    """

    def __init__(self, words: Sequence[_Ints], weights: Sequence[_Ints]) -> None:
        sizes = [len(one) for one in words]
        self.count = len(sizes)
        self.ends = np.cumsum([0, *sizes])
        nothing = np.zeros(0, np.int64)
        _, self.own = np.unique(np.concatenate([nothing, *words]), return_inverse=True)
        self.weights = np.concatenate([nothing, *weights])
        by_word = np.argsort(self.own, kind="stable")
        self.places = np.repeat(np.arange(self.count), sizes)[by_word]
        self.values = self.weights[by_word]
        self.often = np.bincount(self.own)
        self.starts = np.cumsum(self.often) - self.often

    def compare(self, at: int) -> _Ints:
        """Return for each article the sum of the products of the weights of the words it shares with this."""
        found, mine = self._shared(at)
        return self._sum(found, mine * self.values[found])

    def compare_sums(self, at: int) -> _Ints:
        """Return for each article the weights of the words that it shares with this one, added up."""
        found, mine = self._shared(at)
        return self._sum(found, mine)

    def _shared(self, at: int) -> tuple[_Ints, _Ints]:
        mine = slice(self.ends[at], self.ends[at + 1])
        often = self.often[self.own[mine]]
        # The places of this article's words in `places`, one word after the other.
        skipped = self.starts[self.own[mine]] - np.cumsum(often) + often
        found = np.repeat(skipped, often) + np.arange(often.sum())
        return found, np.repeat(self.weights[mine], often)

    def _sum(self, found: _Ints, values: _Ints) -> _Ints:
        # Whole numbers below 2**53: as floats they add up exactly, in any order.
        sums = np.bincount(self.places[found], weights=values, minlength=self.count)
        return sums.astype(np.int64)


def may_join(one: Sequence[int], two: Sequence[int]) -> float:
    """Say how much the days of two articles let them be one story: 0 never, 1 fully."""
    if one and two:
        return float(any(abs(a - b) <= DAYS for a in one for b in two))
    # Where no article has a day, words are all there is. Beside a dated one, an article that may be from any
    # year must be almost the same: the same people do much the same things again.
    return UNDATED if one or two else 1.0
