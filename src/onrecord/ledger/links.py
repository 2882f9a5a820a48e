"""What `across` reads from the ledger and writes back: copies, stories, settled dates and remarks. SQL
only, no judgement.

Every function works on a connection that the caller opened, so that all links of a batch of pages are kept,
or none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, update

from onrecord.ledger.accounts import read_of
from onrecord.ledger.correcting import change_read
from onrecord.ledger.reviews import NAMING, read_reviews
from onrecord.ledger.rows import (
    article_of,
    blocks_of,
    entry_from_row,
    paragraphs_of,
    select_entries,
    to_json,
)
from onrecord.ledger.schema import (
    copies,
    entries,
    fingerprints,
    pages,
    remarks,
    stories,
    story_pages,
)
from onrecord.types import Article, Block, Entry, Known, Span

__all__ = [
    "LinkPage",
    "RemarkRow",
    "StoryRow",
    "UndatedEntry",
    "copies_beside",
    "copies_of",
    "count_links",
    "count_unlinked",
    "days_of_pages",
    "entries_of_pages",
    "fingerprint_holders",
    "let_go",
    "mark_linked",
    "mark_told",
    "pages_by_id",
    "pages_of_entries",
    "pages_of_stories",
    "refresh_stories",
    "remark_exists",
    "save_copy",
    "save_fingerprints",
    "save_remarks",
    "save_stories",
    "settle_entry",
    "settle_page",
    "stories_of_pages",
    "undated_entries",
    "unlinked_pages",
    "untold_pages",
]

# What `pages.linked` says of a page: it waits; all is found; its story is found, and what that tells is not.
_WAITS, _TOLD, _UNTOLD = 0, 1, 2

_AT_ONCE = 500  # values in one IN (...): well below what any database takes
_HOLDERS = (
    "SELECT hash, page_id FROM fingerprints WHERE hash IN (SELECT value FROM json_each(?)) "
    "ORDER BY hash, page_id"
)
_NEW_PRINTS = "INSERT INTO fingerprints (hash, page_id) VALUES (?, ?)"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """A page as the links over pages see it.

    `published` is the day that the ledger holds; `article.published` what the page itself says: where only
    the first is set, the page's story settled it. `paragraphs` are the article's own: no headline, no
    comments, no furniture. Only of a page that does not date itself the blocks and the article's body are
    here.
    """

    id: str
    uri: str | None
    outlet: str | None
    credit: str | None
    headline: str | None
    published: str | None
    captured_at: str | None
    text: str
    blocks: tuple[Block, ...]
    article: Article
    paragraphs: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story to be kept, with its pages in order."""

    id: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRow:
    """A remark to be kept, with its entries in order."""

    id: str
    speaker_id: str | None
    said_on: str | None
    story_id: str | None
    entries: tuple[str, ...]


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


def count_unlinked(connection: Connection) -> int:
    """Return how many pages wait to be linked."""
    return connection.execute(select(func.count()).where(pages.c.linked == 0)).scalar_one()


def count_links(connection: Connection) -> tuple[int, int, int]:
    """Return how many copies, stories and remarks the ledger has."""
    copied, told, said = (
        connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (copies, stories, remarks)
    )
    return copied, told, said


def unlinked_pages(connection: Connection, *, limit: int) -> list[str]:
    """Return the ids of the next pages to link, in publishing order, those of unknown day last."""
    order = (pages.c.published.is_(None), pages.c.published, pages.c.captured_at, pages.c.id)
    unlinked = select(pages.c.id).where(pages.c.linked == 0)
    return list(connection.execute(unlinked.order_by(*order).limit(limit)).scalars())


def pages_by_id(connection: Connection, ids: Iterable[str]) -> list[LinkPage]:
    """Return these pages, in the order of their ids."""
    found: list[LinkPage] = []
    for some in _some(sorted(set(ids))):
        rows = connection.execute(_select_pages().where(pages.c.id.in_(some)).order_by(pages.c.id))
        found += map(_link_page, rows)
    return found


