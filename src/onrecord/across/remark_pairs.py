"""Which statements of a story are worth comparing, and what of their words each two share.

A story of thirty pages has tens of thousands of pairs of statements, of which a few hundred may be one
remark. What can be told of all of them at once is told first, and leaves most out.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.across.remark_sides import FEW, Side
from onrecord.types import Entry

__all__ = ["Pairs", "are_copied", "ask_each", "find_pairs", "number_each"]

MOST_ALIKE = 40  # statements of other pages that one statement is compared with, those first that share most
LEAST_TELLING = 0.1  # of the shorter's words that tell, by weight: below it no pair is ever sure enough
MOST_COMMON = 0.25  # share of a story's statements that may have a word or a run which tells
CELLS = 1 << 19  # pairs looked at at once

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of statements, by their places, the smaller first. Of what both have: `weight` is how much its
    words tell, `telling` how many of them tell well, `runs` how many runs of three quoted words there are."""

    one: _Ints
    two: _Ints
    weight: _Floats
    telling: _Floats
    runs: _Floats

    def take(self, chosen: NDArray[np.bool_]) -> "Pairs":
        """Return some of these pairs."""
        return Pairs(
            self.one[chosen], self.two[chosen], self.weight[chosen], self.telling[chosen], self.runs[chosen]
        )


