"""What an HTML page says of itself outside its visible text."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.types import Head, Span

__all__ = ["read_head"]

MAX_JSON_LD = 1_000_000
MAX_META = 2_000


def read_head(tree: LexborHTMLParser, times: tuple[tuple[str, Span | None], ...]) -> Head:
    """Collect a page's title, language, canonical address, meta tags and JSON-LD scripts, as printed."""
    titles = tree.css("head > title") or tree.css("title")
    root = tree.css_first("html")
    canonical = tree.css_first('link[rel~="canonical" i]')
    return Head(
        title=fold(titles[0].text()) if titles else None,
        language=attribute(root, "lang") or attribute(root, "xml:lang"),
        canonical=attribute(canonical, "href"),
        meta=tuple(read_meta(tree)),
        json_ld=tuple(
            text
            for node in tree.css('script[type*="ld+json" i]')
            if (text := (node.text() or "").strip()) and len(text) <= MAX_JSON_LD
        ),
        times=times,
    )


def read_meta(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """List the (name or property, content) pairs in the page's order, names in lower case."""
    pairs = []
    for node in tree.css("meta[content]")[:MAX_META]:
        values = node.attributes
        content = (values.get("content") or "").strip()
        name = (
            values.get("name") or values.get("property") or values.get("itemprop") or values.get("http-equiv")
        )
        if name and content:
            pairs.append((name.strip().lower(), content))
    return pairs


def attribute(node: LexborNode | None, name: str) -> str | None:
    """Return an attribute's words, None when the page does not give any."""
    value = node.attributes.get(name) if node is not None else None
    return (value or "").strip() or None


def fold(text: str | None) -> str | None:
    """Fold white space to single spaces; nothing left is None."""
    return " ".join((text or "").split()) or None
