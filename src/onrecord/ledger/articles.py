"""Which pages of a ledger are one article, kept: versions of one address, and pages that were saved twice.

Each page has keys; pages that share one are put together anew whenever one comes or changes, so that it does
not matter in which order they were added.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection, delete, insert, select

from onrecord.checks.articles import ArticleKey, group_by_keys
from onrecord.ledger.rows import to_json
from onrecord.ledger.schema import article_keys, article_pages, captures, copies

__all__ = [
    "addresses_of",
    "articles_of",
    "drop_copies_inside",
    "pages_of_article",
    "pages_of_articles",
    "save_article_keys",
]

T = TypeVar("T")

_ARTICLES = "SELECT page_id, article_id FROM article_pages WHERE page_id IN (SELECT value FROM json_each(?))"
_AT_ONCE = 500  # values in one IN (...): well below what any database takes


def articles_of(connection: Connection, page_ids: Iterable[str]) -> dict[str, str]:
    """Return for those of these pages that are one article with others the id of the article."""
    asked = to_json(sorted(set(page_ids)))
    return {row[0]: row[1] for row in connection.exec_driver_sql(_ARTICLES, (asked,))}


def pages_of_article(connection: Connection, page_id: str) -> list[str]:
    """Return the ids of all pages that are one article with this one, itself among them."""
    mine = select(article_pages.c.article_id).where(article_pages.c.page_id == page_id).scalar_subquery()
    query = select(article_pages.c.page_id).where(article_pages.c.article_id == mine)
    return sorted({page_id, *connection.execute(query).scalars()})


def pages_of_articles(connection: Connection, page_ids: Iterable[str]) -> set[str]:
    """Return these pages with all that are one article with any of them."""
    return _mates(connection, page_ids)


def save_article_keys(connection: Connection, keys: Mapping[str, Collection[ArticleKey]]) -> set[str]:
    """Keep the keys of these pages in place of those they had, and put together what is one article.

    Returns the pages, these or others, that are in another article than before, or in one with other pages.
    """
    before = _mates(connection, keys)
    for some in _some(sorted(keys)):
        connection.execute(delete(article_keys).where(article_keys.c.page_id.in_(some)))
    rows = sorted({(one.key, id): one for id, some in keys.items() for one in some}.items())
    if rows:
        connection.execute(
            insert(article_keys),
            [{"key": key, "page_id": id, "outlet": one.outlet, "day": one.day} for (key, id), one in rows],
        )
    known = _keys_around(connection, {*keys, *before})
    groups = group_by_keys(known)
    sizes: dict[str, int] = {}
    for article in groups.values():
        sizes[article] = sizes.get(article, 0) + 1
    after = {page: article for page, article in groups.items() if sizes[article] > 1}
    old = articles_of(connection, {*groups, *before})
    changed = {page for page in {*old, *after} if old.get(page) != after.get(page)}
    for some in _some(sorted(changed)):
        connection.execute(delete(article_pages).where(article_pages.c.page_id.in_(some)))
    if kept := sorted((page, after[page]) for page in changed if page in after):
        connection.execute(
            insert(article_pages), [{"page_id": page, "article_id": article} for page, article in kept]
        )
    return changed


def addresses_of(connection: Connection, page_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the addresses at which each of these pages was found, where any is known."""
    found: dict[str, list[str]] = defaultdict(list)
    for some in _some(sorted(set(page_ids))):
        query = select(captures.c.page_id, captures.c.uri).where(captures.c.uri.is_not(None))
        for row in connection.execute(query.where(captures.c.page_id.in_(some)).order_by(captures.c.uri)):
            found[row.page_id].append(row.uri)
    return dict(found)


def drop_copies_inside(connection: Connection, page_ids: Iterable[str]) -> None:
    """Forget that any of these pages reprints a page that is one article with it."""
    for some in _some(sorted(set(page_ids))):
        one, other = article_pages.alias(), article_pages.alias()
        inside = (
            select(one.c.page_id)
            .where(one.c.page_id == copies.c.page_id, other.c.page_id == copies.c.of_page_id)
            .where(one.c.article_id == other.c.article_id)
        )
        either = copies.c.page_id.in_(some) | copies.c.of_page_id.in_(some)
        connection.execute(delete(copies).where(either, inside.exists()))


def _mates(connection: Connection, page_ids: Iterable[str]) -> set[str]:
    """Return these pages with those that were one article with any of them."""
    ids = set(page_ids)
    found = set(ids)
    for some in _some(sorted(set(articles_of(connection, ids).values()))):
        query = select(article_pages.c.page_id).where(article_pages.c.article_id.in_(some))
        found.update(connection.execute(query).scalars())
    return found


def _keys_around(connection: Connection, page_ids: Iterable[str]) -> list[ArticleKey]:
    """Return the keys of these pages, of all that share one with them, and so on."""
    found: dict[tuple[int, str], ArticleKey] = {}
    asked_pages: set[str] = set()
    asked_keys: set[int] = set()
    pages = set(page_ids)
    while pages:
        asked_pages |= pages
        own = set(_numbers_of(connection, pages)) - asked_keys
        asked_keys |= own
        for one in _holders(connection, own):
            found[one.key, one.page] = one
        pages = {page for _, page in found} - asked_pages
    return list(found.values())


def _numbers_of(connection: Connection, page_ids: Iterable[str]) -> Iterator[int]:
    for some in _some(sorted(page_ids)):
        query = select(article_keys.c.key).where(article_keys.c.page_id.in_(some))
        yield from connection.execute(query).scalars()


def _holders(connection: Connection, keys: Iterable[int]) -> Iterator[ArticleKey]:
    for some in _some(sorted(keys)):
        for row in connection.execute(select(article_keys).where(article_keys.c.key.in_(some))):
            yield ArticleKey(key=row.key, page=row.page_id, outlet=row.outlet, day=row.day)


def _some(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