def fingerprint_holders(connection: Connection, hashes: Iterable[int]) -> dict[int, list[str]]:
    """Return which pages hold each of these fingerprints, in the order of their ids."""
    holders: dict[int, list[str]] = defaultdict(list)
    # Tens of thousands are asked for at once: a question with a place for each costs more than its answer.
    asked = to_json(sorted(hashes))
    for one, page_id in connection.exec_driver_sql(_HOLDERS, (asked,)).all():
        holders[one].append(page_id)
    return dict(holders)


def save_fingerprints(
    connection: Connection, kept: Mapping[str, Collection[int]], dropped: Iterable[tuple[int, str]] = ()
) -> None:
    """Keep the fingerprints of these pages, in place of those they had; pages with `dropped` ones hold these
    no longer."""
    if gone := sorted(dropped):
        connection.exec_driver_sql("DELETE FROM fingerprints WHERE hash = ? AND page_id = ?", gone)
    for some in _some(sorted(kept)):
        connection.execute(delete(fingerprints).where(fingerprints.c.page_id.in_(some)))
    # In the order of the index, so that a large one is gone through once.
    rows = sorted((one, page_id) for page_id, hashes in kept.items() for one in hashes)
    if rows:
        connection.exec_driver_sql(_NEW_PRINTS, rows)


def copies_of(connection: Connection, page_ids: Iterable[str]) -> dict[str, str]:
    """Return for those of these pages that are copies the page that each reprints."""
    found: dict[str, str] = {}
    for some in _some(sorted(set(page_ids))):
        rows = connection.execute(
            select(copies.c.page_id, copies.c.of_page_id).where(copies.c.page_id.in_(some))
        )
        found.update((row.page_id, row.of_page_id) for row in rows)
    return found


def copies_beside(connection: Connection, page_ids: Iterable[str]) -> set[str]:
    """Return the pages that reprint any of these, or are reprinted by one."""
    found: set[str] = set()
    for some in _some(sorted(set(page_ids))):
        for here, there in ((copies.c.page_id, copies.c.of_page_id), (copies.c.of_page_id, copies.c.page_id)):
            found.update(connection.execute(select(there).where(here.in_(some))).scalars())
    return found


def save_copy(
    connection: Connection,
    page_id: str,
    of_page_id: str | None,
    share: float = 0.0,
    spans: Sequence[tuple[Span, Span]] = (),
) -> None:
    """Keep that a page reprints another; with None that it reprints nobody."""
    connection.execute(delete(copies).where(copies.c.page_id == page_id))
    if of_page_id is not None:
        row = {"page_id": page_id, "of_page_id": of_page_id, "share": share, "spans": to_json(spans)}
        connection.execute(insert(copies), row)


def stories_of_pages(connection: Connection, page_ids: Iterable[str]) -> dict[str, str]:
    """Return the story of each of these pages that has one."""
    found: dict[str, str] = {}
    for some in _some(sorted(set(page_ids))):
        query = select(story_pages.c.page_id, story_pages.c.story_id).where(story_pages.c.page_id.in_(some))
        found.update((row.page_id, row.story_id) for row in connection.execute(query))
    return found


