"""Web archives: which records are pages, and what becomes of archives that are cut off or damaged."""

import gzip
import os
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import make_capture
from making_archives import news_records, pack, record, response

from onrecord.capture import is_cut_off, limits, read_captures
from onrecord.errors import BadRequest
from onrecord.ledger import open_ledger, record_reading
from onrecord.reading import read as read_page
from onrecord.types import Capture, Problem

PAGE = b"<!doctype html><html><body><p>The bridge over the Selm reopens.</p></body></html>"


def read(folder: Path, data: bytes, name: str = "a.warc.gz") -> tuple[list[Capture], list[Problem]]:
    path = folder / name
    path.write_bytes(data)
    found = list(read_captures(path))
    return [x for x in found if isinstance(x, Capture)], [x for x in found if isinstance(x, Problem)]


def read_one(folder: Path, data: bytes) -> Capture:
    (capture,), problems = read(folder, pack([data]))
    assert problems == []
    return capture


def test_response_gives_address_time_charset_and_place(tmp_path: Path) -> None:
    first = response(PAGE, uri="https://harbour.example/1", content_type="text/html; charset=ISO-8859-2")
    second = response(PAGE, uri="https://harbour.example/2")
    (one, two), problems = read(tmp_path, pack([first, second]))
    assert problems == []
    assert (one.uri, one.charset, one.captured_at) == (
        "https://harbour.example/1",
        "iso-8859-2",
        "2025-05-16T09:30:00Z",
    )
    assert one.payload == two.payload == PAGE
    assert one.payload_digest == two.payload_digest
    assert one.place.endswith("a.warc.gz#0")
    assert two.place.endswith(f"a.warc.gz#{len(gzip.compress(first, mtime=0))}")


@pytest.mark.parametrize("name", ["a.warc", "a.html", "a.txt", "a"])
def test_archive_is_known_by_its_bytes(tmp_path: Path, name: str) -> None:
    captures, problems = read(tmp_path, b"".join(news_records(range(3))), name)
    assert len(captures) == 3
    assert problems == []


def test_wet_record_is_plain_text(tmp_path: Path) -> None:
    text = "The bridge reopens\n“At last,” the mayor said.\n".encode()
    wet = record(text, kind="conversion", content_type="text/plain")
    (capture,), _ = read(tmp_path, pack([wet]), "a.warc.wet.gz")
    assert (capture.media_type, capture.charset, capture.payload) == ("text/plain", "utf-8", text)


def test_resource_record_is_a_page_without_a_server(tmp_path: Path) -> None:
    capture = read_one(tmp_path, record(PAGE, kind="resource", content_type="text/html; charset=utf-8"))
    assert (capture.media_type, capture.charset, capture.payload) == ("text/html", "utf-8", PAGE)


@pytest.mark.parametrize(
    "other",
    [
        record(
            b"software: made by hand\r\n", kind="warcinfo", uri=None, content_type="application/warc-fields"
        ),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", kind="revisit"),
        record(b"{}", kind="metadata", content_type="application/json"),
        record(b"192.0.2.1", kind="response", uri="dns:harbour.example", content_type="text/dns"),
        response(b"\x89PNG\r\n\x1a\n", content_type="image/png"),
        response(b"{}", content_type="application/json"),
        response(b"\x00\x01\x02", content_type=None),
        response(PAGE, status="404 Not Found"),
        response(b"", status="301 Moved Permanently"),
    ],
)
def test_what_is_no_page_is_passed_over_in_silence(tmp_path: Path, other: bytes) -> None:
    captures, problems = read(tmp_path, pack([other, response(PAGE)]))
    assert [x.payload for x in captures] == [PAGE]
    assert problems == []


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(PAGE, mtime=0)),
        ("Content-Encoding: br\r\n", brotli.compress(PAGE)),
        (
            "Transfer-Encoding: chunked\r\n",
            b"5\r\n" + PAGE[:5] + b"\r\n%x\r\n" % len(PAGE[5:]) + PAGE[5:] + b"\r\n0\r\n\r\n",
        ),
        ("Content-Encoding: gzip\r\n", PAGE),
        ("Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n", PAGE),
        ("Content-Encoding: unheard-of\r\n", PAGE),
    ],
)
def test_page_is_unpacked_where_it_is_packed(tmp_path: Path, headers: str, body: bytes) -> None:
    """Many crawlers unpack a page and keep the headers that say it is packed."""
    found, _ = read(tmp_path, pack([response(body, headers=headers)]))
    assert [x.payload for x in found] == [PAGE]


