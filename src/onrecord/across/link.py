"""Link new pages with those the ledger has: copies, stories, the dates and names these settle, remarks."""

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.across.fingerprints import read_text
from onrecord.across.link_articles import link_articles
from onrecord.across.link_copies import link_copies
from onrecord.across.link_dates import link_dates
from onrecord.across.link_people import link_people
from onrecord.across.link_remarks import link_remarks
from onrecord.across.link_stories import link_stories
from onrecord.across.window import Window, know_page
from onrecord.ledger import Ledger
from onrecord.ledger.links import (
    count_links,
    count_unlinked,
    mark_linked,
    pages_by_id,
    refresh_stories,
    unlinked_pages,
)

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
    again does the rest. Copies come before stories, so that reprints are not taken for confirmation.
    """
    with ledger.writing() as connection:
        total, before = count_unlinked(connection), count_links(connection)
    window, done = Window(), 0
    waiting: list[str] = []
    while done < total:
        with ledger.writing() as connection:
            waiting = waiting or unlinked_pages(connection, limit=AHEAD)
            some, waiting = waiting[:BATCH], waiting[BATCH:]
            new = set(some)
            pages = sorted(pages_by_id(connection, new), key=lambda page: some.index(page.id))
            # Here each text is cut into words; the search for copies remembers them.
            coming = [know_page(page, read_text(page.text, page.paragraphs).words) for page in pages]
            # Before copies: a later version of a page is no reprint of it.
            touched = new | link_articles(connection, pages)
            touched |= link_copies(connection, pages)
            window.move(connection, coming)
            names, stories = link_stories(connection, window, touched)
            link_copies(connection, link_dates(connection, names, stories))
            refresh_stories(connection, (story.id for story in stories))
            link_people(connection, names, stories)
            link_remarks(connection, names, stories)
            mark_linked(connection, new)
        done += len(pages)
        if progress:
            progress(done, total)
    with ledger.writing() as connection:
        after = count_links(connection)
    copies, stories_made, remarks = (new - old for old, new in zip(before, after, strict=True))
    return LinkCounts(pages=done, copies=copies, stories=stories_made, remarks=remarks)
