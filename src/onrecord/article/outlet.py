"""The outlet that published a page, by the name it gives itself."""

import html
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from onrecord.article.agencies import is_paper
from onrecord.article.head import first_meta
from onrecord.article.headline import find_title_suffix, is_site_name, split_title
from onrecord.article.json_ld import Node, node_text
from onrecord.types import Block, Capture, Found, Page, Span

__all__ = ["find_outlet"]

FEWEST_IN_HOST = 4
MOST_NOTICE = 200
LAST_LINES = 40
_OWNER = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\))\s*(?:copyright\s*)?(?:\d{4}(?:\s*[-–]\s*\d{2,4})?)?,?\s*(?:by\s+)?"
    r"(?P<name>[A-ZÀ-Þ][\w'’-]*(?:\s[A-ZÀ-Þ][\w'’-]*){1,4}?)(?=\s*(?:\d{4}|Ltd|Limited|Inc|LLC|GmbH|AG|[.,|]|$))",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"\b(?:by|from)\s+(?:the\s+)?(?P<outlet>(?:[A-Z][\w.&'’-]*\s+){1,5}?)"
    r"(?:news\s?desk|newsroom|news\s+staff|news\s+team|editorial\s+(?:team|board)|web\s?desk|staff)\b",
    re.IGNORECASE,
)


def find_outlet(page: Page, capture: Capture, node: Node, near: Sequence[Block]) -> Found | None:
    """Return the outlet: what JSON-LD, the meta tags, a desk byline or the title call it; else the
    address's host."""
    for key in ("publisher", "sourceOrganization"):
        words = html.unescape(node_text(node.get(key)) or "")
        if words and not words.startswith("http"):
            return Found(value=words, known="printed", where=f"JSON-LD {key}")
    found = first_meta(page.head, ("og:site_name", "application-name", "dc.publisher", "publisher"))
    if found and not found.value.startswith(("http", "@")):
        return found
    return (
        _find_desk(page, near)
        or _find_before_headline(page)
        or _find_in_title(page, capture)
        or _find_host(page, capture)
    )


def _find_desk(page: Page, near: Sequence[Block]) -> Found | None:
    """Read "by the Selm Courier news desk" and "By Ann Lee and Gazette staff"."""
    for block in near:
        match = _DESK.search(page.text, block.span.start, min(block.span.end, block.span.start + 200))
        if match is None:
            continue
        words, start = match["outlet"].rstrip(), match.start("outlet")
        if " and " in words:
            start += words.rfind(" and ") + len(" and ")
        span = Span(start, match.start("outlet") + len(words))
        # The article belongs to the name when it is printed with a capital.
        if page.text[max(0, start - 4) : start] == "The ":
            span = Span(start - 4, span.end)
        if span.of(page.text)[:1].isupper():
            return _in_full(page, span, block.span.start)
    return None


def _in_full(page: Page, span: Span, before: int) -> Found:
    """Return the name as the head of the page prints it in full: "Gazette" is the Harbour Gazette."""
    short = span.of(page.text)
    for block in page.blocks:
        words = block.span.of(page.text)
        if block.span.start >= before:
            break
        if words != short and words.endswith(f" {short}") and len(words.split()) <= 5:
            return Found(value=words, known="printed", where="text", span=block.span)
    return Found(value=short, known="printed", where="text", span=span)


def _find_in_title(page: Page, capture: Capture) -> Found | None:
    """Return the part of the title that is the site's name, be it first or last: the one that the page's
    address or its notice of copyright has too, else the last that is neither headline nor section."""
    parts = [part for part in split_title(page.head.title) if is_site_name(part)]
    headlines = {_bare(block.span.of(page.text)) for block in page.blocks if block.role == "headline"}
    if len(split_title(page.head.title)) < 2:
        return None
    parts = [part for part in parts if _bare(part) not in headlines]
    named = [part for part in parts if _is_signed(page, capture, part)]
    if not named and (owner := _find_owner(page)):
        return owner
    rest = [part for part in parts if not _is_in_menu(page, part)] or parts
    value = named[0] if named else rest[-1] if rest else None
    # A first part that nothing else on the page bears out may be a kicker.
    if not named and value != find_title_suffix(page.head.title) and value == split_title(page.head.title)[0]:
        value = find_title_suffix(page.head.title)
    return Found(value=value, known="inferred", where="title") if value else None


def _find_before_headline(page: Page) -> Found | None:
    """Return the name that the title has before a colon and the headline, where the notice of copyright has
    it too: "Quillhaven Lantern: Ferry to stop"."""
    name, sign, rest = " ".join((page.head.title or "").split()).partition(": ")
    headlines = {_bare(block.span.of(page.text)) for block in page.blocks if block.role == "headline"}
    if sign and is_site_name(name) and _bare(rest) in headlines and _is_in_notice(page, name):
        return Found(value=name, known="inferred", where="title")
    return None


def _is_signed(page: Page, capture: Capture, name: str) -> bool:
    bare = _bare(name)
    host = _find_host(page, capture)
    if len(bare) >= FEWEST_IN_HOST and host and bare in _bare(host.value):
        return True
    return _is_in_notice(page, name)


def _is_in_notice(page: Page, name: str) -> bool:
    blocks = (block.span.of(page.text)[:MOST_NOTICE] for block in page.blocks[-LAST_LINES:])
    return any("©" in words and _bare(name) in _bare(words) for words in blocks)


def _find_owner(page: Page) -> Found | None:
    """Return whom the notice of copyright at the page's foot names, if its name reads like a paper's."""
    for block in reversed(page.blocks[-LAST_LINES:]):
        match = _OWNER.match(page.text, block.span.start, min(block.span.end, block.span.start + MOST_NOTICE))
        if match and block.role != "paragraph" and is_paper(match["name"]):
            return Found(
                value=match["name"],
                known="inferred",
                where="notice of copyright",
                span=Span(*match.span("name")),
            )
    return None


def _is_in_menu(page: Page, name: str) -> bool:
    bare = _bare(name)
    return any(
        block.role == "menu"
        and block.span.end - block.span.start < 2 * len(name)
        and _bare(block.span.of(page.text)) == bare
        for block in page.blocks
    )


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _find_host(page: Page, capture: Capture) -> Found | None:
    for address in (page.head.canonical, capture.uri):
        try:
            host = urlsplit(address or "").hostname or ""
        except ValueError:
            continue
        if "." in host:
            return Found(
                value=re.sub(r"^(?:www|m|amp|edition)\.", "", host), known="inferred", where="address"
            )
    return None
