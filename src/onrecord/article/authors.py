"""The people who signed an article."""

import html
import re
from collections.abc import Iterator, Sequence

from onrecord.article.head import all_meta
from onrecord.article.json_ld import Node, node_names
from onrecord.article.timewords import find_times
from onrecord.types import Block, Found, Page, Span

__all__ = ["find_authors"]

_BY = re.compile(
    r"(?:^|(?<=[\s|•·(]))(?:(?:written|story|reported|text|words|report|posted|published|reporting)\s+)?"
    r"(?:by|von|par|por|di|door|av|af)\b:?\s*",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,|;|\||/|•|·|&|\band\b|\bund\b|\bet\b|\bwith\b|\by\b|\n)\s*")
_NOBODY = re.compile(
    r"^(?:(?:the )?(?:admin(?:istrator)?|staff|editors?|editorial(?: (?:team|staff|board))?|news ?desk|newsroom|guest|web ?desk|"
    r"redaktion|redaction|redacci[oó]n|team|author|contributor|unknown|anonymous|null|none|n/a|press release|"
    r"staff (?:writer|reporter)s?|our (?:correspondent|reporter|editors?)|special correspondent|agenc(?:y|ies)|online|"
    r"user|root|wordpress|associated press|reuters|afp|ap|dpa|pti|ani|ians|xinhua|tass|bernama|upi))$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:reporter|writer|editor|correspondent|columnist|staff|bureau|chief|journalist|photographer|contributor|"
    r"desk|newsroom|news|team|press|agency|agencies|media|updated|published|posted|min read|minutes?|read|a\.?m\.?|p\.?m\.?|"
    r"special to|follow|share|comments?|email|twitter|facebook)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'’\-]*(?:\s+[\w.'’\-]+){0,4}")
_SMALL = frozenset(
    ["de", "da", "do", "dos", "das", "di", "del", "della", "der", "den", "van", "von", "la", "le", "el", "al", "bin", "ibn", "ten", "ter", "zu", "af", "av", "y", "e", "i"]
)


def find_authors(page: Page, node: Node, near: Sequence[Block]) -> tuple[Found, ...]:
    """Return the authors that the page names: JSON-LD first, then meta tags, then the printed byline.

    Desks, agencies, addresses and user names are not people and are left out.
    """
    said = [Found(value=n, known="printed", where="JSON-LD author") for n in node_names(node.get("author"))]
    found = tuple(_people(said))
    if not found:
        names = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
        found = next((people for name in names if (people := tuple(_people(all_meta(page.head, name))))), ())
    printed = tuple(_find_printed(page, near))
    if len(printed) > len(found) and {a.value for a in found} <= {a.value for a in printed}:
        return printed
    return tuple(_with_span(page, near, author) for author in found) or printed


def _people(said: Sequence[Found]) -> Iterator[Found]:
    seen: set[str] = set()
    for found in said:
        for name in split_names(html.unescape(found.value)):
            if name.casefold() not in seen:
                seen.add(name.casefold())
                yield Found(value=name, known=found.known, where=found.where)


def split_names(words: str) -> list[str]:
    """Return the people named in a byline: "By Ada Brill and Cy Dorn, Staff Writers" names two."""
    words = _BY.sub("", words, count=1) if _BY.match(words) else words
    return [name for part in _JOINT.split(words) if (name := _clean(part))]


def _clean(part: str) -> str | None:
    part = " ".join(part.split()).strip(' .,-–—:*"“”')
    part = re.sub(r"\s*\([^)]*\)?$", "", part)
    if not part or "@" in part or "://" in part or "www." in part or any(c.isdigit() for c in part):
        return None
    if _NOBODY.match(part) or _ROLE.search(part) or len(part) > 60 or not _NAME.fullmatch(part):
        return None
    return part


def _find_printed(page: Page, near: Sequence[Block]) -> Iterator[Found]:
    for block in near:
        start, end = block.span.start, min(block.span.end, block.span.start + 200)
        match = _BY.search(page.text, start, end)
        if match is None or (block.role != "byline" and match.start() > start):
            continue
        names_end = next(
            (words.span.start for words in find_times(page.text, start=match.end(), end=end)), end
        )
        names = [name for name in split_names(page.text[match.end() : names_end]) if _looks_like_name(name)]
        at = match.end()
        for name in names:
            place = page.text.find(name, at, end)
            span = Span(place, place + len(name)) if place >= 0 else None
            yield Found(value=name, known="printed", where="text", span=span)
        if names:
            return


def _looks_like_name(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and all(
        w[0].isupper() or w.lower() in _SMALL or not w.isascii() for w in words
    )


def _with_span(page: Page, near: Sequence[Block], author: Found) -> Found:
    for block in near:
        place = page.text.find(author.value, block.span.start, block.span.end)
        if place >= 0 and block.role != "paragraph":
            span = Span(place, place + len(author.value))
            return Found(value=author.value, known=author.known, where=author.where, span=span)
    return author
