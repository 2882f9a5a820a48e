"""Where quotations open and close: the cases that a journalist can read (tests/cases/marks.md), and what
holds for any text."""

import itertools
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onrecord.statements import Quotation, find_quotations
from onrecord.statements.quotations.scare_quotes import find_use
from onrecord.types import Problem, Span

CASES = Path(__file__).parent / "cases" / "marks.md"


@dataclass(frozen=True)
class Case:
    title: str
    text: str
    quotations: tuple[str, ...]


def read_cases() -> list[Case]:
    cases = []
    for part in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        text = re.search(r"```text\n(.*?)\n```", part, re.DOTALL)
        quotations = re.search(r"```quotations\n(.*?)\n```", part, re.DOTALL)
        assert text is not None, part
        assert quotations is not None, part
        lines = tuple(line for line in quotations[1].splitlines() if line != "(nothing)")
        cases.append(Case(title=part.splitlines()[0], text=text[1], quotations=lines))
    return cases


def lines_of(text: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def read_marks(text: str) -> list[Quotation]:
    return [q for q in find_quotations(text, lines_of(text)) if isinstance(q, Quotation)]


def _kind(q: Quotation) -> str:
    if q.outer == q.inner:
        return "whole"
    kinds = ["single" if q.single else "double"]
    return ", ".join(kinds + ["open"] * (not q.closed) + ["goes on"] * q.continues)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.title)
def test_case(case: Case) -> None:
    found = read_marks(case.text)
    assert [f"{_kind(q)} | {q.inner.of(case.text).strip()}" for q in found] == list(case.quotations)


def test_a_lost_opening_mark_is_a_problem_that_names_its_partner() -> None:
    text = "The order stands,” the mayor said."
    problems = [x for x in find_quotations(text, lines_of(text)) if isinstance(x, Problem)]
    assert [p.span.of(text) for p in problems if p.span] == ["”"]


def test_a_block_quote_counts_where_a_line_introduces_it() -> None:
    text = "The order says:\nThe gates stay shut.\nThe river fell.\nThe sun rose."
    spans = lines_of(text)
    found = find_quotations(text, spans, blocks=[spans[1], spans[3]])
    assert [q.inner.of(text) for q in found if isinstance(q, Quotation)] == ["The gates stay shut."]


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("On this week's broadcast of “Valley Morning,” Lann said no.", "title"),
        ("She sang “The Long River” at the dam.", "title"),
        ("The film “Sluice” opens.", "title"),
        ("Ivo “Sandbag” Lann left.", "nickname"),
        ("The so-called “old law” holds.", "term"),
        ("They use the word “reform” a lot.", "term"),
        ("The “reform” cost the valley its mill.", "scare"),
        ("“The gates stay shut,” Lann said.", None),
        ("Lann said “the gates stay shut as long as I live” and left.", None),
    ],
)
def test_words_that_nobody_says(text: str, use: str | None) -> None:
    assert [find_use(text, q) for q in read_marks(text)] == [use]


_UNITS = [
    '"',
    "“",
    "“ ",
    "“a ",
    '"a ',
    "'a ",
    "s' a",
    "«»",
    "»a ",
    "?a ",
    " ?a, ",
    "&quot;",
    "â€œa",
    '"6" ',
    'a," ',
]
_LINES = ["“a\n", "x “a\n", "“a, he said ", "AB: go on now\nCD: no not yet\n", "— A B (@a) May 1, 2031\n"]


@pytest.mark.parametrize("unit", [*_UNITS, *_LINES])
def test_a_page_made_of_marks_is_read_in_time(unit: str) -> None:
    """No length of marks costs more than its share: 200,000 characters take well under a second."""
    text = unit * (200_000 // len(unit))
    for paragraphs in ([Span(0, len(text))], lines_of(text)):
        begun = time.process_time()
        for _ in find_quotations(text, paragraphs):
            pass
        assert time.process_time() - begun < 5


_MARKS = st.sampled_from([*"“”\"'’‘„«»`?…,.!:—- ", "``", "''", "&quot;", "â€œ", "â€™", ",,", "\n", "\n\n"])
_WORDS = st.sampled_from(
    "Ostrey said she the order stands we’ll 12 6 '90s OSTREY: Q: A: no — Lann (@l)".split()
)
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(_MARKS, _WORDS, st.just(" ")), max_size=80).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_quotations_are_in_order_do_not_overlap_and_lie_inside_their_paragraph(text: str) -> None:
    found = read_marks(text)
    lines = lines_of(text)
    for q in found:
        assert q.outer.start <= q.inner.start < q.inner.end <= q.outer.end
        assert any(line.start <= q.outer.start and q.outer.end <= line.end for line in lines)
    for a, b in itertools.pairwise(found):
        assert a.outer.end <= b.outer.start


# Paragraphs as a paper prints them: sentences with whole quotations, in one kind of marks.
_SAID = st.sampled_from(
    ["The order stands", "We saw the river rise, and left", "Nobody asked the farmers’ hall", "No"]
)
_SPEECH = st.builds(
    lambda words, tail: f"“{words},” {tail}.", _SAID, st.sampled_from(["she said", "said Lann"])
)
_BROKEN = st.builds(lambda a, b: f"“{a},” Ostrey said, “{b}.”", _SAID, _SAID)
_NESTED = st.builds(lambda a, b: f"“{a}, he told me ‘{b}’ twice,” said Bruck.", _SAID, _SAID)
_PLAIN = st.sampled_from(["The river fell.", "It rained on the dogs’ day.", "Lann left in the 1990s."])
_PARAGRAPH = st.lists(st.one_of(_SPEECH, _BROKEN, _NESTED, _PLAIN), min_size=1, max_size=4).map(" ".join)
_PAGE = st.lists(_PARAGRAPH, min_size=1, max_size=4)


@settings(max_examples=100, deadline=None)
@given(_PAGE)
def test_well_printed_marks_are_balanced(page: list[str]) -> None:
    text = "\n\n".join(page)
    found = read_marks(text)
    assert len(found) == text.count("“") == text.count("”")
    assert all(q.closed and text[q.outer.start] == "“" and text[q.outer.end - 1] == "”" for q in found)


@settings(max_examples=100, deadline=None)
@given(_PAGE)
def test_straight_marks_keep_the_spans(page: list[str]) -> None:
    text = "\n\n".join(page)
    straight = text.translate(str.maketrans("“”‘’", "\"\"''"))
    assert [q.outer for q in read_marks(straight)] == [q.outer for q in read_marks(text)]


@settings(max_examples=100, deadline=None)
@given(_PAGE)
def test_single_marks_keep_the_spans(page: list[str]) -> None:
    text = "\n\n".join(page)
    assume("‘" not in text)
    british = text.translate(str.maketrans("“”", "‘’"))
    assert [q.outer for q in read_marks(british)] == [q.outer for q in read_marks(text)]


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_plain_paragraphs_around_change_nothing(text: str) -> None:
    assume(":" not in text and text.strip())
    before, after = "The river fell.\n\n", "\n\nThe sun rose."
    moved = [
        Quotation(
            outer=Span(q.outer.start + len(before), q.outer.end + len(before)),
            inner=Span(q.inner.start + len(before), q.inner.end + len(before)),
            single=q.single,
            closed=q.closed,
            continues=q.continues,
        )
        for q in read_marks(text)
    ]
    assert read_marks(before + text + after) == moved
