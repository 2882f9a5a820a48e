"""Pages that were misread once, and what a careful reader makes of them (tests/answers/reading.md)."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from onrecord.capture import read_captures
from onrecord.reading import read
from onrecord.types import Capture, Reading, Statement

ANSWERS = Path(__file__).parent / "answers"
NOBODY = "(nobody named)"


@dataclass(frozen=True)
class Row:
    page: str
    words: str
    who: str
    kind: str
    said: str
    day: str
    via: str


def read_rows() -> list[Row]:
    lines = (ANSWERS / "reading.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| ")][2:]
    return [Row(*(cell.strip() for cell in line.strip("|").split("|"))) for line in table]


@cache
def reading_of(page: str) -> Reading:
    (capture,) = read_captures(ANSWERS / page)
    assert isinstance(capture, Capture)
    return read(capture)


def words_of(reading: Reading, statement: Statement) -> str:
    return " … ".join(span.of(reading.page.text) for span in statement.content) or "(no comment)"


# What is not read right again, and why; it fails the day that it is.
MISSED: dict[str, str] = {"I regret this,": "its day, two paragraphs on, is left open"}


def list_rows() -> list[Any]:
    return [
        pytest.param(
            row,
            id=f"{row.page}: {row.words[:40]}",
            marks=[
                pytest.mark.xfail(strict=True, raises=(KeyError, AssertionError), reason=MISSED[row.words])
            ]
            if row.words in MISSED
            else [],
        )
        for row in read_rows()
    ]


@pytest.mark.parametrize("row", list_rows())
def test_the_page_is_read_right(row: Row) -> None:
    reading = reading_of(row.page)
    found = {words_of(reading, statement): statement for statement in reading.statements}
    if row.words.startswith("not "):
        assert row.words.removeprefix("not ") not in found
        return
    statement = found[row.words]
    speaker = statement.speaker
    if row.who.startswith(NOBODY):
        told = row.who.removeprefix(NOBODY).strip()
        assert speaker is None or (speaker.type, speaker.name) == ("unnamed", told)
        assert not told or speaker is not None
    else:
        assert speaker is not None
        assert speaker.name == row.who
    assert (statement.kind, statement.polarity) == (row.kind, row.said)
    if row.day:
        assert statement.said_on is not None
        assert statement.said_on.value == row.day
    assert ", ".join(relay.name for relay in statement.via) == row.via.replace("(none)", "")


def test_nobody_else_speaks_on_the_page_with_a_hover_card() -> None:
    speakers = {one.speaker.name for one in reading_of("tooltip.html").statements if one.speaker is not None}
    assert speakers == {"Dana Ruel"}


def test_the_councillor_who_was_threatened_says_nothing() -> None:
    reading = reading_of("threat.txt")
    named = {one.speaker.name for one in reading.statements if one.speaker is not None}
    named |= {relay.name for one in reading.statements for relay in one.via}
    assert not any(re.search("Teller", name) for name in named)
