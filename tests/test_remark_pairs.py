"""What is told of many pairs of statements at once is what each pair alone would tell."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_remarks import entry

from onrecord.across import remark_pairs, remark_signals
from onrecord.across.remark_pairs import FEW, LEAST_TELLING, MOST_COMMON, find_pairs
from onrecord.across.remark_sides import Side, look_at
from onrecord.across.remark_signals import SIGNALS, SLIGHT, measure_pairs
from onrecord.models.pieces import cut_pieces, number_pieces
from onrecord.types import Kind

WORDS = "dam gate flood seven 12 Selm not will warned spillway river mud never Orrin order fixed law".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
KINDS: st.SearchStrategy[Kind] = st.sampled_from(["direct", "indirect", "mixed"])
SAID = st.lists(st.tuples(TEXTS, KINDS, st.integers(1, 4)), max_size=14)


def sides_of(said: list[tuple[str, Kind, int]]) -> list[Side]:
    ordered = sorted(said, key=lambda one: one[2])
    return look_at(
        [
            entry(f"s{at}", f"“{words}” and mud" if kind == "mixed" else words, page=f"p{page}", kind=kind)
            for at, (words, kind, page) in enumerate(ordered)
        ]
    )


def find_plainly(sides: list[Side], most: int) -> set[tuple[int, int]]:
    """Return the pairs worth comparing, one statement after the other."""
    signs = [{*side.telling, *side.quoted_runs} for side in sides]
    often = Counter(sign for some in signs for sign in some)
    rare = {sign for sign, count in often.items() if (count - 1) / (len(sides) + FEW) <= MOST_COMMON}
    found: set[tuple[int, int]] = set()
    for at, side in enumerate(sides):
        shared = {
            other: len(signs[at] & signs[other] & rare)
            for other in range(len(sides))
            if sides[other].entry.page.id != side.entry.page.id
        }
        best = sorted((other for other in shared if shared[other]), key=lambda other: (-shared[other], other))
        found |= {(min(at, other), max(at, other)) for other in best[:most]}
    return found


@settings(deadline=None)
@given(SAID, st.sampled_from([1, 3, 40]), st.sampled_from([1, 20, 1 << 19]))
def test_pairs_found_at_once_are_those_found_one_by_one(
    said: list[tuple[str, Kind, int]], most: int, cells: int
) -> None:
    sides = sides_of(said)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remark_pairs, "MOST_ALIKE", most)
        patch.setattr(remark_pairs, "CELLS", cells)
        every, enough = find_pairs(sides, every=True), find_pairs(sides)
    found = list(zip(every.one.tolist(), every.two.tolist(), strict=True))
    assert found == sorted(find_plainly(sides, most))
    for at, (a, b) in enumerate(found):
        one, two = sides[a], sides[b]
        both = one.telling.keys() & two.telling.keys()
        assert every.weight[at] == pytest.approx(sum(one.telling[word] for word in both))
        assert every.telling[at] == sum(one.telling[word] >= 1 for word in both)
        assert every.runs[at] == len(one.quoted_runs & two.quoted_runs)
    least = [LEAST_TELLING * min(sides[a].weight, sides[b].weight) for a, b in found]
    kept = {
        pair
        for pair, runs, weight, fewest in zip(found, every.runs, every.weight, least, strict=True)
        if runs or weight >= fewest
    }
    assert set(zip(enough.one.tolist(), enough.two.tolist(), strict=True)) == kept


@settings(deadline=None)
@given(SAID, st.sampled_from([1, 1 << 20]))
def test_signals_of_many_pairs_are_those_of_each(said: list[tuple[str, Kind, int]], cells: int) -> None:
    sides = sides_of(said)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remark_signals, "CELLS", cells)
        pairs = find_pairs(sides, every=True)
        signals = measure_pairs(sides, pairs)
    assert signals.shape == (len(pairs.one), len(SIGNALS))
    for row, a, b in zip(signals, pairs.one.tolist(), pairs.two.tolist(), strict=True):
        told = dict(zip(SIGNALS, row.tolist(), strict=True))
        one, two = sides[a], sides[b]
        value = float(one.vector @ two.vector)
        rivals = [
            *(float(other.vector @ two.vector) for other in sides if other.entry.page == one.entry.page),
            *(float(one.vector @ other.vector) for other in sides if other.entry.page == two.entry.page),
        ]
        assert told["likeness of words"] == pytest.approx(value, abs=1e-5)
        # What differs by less than rounding may be told either way.
        surely, perhaps = (sum(rival > value + slight for rival in rivals) for slight in (1e-5, SLIGHT / 10))
        assert surely <= told["more alike"] <= perhaps
        assert told["words of both"] == pytest.approx(len(one.bag & two.bag) / len(one.bag | two.bag))
        assert told["numbers of one"] == len(one.numbers ^ two.numbers)
        assert told["names of both"] == len(one.names & two.names)
        assert told["negated once"] == (one.negated != two.negated)
        assert told["shorter"] == min(len(one.words), len(two.words))


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=30), max_size=4))
def test_pieces_remembered_word_by_word_are_those_of_the_text(texts: list[str]) -> None:
    assert number_pieces(texts) == [ids for ids, _ in cut_pieces(texts)]
    assert number_pieces(texts) == number_pieces(texts)


def test_two_statements_with_one_negation_cut_short() -> None:
    sides = sides_of([("the gate wasn’t shut", "direct", 1), ("the gate was shut", "direct", 2)])
    assert [side.negated for side in sides] == [True, False]
    assert all(np.linalg.norm(side.vector) == pytest.approx(1, abs=1e-5) for side in sides)


def test_no_statement_has_no_pairs() -> None:
    pairs = find_pairs([])
    assert (len(pairs.one), measure_pairs([], pairs).shape) == (0, (0, len(SIGNALS)))
    assert list(combinations(look_at([]), 2)) == []