def test_packing_that_ends_too_early_is_told(tmp_path: Path) -> None:
    long = PAGE + os.urandom(4000).hex().encode()
    body = gzip.compress(long, mtime=0)[:-1000]
    (capture,), (problem,) = read(tmp_path, pack([response(body, headers="Content-Encoding: gzip\r\n")]))
    assert long.startswith(capture.payload)
    assert "packing is damaged" in problem.message


def test_page_that_the_crawler_shortened_is_told(tmp_path: Path) -> None:
    (capture,), (problem,) = read(tmp_path, pack([response(PAGE, extra="WARC-Truncated: length\r\n")]))
    assert capture.payload == PAGE
    assert "only the beginning of this page (length)" in problem.message


@pytest.mark.parametrize("packed", [True, False])
def test_cut_off_archive_is_told_wherever_the_cut_is(tmp_path: Path, packed: bool) -> None:
    records = news_records(range(4))
    pieces = [gzip.compress(x, mtime=0) for x in records] if packed else records
    data, before = b"".join(pieces), sum(map(len, pieces[:3]))
    for end in [*range(before + 1, len(data), 7), len(data) - 1]:
        captures, problems = read(tmp_path, data[:end])
        assert [is_cut_off(x) for x in problems] == [True], end
        assert f"at byte {end:,}" in problems[0].message
        # What is whole was read, and nothing that is not.
        assert [x.uri for x in captures[:3]] == [f"https://harbour.example/pump/{n}" for n in range(3)]
        assert f"{len(captures)} whole records before it" in problems[0].message


