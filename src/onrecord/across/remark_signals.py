"""What of two statements tells whether they are one remark, in numbers.

Which numbers tell, and how much, is learned (`training/remarks.py`).
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from onrecord.across.remark_pairs import Pairs, are_copied, ask_each, number_each
from onrecord.across.remark_sides import Side
from onrecord.across.settle import read_day
from onrecord.across.speakers import compare_names, match_speakers
from onrecord.models.remarks import SIZE
from onrecord.types import Entry

__all__ = ["SIGNALS", "measure_pairs", "share_runs"]

CELLS = 1 << 20  # numbers of vectors that are held at once
SLIGHT = 1e-6  # a difference in likeness that is only rounding
UNKNOWN = -1.0

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]
_Likeness = NDArray[np.float32]

# The columns of `measure_pairs`, by what they look at.
SIGNALS = (
    # Who: can the speakers be the same, what their names and roles share, how many are of which kind.
    "same speaker",
    "likeness of names",
    "share of name",
    "name in role",
    "share of role",
    "unnamed",
    "persons",
    "bodies",
    # How: quoted or reported.
    "direct",
    "indirect",
    "secondary",
    "carried",
    # Words: quoted ones in a row, all in a row, in order, those that tell, all.
    "quoted in a row",
    "quoted words",
    "in a row",
    "in order",
    "telling, of the shorter",
    "telling, of the longer",
    "telling words",
    "telling",
    "words of both",
    "words of the shorter",
    "likeness of words",
    # Sense: numbers, names, negation, modality.
    "numbers of both",
    "numbers of one",
    "other numbers",
    "names of both",
    "names of one",
    "negated once",
    "other modals",
    # Length.
    "shorter",
    "longer",
    "share of length",
    # When: the same day, days between the pages.
    "same day",
    "days between",
    # Among the statements of the two pages.
    "more alike",
    "ahead",
    "neighbours",
    "distance in the page",
    "first of the page",
)


def measure_pairs(sides: Sequence[Side], pairs: Pairs) -> NDArray[np.float32]:
    """Return the signals of pairs of statements of two pages, [pairs, SIGNALS]. `sides` are all statements of
    the story, page by page, those of one page in its order."""
    if not len(pairs.one):
        return np.zeros((0, len(SIGNALS)), np.float32)
    beside = _measure_beside(sides, pairs)
    columns = [
        *_measure_speakers(sides, pairs),
        *_measure_kinds(sides, pairs),
        *_measure_words(sides, pairs),
        beside[0],
        *_measure_sense(sides, pairs),
        *_measure_lengths(sides, pairs),
        *_measure_days(sides, pairs),
        *beside[1:],
    ]
    return np.column_stack(columns).astype(np.float32)


def share_runs(sides: Sequence[Side], pairs: Pairs) -> _Floats:
    """Return for each pair the share of the shorter's runs of three quoted words that stand in the other."""
    lengths = np.array([len(side.quoted_runs) for side in sides], np.int64)
    return pairs.runs / _shorter(lengths, pairs)


def _measure_speakers(sides: Sequence[Side], pairs: Pairs) -> _Floats:
    """Return what tells who speaks: the same for all statements of two speakers, but for copies."""
    # What people decided about either counts, too.
    kinds = number_each((side.entry.speaker, bool(side.entry.review)) for side in sides)
    copied = are_copied([side.entry for side in sides], pairs)
    found = np.zeros((8, len(pairs.one)))
    for some in (copied, ~copied):
        found[:, some] = (
            ask_each(kinds, pairs.take(some), lambda a, b: _compare_speakers(sides[a], sides[b]))
            .reshape(-1, 8)
            .T
        )
    return found


def _compare_speakers(a: Side, b: Side) -> tuple[float, ...]:
    types = [side.entry.speaker.type for side in (a, b) if side.entry.speaker]
    return (
        match_speakers(a.entry, b.entry),
        compare_names(a.entry, b.entry),
        _share(a.name, b.name),
        max(_part(a.name, b.role), _part(b.name, a.role)),
        _share(a.role, b.role) if a.role and b.role else UNKNOWN,
        types.count("unnamed"),
        types.count("person"),
        types.count("institution"),
    )


