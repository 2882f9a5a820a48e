"""Settle the days that pages leave open by the stories they are in, and take it back when a story changes."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from onrecord.across.settle import (
    SETTLED,
    Settled,
    settle_day,
    settle_saying,
    undo_settling,
    write_anchor,
)
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
    """Settle what these stories can settle; return the pages whose day changed.

    `names` are all pages looked at: those that are in no story any more lose the day that one gave them.
    """
    homes = {page: row for row in rows for page in row.pages}
    known = {page.id: page for page in pages_by_id(connection, {*names, *homes})}
    entries: dict[str, list[UndatedEntry]] = defaultdict(list)
    for entry in undated_entries(connection, known):
        entries[entry.page_id].append(entry)
    changed = []
    for id, page in known.items():
        if page.article.published is not None:
            continue  # The page itself says when: a story has nothing to add.
        story = homes[id].pages if id in homes else ()
        settled = settle_day(
            find_days(page), {other: day for other in story if (day := _own_day(known[other]))}
        )
        day = settled.day if settled else None
        if day != page.published:
            settle_page(connection, id, day)
            changed.append(id)
        for entry in entries[id]:
            _settle_entry(connection, entry, settled)
    return pages_by_id(connection, changed)


def _own_day(page: LinkPage) -> str | None:
    """Return what a page itself says of its day: settled days must not settle others."""
    return page.article.published.value if page.article.published else None


def _settle_entry(connection: Connection, entry: UndatedEntry, page: Settled | None) -> None:
    if entry.said_on is not None and SETTLED not in (entry.anchor or ""):
        return
    day = settle_saying(entry.candidates, page) if page else None
    anchor = write_anchor(entry.anchor, page) if page and day else undo_settling(entry.anchor)
    if (day, anchor) != (entry.said_on, entry.anchor):
        settle_entry(connection, entry, day, anchor)
