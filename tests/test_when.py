"""The cases of tests/cases/when.md, and what holds for any text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Anchor, find_times
from onrecord.article.calendar import is_iso_prefix
from onrecord.statements.days.when import resolve_when
from onrecord.types import When

CASES = Path(__file__).parent / "cases" / "when.md"
PUBLISHED = re.compile(r"^published: (.+)$", re.MULTILINE)
ROW = re.compile(r"^\| (?!words)([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def read_cases() -> Iterator[tuple[str, str, str]]:
    """Yield (published, words, what they mean) for every row of the tables."""
    for section in CASES.read_text(encoding="utf-8").split("\n## ")[1:]:
        published = PUBLISHED.search(section)
        assert published, section
        for row in ROW.finditer(section):
            yield published[1], row[1].strip(), row[2].strip()


def make_anchor(published: str) -> Anchor | None:
    days = tuple(published.split(" or "))
    if days == ("(unknown)",):
        return None
    return Anchor(value=days[0] if len(days) == 1 else None, candidates=days, where="the case")


def render(when: When) -> str:
    days = " or ".join(when.candidates)
    return f"{when.value} ({days})" if when.value and days else when.value or days or "(open)"


@pytest.mark.parametrize(("published", "words", "means"), list(read_cases()))
def test_words_mean_what_the_case_says(published: str, words: str, means: str) -> None:
    assert render(resolve_when(words, make_anchor(published))) == means


def test_a_day_earlier_counts_from_the_day_last_told_of() -> None:
    anchor = Anchor(value="2022-11-11", known="printed", where="published 2022-11-11")
    assert resolve_when("a day earlier", anchor, told="2022-11-04").value == "2022-11-03"


def test_an_inferred_day_names_what_it_was_counted_from() -> None:
    anchor = Anchor(value="2022-11-11", known="printed", where="published 2022-11-11")
    when = resolve_when("on Friday", anchor)
    assert (when.known, when.anchor) == ("inferred", "published 2022-11-11")
    assert resolve_when("Nov. 11, 2022", anchor).known == "printed"


@pytest.mark.parametrize(
    "words",
    [
        "They may march on to the dam",
        "the sun sat low",
        "paid $2,022 for 1990 pumps, 45,000 in all and 1,998 more",
        "Room 2022b, flight AB1998",
        "a 12-year-old boy",
    ],
)
def test_words_that_only_look_like_dates_say_no_day(words: str) -> None:
    days = [t for t in find_times(words) if t.unit or (t.value or "")[5:7]]
    assert days == []


def test_times_are_found_inside_the_bounds_asked_for() -> None:
    text = "on Friday, Nov. 11, and on Monday"
    found = [words.span.of(text) for words in find_times(text, start=3, end=18)]
    assert found == ["Friday, Nov. 11"]


DATED = st.lists(
    st.sampled_from(
        [
            "on Friday",
            "Nov. 11",
            "31 February",
            "2022",
            "11/11/22",
            "99/99/9999",
            "0000-00-00",
            "yesterday",
            "a",
            "two",
            "weeks ago",
            "1.5",
            "the",
            "last",
            "next year",
            "9999 years ago",
            "noon",
            "4:07 p.m.",
            "May",
            "half an",
            "the 1990s",
            "Q3",
            "third quarter",
            "nineteen ninety",
            ",",
            "\n",
            "—",
            "“",
            "’s",
        ]
    ),
    max_size=12,
).map(" ".join)
ANCHORS = st.one_of(
    st.none(),
    st.dates().map(lambda day: Anchor(value=day.isoformat(), known="printed", where="x")),
    st.sampled_from(["2022", "2022-11", "2022-11-11T23:30:00Z", "nonsense", ""]).map(
        lambda value: Anchor(value=value, known="printed", where="x")
    ),
    st.lists(st.dates().map(lambda day: day.isoformat()), max_size=4).map(
        lambda days: Anchor(value=None, candidates=tuple(days), where="x")
    ),
)


@given(text=st.one_of(st.text(max_size=200), DATED), anchor=ANCHORS)
def test_any_text_gives_spans_inside_it_and_real_dates(text: str, anchor: Anchor | None) -> None:
    end = 0
    for words in find_times(text):
        assert end <= words.span.start < words.span.end <= len(text)
        end = words.span.end
        when = resolve_when(words, anchor)
        assert when == resolve_when(words, anchor)
        assert when.value is None or is_iso_prefix(when.value)
        assert when.value is None or all(day.startswith(when.value) for day in when.candidates)
        assert all(is_iso_prefix(day) for day in when.candidates)
        assert (when.value is None) == (when.known is None)


@given(text=st.one_of(st.text(max_size=60), DATED), anchor=ANCHORS)
def test_resolving_words_never_raises(text: str, anchor: Anchor | None) -> None:
    assert resolve_when(text, anchor) == resolve_when(text, anchor)


MONDAY = Anchor(value="2031-03-10", known="printed", where="published 2031-03-10")


@pytest.mark.parametrize(
    ("words", "updated", "means"),
    [
        ("on Tuesday", None, "2031-03-04"),
        ("on Tuesday", "2031-03-11", "2031-03-11"),
        ("Tuesday morning", "2031-03-11", "2031-03-11"),
        ("on Monday", "2031-03-11", "2031-03-10"),
        ("on Wednesday", "2031-03-11", "2031-03-05"),
        ("on Wednesday", "2031-03-13", "2031-03 (2031-03-12 or 2031-03-05)"),
        ("last Tuesday", "2031-03-11", "2031-03-04"),
        ("yesterday", "2031-03-11", "2031-03-09"),
    ],
)
def test_a_page_changed_since_may_tell_of_later_days(words: str, updated: str | None, means: str) -> None:
    assert render(resolve_when(words, replace(MONDAY, updated=updated))) == means


def test_what_is_to_come_is_the_next_one_whenever_the_page_was_changed() -> None:
    anchor = replace(MONDAY, updated="2031-03-11")
    assert resolve_when("on Tuesday", anchor, ahead=True).value == "2031-03-11"
    assert resolve_when("on Friday", anchor, ahead=True).value == "2031-03-14"


def test_of_a_page_without_a_date_a_weekday_stays_open_and_nothing_else_counts() -> None:
    days = tuple(f"2031-03-{day}" for day in range(26, 12, -1))
    anchor = Anchor(value=None, candidates=days, where="2031-03-13, the latest day", latest=True)
    when = resolve_when("on Thursday", anchor)
    assert (when.value, when.candidates) == (None, ("2031-03-20", "2031-03-13"))
    for words in ("yesterday", "on March 9", "last week", "this month"):
        assert resolve_when(words, anchor).candidates == ()
        assert resolve_when(words, anchor).value is None
