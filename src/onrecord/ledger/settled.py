"""What pages leave open and their stories settle, kept: the days of pages and of statements. SQL only, no
judgement.

Every function works on a connection that the caller opened.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select, update

from onrecord.ledger.accounts import read_of
from onrecord.ledger.correcting import change_read
from onrecord.ledger.rows import select_entries, to_json
from onrecord.ledger.schema import entries, pages
from onrecord.types import Known

__all__ = ["UndatedEntry", "days_of_pages", "settle_entry", "settle_page", "undated_entries"]

_DAYS = "SELECT id, published, published_known FROM pages WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class UndatedEntry:
    """A statement whose day its page leaves open, with the days it could be and what was made of them
    before.
    """

    id: str
    page_id: str
    candidates: tuple[str, ...]
    said_on: str | None
    anchor: str | None


def undated_entries(connection: Connection, page_ids: Iterable[str]) -> list[UndatedEntry]:
    """Return the statements on these pages whose day the page leaves open."""
    asked = sorted(set(page_ids))
    if not asked:
        return []
    # Of a corrected statement what was read counts here: the story settles that, too.
    open_days = or_(entries.c.said_on_candidates != "[]", entries.c.read.is_not(None))
    listed = select(func.json_each(to_json(asked)).table_valued("value").c.value)
    query = select_entries(hidden=True).where(pages.c.id.in_(listed), open_days)
    found: list[UndatedEntry] = []
    for row in connection.execute(query.order_by(entries.c.n)):
        read = read_of(row)
        if read.said_on_candidates:
            found.append(
                UndatedEntry(
                    id=row.id,
                    page_id=row.page_id,
                    candidates=read.said_on_candidates,
                    said_on=read.said_on,
                    anchor=read.said_on_anchor,
                )
            )
    return found


def days_of_pages(
    connection: Connection, page_ids: Iterable[str]
) -> dict[str, tuple[str | None, Known | None]]:
    """Return for each of these pages the day on which it was published, and how that is known."""
    asked = to_json(sorted(set(page_ids)))
    return {row[0]: (row[1], row[2]) for row in connection.exec_driver_sql(_DAYS, (asked,))}


def settle_page(connection: Connection, page_id: str, day: str | None) -> None:
    """Keep the day on which a page was published, as its story tells; None when the story tells no more."""
    known = "inferred" if day else None
    connection.execute(
        update(pages).where(pages.c.id == page_id).values(published=day, published_known=known)
    )
    newest = {"day": func.coalesce(entries.c.said_on, day)}
    connection.execute(update(entries).where(entries.c.page_id == page_id).values(newest))


def settle_entry(connection: Connection, entry: UndatedEntry, day: str | None, anchor: str | None) -> None:
    """Keep the day on which something was said, and what it was counted from; its candidates stay as they
    are.
    """
    row = connection.execute(select_entries(hidden=True).where(entries.c.id == entry.id)).one()
    known: Known | None = "inferred" if day else None
    change_read(connection, row, said_on=day, said_on_known=known, said_on_anchor=anchor)
