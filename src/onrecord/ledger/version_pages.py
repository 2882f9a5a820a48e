"""Pages of which the ledger has several versions: a list of them, and what each says.

Only articles with more than one page are looked at, so that a large ledger is not read for the few pages that
were saved twice.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, or_, select

from onrecord.checks.said_in import SaidIn
from onrecord.errors import NotFound
from onrecord.ledger.articles import pages_of_article
from onrecord.ledger.lookup import find_page_id, find_speaker_ids, near, near_names
from onrecord.ledger.rows import blocks_of, page_from_row, read_entries, select_pages
from onrecord.ledger.schema import article_pages, entries, joint_speakers, pages
from onrecord.ledger.versions import Order, order_pages, read_moment
from onrecord.types import Entry, EntryPage

__all__ = ["StatementsBy", "VersionPage", "VersionReader", "find_statements_by", "list_version_pages"]

_KEPT = (
    64  # pages and articles that are kept while a list is made: versions of one article lie near each other
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """A page of an article with several: `moment` is when it was saved, else published, so that moments
    compare ("" not known); `number` tells in which order pages were put on record."""

    id: str
    article: str
    moment: str
    number: int
    outlet: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsBy:
    """The statements of a speaker on pages with several versions, and the articles of these pages."""

    entries: frozenset[str]
    articles: frozenset[str]


def list_version_pages(
    connection: Connection,
    *,
    recorded: bool = False,
    articles: Collection[str] | None = None,
    page: str | None = None,
    outlet: str | None = None,
    since: str | None = None,
) -> list[VersionPage]:
    """Return the pages of articles with several, the newest first, or with `recorded` the last put on record.

    `articles` keeps those, `page` the versions of one page (its id, address or place), `outlet` what one
    outlet printed, `since` what was saved, or else published, on that day, month or year or later.
    """
    columns = (pages.c.n, pages.c.captured_at, pages.c.published, pages.c.outlet)
    query = select(article_pages, *columns).join(pages, pages.c.id == article_pages.c.page_id)
    if page is not None:
        ids = pages_of_article(connection, find_page_id(connection, page))
        query = query.where(article_pages.c.page_id.in_(ids))
    found = [
        VersionPage(
            id=row.page_id,
            article=row.article_id,
            moment=read_moment(row.captured_at or row.published),
            number=row.n,
            outlet=row.outlet,
        )
        for row in connection.execute(query)
        if articles is None or row.article_id in articles
    ]
    if outlet is not None:
        found = list(_printed_by(outlet, found))
    if since is not None:
        found = [one for one in found if _is_since(one.moment, since)]
    if recorded:
        return sorted(found, key=lambda one: -one.number)
    return sorted(found, key=lambda one: (one.moment, one.number), reverse=True)


def _printed_by(outlet: str, found: Sequence[VersionPage]) -> Iterator[VersionPage]:
    known = {one.outlet for one in found if one.outlet}
    wanted = {name for name in known if name.casefold() == outlet.strip().casefold()}
    if not wanted:
        raise NotFound(
            f"no page with several versions is from an outlet named {outlet!r}{near(outlet, known)}; "
            "`onrecord page` lists pages with their outlets"
        )
    yield from (one for one in found if one.outlet in wanted)


def _is_since(moment: str, since: str) -> bool:
    # What is known to the month only may be a day since.
    return bool(moment) and (moment >= since or since.startswith(moment))


def find_statements_by(connection: Connection, name: str) -> StatementsBy:
    """Return what a speaker says on pages with several versions; `name` is full, the last one, or an id."""
    ids = find_speaker_ids(connection, name)
    if not ids:
        raise NotFound(f"no speaker is named {name!r}{near_names(connection, name)}")
    joint = select(joint_speakers.c.entry_id).where(joint_speakers.c.speaker_id.in_(ids))
    theirs = (
        select(entries.c.id, article_pages.c.article_id)
        .join(article_pages, article_pages.c.page_id == entries.c.page_id)
        .where(or_(entries.c.speaker_id.in_(ids), entries.c.id.in_(joint)))
    )
    rows = connection.execute(theirs).all()
    return StatementsBy(
        entries=frozenset(row.id for row in rows), articles=frozenset(row.article_id for row in rows)
    )


class VersionReader:
    """Reads versions through an open connection, and what was read last is not read again."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.order = lru_cache(maxsize=_KEPT)(self._order)
        self.number = lru_cache(maxsize=_KEPT * _KEPT)(self._number)
        self.page = lru_cache(maxsize=_KEPT)(self._page)
        self.entries = lru_cache(maxsize=_KEPT)(self._entries)
        self.said = lru_cache(maxsize=_KEPT)(self._said)

    def _order(self, article: str) -> Order:
        """Return the pages of an article in order, oldest first as far as that is known."""
        return order_pages(self.connection, pages_of_article(self.connection, article))

    def _number(self, id: str) -> int:
        """Return the number of a page in the order of recording."""
        return int(self.connection.execute(select(pages.c.n).where(pages.c.id == id)).scalar_one())

    def _said(self, id: str) -> dict[str, tuple[str | None, ...]]:
        """Return what the statements of a page are told apart by, as the rows have it, by their ids.

        Most versions say the same: making their entries, and reading their texts, would take twenty times as
        long.
        """
        who = (entries.c.speaker_name, entries.c.source, entries.c.polarity)
        query = select(entries.c.id, entries.c.content, entries.c.cue, *who)
        rows = self.connection.execute(query.where(entries.c.page_id == id, entries.c.hidden == 0))
        return {row[0]: tuple(row[1:]) for row in rows}

    def _entries(self, id: str) -> tuple[Entry, ...]:
        """Return the statements of a page, in reading order."""
        return tuple(read_entries(self.connection, entries.c.page_id == id))

    def _page(self, id: str) -> tuple[EntryPage, SaidIn, str]:
        """Return a page, what it says, and when it was put on record."""
        query = select_pages().add_columns(pages.c.text, pages.c.blocks, pages.c.added_at)
        row = self.connection.execute(query.where(pages.c.id == id)).one()
        said = SaidIn(entries=self.entries(id), text=row.text, blocks=blocks_of(row))
        return page_from_row(row), said, row.added_at
