"""What stands for an outlet that is not known, for a day without a year, and for a reason told above."""

from dataclasses import replace
from pathlib import Path

import pytest
from asking import ask
from web_client import ask as browse
from web_client import text_of

from onrecord import open_ledger, search_entries
from onrecord.ledger import get_page
from onrecord.ledger.rows import file_of
from onrecord.types import Entry
from onrecord.views.dates import long_day, moment, short_day
from onrecord.views.render import render_days, render_filed_day, render_outlet
from onrecord.views.saying import Saying, tell_once
from onrecord.views.web import make_app

TEXT = (
    "Bridge row grows in Selm\n\nBy Ida Korr March 11, 2031\n\n"
    "Council leader Dana Ruel said on Monday that the north bridge would stay closed until June.\n\n"
    "“We will open it when it is safe,” Ruel told reporters on Monday.\n"
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shown")
    (folder / "bridge row.txt").write_text(TEXT, encoding="utf-8")
    assert ask("add", folder / "bridge row.txt", ledger=folder / "ledger").code == 0
    return folder / "ledger"


@pytest.fixture(scope="module")
def entry(ledger: Path) -> Entry:
    with open_ledger(ledger) as opened:
        [found] = search_entries(opened, '"when it is safe"')
    return found


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("saved/may/bridge.txt", "bridge.txt"),
        ("C:\\saved\\bridge.txt", "bridge.txt"),
        ("crawl.warc.gz#1234", "crawl.warc.gz"),
        ("saved/no#7/bridge #2.html", "bridge #2.html"),
        ("saved/bridge#2.html", "bridge#2.html"),
        ("-", None),
        ("", None),
        ("/", None),
    ],
)
def test_a_page_knows_the_name_of_its_file_and_not_its_folders(place: str, name: str | None) -> None:
    assert file_of(place) == name


def test_an_unknown_outlet_is_its_credit_else_its_site_else_its_file(entry: Entry) -> None:
    known = replace(entry.page, outlet="The Selm Courier", credit="Vesna", uri="https://selm.example/a")
    assert render_outlet(known) == "The Selm Courier"
    assert render_outlet(replace(known, outlet=None)) == "Vesna"
    assert render_outlet(replace(known, outlet=None, credit=None)) == "selm.example"
    bare = replace(known, outlet=None, credit=None, uri=None)
    assert render_outlet(bare) == "bridge row.txt"
    assert render_outlet(replace(bare, uri="http://[broken")) == "bridge row.txt"
    assert render_outlet(replace(bare, file=None)) == "an outlet not known"


@pytest.mark.parametrize("words", [("said",), ("page",), ("speaker", "Ruel"), ("check", "when it is safe")])
def test_no_list_takes_a_pages_id_for_an_outlet(ledger: Path, entry: Entry, words: tuple[str, ...]) -> None:
    out = ask(*words, ledger=ledger).out
    assert "bridge row.txt" in out
    assert f"page {entry.page.id} " not in out.partition(",")[0]


def test_json_has_the_files_name(ledger: Path) -> None:
    [one, *_] = ask("--json", "said", ledger=ledger).json["entries"]
    assert one["page"]["file"] == "bridge row.txt"


def test_a_day_without_a_year_is_told_in_words() -> None:
    assert long_day("--03-11") == "11 March"
    assert short_day("--03-11") == "11 Mar"
    assert moment("--03-11") == "11 Mar"
    assert long_day("--13-11") == "--13-11"
    assert render_filed_day("--03-11") == "11 March, no year printed"
    assert render_filed_day("2031-03-11") == "2031-03-11"
    assert render_days(["2005-11-11", "2016-11-11", "2022-11-11"]) == "11 November of 2005, 2016 or 2022"


def test_the_reason_of_an_inferred_day_stands_once_for_a_page(entry: Entry) -> None:
    row = Saying(entry=entry, day="10 Mar 2031", iso="2031-03-10", how="inferred, “Monday”", chain=())
    other = replace(row, entry=replace(entry, page=replace(entry.page, id="p2")))
    printed = replace(row, entry=replace(entry, said_on_known="printed"), how="printed, “Monday”")
    open_one = replace(row, entry=replace(entry, said_on_candidates=("2031-03-10", "2031-03-03")))
    assert entry.said_on_known == "inferred"
    told = [one.how for one in tell_once([row, row, other, other, printed, printed, open_one])]
    reason, rest = "inferred, “Monday”", "inferred"
    assert told == [reason, rest, reason, rest, "printed, “Monday”", "printed, “Monday”", reason]


def test_the_list_in_the_browser_has_it_once_and_the_statement_itself_always(
    ledger: Path, entry: Entry
) -> None:
    app = make_app(ledger)
    shown = text_of(browse(app, "/?q=Ruel").text)
    assert shown.count("inferred, “on Monday”") + shown.count("inferred, “Monday”") == 1
    assert shown.count("inferred") == 2
    with open_ledger(ledger) as opened:
        ids = [one.id for one in get_page(opened, entry.page.id).entries]
    for id in ids:
        assert "inferred, “" in text_of(browse(app, f"/page/{entry.page.id}?s={id}").text)
