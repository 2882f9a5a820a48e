"""The demo's pages: true to the calendar, invented throughout, and holding all that the demo promises."""

import quopri
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from expected import DEMO, PAGES, find_expected

from onrecord.ledger import (
    Ledger,
    check_ledger,
    check_quotation,
    count,
    get_page,
    iter_entries,
    list_pages,
    list_problems,
    open_ledger,
    search_entries,
)
from onrecord.types import Entry
from onrecord.views.add import add_pages


def words_in(path: Path) -> str:
    """Return the text of a page's file; MHTML is undone first, since it breaks lines inside words."""
    payload = path.read_bytes()
    return (quopri.decodestring(payload) if path.suffix == ".mhtml" else payload).decode("utf-8", "replace")


WORDS = {path: words_in(path) for path in sorted(DEMO.iterdir())}
MADE_UP = WORDS | {
    path: words_in(path) for path in sorted(PAGES.iterdir()) if path.suffix in (".html", ".txt")
}
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
DAY_FIRST = re.compile(
    rf"\b({'|'.join(WEEKDAYS)})[a-z]*,? (\d{{1,2}}) ({'|'.join(m[:3] for m in MONTHS)})[a-z]* (\d{{4}})"
)
MONTH_FIRST = re.compile(
    rf"\b({'|'.join(WEEKDAYS)})[a-z]*,? ({'|'.join(m[:3] for m in MONTHS)})[a-z]* (\d{{1,2}}),? (\d{{4}})"
)
HOST = re.compile(r"https?://([\w.-]+)")

WIRE = str(DEMO / "northline-2031-03-11-order-stands.html")
REPRINT = "https://dellmoorblog.example/2031/03/11/they-go-but-the-order-stays/"


def find_weekdays(text: str) -> Iterator[tuple[str, date]]:
    """Yield each weekday that is printed with a whole date, and that date."""
    for weekday, day, month, year in DAY_FIRST.findall(text):
        yield weekday, date(int(year), month_number(month), int(day))
    for weekday, month, day, year in MONTH_FIRST.findall(text):
        yield weekday, date(int(year), month_number(month), int(day))


def month_number(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name))


def test_there_are_a_dozen_pages_and_each_says_what_is_to_be_recorded() -> None:
    assert len(WORDS) == 12
    assert {expected.page for expected in find_expected()} >= set(WORDS)


@pytest.mark.parametrize("path", MADE_UP, ids=lambda path: path.name)
def test_printed_weekdays_are_those_of_the_calendar(path: Path) -> None:
    for weekday, day in find_weekdays(MADE_UP[path]):
        assert WEEKDAYS[day.weekday()] == weekday, day


def test_the_calendar_check_sees_weekdays() -> None:
    assert sum(len(list(find_weekdays(text))) for text in MADE_UP.values()) >= 12


@pytest.mark.parametrize("path", MADE_UP, ids=lambda path: path.name)
def test_no_address_leads_to_a_real_place(path: Path) -> None:
    vocabularies = {"schema.org", "www.w3.org", "gmpg.org"}
    assert {host for host in HOST.findall(MADE_UP[path]) if not host.endswith(".example")} <= vocabularies


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of the demo's pages, made as `onrecord demo` makes it."""
    with open_ledger(tmp_path_factory.mktemp("demo") / "ledger", create=True) as ledger:
        add_pages(ledger, [DEMO])
        yield ledger


def entries_by(ledger: Ledger, name: str) -> list[Entry]:
    return search_entries(ledger, by=name, limit=None)


def test_all_pages_are_in_the_ledger_without_a_problem(ledger: Ledger) -> None:
    assert count(ledger).pages == 12
    assert list_problems(ledger) == []
    assert list(check_ledger(ledger)) == []


