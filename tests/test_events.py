"""Dated events of one article: `cases/events.md`, and what holds for any text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from making import html_page, make_capture, make_document

from onrecord.across.events import DatedSentence, Told, find_events
from onrecord.article import Anchor
from onrecord.reading import read
from onrecord.statements.text.document import read_document
from onrecord.types import Block, Page, Span, Statement

CASES = Path(__file__).parent / "cases" / "events.md"
_CASE = re.compile(r"^```text\n([\s\S]*?)^```\n\n```events\n([\s\S]*?)^```$", re.MULTILINE)
WEDNESDAY = Anchor(value="2031-03-12", known="printed", where="published 2031-03-12")
HEAD = '<meta property="article:published_time" content="2031-03-12T09:00:00Z">'


def find_cases() -> Iterator[Any]:
    for text, events in _CASE.findall(CASES.read_text(encoding="utf-8")):
        expected = [] if events.strip() == "-" else events.splitlines()
        yield pytest.param(text.splitlines(), expected, id=text[:40])


def told_of(statement: Statement) -> Told:
    when = statement.said_on.span if statement.said_on else None
    around = (*statement.source, *statement.cue, *(relay.span for relay in statement.via))
    return Told(said=statement.content, around=around, when=(when,) if when else ())


def events_of(html: str) -> tuple[Page, list[DatedSentence]]:
    """Read a page and return its events, as a timeline finds them."""
    reading = read(make_capture(html))
    document, _ = read_document(reading.page.text, reading.article.body, WEDNESDAY)
    return reading.page, list(find_events("p1", document, map(told_of, reading.statements)))


@pytest.mark.parametrize(("paragraphs", "expected"), list(find_cases()))
def test_events_are_those_that_a_person_finds(paragraphs: list[str], expected: list[str]) -> None:
    page, every = events_of(html_page(*paragraphs, headline="The ferry of Lower Dell", head=HEAD))
    found = [one for one in every if not one.aside]
    assert len(found) == len(expected), [(one.day, one.words) for one in found]
    for one, line in zip(found, expected, strict=True):
        day, _, words = line.partition(" ")
        assert (one.day, one.words[: len(words)]) == (day, words)
        assert one.span.of(page.text) == one.words


def test_what_readers_wrote_and_what_a_headline_says_is_no_event() -> None:
    html = html_page(
        "The ferry of Lower Dell sank on Tuesday in calm water, and nobody was on board of her.",
        "Two boats of the pilots lay beside the wreck until it was dark and the wind came up.",
        headline="Ferry sank at the landing on Monday with nobody on board",
        head=HEAD,
    ).replace(
        "</article>",
        '</article><div id="comments"><div class="comment"><p>My own boat sank on Sunday in the same '
        "place and nobody wrote about it.</p></div></div>",
    )
    page, found = events_of(html)
    assert "My own boat" in page.text
    assert [one.day for one in found] == ["2031-03-11"]


def test_a_day_inside_marks_is_no_event_even_where_no_statement_was_found() -> None:
    document = make_document(
        "The note on the door of the mill reads “We closed on Monday and are gone for the winter” in red.",
        anchor=WEDNESDAY,
    )
    assert list(find_events("p1", document)) == []


def test_a_day_that_the_page_leaves_open_keeps_its_candidates() -> None:
    days = ("2031-03-11", "2030-03-11")
    document = make_document(
        "The ferry of Lower Dell sank on Monday in calm water.", anchor=Anchor(value=None, candidates=days)
    )
    [one] = find_events("p1", document)
    assert one.day is None
    assert one.when.candidates == ("2031-03-10", "2030-03-11")


def test_a_day_that_only_counts_from_another_stands_aside() -> None:
    words = "The river rose on Saturday, overnight and without a sound."
    document = make_document(words, anchor=WEDNESDAY)
    assert [(one.day, one.aside) for one in find_events("p1", document)] == [
        ("2031-03-08", False),
        ("2031-03-11", True),
    ]


def test_how_a_day_is_known_travels_with_it() -> None:
    document = make_document(
        "The ferry sank on Tuesday in calm water.",
        "The landing had been closed on 3 March 2031 for good.",
        anchor=WEDNESDAY,
    )
    inferred, printed = find_events("p1", document)
    assert (inferred.when.known, inferred.when.anchor) == ("inferred", "published 2031-03-12")
    assert printed.when.known == "printed"
    assert printed.when.span is not None
    assert printed.when.span.of(document.text) == "3 March 2031"


LINES = st.lists(
    st.text("The ferry sank on Tuesday, 3 March 2031 “”\"'.\n said he yesterday", min_size=1, max_size=120),
    min_size=1,
    max_size=6,
)


@given(lines=LINES)
@example(lines=["0", "0", "0\n0\n0", " "])
def test_spans_name_their_words_in_any_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks, at = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(span=Span(at, at + len(line)), role="paragraph"))
        at += len(line) + 1
    document, _ = read_document(text, blocks, WEDNESDAY)
    for one in find_events("p1", document):
        assert one.span.of(text) == one.words
        assert one.when.span is not None
        assert one.span.start <= one.when.span.start < one.when.span.end <= one.span.end
