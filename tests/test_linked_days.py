"""What the model of days is asked, and what it answers, whatever the page."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import html_page, make_capture, make_document

from onrecord.article import Anchor
from onrecord.models.days import rate_days
from onrecord.reading import read
from onrecord.statements.days.expressions import find_expressions
from onrecord.statements.days.questions import (
    PAIR_SIGNALS,
    RELATIONS,
    SIGNALS,
    STATES,
    Question,
    ask_days,
)
from onrecord.statements.find import find_said_by
from onrecord.statements.model.learned import read_learned
from onrecord.statements.passages import Wanted
from onrecord.statements.text.document import Document
from onrecord.types import Span, When

PUBLISHED = Anchor(value="2031-03-14", known="printed", where="published 2031-03-14")


def ask_all(document: Document) -> tuple[int, Sequence[Question]]:
    """Return how many sayings a document has, and what is asked of them."""
    said, _, learning = find_said_by(document, Wanted())
    return len(said), list(ask_days(document, said, find_expressions(document), learning.states))


PARTS = st.sampled_from(
    [
        "The dam at Selm is safe, water minister Ada Brill told parliament on Wednesday.",
        "“We have checked every gate,” Brill said.",
        "The trial began on March 3, 2031, and goes on.",
        "Jon Marsh has said the gates would be painted last year.",
        "Nothing happened.",
        "In the year ended Jan. 31, the ferry sailed, the harbour office said.",
    ]
)


@settings(deadline=None, max_examples=25)
@given(st.lists(PARTS, min_size=1, max_size=9))
def test_every_saying_is_asked_for_at_most_once_and_rated_in_all(paragraphs: list[str]) -> None:
    sayings, questions = ask_all(make_document(*paragraphs, anchor=PUBLISHED))
    asked = [number for question in questions for number in question.sayings]
    assert len(asked) == len(set(asked)) <= sayings
    for question in questions:
        items = len(question.sayings) + len(question.expressions)
        assert question.states.shape == (items, STATES)
        assert question.signals.shape == (items, len(SIGNALS))
        assert question.relations.shape == (items, items, len(RELATIONS))
        assert question.pairs.shape == (
            len(question.sayings),
            len(question.expressions),
            len(PAIR_SIGNALS),
        )
        rates = rate_days(*question.arrays())
        assert rates.shape == (len(question.sayings), 1 + len(question.expressions))
        assert np.isfinite(rates).all()
        assert np.allclose(rates.sum(axis=1), 1.0, atol=1e-4)


def test_a_page_that_tells_no_time_asks_nothing() -> None:
    assert ask_all(make_document("“We have checked every gate,” Ada Brill said.", anchor=PUBLISHED))[1] == []


def test_a_long_page_is_asked_in_parts_that_all_see_its_first_day() -> None:
    lede = "The dam at Selm is safe, water minister Ada Brill told parliament on Wednesday."
    rest = [f"“We have checked gate {n},” Brill said." for n in range(200)]
    sayings, questions = ask_all(make_document(lede, *rest, anchor=PUBLISHED))
    assert sayings > 160
    assert len(questions) > 1
    assert sorted(number for question in questions for number in question.sayings) == list(range(sayings))
    assert all(0 in question.expressions for question in questions)
    assert max(len(q.sayings) + len(q.expressions) for q in questions) <= 172


def test_the_states_of_a_span_are_the_mean_of_its_pieces() -> None:
    text = "Mara Ostrey said the gates were shut."
    states = read_learned(text, [Span(0, len(text))]).states
    first, both = states.of(Span(0, 4)), states.of(Span(0, len(text)))
    assert first.shape == both.shape
    assert np.any(first)
    assert np.allclose(both, states.values.mean(0), atol=1e-5)
    assert not np.any(states.of(Span(len(text) + 5, len(text) + 9)))


@pytest.mark.parametrize(
    ("paragraphs", "wanted"),
    [
        (("The gates were shut on June 29, 2027. On June 30, they were opened.",), "2027-06-30"),
        (("The gates were shut on March 3. They were opened the next day.",), "2031-03-04"),
        (("The gates were shut on March 3.", "They were opened on June 30."), "2030-06-30"),
    ],
)
def test_an_expression_counts_from_what_stands_before_it(paragraphs: tuple[str, ...], wanted: str) -> None:
    *_, last = find_expressions(make_document(*paragraphs, anchor=PUBLISHED))
    assert last.when.value == wanted


def test_the_end_of_a_year_is_no_day_of_a_saying() -> None:
    found = find_expressions(
        make_document("In the year ended Jan. 31, the ferry sailed every day.", anchor=PUBLISHED)
    )
    assert "2031-01-31" not in {one.when.value for one in found}


def said_on(*paragraphs: str) -> dict[str, tuple[When | None, str]]:
    """Return for each saying its day and the words that tell it."""
    reading = read(make_capture(html_page(*paragraphs, headline="The dam at Selm"), published="2031-03-14"))
    text = reading.page.text
    return {
        one.content[0].of(text): (
            one.said_on,
            one.said_on.span.of(text) if one.said_on is not None and one.said_on.span else "",
        )
        for one in reading.statements
    }


def test_a_day_told_elsewhere_is_inferred_and_keeps_the_words_that_tell_it() -> None:
    found = said_on(
        "The dam at Selm is safe, water minister Ada Brill told parliament on Wednesday.",
        "“We have checked every gate,” Brill said.",
    )
    first, words = found["The dam at Selm is safe"]
    assert first is not None
    assert first.value == "2031-03-12"
    again, same = found["We have checked every gate,"]
    assert again is not None
    assert (again.value, again.known) == ("2031-03-12", "inferred")
    assert words == same != ""
