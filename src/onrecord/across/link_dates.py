"""Settle the days that pages leave open by the stories they are in, and take it back when a story changes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from onrecord.across.settle import SETTLED, settle_day, undo_settling, write_anchor
from onrecord.across.window import find_days
from onrecord.ledger.links import (
    LinkPage,
    StoryRow,
    UndatedEntry,
    pages_by_id,
    settle_entry,
    settle_page,
    undated_entries,
)

__all__ = ["link_dates"]


def link_dates(connection: Connection, names: Iterable[str], rows: Iterable[StoryRow]) -> list[LinkPage]:
    """Settle what these stories can settle; return the pages whose day changed. `names` are all pages
    looked at.
    """
    homes = {page: row for row in rows for page in row.pages}
    known = {page.id: page for page in pages_by_id(connection, {*names, *homes})}
    entries: dict[str, list[UndatedEntry]] = defaultdict(list)
    for entry in undated_entries(connection, known):
        entries[entry.page_id].append(entry)
    changed = []
    for id, page in known.items():
        story = homes[id].pages if id in homes else ()
        dated = {other: _own_day(known[other]) for other in story if other != id and _own_day(known[other])}
        if page.article.published is None and _settle_page(connection, page, dated):
            changed.append(id)
        for entry in entries[id]:
            _settle_entry(connection, entry, dated)
    return pages_by_id(connection, changed)


def _own_day(page: LinkPage) -> str:
    """Return what a page itself says of its day: settled days must not settle others."""
    return page.article.published.value if page.article.published else ""


def _settle_page(connection: Connection, page: LinkPage, dated: Mapping[str, str]) -> bool:
    settled = settle_day(find_days(page), dated)
    day = settled.day if settled else None
    if day == page.published:
        return False
    settle_page(connection, page.id, day)
    return True


def _settle_entry(connection: Connection, entry: UndatedEntry, dated: Mapping[str, str]) -> None:
    if entry.said_on is not None and SETTLED not in (entry.anchor or ""):
        return  # The page itself says when: a story has nothing to add.
    settled = settle_day(entry.candidates, dated)
    day = settled.day if settled else None
    anchor = write_anchor(entry.anchor, settled) if settled else undo_settling(entry.anchor)
    if (day, anchor) != (entry.said_on, entry.anchor):
        settle_entry(connection, entry, day, anchor)
