"""What a few bytes can't do: fill the memory, nest for ever, climb out of a folder."""

import gzip
import json
import resource
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import brotli
import pytest
from damaging import zstd
from making import html_page, make_capture
from making_archives import news_records, pack, response

from onrecord.capture import read_captures
from onrecord.capture.sniff import match_head
from onrecord.page import read_page
from onrecord.page.inline import leave_out_data
from onrecord.types import Capture, Problem

MB = 1 << 20
PAGE = html_page("“The gates are shut,” Mara Ostrey said on Tuesday.").encode()


def read(folder: Path, name: str, data: bytes) -> tuple[list[Capture], list[Problem]]:
    path = folder / name
    path.write_bytes(data)
    found = list(read_captures(path))
    return [x for x in found if isinstance(x, Capture)], [x for x in found if isinstance(x, Problem)]


def wrap(name: str, data: bytes, times: int) -> tuple[str, bytes]:
    """Pack a file in itself so many times."""
    for _ in range(times):
        if name.endswith((".wacz", ".warc.gz")):
            out = BytesIO()
            with ZipFile(out, "w") as bundle:
                bundle.writestr(name, data)
            name, data = "bundle.wacz", out.getvalue()
        else:
            name, data = f"{name}.gz", gzip.compress(data, mtime=0)
    return name, data


@pytest.mark.parametrize("name", ["page.html", "a.warc.gz"])
def test_a_container_eight_deep_is_told_and_not_read(name: str, tmp_path: Path) -> None:
    data = PAGE if name == "page.html" else pack(news_records(range(1)))
    captures, (problem,) = read(tmp_path, *wrap(name, data, 8))
    assert captures == []
    assert "one in the other" in problem.message
    captures, problems = read(tmp_path, *wrap(name, data, 3))
    assert (len(captures), problems) == (1, [])


def test_no_file_is_written_under_a_name_that_climbs_out(tmp_path: Path) -> None:
    out = BytesIO()
    with ZipFile(out, "w") as bundle:
        bundle.writestr("../../climbed.warc.gz", pack(news_records(range(1))))
        bundle.writestr("/etc/climbed.warc", b"".join(news_records(range(1, 2))))
    captures, problems = read(tmp_path, "a.wacz", out.getvalue())
    assert (len(captures), problems) == (2, [])
    assert [path.name for path in tmp_path.iterdir()] == ["a.wacz"]
    assert not (tmp_path.parent.parent / "climbed.warc.gz").exists()


