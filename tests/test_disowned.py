"""Words that a page prints as never said: the cases of `cases/disowned.md`, and what holds for any text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.statements.quotations.marks import Quotation, find_quotations
from onrecord.statements.rules.disowned import find_disowned
from onrecord.types import Span

CASES = Path(__file__).parent / "cases" / "disowned.md"
_CASE = re.compile(r"```text\n([\s\S]*?)\n```\n+```disowned\n([\s\S]*?)\n```")


def find_cases() -> Iterator[Any]:
    for part in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        (found,) = _CASE.findall(part)
        yield pytest.param(*found, id=part.partition("\n")[0])


def disowned_in(text: str) -> list[Span]:
    paragraphs = [Span(found.start(), found.end()) for found in re.finditer(r"[^\n]+", text)]
    quotations = [one for one in find_quotations(text, paragraphs) if isinstance(one, Quotation)]
    return list(find_disowned(text, paragraphs, quotations))


@pytest.mark.parametrize(("text", "expected"), list(find_cases()))
def test_page_disowns_what_the_case_says(text: str, expected: str) -> None:
    wanted = [] if expected == "(none)" else expected.splitlines()
    assert [span.of(text) for span in disowned_in(text)] == wanted


@given(
    st.lists(
        st.sampled_from(
            ["Marr said", "never said", "“bees vote.”", "The post is fake.", "No.", "?", "\n", "“"]
        ),
        max_size=40,
    )
)
def test_what_is_disowned_stands_in_marks(parts: list[str]) -> None:
    text = " ".join(parts)
    for span in disowned_in(text):
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text).strip()


@pytest.mark.parametrize(
    "piece", ["“x” is falsely ", "never said ", "“", "fake post that “a” ", "The post is a "]
)
def test_a_page_of_one_piece_is_looked_through_in_the_time_of_its_length(piece: str) -> None:
    # Twice as much would take four times as long if a pattern counted what it has passed already.
    disowned_in(piece * 4000)
