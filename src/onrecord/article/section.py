"""The section of the paper that an article stands in: "Politics", "Kultur", "Opinión"."""

import html
import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from onrecord.article.head import first_meta
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
_HOME = frozenset("home homepage start startseite accueil inicio início hjem hem forside etusivu".split())


def find_section(
    page: Page, capture: Capture, node: Node, crumbs: Sequence[str], *, known: Sequence[str | None]
) -> Found | None:
    """Return the section: what JSON-LD, the meta tags or the trail of links call it; else the address's word.

    `crumbs` are the names of the trail ("Home > Politics > ..."), `known` the outlet and the headline, which
    are no section.
    """
    other = {_fold(words) for words in known if words}
    for found in _said(page, node, crumbs):
        words = html.unescape(found.value).strip(" -–|/>»,")
        if 1 < len(words) <= MOST_CHARACTERS and _fold(words) not in other | _HOME and "://" not in words:
            span = _find_printed(page, words)
            return Found(value=words, known="printed", where=found.where, span=span)
    return _in_address(page, capture)


def _said(page: Page, node: Node, crumbs: Sequence[str]) -> Iterator[Found]:
    words = node_text(node.get("articleSection"))
    if words:
        yield Found(value=words, known="printed", where="JSON-LD articleSection")
    for name in _META:
        if (found := first_meta(page.head, (name,))) is not None:
            yield found
    for mark, marked in page.head.marked:
        if mark == "itemprop articleSection":
            yield Found(value=marked, known="printed", where=mark)
    for name in crumbs:
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


def _in_address(page: Page, capture: Capture) -> Found | None:
    """Read "…/politics/2022/11/dam-holds": the first word of an address that goes on."""
    for address in (page.head.canonical, capture.uri):
        try:
            path = unquote(urlsplit(address or "").path)
        except ValueError:
            continue
        parts = [part for part in path.split("/") if part]
        for part in parts[:-1][:2]:
            if part.lower() not in _NO_SECTION and _SLUG.fullmatch(part) and len(part) <= MOST_CHARACTERS / 2:
                return Found(value=part, known="inferred", where="address")
            if part.lower() not in _NO_SECTION:
                break
    return None


def _fold(words: str) -> str:
    return " ".join(words.casefold().split())
