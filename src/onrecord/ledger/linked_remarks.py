"""Which statements are one remark, kept, and the statements as they are compared. SQL only, no judgement.

Every function works on a connection that the caller opened.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, func, select

from onrecord.ledger.reviews import NAMING, read_reviews
from onrecord.ledger.rows import entry_from_row, page_from_row, select_entries, to_json
from onrecord.ledger.schema import entries
from onrecord.types import Entry, EntryPage

__all__ = ["RemarkRow", "entries_of_pages", "known_remarks", "pages_of_entries", "save_remarks"]

# Made once: putting a question together costs more than asking it.
_ENTRIES = (
    select_entries()
    .where(entries.c.page_id.in_(select(func.json_each(bindparam("pages")).table_valued("value").c.value)))
    .order_by(entries.c.n)
)
_WHERE = "SELECT id, page_id FROM entries WHERE id IN (SELECT value FROM json_each(?))"
_KNOWN = "SELECT id FROM remarks WHERE id IN (SELECT value FROM json_each(?))"
_BEFORE = (
    "SELECT id, remark_id FROM entries WHERE page_id IN (SELECT value FROM json_each(?)) "
    "AND remark_id IS NOT NULL"
)
_KEEP = (
    "INSERT INTO remarks (id, speaker_id, said_on, story_id) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
    "SET speaker_id = excluded.speaker_id, said_on = excluded.said_on, story_id = excluded.story_id"
)
_PUT_IN = "UPDATE entries SET remark_id = ? WHERE id = ?"
_END = (
    "DELETE FROM remarks WHERE id IN (SELECT value FROM json_each(?)) "
    "AND NOT EXISTS (SELECT 1 FROM entries WHERE entries.remark_id = remarks.id)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRow:
    """A remark to be kept, with its entries in order."""

    id: str
    speaker_id: str | None
    said_on: str | None
    story_id: str | None
    entries: tuple[str, ...]


def entries_of_pages(connection: Connection, page_ids: Iterable[str]) -> list[Entry]:
    """Return the entries of these pages in the order in which they were added.

    `review` is set only where it says whose words they are: nothing else keeps two speakers apart.
    """
    known: dict[str, EntryPage] = {}
    found: list[Entry] = []
    for row in connection.execute(_ENTRIES, {"pages": to_json(sorted(set(page_ids)))}):
        page = known.get(row.page_id)
        if page is None:
            page = known[row.page_id] = page_from_row(row)
        found.append(entry_from_row(row, page))
    given = read_reviews(connection, (entry.review for entry in found if entry.review))
    other = {one.id for one in given if one.kind not in NAMING and "speaker" not in (one.change or {})}
    return [replace(entry, review=None) if entry.review in other else entry for entry in found]


def pages_of_entries(connection: Connection, entry_ids: Iterable[str]) -> dict[str, str]:
    """Return on which page each of these statements stands."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(_WHERE, (to_json(sorted(entry_ids)),))}


def known_remarks(connection: Connection, ids: Collection[str]) -> set[str]:
    """Return those of some ids that a remark bears already."""
    return {row[0] for row in connection.exec_driver_sql(_KNOWN, (to_json(sorted(ids)),))}


def save_remarks(connection: Connection, page_ids: Iterable[str], rows: Iterable[RemarkRow]) -> None:
    """Keep the remarks of these pages in place of those they had."""
    rows = list(rows)
    asked = to_json(sorted(set(page_ids)))
    before = {row[0]: row[1] for row in connection.exec_driver_sql(_BEFORE, (asked,))}
    after = {id: row.id for row in rows for id in row.entries}
    if rows:
        kept = [(row.id, row.speaker_id, row.said_on, row.story_id) for row in rows]
        connection.exec_driver_sql(_KEEP, kept)
    # Only what changed is written: of a story that has grown by a page most stays as it was.
    moved = [(after.get(id), id) for id in sorted({*before, *after}) if before.get(id) != after.get(id)]
    if moved:
        connection.exec_driver_sql(_PUT_IN, moved)
    if ended := sorted(set(before.values()) - {row.id for row in rows}):
        connection.exec_driver_sql(_END, (to_json(ended),))
