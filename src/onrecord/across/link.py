"""Link new pages with those the ledger has: copies, stories, the dates and names these settle, remarks."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.across.fingerprints import read_text
from onrecord.across.link_articles import link_articles
from onrecord.across.link_copies import link_copies
from onrecord.across.link_dates import link_dates
from onrecord.across.link_people import link_people
from onrecord.across.link_remarks import link_remarks
from onrecord.across.link_stories import link_stories
from onrecord.across.window import link_likes, sketch_page
from onrecord.ledger import Ledger
from onrecord.ledger.linked_stories import StoryRow, pages_of_stories, refresh_stories, stories_of_pages
from onrecord.ledger.links import (
    count_links,
    count_unlinked,
    mark_linked,
    mark_told,
    pages_by_id,
    unlinked_pages,
    untold_pages,
)
from onrecord.ledger.neighbours import relinked

__all__ = ["LinkCounts", "link_pages"]

BATCH = 125  # pages linked in one transaction, and held in memory
AHEAD = 10_000  # pages whose order is known beforehand: finding it looks at every page of the ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCounts:
    """How many pages were linked, and how many copies, stories, and remarks the ledger has gained."""

    pages: int
    copies: int
    stories: int
    remarks: int


def link_pages(ledger: Ledger, *, progress: Callable[[int, int], None] | None = None) -> LinkCounts:
    """Link all pages that are not linked yet. `progress` is told how many are done, of how many.

    A batch of pages is linked in one transaction: stopped at any moment, what was linked stays, and running
    again does the rest. Copies come before stories, so that reprints are not taken for confirmation. What
    stories tell (days, names, remarks) is found once all their pages are there.
    """
    with ledger.writing() as connection:
        total, before = count_unlinked(connection), count_links(connection)
        again = relinked(connection)
    done = 0
    waiting: list[str] = []
    while done < total:
        with ledger.writing() as connection:
            waiting = waiting or unlinked_pages(connection, limit=AHEAD)
            some, waiting = waiting[:BATCH], waiting[BATCH:]
            _link_some(connection, some, again)
            again.difference_update(some)
        done += len(some)
        if progress:
            progress(done, total)
    while True:
        with ledger.writing() as connection:
            untold = untold_pages(connection, limit=BATCH)
            _tell_some(connection, untold)
        if not untold:
            break
    with ledger.writing() as connection:
        after = count_links(connection)
    copies, stories, remarks = (new - old for old, new in zip(before, after, strict=True))
    return LinkCounts(pages=done, copies=copies, stories=stories, remarks=remarks)


def _link_some(connection: Connection, new: list[str], again: set[str]) -> None:
    """Find what these pages reprint, who reprints them, and their stories. `again` are all pages that wait
    and were linked before."""
    pages = sorted(pages_by_id(connection, new), key=lambda page: new.index(page.id))
    # Here each text is cut into words; the search for copies remembers them.
    link_likes(connection, [sketch_page(page, read_text(page.text, page.paragraphs).words) for page in pages])
    # Before copies: a later version of a page is no reprint of it.
    elsewhere = link_articles(connection, pages)
    copied = link_copies(connection, pages, again | elsewhere)
    # What was taken out of its story stands alone until it is linked again: it is looked at with the rest.
    changed = link_stories(connection, {*new, *again, *elsewhere, *copied}, new)
    mark_linked(connection, new, changed)


def _tell_some(connection: Connection, untold: list[str]) -> None:
    """Find what the stories of these pages tell: their days, who bears a last name, remarks."""
    homes = stories_of_pages(connection, untold)
    members = pages_of_stories(connection, set(homes.values()))
    rows = [StoryRow(id=id, pages=tuple(pages)) for id, pages in members.items()]
    names = {*untold, *(page for row in rows for page in row.pages)}
    link_dates(connection, names, rows)
    refresh_stories(connection, members)
    _tell_remarks(connection, names, rows, link_people(connection, names, rows))
    mark_told(connection, names)


def _tell_remarks(connection: Connection, names: set[str], rows: list[StoryRow], elsewhere: set[str]) -> None:
    """Find the remarks of these stories, and of others in which a speaker is now somebody else."""
    further = pages_of_stories(
        connection,
        set(stories_of_pages(connection, elsewhere - names).values()) - {row.id for row in rows},
    )
    more = [StoryRow(id=id, pages=tuple(pages)) for id, pages in further.items()]
    link_remarks(connection, names | {page for row in more for page in row.pages}, [*rows, *more])
