"""Saved files and folders: what is a page, where it comes from, and what becomes of everything else."""

import gzip
import io
import os
import sys
from email.message import EmailMessage
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import html_page
from making_archives import news_records, pack

from onrecord.capture import payload_digest, read_captures
from onrecord.errors import BadRequest, CaptureError
from onrecord.types import Capture, Problem

PAGE = html_page("The bridge over the Selm reopens on Monday.").encode()


def read(path: Path | str) -> tuple[list[Capture], list[Problem]]:
    found = list(read_captures(path))
    return [x for x in found if isinstance(x, Capture)], [x for x in found if isinstance(x, Problem)]


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def read_one(folder: Path, data: bytes, name: str = "page.html") -> Capture:
    (capture,), problems = read(write(folder / name, data))
    assert problems == []
    return capture


def read_trouble(folder: Path, data: bytes, name: str = "page.html") -> str:
    captures, (problem,) = read(write(folder / name, data))
    assert captures == []
    assert problem.stage == "capture"
    assert problem.place == str(folder / name)
    return problem.message


def test_file_is_its_bytes_and_their_digest(tmp_path: Path) -> None:
    capture = read_one(tmp_path, PAGE)
    assert (capture.payload, capture.payload_digest) == (PAGE, payload_digest(PAGE))
    assert (capture.media_type, capture.place) == ("text/html", str(tmp_path / "page.html"))
    assert (capture.uri, capture.captured_at, capture.published, capture.charset) == (None, None, None, None)


@pytest.mark.parametrize("ending", [".html.gz", ".htm.gz", ".txt.gz"])
def test_compressed_file_is_the_page_in_it(tmp_path: Path, ending: str) -> None:
    assert read_one(tmp_path, gzip.compress(PAGE, mtime=0), "page" + ending).payload == PAGE


def test_cut_off_compressed_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    long = PAGE + os.urandom(5000).hex().encode()
    (capture,), (problem,) = read(write(tmp_path / "a.html.gz", gzip.compress(long, mtime=0)[:-2000]))
    assert long.startswith(capture.payload)
    assert "damaged or cut off" in problem.message


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.txt", b"The bridge reopens.\n", "text/plain"),
        ("a.txt", PAGE, "text/html"),
        ("a.txt", b"\xef\xbb\xbf  \n<!-- a note -->\n<!DOCTYPE html><p>x", "text/html"),
        ("a.txt", b"How to write <html> and <body> by hand.\n", "text/plain"),
        ("a.html", b"The bridge reopens.\n\nNo tag stands here, and 3 < 4.\n", "text/plain"),
        ("a.html", b"The bridge <b>reopens</b>.", "text/html"),
        ("a.html", "<!doctype html><html><p>Vělka</p>".encode("utf-16"), "text/html"),
        ("a.txt", "The bridge reopens.".encode("utf-16-le"), "text/plain"),
        ("index.html@p=3", PAGE, "text/html"),
        ("bridge-reopens", b"The bridge reopens.\n", "text/plain"),
        ("bridge.php", PAGE, "text/html"),
    ],
)
def test_what_a_file_holds_goes_before_its_name(
    tmp_path: Path, name: str, data: bytes, media_type: str
) -> None:
    capture = read_one(tmp_path, data, name)
    assert (capture.media_type, capture.payload) == (media_type, data)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.html", b"", "empty"),
        ("a.txt", b"\r\n  \n", "empty"),
        ("a.html", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("a.html", b"%PDF-1.7 the text of a report", "PDF is damaged"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00", "not a page"),
        ("a.js", b"var words = 'said';\n", "not a page"),
        ("a.json", b'{"said": "words"}', "not a page"),
        ("a.html.gz", b"\x1f\x8b\x08\x00", "damaged or cut off"),
        ("a.warc.gz", b"no archive at all, whatever its name says", "damaged"),
    ],
)
def test_what_is_no_page_is_a_problem(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    captures, problems = read(write(tmp_path / name, data))
    assert captures == []
    assert words in problems[0].message


def test_page_over_the_limit_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("lone", "opened"):
        monkeypatch.setattr(f"onrecord.capture.{module}.MAX_PAYLOAD", 1000)
    assert "left out" in read_trouble(tmp_path, PAGE * 10)
    assert "left out" in read_trouble(tmp_path, gzip.compress(PAGE * 1000, mtime=0), "bomb.html.gz")


def test_folder_is_read_in_order_of_names_with_the_folders_in_it(tmp_path: Path) -> None:
    for name in ("b.html", "a/z.txt", "a/.hidden.html", ".git/x.html", "c/d/e.htm", "notes.css"):
        write(tmp_path / name, PAGE)
    write(tmp_path / "f.warc.gz", pack(news_records(range(2))))
    write(tmp_path / "logo.png", b"\x89PNG\r\n\x1a\n")
    captures, problems = read(tmp_path)
    assert [x.place.removeprefix(f"{tmp_path}/").partition("#")[0] for x in captures] == [
        *("a/z.txt", "b.html", "c/d/e.htm", "f.warc.gz", "f.warc.gz", "notes.css")
    ]
    assert [x.place for x in problems] == [str(tmp_path / "logo.png")]


def test_folder_that_a_browser_saved_beside_a_page_is_part_of_it(tmp_path: Path) -> None:
    for name in ("Bridge.html", "Bridge_files/frame.html", "Bridge_files/logo.png", "other_files/page.html"):
        write(tmp_path / name, PAGE)
    captures, problems = read(tmp_path)
    assert [Path(x.place).name for x in captures] == ["Bridge.html", "page.html"]
    assert problems == []


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path / "a" / "page.html", PAGE)
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "nowhere.html").symlink_to(tmp_path / "gone")
    (tmp_path / "self.html").symlink_to("self.html")
    captures, problems = read(tmp_path)
    assert len(captures) == 1
    assert len(problems) == 2
    assert all("can't be read" in x.message for x in problems)


