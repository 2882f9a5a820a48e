"""Events of many articles folded into lines: which sentence leads, who counts, which days weigh."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from onrecord.across.events import DatedSentence
from onrecord.across.timelines import Telling, choose_days, fold_events
from onrecord.types import Span, When

SANK = (
    "The ferry of Lower Dell sank on Tuesday near the eastern landing.",
    "On Tuesday the ferry of Lower Dell sank at the eastern landing in calm water.",
    "The Lower Dell ferry sank near its eastern landing on Tuesday.",
)
CLOSED = "The council closed the school of Karsk on Tuesday because of the heating."


def sentence(
    page: str,
    words: str,
    day: str | None = "2031-03-11",
    *,
    start: int = 0,
    candidates: tuple[str, ...] = (),
    aside: bool = False,
) -> DatedSentence:
    return DatedSentence(
        page=page,
        span=Span(start, start + len(words)),
        words=words,
        place=start,
        when=When(value=day, known="inferred" if day else None, candidates=candidates),
        aside=aside,
    )


def telling(page: str, voice: str, published: str = "2031-03-12", *, copy: bool = False) -> Telling:
    return Telling(page=page, voice=voice, published=published, copy=copy)


def told(*tellings: Telling) -> dict[str, Telling]:
    return {one.page: one for one in tellings}


def test_sentences_of_one_day_that_tell_the_same_are_one_line() -> None:
    tellings = told(*(telling(f"p{n}", f"outlet {n}") for n in range(4)))
    found = [sentence(f"p{n}", words) for n, words in enumerate((*SANK, CLOSED))]
    sank, closed = fold_events(found, tellings)
    assert {sank.lead.words, *(one.words for one in sank.also)} == set(SANK)
    assert sank.voices == {"outlet 0", "outlet 1", "outlet 2"}
    assert (closed.lead.words, closed.also) == (CLOSED, ())


def test_the_same_words_of_two_days_are_two_lines() -> None:
    tellings = told(telling("p0", "a"), telling("p1", "b"))
    found = [sentence("p0", SANK[0]), sentence("p1", SANK[0], "2031-03-18")]
    assert [event.day for event in fold_events(found, tellings)] == ["2031-03-11", "2031-03-18"]


def test_a_copy_is_no_second_voice_and_never_leads() -> None:
    tellings = told(telling("p0", "northline", copy=True), telling("p1", "northline"))
    [event] = fold_events([sentence("p0", SANK[0]), sentence("p1", SANK[0])], tellings)
    assert event.voices == {"northline"}
    assert event.lead.page == "p1"
    assert [one.page for one in event.also] == ["p0"]


def test_what_more_voices_tell_comes_first_of_its_day() -> None:
    tellings = told(*(telling(f"p{n}", f"outlet {n}") for n in range(4)))
    found = [sentence("p3", CLOSED), *(sentence(f"p{n}", words) for n, words in enumerate(SANK))]
    assert [len(event.voices) for event in fold_events(found, tellings)] == [3, 1]


def test_ten_articles_of_one_outlet_are_one_voice() -> None:
    tellings = told(
        *(telling(f"p{n}", "one") for n in range(10)), telling("q0", "two"), telling("q1", "three")
    )
    found = [
        *(sentence(f"p{n}", CLOSED) for n in range(10)),
        *(sentence(f"q{n}", words) for n, words in enumerate(SANK[:2])),
    ]
    first, second = fold_events(found, tellings)
    assert (len(first.voices), len(first.also)) == (2, 1)
    assert (len(second.voices), len(second.also)) == (1, 9)


def test_lines_whose_day_is_open_stand_last_with_their_candidates() -> None:
    tellings = told(telling("p0", "a"), telling("p1", "b"))
    days = ("2031-03-10", "2030-03-11")
    found = [sentence("p0", CLOSED, None, candidates=days), sentence("p1", SANK[0], "2031-12-31")]
    dated, loose = fold_events(found, tellings)
    assert (dated.day, dated.candidates) == ("2031-12-31", ())
    assert (loose.day, loose.candidates) == (None, days)


def test_a_day_that_a_sentence_means_aside_is_counted_and_no_line() -> None:
    tellings = told(telling("p0", "a"))
    found = [sentence("p0", SANK[0]), sentence("p0", SANK[0], "2031-03-10", aside=True)]
    assert [event.day for event in fold_events(found, tellings)] == ["2031-03-11"]
    assert choose_days(found, tellings) == ["2031-03-10", "2031-03-11"]


def test_a_day_of_which_more_articles_tell_comes_first() -> None:
    tellings = told(telling("p0", "a"), telling("p1", "b"), telling("p2", "c"))
    found = [sentence("p0", SANK[0]), sentence("p1", SANK[1]), sentence("p2", CLOSED, "2031-03-10")]
    assert choose_days(found, tellings) == ["2031-03-11", "2031-03-10"]


def test_a_day_that_is_told_of_weeks_later_weighs_more() -> None:
    tellings = told(telling("p0", "a", "2031-03-12"), telling("p1", "b", "2031-06-02"))
    found = [sentence("p0", SANK[0]), sentence("p1", CLOSED, "2031-03-10")]
    assert choose_days(found, tellings) == ["2031-03-10", "2031-03-11"]


def test_an_article_that_puts_days_in_a_row_weighs_more() -> None:
    tellings = told(telling("p0", "a", "2031-03-30"), telling("p1", "b", "2031-03-30"))
    found = [
        sentence("p0", SANK[0], "2031-03-12"),
        *(sentence("p1", CLOSED, day, start=n) for n, day in enumerate(("2031-03-10", "2031-03-11"))),
    ]
    assert choose_days(found, tellings)[-1] == "2031-03-12"


WORDS = st.lists(
    st.sampled_from("ferry dam gate sank opened closed school council river landing Karsk Selm".split()),
    min_size=1,
    max_size=8,
).map(" ".join)
FOUND = st.lists(
    st.tuples(st.integers(0, 5), WORDS, st.sampled_from(("2031-03-10", "2031-03-11", None))), max_size=12
)


@given(found=FOUND, seed=st.integers(0, 9))
def test_the_order_of_the_pages_does_not_matter_and_nothing_is_lost(
    found: list[tuple[int, str, str | None]], seed: int
) -> None:
    tellings = told(*(telling(f"p{n}", f"outlet {n // 2}", copy=n == 3) for n in range(6)))
    open_days = ("2031-03-10", "2031-03-11")
    sentences = [
        sentence(f"p{n}", words, day, start=at * 100, candidates=() if day else open_days)
        for at, (n, words, day) in enumerate(found)
    ]
    mixed = list(sentences)
    Random(seed).shuffle(mixed)
    events = fold_events(sentences, tellings)
    assert fold_events(mixed, tellings) == events
    assert choose_days(mixed, tellings) == choose_days(sentences, tellings)
    told_once = [one for event in events for one in (event.lead, *event.also)]
    assert sorted(told_once, key=lambda one: one.span) == sentences
    for event in events:
        assert {one.day for one in (event.lead, *event.also)} == {event.day}
        assert 1 <= len(event.voices) <= 1 + len(event.also)
        assert 0 <= event.central <= 1