def _measure_kinds(sides: Sequence[Side], pairs: Pairs) -> Iterator[_Floats]:
    """Yield how many of the two are quoted, reported, told by another page, carried by others."""
    entries = [side.entry for side in sides]
    for kept in (
        [entry.kind == "direct" for entry in entries],
        [entry.kind == "indirect" for entry in entries],
        [entry.tier == "secondary" for entry in entries],
        [bool(entry.via) for entry in entries],
    ):
        counts = np.array(kept, np.float64)
        yield counts[pairs.one] + counts[pairs.two]


def _measure_words(sides: Sequence[Side], pairs: Pairs) -> Iterator[_Floats]:
    """Yield how much of their words the two have in common."""
    ends = _ends(sides, pairs)
    quoted = np.array([side.quoted for side in sides], np.int64)
    fewest = np.minimum(quoted[pairs.one], quoted[pairs.two])
    yield np.where(fewest > 0, share_runs(sides, pairs), UNKNOWN)
    yield fewest
    yield np.array([_share(a.runs, b.runs) for a, b in ends])
    lengths = np.array([len(side.words) for side in sides], np.int64)
    yield np.array([LCSseq.similarity(a.words, b.words) for a, b in ends]) / _shorter(lengths, pairs)
    weights = np.array([side.weight for side in sides], np.float64)
    one, two = weights[pairs.one], weights[pairs.two]
    yield pairs.weight / np.maximum(np.minimum(one, two), 1e-6)
    yield pairs.weight / np.maximum(np.maximum(one, two), 1e-6)
    yield pairs.telling
    yield pairs.weight
    bags = np.array([len(side.bag) for side in sides], np.int64)
    both = np.array([len(a.bag & b.bag) for a, b in ends])
    yield both / np.maximum(bags[pairs.one] + bags[pairs.two] - both, 1)
    yield both / _shorter(bags, pairs)


def _measure_sense(sides: Sequence[Side], pairs: Pairs) -> Iterator[_Floats]:
    """Yield whether numbers and names, negation and modal verbs are the same."""
    ends = _ends(sides, pairs)
    numbers = np.array([len(side.numbers) for side in sides], np.int64)
    one, two = numbers[pairs.one], numbers[pairs.two]
    both = np.array([len(a.numbers & b.numbers) for a, b in ends])
    yield both
    yield one + two - 2 * both
    yield (one > 0) & (two > 0) & (both == 0)
    names = np.array([len(side.names) for side in sides], np.int64)
    both = np.array([len(a.names & b.names) for a, b in ends])
    yield both
    yield names[pairs.one] + names[pairs.two] - 2 * both
    yield np.array([a.negated != b.negated for a, b in ends])
    yield np.array([len(a.modals ^ b.modals) for a, b in ends])


def _measure_lengths(sides: Sequence[Side], pairs: Pairs) -> Iterator[_Floats]:
    """Yield how many words the shorter has, and the longer, and their share."""
    lengths = np.array([len(side.words) for side in sides], np.int64)
    one, two = lengths[pairs.one], lengths[pairs.two]
    shorter, longer = np.minimum(one, two), np.maximum(one, two)
    yield shorter
    yield longer
    yield shorter / np.maximum(longer, 1)


def _measure_days(sides: Sequence[Side], pairs: Pairs) -> _Floats:
    """Return whether both were said on one day, and how many days lie between their pages."""
    entries = [side.entry for side in sides]
    kinds = number_each((entry.said_on, entry.page.published) for entry in entries)
    asked = ask_each(
        kinds, pairs, lambda a, b: (_same_day(entries[a], entries[b]), _days_between(entries[a], entries[b]))
    )
    found: _Floats = asked.T
    return found


