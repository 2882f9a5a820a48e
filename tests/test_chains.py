"""Whom "she" and "the mayor" mean: the chain of mentions from the page into the ledger and every view."""

from pathlib import Path

import pytest
from asking import ask
from fastapi import FastAPI
from web_client import ask as ask_web
from web_client import text_of

from onrecord.views.web import make_app

TEXT = """Anna Holm is the mayor of Karsk.

The mayor of Karsk said the bridge was shut. She said nobody had asked her.

“It was never lost,” said Hanne Dorvik.
"""
CHAIN = ["She", "The mayor of Karsk", "Anna Holm"]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chain")
    (folder / "page.txt").write_text(TEXT, encoding="utf-8")
    assert ask("add", str(folder / "page.txt"), ledger=folder / "ledger").code == 0
    return folder / "ledger"


def test_the_chain_is_kept_in_the_ledger_and_stands_in_json(ledger: Path) -> None:
    entries = ask("said", "--json", ledger=ledger).json["entries"]
    (she,) = [entry for entry in entries if entry["source"] == "She"]
    assert she["speaker"]["name"] == "Anna Holm"
    text = ask("page", she["page"]["id"], "--json", ledger=ledger).json["text"]
    assert [text[start:end] for start, end in she["spans"]["speaker"]] == CHAIN


def test_a_page_shows_whom_its_sources_mean(ledger: Path) -> None:
    (page,) = ask("page", "--json", ledger=ledger).json["pages"]
    shown = ask("page", page["id"], ledger=ledger).out
    assert " → ".join(CHAIN) in shown
    assert "→ Hanne Dorvik" not in shown  # the words at the saying give the name


def test_csv_has_the_chain(ledger: Path) -> None:
    assert "speaker_spans" in ask("export", "--format", "csv", ledger=ledger).out.splitlines()[0]


def test_the_browser_shows_whom_a_statement_means(ledger: Path) -> None:
    app: FastAPI = make_app(ledger)
    entries = ask("said", "--json", ledger=ledger).json["entries"]
    (she,) = [entry for entry in entries if entry["source"] == "She"]
    answer = ask_web(app, f"/page/{she['page']['id']}?s={she['id']}")
    assert "Who is meant She → The mayor of Karsk → Anna Holm" in text_of(answer.text)
