"""The people who signed an article."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.article.agencies import is_agency, is_nobody
from onrecord.article.head import all_meta
from onrecord.article.json_ld import Node, names_of
from onrecord.article.meta_json import META_JSON
from onrecord.article.printed import find_printed_dates
from onrecord.types import Block, Found, Page, Span

__all__ = ["find_authors", "split_names"]

_BY = re.compile(
    r"(?:^|(?<=[\s|•·(]))(?:(?:written|story|reported|text|words|report|posted|published|reporting)\s+)?"
    r"(?:(?:by|von|par|por|di|door|av|af)\b:?|(?:autor(?:in)?(?:/autor(?:in)?)?|authors?|text|foto|"
    r"words)\s*:|autorin/autor)\s*",
    re.IGNORECASE,
)
MOST_CHARACTERS = 600
"""A byline is no longer than this, whatever a meta tag holds."""

_JOINT = re.compile(
    r"\s*(?:,|;|\||\s/\s|•|·|–|&|\band\b|\bund\b|\bet\b|\bog\b|\boch\b|\ben\b|\bwith\b|\by\b|\be\b)\s*"
)
# Not \w: the vowel signs of Indian scripts are no letters to it.
_NAME = re.compile(r"[^\W\d_][^\d<>{}\[\]=@#$%^*_|\\/\s]*(?:\s+[^\d<>{}\[\]=@#$%^*_|\\/\s]+){0,4}")
_SMALL = frozenset(
    re.findall(r"\w+", "de da do dos das di del della der den van von la le el al bin ibn ten ter zu af av")
)
_DOMAIN = re.compile(r"\s*[\w-]+\.(?:com|net|org|[a-z]{2})\s*,")
_READING_TIME = re.compile(r"\b\d+\s*(?:min(?:ute[ns]?|uten)?\.?(?: read)?|Min\b\.?)", re.IGNORECASE)
# "Published August 7, 2031 by Ada Brill"
_PUBLISHED = re.compile(
    r"\W*(?:first )?(?:published|posted|updated|written|reported|created)\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"\b(?:more|all|about|articles?|posts?|stories|view|profile|bio|follow|contact|meet|the authors?|read)\b|"
    r"\b(?:mehr|alle|zum|über|plus|voir|tous|más|ver|todos|tutti|altri|meer)\b",
    re.IGNORECASE,
)
MOST_MARKED = 4
_MARKS = ("itemprop author", "rel author", "class author", "link to the author")
_META = (
    "author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
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
    if not people or {author.value for author in people} < {author.value for author in printed}:
        return printed or tuple(others)
    return tuple(_with_span(page, near, author) for author in people)


def _said(page: Page, node: Node, told: Node) -> Iterator[list[Found]]:
    """Yield what each place in the page's head says of its authors, the best place first."""
    yield [Found(value=n, known="printed", where="JSON-LD author") for n in names_of(node.get("author"))]
    for name in _META:
        yield all_meta(page.head, name)
    for key in ("author", "authors"):
        where = f"meta {META_JSON} {key}"
        yield [Found(value=n, known="printed", where=where) for n in names_of(told.get(key))]
    for mark in _MARKS:
        yield _marked(page, mark)


def _marked(page: Page, mark: str) -> list[Found]:
    """Return the authors that the page's body marks as such; a list of many is a list of other stories."""
    words = dict.fromkeys(words for how, words in page.head.marked if how == mark)
    found = [Found(value=said, known="printed", where=mark) for said in words if not _is_label(said)]
    return found if len(found) <= MOST_MARKED else []


def _is_label(words: str) -> bool:
    """Tell whether marked words are a label or a date: "Read more from Ada Brill", "The Author"."""
    return any(c.isdigit() for c in words) or _LABEL.search(words) is not None


def _sort_out(places: Iterable[list[Found]], outlet: str | None) -> tuple[list[Found], list[Found]]:
    """Return the people of the first place that names any, and the agencies and outlets met on the way."""
    others: dict[str, Found] = {}
    for said in places:
        signed: dict[str, Found] = {}
        for found in said:
            for name in split_names(html.unescape(found.value)):
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


def split_names(words: str) -> list[str]:
    """Return the people named in a byline: "By Ada Brill and Cy Dorn, Staff Writers" names two."""
    if "@" in words or "://" in words or "www." in words or _DOMAIN.match(words):
        return []
    words = " ".join(words[:MOST_CHARACTERS].split())
    for _ in range(2):  # a byline's "By" may stand before the name's own: "By By Ada Brill"
        words = _BY.sub("", words, count=1) if _BY.match(words) else words
    return [name for part in _JOINT.split(words) if (name := _clean(part))]


def _clean(part: str) -> str | None:
    part = " ".join(part.split()).strip(' .,-–—:*●•⋅·"“”')
    part = re.sub(r"\s*\([^)]*\)?$", "", part)
    if (
        not part
        or any(c.isdigit() for c in part)
        or (part.isupper() and part.isascii() and len(part) <= 5 and not is_agency(part))
    ):
        return None
    if is_agency(part):
        return part
    return None if is_nobody(part) or len(part) > 60 or not _NAME.fullmatch(part) else part


def _find_printed(page: Page, near: Sequence[Block], outlet: str | None) -> Iterator[Found]:
    for block in near:
        words, at = _byline_words(page.text, block)
        names = [
            n
            for n in split_names(words)
            if _looks_like_name(n) and not _is_outlet(n, outlet) and not is_agency(n)
        ]
        for name in names:
            place = page.text.find(name, at, block.span.end)
            span = Span(place, place + len(name)) if place >= 0 else None
            yield Found(value=name, known="printed", where="text", span=span)
        if names:
            return


def _byline_words(text: str, block: Block) -> tuple[str, int]:
    """Return the words of a block that can be names, and where they begin; "" when it is no byline.

    "By" tells a byline; so does a block that the page marks as one, or a line with nothing but names and a
    date.
    """
    start, end = block.span.start, min(block.span.end, block.span.start + 200)
    match = _BY.search(text, start, end)
    if match is not None and (
        block.role == "byline" or match.start() == start or _PUBLISHED.match(text, start, match.start() + 1)
    ):
        dates = find_printed_dates(text, start=match.end(), end=end)
        names_end = next((date.span.start for date in dates), end)
        return text[match.end() : names_end], match.end()
    words, dated = text[start:end], False
    for date in find_printed_dates(text, start=start, end=end):
        words, dated = words.replace(date.span.of(text), "|"), True
    words = _READING_TIME.sub("|", words)
    parts = [part for part in _JOINT.split(words) if part.strip(" -:")]
    if (block.role == "byline" or dated) and 0 < len(parts) <= 4 and _looks_like_name(parts[0].strip()):
        return words, start
    return "", start


def _looks_like_name(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and all(
        w[0].isupper() or w.lower() in _SMALL or not w[0].isascii() for w in words
    )


def _with_span(page: Page, near: Sequence[Block], author: Found) -> Found:
    for block in near:
        place = page.text.find(author.value, block.span.start, block.span.end)
        if place >= 0 and block.role != "paragraph":
            span = Span(place, place + len(author.value))
            return Found(value=author.value, known=author.known, where=author.where, span=span)
    return author
