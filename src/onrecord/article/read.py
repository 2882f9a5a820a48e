"""What a page says of itself, put together."""

from onrecord.article.authors import find_authors
from onrecord.article.credit import find_credit
from onrecord.article.dateline import find_dateline
from onrecord.article.dates import find_published, find_updated
from onrecord.article.filed import find_filed
from onrecord.article.head import first_meta
from onrecord.article.headline import find_headline
from onrecord.article.json_ld import find_article_node, find_crumbs, read_nodes
from onrecord.article.language import find_language
from onrecord.article.outlet import find_outlet
from onrecord.article.section import find_section
from onrecord.article.stated import apply_stated
from onrecord.types import Article, Block, Capture, Found, Page, Span

__all__ = ["read_article"]

NEAR = 8
"""So many blocks either side of the headline may hold its byline and date; further off they are another
story's."""

MOST_SHORT = 120
_BESIDE = frozenset({"menu", "related", "caption", "advert", "paragraph"})


def read_article(page: Page, capture: Capture) -> Article:
    """Read what a page says of itself: headline, outlet, authors, dates, dateline, credit and language.

    Every value says where it was found; what the page does not say stays None. Odd pages never raise.
    """
    nodes = read_nodes(page.head.json_ld)
    node = find_article_node(nodes)
    body = tuple(block for block in page.blocks if block.role in ("headline", "paragraph"))
    near = find_near(page)
    dateline = find_dateline(
        page.text, [block for block in page.blocks if block.role in ("dateline", "paragraph")]
    )
    outlet = find_outlet(page, capture, node, near)
    authors = find_authors(page, node, near, outlet.value if outlet else None)
    headline = find_headline(page, node)
    published = find_published(page, capture, node, near, dateline)
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


def _printed(page: Page, span: Span | None) -> Found | None:
    words = span.of(page.text).strip() if span else ""
    return Found(value=words, known="printed", where="text", span=span) if words else None


def find_canonical(page: Page) -> Found | None:
    """Return the address that the page calls its own."""
    if page.head.canonical:
        return Found(value=page.head.canonical, known="printed", where="link canonical")
    found = first_meta(page.head, ("og:url",))
    return found if found and found.value.startswith(("http://", "https://")) else None


def find_near(page: Page) -> tuple[Block, ...]:
    """Return the blocks that can speak of this article: bylines, datelines, what stands about the headline.

    Teasers, menus and comments carry names and dates of other stories and other people, so they never count,
    but for a short line right under the headline: that is where bylines stand.
    """
    blocks = page.blocks
    headline = next((at for at, block in enumerate(blocks) if block.role == "headline"), None)
    first = next(
        (at for at, block in enumerate(blocks) if at > (headline or 0) and _runs(block, page.text)),
        len(blocks),
    )
    start = 0 if headline is None else max(0, headline - NEAR)
    end = first if headline is None else max(headline + NEAR, min(first, headline + 2 * NEAR))
    close = [
        block
        for at, block in enumerate(blocks)
        if (block.role in ("byline", "dateline") and at >= start)
        or (start <= at < end and block.role == "other")
        or (
            headline is not None and headline < at <= min(headline + 4, first) and _is_short(block, page.text)
        )
    ]
    return tuple(
        sorted(close, key=lambda block: (block.role != "byline", block.role != "dateline", block.span.start))
    )


def _is_short(block: Block, text: str) -> bool:
    short = block.span.end - block.span.start <= MOST_SHORT
    return block.role in _BESIDE and short and not _runs(block, text)


def _runs(block: Block, text: str) -> bool:
    """Tell a paragraph from a byline that was taken for one: it is long, or it ends a sentence."""
    short = block.span.end - block.span.start <= MOST_SHORT
    return block.role == "paragraph" and not (short and text[block.span.end - 1].isalnum())