def test_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    """Opening a pipe that nobody writes to would wait for ever."""
    os.mkfifo(tmp_path / "pipe.html")
    captures, (problem,) = read(tmp_path)
    assert captures == []
    assert "neither a file nor a folder" in problem.message
    with pytest.raises(CaptureError, match="neither a file nor a folder"):
        read_captures(tmp_path / "pipe.html")


def test_empty_folder_is_a_problem(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path)
    assert "no file in this folder" in problem.message


def test_what_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The super-user may read everything, so the refusal is made here."""
    write(tmp_path / "good.html", PAGE)
    write(tmp_path / "locked.html", PAGE)
    write(tmp_path / "closed" / "page.html", PAGE)
    real_open, real_scan = Path.open, os.scandir

    def refuse_open(path: Path, *args: str) -> object:
        if path.name == "locked.html":
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(path, *args)

    def refuse_scan(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real_scan(path)

    monkeypatch.setattr(Path, "open", refuse_open)
    monkeypatch.setattr("onrecord.capture.folder.os.scandir", refuse_scan)
    captures, problems = read(tmp_path)
    assert [Path(x.place).name for x in captures] == ["good.html"]
    assert [Path(x.place or "").name for x in problems] == ["closed", "locked.html"]
    assert all("Permission denied" in x.message for x in problems)
    with pytest.raises(CaptureError, match="Permission denied"):
        read_captures(tmp_path / "locked.html")


def test_path_that_is_not_there_stops_at_once(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"No such file.*Check the name"):
        read_captures(tmp_path / "gone.html")


@pytest.mark.parametrize(
    ("data", "count"),
    [(PAGE, 1), (pack(news_records(range(3))), 3), (gzip.compress(PAGE, mtime=0), 1), (b"Words.\n", 1)],
)
def test_standard_input_is_a_page_or_an_archive(
    monkeypatch: pytest.MonkeyPatch, data: bytes, count: int
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    captures, problems = read("-")
    assert len(captures) == count
    assert captures[0].place.startswith("-")
    assert problems == []


def test_what_the_caller_knows_goes_before_what_the_file_says(tmp_path: Path) -> None:
    page = b"<!-- saved from url=(0026)https://harbour.example/a -->\n" + PAGE
    path = write(tmp_path / "a.html", page)
    (capture,) = read_captures(
        path, uri="https://courier.example/b", captured_at="2025-05-17", published="2025-05"
    )
    assert isinstance(capture, Capture)
    assert (capture.uri, capture.captured_at, capture.published) == (
        "https://courier.example/b",
        "2025-05-17",
        "2025-05",
    )


@pytest.mark.parametrize(
    "when", ["", "yesterday", "16.5.2025", "2025-13", "2025-02-30", "2025-5-6", "2025-05-16T25:00"]
)
def test_impossible_date_is_refused(tmp_path: Path, when: str) -> None:
    path = write(tmp_path / "a.html", PAGE)
    with pytest.raises(BadRequest, match="is no date that Onrecord knows"):
        read_captures(path, captured_at=when)
    with pytest.raises(BadRequest, match="published"):
        read_captures(path, published=when)


@pytest.mark.parametrize(
    "when",
    [
        "2025",
        "2025-05",
        "2025-05-16",
        "2025-05-16T09:30",
        "2025-05-16T09:30:00Z",
        "2025-05-16T09:30:00.5+02:00",
    ],
)
def test_date_keeps_its_precision(tmp_path: Path, when: str) -> None:
    (capture,) = read_captures(write(tmp_path / "a.html", PAGE), captured_at=when)
    assert isinstance(capture, Capture)
    assert capture.captured_at == when


def test_address_for_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="is a folder"):
        read_captures(tmp_path, uri="https://harbour.example/")


SAVED_BY_SINGLEFILE = b"""<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile 
 url: https://harbour.example/bridge?id=3 
 saved date: Fri May 16 2025 16:07:00 GMT+0200 (Central European Summer Time)