def pages_of_stories(connection: Connection, story_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the pages of each of these stories."""
    found: dict[str, list[str]] = defaultdict(list)
    for some in _some(sorted(set(story_ids))):
        query = select(story_pages.c.story_id, story_pages.c.page_id).where(story_pages.c.story_id.in_(some))
        for row in connection.execute(query.order_by(story_pages.c.page_id)):
            found[row.story_id].append(row.page_id)
    return found


def save_stories(connection: Connection, page_ids: Collection[str], rows: Iterable[StoryRow]) -> None:
    """Put these pages into these stories; a story that no page is left in goes."""
    before = set(stories_of_pages(connection, page_ids).values())
    for some in _some(sorted(page_ids)):
        connection.execute(delete(story_pages).where(story_pages.c.page_id.in_(some)))
    for row in rows:
        if connection.execute(select(stories.c.id).where(stories.c.id == row.id)).first() is None:
            connection.execute(insert(stories), {"id": row.id})
        connection.execute(insert(story_pages), [{"page_id": page, "story_id": row.id} for page in row.pages])
    empty = sorted(before - pages_of_stories(connection, before).keys())
    for some in _some(empty):
        connection.execute(update(remarks).where(remarks.c.story_id.in_(some)).values(story_id=None))
        connection.execute(delete(stories).where(stories.c.id.in_(some)))


def refresh_stories(connection: Connection, story_ids: Iterable[str]) -> None:
    """Give stories the headline of their first page, and the days of their first and last."""
    joined = story_pages.join(pages, pages.c.id == story_pages.c.page_id)
    order = (pages.c.published.is_(None), pages.c.published, pages.c.captured_at, pages.c.id)
    for id in sorted(set(story_ids)):
        query = select(pages.c.headline, pages.c.published).select_from(joined)
        rows = connection.execute(query.where(story_pages.c.story_id == id).order_by(*order)).all()
        days = [row.published for row in rows if row.published]
        values = {
            "title": next((row.headline for row in rows if row.headline), None),
            "since": days[0] if days else None,
            "until": days[-1] if days else None,
        }
        connection.execute(update(stories).where(stories.c.id == id).values(values))


def undated_entries(connection: Connection, page_ids: Iterable[str]) -> list[UndatedEntry]:
    """Return the statements on these pages whose day the page leaves open."""
    found: list[UndatedEntry] = []
    for some in _some(sorted(set(page_ids))):
        # Of a corrected statement what was read counts here: the story settles that, too.
        open_days = or_(entries.c.said_on_candidates != "[]", entries.c.read.is_not(None))
        query = select_entries(hidden=True).where(pages.c.id.in_(some), open_days)
        for row in connection.execute(query.order_by(entries.c.n)):
            read = read_of(row)
            if not read.said_on_candidates:
                continue
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
    found: dict[str, tuple[str | None, Known | None]] = {}
    for some in _some(sorted(set(page_ids))):
        query = select(pages.c.id, pages.c.published, pages.c.published_known).where(pages.c.id.in_(some))
        found.update((row.id, (row.published, row.published_known)) for row in connection.execute(query))
    return found


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


def entries_of_pages(connection: Connection, page_ids: Iterable[str]) -> list[Entry]:
    """Return the entries of these pages in the order in which they were added.

    `review` is set only where it says whose words they are: nothing else keeps two speakers apart.
    """
    found: list[tuple[int, Entry]] = []
    for some in _some(sorted(set(page_ids))):
        rows = connection.execute(select_entries().where(pages.c.id.in_(some)))
        found += ((row.n, entry_from_row(row)) for row in rows)
    ordered = [entry for _, entry in sorted(found, key=lambda pair: pair[0])]
    given = read_reviews(connection, (entry.review for entry in ordered if entry.review))
    other = {one.id for one in given if one.kind not in NAMING and "speaker" not in (one.change or {})}
    return [replace(entry, review=None) if entry.review in other else entry for entry in ordered]


def pages_of_entries(connection: Connection, entry_ids: Iterable[str]) -> dict[str, str]:
    """Return on which page each of these statements stands."""
    query = select(entries.c.id, entries.c.page_id).where(entries.c.id.in_(sorted(entry_ids)))
    return {row.id: row.page_id for row in connection.execute(query)}


def remark_exists(connection: Connection, id: str) -> bool:
    """Say whether a remark bears this id already."""
    return connection.execute(select(remarks.c.id).where(remarks.c.id == id)).first() is not None


def save_remarks(connection: Connection, page_ids: Iterable[str], rows: Iterable[RemarkRow]) -> None:
    """Keep the remarks of these pages in place of those they had."""
    before: set[str] = set()
    for some in _some(sorted(set(page_ids))):
        here = entries.c.page_id.in_(some) & entries.c.remark_id.is_not(None)
        before.update(connection.execute(select(entries.c.remark_id).where(here)).scalars())
        connection.execute(update(entries).where(here).values(remark_id=None))
    for row in rows:
        values = {"speaker_id": row.speaker_id, "said_on": row.said_on, "story_id": row.story_id}
        if connection.execute(update(remarks).where(remarks.c.id == row.id).values(values)).rowcount == 0:
            connection.execute(insert(remarks), {"id": row.id, **values})
        connection.execute(update(entries).where(entries.c.id.in_(row.entries)).values(remark_id=row.id))
        before.discard(row.id)
    for some in _some(sorted(before)):
        held = select(entries.c.remark_id).where(entries.c.remark_id.in_(some))
        connection.execute(delete(remarks).where(remarks.c.id.in_(some), remarks.c.id.not_in(held)))


def let_go(connection: Connection, page_ids: Iterable[str]) -> None:
    """Take pages out of their stories, and let these and the pages they leave behind be linked anew.

    What people decided holds when they are linked: so a page comes back where nothing is against it.
    """
    gone = sorted(set(page_ids))
    mates = pages_of_stories(connection, set(stories_of_pages(connection, gone).values()))
    for some in _some(gone):
        connection.execute(delete(story_pages).where(story_pages.c.page_id.in_(some)))
    again = sorted({*gone, *(page for members in mates.values() for page in members)})
    for some in _some(again):
        connection.execute(update(pages).where(pages.c.id.in_(some)).values(linked=0))
    for story, members in mates.items():
        if not set(members) - set(gone):
            connection.execute(update(remarks).where(remarks.c.story_id == story).values(story_id=None))
            connection.execute(delete(stories).where(stories.c.id == story))


def mark_linked(connection: Connection, new: Iterable[str], changed: Iterable[str]) -> None:
    """Note that new pages have been linked. What their stories tell of them, and of the pages whose story
    `changed`, is still to be found."""
    for some in _some(sorted(set(new))):
        connection.execute(update(pages).where(pages.c.id.in_(some)).values(linked=_UNTOLD))
    for some in _some(sorted(set(changed))):
        # One that waits to be linked again goes on waiting.
        query = update(pages).where(pages.c.id.in_(some), pages.c.linked == _TOLD)
        connection.execute(query.values(linked=_UNTOLD))


def mark_told(connection: Connection, page_ids: Iterable[str]) -> None:
    """Note that all that stories tell of these pages has been found."""
    for some in _some(sorted(set(page_ids))):
        query = update(pages).where(pages.c.id.in_(some), pages.c.linked == _UNTOLD)
        connection.execute(query.values(linked=_TOLD))


def untold_pages(connection: Connection, *, limit: int) -> list[str]:
    """Return pages that are linked, and of which it is not told yet what their stories say of them."""
    query = select(pages.c.id).where(pages.c.linked == _UNTOLD).order_by(pages.c.n)
    return list(connection.execute(query.limit(limit)).scalars())


def _some(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))


def _select_pages() -> Select[Any]:
    return select(
        pages.c.id,
        pages.c.uri,
        pages.c.outlet,
        pages.c.credit,
        pages.c.headline,
        pages.c.published,
        pages.c.captured_at,
        pages.c.text,
        pages.c.blocks,
        pages.c.article,
    )


def _link_page(row: Row[Any]) -> LinkPage:
    article, paragraphs = paragraphs_of(row)
    # Only a page that does not date itself is asked what else it prints; the others' blocks are many and
    # not needed.
    undated = article.published is None and article.updated is None
    return LinkPage(
        id=row.id,
        uri=row.uri,
        outlet=row.outlet,
        credit=row.credit,
        headline=row.headline,
        published=row.published,
        captured_at=row.captured_at,
        text=row.text,
        blocks=blocks_of(row) if undated else (),
        article=article_of(row) if undated else article,
        paragraphs=paragraphs,
    )
