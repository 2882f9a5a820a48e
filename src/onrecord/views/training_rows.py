"""Corrections as rows to train on: a page with the statements that people corrected, before and after.

A statement has the form of the annotated pages (docs/howto/train.md): words are spans of the page's text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from onrecord.ledger import Ledger, get_page
from onrecord.ledger.records import PageRecord, ReviewRecord
from onrecord.ledger.reviewing import list_reviews
from onrecord.types import Entry, Span
from onrecord.views.comments import cover_page
from onrecord.views.export import encode_json

__all__ = ["export_training", "training_rows"]


def export_training(rows: Iterable[dict[str, Any]], out: BinaryIO) -> int:
    """Write the rows as JSONL, and return how many there were."""
    written = 0
    for row in rows:
        out.write(encode_json(row) + b"\n")
        written += 1
    return written


def training_rows(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Yield a row for every page of which a correction is in force.

    Only corrected statements are in it: what else the page has is not said to be right. Readers' handles are
    blacked out, and who corrected is left out.
    """
    given: dict[str, list[ReviewRecord]] = defaultdict(list)
    for review in reversed(list_reviews(ledger)):
        if review.kind == "correct" and review.state in ("in force", "overruled"):
            given[str(review.about[0][0].page and review.about[0][0].page.id)].append(review)
    for page in given:
        record = cover_page(get_page(ledger, page))
        reviews = _reviews_by_entry(given[page])
        if record.read:
            yield _row(record, reviews)


def _reviews_by_entry(given: Iterable[ReviewRecord]) -> dict[str, list[ReviewRecord]]:
    found: dict[str, list[ReviewRecord]] = defaultdict(list)
    for review in given:
        found[str(review.about[0][0].entry)].append(review)
    return found


def _row(record: PageRecord, reviews: dict[str, list[ReviewRecord]]) -> dict[str, Any]:
    page = record.page
    now = {entry.id: entry for entry in record.entries}
    return {
        "id": page.id,
        "payload_digest": page.payload_digest,
        "text_version": page.text_version,
        "origin": "corrections",
        "url": page.uri,
        "published": page.published[:10] if page.published else None,
        "published_from": page.published_known,
        "text": record.text,
        "corrections": [
            {
                "id": read.id,
                "reviews": [{"id": one.id, "at": one.at, "note": one.note} for one in reviews[read.id]],
                "before": _statement(read, record),
                "after": _statement(now[read.id], record) if read.id in now else None,
            }
            for read in record.read
        ],
    }


def _statement(entry: Entry, record: PageRecord) -> dict[str, Any]:
    who = entry.speaker
    return {
        "id": entry.id,
        "speaker": {"name": who.name, "role": who.role, "type": who.type} if who else None,
        "source": entry.spans.source,
        "cue": entry.spans.cue,
        "content": entry.spans.content,
        "kind": entry.kind,
        "polarity": entry.polarity,
        "said_on": entry.said_on[:10] if entry.said_on else None,
        "said_on_words": next(iter(entry.spans.said_on), None),
        "via": entry.via,
        "addressee": _find_addressee(entry, record),
        "tier": entry.tier,
    }


def _find_addressee(entry: Entry, record: PageRecord) -> Span | None:
    """Return where the words of an addressee stand in the lines of the statement, if just once."""
    spans = [*entry.spans.cue, *entry.spans.content, *entry.spans.source]
    if not entry.addressee or not spans:
        return None
    lines = [
        block.span
        for block in record.blocks
        if any(block.span.start < span.end and span.start < block.span.end for span in spans)
    ]
    if not lines:
        return None
    start, end = lines[0].start, lines[-1].end
    at = record.text.find(entry.addressee, start, end)
    if at < 0 or record.text.find(entry.addressee, at + 1, end) >= 0:
        return None
    return Span(at, at + len(entry.addressee))
