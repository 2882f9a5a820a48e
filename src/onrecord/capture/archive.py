"""The pages of a web archive: from its records to captures, and from its broken places to problems."""

from collections.abc import Callable, Iterator
from typing import BinaryIO
from urllib.parse import unquote

from onrecord.capture.digest import payload_digest
from onrecord.capture.http import content_type, read_answer, undo_encodings
from onrecord.capture.limits import MAX_PAYLOAD, TOO_LONG
from onrecord.capture.records import Gap, Record, read_records
from onrecord.capture.sniff import HEAD, match_head
from onrecord.capture.times import match_iso
from onrecord.types import Capture, Problem

__all__ = ["is_cut_off", "read_archive"]

_CUT_OFF = "the archive is cut off"
_HTML = ("text/html", "application/xhtml+xml")
_UNNAMED = (None, "application/octet-stream", "unk", "application/xml", "text/xml")


def is_cut_off(problem: Problem) -> bool:
    """Tell whether a problem says that an archive ends too early, so that it should be fetched again."""
    return problem.stage == "capture" and problem.message.startswith(_CUT_OFF)


def read_archive(stream: BinaryIO, size: int, place: str) -> Iterator[Capture | Problem]:
    """Yield the pages of an archive; records of pictures, requests and the like are passed over."""
    records = pages = gaps = 0
    for item in read_records(stream, size):
        if isinstance(item, Gap):
            gaps += 1
            yield _gap_problem(item, place, size=size, records=records, pages=pages)
            continue
        records += 1
        where = f"{place}#{f'record-{item.number}' if item.offset is None else item.offset}"
        for found in _read_page(item, where):
            pages += isinstance(found, Capture)
            yield found
    if not records and not gaps:
        message = "there is no record in this archive; nothing was read."
        yield Problem(stage="capture", place=place, message=message)


def _read_page(record: Record, place: str) -> Iterator[Capture | Problem]:
    """Yield the page of one record, if it holds one, and what is wrong with it."""
    if len(record.block) > MAX_PAYLOAD:
        if record.type in ("response", "resource", "conversion"):
            yield Problem(stage="capture", place=place, message=f"this record was not read: {TOO_LONG}")
    elif record.type == "response":
        yield from _read_response(record, place)
    elif record.type in ("resource", "conversion"):
        kind, charset = content_type(record.headers.get("content-type"))
        if media_type := _page_type(kind, record.block):
            # A WET record's text was written as UTF-8, whatever the page once was.
            fixed = "utf-8" if record.type == "conversion" else charset
            yield from _make(record, record.block, place, media_type=media_type, charset=fixed)


def _read_response(record: Record, place: str) -> Iterator[Capture | Problem]:
    answer = read_answer(record.block)
    if answer is None:
        # Other protocols (dns:, ftp:) have responses too; only of a web address is it trouble.
        if record.headers.get("warc-target-uri", "").strip("<>").lower().startswith("http"):
            message = "this record holds no HTTP answer that can be read; it was left out."
            yield Problem(stage="capture", place=place, message=message)
        return
    # An answer such as "404 Not Found" brings a page about the error, not the page.
    if not 200 <= answer.status < 300:
        return
    kind, charset = content_type(answer.headers.get("content-type"))
    if kind not in (*_HTML, "text/plain", *_UNNAMED):
        return
    payload, trouble = undo_encodings(answer, MAX_PAYLOAD + 1)
    if trouble:
        message = f"the page's packing is damaged ({trouble}); what could be unpacked was read."
        yield Problem(stage="capture", place=place, message=message)
    if media_type := _page_type(kind, payload):
        yield from _make(record, payload, place, media_type=media_type, charset=charset)


def _page_type(kind: str | None, payload: bytes) -> str | None:
    """Tell whether bytes are a page of HTML or of text, also where the server named no type."""
    if kind in _HTML:
        return "text/html"
    likeness = match_head(payload[:HEAD])
    if kind == "text/plain":
        return "text/html" if likeness == "html" else "text/plain"
    return "text/html" if kind in _UNNAMED and likeness == "html" else None


def _make(
    record: Record, payload: bytes, place: str, *, media_type: str, charset: str | None
) -> Iterator[Capture | Problem]:
    if len(payload) > MAX_PAYLOAD:
        yield Problem(stage="capture", place=place, message=f"this page was not read: {TOO_LONG}")
    elif (likeness := match_head(payload[:HEAD])) in ("empty", "binary"):
        what = "holds nothing" if likeness == "empty" else "holds binary data, not a page"
        yield Problem(stage="capture", place=place, message=f"this record {what}; it was left out.")
    else:
        if reason := record.headers.get("warc-truncated"):
            message = (
                f"the crawler stored only the beginning of this page ({reason}); what there is was read."
            )
            yield Problem(stage="capture", place=place, message=message)
        yield _capture(record, payload, place, media_type=media_type, charset=charset)


def _capture(record: Record, payload: bytes, place: str, *, media_type: str, charset: str | None) -> Capture:
    uri = record.headers.get("warc-target-uri", "").strip("<> ") or None
    captured_at = match_iso(record.headers.get("warc-date"))
    published = None
    if "onrecord-place" in record.headers:
        # From a ledger's own archive, whose heads the standard obliges to hold an address and a date even
        # where nobody knew one. What was known stands beside them.
        uri = None if uri and uri.startswith("urn:sha256:") else uri
        captured_at, published, charset = map(
            _own(record), ("onrecord-captured-at", "onrecord-published", "onrecord-charset")
        )
    return Capture(
        payload=payload,
        payload_digest=payload_digest(payload),
        place=place,
        media_type="text/html" if media_type == "text/html" else "text/plain",
        uri=uri,
        charset=charset,
        captured_at=captured_at,
        published=published,
    )


def _own(record: Record) -> Callable[[str], str | None]:
    """Return a way to look up what a ledger wrote into a record's head; odd signs stand there as %XX."""
    return lambda name: unquote(record.headers[name]) if name in record.headers else None


def _gap_problem(gap: Gap, place: str, *, size: int, records: int, pages: int) -> Problem:
    so_far = (
        f"{records:,} whole record{'' if records == 1 else 's'} before it, {pages:,} of them pages, were read"
    )
    if gap.cut:
        message = (
            f"{_CUT_OFF} at byte {size:,} ({gap.reason}): {so_far}. "
            "Fetch the archive again and add it again; nothing is recorded twice."
        )
    elif gap.until is None:
        message = (
            f"the archive is damaged after the record at byte {gap.after:,} ({gap.reason}), and no further "
            f"record was found: {so_far}."
        )
    else:
        message = (
            f"the archive is damaged after the record at byte {gap.after:,} ({gap.reason}): {so_far}; "
            f"reading went on with the record at byte {gap.until:,}."
        )
    return Problem(stage="capture", place=place, message=message)