def test_the_reprint_is_known_as_one_and_nothing_else_is(ledger: Ledger) -> None:
    wire, reprint = get_page(ledger, WIRE), get_page(ledger, REPRINT)
    assert reprint.copy_of is not None
    assert reprint.copy_of.of_page.id == wire.page.id
    assert reprint.copy_of.share > 0.8
    versions = set(get_page(ledger, "https://selmcourier.example/2031/03/12/boil-water-lower-dell").versions)
    copies = {
        page.id for page in list_pages(ledger, limit=100, offset=0) if get_page(ledger, page.id).copy_of
    }
    assert copies - versions == {reprint.page.id}


def test_a_page_saved_twice_has_two_versions(ledger: Ledger) -> None:
    page = get_page(ledger, "https://selmcourier.example/2031/03/12/boil-water-lower-dell")
    first, second = [get_page(ledger, version) for version in page.versions]
    assert (first.page.captured_at or "") < (second.page.captured_at or "")
    assert any("4,200 homes" in words for entry in first.entries for words in entry.content)
    assert any("2,400 homes" in words for entry in second.entries for words in entry.content)


def test_what_readers_and_other_stories_say_is_no_entry(ledger: Ledger) -> None:
    said = " ".join(words for entry in iter_entries(ledger) for words in entry.content)
    for words in (
        "fixed in mud",
        "heron",
        "no map",
        "four per cent",
        "printed on a mug",
        "There are other rivers",
    ):
        assert words not in said, words
        assert any(words in text for text in WORDS.values()), words


def test_her_line_moves_from_one_tuesday_to_the_next(ledger: Ledger) -> None:
    hers = entries_by(ledger, "Mara Ostrey")
    first = [e for e in hers if "There is no change and there will be none" in " ".join(e.content)]
    second = [e for e in hers if "reviewed in April" in " ".join(e.content)]
    assert {(e.page.published or "")[:10] for e in first} == {"2031-03-11"}
    assert {(e.page.published or "")[:10] for e in second} == {"2031-03-18"}
    assert {e.speaker.id for e in [*first, *second] if e.speaker} == {
        first[0].speaker and first[0].speaker.id
    }


@pytest.mark.parametrize(
    ("quotation", "by", "verdict"),
    [
        ("It is a matter of record: the order is fixed in law.", "Ostrey", "verbatim"),
        ("There is no change and there will be none", None, "verbatim"),
        ("There are no changes and there will be none", "Ostrey", "altered"),
        ("There is no change and there will be none", "Lann", "another speaker"),
        ("the valley stays ours", None, "only in a headline"),
        ("The order is fixed in mud", None, "only outside the article"),
        ("There are other rivers", "Dorvik", "only outside the article"),
        ("The lock keeper has eaten the accounts", None, "not found"),
    ],
)
def test_a_quotation_is_checked_against_all_pages(
    ledger: Ledger, quotation: str, by: str | None, verdict: str
) -> None:
    assert check_quotation(ledger, quotation, by=by).verdict == verdict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It is a matter of record: the order is fixed in law", "There’s no change, and there won’t be any"),
        (
            "The order will be reviewed in April, together with",
            'will be reviewed in April, together with the council"',
        ),
    ],
)
def test_two_outlets_wordings_of_one_remark_are_one_remark(ledger: Ledger, one: str, other: str) -> None:
    def remarks(words: str) -> set[str | None]:
        return {
            e.remark
            for e in iter_entries(ledger)
            if words in " ".join(e.content) and (e.page.published or "")[:10] != "2031-03-19"
        }

    assert len(remarks(one)) == 1
    assert None not in remarks(one)
    assert remarks(one) & remarks(other)


def test_the_day_is_one_story_of_three_outlets_and_a_reprint(ledger: Ledger) -> None:
    stories: dict[str | None, set[str | None]] = {}
    for page in list_pages(ledger, limit=100, offset=0):
        if (page.published or "").startswith("2031-03-11"):
            stories.setdefault(get_page(ledger, page.id).story, set()).add(page.outlet)
    assert None not in stories
    assert len(stories) == 1
