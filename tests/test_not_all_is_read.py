"""Most paragraphs are not read by the trained reader, and what is found is the same."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.models.telling import MOST, rate_telling
from onrecord.statements.find import find_said_by
from onrecord.statements.model import learned
from onrecord.statements.model.around import find_around
from onrecord.statements.model.windows import Window, cut_windows
from onrecord.statements.passages import Wanted
from onrecord.statements.text.document import read_document
from onrecord.types import Block, Span

QUIET = (
    "The beans are left in cold water while the oven warms.",
    "The path follows the river for a mile and then turns up the hill.",
    "The next coat dries faster when the windows are open.",
    "Two spoons of oil are enough for a pan of this size.",
)
SPOKEN = (
    "“The ferry stays shut,” Mara Ostrey, a spokeswoman for the ministry of water, told reporters on Tuesday."
)
NAMED = "The ministry moved to Selm when Jon Arden was minister."


def lay_out(paragraphs: Sequence[str]) -> tuple[str, list[Span]]:
    text, spans = "\n\n".join(paragraphs), []
    at = 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    return text, spans


def windows_of(paragraphs: Sequence[str]) -> tuple[str, list[Window], list[Span]]:
    text, spans = lay_out(paragraphs)
    return text, list(cut_windows(text, spans)), spans


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The windows that the reader reads."""
    asked: list[tuple[int, ...]] = []
    rate = learned.rate_pieces

    def rate_and_note(pieces: Sequence[int]) -> object:
        asked.append(tuple(pieces))
        return rate(pieces)

    monkeypatch.setattr(learned, "rate_pieces", rate_and_note)
    return asked


def test_where_somebody_speaks_is_let_through_and_a_recipe_is_not() -> None:
    _, windows, _ = windows_of([*QUIET, SPOKEN])
    *quiet, spoken = rate_telling([one.pieces for one in windows])
    assert spoken > 0 > max(quiet)


def test_nothing_is_rated_as_nothing() -> None:
    assert len(rate_telling([])) == 0


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.integers(1, 30_521), min_size=1, max_size=60), min_size=1, max_size=12))
def test_a_paragraph_is_rated_alike_wherever_it_stands(paragraphs: list[list[int]]) -> None:
    together = rate_telling(paragraphs)
    alone = np.concatenate([rate_telling([one]) for one in paragraphs])
    assert len(together) == len(paragraphs)
    assert np.allclose(together, alone, atol=1e-3)


def test_a_long_article_is_rated_in_parts() -> None:
    _, windows, _ = windows_of([*QUIET, SPOKEN])
    pieces = [one.pieces for one in windows]
    many = pieces * (2 * MOST // sum(map(len, pieces)))
    assert np.allclose(rate_telling(many).reshape(-1, len(pieces)), rate_telling(pieces), atol=1e-3)


def test_where_nobody_speaks_nothing_is_read_around() -> None:
    text, windows, _ = windows_of([NAMED] * 5)
    assert find_around(text, windows, []) == []
    assert find_around("", [], [Span(0, 1)]) == []


def test_around_a_saying_is_read_what_names_somebody_or_tells_a_day() -> None:
    paragraphs = [*QUIET, NAMED, "Last Friday the water rose.", "Arden left.", SPOKEN, *QUIET]
    text, windows, spans = windows_of(paragraphs)
    assert find_around(text, windows, [spans[7]]) == [4, 5, 6, 7]


def test_a_capital_letter_that_opens_a_sentence_of_common_words_is_no_name() -> None:
    paragraphs = ["Rain fell. It was cold, and I slept.", SPOKEN, "The night was cold."]
    text, windows, spans = windows_of(paragraphs)
    assert find_around(text, windows, [spans[1]]) == [0, 1]
    text, windows, spans = windows_of([*paragraphs, "The cold rain was over."])
    assert find_around(text, windows, [spans[1]]) == [1]


def test_far_from_every_saying_names_are_not_read() -> None:
    text, windows, spans = windows_of([NAMED] * 40 + [SPOKEN] + [NAMED] * 9)
    assert find_around(text, windows, [spans[40]]) == [0, 1, 2, *range(32, 43)]


def test_a_page_on_which_nobody_speaks_is_not_read(read: list[tuple[int, ...]]) -> None:
    text, spans = lay_out([*QUIET, NAMED] * 5)
    document, _ = read_document(text, [Block(role="paragraph", span=span) for span in spans])
    assert find_said_by(document, Wanted())[0] == []
    assert read == []


def test_one_saying_in_a_long_page_is_found_with_its_speaker(read: list[tuple[int, ...]]) -> None:
    text, spans = lay_out([*QUIET * 10, SPOKEN, "“We wait,” she said.", *QUIET * 10])
    document, _ = read_document(text, [Block(role="paragraph", span=span) for span in spans])
    said, _, learning = find_said_by(document, Wanted())
    assert [one.speaker and one.speaker.name for one in said] == ["Mara Ostrey", "Mara Ostrey"]
    assert 2 <= len(read) == len(learning.read) < 10
    # By PolNeAR's convention, and by the rules alone.
    read.clear()
    find_said_by(document, Wanted(everything=True))
    assert len(read) == len(spans)
    read.clear()
    find_said_by(document, Wanted(by_rules_alone=True))
    assert read == []
