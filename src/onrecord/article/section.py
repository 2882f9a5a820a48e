"""The section of the paper that an article stands in: "Politics", "Kultur", "Opinión"."""

import html
import re
from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, unquote, urlsplit

from onrecord.article.head import all_meta
from onrecord.article.json_ld import Node, node_text
from onrecord.types import Capture, Found, Page, Span

__all__ = ["find_section"]

MOST_CHARACTERS = 40
LINES_ABOVE = 12

_META = (
    "article:section", "articlesection", "parsely-section", "prism.section", "og:section", "article_section",
    "cxenseparse:section", "sailthru.section", "dc.type.section", "section",
)  # fmt: skip
_SLUG = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+){0,3}")
# First words of addresses that name no section but a kind of page, a language or a store of files.
_NO_SECTION = frozenset(
    "news article articles artikel articulo artigo story stories post posts blog blogs amp archive archives "
    "archiv content index home page pages node detail print local wiki topic topics tag tags category "
    "categories author authors live video videos web site public guide guides resources learn library "
    "insights help support docs product products".split()
)
_NOTHING = frozenset(
    "home homepage start startseite accueil inicio início hjem hem forside etusivu blog uncategorized other "
    "allgemein article articles artikel".split()
)
_MENUS = frozenset({"menu", "other", "related"})


def find_section(
    page: Page, capture: Capture, node: Node, crumbs: Sequence[str], *, known: Sequence[str | None]
) -> Found | None:
    """Return the section: what JSON-LD, the meta tags or the trail of links call it; else the address's word.

    `crumbs` are the names of the trail ("Home > Politics > ..."), `known` the outlet and the headline, which
    are no section.
    """
    address = _split(page.head.canonical) or _split(capture.uri)
    other = {_bare(words) for words in known if words}
    for found in _said(page, node, crumbs):
        words = html.unescape(found.value).split(",")[0].strip(" -–|/>»")
        if not 1 < len(words) <= MOST_CHARACTERS or "://" in words or _bare(words) in other | _NOTHING:
            continue
        # The trail begins with the site's own name as often as with "Home".
        if (
            found.where != "JSON-LD BreadcrumbList"
            or not address
            or _bare(words) not in _bare(address.netloc)
        ):
            return Found(value=words, known="printed", where=found.where, span=_find_printed(page, words))
    return _in_address(page, address.path) if address else None


def _split(address: str | None) -> SplitResult | None:
    try:
        return urlsplit(address) if address else None
    except ValueError:
        return None


def _said(page: Page, node: Node, crumbs: Sequence[str]) -> Iterator[Found]:
    words = node_text(node.get("articleSection"))
    if words:
        yield Found(value=words, known="printed", where="JSON-LD articleSection")
    yield from all_meta(page.head, _META)
    for mark, marked in page.head.marked:
        if mark == "itemprop articleSection":
            yield Found(value=marked, known="printed", where=mark)
    # The last of the trail is the article itself.
    for name in crumbs[:-1]:
        yield Found(value=name, known="printed", where="JSON-LD BreadcrumbList")


def _find_printed(page: Page, words: str) -> Span | None:
    """Return where the page prints the section: alone on a line, not far above the headline."""
    folded = _fold(words)
    above: list[Span] = []
    for block in page.blocks:
        above.append(block.span)
        if block.role == "headline":
            near = above[-LINES_ABOVE - 1 : -1]
            return next((s for s in reversed(near) if _fold(s.of(page.text)[:80]) == folded), None)
    return None


def _in_address(page: Page, path: str) -> Found | None:
    """Read "…/politics/2031/03/dam-holds" where the page's menus know that word: a section, not a folder."""
    for part in [part for part in unquote(path).split("/") if part][:-1][:2]:
        words = part.replace("-", " ")
        if part.lower() not in _NO_SECTION and _SLUG.fullmatch(part) and len(part) <= MOST_CHARACTERS / 2:
            span = _find_in_menus(page, words)
            return (
                Found(value=span.of(page.text), known="inferred", where="address", span=span)
                if span
                else None
            )
    return None


def _find_in_menus(page: Page, words: str) -> Span | None:
    """Return the first line of a menu that says just this."""
    asked = _bare(words)
    for block in page.blocks:
        start, end = block.span
        if block.role in _MENUS and end - start < 2 * len(words) and _bare(block.span.of(page.text)) == asked:
            return block.span
    return None


def _fold(words: str) -> str:
    return " ".join(words.casefold().split())


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))
