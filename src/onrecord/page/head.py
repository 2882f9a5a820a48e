"""What an HTML page says of itself outside its visible text."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.page.marked import read_marked
from onrecord.page.source import Source
from onrecord.types import Head

__all__ = ["read_head"]

MAX_META = 2_000


def read_head(tree: LexborHTMLParser, source: Source) -> Head:
    """Collect a page's title, language, canonical address, meta tags, JSON-LD scripts and marked names."""
    root = tree.css_first("html")
    canonical = tree.css_first('link[rel~="canonical" i]')
    return Head(
        title=source.title,
        language=attribute(root, "lang") or attribute(root, "xml:lang"),
        canonical=attribute(canonical, "href"),
        meta=tuple(read_meta(tree)),
        json_ld=source.json_ld,
        marked=tuple(read_marked(tree, source.json_ld)),
    )


def read_meta(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """List the (name or property, content) pairs in the page's order, names in lower case.

    A tag that has several names ("og:title article:published_time") gives a pair for each.
    """
    pairs: list[tuple[str, str]] = []
    for node in tree.css("meta[content]")[:MAX_META]:
        values = node.attributes
        content = (values.get("content") or "").strip()
        if content:
            given = (values.get(key) or "" for key in ("name", "property", "itemprop", "http-equiv"))
            names = dict.fromkeys(name.lower() for name in " ".join(given).split())
            pairs.extend((name, content) for name in names)
    return pairs


def attribute(node: LexborNode | None, name: str) -> str | None:
    """Return an attribute's words, None when the page does not give any."""
    value = node.attributes.get(name) if node is not None else None
    return (value or "").strip() or None
