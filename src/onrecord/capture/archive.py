"""The pages of a web archive: from its records to captures, and from its broken places to problems."""

from base64 import b32encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import new as new_hash
from typing import BinaryIO
from urllib.parse import unquote

from onrecord.capture.copies import match_copy
from onrecord.capture.digest import payload_digest
from onrecord.capture.held import read_held
from onrecord.capture.http import content_type, missing_part, read_answer, undo_encodings
from onrecord.capture.limits import MAX_PAYLOAD, TOO_LONG
from onrecord.capture.records import Gap, Record, read_records
from onrecord.capture.revisits import Revisits
from onrecord.capture.segments import Unfinished, join_segments
from onrecord.capture.sniff import HEAD, match_head, say_likeness
from onrecord.capture.targets import is_for_machines, is_note
from onrecord.capture.times import match_iso
from onrecord.documents import DOCUMENT_TYPES
from onrecord.types import Capture, Problem

__all__ = ["is_cut_off", "read_archive"]

_CUT_OFF = "the archive is cut off"
_HTML = ("text/html", "application/xhtml+xml")
_UNNAMED = (None, "application/octet-stream", "unk", "no-type", "application/xml", "text/xml")
_NO_PAGES = (
    "text/css",
    "text/javascript",
    "text/ecmascript",
    "text/csv",
    "text/calendar",
    "text/vtt",
    "text/dns",
)
_PAGES = ("response", "resource", "conversion")
_DIGESTS = {"sha1": 20, "sha256": 32, "md5": 16}
# What else a record may be (WARC 1.1, 5.5).
_OTHERS = frozenset(("warcinfo", "request", "metadata", "revisit", "continuation"))


def is_cut_off(problem: Problem) -> bool:
    """Tell whether a problem says that an archive ends too early, so that it should be fetched again."""
    return problem.stage == "capture" and problem.message.startswith(_CUT_OFF)


def read_archive(stream: BinaryIO, size: int, place: str) -> Iterator[Capture | Problem]:
    """Yield the pages of an archive; records of pictures, requests and the like are passed over."""
    records = pages = gaps = extracts = 0
    answered: set[str] = set()
    revisits = Revisits(stream, size)
    for item in join_segments(read_records(stream, size)):
        if isinstance(item, Gap):
            gaps += 1
            yield _gap_problem(item, place, size=size, records=records, pages=pages)
            continue
        if isinstance(item, Unfinished):
            yield Problem(stage="capture", place=_where(item.record, place), message=item.message)
            item = item.record
        records += 1
        extracts += _is_extract(item)
        if item.type == "conversion" and item.headers.get("warc-refers-to", "") in answered:
            # The text that a crawler made of a page in this archive is not another page.
            continue
        where = _where(item, place)
        again = revisits.find(item) if item.type == "revisit" else None
        for found in _read_page(again or item, where):
            if isinstance(found, Capture):
                pages += 1
                answered.add(item.headers.get("warc-record-id", "of no record"))
                revisits.remember(item)
            yield found
    if revisits.lost:
        yield Problem(stage="capture", place=place, message=revisits.say_lost())
    if extracts and not pages:
        message = (
            f"there is no page in this archive, only what the crawler wrote of pages ({extracts:,} such as "
            "urn:text:); nothing was read. Add the archive that has the pages."
        )
        yield Problem(stage="capture", place=place, message=message)
    if not records and not gaps:
        message = "there is no record in this archive; nothing was read."
        yield Problem(stage="capture", place=place, message=message)


def _where(record: Record, place: str) -> str:
    return f"{place}#{f'record-{record.number}' if record.offset is None else record.offset}"


def _is_extract(record: Record) -> bool:
    """Tell what a crawler wrote of a page beside the page: its text, a picture of it, its own log."""
    return record.type in ("resource", "conversion") and is_note(record.headers)


