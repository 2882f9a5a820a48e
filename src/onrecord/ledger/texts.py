"""Pages with their texts, many at once: what a question over a whole story reads of each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from onrecord.ledger.rows import (
    ARTICLE_ID,
    article_of,
    blocks_of,
    page_from_row,
    read_entries,
    read_pages,
    select_pages,
)
from onrecord.ledger.schema import copies, entries, pages
from onrecord.ledger.search import select_headed
from onrecord.ledger.store import Ledger
from onrecord.people.fold import words_of
from onrecord.types import Article, Block, Entry, EntryPage

__all__ = ["PageText", "find_headed", "find_originals", "measure_texts", "read_texts"]

_AT_ONCE = 100  # pages with their texts


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A page as it is read again: its text, blocks and article, and its statements as they count now."""

    page: EntryPage
    text: str
    blocks: tuple[Block, ...]
    article: Article
    entries: tuple[Entry, ...]


def read_texts(ledger: Ledger, ids: Iterable[str]) -> Iterator[PageText]:
    """Yield pages with their texts by their ids, a few in memory at a time."""
    wanted = sorted(set(ids))
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        with ledger.reading() as connection:
            said: dict[str, list[Entry]] = defaultdict(list)
            for entry in read_entries(connection, entries.c.page_id.in_(some)):
                said[entry.page.id].append(entry)
            query = select(pages, pages.c.id.label("page_id"), ARTICLE_ID).where(pages.c.id.in_(some))
            rows = connection.execute(query.order_by(pages.c.id)).all()
        for row in rows:
            yield PageText(
                page=page_from_row(row),
                text=row.text,
                blocks=blocks_of(row),
                article=article_of(row),
                entries=tuple(said[row.id]),
            )


def measure_texts(ledger: Ledger, ids: Iterable[str]) -> dict[str, int]:
    """Return how many characters the texts of pages have."""
    wanted, found = sorted(set(ids)), dict[str, int]()
    with ledger.reading() as connection:
        for at in range(0, len(wanted), 500):
            query = select(pages.c.id, func.length(pages.c.text)).where(pages.c.id.in_(wanted[at : at + 500]))
            found |= {id: int(length) for id, length in connection.execute(query)}
    return found


def find_headed(ledger: Ledger, about: str, *, limit: int) -> dict[str, EntryPage]:
    """Return by their ids the pages that have words in their headline, or in the title of their story; the
    newest, where there are more."""
    if not words_of(about):
        return {}
    with ledger.reading() as connection:
        headed, in_story = select_headed(connection, about)
        query = select_pages().where(or_(pages.c.id.in_(headed), pages.c.id.in_(in_story)))
        query = query.order_by(pages.c.published.is_(None), pages.c.published.desc(), pages.c.n.desc())
        found = map(page_from_row, connection.execute(query.limit(limit)))
        return {page.id: page for page in found}


def find_originals(ledger: Ledger, ids: Collection[str]) -> dict[str, EntryPage]:
    """Return for those of these pages that are copies, by id, the page from which their words came first."""
    with ledger.reading() as connection:
        of: dict[str, str] = {}
        asked = set(ids)
        while asked:
            some = sorted(asked)[:500]
            asked -= set(some)
            query = select(copies.c.page_id, copies.c.of_page_id).where(copies.c.page_id.in_(some))
            found = {row.page_id: row.of_page_id for row in connection.execute(query)}
            of |= found
            # What is copied may be a copy itself; a ring of them ends where it began.
            asked |= set(found.values()) - of.keys() - set(found)
        known = read_pages(connection, of.values())
    return {id: known[last] for id in ids if id in of and (last := _follow(id, of)) in known}


def _follow(id: str, of: dict[str, str]) -> str:
    seen = {id}
    while (before := of.get(id)) is not None and before not in seen:
        seen.add(before)
        id = before
    return id
