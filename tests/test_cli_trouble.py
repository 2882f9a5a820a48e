"""Trouble at the command line: one clear message and a documented exit code, never a traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from asking import ask
from hypothesis import given
from hypothesis import strategies as st
from made_ledger import make_ledger
from making import html_page

from onrecord.views.cli import hoist
from onrecord.views.terminal import clean, count_of

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    make_ledger(folder)
    return folder


@pytest.mark.parametrize("command", ["said", "story", "speaker", "page", "problems", "export", "verify"])
def test_no_ledger_is_told_with_what_to_do(tmp_path: Path, command: str) -> None:
    answer = ask(command, ledger=tmp_path)
    assert (answer.code, answer.out) == (4, "")
    assert answer.err.startswith("onrecord: there is no ledger in ")
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("words", [["fly"], ["said", "--kind", "loud"], ["check"], ["said", "--limit", "-1"]])
def test_a_command_that_makes_no_sense_is_answered_with_its_usage(words: list[str]) -> None:
    answer = ask(*words)
    assert answer.code == 2
    assert "Usage: onrecord" in answer.err
    assert "Value error" not in answer.err
    assert ask("--json", *words).json["error"]["exit_code"] == 2


def test_a_lone_onrecord_shows_its_help() -> None:
    assert "Commands:" in ask().err + ask().out


def test_the_version_is_the_packages_own() -> None:
    import onrecord

    assert ask("--version").out == f"onrecord {onrecord.__version__}\n"


@pytest.mark.parametrize(("words", "id"), [("page", "p000"), ("story", "t000"), ("speaker", "Nobody Atall")])
def test_what_is_not_there_is_told_in_json_too(ledger: Path, words: str, id: str) -> None:
    assert ask(words, id, ledger=ledger).code == 1
    error = ask("--json", words, id, ledger=ledger).json["error"]
    assert (error["type"], error["exit_code"]) == ("NotFound", 1)
    assert id in error["message"]


def test_a_fault_of_ours_is_told_without_a_traceback(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("seven by nought")

    monkeypatch.setattr("onrecord.ledger.list_problems", fail)
    answer = ask("problems", ledger=ledger)
    assert answer.code == 70
    assert "ZeroDivisionError: seven by nought" in answer.err
    assert "Traceback" not in answer.err
    monkeypatch.setenv("ONRECORD_DEBUG", "1")
    assert "Traceback" in ask("problems", ledger=ledger).err


@pytest.mark.skipif(os.name == "nt", reason="pipes end another way there")
def test_a_reader_that_leaves_early_is_no_trouble(ledger: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "--ledger", str(ledger), "export"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as export:
        assert export.stdout is not None
        assert export.stderr is not None
        export.stdout.close()
        assert export.stderr.read() == b""
    assert export.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_that_cannot_be_written_is_told(ledger: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "onrecord", "--ledger", str(ledger), "said"]
        answer = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert answer.returncode == 12
    assert answer.stderr.startswith("onrecord: the answer can't be written: No space left on device")
    assert answer.stderr.count("\n") == 1


def test_any_address_but_this_machines_own_needs_a_password(ledger: Path) -> None:
    answer = ask("serve", "--host", "0.0.0.0", ledger=ledger)
    assert answer.code == 2
    assert "--auth" in answer.err
    assert ask("serve", "--host", "0.0.0.0", "--auth", "nobody", ledger=ledger).code == 2


def test_a_batch_needs_something_to_read_and_a_place_to_write(tmp_path: Path) -> None:
    answer = ask("batch", tmp_path / "one.warc")
    assert answer.code == 2
    assert "at least two places" in answer.err


@given(st.text())
def test_no_words_of_a_page_command_a_terminal(words: str) -> None:
    shown = clean(words)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    shown.encode()


EVIL = "\x1b]0;owned\x07 [red]Brook[/red] \x9b31m \u202eback"


def test_a_page_full_of_terminal_codes_and_markup_is_shown_as_text(tmp_path: Path) -> None:
    page = tmp_path / "evil.html"
    quote = f"“The ferry {EVIL} will run,” Ada Brook said on Tuesday."
    page.write_text(html_page(quote, headline=f"Evil {EVIL}"), encoding="utf-8")
    ask("add", page, ledger=tmp_path / "ledger")
    for words in (["said"], ["page"], ["page", str(page)], ["speaker"], ["--json", "said"], ["export"]):
        out = ask(*words, ledger=tmp_path / "ledger").out
        assert not set(out) & set("\x1b\x07\x9b\u202e")
    assert "[red]Brook[/red]" in ask("said", ledger=tmp_path / "ledger").out


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminal there")
def test_on_a_terminal_markup_of_a_page_is_not_read_and_its_codes_are_gone(tmp_path: Path) -> None:
    page = tmp_path / "evil.html"
    quote = f"“The ferry {EVIL} will run,” Ada Brook said on Tuesday."
    page.write_text(html_page(quote, headline=f"Evil {EVIL}"), encoding="utf-8")
    ask("add", page, ledger=tmp_path / "ledger")
    for words in (["said"], ["page", str(page)]):
        shown = on_terminal(*words, ledger=tmp_path / "ledger")
        assert "\x1b[1m" in shown  # colours of our own
        assert "[/red]" in shown
        assert not set(shown) & set("\x07\x9b\u202e")
        assert "\x1b]" not in shown


def on_terminal(*words: str, ledger: Path) -> str:
    """Return what a command shows on a terminal of 80 columns."""
    import pty

    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "NO_COLOR": ""}
    env.pop("NO_COLOR")
    command = [sys.executable, "-m", "onrecord", "--ledger", str(ledger), *words]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env) as asked:
        os.close(theirs)
        shown = b""
        while True:
            try:
                some = os.read(ours, 65536)
            except OSError:  # the terminal's other end is closed
                break
            if not some:
                break
            shown += some
    os.close(ours)
    assert asked.returncode == 0
    return shown.decode()


def test_a_terminal_gets_a_table_that_fits(ledger: Path) -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", on_terminal("said", ledger=ledger))
    assert "─" in shown
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= 80


def test_global_options_stand_anywhere_before_a_double_dash() -> None:
    assert hoist(["said", "a", "--json", "--ledger", "x"]) == ["--json", "--ledger", "x", "said", "a"]
    assert hoist(["said", "--ledger=x", "--", "--json"]) == ["--ledger=x", "said", "--", "--json"]
    assert hoist(["said", "--ledger"]) == ["--ledger", "said"]


def test_the_ledger_may_be_named_by_the_environment(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_LEDGER", str(ledger))
    assert ask("said").out == ask("said", ledger=ledger).out != ""


def test_numbers_have_their_nouns() -> None:
    assert [count_of(number, "page") for number in (0, 1, 1200)] == ["0 pages", "1 page", "1,200 pages"]
    assert count_of(2, "copy", "copies") == "2 copies"


def test_every_command_and_exit_code_is_documented() -> None:
    from onrecord import errors
    from onrecord.views.commands import COMMANDS

    cli = (DOCS / "cli.md").read_text(encoding="utf-8")
    for command, _ in COMMANDS:
        assert f"## {command.__name__}\n" in cli
    codes = (DOCS / "exit-codes.md").read_text(encoding="utf-8")
    ours = {getattr(errors, name).exit_code for name in errors.__all__}
    for code in sorted(ours | {0, 11, 12, 70, 130, 141}):
        assert re.search(rf"^\| {code} \|", codes, re.MULTILINE), f"exit code {code} is not documented"


def test_every_option_is_documented() -> None:
    from onrecord.views.commands import COMMANDS

    cli = (DOCS / "cli.md").read_text(encoding="utf-8")
    for command, _ in COMMANDS:
        options = re.findall(r"^  (?:-\w, )?(--[a-z-]+)", ask(command.__name__, "--help").out, re.MULTILINE)
        section = cli.split(f"## {command.__name__}\n")[1].split("\n## ")[0]
        for option in set(options) - {"--help"}:
            assert f"`{option}" in section, f"{command.__name__} {option} is not documented"
