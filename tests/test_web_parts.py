"""The small parts of the pages: questions, dates, drawings, wordings, headlines."""

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from made_ledger import make_reading

from onrecord.errors import BadRequest
from onrecord.ledger import page_summary
from onrecord.ledger.records import PageRecord
from onrecord.views.ask import KINDS, Question, parse_question, render_question
from onrecord.views.dates import day_range, long_day, moment, short_day
from onrecord.views.drawing import draw_days
from onrecord.views.headlines import find_headline_only
from onrecord.views.wording import compare_wording


def test_a_question_is_read_from_the_box() -> None:
    question = parse_question('by:ostrey about:"lower valley" since:2031-03 the "fixed in law" order')
    assert question == Question(
        words='the "fixed in law" order', by="ostrey", about="lower valley", since="2031-03"
    )


def test_names_of_filters_may_be_in_capitals_and_quotation_marks_curly() -> None:
    assert parse_question("BY:“Mara Ostrey”") == Question(by="Mara Ostrey")


def test_an_address_or_a_time_is_no_filter() -> None:
    assert parse_question("https://courier.example 10:30") == Question(words="https://courier.example 10:30")


def test_a_filled_in_field_wins_over_the_box() -> None:
    assert parse_question("by:ostrey order", by="council", words="", about=None).by == "council"


@pytest.mark.parametrize("text", ["least:0.8", "least:80%", 'least:" 80 % "', "LEAST:.8"])
def test_how_sure_at_least_is_a_number_or_a_percentage(text: str) -> None:
    assert parse_question(text) == Question(least=0.8)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("by:", "“by:” has nothing after it; write for example by:ostrey"),
        ("kind:loud", "a statement is one of: direct, mixed, indirect, no-comment"),
        ("since:March", "write a year, a month or a day: 2031, 2031-03 or 2031-03-11"),
        ("until:2031-13", "is no date"),
        ("least:", "write for example least:0.8"),
        ("least:1.7", "least '1.7' is no number from 0 to 1; write how sure at least: 0.8 or 80%"),
        ("least:sure", "least 'sure' is no number from 0 to 1"),
        ("least:nan", "least 'nan' is no number from 0 to 1"),
        ("least:-1%", "least '-1%' is no number from 0 to 1"),
    ],
)
def test_a_question_that_makes_no_sense_says_what_would(text: str, message: str) -> None:
    with pytest.raises(BadRequest) as trouble:
        parse_question(text)
    assert message in str(trouble.value)


WORDS = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=12)


@given(
    st.builds(
        Question,
        words=st.none()
        | st.lists(st.sampled_from(["order", "gates", "“valley”", "3,000"]), min_size=1).map(" ".join),
        by=st.none() | st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
        about=st.none() | WORDS,
        since=st.sampled_from([None, "2031", "2031-03", "2031-03-11"]),
        kind=st.sampled_from([None, *KINDS]),
        least=st.none() | st.floats(0, 1),
    )
)
@example(Question(by='Mara "M" Ostrey'))
@example(Question(by="”"))
def test_a_question_written_and_read_again_is_the_same(question: Question) -> None:
    for value in question.filters().values():
        assume(not ('"' in str(value) and "”" in str(value)))  # No pair of marks is left to put around both.
    assert parse_question(render_question(question)) == question


@pytest.mark.parametrize(
    ("value", "short", "long"),
    [
        ("2031-03-11", "11 Mar 2031", "11 March 2031"),
        ("2031-03-01T09:30:00Z", "1 Mar 2031", "1 March 2031"),
        ("2031-03", "Mar 2031", "March 2031"),
        ("2031", "2031", "2031"),
        ("next week", "next week", "next week"),
        ("2031-19-01", "2031-19-01", "2031-19-01"),
    ],
)
def test_dates_keep_the_precision_they_have(value: str, short: str, long: str) -> None:
    assert (short_day(value), long_day(value)) == (short, long)


def test_a_time_is_shown_with_its_zone() -> None:
    assert moment("2033-04-02T08:14:00Z") == "2 Apr 2033 08:14 UTC"
    assert moment("2033-04-02T08:14:00.123+02:00") == "2 Apr 2033 08:14 +02:00"
    assert moment("2033-04-02") == "2 Apr 2033"


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        ("2031-03-09", "2031-03-11", "9 to 11 March 2031"),
        ("2031-03-09", "2031-04-01", "9 March to 1 April 2031"),
        ("2030-12-31", "2031-01-01", "31 December 2030 to 1 January 2031"),
        ("2031-03", "2031-03-11", "March 2031 to 11 March 2031"),
        ("2031-03-11", "2031-03-11T10:00Z", "11 March 2031"),
        (None, "2031", "2031"),
        (None, None, None),
    ],
)
def test_a_range_of_days_names_what_they_share_once(
    since: str | None, until: str | None, shown: str | None
) -> None:
    assert day_range(since, until) == shown


