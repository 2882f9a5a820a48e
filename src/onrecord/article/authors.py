"""The people who signed an article."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from onrecord.article.agencies import is_agency
from onrecord.article.bylines import byline_words, is_label, looks_like_name, read_meta_names, split_names
from onrecord.article.head import all_meta
from onrecord.article.json_ld import Node, names_of
from onrecord.article.meta_json import META_JSON
from onrecord.article.near import find_text
from onrecord.article.signed import find_signed
from onrecord.types import Block, Found, Page, Span

__all__ = ["find_authors"]

_LABEL = re.compile(
    r"\b(?:more|all|about|articles?|posts?|stories|view|profile|bio|follow|contact|meet|the authors?|read)\b|"
    r"\b(?:mehr|alle|zum|über|plus|voir|tous|más|ver|todos|tutti|altri|meer)\b",
    re.IGNORECASE,
)
# In these a comma stands between family name and given name, as their standards ask.
_LAST_FIRST = ("meta citation_author", "meta dc.creator")
MOST_NAMES = 80
_MARKS = ("itemprop author", "rel author", "class author", "link to the author")
_META = (
    "author",
    "article:author",
    "dc.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "cxenseparse:author",
    "twitter:data1",
)


def find_authors(
    page: Page, node: Node, told: Node, near: Sequence[Block], outlet: str | None
) -> tuple[Found, ...]:
    """Return who signed the article: by JSON-LD, else by meta tags, else by the printed byline.

    Desks, addresses and user names are left out. An agency or the outlet itself signs only where no person
    does.
    """
    people, others = _sort_out(_said(page, node, told), outlet)
    printed = tuple(_find_printed(page, near, outlet))
    names, seen = ({author.value for author in found} for found in (people, printed))
    if people and people[0].where in _MARKS and seen and seen < names:
        people = [one for one in people if one.value in seen or _is_beside(page, near, one, seen)]
    if not people or names < seen:
        return printed or tuple(_find_below(page, outlet)) or tuple(others)
    return tuple(_with_span(page, near, author) for author in people)


def _is_beside(page: Page, near: Sequence[Block], author: Found, signed: Collection[str]) -> bool:
    """Tell whether a name that the page's body marks stands about the headline, or with those who sign.

    Links lead to everybody who had a hand in the page, and marks to the authors of what is appended to it; a
    byline is of who signs."""
    if author.where == "link to the author":
        return False
    text = find_text(page)
    lines = ((block.span.start < text, block.span.of(page.text)) for block in near)
    return any(
        author.value in words and (top or any(name in words for name in signed)) for top, words in lines
    )


def _said(page: Page, node: Node, told: Node) -> Iterator[list[Found]]:
    """Yield what each place in the page's head says of its authors, the best place first."""
    yield [Found(value=n, known="printed", where="JSON-LD author") for n in names_of(node.get("author"))]
    for _, named in groupby(all_meta(page.head, _META), key=lambda found: found.where):
        yield list(named)
    for key in ("author", "authors"):
        where = f"meta {META_JSON} {key}"
        yield [Found(value=n, known="printed", where=where) for n in names_of(told.get(key))]
    for mark in _MARKS:
        yield _marked(page, mark)


def _marked(page: Page, mark: str) -> list[Found]:
    """Return the authors that the page's body marks as such."""
    words = dict.fromkeys(words for how, words in page.head.marked if how == mark)
    return [Found(value=said, known="printed", where=mark) for said in words if not _is_label(said)]


def _is_label(words: str) -> bool:
    """Tell whether marked words are a label or a date: "Read more from Ada Brill", "The Author"."""
    return any(c.isdigit() for c in words) or _LABEL.search(words) is not None


def _sort_out(places: Iterable[list[Found]], outlet: str | None) -> tuple[list[Found], list[Found]]:
    """Return the people of the first place that names any, and the agencies and outlets met on the way."""
    others: dict[str, Found] = {}
    for said in places:
        signed: dict[str, Found] = {}
        for found in said:
            for name in read_meta_names(found.value, last_first=found.where in _LAST_FIRST):
                author = Found(value=name, known=found.known, where=found.where)
                if _is_outlet(name, outlet):
                    others.setdefault(name.casefold(), author)
                elif is_agency(name) or not _is_user_name(name):
                    signed.setdefault(name.casefold(), author)
        if any(not is_agency(author.value) for author in signed.values()):
            return list(signed.values()), []
        others.update(signed)
    return [], list(others.values())[:1]


def _is_outlet(name: str, outlet: str | None) -> bool:
    """A site that signs its own stories names nobody: "Harbour Gazette", "harbour-gazette.example"."""
    plain = [re.sub(r"\W|^the\b", "", words.casefold()) for words in (name, outlet or "")]
    return bool(plain[1]) and (
        plain[0] == plain[1] or (" " not in name and len(plain[0]) > 5 and plain[1].startswith(plain[0]))
    )


def _is_user_name(name: str) -> bool:
    return " " not in name and ((name.islower() and name.isascii()) or "." in name.strip("."))


def _find_printed(page: Page, near: Sequence[Block], outlet: str | None) -> Iterator[Found]:
    for block in near:
        words, at = byline_words(page.text, block)
        if is_label(page.text, block):
            after = next((one for one in page.blocks if one.span.start >= block.span.end), block)
            words, at, block = after.span.of(page.text)[:MOST_NAMES], after.span.start, after
        names = [
            n
            for n in split_names(words)
            if looks_like_name(n) and not _is_outlet(n, outlet) and not is_agency(n)
        ]
        for name in names:
            place = page.text.find(name, at, block.span.end)
            span = Span(place, place + len(name)) if place >= 0 else None
            yield Found(value=name, known="printed", where="text", span=span)
        if names:
            return


def _find_below(page: Page, outlet: str | None) -> Iterator[Found]:
    for span in find_signed(page):
        name = span.of(page.text)
        if not _is_outlet(name, outlet) and not is_agency(name):
            yield Found(value=name, known="printed", where="text", span=span)


def _with_span(page: Page, near: Sequence[Block], author: Found) -> Found:
    for block in near:
        place = page.text.find(author.value, block.span.start, block.span.end)
        if place >= 0 and block.role != "paragraph":
            span = Span(place, place + len(author.value))
            return Found(value=author.value, known=author.known, where=author.where, span=span)
    return author
