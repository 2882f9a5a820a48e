"""Readers' comments on record: as spans only, with the page, and shown with readers by number."""

import json
import sqlite3
from pathlib import Path

import pytest
from asking import Answer
from asking import ask as ask_cli
from hypothesis import given, settings
from making import make_capture
from onrecord_comments import ARTICLE, Written, as_wordpress, trees
from web_client import ask as ask_web

from onrecord import read
from onrecord.ledger import (
    check_ledger,
    check_quotation,
    get_page,
    iter_comments,
    iter_entries,
    list_comments,
    open_ledger,
    record_reading,
)
from onrecord.types import Capture
from onrecord.views.web import make_app

HANDLES = ("marshbird", "Old Oarsman", "tollkeeper_7", "Pell Harrick")
WRITTEN = [
    Written(
        "marshbird",
        ("So the council closes what it never paid for.",),
        (Written("Old Oarsman", ("@marshbird They asked in the paper, Pell.",), ()),),
    ),
    Written("tollkeeper_7", ("Old Oarsman is right, and marshbird is not.",), ()),
    Written("Pell Harrick", ("“We will row the boats ourselves,” said the Mayor to me.",), ()),
]
PAGE = as_wordpress(WRITTEN)
CAPTURE = make_capture(PAGE, uri="https://courier.example/ferry", captured_at="2031-05-20T08:00:00Z")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger with one commented page in it."""
    folder = tmp_path_factory.mktemp("commented")
    (folder / "ferry.html").write_text(PAGE, encoding="utf-8")
    assert onrecord(folder / "ledger", "add", folder / "ferry.html").code == 0
    return folder / "ledger"


def onrecord(folder: Path, *words: str | Path) -> Answer:
    """Ask the command line."""
    return ask_cli(*map(str, words), ledger=folder)


def page_id(folder: Path) -> str:
    with open_ledger(folder) as ledger:
        return next(iter(iter_comments(ledger))).page.id


def assert_no_handle(shown: str) -> None:
    assert not [handle for handle in HANDLES if handle.casefold() in shown.casefold()]


def put(folder: Path, capture: Capture = CAPTURE) -> str:
    with open_ledger(folder, create=True) as ledger:
        return record_reading(ledger, capture, read(capture))


def test_what_goes_in_comes_out_equal(tmp_path: Path) -> None:
    page = put(tmp_path)
    with open_ledger(tmp_path) as ledger:
        assert get_page(ledger, page).comments == read(CAPTURE).page.comments
        assert list(check_ledger(ledger)) == []


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path)
    with open_ledger(tmp_path) as ledger:
        before = list(iter_comments(ledger))
    put(tmp_path)
    put(tmp_path, make_capture(PAGE, uri="https://courier.example/elsewhere"))
    with open_ledger(tmp_path) as ledger:
        assert list(iter_comments(ledger)) == before
        assert len(before) == 4


@given(trees())
@settings(deadline=None, max_examples=10)
def test_any_comments_come_out_equal(written: list[Written]) -> None:
    from tempfile import TemporaryDirectory

    capture = make_capture(as_wordpress(written))
    with TemporaryDirectory() as folder:
        page = put(Path(folder), capture)
        with open_ledger(folder) as ledger:
            assert get_page(ledger, page).comments == read(capture).page.comments


def test_a_handle_stands_in_the_text_of_record_and_nowhere_else(folder: Path) -> None:
    connection = sqlite3.connect(folder / "onrecord.sqlite")
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        if table.startswith("pages_"):
            continue  # the text index over pages holds the words of their texts
        for row in connection.execute(f"SELECT * FROM {table}"):
            kept = [value for value in row if isinstance(value, str) and "Council of Selm" not in value[:60]]
            assert_no_handle("\n".join(kept))
    connection.close()


def test_comments_have_readers_by_number(folder: Path) -> None:
    with open_ledger(folder) as ledger:
        found = list_comments(ledger, page_id(folder))
    assert [(one.reader, one.handle, one.parent, one.depth) for one in found] == [
        ("Reader 1", None, None, 0),
        ("Reader 2", None, 0, 1),
        ("Reader 3", None, None, 0),
        ("Reader 4", None, None, 0),
    ]
    assert [one.text for one in found[:3]] == [
        ("So the council closes what it never paid for.",),
        ("@Reader 1 They asked in the paper, Reader 4.",),
        ("Reader 2 is right, and Reader 1 is not.",),
    ]
    assert found[0].posted == "2031-05-12T09:14"
    assert found[0].time == "May 12, 2031 at 9:14 am"


def test_handles_are_given_when_asked_for(folder: Path) -> None:
    with open_ledger(folder) as ledger:
        found = list_comments(ledger, page_id(folder), handles=True)
    assert [one.handle for one in found] == list(HANDLES)
    assert found[1].text == ("@marshbird They asked in the paper, Pell.",)


@pytest.mark.parametrize(
    "words",
    [
        ("page", "PAGE"),
        ("page", "PAGE", "--comments"),
        ("--json", "page", "PAGE"),
        ("--json", "page", "PAGE", "--comments"),
        ("check", "They asked in the paper"),
        ("check", "marshbird They asked in the paper"),
        ("--json", "check", "Old Oarsman is right, and marshbird is not."),
        ("said",),
        ("said", "marshbird"),
        ("speaker",),
        ("story",),
        ("export",),
        ("export", "--format", "csv"),
        ("export", "--comments"),
        ("problems",),
    ],
    ids=" ".join,
)
def test_no_command_shows_a_handle_unless_asked(folder: Path, words: tuple[str, ...]) -> None:
    ended = onrecord(folder, *(page_id(folder) if word == "PAGE" else word for word in words))
    asked = " ".join(words[1:]) if "check" in words else ""
    shown = ended.out.replace(json.dumps(asked), "").replace(asked, "") if asked else ended.out
    assert_no_handle(shown.replace(words[-1], ""))


def test_a_page_tells_only_how_many_comments_it_has(folder: Path) -> None:
    shown = onrecord(folder, "page", page_id(folder)).out
    assert "4 comments, not searched; --comments shows them" in shown
    assert "never paid for" not in shown


def test_a_page_shows_its_comments_when_asked(folder: Path) -> None:
    shown = onrecord(folder, "page", page_id(folder), "--comments").out
    assert "Reader 1, 2031-05-12T09:14" in shown
    assert "  @Reader 1 They asked in the paper, Reader 4." in shown
    assert "nobody asked them to be on record" in shown
    printed = onrecord(folder, "page", page_id(folder), "--handles").out
    assert "marshbird, 2031-05-12T09:14" in printed
    assert "@marshbird They asked in the paper, Pell." in printed


def test_json_of_a_page_keeps_its_spans_without_the_handles(folder: Path) -> None:
    covered = json.loads(onrecord(folder, "--json", "page", page_id(folder)).out)
    printed = json.loads(onrecord(folder, "--json", "page", page_id(folder), "--handles").out)
    assert len(covered["text"]) == len(printed["text"])
    start, end = printed["comments"][0]["handle"]
    assert printed["text"][start:end] == "marshbird"
    assert covered["text"][start:end] == "█" * len("marshbird")
    assert covered["blocks"] == printed["blocks"]


def test_exports_hold_no_comments_unless_asked(folder: Path) -> None:
    rows = [json.loads(line) for line in onrecord(folder, "export").out.splitlines()]
    assert rows
    assert not any("row the boats" in json.dumps(row) for row in rows)
    comments = [json.loads(line) for line in onrecord(folder, "export", "--comments").out.splitlines()]
    assert [row["reader"] for row in comments] == ["Reader 1", "Reader 2", "Reader 3", "Reader 4"]
    assert [row["page"]["id"] for row in comments] == [page_id(folder)] * 4
    assert {row["handle"] for row in comments} == {None}
    named = [
        json.loads(line) for line in onrecord(folder, "export", "--comments", "--handles").out.splitlines()
    ]
    assert [row["handle"] for row in named] == list(HANDLES)


@pytest.mark.parametrize("words", [("--comments", "--format", "csv"), ("--handles",)])
def test_an_export_that_makes_no_sense_is_refused(folder: Path, words: tuple[str, ...]) -> None:
    ended = onrecord(folder, "export", *words)
    assert ended.code == 2
    assert ended.out == ""


def test_comments_are_never_statements(folder: Path) -> None:
    with open_ledger(folder) as ledger:
        assert not any("row the boats" in words for entry in iter_entries(ledger) for words in entry.content)
        checked = check_quotation(ledger, "We will row the boats ourselves")
    assert checked.verdict == "only outside the article"
    assert {hit.role for hit in checked.hits} == {"comment"}
    assert {hit.entry for hit in checked.hits} == {None}


def test_the_web_page_shows_readers_by_number(folder: Path) -> None:
    app = make_app(folder)
    html = ask_web(app, f"/page/{page_id(folder)}").text
    assert_no_handle(html)
    assert "@Reader 1 They asked in the paper, Reader 4." in html
    assert "4 comments by readers, shown by number" in html


def test_the_api_gives_comments(folder: Path) -> None:
    app = make_app(folder)
    id = page_id(folder)
    answer = ask_web(app, f"/api/pages/{id}/comments")
    assert_no_handle(answer.text)
    assert [one["reader"] for one in answer.json()["comments"]] == [f"Reader {n}" for n in range(1, 5)]
    assert_no_handle(ask_web(app, f"/api/pages/{id}").text)
    printed = ask_web(app, f"/api/pages/{id}/comments?handles=true").json()["comments"]
    assert [one["handle"] for one in printed] == list(HANDLES)
    assert "marshbird" in ask_web(app, f"/api/pages/{id}?handles=true").json()["text"]


def test_what_surrounds_a_statement_ends_where_a_reader_is_named(tmp_path: Path) -> None:
    said = "<p>“The last boat goes on Friday,” Vane said.</p></article>"
    comment = (
        '<ol class="comments"><li class="comment" id="comment-7"><b class="fn">marshbird</b> '
        "<time>3 May 2031</time><p>It went on Thursday, you know.</p></li></ol>"
    )
    capture = make_capture(ARTICLE.replace("</article>", said) + comment)
    put(tmp_path, capture)
    with open_ledger(tmp_path) as ledger:
        [entry] = [one for one in iter_entries(ledger) if one.content == ("The last boat goes on Friday,",)]
        assert entry.suffix.startswith("” Vane said.")
        assert_no_handle(entry.suffix)
        assert list(check_ledger(ledger)) == []


def test_a_batch_carries_comments(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ferry.html").write_text(PAGE, encoding="utf-8")
    assert onrecord(tmp_path / "none", "batch", tmp_path / "in", tmp_path / "out").code == 0
    assert onrecord(tmp_path / "ledger", "add", tmp_path / "out").code == 0
    with open_ledger(tmp_path / "ledger") as ledger:
        assert [one.reader for one in iter_comments(ledger)] == [f"Reader {n}" for n in range(1, 5)]
