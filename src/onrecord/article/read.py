"""What a page says of itself, put together."""

from collections.abc import Iterator
from dataclasses import replace

from onrecord.article.archived import without_archive
from onrecord.article.authors import find_authors
from onrecord.article.credit import find_credit
from onrecord.article.dateline import find_dateline
from onrecord.article.dates import find_published, find_updated
from onrecord.article.filed import find_filed
from onrecord.article.head import first_meta
from onrecord.article.headline import find_headline
from onrecord.article.json_ld import find_article_node, find_crumbs, read_nodes
from onrecord.article.language import find_language
from onrecord.article.meta_json import read_meta_json
from onrecord.article.near import find_near
from onrecord.article.outlet import find_outlet
from onrecord.article.section import find_section
from onrecord.article.stated import apply_stated
from onrecord.types import Article, Capture, Found, Page, Span

__all__ = ["read_article"]


def read_article(page: Page, capture: Capture) -> Article:
    """Read what a page says of itself: headline, outlet, authors, dates, dateline, credit and language.

    Every value says where it was found; what the page does not say stays None. Odd pages never raise.
    """
    page = replace(page, head=without_archive(page.head))
    nodes = read_nodes(page.head.json_ld)
    node = find_article_node(nodes, addresses=(page.head.canonical, capture.uri), titles=list(_titles(page)))
    told = read_meta_json(page.head)
    body = tuple(block for block in page.blocks if block.role in ("headline", "paragraph"))
    near = find_near(page)
    dateline = find_dateline(
        page.text, [block for block in page.blocks if block.role in ("dateline", "paragraph")]
    )
    outlet = find_outlet(page, capture, node, near)
    authors = find_authors(page, node, told, near, outlet.value if outlet else None)
    headline = find_headline(page, node)
    published = find_published(page, capture, node, near, dateline, told=told)
    known = [found.value if found else None for found in (outlet, headline)]
    article = Article(
        headline=headline,
        outlet=outlet,
        authors=authors,
        place=_printed(page, dateline.place if dateline else None),
        credit=find_credit(page, dateline, authors, outlet),
        published=published,
        updated=find_updated(page, node, near),
        language=find_language(page, node, body),
        canonical=find_canonical(page),
        body=body,
        section=find_section(page, capture, node, find_crumbs(nodes), known=known),
        filed=find_filed(page, dateline, published),
        agency=_printed(page, dateline.agency if dateline else None),
    )
    return apply_stated(article, page)


def _titles(page: Page) -> Iterator[str]:
    """Yield what a page calls itself: its large lines, and the titles it tells machines."""
    yield from (
        block.span.of(page.text) for block in page.blocks if block.role == "headline" or block.tag == "h1"
    )
    found = first_meta(page.head, ("og:title", "twitter:title"))
    yield from (words for words in (found.value if found else None, page.head.title) if words)


def _printed(page: Page, span: Span | None) -> Found | None:
    words = span.of(page.text).strip() if span else ""
    return Found(value=words, known="printed", where="text", span=span) if words else None


def find_canonical(page: Page) -> Found | None:
    """Return the address that the page calls its own."""
    if page.head.canonical:
        return Found(value=page.head.canonical, known="printed", where="link canonical")
    found = first_meta(page.head, ("og:url",))
    return found if found and found.value.startswith(("http://", "https://")) else None
