"""The headline of an article, as the page prints it."""

import html
import re

from onrecord.article.head import first_meta
from onrecord.article.json_ld import Node, node_text
from onrecord.types import Found, Page

__all__ = ["find_headline", "find_title_suffix"]

_JOINT = re.compile(r"\s+[|–—»·•]\s+|\s+-{1,2}\s+|\s*\|\s*|\s+::\s+")


def find_headline(page: Page, node: Node) -> Found | None:
    """Return the printed headline; else what JSON-LD, the meta tags or the title say it is."""
    for block in page.blocks:
        if block.role == "headline" and block.span.of(page.text).strip():
            words = " ".join(block.span.of(page.text).split())
            return Found(value=words, known="printed", where="text", span=block.span)
    words = html.unescape(node_text(node.get("headline")) or "")
    if words:
        return Found(value=words, known="printed", where="JSON-LD headline")
    found = first_meta(page.head, ("og:title", "twitter:title", "dc.title", "title"))
    if found:
        return Found(value=_without_site(found.value), known="printed", where=found.where)
    title = " ".join((page.head.title or "").split())
    return Found(value=_without_site(title), known="printed", where="title") if title else None


def find_title_suffix(title: str | None) -> str | None:
    """Return the site's name from the end of a title: "Dam overflows - Harbour Gazette" names the Harbour Gazette."""
    parts = _JOINT.split(" ".join((title or "").split()))
    last = parts[-1].strip()
    return last if len(parts) > 1 and 2 <= len(last) <= 40 and len(last.split()) <= 5 else None


def _without_site(title: str) -> str:
    suffix = find_title_suffix(title)
    if suffix is None:
        return title
    shorter = title[: title.rfind(suffix)]
    shorter = re.sub(r"\s*(?:[|–—»·•-]|--|::)\s*$", "", shorter)
    return shorter if len(shorter) > len(suffix) else title