def _measure_beside(sides: Sequence[Side], pairs: Pairs) -> list[NDArray[np.float64]]:
    """Return how alike two statements are, and how they stand among those of their pages: how many are more
    alike to either, how far they are ahead of the next, how alike the statements right before or right behind
    are, how far apart in their pages they are, and how many of them are a page's first."""
    page = number_each(side.entry.page.id for side in sides)
    sizes = np.bincount(page)
    starts = np.cumsum(sizes) - sizes
    first, length = starts[page], sizes[page]
    place = np.arange(len(sides)) - first
    vectors = np.array([side.vector for side in sides], np.float32)
    found = np.zeros((4, len(pairs.one)))
    step = max(CELLS // int(length.max() * SIZE), 1)
    for at in range(0, len(pairs.one), step):
        some = slice(at, at + step)
        one, two = pairs.one[some], pairs.two[some]
        value = _compare(vectors, one, two[:, None])[:, 0]
        across, down = (
            _compare_page(vectors, here, first[there], length[there])
            for here, there in ((one, two), (two, one))
        )
        # The same words twice on a page are as much alike, however the sums were rounded.
        least = value[:, None] + SLIGHT
        more = (across[:, :-1] > least).sum(1) + (down[:, :-1] > least).sum(1)
        ahead = value - np.maximum(_next_best(across, value), _next_best(down, value))
        near = np.full((2, len(one)), -np.inf, np.float32)
        for found_there, way in zip(near, (-1, 1), strict=True):
            inside = np.ones(len(one), bool)
            for here in (one, two):
                inside &= (place[here] + way >= 0) & (place[here] + way < length[here])
            found_there[inside] = _compare(vectors, one[inside] + way, two[inside, None] + way)[:, 0]
        neighbours = near.max(0)
        found[:, some] = value, more, ahead, np.where(np.isinf(neighbours), 0, neighbours)
    one, two = pairs.one, pairs.two
    apart = np.abs(place[one] / length[one] - place[two] / length[two])
    return [*found, apart, (place[one] == 0) * 1.0 + (place[two] == 0)]


def _compare(vectors: _Likeness, one: _Ints, others: _Ints) -> _Likeness:
    """Return how alike statements are to each of some others."""
    # No product of whole tables: that would be spread over all cores, and few of its numbers are needed.
    found: _Likeness = np.einsum("pk,pok->po", vectors[one], vectors[others])
    return found


def _compare_page(vectors: _Likeness, one: _Ints, first: _Ints, length: _Ints) -> _Likeness:
    """Return how alike statements are to all of a page, and behind these a zero for where there is no
    other."""
    step = np.arange(int(length.max()) + 1)
    inside = step < length[:, None]
    found = _compare(vectors, one, np.where(inside, first[:, None] + step, 0))
    found[~inside] = -np.inf
    found[:, -1] = 0
    return found


def _next_best(beside: _Likeness, value: _Likeness) -> _Likeness:
    """Return the most that is not the pair's own."""
    best = np.partition(beside, -2, axis=1)[:, -2:]
    found: _Likeness = np.where(best[:, 1] == value, best[:, 0], best[:, 1])
    return found


def _ends(sides: Sequence[Side], pairs: Pairs) -> list[tuple[Side, Side]]:
    return [(sides[a], sides[b]) for a, b in zip(pairs.one.tolist(), pairs.two.tolist(), strict=True)]


def _shorter(lengths: _Ints, pairs: Pairs) -> _Ints:
    """Return the lesser of two lengths, of none 1."""
    found: _Ints = np.maximum(np.minimum(lengths[pairs.one], lengths[pairs.two]), 1)
    return found


def _share(one: frozenset[Any], two: frozenset[Any]) -> float:
    """Return which part of the smaller set is in the other."""
    return len(one & two) / max(min(len(one), len(two)), 1)


def _part(one: frozenset[str], two: frozenset[str]) -> float:
    """Return which part of one set is in the other."""
    return len(one & two) / max(len(one), 1)


def _same_day(a: Entry, b: Entry) -> float:
    if not a.said_on or not b.said_on:
        return UNKNOWN
    return a.said_on.startswith(b.said_on) or b.said_on.startswith(a.said_on)


def _days_between(a: Entry, b: Entry) -> float:
    one, two = read_day(a.page.published), read_day(b.page.published)
    return abs((one - two).days) if one and two else UNKNOWN
