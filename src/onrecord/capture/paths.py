"""From what a person names on the command line (a file, a folder, an archive, "-") to captures."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO

from onrecord.capture.archive import read_archive
from onrecord.capture.folder import find_files
from onrecord.capture.limits import MAX_PAYLOAD, TOO_LONG, gunzip_whole, read_up_to
from onrecord.capture.lone import read_lone_page
from onrecord.capture.sniff import HEAD, gunzip_head, match_head
from onrecord.capture.times import check_iso
from onrecord.capture.wacz import read_wacz
from onrecord.errors import BadRequest, CaptureError
from onrecord.types import Capture, Problem

__all__ = ["read_captures"]

_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".txt", ".text", ".mhtml", ".mht", ".warc", ".wet")
# Files of text that no reader would call a page. Without this list a saved page's script would be read as
# an article.
_NO_PAGES = (
    *(
        ".css",
        ".js",
        ".mjs",
        ".json",
        ".jsonl",
        ".ndjson",
        ".xml",
        ".rss",
        ".atom",
        ".svg",
        ".csv",
        ".tsv",
        ".yml",
        ".yaml",
    ),
    *(
        ".toml",
        ".ini",
        ".log",
        ".sh",
        ".py",
        ".sql",
        ".tex",
        ".srt",
        ".vtt",
        ".ics",
        ".eml",
        ".rtf",
        ".map",
        ".cdx",
        ".cdxj",
    ),
)


def read_captures(
    path: Path | str,
    *,
    uri: str | None = None,
    captured_at: str | None = None,
    published: str | None = None,
) -> Iterator[Capture | Problem]:
    """Yield the saved pages of a file, a folder, a web archive or standard input ("-"), one after another.

    What you know better than the file (its address, when it was saved or published) goes before what the
    file says. A file that can't be read is a problem among the captures; only a path that is not there
    stops.
    """
    captured_at = check_iso(captured_at, "captured_at")
    published = check_iso(published, "published")
    if str(path) != "-":
        _check_there(Path(path))
        if uri and Path(path).is_dir():
            raise BadRequest(
                f"an address names one page, but {path} is a folder; give the address with a single file."
            )
    return _read(path, uri=uri, captured_at=captured_at, published=published)


def _read(
    path: Path | str, *, uri: str | None, captured_at: str | None, published: str | None
) -> Iterator[Capture | Problem]:
    for item in _read_path(path):
        if isinstance(item, Problem):
            yield item
            continue
        if uri and "#" in item.place.removeprefix(str(path)):
            raise BadRequest(
                f"an address names one page, but {path} is an archive; its records have their own."
            )
        yield replace(
            item,
            uri=uri or item.uri,
            captured_at=captured_at or item.captured_at,
            published=published or item.published,
        )


def _read_path(path: Path | str) -> Iterator[Capture | Problem]:
    if str(path) == "-":
        yield from _read_input()
        return
    path = Path(path)
    if not path.is_dir():
        yield from _read_file(path)
        return
    found = 0
    for item in find_files(path):
        found += 1
        if isinstance(item, Problem):
            yield item
        else:
            yield from _read_file(item)
    if not found:
        yield Problem(
            stage="capture", place=str(path), message="there is no file in this folder; nothing was read."
        )


def _read_file(path: Path) -> Iterator[Capture | Problem]:
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, path.stat().st_size, str(path), path.name.lower())
    except OSError as fault:
        message = f"it can't be read ({fault.strerror or fault}); it was passed over."
        yield Problem(stage="capture", place=str(path), message=message)


def _read_input() -> Iterator[Capture | Problem]:
    # An archive's end must be known before it is read, and a pipe has none: it goes through a file.
    with TemporaryFile() as stream:
        copyfileobj(sys.stdin.buffer, stream)
        size = stream.tell()
        stream.seek(0)
        yield from _read_stream(stream, size, "-", "")


def _read_stream(stream: BinaryIO, size: int, place: str, name: str) -> Iterator[Capture | Problem]:
    head = stream.read(HEAD)
    likeness = match_head(head)
    packed = likeness == "gzip"
    if packed:
        likeness = match_head(gunzip_head(head))
    ending = Path(name.removesuffix(".gz")).suffix
    if likeness == "warc" or (ending in (".warc", ".wet") and size):
        yield from read_archive(stream, size, place)
        return
    if ending == ".wacz" and size:
        yield from read_wacz(stream, place)
        return
    if name and not _may_be_page(ending, likeness):
        message = f"this is not a page (its name ends in {ending!r}, and it is no HTML); it was passed over."
        yield Problem(stage="capture", place=place, message=message)
        return
    stream.seek(0)
    payload, fault = (
        gunzip_whole(stream, MAX_PAYLOAD + 1) if packed else (read_up_to(stream, MAX_PAYLOAD + 1), None)
    )
    if fault:
        message = f"the compressed file is damaged or cut off ({fault}); what could be unpacked was read."
        yield Problem(stage="capture", place=place, message=message)
    if len(payload) > MAX_PAYLOAD:
        yield Problem(stage="capture", place=place, message=f"this page was not read: {TOO_LONG}")
    else:
        yield from read_lone_page(payload, place, ending)


def _may_be_page(ending: str, likeness: str) -> bool:
    """Tell by name and first bytes whether to read a file; HTML and MHTML are read under any name."""
    if ending in _PAGES or likeness in ("html", "mhtml"):
        return True
    return likeness == "text" and ending not in _NO_PAGES


def _check_there(path: Path) -> None:
    """Refuse what is not there before anything is read."""
    try:
        path.stat()
    except OSError as fault:
        raise CaptureError(
            f"{path} can't be read ({fault.strerror or fault}); expected saved pages. Check the name."
        ) from fault
    try:
        if path.is_dir():
            next(path.iterdir(), None)
        elif path.is_file():
            path.open("rb").close()
        else:
            raise CaptureError(
                f"{path} is neither a file nor a folder; to read from a pipe, give - and feed it there."
            )
    except OSError as fault:
        raise CaptureError(
            f"{path} can't be read ({fault.strerror or fault}); check that you may read it."
        ) from fault
