"""A capture as the ledger's archive holds it: its bytes, proved by their digest."""

from typing import Any

from sqlalchemy import Row, select

from onrecord.capture import payload_digest
from onrecord.documents import bytes_digest
from onrecord.errors import LedgerDamaged
from onrecord.ledger.rows import storable
from onrecord.ledger.schema import captures, pages
from onrecord.ledger.store import Ledger
from onrecord.ledger.warc import WarcPlace, read_payload
from onrecord.types import Capture, Place, Problem

__all__ = ["read_capture", "read_places", "read_same"]


def read_capture(ledger: Ledger, row: Row[Any]) -> Capture | Problem:
    """Return a capture as the WARC file holds it, or what is wrong with it."""
    where = WarcPlace(row.warc_file, row.warc_offset)
    try:
        headers, payload = read_payload(ledger.folder, where)
    except LedgerDamaged as why:
        return _problem(row, str(why))
    digest = payload_digest(payload)
    if digest != bytes_digest(row.payload_digest):
        return _other_bytes(row, digest)
    said = headers.get("warc-payload-digest")
    if said != digest:
        return _problem(
            row, f"the record in {where.file} at byte {where.offset} says it has {said}, but has {digest}"
        )
    return _as_captured(row, payload)


def read_same(row: Row[Any], read: Capture) -> Capture | Problem:
    """Return a capture whose record was read for another article of the same file just before."""
    digest = bytes_digest(read.payload_digest)
    if digest == bytes_digest(row.payload_digest):
        return _as_captured(row, read.payload)
    return _other_bytes(row, digest)


def read_places(ledger: Ledger, page: str) -> tuple[Place, ...]:
    """Return where on the sheets of a PDF the lines of a page are printed, read from its bytes again.

    Nothing for pages without sheets, and where today's readers make another text of the bytes: places in
    another text prove nothing.
    """
    with ledger.reading() as connection:
        kept = connection.execute(select(pages).where(pages.c.id == page)).first()
        if kept is None or not kept.text_version.startswith("pdf-"):
            return ()
        of_page = select(captures).where(captures.c.payload_digest == kept.payload_digest)
        row = connection.execute(of_page.limit(1)).first()
    found = read_capture(ledger, row) if row else None
    if not isinstance(found, Capture):
        return ()
    from onrecord.page import read_page

    read, _ = read_page(found)
    same = read.text_version == kept.text_version and storable(read.text) == kept.text
    return read.places if same else ()


def _other_bytes(row: Row[Any], digest: str) -> Problem:
    return _problem(
        row,
        f"the record in {row.warc_file} at byte {row.warc_offset} has the bytes of {digest}, "
        f"but the ledger expects {bytes_digest(row.payload_digest)}",
    )


def _as_captured(row: Row[Any], payload: bytes) -> Capture:
    return Capture(
        payload=payload,
        payload_digest=row.payload_digest,
        place=row.place,
        media_type=row.media_type,
        uri=row.uri,
        charset=row.charset,
        captured_at=row.captured_at,
        published=row.published,
    )


def _problem(row: Row[Any], message: str) -> Problem:
    return Problem(stage="verify", message=message, place=row.place, payload_digest=row.payload_digest)