def _read_page(record: Record, place: str) -> Iterator[Capture | Problem]:
    """Yield the page of one record, if it holds one, and what is wrong with it."""
    if record.type in _PAGES and _is_altered(record):
        message = (
            "the bytes of this record are not what the crawler wrote (WARC-Block-Digest is another); what "
            "there is was read. Fetch the archive again and add it again."
        )
        yield Problem(stage="capture", place=place, message=message)
    if record.type not in _PAGES:
        if record.type not in _OTHERS and not is_note(record.headers):
            message = f"this record's type is {record.type[:40]!r}, and no archive has such; it was left out."
            yield Problem(stage="capture", place=place, message=message)
    elif len(record.block) > MAX_PAYLOAD:
        yield Problem(stage="capture", place=place, message=f"this record was not read: {TOO_LONG}")
    elif record.type == "response":
        yield from _read_response(record, place)
    elif not _is_extract(record):
        kind, charset = content_type(record.headers.get("content-type"))
        if articles := _read_held(record, kind, place):
            yield from articles
            return
        # A WET record's text was written as UTF-8, whatever the page once was.
        fixed = "utf-8" if record.type == "conversion" else charset
        yield from _make(record, record.block, place, kind=kind, charset=fixed)


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
    if not _may_hold_page(kind) and record.headers.get("arc-content-type") in _HTML:
        # An ARC file has the type twice, and where they differ one of them is damaged.
        kind = None
    if kind == "multipart/byteranges":
        message = (
            "only pieces of this page were saved (multipart/byteranges); it was left out. Save it whole."
        )
        yield Problem(stage="capture", place=place, message=message)
        return
    if not _may_hold_page(kind):
        return
    payload, trouble = undo_encodings(answer, MAX_PAYLOAD + 1)
    if trouble:
        message = f"the page's packing is damaged ({trouble}); what could be unpacked was read."
        yield Problem(stage="capture", place=place, message=message)
    if part := missing_part(answer):
        message = f"only a part of this page was saved ({part[:80]}); what there is was read. Save it whole."
        yield Problem(stage="capture", place=place, message=message)
    yield from _make(record, payload, place, kind=kind, charset=charset)


def _read_held(record: Record, kind: str | None, place: str) -> list[Capture | Problem]:
    """Return the documents of a record that keeps a file as it is, as a ledger's own archive does."""
    media_type = next(
        (known for known in (*DOCUMENT_TYPES, "text/html", "text/plain") if known == kind), None
    )
    if media_type is None or record.type != "resource":
        return []
    uri, captured_at, published, _ = _told_of(record, None)
    found = read_held(record.block, place, media_type, uri=uri, captured_at=captured_at)
    return [replace(one, published=published) if isinstance(one, Capture) else one for one in found]


def _make(
    record: Record, payload: bytes, place: str, *, kind: str | None, charset: str | None
) -> Iterator[Capture | Problem]:
    """Yield the page that a record's bytes are, or say what else they are; pictures are no trouble."""
    likeness = match_head(payload[:HEAD])
    if not _may_hold_page(kind) or (kind not in (*_HTML, "text/plain") and likeness != "html"):
        return
    if kind not in _HTML and is_for_machines(record.headers):
        return
    if len(payload) > MAX_PAYLOAD:
        yield Problem(stage="capture", place=place, message=f"this page was not read: {TOO_LONG}")
    elif likeness not in ("html", "text", "markup") or (likeness == "markup" and kind not in _HTML):
        what, advice = say_likeness(payload[:HEAD])
        what = "holds nothing" if likeness == "empty" else what
        message = f"this record {what}, and says it is {kind}; it was left out. {advice}".rstrip()
        yield Problem(stage="capture", place=place, message=message)
    else:
        if reason := record.headers.get("warc-truncated"):
            message = (
                f"the crawler stored only the beginning of this page ({reason}); what there is was read."
            )
            yield Problem(stage="capture", place=place, message=message)
        media_type = "text/plain" if kind == "text/plain" and likeness == "text" else "text/html"
        yield _capture(record, payload, place, media_type=media_type, charset=charset)


def _may_hold_page(kind: str | None) -> bool:
    """Tell whether bytes of a media type may be a page; of an odd one only where they look so: "text/htm"."""
    if kind is None or kind in _UNNAMED or kind in _HTML:
        return True
    return kind.startswith("text/") and kind not in _NO_PAGES


def _is_altered(record: Record) -> bool:
    """Tell whether a block is not the one whose digest stands in the record's head."""
    name, _, said = record.headers.get("warc-block-digest", "").partition(":")
    length = _DIGESTS.get(name.lower())
    if length is None or record.joined or len(record.block) > MAX_PAYLOAD:
        return False
    made = new_hash(name.lower(), record.block, usedforsecurity=False).digest()
    said = said.strip()
    if len(said) == 2 * length:
        return said.lower() != made.hex()
    encoded = b32encode(made).decode().rstrip("=")
    # In another writing than these two nothing can be told.
    return len(said.rstrip("=")) == len(encoded) and said.rstrip("=").upper() != encoded


def _capture(record: Record, payload: bytes, place: str, *, media_type: str, charset: str | None) -> Capture:
    uri, captured_at, published, charset = _told_of(record, charset)
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


def _told_of(record: Record, charset: str | None) -> tuple[str | None, str | None, str | None, str | None]:
    """Return the address of a record, when it was captured and published, and its encoding."""
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
    elif copied := match_copy(uri):
        # Fetched from another archive, it is a copy of the page's own address, saved when that saved it.
        uri, captured_at = copied.uri, copied.captured_at or captured_at
    return uri, captured_at, published, charset


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
