"""A ledger that can't be written to, or a run that ends in the middle: a clear message, and nothing lost."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from adding import SAID, Shell, counts_of, onrecord, start_onrecord
from making import html_page

from onrecord.ledger import check_ledger, iter_entries, open_ledger
from onrecord.views.cli import run


def test_a_ledger_that_another_writes_to_is_left_to_it(good: Path, shell: Shell) -> None:
    with open_ledger(shell.ledger, create=True):
        assert shell("add", good) == 5
        assert "wait" in shell.err
    assert shell("add", good) == 0


def test_a_ledger_of_a_newer_version_is_not_touched(good: Path, shell: Shell) -> None:
    assert shell("add", good) == 0
    database = shell.ledger / "onrecord.sqlite"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = database.read_bytes()
    for words in (["add", good], ["said"], ["verify"], ["export"]):
        assert shell(*words) == 6
        assert "newer" in shell.err
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "words", [["said"], ["story"], ["speaker"], ["page"], ["verify"], ["export"], ["check", "x"]]
)
def test_asking_where_no_ledger_is_makes_none(words: list[str], shell: Shell) -> None:
    assert shell(*words) == 4
    assert "--ledger" in shell.err
    assert not shell.ledger.exists()


@pytest.mark.parametrize("place", ["a-file", "a-file/inside"])
def test_a_ledger_can_not_be_made_where_a_file_is(
    place: str, tmp_path: Path, good: Path, shell: Shell
) -> None:
    (tmp_path / "a-file").write_text("something of yours")
    shell.ledger = tmp_path / place
    assert shell("add", good) == 4
    assert "fault of the program" not in shell.err
    assert (tmp_path / "a-file").read_text() == "something of yours"


def test_a_folder_with_something_else_in_it_is_not_taken_for_a_ledger(
    tmp_path: Path, good: Path, shell: Shell
) -> None:
    shell.ledger.mkdir()
    (shell.ledger / "onrecord.sqlite").write_bytes(b"not a database " * 400)
    assert shell("add", good) == 7
    assert (shell.ledger / "onrecord.sqlite").read_bytes() == b"not a database " * 400


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
@pytest.mark.parametrize("limit", [2_000, 250_000])
def test_a_full_disk_loses_nothing_and_the_next_run_goes_on(
    limit: int, tmp_path: Path, good: Path, shell: Shell
) -> None:
    import resource

    def fill_up() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    folder = tmp_path / "more"
    folder.mkdir()
    noise = [str(n * 7919 % 100_003) for n in range(3000)]
    for number in range(6):
        (folder / f"{number:02}.html").write_text(
            html_page(SAID, " ".join(noise[number:]), headline=f"Headline {number}"), encoding="utf-8"
        )
    assert shell("add", good) == 0
    ended = onrecord(shell.ledger, "add", folder, before=fill_up)
    assert ended.code == 8, ended
    assert "room" in ended.err
    assert 1 <= counts_of(shell.ledger).pages < 7
    assert shell("verify") == 0
    assert shell("add", folder) == 0
    assert counts_of(shell.ledger).pages == 7
    assert shell("verify") == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_killed_in_the_middle_again_and_again_it_ends_as_if_never_killed(
    tmp_path: Path, shell: Shell
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(30):
        text = html_page(SAID, f"That was page {number} of thirty, all alike.", headline=f"Headline {number}")
        (folder / f"{number:02}.html").write_text(text, encoding="utf-8")
    for kill in range(2):
        process = start_onrecord(shell.ledger, "add", folder)
        wait_for_growth(shell.ledger, process, 1_000 * (kill + 1))
        process.kill()
        process.communicate()
    assert shell("add", folder) == 0
    killed, whole = shell.ledger, tmp_path / "whole"
    assert run(["--ledger", str(whole), "add", str(folder)]) == 0
    assert counts_of(killed) == counts_of(whole)
    with open_ledger(killed) as one, open_ledger(whole) as other:
        assert {entry.id for entry in iter_entries(one)} == {entry.id for entry in iter_entries(other)}
        assert list(check_ledger(one)) == []


def wait_for_growth(ledger: Path, process: "subprocess.Popen[str]", size: int) -> None:
    """Wait until the ledger's WARC files have grown by so many bytes, or the program has ended."""

    def written() -> int:
        return sum(file.stat().st_size for file in ledger.glob("*.warc.gz"))

    start, end = written(), time.monotonic() + 30
    while process.poll() is None and written() < start + size and time.monotonic() < end:
        time.sleep(0.002)
