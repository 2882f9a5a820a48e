"""An open file, whatever it is: looked at, unpacked as often as need be, and handed to who reads its kind."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from onrecord.capture.archive import read_archive
from onrecord.capture.held import read_held
from onrecord.capture.limits import MAX_CONTAINER, MAX_NESTED, MAX_PAYLOAD, TOO_LONG
from onrecord.capture.lone import CONTAINERS, read_lone_page
from onrecord.capture.packing import (
    match_packing,
    read_up_to,
    starts_dictionary,
    unpack_head,
    unpack_whole,
)
from onrecord.capture.sniff import HEAD, Likeness, match_head, match_packed, say_likeness
from onrecord.capture.wacz import read_wacz
from onrecord.capture.words import list_words
from onrecord.documents import OLE, describe_binary, match_document
from onrecord.types import Capture, MediaType, Problem

__all__ = ["read_stream"]

_ARCHIVES = (".warc", ".wet", ".arc")
_PACKED = (".gz", ".zst")
_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".txt", ".text", ".md", ".markdown", *CONTAINERS, *_ARCHIVES)
# Files of text that no reader would call a page. Without this list a saved page's script would be read as
# an article.
_NO_PAGES = frozenset(
    ".css .js .mjs .json .jsonl .ndjson .xml .rss .atom .svg .csv .tsv .yml .yaml .toml .ini .log .sh .py "
    ".sql .tex .srt .vtt .ics .map .cdx .cdxj .webmanifest .conf .cfg".split()
)


def read_stream(
    stream: BinaryIO, size: int, place: str, name: str, *, depth: int = 0
) -> Iterator[Capture | Problem]:
    """Yield the pages of an open file; `name` is its name in small letters, "" where it has none."""
    if depth > MAX_NESTED:
        message = (
            f"this lies in more than {MAX_NESTED} files, one in the other; it was left out. Unpack it and "
            "add what is in it."
        )
        yield Problem(stage="capture", place=place, message=message)
        return
    stream.seek(0)
    head = stream.read(HEAD)
    likeness = match_head(head)
    if document := match_document(head, _ending(name)):
        yield from _read_document(stream, place, document)
        return
    packed = likeness == "packed"
    inner = match_packed(head) if packed else likeness
    ending = _ending(name)
    if (
        inner in ("warc", "arc")
        or starts_dictionary(head)
        or (ending in _ARCHIVES and size and inner != "packed")
    ):
        yield from read_archive(stream, size, place)
    elif likeness == "zip" and (told := describe_binary(head, _read_end(stream, size))):
        message = f"this is not a page (it is {told[0]}); it was passed over. {told[1]}"
        yield Problem(stage="capture", place=place, message=message)
    elif likeness == "zip" or (ending == ".wacz" and size and not packed):
        yield from _read_zip(stream, place, name, depth)
    elif name in list_words("machine") and inner in ("text", "json", "markup"):
        message = f"this is a file for machines ({name}), no page; it was passed over."
        yield Problem(stage="capture", place=place, message=message)
    elif (
        name
        and inner not in ("packed", "zip")
        and not _may_be_page(ending, inner)
        and not (packed and match_document(unpack_head(head, HEAD), ending))
    ):
        whole = read_up_to(stream_at_start(stream), MAX_PAYLOAD) if head.startswith(OLE) else b""
        message = _say_no_page(ending, b"" if packed else head, whole)
        yield Problem(stage="capture", place=place, message=message)
    elif packed:
        yield from _read_packed(stream, head, place, name, depth)
    else:
        yield from read_lone_page(read_up_to(stream_at_start(stream), MAX_CONTAINER + 1), place, ending)


def _read_end(stream: BinaryIO, size: int) -> bytes:
    """Return the last bytes of a file, where a zip file has its index."""
    stream.seek(max(0, size - (1 << 16)))
    return stream.read()


def stream_at_start(stream: BinaryIO) -> BinaryIO:
    stream.seek(0)
    return stream


def _read_document(stream: BinaryIO, place: str, media_type: MediaType) -> Iterator[Capture | Problem]:
    """Read a document that is no web page: a PDF, a mail, a file of a word processor."""
    payload = read_up_to(stream_at_start(stream), MAX_PAYLOAD + 1)
    if len(payload) > MAX_PAYLOAD:
        yield Problem(stage="capture", place=place, message=f"this document was not read: {TOO_LONG}")
        return
    yield from read_held(payload, place, media_type)


def _read_zip(stream: BinaryIO, place: str, name: str, depth: int) -> Iterator[Capture | Problem]:
    def read(inner: BinaryIO, size: int, where: str, inner_name: str) -> Iterator[Capture | Problem]:
        return read_stream(inner, size, where, inner_name, depth=depth + 1)

    yield from read_wacz(stream, place, read, named=_ending(name) == ".wacz")


def _read_packed(
    stream: BinaryIO, head: bytes, place: str, name: str, depth: int
) -> Iterator[Capture | Problem]:
    """Unpack a file that is no archive and look at what it holds."""
    packing = match_packing(head)
    assert packing is not None
    payload, fault = unpack_whole(stream_at_start(stream), packing, MAX_PAYLOAD + 1)
    if fault:
        message = f"the compressed file is damaged or cut off ({fault}); what could be unpacked was read."
        yield Problem(stage="capture", place=place, message=message)
    if len(payload) > MAX_PAYLOAD:
        yield Problem(stage="capture", place=place, message=f"this page was not read: {TOO_LONG}")
        return
    yield from read_stream(BytesIO(payload), len(payload), place, _unpacked_name(name), depth=depth + 1)


def _unpacked_name(name: str) -> str:
    return next((name.removesuffix(ending) for ending in _PACKED if name.endswith(ending)), name)


def _ending(name: str) -> str:
    return Path(_unpacked_name(name)).suffix


def _may_be_page(ending: str, likeness: Likeness) -> bool:
    """Tell by name and first bytes whether to read a file; HTML and MHTML are read under any name."""
    if ending in _PAGES or likeness in ("html", "mhtml", "webarchive"):
        return True
    # A name without an ending tells nothing: what is in the file is told by whoever reads it.
    return likeness == "text" and ending not in _NO_PAGES


def _say_no_page(ending: str, head: bytes, whole: bytes) -> str:
    what, advice = say_likeness(head, whole) if head else ("is no page", "")
    known = not ending or describe_binary(head, whole) is not None
    named = f"it {what}" if known else f"its name ends in {ending!r}, and it is no HTML"
    return f"this is not a page ({named}); it was passed over. {advice if known else ''}".rstrip()
