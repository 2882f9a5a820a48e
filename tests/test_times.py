"""The cases of tests/cases/times.md: which words say when, and their values inside a text."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import grammar
from onrecord.article.calendar import find_holiday
from onrecord.article.telling import count_times

CASES = Path(__file__).parent / "cases" / "times.md"
ROW = re.compile(r"^\| (?!text)(?!---)([^|]+) \| ([^|]*) \|$", re.MULTILINE)


def read_cases() -> Iterator[tuple[str, str, str]]:
    for section in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        day = re.search(r"^day: (\S+)$", section, re.MULTILINE)
        assert day, section
        for row in ROW.finditer(section):
            yield day[1], row[1].strip(), row[2].strip()


@pytest.mark.parametrize(("day", "text", "means"), list(read_cases()))
def test_a_text_says_when_as_its_case_says(day: str, text: str, means: str) -> None:
    found = [(w.span.of(text), value) for w, value in count_times(text, date.fromisoformat(day))]
    assert "; ".join(f"{words} = {value}" for words, value in found) == means


@pytest.mark.parametrize(
    ("year", "easter"), [(1818, "03-22"), (1943, "04-25"), (2000, "04-23"), (2024, "03-31"), (2038, "04-25")]
)
def test_easter_falls_where_the_calendar_has_it(year: int, easter: str) -> None:
    found = find_holiday("easter", year)
    assert found is not None
    assert found.isoformat() == f"{year}-{easter}"


WITHOUT_FIRST_LETTERS = re.compile(
    grammar.TIME.pattern.replace(grammar.FIRST_LETTERS, ""), grammar.TIME.flags
)
WORDS = sorted({word for _, text, _ in read_cases() for word in re.findall(r"[\w’.,-]+", text)})


@given(st.lists(st.sampled_from([*WORDS, "the", "a", "last", "ago", "of", "in"]), max_size=8).map(" ".join))
def test_no_time_words_are_lost_by_their_first_letters(text: str) -> None:
    """The quick look at a word's first letters must let through whatever a rule would find."""
    quick = [match.span() for match in grammar.TIME.finditer(text)]
    assert quick == [match.span() for match in WITHOUT_FIRST_LETTERS.finditer(text)]


def test_every_form_of_the_cases_is_found_without_the_quick_look_too() -> None:
    for _, text, _ in read_cases():
        assert [m.span() for m in grammar.TIME.finditer(text)] == [
            m.span() for m in WITHOUT_FIRST_LETTERS.finditer(text)
        ]
