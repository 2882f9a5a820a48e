"""The days that a page prints: expressions of one day taken together, none later than the page."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Anchor
from onrecord.statements.when_signals import Day, find_days, is_same
from onrecord.types import Span, When

FRIDAY = Anchor(value="2029-03-16", known="printed", where="published 2029-03-16")


def read(text: str, anchor: Anchor | None = FRIDAY) -> tuple[Day, ...]:
    return find_days(text, [Span(0, len(text))], anchor)


def test_words_that_mean_one_day_are_one() -> None:
    (day,) = read("Lann spoke on Wednesday. She answered on March 14. It was on 14 March 2029 that both met.")
    assert day.key == day.when.value == "2029-03-14"
    assert len(day.words) == 3


def test_no_day_is_later_than_the_page() -> None:
    days = read("Lann spoke on Thursday. The dam opens on 2 April 2029.")
    assert [day.key for day in days] == ["2029-03-15"]


def test_a_page_without_a_date_leaves_its_weekdays_open() -> None:
    first, second = read("Lann spoke on Thursday. Ostrey spoke on Monday, and again on Thursday.", None)
    assert first.when.value is None
    assert second.when.value is None
    assert (len(first.words), len(second.words)) == (2, 1)


def test_lengths_and_habits_are_no_days() -> None:
    assert read("For three weeks they met every Friday.") == ()


def test_rules_and_candidates_mean_one_day_by_their_value_or_by_their_words() -> None:
    (day,) = read("Lann spoke on Wednesday.")
    assert is_same(day, When(value="2029-03-14", known="inferred"))
    assert not is_same(day, When(value="2029-03-13", known="inferred"))
    (open_day,) = read("Lann spoke on Wednesday.", None)
    assert is_same(open_day, When(value=None, span=open_day.words[0].span))
    assert not is_same(open_day, When(value="2029-03-14", known="inferred"))


@given(
    st.lists(
        st.sampled_from(["on Friday", "yesterday", "in 2028", "May 3", "last week", "Brandt", "said", "."]),
        max_size=12,
    )
)
def test_every_expression_lies_in_the_text_and_in_one_day_alone(words: list[str]) -> None:
    text = " ".join(words)
    days = read(text)
    spans = [one.span for day in days for one in day.words]
    assert len(spans) == len(set(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert len({day.key for day in days}) == len(days)