ZEROS = b"<p>" + b" " * (300 * MB)
BOMBS = {
    "bomb.html.gz": lambda: gzip.compress(ZEROS, mtime=0),
    "bomb.html.zst": lambda: zstd.compress(ZEROS),
    "bomb.warc.gz": lambda: pack([response(ZEROS)]),
    "bomb.warc.zst": lambda: zstd.compress(response(ZEROS)),
    "gzip.warc": lambda: response(gzip.compress(ZEROS, mtime=0), headers="Content-Encoding: gzip\r\n"),
    "zstd.warc": lambda: response(zstd.compress(ZEROS), headers="Content-Encoding: zstd\r\n"),
    "br.warc": lambda: response(brotli.compress(ZEROS, quality=2), headers="Content-Encoding: br\r\n"),
    "twice.warc": lambda: response(
        gzip.compress(gzip.compress(ZEROS), mtime=0), headers="Content-Encoding: gzip\r\n"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_told_and_takes_little_memory(name: str, tmp_path: Path) -> None:
    data = BOMBS[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    captures, problems = read(tmp_path, name, data)
    assert captures == []
    assert ["longer than 64 MB" in one.message for one in problems] == [True]
    # Some are made with more than they take to read; what is read is kept three times at the most.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 * 1024


def test_half_a_dictionary_is_told(tmp_path: Path) -> None:
    captures, problems = read(tmp_path, "a.warc.zst", b"\x5d\x2a\x4d\x18\xff\xff\xff\x7f" + b"x" * 99)
    assert captures == []
    assert len(problems) == 1


ODD_HEADS = [
    *(b"<!---->" * 1170 + b"x", b"/**/" * 2000 + b"x", b"{" * 8000, b"[" * 8000, b"a" * 8192, b"<" * 8192),
    *(b"<!doctype x[" * 600, b"x{" * 4000, b"MIME-Version: 2\n" * 500, b"a:\n" * 2700, b"<p " * 2700),
]


@pytest.mark.parametrize("head", ODD_HEADS, ids=lambda head: repr(head[:8]))
def test_looking_at_odd_bytes_takes_no_time(head: bytes) -> None:
    before = time.process_time()
    match_head(head[:8192])
    assert time.process_time() - before < 0.2


@pytest.mark.parametrize(
    ("words", "likeness"),
    [
        (b"[1] The gates are shut, [2] said Mara Ostrey.\n", "text"),
        (b"[[File:Gates.jpg|The gates]] The gates are shut.\n", "text"),
        (b"<3 was all that Mara Ostrey wrote.\n", "text"),
        (b"Import duties rise on Monday, the board said.\n", "text"),
        (b"Function rooms are shut, said Mara Ostrey.\n", "text"),
        (b"Window panes broke: { no more was said }\n", "text"),
        (b"{Selm} \xe2\x80\x94 The gates are shut.\n", "text"),
        (b"#gates are shut {again}\n", "text"),
        (b"<p> is what a paragraph begins with.\n", "text"),
        (b'{"said": 1}', "json"),
        (b'\xef\xbb\xbf[{"said": 1}]', "json"),
        (b'callback({"said": 1});', "json"),
        (b'{"a": 1}\n{"a": 2}\n', "json"),
        (b"body{margin:0;}", "style"),
        (b"/* ours */ @media print {p {margin: 0}}", "style"),
        (b"(function(){ return 1 })()", "script"),
        (b"#!/bin/sh\necho said\n", "script"),
        (b'<?xml version="1.0"?><rdf:RDF xmlns="x"><channel>', "feed"),
        (b"<urlset><url><loc>https://harbour.example/</loc></url></urlset>", "xml"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>', "xml"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', "html"),
        (b"<main><p>The gates are shut.</p></main>", "html"),
        (b"<lantern-story>The gates are shut.</lantern-story>", "html"),
        (b"\x1f", "binary"),
    ],
)
def test_what_bytes_look_like(words: bytes, likeness: str) -> None:
    assert match_head(words) == likeness


def test_a_page_of_seventeen_megabytes_with_its_fonts_is_read(tmp_path: Path) -> None:
    said = (
        "<h1>Gates of the Selm shut</h1><p>“The gates are shut,” said Mara Ostrey, who chairs the board.</p>"
    )
    style = f"<style>@font-face{{src:url(data:font/woff2;base64,{'A' * 17_000_000})}}</style>"
    (capture,), problems = read(
        tmp_path, "long.html", f"<!DOCTYPE html><html><head>{style}</head><body>{said}".encode()
    )
    page, trouble = read_page(capture)
    assert (problems, trouble) == ([], ())
    assert "“The gates are shut,” said Mara Ostrey" in page.text
    # A page of these bytes was cut before, so its text has a name of its own.
    assert page.text_version == "html-2-lean"


def test_what_stands_between_inline_files_is_kept() -> None:
    data = b"data:image/svg+xml;charset=utf-8;base64," + b"QUJD" * 300
    page = b"<p>One.<img src='" + data + b"'>Two.<img src=data:,short>Three: data:x, he wrote.</p>"
    assert leave_out_data(page) == page.replace(b"QUJD" * 300, b"")


def test_pages_whose_encoding_was_not_found_before_have_a_text_of_another_version() -> None:
    russian = "Мост откроют в понедельник, сказал министр, и ждать осталось недолго."
    for head, version in [
        ("<meta charset=cp-1251>", "html-2-anew"),
        (f"<!-- {'x' * 5000} --><meta charset=windows-1251>", "html-2-anew"),
        ("<meta charset=windows-1251>", "html-2"),
    ]:
        source = f"<html><head>{head}</head><body><p>{russian}</p></body></html>"
        page, _ = read_page(make_capture(source.encode("cp1251"), media_type="text/html"))
        assert (page.text, page.text_version) == (russian, version)


def test_a_bundle_that_names_others_oddly_is_told(tmp_path: Path) -> None:
    for told in ([1, 2], {"resources": 3}, {"resources": [{"path": 5}, "x"]}, {"resources": None}):
        out = BytesIO()
        with ZipFile(out, "w") as bundle:
            bundle.writestr("datapackage.json", json.dumps(told))
        captures, (problem,) = read(tmp_path, "a.wacz", out.getvalue())
        assert captures == []
        assert "there is no web archive in this WACZ file" in problem.message
