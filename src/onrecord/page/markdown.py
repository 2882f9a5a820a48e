"""A page that was saved as Markdown, made HTML again: link addresses and marks are no words of its text.

    Title: Ferry to stop                  ---
    URL Source: https://...               title: Ferry to stop
    Markdown Content:                     author: [Ada Brill, Cy Dorn]
    # Ferry to stop                       ---
    “We cannot,” said [Maren Tosk](https://lantern.example/tosk).

What stands in such a head is told of the page, as the head of an HTML page tells it.
"""

import html
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

__all__ = ["read_markdown"]

# Longer texts are no articles, and Markdown's rules look back and forth.
_MOST = 1_000_000
_MAX_HEAD = 20_000
_FRONT = re.compile(r"\s*---[ \t]*\n(?P<head>(?:(?!---[ \t]*\n).*\n){1,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
# Hugo's front matter in TOML.
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(?P<head>(?:(?!\+\+\+[ \t]*\n).*\n){1,200}?)\+\+\+[ \t]*(?:\n|\Z)")
_READER = re.compile(
    r"\s*(?P<head>Title:.*\n(?:\s*(?:URL Source|Published Time|Author|Warning|Description):.*\n){0,8}\s*)"
    r"Markdown Content:[ \t]*(?:\n|\Z)"
)
_FIELD = re.compile(
    r"^(?P<name>[A-Za-z][\w .:-]{0,40}?)(?:[ \t]*:(?:[ \t]+|$)|[ \t]+=[ \t]+)(?P<value>.*)$", re.MULTILINE
)
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*)$", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]\n]{0,500}\]\((?:https?://|/|#|data:image)")
_PICTURE = re.compile(r"!\[[^\]\n]{0,500}\]\((?:https?://|/|data:image)[^\s)]*\)")
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_TOP_HEADING = re.compile(r"^#[ \t]+\S|^\S.*\n=+[ \t]*$|<h1\b", re.MULTILINE)
# What programs that save pages as Markdown call the fields, and the tags of HTML for the same.
_TAGS = {
    **dict.fromkeys(("title", "headline"), "og:title"),
    **dict.fromkeys(("author", "authors", "byline", "creator"), "author"),
    **dict.fromkeys(("source", "url", "url source", "canonical", "link", "permalink"), "og:url"),
    **dict.fromkeys(
        ("published", "published time", "date", "publish_date", "published_at", "date_published", "pubdate"),
        "article:published_time",
    ),
    **dict.fromkeys(("updated", "modified", "lastmod", "last_modified"), "article:modified_time"),
    **dict.fromkeys(("site", "site_name", "sitename", "outlet", "publication", "publisher"), "og:site_name"),
    **dict.fromkeys(("section", "category"), "article:section"),
    "language": "content-language",
    "lang": "content-language",
    "description": "description",
}


def read_markdown(text: str) -> str | None:
    """Return a Markdown page as HTML; None where a text is no Markdown."""
    if len(text) > _MOST or not _may_be(text):
        return None
    head = _FRONT.match(text) or _TOML.match(text) or _READER.match(text)
    fields = list(_read_fields(head["head"][:_MAX_HEAD])) if head else []
    known = any(name in ("og:title", "author", "article:published_time", "og:url") for name, _ in fields)
    if not known and not _is_marked_up(text):
        return None
    body = text[head.end() :] if head and known else text
    title = next((value for name, value in fields if name == "og:title"), None) if known else None
    parts = ["<!DOCTYPE html><html><head>"]
    parts += [f'<meta name="{name}" content="{html.escape(value)}">' for name, value in fields if known]
    parts.append("</head><body>")
    if title and not _TOP_HEADING.search(body):
        parts.append(f"<h1>{html.escape(title)}</h1>")
    parts.append(MarkdownIt("commonmark", {"html": True}).enable("table").render(body))
    return "\n".join(parts)


def _may_be(text: str) -> bool:
    """Look at a text before any pattern does: most texts are no Markdown."""
    start = text[:200].lstrip()
    return start.startswith(("---", "+++", "Title:")) or "](" in text


def _is_marked_up(text: str) -> bool:
    """Tell Markdown by its links and pictures, one of which may stand in any text."""
    links = sum(1 for _ in zip(range(3), _LINK.finditer(text), strict=False))
    return links >= 2 or (links == 1 and bool(_HEADING.search(text) or _PICTURE.search(text)))


def _read_fields(head: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a head by the names of HTML's tags; a list of authors yields each."""
    matches = list(_FIELD.finditer(head))
    ends = [*(match.start() for match in matches[1:]), len(head)]
    for match, end in zip(matches, ends, strict=True):
        if name := _TAGS.get(match["name"].strip().lower()):
            for value in _read_values(match["value"].strip(), head[match.end() : end]):
                yield name, value


def _read_values(value: str, below: str) -> Iterator[str]:
    if value in ("", "|", ">"):
        values = _ITEM.findall(below)
    elif value.startswith("[") and value.endswith("]") and not value.startswith("[["):
        values = value[1:-1].split(",")
    else:
        values = [value]
    for one in values:
        if words := one.strip().strip("\"'").removeprefix("[[").removesuffix("]]").strip():
            yield words
