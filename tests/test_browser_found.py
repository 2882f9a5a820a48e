"""Finding a Chromium for the browser tests, and saying so when there is none."""

from pathlib import Path

import browser
import pytest


def _put_program(folder: Path, name: str) -> str:
    program = folder / name
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return str(program)


def test_the_one_that_is_named_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _put_program(tmp_path, "chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ONRECORD_CHROMIUM", _put_program(tmp_path, "mine"))
    assert browser.find_chromium() == str(tmp_path / "mine")


def test_a_name_that_leads_nowhere_is_told_and_no_other_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _put_program(tmp_path, "chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ONRECORD_CHROMIUM", str(tmp_path / "gone"))
    assert browser.find_chromium() is None
    assert browser.main() == 1
    assert "gone" in capsys.readouterr().err


def test_one_on_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    path = _put_program(tmp_path, "google-chrome")
    assert browser.find_chromium() == path


def test_without_any_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise OSError("no network")

    monkeypatch.delenv("ONRECORD_CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "find_chromium", lambda: None)
    monkeypatch.setattr(browser, "install_chromium", fail)
    assert browser.main() == 1
    said = capsys.readouterr().err
    assert "no network" in said
    assert "install the package `chromium`" in said
