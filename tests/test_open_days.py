"""A day that a page leaves open is shown with the days it could be, in every view and export."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from asking import ask
from making import html_page
from web_client import ask as browse
from web_client import text_of

from onrecord.ledger import count, open_ledger
from onrecord.views.web import make_app

FIRST = "\n\n".join(
    [
        "Dam at Selm will hold through the winter",
        "SELM, Nov 11 (Northline) – The dam at Selm will hold through the winter, water minister Ada Brill "
        "told reporters on Friday.",
        "“We have checked every gate of the dam, and the valley can sleep,” Brill said.",
        "The gates of the dam at Selm were opened in the night when the water rose to the third mark.",
    ]
)
SECOND = "\n\n".join(
    [
        "Minister says dam at Selm will hold",
        "SELM, Nov 11 (Vesna) – Water minister Ada Brill said on Friday that the dam at Selm would hold "
        "through the winter.",
        "“We have checked every gate of the dam, and the valley can sleep,” she told reporters in the town.",
        "The water rose to the third mark in the night and the gates of the dam at Selm were opened.",
    ]
)
DAYS = ["2033-11-11", "2022-11-11", "2016-11-11", "2011-11-11", "2005-11-11"]
SHORT = "11 November of 2005, 2011, 2016, 2022 or 2033"
LONG = "11 Nov 2033, 11 Nov 2022, 11 Nov 2016, 11 Nov 2011 or 11 Nov 2005"
QUOTED = "We have checked every gate of the dam, and the valley can sleep"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("open")
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND)):
        (folder / name).write_text(text, encoding="utf-8")
    ledger = folder / "ledger"
    assert ask("add", folder / "first.txt", folder / "second.txt", ledger=ledger).code == 0
    with open_ledger(ledger) as opened:
        assert count(opened).stories == 1
    return ledger


def ids(ledger: Path) -> dict[str, str]:
    entry = ask("--json", "said", QUOTED, ledger=ledger).json["entries"][0]
    return {
        "entry": entry["id"],
        "page": entry["page"]["id"],
        "story": entry["story"],
        "speaker": entry["speaker"]["id"],
        "remark": entry["remark"],
    }


@pytest.mark.parametrize(
    "words",
    [
        ("said", "Brill"),
        ("page", "{page}"),
        ("speaker", "Brill"),
        ("story", "{story}"),
        ("check", QUOTED),
    ],
)
def test_the_command_line_shows_the_days_it_could_be(made: Path, words: tuple[str, ...]) -> None:
    known = ids(made)
    answer = ask(*(word.format(**known) for word in words), ledger=made)
    assert SHORT in answer.out
    assert "unresolved" in answer.out


@pytest.mark.parametrize(
    "words", [("said",), ("page", "{page}"), ("speaker", "Brill"), ("story", "{story}"), ("check", QUOTED)]
)
def test_json_has_the_days_it_could_be(made: Path, words: tuple[str, ...]) -> None:
    known = ids(made)
    answer = ask("--json", *(word.format(**known) for word in words), ledger=made)
    assert DAYS in list(find_values(answer.json, "said_on_candidates"))


def find_values(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        yield from ([value[name]] if name in value else [])
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from find_values(one, name)


def test_the_page_itself_shows_the_days_it_could_be(made: Path) -> None:
    out = " ".join(ask("page", ids(made)["page"], ledger=made).out.split())
    assert f"published {SHORT} (unresolved: dateline Nov 11)" in out


def test_a_speaker_is_told_how_many_days_are_open(made: Path) -> None:
    assert "no dates and 4 unresolved days" in ask("speaker", "Brill", ledger=made).out


@pytest.mark.parametrize(
    "path",
    [
        "/?q=Brill",
        "/page/{page}?s={entry}",
        "/page/{page}",
        "/speaker/{speaker}",
        "/story/{story}",
        "/remark/{remark}",
        "/check?quotation=We+have+checked+every+gate+of+the+dam",
    ],
)
def test_the_web_pages_show_the_days_it_could_be(made: Path, path: str) -> None:
    answer = browse(make_app(made), path.format(**ids(made)))
    assert answer.status_code == 200
    shown = text_of(answer.text)
    assert LONG in shown or SHORT in shown
    assert "unresolved" in shown


@pytest.mark.parametrize(
    "path", ["/api/entries", "/api/entries/{entry}", "/api/pages/{page}", "/api/stories/{story}"]
)
def test_the_api_has_the_days_it_could_be(made: Path, path: str) -> None:
    answer = browse(make_app(made), path.format(**ids(made)))
    assert answer.status_code == 200
    assert DAYS in list(find_values(answer.json(), "said_on_candidates"))


def test_the_exports_have_the_days_it_could_be(made: Path) -> None:
    lines = [json.loads(line) for line in ask("export", ledger=made).out.splitlines()]
    assert DAYS in [line["said_on_candidates"] for line in lines]
    rows = list(csv.DictReader(io.StringIO(ask("export", "--format", "csv", ledger=made).out)))
    assert " ".join(DAYS) in [row["said_on_candidates"] for row in rows]


def test_a_batch_keeps_the_days_it_could_be_in_its_tables_and_into_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "first.txt").write_text(FIRST, encoding="utf-8")
    assert ask("batch", tmp_path / "pages", tmp_path / "out", "--workers", "1").code == 0
    (table,) = (tmp_path / "out").rglob("entries.parquet")
    kept = [json.loads(value) for value in pq.read_table(table).column("said_on_candidates").to_pylist()]
    assert DAYS in kept
    assert ask("add", tmp_path / "out", ledger=tmp_path / "ledger").code == 0
    loaded = ask("--json", "said", ledger=tmp_path / "ledger").json["entries"]
    assert DAYS in [entry["said_on_candidates"] for entry in loaded]


WEEKEND = html_page(
    "In a report published over the weekend, the Valley Trust said the dam at Selm had leaked for years.",
    "“We have checked every gate of the dam,” water minister Ada Brill said last week at the town hall.",
    head='<meta property="article:published_time" content="2031-03-18T09:00:00Z">',
)


def test_a_month_is_shown_with_the_days_of_it_that_it_could_be(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(WEEKEND, encoding="utf-8")
    ledger = tmp_path / "ledger"
    ask("add", tmp_path / "page.html", ledger=ledger)
    entries = ask("--json", "said", ledger=ledger).json["entries"]
    assert {entry["said_on"] for entry in entries} == {"2031-03"}
    out = ask("said", ledger=ledger).out
    assert "2031-03-15 or 2031-03-16 (inferred)" in out
    assert "2031-03-10 to 2031-03-16 (inferred)" in out
    shown = text_of(browse(make_app(ledger), "/").text)
    assert "Mar 2031 inferred, “the weekend”: 16 Mar 2031 or 15 Mar 2031" in shown
    assert "Mar 2031 inferred, “last week”: 10 to 16 March 2031" in shown