DAYS = (
    st.dates().map(str)
    | st.dates().map(lambda day: str(day)[:7])
    | st.sampled_from(["2031", "0000", "soon", "2031-02-30"])
)


@given(st.lists(DAYS, max_size=12), st.lists(DAYS, max_size=4), st.lists(DAYS, max_size=3))
def test_the_drawing_of_any_days_stays_on_the_paper_and_its_labels_apart(
    said: list[str], published: list[str], open_days: list[str]
) -> None:
    timeline = draw_days(said, published, open_days)
    if timeline is None:
        return
    assert all(0 <= dot.x <= dot.until <= 100 for dot in timeline.dots)
    for wide, width in ((True, 640), (False, 270)):
        for row in ("what", "when"):
            places = []
            for label in timeline.labels:
                if label.row == row and (wide or not label.wide):
                    length = len(label.text) * 6.6
                    shift = {"start": 0.0, "middle": length / 2, "end": length}[label.anchor]
                    start = label.x / 100 * width - shift
                    places.append((start, start + length))
            places.sort()
            assert all(end <= start for (_, end), (start, _) in pairwise(places))


def test_days_lie_as_far_apart_as_they_were() -> None:
    timeline = draw_days(["2031-03-01", "2031-03-02", "2031-03-11"], [])
    assert timeline
    first, second, last = sorted(dot.x for dot in timeline.dots)
    assert (last - first) / (second - first) == pytest.approx(10, rel=0.01)


def test_no_day_no_drawing() -> None:
    assert draw_days([], ["unknown"], []) is None


@given(st.lists(st.sampled_from("a b c d".split())), st.lists(st.sampled_from("a b c d".split())))
def test_a_comparison_holds_all_words_of_both(first: list[str], second: list[str]) -> None:
    changes = compare_wording(" ".join(first), " ".join(second))
    assert " ".join(mine for mine, _ in changes if mine).split() == first
    assert " ".join(theirs for _, theirs in changes if theirs).split() == second


def test_capitals_and_commas_are_no_difference() -> None:
    assert compare_wording("the order, fixed", "The order fixed.") == (
        ("The order fixed.", "The order fixed."),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The bridge isn’t ready and we’re not opening it,",
            "the bridge isn't ready and we're not opening it.",
        ),
        ("Well—no, it is 'safe'", "Well -- no, it is “safe”"),
        ("a – b", "a - b"),
        ("five per-cent", "five per‑cent"),
        ("We are… ready", "we are ... ready"),
        ("— No", "No"),
        ("«Go», he said", '"Go", he said'),
    ],
)
def test_typography_is_no_difference(one: str, other: str) -> None:
    assert all(mine == theirs for mine, theirs in compare_wording(one, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("it costs €4", "it costs 4"),
        ("it was −5 degrees", "it was 5 degrees"),
        ("5% of it", "5 of it"),
        ("we don't", "we do not"),
        ("I do", "I do + more"),
        ("re-open it", "reopen it"),
    ],
)
def test_what_is_said_aloud_is_a_difference(one: str, other: str) -> None:
    assert any(mine != theirs for mine, theirs in compare_wording(one, other))


def _record(headline: str, *paragraphs: str) -> PageRecord:
    capture, reading = make_reading([("headline", headline), *(("paragraph", words) for words in paragraphs)])
    return PageRecord(
        page=page_summary(capture, reading),
        text=reading.page.text,
        blocks=reading.page.blocks,
        article=reading.article,
        place="here",
        encoding=None,
        entries=(),
        captures=(),
        versions=(),
        copy_of=None,
        copies=(),
        story=None,
        problems=(),
    )


@pytest.mark.parametrize(
    ("headline", "paragraph", "found"),
    [
        ("Ostrey: ‘the valley stays ours’", "She spoke.", ["the valley stays ours"]),
        ("Ostrey: ‘the valley stays ours’", "“The valley stays ours,” she said.", []),
        ("Ostrey: 'the valley stays ours'", "The valley\nstays, ours!", []),
        ("Valley 'ours', says Ostrey", "She spoke.", []),
        ("It’s the crews’ dam, isn’t it", "She spoke.", []),
        ('Order "in force" « for now and ever »', "In force.", ["for now and ever"]),
        ("“not ours”", "It is not oursons.", ["not ours"]),
    ],
)
def test_only_quotations_of_several_words_without_a_body_are_told(
    headline: str, paragraph: str, found: list[str]
) -> None:
    only = find_headline_only([_record(headline, paragraph)])
    assert [one.words.strip() for one in only] == found


def test_another_article_of_the_story_may_have_the_words() -> None:
    pages = [
        _record("Ostrey: ‘the valley stays ours’", "She spoke."),
        _record("Crews leave", "“The valley stays ours.”"),
    ]
    assert list(find_headline_only(pages)) == []
