"""Whose copy an article is: the agency in its dateline, or the outlet it says it was first published by."""

import re
from collections.abc import Sequence

from onrecord.article.agencies import is_agency
from onrecord.article.dateline import Dateline
from onrecord.types import Block, Found, Page, Span

__all__ = ["find_credit"]

_FIRST = re.compile(
    r"(?:(?:was |is )?(?:first|originally) (?:published|appeared) (?:by|in|on|at)|republished (?:from|"
    r"with permission (?:from|of))|"
    r"^\s*(?:source|via|credit)s?\s*:)\s*(?P<name>(?:the\s+)?[A-Z][\w.&'’-]*(?:\s+(?:of|"
    r"[A-Z&][\w.&'’-]*)){0,4})",
    re.IGNORECASE,
)
_NEEDED = ("first published", "first appeared", "originally ", "republished ")
_NEEDED_FIRST = ("source", "via", "credit")
_SMALL_END = re.compile(r"(?:\s+(?:and|under|on|with|is|of|here|at|in))+.*$")


def find_credit(page: Page, dateline: Dateline | None, authors: Sequence[Found]) -> Found | None:
    """Return whose copy the page prints, None when it does not say."""
    if dateline is not None and dateline.agency is not None:
        span = dateline.agency
        return Found(value=span.of(page.text).strip(), known="printed", where="text", span=span)
    signed = next((author for author in authors if is_agency(author.value)), None)
    if signed is not None:
        return signed
    for block in page.blocks:
        if block.role in _SEARCHED and (found := _find_in(page.text, block)):
            return found
    return None


_SEARCHED = frozenset({"byline", "dateline", "paragraph", "correction", "other"})


def _find_in(text: str, block: Block) -> Found | None:
    end = min(block.span.end, block.span.start + 400)
    opening = text[block.span.start : end].lower()
    # The pattern is long and most blocks say nothing of the kind: the words that it needs are looked for
    # first.
    if not any(word in opening for word in _NEEDED) and not opening.lstrip().startswith(_NEEDED_FIRST):
        return None
    match = _FIRST.search(text, block.span.start, end)
    if match is None:
        return None
    words = _SMALL_END.sub("", match["name"]).rstrip(" .,")
    if not words or not any(c.isupper() for c in words):
        return None
    start = match.start("name")
    return Found(value=words, known="printed", where="text", span=Span(start, start + len(words)))
