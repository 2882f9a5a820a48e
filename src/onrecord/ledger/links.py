"""The pages that `across` links, and how far it is with each. SQL only, no judgement.

What it finds is kept by `linked_copies`, `linked_stories`, `linked_remarks` and `settled`. Every function
works on a connection that the caller opened, so that all links of a batch of pages are kept, or none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from onrecord.ledger.rows import article_of, blocks_of, paragraphs_of, to_json
from onrecord.ledger.schema import copies, pages, remarks, stories
from onrecord.types import Article, Block, Span

__all__ = [
    "LinkPage",
    "count_links",
    "count_unlinked",
    "mark_linked",
    "mark_told",
    "pages_by_id",
    "unlinked_pages",
    "untold_pages",
]

# What `pages.linked` says of a page: it waits; all is found; its story is found, and what that tells is not.
_WAITS, _TOLD, _UNTOLD = 0, 1, 2

_PAGES = (
    "SELECT id, uri, outlet, credit, headline, published, captured_at, text, blocks, article FROM pages "
    "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
)
_MARK = "UPDATE pages SET linked = ? WHERE id IN (SELECT value FROM json_each(?))"


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
    asked = sorted(set(ids))
    rows = connection.exec_driver_sql(_PAGES, (to_json(asked),)) if asked else ()
    return list(map(_link_page, rows))


def mark_linked(connection: Connection, new: Iterable[str], changed: Iterable[str]) -> None:
    """Note that new pages have been linked. What their stories tell of them, and of the pages whose story
    `changed`, is still to be found."""
    connection.exec_driver_sql(_MARK, (_UNTOLD, to_json(sorted(set(new)))))
    # One that waits to be linked again goes on waiting.
    asked = to_json(sorted(set(changed)))
    connection.exec_driver_sql(f"{_MARK} AND linked = {_TOLD}", (_UNTOLD, asked))


def mark_told(connection: Connection, page_ids: Iterable[str]) -> None:
    """Note that all that stories tell of these pages has been found."""
    asked = to_json(sorted(set(page_ids)))
    connection.exec_driver_sql(f"{_MARK} AND linked = {_UNTOLD}", (_TOLD, asked))


def untold_pages(connection: Connection, *, limit: int) -> list[str]:
    """Return pages that are linked, and of which it is not told yet what their stories say of them."""
    query = select(pages.c.id).where(pages.c.linked == _UNTOLD).order_by(pages.c.n)
    return list(connection.execute(query.limit(limit)).scalars())


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
