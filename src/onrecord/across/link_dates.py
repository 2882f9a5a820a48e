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
from onrecord.ledger.linked_stories import StoryRow
from onrecord.ledger.links import pages_by_id
from onrecord.ledger.settled import UndatedEntry, days_of_pages, settle_entry, settle_page, undated_entries

__all__ = ["link_dates"]


def link_dates(connection: Connection, names: Iterable[str], rows: Iterable[StoryRow]) -> list[str]:
    """Settle what these stories can settle; return the pages whose day changed.

    `names` are all pages looked at: those that are in no story any more lose the day that one gave them.
    """
    homes = {page: row for row in rows for page in row.pages}
    days = days_of_pages(connection, {*names, *homes})
    # A day is settled, or may be, only where the page has none or one that was inferred; the rest needs no
    # look.
    open_pages = [
        id for id, (day, known) in days.items() if known == "inferred" or (day is None and id in homes)
    ]
    looked_at = pages_by_id(connection, open_pages)
    own = {id: day for id, (day, _) in days.items()}
    # Settled days must not settle others: of these pages only what they say themselves counts.
    own |= {page.id: page.article.published.value if page.article.published else None for page in looked_at}
    undated = [page for page in looked_at if own[page.id] is None]
    entries: dict[str, list[UndatedEntry]] = defaultdict(list)
    for entry in undated_entries(connection, [page.id for page in undated]):
        entries[entry.page_id].append(entry)
    changed = []
    for page in undated:
        story = homes[page.id].pages if page.id in homes else ()
        settled = settle_day(find_days(page), {other: day for other in story if (day := own[other])})
        day = settled.day if settled else None
        if day != page.published:
            settle_page(connection, page.id, day)
            changed.append(page.id)
        for entry in entries[page.id]:
            _settle_entry(connection, entry, settled)
    return changed


def _settle_entry(connection: Connection, entry: UndatedEntry, page: Settled | None) -> None:
    if entry.said_on is not None and SETTLED not in (entry.anchor or ""):
        return
    day = settle_saying(entry.candidates, page) if page else None
    anchor = write_anchor(entry.anchor, page) if page and day else undo_settling(entry.anchor)
    if (day, anchor) != (entry.said_on, entry.anchor):
        settle_entry(connection, entry, day, anchor)
