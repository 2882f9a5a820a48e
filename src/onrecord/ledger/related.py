"""What a search for stories on one subject reads: which pages have a name, and where they belong."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from onrecord.ledger.fulltext import pages_with
from onrecord.ledger.rows import read_pages
from onrecord.ledger.schema import pages, stories, story_pages
from onrecord.ledger.store import Ledger
from onrecord.types import EntryPage

__all__ = ["Home", "find_homes", "find_pages_naming"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A page with its story: its id, title and days; all None of a page in none."""

    page: EntryPage
    story: str | None
    title: str | None
    since: str | None
    until: str | None


def find_pages_naming(ledger: Ledger, name: str, *, most: int) -> list[str]:
    """Return the ids of pages whose text has these words side by side, at most so many."""
    with ledger.reading() as connection:
        named = pages_with(connection, '"' + name.replace('"', " ") + '"')
        return list(connection.execute(select(pages.c.id).where(named).limit(most)).scalars())


def find_homes(ledger: Ledger, page_ids: Iterable[str]) -> dict[str, Home]:
    """Return for each page what it belongs to."""
    ids = sorted(page_ids)
    query: Select[Any] = (
        select(story_pages.c.page_id, stories)
        .join(stories, stories.c.id == story_pages.c.story_id)
        .where(story_pages.c.page_id.in_(ids))
    )
    with ledger.reading() as connection:
        known = read_pages(connection, ids)
        rows = {row.page_id: row for row in connection.execute(query)}
    return {
        id: Home(
            page=page,
            story=rows[id].id if id in rows else None,
            title=rows[id].title if id in rows else page.headline,
            since=rows[id].since if id in rows else page.published,
            until=rows[id].until if id in rows else page.published,
        )
        for id, page in known.items()
    }
