"""Bad input, from the command line to the ledger: a clear message or a `problems` row, a known exit code.

What was recorded stays recorded, and running again completes it. The same at full size: `tests/torture/`.
"""

import gzip
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from adding import GOOD, SAID, Shell, counts_of, messages_of
from hypothesis import given, settings
from hypothesis import strategies as st
from making import html_page, make_capture

from onrecord.reading import read


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("empty.html", b""),
        ("empty.txt", b""),
        ("spaces.html", b" \r\n\t\n"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
        ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40),
        ("empty.warc.gz", b""),
        ("not-a-gzip.warc.gz", b"this is not gzip at all, whatever its name says"),
        ("not-an-archive.warc.gz", gzip.compress(b"nor is this an archive", mtime=0)),
        ("empty.mhtml", b""),
        ("no-page-inside.mhtml", b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
    ],
)
def test_a_file_without_a_page_is_a_problem_that_names_it(
    name: str, payload: bytes, tmp_path: Path, good: Path, shell: Shell
) -> None:
    bad = tmp_path / name
    bad.write_bytes(payload)
    assert shell("add", bad) == 3
    assert name in shell.out + shell.err
    assert messages_of(shell.ledger) != []
    # Beside a good page it is only a remark at the end: the page is recorded.
    assert shell("add", good, bad) == 0
    assert "1 problem" in shell.out
    assert shell("add", good, bad, "--strict") == 11
    assert counts_of(shell.ledger).pages == 1


@pytest.mark.parametrize(
    "payload",
    [
        GOOD.encode("cp1252"),
        GOOD.encode("utf-16"),
        GOOD.replace("utf-8", "klingon").encode("utf-8"),
        GOOD.replace("utf-8", "us-ascii").encode("utf-8"),
        GOOD.replace("utf-8", "utf-16").encode("utf-8"),
        GOOD.replace("reporters", "repor\x00ters").encode("utf-8").replace(b"\x00", b""),
        GOOD.encode("utf-8").replace(b"dog", b"d\xffg"),
        b"\xef\xbb\xbf" + GOOD.encode("utf-8"),
    ],
    ids=["cp1252", "utf-16", "no such", "ascii", "not utf-16", "nul", "broken", "bom"],
)
def test_a_page_whose_encoding_is_wrong_is_read_all_the_same(
    payload: bytes, tmp_path: Path, shell: Shell
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(payload)
    assert shell("add", page) == 0
    assert shell("said", "--by", "Ostrey") == 0
    assert "“The order is fixed in law" in shell.out


@pytest.mark.parametrize("tag", ["div", "b", "p><font"])
def test_tags_nested_a_hundred_thousand_deep_hide_nothing(tag: str, tmp_path: Path, shell: Shell) -> None:
    page = tmp_path / "deep.html"
    page.write_text(f"<html><body>{f'<{tag}>' * 100_000}<p>{SAID}</p>", encoding="utf-8")
    assert shell("add", page) == 0
    assert messages_of(shell.ledger) != []
    assert shell("said", "fixed in law") == 0


def test_a_page_that_is_no_news_is_kept_and_has_nothing_said(tmp_path: Path, shell: Shell) -> None:
    page = tmp_path / "shop.html"
    page.write_text(
        "<html><body><h1>Boat varnish</h1><p>48 crowns</p><button>Add to basket</button></body></html>"
    )
    assert shell("add", page) == 0
    counts = counts_of(shell.ledger)
    assert (counts.pages, counts.entries) == (1, 0)
    assert shell("said") == 1


def test_a_folder_with_broken_things_gives_its_good_pages(tmp_path: Path, good: Path, shell: Shell) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "page.html").write_text(GOOD, encoding="utf-8")
    (folder / "empty.html").touch()
    (folder / "gone.html").symlink_to(folder / "nowhere.html")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "self.html").symlink_to(folder / "self.html")
    os.mkfifo(folder / "pipe.html")
    assert shell("add", folder) == 0
    assert counts_of(shell.ledger).pages == 1
    told = shell.out + shell.err
    assert "empty.html" in told
    assert "gone.html" in told


