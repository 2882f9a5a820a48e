"""How sure a statement is: shown where there is a figure, asked for with `least`."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from asking import ask
from made_ledger import make_ledger, make_reading, say
from sqlalchemy import insert
from web_client import ask as ask_web
from web_client import text_of

from onrecord.errors import BadRequest
from onrecord.ledger import open_ledger, record_reading, search_entries
from onrecord.ledger.schema import stories, story_pages
from onrecord.types import Speaker
from onrecord.views.render import render_percent
from onrecord.views.web import make_app

# What was said, and how sure the reader was.
SURE = {
    "The mill stays open": 0.97,
    "The weir is dry": 0.8,
    "The sluice is shut": 0.7962,
    "The ford is deep": 0.29,
    "The bridge is new": None,
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sure") / "ledger"
    lines = [f"“{words},” Tobin Vale said." for words in SURE]
    vale = Speaker(name="Tobin Vale", type="person")
    said = [
        say("\n".join(lines), words, who="Tobin Vale", cue="said", speaker=vale, confidence=sure)
        for words, sure in SURE.items()
    ]
    made = make_reading([("paragraph", line) for line in lines], said, outlet="Northline")
    with open_ledger(folder, create=True) as opened:
        id = record_reading(opened, *made)
        with opened.writing() as connection:
            connection.execute(insert(stories).values(id="e01", title="Vale on the river"))
            connection.execute(insert(story_pages).values(page_id=id, story_id="e01"))
    return folder


@pytest.mark.parametrize(("least", "number"), [(None, 5), (0, 4), (0.29, 4), (0.8, 2), (0.9, 1), (1, 0)])
def test_least_keeps_what_is_at_least_so_sure(ledger: Path, least: float | None, number: int) -> None:
    with open_ledger(ledger) as opened:
        found = [entry.content[0] for entry in search_entries(opened, least=least)]
        assert found == list(SURE)[:number]


@pytest.mark.parametrize("least", [-0.1, 1.7, float("nan"), float("inf")])
def test_least_outside_0_and_1_is_a_bad_request(ledger: Path, least: float) -> None:
    with open_ledger(ledger) as opened, pytest.raises(BadRequest, match="is not from 0 to 1; write"):
        search_entries(opened, least=least)


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.0, "0%"), (0.29, "29%"), (0.7962, "79%"), (0.8, "80%"), (0.999, "99%"), (1.0, "100%")],
)
def test_a_percentage_is_never_more_than_there_is(share: float, shown: str) -> None:
    assert render_percent(share) == shown


def test_said_shows_a_figure_before_the_id_and_nothing_where_there_is_none(ledger: Path) -> None:
    head, *rows = ask("said", ledger=ledger).out.splitlines()
    assert head.split()[-2:] == ["SURE", "ID"]
    assert [row.split()[-2] for row in rows] == ["97%", "80%", "79%", "29%", "new”"]


def test_a_terminal_of_80_columns_has_room_for_figures(ledger: Path) -> None:
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "onrecord", "--ledger", str(ledger), "said"]
    environment = os.environ | {"COLUMNS": "80", "TERM": "xterm"}
    with subprocess.Popen(command, stdout=theirs, stdin=theirs, env=environment) as process:
        os.close(theirs)
        printed = b""
        try:
            while some := os.read(ours, 65536):
                printed += some
        except OSError:  # how Linux tells that the other end is closed
            pass
        os.close(ours)
    assert process.returncode == 0
    assert b"\x1b[2m97%" in printed
    lines = re.sub(r"\x1b\[[0-9;]*m", "", printed.decode()).splitlines()
    assert max(map(len, lines)) == 80
    assert [line.split()[-1] for line in lines if line.rstrip().endswith("%")] == ["97%", "80%", "79%", "29%"]


def test_a_ledger_without_figures_has_no_column_for_them(tmp_path: Path) -> None:
    make_ledger(tmp_path / "ledger")
    assert "SURE" not in ask("said", ledger=tmp_path / "ledger").out
    assert "SURE" not in ask("story", "e01", ledger=tmp_path / "ledger").out


@pytest.mark.parametrize("words", [["said"], ["speaker", "Vale"], ["story", "e01"]])
@pytest.mark.parametrize("least", ["0.8", "80%"])
def test_least_on_the_command_line(ledger: Path, words: list[str], least: str) -> None:
    found = ask("--json", *words, "--least", least, ledger=ledger).json["entries"]
    assert [entry["confidence"] for entry in found] == [0.97, 0.8]
    out = ask(*words, "--least", least, ledger=ledger).out
    assert "The weir is dry" in out
    assert "The sluice is shut" not in out
    assert ("3 statements left out: less sure than 80%, or without a figure." in out) == (words != ["said"])


def test_a_speaker_with_nothing_so_sure_is_shown_all_the_same(ledger: Path) -> None:
    answer = ask("speaker", "Vale", "--least", "1", ledger=ledger)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Tobin Vale (person, 5 statements")
    assert answer.out.endswith("5 statements left out: less sure than 100%, or without a figure.\n")


def test_said_tells_what_the_same_question_finds_without_least(ledger: Path) -> None:
    answer = ask("said", "bridge", "--least", "0", ledger=ledger)
    assert (answer.code, answer.out) == (1, "")
    assert (
        "nothing found that is at least 0% sure; without --least the same question finds 1 statement"
        in answer.err
    )
    assert "nothing found among 5 statements" in ask("said", "walrus", "--least", "0", ledger=ledger).err


@pytest.mark.parametrize("least", ["1.7", "x", "-1", "80", "nan", "", "0,8"])
def test_what_can_not_be_least_is_told_with_what_can(ledger: Path, least: str) -> None:
    for words in (["said"], ["speaker", "Vale"], ["story", "e01"]):
        answer = ask(*words, "--least", least, ledger=ledger)
        assert (answer.code, answer.out) == (2, "")
        expected = (
            f"onrecord: least {least!r} is no number from 0 to 1; write how sure at least: 0.8 or 80%\n"
        )
        assert answer.err == expected


@pytest.mark.parametrize("command", ["speaker", "story"])
def test_a_list_of_speakers_or_stories_takes_no_least(ledger: Path, command: str) -> None:
    answer = ask(command, "--least", "0.8", ledger=ledger)
    assert answer.code == 2
    assert "or ask `onrecord said --least`" in answer.err


@pytest.mark.parametrize("asked", ["least=0.8", "q=least:0.8", "q=least:80%25", "q=least:0&least=0.8"])
def test_the_api_takes_least(ledger: Path, asked: str) -> None:
    answer = ask_web(make_app(ledger), f"/api/entries?{asked}")
    assert [entry["confidence"] for entry in json.loads(answer.content)["entries"]] == [0.97, 0.8]


def test_the_description_says_from_where_to_where_least_goes(ledger: Path) -> None:
    document = json.loads(ask_web(make_app(ledger), "/api/openapi.json").content)
    parameters = document["paths"]["/api/entries"]["get"]["parameters"]
    [number, _] = next(one for one in parameters if one["name"] == "least")["schema"]["anyOf"]
    assert number == {"type": "number", "minimum": 0, "maximum": 1}


def test_the_form_asks_how_sure_at_least_and_keeps_it(ledger: Path) -> None:
    app = make_app(ledger)
    assert ask_web(app, "/?words=weir&least=80%25").headers["location"] == "/?q=least%3A0.8+weir"
    page = ask_web(app, "/?q=least:0.8").text
    assert 'name="least" placeholder="0.8"' in page
    assert 'value="0.8"' in page
    assert "Northline · 80% sure" in text_of(page)
    assert "The sluice is shut" not in page


def test_the_search_page_shows_no_figure_where_there_is_none(ledger: Path) -> None:
    assert "sure" not in text_of(ask_web(make_app(ledger), "/?q=bridge").text.partition('class="line"')[2])


def test_a_least_that_can_not_be_stays_in_the_search_box(ledger: Path) -> None:
    answer = ask_web(make_app(ledger), "/?q=least:1.7")
    assert answer.status_code == 400
    assert 'value="least:1.7"' in answer.text
    assert "least '1.7' is no number from 0 to 1; write how sure at least: 0.8 or 80%" in text_of(answer.text)


def test_the_details_of_a_statement_show_its_figure(ledger: Path) -> None:
    app = make_app(ledger)
    with open_ledger(ledger) as opened:
        shown = {
            entry.content[0]: text_of(ask_web(app, f"/page/{entry.page.id}?s={entry.id}").text)
            for entry in search_entries(opened)
        }
    assert "Confidence 79% core" in shown["The sluice is shut"]
    assert "Confidence" not in shown["The bridge is new"]
