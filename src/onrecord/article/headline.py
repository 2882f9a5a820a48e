"""The headline of an article, as the page prints it."""

import html
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from onrecord.article.head import first_meta
from onrecord.article.json_ld import Node, node_text
from onrecord.article.kicker import join_kicker, strip_company, strip_site
from onrecord.types import Block, Found, Head, Page

__all__ = ["find_headline", "find_title_suffix", "is_site_name", "list_site_names", "split_title"]

LEAST_LIKENESS = 0.2
"""A large line less like everything the page says of itself is no headline: "Contact us"."""

CHAPTER_LIKENESS = 0.6
"""A heading of a lower rank is the headline only where it says much the same as the page says of itself."""

UNMARKED_LIKENESS = 0.75
"""A large line that nothing marks as the headline must say nearly the same as the page says of itself."""

FEWEST_WORDS, MOST_WORDS = 4, 30
"""A page's one large heading of so many words is its headline, whatever its title says."""

MOST_KICKER_WORDS = 2

_JOINT = re.compile(r"\s+[|–—»·•]\s+|\s+-{1,2}\s+|\s*\|\s*|\s+::\s+")
_WORD = re.compile(r"\w+")
_OPEN = frozenset({"headline", "paragraph", "other", "menu", "related"})
_LOW = frozenset({"h3", "h4", "h5", "h6"})


def find_headline(page: Page, node: Node) -> Found | None:
    """Return the printed headline; else what JSON-LD, the meta tags or the title say it is.

    Pages print other things as large: their own name, "Contact us". So what they say of themselves chooses
    among the lines that could be the headline. A kicker belongs to it where the page says so.
    """
    outlets = _outlets(page.head, node)
    said = list(_said(page, node, outlets))
    block = _choose(page, said, list_site_names(page.head, node))
    if block is None:
        return said[0] if said else None
    # The title of the window is the site's: what stands before or after the headline there proves nothing.
    own = [found for found in said if found.where != "title"]
    told = [found.value for found in own] or _without_kicker(block.span.of(page.text), said)
    span = strip_company(page.text, block.span, told, outlets)
    names = [*outlets, find_title_suffix(page.head.title) or ""]
    span = strip_site(page.text, span, [found.value for found in said], names)
    return join_kicker(page, span, own)


def _without_kicker(line: str, said: Sequence[Found]) -> list[str]:
    """Return the window's title where it is the headline's line without a word or two before it, and nothing
    else tells machines of the headline: it counts as if it were told twice."""
    return [
        found.value
        for found in said
        if _fold(line).endswith(_fold(found.value))
        and 0 < len(line.split()) - len(found.value.split()) <= MOST_KICKER_WORDS
    ] * 2


def find_title_suffix(title: str | None) -> str | None:
    """Return the site's name at the end of a title: "Dam overflows - Harbour Gazette" names the Harbour
    Gazette."""
    parts = split_title(title)
    return parts[-1] if len(parts) > 1 and is_site_name(parts[-1]) else None


def split_title(title: str | None) -> list[str]:
    """Return the parts of a window's title: headline, section and site, in whatever order."""
    return [part.strip() for part in _JOINT.split(" ".join((title or "").split()))]


def is_site_name(part: str) -> bool:
    """Tell whether a part of a title is short enough for a site's name."""
    return 2 <= len(part) <= 40 and len(part.split()) <= 5


def list_site_names(head: Head, node: Node) -> frozenset[str]:
    """Return what the site calls itself, folded: a large line that says no more is no headline."""
    names = [*_outlets(head, node), find_title_suffix(head.title) or ""]
    with suppress(ValueError):  # a broken address names nobody
        names.append((urlsplit(head.canonical or "").hostname or "").removeprefix("www."))
    return frozenset(_fold(name) for name in names if name)


def _outlets(head: Head, node: Node) -> list[str]:
    found = first_meta(head, ("og:site_name", "application-name"))
    names = (node_text(node.get("publisher")), found.value if found else None)
    return [html.unescape(name) for name in names if name]


def _said(page: Page, node: Node, outlets: Sequence[str]) -> Iterator[Found]:
    words = html.unescape(node_text(node.get("headline")) or "")
    if words:
        yield Found(value=_without_site(words, outlets), known="printed", where="JSON-LD headline")
    found = first_meta(page.head, ("og:title", "twitter:title", "dc.title", "title"))
    if found:
        yield Found(value=_without_site(found.value, outlets), known="printed", where=found.where)
    title = " ".join((page.head.title or "").split())
    if title:
        yield Found(value=_without_site(title, ()), known="printed", where="title")


def _without_site(title: str, outlets: Sequence[str]) -> str:
    """Return a title without the site's name behind it; where that name is known, no other words are cut."""
    suffix = find_title_suffix(title)
    if suffix is None or (outlets and not any(_is_name(suffix, outlet) for outlet in outlets)):
        return title
    shorter = re.sub(r"\s*(?:[|–—»·•-]|--|::)\s*$", "", title[: title.rfind(suffix)])
    return shorter if len(shorter) > len(suffix) else title


def _is_name(suffix: str, outlet: str) -> bool:
    one, other = _fold(suffix), _fold(outlet)
    return bool(one and other) and (one in other or other in one)


def _choose(page: Page, said: Sequence[Found], site: frozenset[str]) -> Block | None:
    """Return the block that is the headline: as labelled, unless another large line says what the page says
    of itself."""
    words = {block: block.span.of(page.text) for block in page.blocks if block.tag in ("h1", "h2")}
    words |= {block: block.span.of(page.text) for block in page.blocks if block.role == "headline"}
    labelled = [block for block in words if block.role == "headline" and words[block].strip()]
    if not said:
        return labelled[0] if labelled else None
    titles = [found.value for found in said if found.where != "title"] or [said[0].value]
    likeness = {
        block: _likeness(words[block], titles)
        for block in words
        if block.role in _OPEN and _fold(words[block]) not in site
    }
    first = [block for block in likeness if block.tag == "h1"]
    for block in first:
        alike = likeness[block] >= max(likeness[other] for other in first)
        if block.role == "headline" and alike and FEWEST_WORDS <= len(words[block].split()) <= MOST_WORDS:
            return block
    # Where the kicker is marked as the headline, the page's one large heading is the rest of it.
    for block in first:
        if len(first) == 1 and any(_fold(title).endswith(_fold(words[block])) for title in titles):
            return block
    for block in labelled:
        least = CHAPTER_LIKENESS if block.tag in _LOW else LEAST_LIKENESS
        if likeness.get(block, 0.0) >= max(least, 0.6 * max(likeness.values(), default=0.0)):
            return block
    best = max(likeness, key=lambda block: likeness[block], default=None)
    return best if best is not None and likeness[best] >= UNMARKED_LIKENESS else None


def _fold(words: str) -> str:
    return "".join(_WORD.findall(words.casefold()))


def _likeness(words: str, said: Sequence[str]) -> float:
    """How many words two titles share, of all their words; the best of what the page says."""
    own = set(_WORD.findall(words.casefold()))
    titles = [set(_WORD.findall(title.casefold())) for title in said]
    shares = [2 * len(own & title) / (len(own) + len(title) or 1) for title in titles]
    return max(shares, default=0.0)
