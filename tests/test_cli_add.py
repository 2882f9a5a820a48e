"""Pages into a ledger from the command line: once, idempotent, and stopped at any moment."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from asking import ask
from making import html_page

META = '<meta property="og:site_name" content="The Selm Courier">'
QUOTE = "“The ferry will run again on Friday,” the mayor, Ada Brook, said on Tuesday."


def save(folder: Path, name: str, *paragraphs: str, headline: str = "Ferry to run again") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(html_page(*paragraphs, headline=headline, head=META), encoding="utf-8")
    return file


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    save(folder, "ferry.html", QUOTE, "The boat was built in 1974 and needs a new engine.")
    save(
        folder, "rents.html", "Rents rise in May, the council said in a statement.", headline="Rents to rise"
    )
    return folder


def test_add_tells_what_it_recorded(pages: Path, ledger: Path) -> None:
    answer = ask("add", pages, ledger=ledger)
    assert answer.code == 0
    assert answer.out.startswith("Pages: 2 new, 0 already there, no problems.\nStatements: ")
    assert "ferry will run again" in ask("said", "--by", "Brook", ledger=ledger).out


def test_adding_again_changes_nothing(pages: Path, ledger: Path) -> None:
    ask("add", pages, ledger=ledger)
    before = ask("export", ledger=ledger).out
    again = ask("add", pages, ledger=ledger)
    assert again.out.startswith("Pages: 0 new, 2 already there, no problems.\nStatements: 0 recorded.")
    assert ask("export", ledger=ledger).out == before


def test_what_a_lone_file_cannot_say_is_said_for_it(pages: Path, ledger: Path) -> None:
    told = (
        "--url",
        "https://selmcourier.example/ferry",
        "--published",
        "2031-03-11",
        "--captured-at",
        "2031-03-12",
    )
    ask("add", pages / "ferry.html", *told, ledger=ledger)
    page = ask("--json", "page", "https://selmcourier.example/ferry", ledger=ledger).json["page"]
    assert (page["published"], page["captured_at"]) == ("2031-03-11", "2031-03-12")


def test_a_page_from_standard_input(pages: Path, ledger: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "--ledger", str(ledger), "--json", "add", "-"]
    added = subprocess.run(
        command, input=(pages / "ferry.html").read_bytes(), capture_output=True, check=True
    )
    assert b'"new":1' in added.stdout


def test_a_broken_page_is_told_with_its_place_and_the_others_are_recorded(pages: Path, ledger: Path) -> None:
    (pages / "empty.html").write_bytes(b"")
    answer = ask("add", pages, ledger=ledger)
    assert (answer.code, answer.out.splitlines()[0]) == (0, "Pages: 2 new, 0 already there, 1 problem.")
    assert "empty.html: " in answer.out
    assert "empty.html" in ask("problems", ledger=ledger).out
    assert ask("add", "--strict", pages, ledger=ledger).code == 11


def test_only_broken_pages_is_nothing_read(tmp_path: Path, ledger: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    assert ask("add", tmp_path / "empty.html", ledger=ledger).code == 3


def test_an_empty_folder_is_nothing_read(tmp_path: Path, ledger: Path) -> None:
    (tmp_path / "nothing").mkdir()
    answer = ask("add", tmp_path / "nothing", ledger=ledger)
    assert answer.code == 3
    assert "there is no file in this folder" in answer.out


def test_a_path_that_is_not_there_is_named(tmp_path: Path, ledger: Path) -> None:
    answer = ask("add", tmp_path / "nowhere.html", ledger=ledger)
    assert answer.code == 3
    assert "nowhere.html" in answer.err
    assert not ledger.exists()
    assert ask("--json", "add", tmp_path / "nowhere.html", ledger=ledger).json["error"]["exit_code"] == 3


def test_add_answers_in_json(pages: Path, ledger: Path) -> None:
    added = ask("--json", "add", pages, ledger=ledger).json
    assert (added["new"], added["known"], added["problems"]) == (2, 0, [])
    assert set(added["links"]) >= {"copies", "stories", "remarks"}


def test_a_page_is_found_by_a_copy_of_its_file(pages: Path, ledger: Path, tmp_path: Path) -> None:
    ask("add", pages, ledger=ledger)
    moved = tmp_path / "elsewhere.html"
    moved.write_bytes((pages / "ferry.html").read_bytes())
    assert ask("page", moved, ledger=ledger).out.startswith("Ferry to run again\n")


def test_everything_added_proves_itself(pages: Path, ledger: Path) -> None:
    ask("add", pages, ledger=ledger)
    assert ask("verify", ledger=ledger).out.startswith("Proved: 2 captures and ")


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent another way there")
def test_ctrl_c_keeps_what_was_recorded_and_the_same_command_finishes(tmp_path: Path, ledger: Path) -> None:
    for number in range(80):
        save(tmp_path / "many", f"{number:03}.html", QUOTE, f"It has run {number} times.")
    command = [sys.executable, "-m", "onrecord", "--ledger", str(ledger), "add", str(tmp_path / "many")]
    adding = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    warc = ledger / "captures-0001.warc.gz"
    while adding.poll() is None and not (warc.is_file() and warc.stat().st_size > 2000):
        time.sleep(0.02)
    adding.send_signal(signal.SIGINT)
    out, err = adding.communicate(timeout=30)
    assert (adding.returncode, out) == (130, "")
    assert err.startswith("onrecord: stopped. ")
    recorded = ask("--json", "page", ledger=ledger).json["total"]
    assert 0 < recorded < 80
    finished = ask("--json", "add", tmp_path / "many", ledger=ledger).json
    assert (finished["new"] + finished["known"], finished["known"]) == (80, recorded)
    assert ask("verify", ledger=ledger).code == 0


def test_one_trouble_of_many_pages_is_told_once(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.html").write_bytes(b"")
    answer = ask("add", str(folder), ledger=tmp_path / "ledger")
    told = [line for line in answer.out.splitlines() if "and 2 more" in line]
    assert len(told) == 1
    assert "0.html" in told[0]
