"""What a page's JSON-LD says of its article. Real pages break every rule of the format: nothing here
raises."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.article.json_text import read_texts
from onrecord.article.machine_dates import normal_date, read_seconds

__all__ = ["find_article_node", "find_crumbs", "names_of", "node_date", "node_text", "read_nodes"]

MOST_NODES = 20_000

_ARTICLE = re.compile(r"(?:article|posting|report|analysis|opinion|review)$", re.IGNORECASE)

_OPENING = re.compile(r"^\w+://(?:www\.|m\.|amp\.)?")

Node = dict[str, Any]


def read_nodes(scripts: Sequence[str]) -> list[Node]:
    """Return the objects of all JSON-LD scripts, outermost first; of a broken one what can be read."""
    return [node for value in read_texts(scripts) for node in _walk(value)]


def find_article_node(
    nodes: Sequence[Node], *, addresses: Sequence[str | None] = (), titles: Sequence[str] = ()
) -> Node:
    """Return the JSON-LD object that describes the page's article, {} when there is none.

    Of several articles it is the one that gives the page's own address, then the one whose headline the page
    prints. One that gives another address and another headline is of another story, even where it is alone.
    Authors and publishers given by reference ("@id") are put in place, as `@graph` sites do.
    """
    articles = [node for node in nodes if any(_ARTICLE.search(name) for name in _types(node))]
    if not articles:
        articles = [
            node for node in nodes if "datePublished" in node and ("headline" in node or "name" in node)
        ]
    if not articles:
        return {}
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    own = {_bare_address(address) for address in addresses if address}
    bare = [title for title in map(_bare, titles) if title]
    chosen = articles[0]
    if len(articles) > 1:
        chosen = max(
            articles,
            key=lambda node: (
                not own.isdisjoint(_addresses_of(node)),
                _says(node, bare),
                sum(key in node for key in ("headline", "datePublished", "author")),
            ),
        )
    if own and bare and _is_elsewhere(chosen, own, titles):
        return {}
    return {key: _put_in_place(value, by_id) for key, value in chosen.items()}


def find_crumbs(nodes: Sequence[Node]) -> list[str]:
    """Return the names in the trail of links that leads to the article: "Home", "Politics"."""
    trail = next((node for node in nodes if "BreadcrumbList" in _types(node)), {})
    items = trail.get("itemListElement")
    names: list[str] = []
    for item in (items if isinstance(items, list) else [])[:20]:
        if isinstance(item, dict):
            name = node_text(item) or node_text(item.get("item"))
            names += [name] if name and "://" not in name else []
    return names


def node_text(value: Any) -> str | None:
    """Return a JSON-LD value as words: itself, its name, or the first of a list."""
    if isinstance(value, list):
        return next((found for item in value[:50] if (found := node_text(item))), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
        value = value[0] if isinstance(value, list) and value else value
    return " ".join(value.split()) or None if isinstance(value, str) else None


def names_of(value: Any) -> list[str]:
    """Return every name in a JSON-LD value, as the authors of an article."""
    names: list[str] = []
    for item in (value if isinstance(value, list) else [value])[:50]:
        inner = _name_of(item) if isinstance(item, dict) else item
        names += [n for n in map(node_text, inner if isinstance(inner, list) else [inner]) if n]
    return names


def _name_of(person: Node) -> Any:
    parts = [node_text(person.get(key)) for key in ("givenName", "additionalName", "familyName")]
    return person.get("name") or person.get("@value") or " ".join(part for part in parts if part)


def node_date(value: Any) -> str | None:
    """Return a JSON-LD value as an ISO date or time, be it words or seconds since 1970."""
    if isinstance(value, list):
        return next((found for item in value[:50] if (found := node_date(item))), None)
    if isinstance(value, int | float):
        return read_seconds(value)
    return normal_date(node_text(value))


def _walk(value: Any) -> Iterator[Node]:
    """Yield the objects of a JSON value, outermost first, without recursion."""
    queue, at = [value], 0
    while at < len(queue) and at < MOST_NODES:
        item = queue[at]
        at += 1
        if isinstance(item, dict):
            yield item
            queue.extend(v for key, v in item.items() if isinstance(v, dict | list) and key not in _ELSEWHERE)
        elif isinstance(item, list):
            queue.extend(v for v in item if isinstance(v, dict | list))


# What hangs below these is another article: a teaser, a list, a comment.
_ELSEWHERE = frozenset(
    {"itemListElement", "comment", "hasPart", "isPartOf", "relatedLink", "mentions", "citation", "blogPost"}
)


def _types(node: Node) -> list[str]:
    types = node.get("@type")
    return [t for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)]


def _addresses_of(node: Node) -> set[str]:
    page = node.get("mainEntityOfPage")
    said = (node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page)
    return {_bare_address(one) for one in said if isinstance(one, str) and "://" in one}


def _bare_address(address: str) -> str:
    """Return an address without what differs between two of one page: "www.", the ending, a question."""
    bare = _OPENING.sub("", address.strip().lower()).partition("#")[0].partition("?")[0]
    return bare.rstrip("/").removesuffix("/amp")


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _says(node: Node, titles: Sequence[str]) -> bool:
    own = _bare(node_text(node.get("headline")) or node_text(node.get("name")) or "")
    return bool(own) and any(own in title or title in own for title in titles)


def _is_elsewhere(node: Node, own: set[str], titles: Sequence[str]) -> bool:
    """Tell whether an article has its own address and shares no word of its headline with what the page
    calls itself."""
    headline = node_text(node.get("headline"))
    given = {address for address in _addresses_of(node) if "/" in address}
    if not headline or not given or not own.isdisjoint(given):
        return False
    words = {word for title in titles for word in re.findall(r"\w{4,}", title.casefold())}
    return bool(words) and words.isdisjoint(re.findall(r"\w{4,}", headline.casefold()))


def _put_in_place(value: Any, by_id: dict[str, Node]) -> Any:
    if isinstance(value, list):
        return [_put_in_place(item, by_id) for item in value[:50] if not isinstance(item, list)]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value
