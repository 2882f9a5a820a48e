"""How two wordings differ, and what became of the earlier: `cases/differences.md`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.checks.differences import compare_wordings
from onrecord.checks.moves import find_move
from onrecord.types import Span

CASES = Path(__file__).parent / "cases" / "differences.md"
_PAIR = re.compile(r"^```pair\n([\s\S]*?)^```$", re.MULTILINE)


def find_cases() -> Iterator[Any]:
    for block in _PAIR.findall(CASES.read_text(encoding="utf-8")):
        earlier, later, *told = block.splitlines()
        yield pytest.param(earlier, later, told, id=later)


def words(text: str, span: Span | None) -> str:
    return span.of(text) if span else "-"


@pytest.mark.parametrize(("earlier", "later", "told"), list(find_cases()))
def test_two_wordings_differ_as_a_person_says(earlier: str, later: str, told: list[str]) -> None:
    found = compare_wordings(earlier, later)
    move = find_move(earlier, later)
    if told == ["apart"]:
        assert found is None
        assert move is None
        return
    assert found is not None
    assert move is not None
    lines = [
        f"{one.kind}: {words(earlier, one.first)} / {words(later, one.second)}" for one in found.differences
    ]
    assert [*(lines or ["same"]), f"-> {move.kind}"] == told


TEXT = st.text("ab c.,’“”-19not if", max_size=60)


@given(one=TEXT, two=TEXT)
def test_places_are_exact_and_a_text_is_itself(one: str, two: str) -> None:
    found = compare_wordings(one, two)
    if found is not None:
        assert 0.4 <= found.likeness <= 1
        for difference in found.differences:
            assert (difference.first, difference.second) != (None, None)
            for span, text in ((difference.first, one), (difference.second, two)):
                assert span is None or 0 <= span.start < span.end <= len(text)
    same = compare_wordings(one, one)
    assert same is None or same.differences == ()
