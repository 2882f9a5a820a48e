"""What an HTML page marks in its body as an author's name or as a date: microdata, hCard, rel=author."""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["read_marked"]

SELECTOR = (
    '[rel~="author"],[itemprop~="author"],[itemprop~="datePublished"],[itemprop~="dateModified"],'
    '[itemprop~="articleSection"],[class*="author" i],[class*="byline" i],'
    '[href*="/author/"],[href*="/authors/"],[href*="/by/"],[href*="/reporter/"],[href*="/journalist/"]'
)
MAX_NODES = 150
MAX_MARKED = 60
MAX_WORDS = 120
# Other stories, readers and customers are marked in the same way as the article's author.
OTHERS = re.compile(
    r"comment|reply|respon[ds]|review|testimonial|related|recommend|teaser|sidebar|widget|promo|popular|trending"
    r"|more-|-more|card|carousel|slider|archive|footer|navbar|menu|tile|grid|feed",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"bio|avatar|image|img|photo|pic|social|desc|date|time|wrap|title|role|job|box|info|link|icon",
    re.IGNORECASE,
)
NAMED = re.compile(r"author[_-]*name|^(?:post|entry|article|byline|p)?[_-]*authors?$|^byline$", re.IGNORECASE)
# "photographs by" before a marked name: who took the pictures did not write the article.
PICTURES = re.compile(
    r"(?:photo|picture|image|foto|bild|illustration|video|graphic|grafik|camera)\w*\s*(?::|/|\b(?:by|von|par|por|di)\b)?\s*$",
    re.IGNORECASE,
)
LINKED = re.compile(r"/author|/(?:by|reporter|journalist)/[a-z]")
UP = 12
ROW = 3
TITLE_WORDS = 4


def read_marked(tree: LexborHTMLParser, scripts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (how it is marked, words) in the page's order; what is marked in readers' comments is left out.

    A page whose JSON-LD names a person and the day is not searched: that is the better source of both.
    """
    if any('"Person"' in script and '"datePublished"' in script for script in scripts):
        return
    found = 0
    for node in tree.css(SELECTOR)[:MAX_NODES]:
        how = name_mark(node)
        words = read_words(node, how) if how else ""
        if how and words and not (is_pictures(node) or stands_among_others(node) or stands_in_row(node)):
            yield how, words
            found += 1
            if found == MAX_MARKED:
                return


def name_mark(node: LexborNode) -> str | None:
    """Return how an element is marked, in the words of the markup; None when the mark says nothing."""
    values = node.attributes
    for name in ("itemprop", "rel"):
        for word in (values.get(name) or "").split():
            if word in ("author", "datePublished", "dateModified", "articleSection"):
                return f"{name} {word}"
    if LINKED.search(values.get("href") or ""):
        return "link to the author"
    names = (values.get("class") or "").split()
    return "class author" if any(NAMED.search(name) and not NOBODY.search(name) for name in names) else None


def read_words(node: LexborNode, how: str) -> str:
    """Return what a marked element says: its machine value, its inner name, else its words."""
    values = node.attributes
    if how.startswith("itemprop"):
        for name in ("content", "datetime"):
            if value := (values.get(name) or "").strip():
                return value[:MAX_WORDS]
    if how == "itemprop author":
        inner = node.css_first('[itemprop~="name"]')
        if inner is not None:
            node = inner
            if value := (node.attributes.get("content") or "").strip():
                return value[:MAX_WORDS]
    parts = list_parts(node) if how == "class author" else []
    words = " ".join((" | ".join(parts) or node.text(separator=" ") or "")[: 8 * MAX_WORDS].split())
    return words if len(words) <= MAX_WORDS else ""


def list_parts(node: LexborNode) -> list[str]:
    """Return the words of each element in a byline that holds two or more, a link first, and no words between
    them: a name, a link to a network, a role."""
    parts: list[str] = []
    tags: list[str] = []
    for inner in node.iter(include_text=True):
        if inner.tag == "-text":
            if (inner.text_content or "").strip():
                return []
        elif inner.tag != "-comment" and (words := inner.text(separator=" ").strip()):
            parts.append(words)
            tags.append(inner.tag or "")
    return parts if len(parts) > 1 and tags[0] == "a" else []


def is_pictures(node: LexborNode) -> bool:
    """Tell whether the words right before a marked name say that the pictures are theirs."""
    before = node.prev
    words = (before.text_content or "") if before is not None and before.tag == "-text" else ""
    return bool(words) and PICTURES.search(words[-40:]) is not None


def stands_in_row(node: LexborNode) -> bool:
    """Tell whether a marked name is of a row of other stories: boxes of one kind, each with a name and the
    title of a story that it links to."""
    box: LexborNode | None = node
    for _ in range(ROW):
        if box is None or box.tag in ("body", "main", "article"):
            return False
        beside = [one for one in (find_beside(box, "prev"), find_beside(box, "next")) if one is not None]
        alike = [one for one in beside if one.tag == box.tag and one.attributes == box.attributes]
        if alike and all(has_title(one) and has_name(one, node) for one in (box, alike[0])):
            return True
        box = box.parent
    return False


def find_beside(node: LexborNode, way: str) -> LexborNode | None:
    """Return the nearest element beside another, text passed over."""
    beside = getattr(node, way)
    while beside is not None and beside.tag.startswith("-"):
        beside = getattr(beside, way)
    return beside if isinstance(beside, LexborNode) else None


def has_title(box: LexborNode) -> bool:
    """Tell whether a box links to a story by its title."""
    links = box.css("a")[:ROW]
    return any(len((link.text() or "").split()) >= TITLE_WORDS for link in links)


def has_name(box: LexborNode, marked: LexborNode) -> bool:
    """Tell whether a box holds a name that is marked as another is."""
    return any(name_mark(one) == name_mark(marked) for one in box.css(SELECTOR)[: 2 * ROW])


def stands_among_others(node: LexborNode) -> bool:
    """Tell whether an element stands in readers' comments or among other stories."""
    around: LexborNode | None = node
    for _ in range(UP):
        if around is None or around.tag in ("body", "html"):
            return False
        if around.tag in ("aside", "footer", "nav"):
            return True
        values = around.attributes
        names = f"{values.get('class') or ''} {values.get('id') or ''}"
        if around.tag not in ("main", "article") and OTHERS.search(names):
            return True
        around = around.parent
    return False
