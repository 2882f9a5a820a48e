"""Find which new pages are one article with others: versions of an address, or one page saved twice."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection

from onrecord.across.fingerprints import read_text
from onrecord.checks.articles import ArticleKey, find_article_keys
from onrecord.ledger.articles import addresses_of, drop_copies_inside, save_article_keys
from onrecord.ledger.links import LinkPage

__all__ = ["link_articles", "read_keys"]


def link_articles(connection: Connection, pages: Iterable[LinkPage]) -> set[str]:
    """Keep what tells each page's article; return other pages that are now in another article than before.

    A page that was taken for a copy of what is now its own article is one no longer.
    """
    pages = list(pages)
    addresses = addresses_of(connection, [page.id for page in pages])
    keys = {page.id: read_keys(page, addresses.get(page.id, ())) for page in pages}
    changed = save_article_keys(connection, keys)
    drop_copies_inside(connection, changed)
    return changed - keys.keys()


def read_keys(page: LinkPage, addresses: Sequence[str] = ()) -> Collection[ArticleKey]:
    """Return what makes a page one article with others. `addresses` are all at which its bytes were found."""
    canonical, published = page.article.canonical, page.article.published
    return tuple(
        find_article_keys(
            page.id,
            addresses=[*([page.uri] if page.uri else ()), *addresses],
            canonical=canonical.value if canonical else None,
            outlet=page.outlet,
            headline=page.headline,
            day=published.value if published else None,
            body=read_text(page.text, page.paragraphs).words,
        )
    )