def find_pairs(sides: Sequence[Side], *, every: bool = False) -> Pairs:
    """Return which statements of two pages are worth comparing: those that share a word that tells or three
    quoted words in a row, for each the MOST_ALIKE that share most; with `every` also those that share too
    little to be ever sure enough.

    What half of a story's statements have in common, as reports by one template do, proves nothing.
    """
    signs = _Signs(sides)
    pages = number_each(side.entry.page.id for side in sides)
    size = max(len(sides), 1)
    best = [_find_best(signs, pages, rows) for rows in _cut(len(sides), size)]
    found = np.unique(np.concatenate([np.zeros(0, np.int64), *best]))
    pairs = signs.share(found // size, found % size)
    return pairs if every else pairs.take(_share_enough(sides, pairs))


def _find_best(signs: "_Signs", pages: _Ints, rows: slice) -> _Ints:
    """Return for some statements those of other pages that share most, each pair as one number."""
    shared = signs.count(rows)
    shared[pages[rows, None] == pages] = 0
    chosen = shared > 0
    many = np.flatnonzero(chosen.sum(1) > MOST_ALIKE)
    # Of those that share as much the first.
    best = np.argsort(-shared[many].astype(np.int32), axis=1, kind="stable")[:, :MOST_ALIKE]
    chosen[many] = False
    chosen[many[:, None], best] = True
    one, two = np.nonzero(chosen)
    one += rows.start
    found: _Ints = np.minimum(one, two) * len(pages) + np.maximum(one, two)
    return found


def _share_enough(sides: Sequence[Side], pairs: Pairs) -> NDArray[np.bool_]:
    """Say of each pair whether it shares quoted words in a row, or enough of the words that tell."""
    weights = np.array([side.weight for side in sides], np.float64)
    least = LEAST_TELLING * np.minimum(weights[pairs.one], weights[pairs.two])
    enough: NDArray[np.bool_] = (pairs.runs > 0) | (pairs.weight >= least)
    return enough


class _Signs:
    """By what statements are known again: words that tell, and runs of quoted words. Those that are rare in
    the story are kept by sign, those that are common as a table with a column for each."""

    def __init__(self, sides: Sequence[Side]) -> None:
        number: defaultdict[Hashable, int] = defaultdict(count().__next__)
        sizes = [len(side.telling) + len(side.quoted_runs) for side in sides]
        signs = [number[sign] for side in sides for sign in chain(side.telling, side.quoted_runs)]
        # A word that tells weighs more than nothing, and a run counts as nothing.
        weighed = (chain(side.telling.values(), repeat(0.0, len(side.quoted_runs))) for side in sides)
        own = np.array(signs, np.int64)
        weights = np.array(list(chain.from_iterable(weighed)), np.float64)
        rows = np.repeat(np.arange(len(sides)), sizes)
        often = np.bincount(own)
        rare = (often - 1) / (len(sides) + FEW) <= MOST_COMMON
        self.size = len(sides)
        # What only one statement has is shared with nobody.
        kept = (rare & (often > 1))[own]
        self.own, self.weights = own[kept], weights[kept]
        self.ends = np.concatenate([[0], np.cumsum(np.bincount(rows[kept], minlength=len(sides)))])
        self.places = rows[kept][np.argsort(self.own, kind="stable")]
        self.often = np.bincount(self.own, minlength=len(often))
        self.starts = np.cumsum(self.often) - self.often
        column = np.cumsum(~rare) - 1
        self.common = np.full((len(sides), int((~rare).sum())), -1.0)
        self.common[rows[~rare[own]], column[own[~rare[own]]]] = weights[~rare[own]]

    def count(self, rows: slice) -> _Ints:
        """Return for some statements how many rare signs each shares with every statement."""
        found, _ = self._meet(rows)
        return self._table(rows, np.bincount(found, minlength=self._cells(rows)))

    def share(self, one: _Ints, two: _Ints) -> Pairs:
        """Return what pairs share, in the order of their first."""
        sums: list[list[NDArray[Any]]] = []
        for rows in _cut(self.size, max(self.size, 1)):
            start, end = np.searchsorted(one, (rows.start, rows.stop))
            at = (one[start:end] - rows.start) * self.size + two[start:end]
            found, weights = self._meet(rows)
            sums.append(
                [
                    np.bincount(found, some, self._cells(rows))[at]
                    for some in (weights, weights >= 1, weights == 0)
                ]
            )
        weight, telling, runs = (
            np.concatenate([np.zeros(0), *some]) for some in (zip(*sums, strict=True) if sums else [()] * 3)
        )
        width = self.common.shape[1]
        for some in _cut(len(one) if width else 0, width):
            ours, theirs = self.common[one[some]], self.common[two[some]]
            both = theirs >= 0
            weight[some] += np.where(both & (ours > 0), ours, 0).sum(1)
            telling[some] += (both & (ours >= 1)).sum(1)
            runs[some] += (both & (ours == 0)).sum(1)
        return Pairs(one, two, weight, telling, runs)

    def _meet(self, rows: slice) -> tuple[_Ints, _Floats]:
        """Return where some statements have a rare sign in common with any, as cells of a table with a row
        for each of them, and what the sign weighs there."""
        mine = slice(self.ends[rows.start], self.ends[rows.stop])
        often = self.often[self.own[mine]]
        skipped = self.starts[self.own[mine]] - np.cumsum(often) + often
        others = self.places[np.repeat(skipped, often) + np.arange(often.sum())]
        sizes = np.diff(self.ends[rows.start : rows.stop + 1])
        row = np.repeat(np.arange(len(sizes)), sizes)
        return np.repeat(row * self.size, often) + others, np.repeat(self.weights[mine], often)

    def _cells(self, rows: slice) -> int:
        return int(rows.stop - rows.start) * self.size

    def _table(self, rows: slice, cells: _Ints) -> _Ints:
        return cells.reshape(rows.stop - rows.start, self.size)


def number_each(things: Iterable[Hashable]) -> _Ints:
    """Return a number for each of some things, the same for equal ones."""
    number: defaultdict[Hashable, int] = defaultdict(count().__next__)
    return np.array([number[thing] for thing in things], np.int64)


def ask_each(kinds: _Ints, pairs: Pairs, ask: Callable[[int, int], Any]) -> NDArray[Any]:
    """Return for each pair what hangs on the kinds of its two alone: it is asked once for each two kinds."""
    if not len(pairs.one):
        return np.zeros(0)
    keys = kinds[pairs.one] * (int(kinds.max()) + 1) + kinds[pairs.two]
    _, firsts, kind = np.unique(keys, return_index=True, return_inverse=True)
    ends = zip(pairs.one[firsts].tolist(), pairs.two[firsts].tolist(), strict=True)
    return np.array([ask(one, two) for one, two in ends])[kind]


def are_copied(entries: Sequence[Entry], pairs: Pairs) -> NDArray[np.bool_]:
    """Say of each pair whether one's page reprints the other's, or both a third."""
    number: defaultdict[str, int] = defaultdict(count().__next__)
    page = np.array([number[entry.page.id] for entry in entries], np.int64)
    of = np.array([-1 if entry.copy_of is None else number[entry.copy_of] for entry in entries], np.int64)
    ours, theirs = of[pairs.one], of[pairs.two]
    copied: NDArray[np.bool_] = (
        (page[pairs.two] == ours) | (page[pairs.one] == theirs) | ((ours >= 0) & (ours == theirs))
    )
    return copied


def _cut(length: int, width: int) -> Iterator[slice]:
    """Cut a table of so many rows into parts, each of no more than `CELLS` cells where a row has no more."""
    step = max(CELLS // width, 1) if width else 1
    return (slice(at, min(at + step, length)) for at in range(0, length, step))
