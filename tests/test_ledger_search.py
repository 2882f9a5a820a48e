"""Asking the ledger: words, speakers, subjects, days; newest first; what is typed is data."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_pages import make_reading, new_ledger, say
from making import html_page, make_capture

from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import (
    Ledger,
    bulk,
    check_ledger,
    get_entry,
    get_remark,
    get_story,
    list_pages,
    record_reading,
    search_entries,
)
from onrecord.reading import read
from onrecord.types import Kind, When

# What was said, by whom, the day of saying, the day of publication, the kind.
SAID: list[tuple[str, str, str | None, str | None, Kind]] = [
    ("The order is fixed in law,", "Mara Ostrey", "2031-03-11", "2031-03-12", "direct"),
    ("nothing in the café’s order book changed", "Tobin Vale", "2031-03-09", "2031-03-13", "indirect"),
    ("the gates stay open", "Mara Ostrey", None, "2031-03-14", "indirect"),
    ("There is law and order here,", "Ilse Brandt", "2031-03", "2031-04-02", "direct"),
    ("no day is known of this order", "Ilse Brandt", None, None, "mixed"),
]


def fill(ledger: Ledger) -> None:
    for n, (words, name, said_on, published, kind) in enumerate(SAID):
        headline, line = f"Valley report {n}", f"“{words}” {name} said."
        when = When(value=said_on, known="printed") if said_on else None
        said = say(f"{headline}\n{line}", words, who=name, cue="said", name=name, kind=kind, when=when)
        page = make_reading(
            [("headline", headline), ("paragraph", line)],
            [said],
            outlet="Northline" if n % 2 else "Harbour Gazette",
            published=published,
            uri=f"https://a.example/{n}",
        )
        record_reading(ledger, *page)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with new_ledger(tmp_path_factory.mktemp("search")) as ledger:
        fill(ledger)
        yield ledger


def found(ledger: Ledger, *words: str, **filters: object) -> list[int]:
    """Return the numbers of what is found, in the order in which it is found."""
    contents = [words for words, *_ in SAID]
    return [contents.index(entry.content[0]) for entry in search_entries(ledger, *words, **filters)]  # type: ignore[arg-type]


def test_newest_come_first_and_undated_last(ledger: Ledger) -> None:
    assert found(ledger) == [2, 0, 1, 3, 4]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("order", [0, 1, 3, 4]),
        ("law order", [0, 3]),
        ('"order is fixed"', [0]),
        ("“law and order”", [3]),
        ("CAFE", [1]),
        ("café's", [1]),
        ("Ostrey gates", [2]),
        ("  ", [2, 0, 1, 3, 4]),
        ("said", []),
        ("???", []),
        ("elephant", []),
    ],
)
def test_all_words_must_be_there(words: str, numbers: list[int], ledger: Ledger) -> None:
    assert found(ledger, words) == numbers


def test_filters_narrow_each_other(ledger: Ledger) -> None:
    assert found(ledger, "order", by="Brandt") == [3, 4]
    assert found(ledger, by="Mara Ostrey", kind="direct") == [0]
    assert found(ledger, outlet="northline") == [1, 3]
    assert found(ledger, about="gates") == [2]
    assert found(ledger, about="report 3") == [3]
    assert found(ledger, about="Ostrey") == []
    assert found(ledger, about="?") == []
    assert found(ledger, page="https://a.example/4") == [4]
    assert found(ledger, story="none") == []


@pytest.mark.parametrize(
    ("since", "until", "numbers"),
    [
        ("2031-03-11", None, [2, 0, 3]),
        ("2031-03-11", "2031-03-11", [0, 3]),
        (None, "2031-03-10", [1, 3]),
        ("2031-03", "2031-03", [2, 0, 1, 3]),
        ("2031", "2031", [2, 0, 1, 3]),
        ("2031-04", None, []),
        (None, "2030", []),
    ],
)
def test_days_months_and_years_are_included(
    since: str | None, until: str | None, numbers: list[int], ledger: Ledger
) -> None:
    assert found(ledger, since=since, until=until) == numbers


@pytest.mark.parametrize(
    "day", ["yesterday", "2031-13", "2031-02-30", "2031-00", "31-03-11", "2031-3", "", "2031-03-11T10"]
)
def test_a_day_that_is_none_is_a_bad_request(day: str, ledger: Ledger) -> None:
    with pytest.raises(BadRequest, match="is no day; write a year, a month or a day"):
        search_entries(ledger, since=day)


def test_limit_and_offset_cut_pages(ledger: Ledger) -> None:
    assert found(ledger, limit=2) == [2, 0]
    assert found(ledger, limit=2, offset=2) == [1, 3]
    assert found(ledger, limit=None, offset=4) == [4]
    assert found(ledger, limit=0) == []
    with pytest.raises(BadRequest, match="makes no sense"):
        search_entries(ledger, limit=-1)


def test_ids_that_name_nothing_say_so(ledger: Ledger) -> None:
    for ask in (
        lambda: get_entry(ledger, "s0"),
        lambda: get_remark(ledger, "r0"),
        lambda: get_story(ledger, "t0"),
    ):
        with pytest.raises(NotFound):
            ask()
    with pytest.raises(NotFound, match="in no story yet"):
        get_story(ledger, "https://a.example/0")
    with pytest.raises(NotFound, match="no page of the ledger"):
        search_entries(ledger, page="https://b.example/0")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(max_size=30) | st.text("\"*^()-+:{}NEARANDOTa \0'", max_size=30))
def test_words_are_never_a_query(words: str, ledger: Ledger) -> None:
    search_entries(ledger, words)
    search_entries(ledger, about=words)
    try:
        search_entries(ledger, by=words, outlet=words)
    except NotFound as why:
        assert "no speaker is named" in str(why)  # noqa: PT017


def test_search_during_a_bulk_load_is_complete(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger, bulk(ledger):
        fill(ledger)
        assert found(ledger, "law order") == [0, 3]
        assert found(ledger, about="report 3") == [3]
        assert len(list_pages(ledger)) == 5


@pytest.mark.parametrize("in_bulk", [False, True])
def test_what_nobody_sees_in_a_word_hides_no_word(tmp_path: Path, *, in_bulk: bool) -> None:
    """Soft hyphens and marks of direction stay in the text and are none of a word that is looked for."""
    page = html_page(
        "The har\u00adbour board said on Tuesday that it would close the gates in the spring of the year.",
        "“No fer\u00adry will run,” said \u200eMara Ostrey\u200e, who chairs the council.",
        headline="Gates to close in the spring",
    )
    capture = make_capture(page)
    with new_ledger(tmp_path) as ledger:
        with bulk(ledger) if in_bulk else nullcontext():
            record_reading(ledger, capture, read(capture))
        for asked in ("harbour", "har\u00adbour board", '"harbour board"'):
            assert [entry.speaker and entry.speaker.name for entry in search_entries(ledger, asked)] == [
                "harbour board"
            ]
        (said,) = search_entries(ledger, "ferry")
        assert said.speaker is not None
        assert (said.speaker.name, said.content) == ("Mara Ostrey", ("No fer\u00adry will run,",))
        assert search_entries(ledger, about="harbour gates", on_page=True)
        assert list(check_ledger(ledger)) == []
