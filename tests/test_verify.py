"""`verify` finds every byte, text and word that is not what was recorded; in a good ledger nothing."""

import json
import sqlite3
from pathlib import Path
from shutil import copytree

import pytest
from ledger_writer import add_pages, made_page

from onrecord.ledger import check_ledger, entry_id, open_ledger, page_id
from onrecord.ledger.warc import warc_files
from onrecord.types import Problem, Span

PAGES = 4


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good") / "ledger"
    add_pages(folder, PAGES)
    return folder


@pytest.fixture
def folder(good: Path, tmp_path: Path) -> Path:
    return copytree(good, tmp_path / "ledger")


def check(folder: Path) -> list[Problem]:
    with open_ledger(folder) as ledger:
        return list(check_ledger(ledger))


def change(folder: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(folder / "onrecord.sqlite") as connection:
        assert connection.execute(statement, values).rowcount == 1
    connection.close()


def test_a_good_ledger_has_no_problem_and_tells_its_progress(good: Path) -> None:
    seen: list[tuple[int, int]] = []
    with open_ledger(good) as ledger:
        assert list(check_ledger(ledger, progress=lambda done, total: seen.append((done, total)))) == []
    assert seen == [(n, PAGES) for n in range(1, PAGES + 1)]


def test_every_flipped_byte_of_a_capture_is_found(folder: Path) -> None:
    (path,) = warc_files(folder)
    whole = path.read_bytes()
    start = whole.index(
        b"\x1f\x8b\x08", 10
    )  # The first record says what software made the file; no entry hangs on it.
    for at in range(start, len(whole), 97):
        if at - whole.rindex(b"\x1f\x8b\x08", 0, at + 1) in range(4, 10):
            continue  # The time and system that gzip notes of itself prove nothing and change nothing.
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        problems = check(folder)
        assert problems, at
        assert "captures-0001.warc.gz at byte" in problems[0].message


def test_a_missing_file_is_found_for_every_capture(folder: Path) -> None:
    warc_files(folder)[0].unlink()
    problems = check(folder)
    assert len(problems) == PAGES
    assert all("can't be read" in problem.message for problem in problems)
    assert {problem.place for problem in problems} == {made_page(n).place for n in range(PAGES)}


def test_a_cut_off_file_is_found(folder: Path) -> None:
    (path,) = warc_files(folder)
    path.write_bytes(path.read_bytes()[:-30])
    (problem,) = check(folder)
    assert "ends in the middle" in problem.message


def test_another_pages_record_is_no_proof(folder: Path) -> None:
    change(folder, "UPDATE captures SET warc_offset = (SELECT max(warc_offset) FROM captures) WHERE id = 1")
    problems = check(folder)
    assert made_page(0).payload_digest in problems[0].message
    assert made_page(3).payload_digest in problems[0].message


def test_a_changed_text_is_found_and_not_matched_elsewhere(folder: Path) -> None:
    change(folder, "UPDATE pages SET text = 'X' || text WHERE n = 1")
    problems = check(folder)
    assert "is not the text of its bytes: from character 0 on" in problems[0].message
    assert any("content of the entry" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("content", '["We will close bridge number 0,"]'),
        ("source", "Tobin Vale"),
        ("cue", "admitted"),
        ("prefix", "He lied: "),
        ("suffix", ""),
        ("id", "s0123456789abcdef"),
    ],
)
def test_changed_words_are_found(column: str, value: str, folder: Path) -> None:
    change(folder, f"UPDATE entries SET {column} = ? WHERE n = 1", value)
    (problem,) = check(folder)
    assert f"the {column} of the entry" in problem.message
    assert problem.place == made_page(0).place
    assert problem.payload_digest == made_page(0).payload_digest
    assert problem.span is not None


def test_a_moved_span_is_found(folder: Path) -> None:
    change(
        folder, "UPDATE entries SET spans = replace(spans, '\"content\":[[', '\"content\":[[1') WHERE n = 1"
    )
    assert {problem.message.split(" ")[1] for problem in check(folder)} >= {"content", "id"}


def test_a_page_without_capture_is_found(folder: Path) -> None:
    change(folder, "DELETE FROM captures WHERE id = 1")
    (problem,) = check(folder)
    assert "has no capture" in problem.message


def test_a_row_that_points_nowhere_is_found(folder: Path) -> None:
    change(folder, "UPDATE entries SET speaker_id = 'k0' WHERE n = 1")
    row, entry = check(folder)
    assert "a row of speakers that does not exist" in row.message
    assert "is under the speaker k0 (review None), but its name" in entry.message


def test_an_older_walks_text_is_kept(folder: Path) -> None:
    """Nobody can make the text again, but its words still prove themselves, and its id names it."""
    digest = made_page(0).payload_digest
    old = page_id(digest, "text-0")
    with sqlite3.connect(folder / "onrecord.sqlite") as connection:
        first = connection.execute("SELECT id FROM pages WHERE n = 1").fetchone()
        connection.execute(
            "UPDATE pages SET id = ?, text_version = 'text-0', text = text || '!' WHERE n = 1", (old,)
        )
        for table in ("captures", "speaker_names", "entries"):
            connection.execute(f"UPDATE {table} SET page_id = ? WHERE page_id = ?", (old, *first))
        entries = connection.execute("SELECT n, spans FROM entries WHERE page_id = ?", (old,)).fetchall()
        for n, spans in entries:
            content = [Span(*pair) for pair in json.loads(spans)["content"]]
            id = entry_id(digest, "text-0", content, ())
            connection.execute("UPDATE entries SET id = ? WHERE n = ?", (id, n))
    connection.close()
    assert check(folder) == []
