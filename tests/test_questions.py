"""A reported question from the page to every view: it is shown as one, and supports nobody's claim."""

import csv
import io
import json
from pathlib import Path

import pytest
from asking import ask
from web_client import ask as ask_web
from web_client import text_of

from onrecord.views.web import make_app

PAGE = """Ostrey says the dam would hold for a century

By Ada Brill

SELM, March 11 - Mara Ostrey asked whether the dam would hold for a century. “Who pays for it?” she asked.

Ivo Lann said the gates were shut at dawn.
"""
ASKED = ["whether the dam would hold for a century", "Who pays for it?"]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions")
    page = folder / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    assert ask("add", page, ledger=folder / "ledger").code == 0
    return folder / "ledger"


def exported(ledger: Path, form: str) -> str:
    return ask("export", "--format", form, ledger=ledger).out


def test_exports_tell_questions_from_what_was_said(ledger: Path) -> None:
    entries = [json.loads(line) for line in exported(ledger, "jsonl").splitlines()]
    assert [e["content"][0] for e in entries if e["polarity"] == "asked"] == ASKED
    rows = list(csv.DictReader(io.StringIO(exported(ledger, "csv"), newline="")))
    assert [row["content"] for row in rows if row["polarity"] == "asked"] == ASKED


def test_the_command_line_shows_questions(ledger: Path) -> None:
    shown = ask("said", ledger=ledger).out
    assert f"asked {ASKED[0]} [question]" in shown
    assert f"asked: “{ASKED[1]}” [question]" in shown
    assert shown.count("[question]") == len(ASKED)


def test_web_pages_and_api_show_questions(ledger: Path) -> None:
    app = make_app(ledger)
    assert text_of(ask_web(app, "/").text).count("a question") == len(ASKED)
    entries = ask_web(app, "/api/entries").json()["entries"]
    (one,) = (e for e in entries if e["content"] == [ASKED[0]])
    assert one["polarity"] == "asked"
    shown = text_of(ask_web(app, f"/page/{one['page']['id']}?s={one['id']}").text)
    assert "Kind indirect, a question" in shown


def test_a_question_supports_no_headline(ledger: Path) -> None:
    page = ask_web(make_app(ledger), "/api/pages").json()["pages"][0]["id"]
    checks = ask("page", page, "--json", ledger=ledger).json["headline_checks"]
    assert [c["verdict"] for c in checks if c["part"] == "headline"] == ["no words in the body"]