@contextmanager
def nobody() -> Iterator[None]:
    """Do what follows without root's rights, which no closed folder binds; others stay who they are."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_folder_that_may_not_be_read_is_named(good: Path, shell: Shell) -> None:
    assert shell("add", good) == 0  # Loads all that nobody may not load.
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o777)
        pages = Path(open_to_all) / "pages"
        closed = pages / "closed"
        closed.mkdir(parents=True)
        (pages / "page.html").write_text(GOOD, encoding="utf-8")
        closed.chmod(0)
        shell.ledger = Path(open_to_all) / "ledger"
        with nobody():
            assert shell("add", pages) == 0
            assert "closed" in shell.out
            assert shell("add", closed) == 3
            assert "closed" in shell.out + shell.err
        assert counts_of(shell.ledger).pages == 1
        closed.chmod(0o700)


@pytest.mark.parametrize("name", ["nowhere.html", "no/such/folder", "empty-folder", "\x1b[31mred.html"])
def test_what_is_not_there_is_said_in_plain_words(name: str, tmp_path: Path, shell: Shell) -> None:
    (tmp_path / "empty-folder").mkdir()
    assert shell("add", tmp_path / name) == 3
    told = shell.out + shell.err
    assert name.replace("\x1b", "") in told.replace("\N{REPLACEMENT CHARACTER}", "").replace("\\x1b", "")
    assert "Traceback" not in told
    assert "fault of the program" not in told
    assert "\x1b" not in told


@pytest.mark.parametrize(
    "option", [("--published", "last Tuesday"), ("--captured-at", "2031-13-45"), ("--published", "")]
)
def test_a_date_that_is_none_is_a_bad_request(option: tuple[str, str], good: Path, shell: Shell) -> None:
    assert shell("add", good, *option) == 2
    assert option[0].lstrip("-").split("-")[0] in shell.err.lower()


def test_the_same_file_twice_changes_nothing(tmp_path: Path, good: Path, shell: Shell) -> None:
    assert shell("add", good, good) == 0
    before = counts_of(shell.ledger)
    size = sum(file.stat().st_size for file in shell.ledger.glob("*.warc.gz"))
    again = tmp_path / "the-same-under-another-name.html"
    again.write_bytes(good.read_bytes())
    assert shell("add", good, again) == 0
    assert counts_of(shell.ledger) == before
    assert before.pages == before.captures == 1
    assert sum(file.stat().st_size for file in shell.ledger.glob("*.warc.gz")) == size


def test_an_archive_cut_off_gives_what_it_has_and_says_so(tmp_path: Path, shell: Shell) -> None:
    archive = tmp_path / "cut.warc.gz"
    whole = b"".join(gzip.compress(warc_record(number), mtime=0) for number in range(4))
    archive.write_bytes(whole[:-40])
    assert shell("add", archive) == 0
    assert counts_of(shell.ledger).pages == 3
    assert "cut" in " ".join(messages_of(shell.ledger)).replace("cut.warc.gz", "")
    # The whole archive, fetched again, brings the page that was missing and nothing twice.
    archive.write_bytes(whole)
    assert shell("add", archive) == 0
    assert counts_of(shell.ledger).pages == 4


def warc_record(number: int) -> bytes:
    page = GOOD.replace("A headline", f"Headline {number}").encode("utf-8")
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Target-URI: https://northline.example/{number}\r\nWARC-Date: 2031-03-11T14:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def test_words_of_a_page_can_not_command_the_terminal(tmp_path: Path, shell: Shell) -> None:
    page = tmp_path / "page.html"
    nasty = "“The order \x1b]0;owned\x07is \x1b[2Jfixed\u202e in law,” Mara \x9b31mOstrey told reporters."
    page.write_text(html_page(nasty, headline="A \x1b[31mheadline"), encoding="utf-8")
    assert shell("add", page) == 0
    for words in (["said"], ["page", page], ["check", "The order is fixed in law"], ["speaker"], ["story"]):
        shell(*words)
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shell.out + shell.err), words


@pytest.mark.parametrize(
    "words", ['"', "NEAR(", "order AND", "*", "a" * 5000, "'; DROP TABLE entries; --", "\x00"]
)
def test_odd_words_in_a_question_are_only_words(words: str, good: Path, shell: Shell) -> None:
    assert shell("add", good) == 0
    assert shell("said", words) in (0, 1, 2)
    assert shell("check", words) in (0, 1, 2)
    assert "fault of the program" not in shell.err


def test_five_megabytes_of_html_are_read_in_seconds(tmp_path: Path, shell: Shell) -> None:
    page = tmp_path / "long.html"
    plain = "It had been open since the morning, and nobody could say why. " * 8
    paragraphs = (f"“The gate number {n} is shut,” Mara Ostrey said. {plain}" for n in range(9_500))
    page.write_text(html_page(*paragraphs), encoding="utf-8")
    assert page.stat().st_size > 5_000_000
    # Of this processor's own time: what others do on the machine meanwhile is not counted.
    start = time.process_time()
    assert shell("add", page) == 0
    assert time.process_time() - start < 60
    assert counts_of(shell.ledger).pages == 1


MARKS = st.sampled_from(
    ["“", "”", '"', "'", "‘", "’", "«", "»", "said", "Ostrey", "on Tuesday", "\n", "<p>", "</p>", " "]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(MARKS, st.text(max_size=8)), max_size=40), st.booleans())
def test_any_text_has_a_reading_whose_spans_name_words_of_the_page(pieces: list[str], html: bool) -> None:
    text = " ".join(pieces).encode("utf-8", "replace")
    reading = read(make_capture(text, media_type="text/html" if html else "text/plain"))
    length, end = len(reading.page.text), 0
    for block in reading.page.blocks:
        assert end <= block.span.start < block.span.end <= length
        end = block.span.end
    for statement in reading.statements:
        for span in (*statement.source, *statement.cue, *statement.content):
            assert 0 <= span.start < span.end <= length


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_page_has_a_reading(data: st.DataObject) -> None:
    payload = bytearray(GOOD, "utf-8")
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(payload)))
        what = data.draw(st.sampled_from(["cut", "bytes", "double", "end"]))
        if what == "cut":
            del payload[place : place + data.draw(st.integers(1, 60))]
        elif what == "bytes":
            payload[place:place] = data.draw(st.binary(max_size=8))
        elif what == "double":
            payload[place:place] = payload[max(0, place - 50) : place]
        else:
            del payload[place:]
    assert read(make_capture(bytes(payload), media_type="text/html")) is not None
