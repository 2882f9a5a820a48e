"""When an article was published: which source wins, and what is never guessed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_page import make_page
from making import make_capture

from onrecord.article import Anchor, find_anchor, find_earliest, read_article
from onrecord.article.calendar import find_years, is_iso_prefix
from onrecord.article.json_text import read_json
from onrecord.article.machine_dates import normal_date
from onrecord.article.printed import find_printed_dates
from onrecord.page import read_page
from onrecord.types import Capture, Found, Head, Page, Role

WIRE: list[tuple[Role, str]] = [
    ("headline", "Dam in Selm valley ‘is safe’"),
    ("paragraph", "SELM, Nov 11 (Northline) – The ministry of water said on Friday that the dam holds."),
    ("paragraph", "It opened the gates on Wednesday and shut them on Sept. 30."),
]
FRIDAYS = ("2033-11-11", "2022-11-11", "2016-11-11", "2011-11-11", "2005-11-11")


def published(page: Page, capture: Capture) -> Found | None:
    return read_article(page, capture).published


def anchor(page: Page, captured_at: str | None = None) -> Anchor | None:
    capture = make_capture("", captured_at=captured_at)
    return find_anchor(page, read_article(page, capture), captured_at)


def test_the_better_source_of_a_date_wins() -> None:
    """Take the best source away, and the next one speaks."""
    head = Head(
        json_ld=(json.dumps({"@type": "NewsArticle", "datePublished": "2031-03-02"}),),
        meta=(("article:published_time", "2031-03-03T10:00:00+01:00"),),
    )
    lines: list[tuple[Role, str]] = [
        ("headline", "Dam holds"),
        ("byline", "By Ada Brill, March 5, 2031"),
        ("paragraph", "SELM, March 7, 2031 (Northline) – The dam holds."),
    ]
    uri = "https://gazette.example/2031/03/06/dam"
    outside = make_capture("", uri=uri, published="2031-03-01")
    inside = make_capture("", uri=uri)
    seen = [
        published(make_page(lines, head), outside),
        published(make_page(lines, head), inside),
        published(make_page(lines, Head(meta=head.meta)), inside),
        published(make_page(lines), inside),
        published(make_page([lines[0], lines[2]]), inside),
        published(make_page([lines[0], lines[2]]), make_capture("")),
    ]
    assert [(found.value[:10], found.known, found.where) for found in seen if found] == [
        ("2031-03-01", "outside", "command line"),
        ("2031-03-02", "printed", "JSON-LD datePublished"),
        ("2031-03-03", "printed", "meta article:published_time"),
        ("2031-03-05", "printed", "text"),
        ("2031-03-06", "inferred", "address"),
        ("2031-03-07", "inferred", "dateline"),
    ]


def test_a_time_element_counts_only_beside_the_headline() -> None:
    lines: list[tuple[Role, str]] = [
        ("headline", "Dam holds"),
        ("byline", "two hours ago"),
        ("paragraph", "The dam holds, the ministry said."),
        ("related", "three years ago"),
    ]
    page = make_page(lines)
    beside, teaser = page.blocks[1].span, page.blocks[3].span
    times = (("2028-01-01T08:00:00Z", teaser), ("2031-03-12T08:00:00Z", beside))
    found = published(make_page(lines, Head(times=times)), make_capture(""))
    assert found
    assert (found.value, found.where) == ("2031-03-12T08:00:00Z", "time")
    assert published(make_page(lines, Head(times=times[:1])), make_capture("")) is None


def test_updated_is_not_published() -> None:
    lines: list[tuple[Role, str]] = [
        ("headline", "Dam holds"),
        ("byline", "Last updated: 13 March 2031"),
        ("paragraph", "The dam holds."),
    ]
    article = read_article(make_page(lines), make_capture(""))
    assert article.published is None
    assert article.updated
    assert article.updated.value == "2031-03-13"


def test_a_date_in_a_long_line_under_the_headline_is_of_something_else() -> None:
    lines: list[tuple[Role, str]] = [
        ("headline", "Dam holds"),
        ("other", "The old dam at Selm as the photographer saw it in the great flood of 24 April 1986"),
        ("paragraph", "The dam holds."),
    ]
    assert published(make_page(lines), make_capture("")) is None


def test_a_dateline_without_a_year_is_never_guessed() -> None:
    page = make_page(WIRE)
    assert published(page, make_capture("")) is None
    found = anchor(page)
    assert found
    assert found.value is None
    assert found.candidates == FRIDAYS


def test_the_capture_settles_a_dateline_as_the_latest_that_fits() -> None:
    page = make_page(WIRE)
    found = published(page, make_capture("", captured_at="2024-02-01T00:00:00Z"))
    assert found
    assert (found.value, found.known) == ("2022-11-11", "inferred")
    settled = anchor(page, "2024-02-01T00:00:00Z")
    assert settled
    assert settled.value == "2022-11-11"


def test_the_one_year_that_a_page_names_settles_its_dateline() -> None:
    lines: list[tuple[Role, str]] = [
        *WIRE,
        ("paragraph", "The dam was raised in 2016, after the flood of 1998."),
    ]
    found = anchor(make_page(lines))
    assert found
    assert (found.value, found.known) == ("2016-11-11", "inferred")


def test_two_years_on_a_page_settle_nothing() -> None:
    lines: list[tuple[Role, str]] = [*WIRE, ("paragraph", "It was raised in 2016 and painted in 2022.")]
    found = anchor(make_page(lines))
    assert found
    assert found.value is None


def test_a_capture_date_alone_dates_no_weekday() -> None:
    page = make_page(
        [("headline", "Dam holds"), ("paragraph", "The dam holds, the ministry said on Friday.")]
    )
    assert anchor(page, "2031-03-12T00:00:00Z") is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2022-11-11", "2022-11-11"),
        ("2022-11", "2022-11"),
        ("2022-11-11T16:07:00Z", "2022-11-11T16:07:00Z"),
        ("2022-11-11 16:07:00", "2022-11-11T16:07:00"),
        ("2022-11-11T16:07:00.123+0200", "2022-11-11T16:07:00+02:00"),
        ("20221111", "2022-11-11"),
        ("2022-1-9", "2022-01-09"),
        ("Fri, 11 Nov 2022 16:07:00 GMT", "2022-11-11T16:07:00+00:00"),
        ("November 11, 2022", "2022-11-11"),
        ("11 novembre 2022", "2022-11-11"),
        ("2031/03/11 09:30", "2031-03-11T09:30"),
        ("2031.03.11", "2031-03-11"),
        ("2031-03-11 9:30 pm", "2031-03-11T21:30"),
        ("20310311T093000+0100", "2031-03-11T09:30:00+01:00"),
        ("20310311093000", "2031-03-11T09:30:00"),
        ("203103110930", "2031-03-11T09:30"),
        ("1930984200", "2031-03-11T08:30:00Z"),
        ("1930984200000", "2031-03-11T08:30:00Z"),
        ("2031-03-11T09:30:00+01:00+01:00", "2031-03-11T09:30:00+01:00"),
        ("2031-03-11T09:30:00Z+00:00", "2031-03-11T09:30:00Z"),
        ("2031-03-11T09:30:00+01:00Z", "2031-03-11T09:30:00"),
        ("2031-03-11T09:30:00 +01", "2031-03-11T09:30:00+01:00"),
        ("2031-03-11 09:30:00 UTC", "2031-03-11T09:30:00Z"),
        ("2031-03-11T09:30:00+01:00[Europe/Oslo]", "2031-03-11T09:30:00+01:00"),
        ("2031-03-11T09:30:00+99:00", "2031-03-11T09:30:00"),
        ("2031-03-11T24:00:00", "2031-03-11"),
        ("2031-03-11T09:30:60Z", "2031-03-11"),
        ("Tue Mar 11 2031 09:30:00 GMT+0100 (Central European Standard Time)", "2031-03-11T09:30:00+01:00"),
        ("Tue Mar 11 09:30:00 CET 2031", "2031-03-11T09:30:00"),
        ("11 Mar 2031", "2031-03-11"),
        ("1970-01-01T00:00:00Z", None),
        ("1970-01-01T01:00:00+01:00", None),
        ("0", None),
        ("12345", None),
        ("0000-00-00 00:00:00", None),
        ("1900-01-01", None),
        ("2022-13-45", None),
        ("0001-01-01T00:00:00Z", None),
        ("5/6/2022", None),
        ("today", None),
        ("", None),
        (None, None),
    ],
)
def test_machine_written_dates_become_iso(words: str | None, value: str | None) -> None:
    assert normal_date(words) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("27. Januar 2026", "2026-01-27"),
        ("27 de enero de 2026", "2026-01-27"),
        ("1er août 2026", "2026-08-01"),
        ("2 juin 2026 à 14:30", "2026-06-02T14:30"),
        ("5 мая 2026", "2026-05-05"),
        ("2026年1月27日", "2026-01-27"),
        ("05.04.2025", "2025-04-05"),
        ("2031. március 11. 13:43", "2031-03-11T13:43"),
        ("2031 m. kovo 11 d.", "2031-03-11"),
        ("2031. gada 11. marts", "2031-03-11"),
        ("2031ko martxoaren 11", "2031-03-11"),
        ("الثلاثاء، 11 مارس 2031 12:19 م", "2031-03-11T12:19"),
        ("١١ آذار ٢٠٣١ 3:57 م", "2031-03-11T15:57"),
        ("11 במרץ 2031", "2031-03-11"),
        ("11 мартa 2031", None),
        ("11 березня 2031 р., 13:43", "2031-03-11T13:43"),
        ("11 Μαρτίου 2031 3:57 μ.μ.", "2031-03-11T15:57"),
        ("11 मार्च 2031", "2031-03-11"),
        ("११ मार्च २०३१", "2031-03-11"),
        ("11 মার্চ, 2031", "2031-03-11"),
        ("11 มีนาคม 2574", "2031-03-11"),
        ("11 มี.ค. 2574", "2031-03-11"),
        ("11 Maret 2031", "2031-03-11"),
        ("Marso 11, 2031", "2031-03-11"),
        ("11 tháng 3, 2031", "2031-03-11"),
        ("2031년 3월 11일", "2031-03-11"),
        ("11. ožujka 2031.", "2031-03-11"),
        ("11 de març del 2031", "2031-03-11"),
        ("11 d’abril del 2031", "2031-04-11"),
        ("11 de marzo de 2031 3:57 p. m.", "2031-03-11T15:57"),
        ("31. Februar 2026", None),
        ("11 listopada 2031", None),
        ("11 people 2031", None),
    ],
)
def test_dates_are_read_in_the_languages_of_newspapers(words: str, value: str | None) -> None:
    assert next((date.value for date in find_printed_dates(words, start=0, end=len(words))), None) == value


def test_a_word_for_two_months_is_read_in_the_language_of_the_page() -> None:
    words = "11. listopada 2031"
    days = {
        language: [date.value for date in find_printed_dates(words, start=0, end=18, language=language)]
        for language in ("hr", "pl-PL", "de", None)
    }
    assert days == {"hr": ["2031-10-11"], "pl-PL": ["2031-11-11"], "de": [], None: []}


def test_the_list_of_months_is_that_of_unicode() -> None:
    pytest.importorskip("babel")
    from training.months import OUT, render

    assert OUT.read_text(encoding="utf-8") == render()


def test_the_language_of_the_page_tells_day_from_month() -> None:
    words = "5/6/2022"
    assert list(find_printed_dates(words, start=0, end=8, language="en-US")) == []
    assert [d.value for d in find_printed_dates(words, start=0, end=8, language="fr")] == ["2022-06-05"]


def test_years_are_listed_newest_first() -> None:
    assert tuple(find_years(11, 11, 4)) == FRIDAYS
    assert find_years(2, 29, None, first=2000, last=2009) == ["2008-02-29", "2004-02-29", "2000-02-29"]
    assert find_years(2, 30, None) == []


@given(st.text(max_size=90))
def test_whatever_a_meta_tag_says_is_a_real_date_or_nothing(words: str) -> None:
    value = normal_date(words)
    assert value is None or is_iso_prefix(value)


DATED = st.one_of(
    st.text(max_size=60),
    st.from_regex(
        r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,4}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?", fullmatch=True
    ),
    st.builds(
        "{} {} {}{}".format,
        st.integers(0, 40),
        st.sampled_from(["March", "marzo", "مارس", "มีนาคม", "listopada", "März"]),
        st.integers(0, 9999),
        st.sampled_from(["", " 24:61", ", 10:28 p.m. ET", " 12:19 م", " +99:99"]),
    ),
    st.integers(-(10**20), 10**20).map(str),
    st.datetimes().map(str),
)


@given(machine=DATED, changed=DATED, printed=DATED, language=st.sampled_from(["en-US", "fr", "ar", None]))
@settings(max_examples=150, deadline=None)
def test_every_day_that_is_stored_is_one_of_the_calendar(
    machine: str, changed: str, printed: str, language: str | None
) -> None:
    said = {"@type": "NewsArticle", "datePublished": machine, "dateModified": changed}
    line = " ".join(printed.split()) or "x"
    page = make_page(
        [("headline", "Dam holds"), ("dateline", line), ("paragraph", "The dam holds, they said today.")]
    )
    head = Head(json_ld=(json.dumps(said),), meta=(("date", printed),), language=language)
    article = read_article(replace(page, head=head), make_capture(""))
    for found in (article.published, article.updated, article.filed):
        if found is not None and not found.value.startswith("--"):
            assert is_iso_prefix(found.value)
            assert found.value.isascii()
            if len(found.value) >= len("2031-03-11"):
                datetime.fromisoformat(found.value)


FAULTS = [
    lambda text, at: text[:at],
    lambda text, at: text[:at] + "}" + text[at:],
    lambda text, at: text[:at] + '"' + text[at:],
    lambda text, at: text[:at] + "," + text[at:],
    lambda text, at: text[:at] + "/* x */" + text[at:],
    lambda text, at: text[:at] + text[at + 1 :],
]


@given(fault=st.sampled_from(FAULTS), at=st.integers(0, 240))
def test_a_fault_in_json_makes_up_no_words(fault: Callable[[str, int], str], at: int) -> None:
    text = fault(
        '{"@type": "NewsArticle", "headline": "Dam holds", "datePublished": "2031-03-11T09:30:00+01:00", '
        '"author": [{"name": "Ada Brill"}, {"name": "Cy Dorn"}], "publisher": {"name": "Harbour Gazette"}}',
        at,
    )
    queue = read_json(text)
    while queue:
        value = queue.pop()
        queue += list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        assert not isinstance(value, str) or value in text


@pytest.mark.parametrize("pattern", ['"a":', "{", "(", "<!--", '{"a":"', '"x" ', "/*", "\\", "[{"])
def test_faulty_json_takes_time_by_its_length(pattern: str) -> None:
    start = process_time()
    read_json("{" + pattern * 200_000)
    assert process_time() - start < 10


@pytest.mark.data
def test_the_saved_pages_give_their_days_or_the_days_they_could_be(data: Path) -> None:
    """A wire story without any year, and a news site's page of the same day."""
    found = []
    for place in sorted((data / "seeds").glob("*.txt"))[:2]:
        capture = make_capture(place.read_bytes())
        page, _ = read_page(capture)
        found.append(find_anchor(page, read_article(page, capture), None))
    wire, site = found
    assert wire
    assert wire.value is None
    assert wire.candidates == FRIDAYS
    assert site
    assert (site.value or "")[:10] == "2022-11-11"


UNDATED: list[tuple[Role, str]] = [
    ("headline", "Dam ‘done with the valley’"),
    ("caption", "Boats wait at the gate of the dam on March 13, 2031."),
    ("paragraph", "The ministry of water is done with the valley, a spokeswoman said Thursday."),
    ("comment", "I wrote the same on 2 June 2033."),
]


def test_a_page_without_a_date_is_of_the_latest_day_it_prints_or_later() -> None:
    found = find_earliest(make_page(UNDATED))
    assert found is not None
    assert (found.value, found.latest) == (None, True)
    assert (found.candidates[-1], found.candidates[0]) == ("2031-03-13", "2031-04-23")
    assert found.where.startswith("2031-03-13, the latest day that the page prints")


def test_a_page_that_prints_no_day_has_no_earliest() -> None:
    assert find_earliest(make_page([*UNDATED[:1], *UNDATED[2:]])) is None
