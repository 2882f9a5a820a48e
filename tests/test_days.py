"""The cases of tests/cases/days.md: which day the ledger gives each saying of an article."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from making import html_page, make_capture

from onrecord.reading import read

CASES = Path(__file__).parent / "cases" / "days.md"
CASE = re.compile(
    r"## (?P<name>.+?)\n.*?^(?P<known>published|captured): (?P<day>\S+)$(?:\nfails: (?P<fails>.+?)$)?"
    r".*?```text\n(?P<text>.*?)```(?P<rows>.*)",
    re.MULTILINE | re.DOTALL,
)
ROW = re.compile(r"^\| (?!words)(?!---)([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def read_cases() -> Iterator[Any]:
    for section in re.split(r"^(?=## )", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        case = CASE.match(section)
        assert case, section
        rows = {words.strip(): day.strip() for words, day in ROW.findall(case["rows"])}
        assert rows, section
        marks = [pytest.mark.xfail(strict=True, reason=case["fails"])] if case["fails"] else []
        yield pytest.param(case["known"], case["day"], case["text"], rows, marks=marks, id=case["name"])


@pytest.mark.parametrize(("known", "day", "text", "rows"), list(read_cases()))
def test_each_saying_has_the_day_of_the_case(known: str, day: str, text: str, rows: dict[str, str]) -> None:
    page = html_page(*text.strip().split("\n\n"), headline="The dam at Selm")
    if known == "captured":
        reading = read(make_capture(page, captured_at=f"{day}T10:00:00Z"))
    else:
        reading = read(make_capture(page, published=day))
    found = {}
    for statement in reading.statements:
        words = " ".join(span.of(reading.page.text) for span in statement.content)
        when = statement.said_on
        if when is None or when.value is None:
            found[words] = "(open)"
        else:
            found[words] = ("~ " if when.known == "inferred" else "") + when.value
            found[words] += f" ({' or '.join(when.candidates)})" if when.candidates else ""
    assert {words: found.get(words) for words in rows} == rows


def test_a_day_counted_from_the_capture_says_so() -> None:
    page = html_page("The bridge at Selm will stay shut until the spring, the harbour office said on Friday.")
    (statement,) = read(make_capture(page, captured_at="2031-03-12T10:00:00Z")).statements
    assert statement.said_on is not None
    assert statement.said_on.anchor == "captured 2031-03-12, the latest that fits"
