"""The headline of an article, as the page prints it."""

import html
import re
from collections.abc import Iterator, Sequence

from onrecord.article.head import first_meta
from onrecord.article.json_ld import Node, node_text
from onrecord.types import Block, Found, Page, Span

__all__ = ["find_headline", "find_title_suffix"]

_JOINT = re.compile(r"\s+[|–—»·•]\s+|\s+-{1,2}\s+|\s*\|\s*|\s+::\s+")
_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def find_headline(page: Page, node: Node) -> Found | None:
    """Return the printed headline; else what JSON-LD, the meta tags or the title say it is.

    Pages print other things as large: their own name, "Contact us". So what they say of themselves chooses
    among the lines that could be the headline, and a kicker that stands on its line is left out.
    """
    said = list(_said(page, node))
    block = _choose(page, [found.value for found in said])
    if block is not None:
        return _printed(page, block.span, [found.value for found in said])
    return said[0] if said else None


def find_title_suffix(title: str | None) -> str | None:
    """Return the site's name at the end of a title: "Dam overflows - Harbour Gazette" names the Harbour
    Gazette."""
    parts = _JOINT.split(" ".join((title or "").split()))
    last = parts[-1].strip()
    return last if len(parts) > 1 and 2 <= len(last) <= 40 and len(last.split()) <= 5 else None


def _said(page: Page, node: Node) -> Iterator[Found]:
    words = html.unescape(node_text(node.get("headline")) or "")
    if words:
        yield Found(value=words, known="printed", where="JSON-LD headline")
    found = first_meta(page.head, ("og:title", "twitter:title", "dc.title", "title"))
    if found:
        yield Found(value=_without_site(found.value), known="printed", where=found.where)
    title = " ".join((page.head.title or "").split())
    if title:
        yield Found(value=_without_site(title), known="printed", where="title")


def _without_site(title: str) -> str:
    suffix = find_title_suffix(title)
    if suffix is None:
        return title
    shorter = re.sub(r"\s*(?:[|–—»·•-]|--|::)\s*$", "", title[: title.rfind(suffix)])
    return shorter if len(shorter) > len(suffix) else title


def _choose(page: Page, said: Sequence[str]) -> Block | None:
    """Return the block that is the headline: as labelled, unless another large line says what the page says
    of itself."""
    labelled = [
        block for block in page.blocks if block.role == "headline" and block.span.of(page.text).strip()
    ]
    if not said:
        return labelled[0] if labelled else None
    large = [block for block in page.blocks if block.tag in ("h1", "h2") and block.role in _OPEN]
    likeness = {block: _likeness(block.span.of(page.text), said) for block in labelled + large}
    best = max(likeness, key=lambda block: likeness[block], default=None)
    if best is None or likeness[best] < LEAST_LIKENESS:
        return None
    if labelled and likeness[labelled[0]] >= 0.6 * likeness[best]:
        return labelled[0]
    return best


LEAST_LIKENESS = 0.2
"""A large line less like everything the page says of itself is no headline: "Contact us"."""

_OPEN = frozenset({"headline", "paragraph", "other", "menu"})


def _likeness(words: str, said: Sequence[str]) -> float:
    """How many words two titles share, of all their words; the best of what the page says."""
    own = set(_WORD.findall(words.casefold()))
    titles = [set(_WORD.findall(title.casefold())) for title in said]
    shares = [2 * len(own & title) / (len(own) + len(title) or 1) for title in titles]
    return max(shares, default=0.0)


def _printed(page: Page, span: Span, said: Sequence[str]) -> Found:
    printed = span.of(page.text)
    for title in said:
        at = printed.rfind(title) if len(title) > 15 else -1
        if 0 < at < 40 and at + len(title) == len(
            printed.rstrip()
        ):  # a kicker stands before the headline on its line
            span = Span(span.start + at, span.start + at + len(title))
            break
    words = " ".join(span.of(page.text).translate(_INVISIBLE).split())
    return Found(value=words, known="printed", where="text", span=span)
