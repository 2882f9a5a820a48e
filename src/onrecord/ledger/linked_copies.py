"""Who reprints whom, kept: copies, and the fingerprints by which they are found. SQL only, no judgement.

Every function works on a connection that the caller opened.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection

from onrecord.ledger.rows import to_json
from onrecord.types import Span

__all__ = ["copies_beside", "copies_of", "fingerprint_holders", "save_copy", "save_fingerprints"]

# Tens of thousands are asked for at once: a question with a place for each costs more than its answer.
_HOLDERS = "SELECT hash, n FROM fingerprints WHERE hash IN (SELECT value FROM json_each(?))"
_IDS = "SELECT n, id FROM pages WHERE n IN (SELECT value FROM json_each(?))"
_NUMBERS = "SELECT id, n FROM pages WHERE id IN (SELECT value FROM json_each(?))"
_NEW_PRINTS = "INSERT INTO fingerprints (hash, n) VALUES (?, ?)"
_DROP_PRINT = "DELETE FROM fingerprints WHERE hash = ? AND n = ?"
_DROP_PRINTS = "DELETE FROM fingerprints WHERE n IN (SELECT value FROM json_each(?))"
_COPIES = "SELECT page_id, of_page_id FROM copies WHERE page_id IN (SELECT value FROM json_each(?))"
_REPRINTS = "SELECT page_id, of_page_id FROM copies WHERE of_page_id IN (SELECT value FROM json_each(?))"
_DROP_COPY = "DELETE FROM copies WHERE page_id = ?"
_NEW_COPY = "INSERT INTO copies (page_id, of_page_id, share, spans) VALUES (?, ?, ?, ?)"


def fingerprint_holders(connection: Connection, hashes: Iterable[int]) -> dict[int, list[str]]:
    """Return which pages hold each of these fingerprints."""
    held = connection.exec_driver_sql(_HOLDERS, (to_json(sorted(hashes)),)).all()
    asked = to_json(sorted({n for _, n in held}))
    ids = {row[0]: row[1] for row in connection.exec_driver_sql(_IDS, (asked,))}
    holders: dict[int, list[str]] = defaultdict(list)
    for one, n in held:
        holders[one].append(ids[n])
    return dict(holders)


def save_fingerprints(
    connection: Connection, kept: Mapping[str, Collection[int]], dropped: Iterable[tuple[int, str]] = ()
) -> None:
    """Keep the fingerprints of these pages, in place of those they had; pages with `dropped` ones hold these
    no longer."""
    dropped = list(dropped)
    asked = to_json(sorted({*kept, *(page_id for _, page_id in dropped)}))
    numbers = {row[0]: row[1] for row in connection.exec_driver_sql(_NUMBERS, (asked,))}
    if gone := sorted((one, numbers[page_id]) for one, page_id in dropped):
        connection.exec_driver_sql(_DROP_PRINT, gone)
    connection.exec_driver_sql(_DROP_PRINTS, (to_json(sorted(numbers[page_id] for page_id in kept)),))
    # In the order of the table, so that a large one is gone through once.
    if rows := sorted((one, numbers[page_id]) for page_id, hashes in kept.items() for one in hashes):
        connection.exec_driver_sql(_NEW_PRINTS, rows)


def copies_of(connection: Connection, page_ids: Iterable[str]) -> dict[str, str]:
    """Return for those of these pages that are copies the page that each reprints."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(_COPIES, (to_json(sorted(set(page_ids))),))}


def copies_beside(connection: Connection, page_ids: Iterable[str]) -> set[str]:
    """Return the pages that reprint any of these, or are reprinted by one."""
    asked = (to_json(sorted(set(page_ids))),)
    originals = {row[1] for row in connection.exec_driver_sql(_COPIES, asked)}
    return originals | {row[0] for row in connection.exec_driver_sql(_REPRINTS, asked)}


def save_copy(
    connection: Connection,
    page_id: str,
    of_page_id: str | None,
    share: float = 0.0,
    spans: Sequence[tuple[Span, Span]] = (),
) -> None:
    """Keep that a page reprints another; with None that it reprints nobody."""
    connection.exec_driver_sql(_DROP_COPY, (page_id,))
    if of_page_id is not None:
        connection.exec_driver_sql(_NEW_COPY, (page_id, of_page_id, share, to_json(spans)))
