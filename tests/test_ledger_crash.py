"""A ledger after a crash: at most the page being written is lost, and running again adds it."""

import random
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from ledger_writer import add_pages, made_page, run_writer

from onrecord.ledger import check_ledger, count, open_ledger
from onrecord.ledger.warc import WarcWriter, read_header_words, read_payload, warc_files

WRITER = Path(__file__).parent / "ledger_writer.py"
PAGES = 6


def pages_in_warc(folder: Path) -> list[bytes]:
    """Return the bytes of every page, as a tool of the archives' world reads them."""
    found = []
    for path in warc_files(folder):
        with path.open("rb") as file:
            records = ArchiveIterator(file, record_types=WarcRecordType.resource, parse_http=False)
            found += [record.reader.read() for record in records]
    return found


def assert_complete(folder: Path, pages: int = PAGES) -> None:
    with open_ledger(folder) as ledger:
        assert list(check_ledger(ledger)) == []
        found = count(ledger)
        assert (found.pages, found.captures) == (pages, pages)
        assert found.entries >= pages
    payloads = [made_page(n).payload for n in range(pages)]
    assert set(payloads) <= set(pages_in_warc(folder))


@pytest.mark.parametrize(
    ("moment", "kept"),
    [
        (("migrate", "call", 1), 0),
        (("make_fulltext", "return", 1), 0),
        (("WarcWriter._begin_file", "return", 1), 0),
        (("WarcWriter.append", "call", 3), 2),
        (("_resource", "return", 3), 2),
        (("Ledger.append", "return", 3), 2),  # the bytes are there, no row is
        (("_insert_page", "return", 3), 2),
        (("_insert_entries", "return", 3), 2),
        (("_insert_capture", "return", 3), 2),
        (("record_capture", "return", 3), 3),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else None,
)
def test_kill_9_loses_at_most_the_page_being_written(
    moment: tuple[str, str, int], kept: int, tmp_path: Path
) -> None:
    make_tables = moment[0] in ("migrate", "make_fulltext")
    assert run_writer(tmp_path, PAGES, die=moment, make_tables=make_tables) == -signal.SIGKILL
    if kept:
        assert_complete_so_far(tmp_path, kept)
    assert add_pages(tmp_path, PAGES) == PAGES - kept
    assert_complete(tmp_path)


def assert_complete_so_far(folder: Path, kept: int) -> None:
    with open_ledger(folder) as ledger:
        assert list(check_ledger(ledger)) == []
        assert count(ledger).pages == kept


def test_kill_9_in_bulk_loses_at_most_the_group(tmp_path: Path) -> None:
    assert run_writer(tmp_path, PAGES, die=("_insert_capture", "return", 5), in_bulk=True) == -signal.SIGKILL
    assert add_pages(tmp_path, PAGES) == PAGES
    assert_complete(tmp_path)


@pytest.fixture(scope="module")
def torn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger whose last record has no row: the crash came between the two."""
    folder = tmp_path_factory.mktemp("torn") / "ledger"
    assert run_writer(folder, PAGES, die=("_insert_page", "call", 4)) == -signal.SIGKILL
    return folder


@pytest.mark.parametrize("lost", [1, 2, 8, 9, 60, 200, 5000])
def test_a_torn_record_is_cut_off(lost: int, torn: Path, tmp_path: Path) -> None:
    folder = copytree(torn, tmp_path / "ledger")
    (path,) = warc_files(folder)
    whole = path.read_bytes()
    start = whole.rindex(b"\x1f\x8b\x08")
    path.write_bytes(whole[: max(start, len(whole) - lost)])
    assert add_pages(folder, PAGES) == PAGES - 3
    assert_complete(folder)
    assert len(pages_in_warc(folder)) == PAGES


def test_bytes_that_are_no_record_are_cut_off(torn: Path, tmp_path: Path) -> None:
    folder = copytree(torn, tmp_path / "ledger")
    (path,) = warc_files(folder)
    start = path.read_bytes().rindex(b"\x1f\x8b\x08")
    path.write_bytes(path.read_bytes()[:start] + bytes(4096))
    assert add_pages(folder, PAGES) == PAGES - 3
    assert_complete(folder)
    assert len(pages_in_warc(folder)) == PAGES


def test_a_whole_record_without_a_row_is_kept(torn: Path, tmp_path: Path) -> None:
    folder = copytree(torn, tmp_path / "ledger")
    assert pages_in_warc(folder) == [made_page(n).payload for n in range(4)]
    assert add_pages(folder, PAGES) == PAGES - 3
    assert_complete(folder)
    assert len(pages_in_warc(folder)) == PAGES + 1


def test_nothing_is_written_behind_a_damaged_record(tmp_path: Path) -> None:
    add_pages(tmp_path, 2)
    (path,) = warc_files(tmp_path)
    broken = bytearray(path.read_bytes())
    broken[-20] ^= 1
    path.write_bytes(broken)
    assert add_pages(tmp_path, PAGES) == PAGES - 2
    assert path.read_bytes() == broken
    assert [file.name for file in warc_files(tmp_path)] == ["captures-0001.warc.gz", "captures-0002.warc.gz"]
    with open_ledger(tmp_path) as ledger:
        (problem,) = check_ledger(ledger)
    assert "can't be read" in problem.message


def test_files_roll_over(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, None, roll_over=1500)
    places = [writer.append(made_page(n), "2031-03-11T00:00:00Z") for n in range(8)]
    writer.close()
    names = [path.name for path in warc_files(tmp_path)]
    assert names == sorted({place.file for place in places})
    assert len(names) > 2
    assert pages_in_warc(tmp_path) == [made_page(n).payload for n in range(8)]
    again = WarcWriter(tmp_path, places[-1], roll_over=1)
    assert again.append(made_page(9), "2031-03-11T00:00:00Z").file not in names
    again.close()


def test_records_name_address_place_and_digest(tmp_path: Path) -> None:
    add_pages(tmp_path, 1)
    capture = made_page(0)
    with warc_files(tmp_path)[0].open("rb") as file:
        info, record = (dict(one.headers) for one in ArchiveIterator(file))
    assert info["WARC-Type"] == "warcinfo"
    assert record["WARC-Type"] == "resource"
    assert record["WARC-Target-URI"] == capture.uri
    assert record["WARC-Payload-Digest"] == record["WARC-Block-Digest"] == capture.payload_digest
    assert record["Onrecord-Place"] == capture.place
    assert record["Content-Type"] == "text/plain"


def test_odd_names_stay_inside_their_header(tmp_path: Path) -> None:
    odd = "a\r\nWARC-Type: fake\r\n\r\n100% ü \udcff"
    writer = WarcWriter(tmp_path, None)
    place = writer.append(replace(made_page(0), place=odd, uri=odd), "2031-03-11T00:00:00Z")
    writer.close()
    headers, payload = read_payload(tmp_path, place)
    assert payload == made_page(0).payload
    assert headers["warc-type"] == "resource"
    assert read_header_words(headers["onrecord-place"]) == odd.replace("\udcff", "?")


@pytest.mark.slow
def test_kill_9_at_any_time(tmp_path: Path) -> None:
    """Kill the writer again and again after a random while, until it is done."""
    dice = random.Random(7)
    for _ in range(40):
        with subprocess.Popen([sys.executable, str(WRITER), str(tmp_path), "400"]) as writer:
            try:
                writer.wait(timeout=dice.uniform(0.3, 2.0))
                break
            except subprocess.TimeoutExpired:
                writer.kill()
    add_pages(tmp_path, 400)
    assert_complete(tmp_path, 400)