def test_cut_off_archive_in_one_compressed_piece_is_told(tmp_path: Path) -> None:
    data = gzip.compress(b"".join(news_records(range(50))))
    captures, (problem,) = read(tmp_path, data[: len(data) * 3 // 4])
    assert is_cut_off(problem)
    assert 20 < len(captures) < 50
    assert len({x.place for x in captures}) == len(captures)


@pytest.mark.parametrize("packed", [True, False])
def test_whole_archive_is_no_problem(tmp_path: Path, packed: bool) -> None:
    records = news_records(range(5))
    for data in (pack(records) if packed else b"".join(records), pack(records) + b"\0" * 5000):
        captures, problems = read(tmp_path, data)
        assert len(captures) == 5
        assert problems == []


def test_damaged_piece_costs_its_record_only(tmp_path: Path) -> None:
    pieces = [gzip.compress(x, mtime=0) for x in news_records(range(5))]
    pieces[2] = pieces[2][:150] + b"\xff" * 40 + pieces[2][190:]
    captures, (problem,) = read(tmp_path, b"".join(pieces))
    assert [x.uri.rpartition("/")[2] for x in captures if x.uri] == ["0", "1", "3", "4"]
    assert "is damaged after the record at byte" in problem.message
    assert not is_cut_off(problem)


@pytest.mark.parametrize(
    ("wrong", "kept"),
    [
        ((b"WARC/1.0", b"XXXX/1.0"), "0134"),
        ((b"Content-Length: ", b"Content-Length: 1"), "0134"),
        ((b"Content-Length: ", b"Content-Length: 9"), "0134"),
        ((b"Content-Length: ", b"Content-Length: 999999999999999999999"), "0134"),
        ((b"Content-Length: ", b"Content-Length: -"), "0134"),
        ((b"Content-Length: ", b"X-Length: "), "0134"),
    ],
)
def test_damaged_head_costs_its_record_only(tmp_path: Path, wrong: tuple[bytes, bytes], kept: str) -> None:
    records = news_records(range(5))
    records[2] = records[2].replace(*wrong)
    captures, problems = read(tmp_path, b"".join(records))
    assert "".join(x.uri[-1] for x in captures if x.uri) == kept
    assert len(problems) == 1


def test_page_that_quotes_a_record_makes_no_record(tmp_path: Path) -> None:
    """A page may hold the text of a WARC record; in a sound archive that is only its text."""
    inner = response(b"<html><body><p>Forged.</p></body></html>", uri="https://forged.example/")
    body = b"<html><body><pre>\r\n\r\n" + inner + b"</pre></body></html>"
    for data in (pack([response(body), response(PAGE)]), response(body) + response(PAGE)):
        captures, problems = read(tmp_path, data)
        assert [x.payload for x in captures] == [body, PAGE]
        assert problems == []


def test_page_over_the_limit_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("archive", "records"):
        monkeypatch.setattr(f"onrecord.capture.{module}.MAX_PAYLOAD", 10_000)
    bomb = gzip.compress(b"<html>" + b" " * 1_000_000, mtime=0)
    long = response(b"<html>" + b"x" * 20_000)
    packed = response(bomb, headers="Content-Encoding: gzip\r\n")
    captures, problems = read(tmp_path, pack([long, packed, response(PAGE)]))
    assert [x.payload for x in captures] == [PAGE]
    assert [limits.TOO_LONG in x.message for x in problems] == [True, True]


def test_ledger_archive_gives_back_what_was_known_of_each_page(tmp_path: Path) -> None:
    """A ledger can be made anew from its WARC files alone; what nobody knew stays unknown."""
    knowing = make_capture(
        "Words.\n",
        uri="https://harbour.example/a%20b",
        captured_at="2025-05",
        published="2025-05-16",
        charset="utf-8",
        place="folder/100 %.txt",
    )
    unknowing = make_capture("<html><p>Words.", place="odd\nname.html")
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        for capture in (knowing, unknowing):
            record_reading(ledger, capture, read_page(capture))
    found = list(read_captures(tmp_path / "ledger" / "captures-0001.warc.gz"))
    assert [replace(x, place="") for x in found] == [replace(x, place="") for x in (knowing, unknowing)]


def test_address_for_a_whole_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(pack(news_records(range(2))))
    with pytest.raises(BadRequest, match="is an archive"):
        list(read_captures(path, uri="https://harbour.example/"))


@pytest.mark.parametrize("kind", [ZIP_STORED, ZIP_DEFLATED])
def test_wacz_is_the_archives_in_it(tmp_path: Path, kind: int) -> None:
    path = tmp_path / "a.wacz"
    with ZipFile(path, "w", compression=kind) as bundle:
        bundle.writestr("pages/pages.jsonl", "{}")
        bundle.writestr("archive/1.warc.gz", pack(news_records(range(2))))
        bundle.writestr("archive/2.warc.gz", pack(news_records(range(2, 3))))
    found = list(read_captures(path))
    if kind == ZIP_DEFLATED:
        assert all(isinstance(x, Problem) and "compressed once more" in x.message for x in found)
        return
    assert [x.uri for x in found if isinstance(x, Capture)] == [
        f"https://harbour.example/pump/{n}" for n in range(3)
    ]
    assert found[0].place == f"{path}#archive/1.warc.gz#0"
    path.write_bytes(path.read_bytes()[:-300])
    captures, (problem,) = read(tmp_path, path.read_bytes(), "a.wacz")
    assert captures == []
    assert "damaged or cut off" in problem.message


ARCHIVE = b"".join(news_records(range(3)))
PACKED = pack(news_records(range(3)))


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([ARCHIVE, PACKED]), st.data())
def test_damage_anywhere_never_raises(archive: bytes, draw: st.DataObject) -> None:
    where = draw.draw(st.integers(0, len(archive) - 1))
    with_damage = (
        archive[:where] + draw.draw(st.binary(max_size=30)) + archive[where + draw.draw(st.integers(0, 40)) :]
    )
    with NamedTemporaryFile(suffix=".warc.gz") as file:
        file.write(with_damage)
        file.flush()
        assert all(isinstance(x, Capture | Problem) for x in read_captures(file.name))
