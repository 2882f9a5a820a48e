"""What a document states in fields of its own ("SN  Quillhaven Lantern") goes before what its lines tell."""

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.article.bylines import split_names
from onrecord.article.machine_dates import normal_date
from onrecord.types import Article, Found, Page, Span
from onrecord.wordlists import read_list

__all__ = ["apply_stated"]

_IN_PLACE = re.compile(r"\s+(?:in|at|reporting from)\s+[A-Z].*$")
_SIGNED = re.compile(r"^\s*(?:by|von|par|por|di)[:\s]\s*", re.IGNORECASE)
MOST_AUTHOR = 80


def apply_stated(article: Article, page: Page) -> Article:
    """Return an article with what its document states of it; what somebody outside said of it stays."""
    stated = page.head.stated
    if not stated:
        return article
    told = dict(reversed(stated))
    authors = tuple(_authors(page, [found for name, found in stated if name == "author"]))
    # A line that states something else is no byline: "From: Corrow Echo" names who sent a mail.
    printed = (one for one in article.authors if not any(found.value in one.value for _, found in stated))
    published = _dated(told.get("published"))
    if article.published and article.published.known == "outside":
        published = article.published
    return replace(
        article,
        headline=told.get("headline") or article.headline,
        outlet=told.get("outlet") or article.outlet,
        section=told.get("section") or article.section,
        credit=told.get("credit") or article.credit,
        place=told.get("place") or article.place,
        language=_language(told.get("language")) or article.language,
        published=published or article.published,
        authors=authors or tuple(printed),
    )


def _dated(found: Found | None) -> Found | None:
    value = normal_date(found.value) if found else None
    return replace(found, value=value) if found and value else None


def _language(found: Found | None) -> Found | None:
    """Return the language's code; a name that nobody knows tells less than the text."""
    if found is None:
        return None
    codes = {name: code for name, code, _ in read_list("language_names.tsv")}
    words = re.split(r"[;,(]", found.value.lower())[0].strip()
    return replace(found, value=codes[words]) if words in codes else None


def _authors(page: Page, found: Sequence[Found]) -> list[Found]:
    """Return who signed: "By Ada Brill in Quillhaven" names one."""
    authors: list[Found] = []
    for one in found:
        words = _IN_PLACE.sub("", _SIGNED.sub("", one.value))
        names = split_names(words) or ([words] if len(words) <= MOST_AUTHOR and "@" not in words else [])
        for name in names:
            at = page.text.find(name, one.span.start, one.span.end) if one.span else -1
            span = Span(at, at + len(name)) if at >= 0 else None
            authors.append(replace(one, value=name, span=span))
    return authors