--><meta charset=utf-8><p>The bridge reopens.</p></html>"""  # noqa: W291
HTTRACK = b"<html>\n<!-- Mirrored from harbour.example/a.html by HTTrack Website Copier/3.x [XR&CO'2014], "


@pytest.mark.parametrize(
    ("page", "uri", "captured_at"),
    [
        (
            b"<!DOCTYPE html>\n<!-- saved from url=(0026)https://harbour.example/a -->\n",
            "https://harbour.example/a",
            None,
        ),
        (b"<!-- saved from url=(0014)about:internet -->\n<html>", None, None),
        (SAVED_BY_SINGLEFILE, "https://harbour.example/bridge?id=3", "2025-05-16T16:07:00+02:00"),
        (
            SAVED_BY_SINGLEFILE.replace(b"Fri May 16", b"Tor Mai 99"),
            "https://harbour.example/bridge?id=3",
            None,
        ),
        (
            HTTRACK + b"Fri, 16 May 2025 14:07:00 GMT -->",
            "http://harbour.example/a.html",
            "2025-05-16T14:07:00Z",
        ),
        (b"<html>" + b" " * 9000 + b"<!-- saved from url=(0026)https://harbour.example/a -->", None, None),
    ],
)
def test_program_that_saved_the_page_says_from_where_and_when(
    tmp_path: Path, page: bytes, uri: str | None, captured_at: str | None
) -> None:
    capture = read_one(tmp_path, page + PAGE)
    assert (capture.uri, capture.captured_at) == (uri, captured_at)


def make_mhtml(*, root: bool = False) -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://harbour.example/bridge"
    message["Date"] = "Fri, 16 May 2025 14:07:00 -0000"
    message.make_related()
    if root:
        message.set_param("start", "<page@mhtml>")
        frame = EmailMessage()
        frame.set_content("<p>An advert in a frame</p>", subtype="html", cid="<frame@mhtml>")
        message.attach(frame)
    page = EmailMessage()
    page.set_content(
        "<html><p>“Vělka reopens”</p></html>",
        subtype="html",
        charset="utf-8",
        cte="quoted-printable",
        cid="<page@mhtml>",
    )
    page["Content-Location"] = "https://harbour.example/bridge"
    message.attach(page)
    picture = EmailMessage()
    picture.set_content(b"\x89PNG", maintype="image", subtype="png")
    message.attach(picture)
    return message.as_bytes()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.html", "a"])
@pytest.mark.parametrize("root", [True, False])
def test_mhtml_is_the_page_in_it(tmp_path: Path, name: str, root: bool) -> None:
    capture = read_one(tmp_path, make_mhtml(root=root), name)
    assert capture.payload.decode().strip() == "<html><p>“Vělka reopens”</p></html>"
    assert (capture.media_type, capture.charset) == ("text/html", "utf-8")
    assert (capture.uri, capture.captured_at) == ("https://harbour.example/bridge", "2025-05-16T14:07:00Z")


def test_mhtml_without_a_page_is_a_problem(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content(b"\x89PNG", maintype="image", subtype="png")
    assert "no page in this MHTML file" in read_trouble(tmp_path, message.as_bytes(), "a.mhtml")


def test_mhtml_with_an_endless_head_is_a_problem_at_once(tmp_path: Path) -> None:
    # Python's mail reader would take the square of its length: hours for one of 16 MB.
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; " + b"a=b; " * 3_000_000
    assert "or it is damaged" in read_trouble(tmp_path, head + b"\r\n\r\n<p>Ferry</p>", "a.mhtml")


def test_same_file_twice_is_the_same_twice(tmp_path: Path) -> None:
    write(tmp_path / "a.html", PAGE)
    assert read(tmp_path) == read(tmp_path)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([".html", ".txt", ".mhtml", ".wacz", ".warc", ".warc.gz", ".html.gz", ""]),
    st.sampled_from(
        [b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"MIME-Version: 1.0\r\nContent-Type: multipart/", b"<html>"]
    ),
    st.binary(max_size=300),
)
def test_random_bytes_never_raise(ending: str, start: bytes, rest: bytes) -> None:
    with NamedTemporaryFile(suffix=ending) as file:
        file.write(start + rest)
        file.flush()
        assert all(isinstance(x, Capture | Problem) for x in read_captures(file.name))
