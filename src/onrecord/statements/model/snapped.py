"""The edges of what the trained reader found, set by the marks: they own where a quotation begins and ends,
the reader where all else does."""

import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.statements.quotations.marks import Quotation
from onrecord.statements.text.contents import trim_content
from onrecord.statements.text.sentences import OPEN, QUOTED
from onrecord.types import Span

__all__ = ["snap_all"]

_THAT = re.compile(rf"\s*(?:that\b\s*,?\s*|saying\s+(?={OPEN}))", re.IGNORECASE)


def snap_all(
    text: str, masked: str, content: Iterable[Span], quotations: Sequence[Quotation]
) -> Iterator[Span]:
    for span in content:
        snapped = snap(text, masked, span, quotations)
        if snapped.start < snapped.end and re.search(r"\w", snapped.of(text)):
            yield snapped


_ARTICLE_BEFORE = re.compile(r"(?<!\w)(?:the|an?)\s+$", re.IGNORECASE)
_OWNED_BEHIND = re.compile(r"\s+[\w-]+")
_LONGEST_ARTICLE = 5


def _with_whole_phrases(text: str, masked: str, span: Span) -> Span:
    """Take in the article before the first noun and the noun behind a last "her sister's": no phrase is cut
    there."""
    start, end = span
    if text[start : start + 1].isalnum() and masked[start] != QUOTED:
        article = _ARTICLE_BEFORE.search(masked, max(0, start - _LONGEST_ARTICLE), start)
        start = article.start() if article is not None else start
    if text[max(start, end - 2) : end] in ("'s", "’s") and masked[end - 1] != QUOTED:
        owned = _OWNED_BEHIND.match(masked, end)
        end = owned.end() if owned is not None else end
    return Span(start, end)


def snap(text: str, masked: str, span: Span, quotations: Sequence[Quotation]) -> Span:
    """Move the edges of a content to those of the quotations that it cuts, and off the words around it.

    A quotation of which more than half is in the content comes in whole, one of which less is leaves whole.
    What is a single quotation loses its marks.
    """
    start, end = trim_content(text, *_with_whole_phrases(text, masked, span))
    that = _THAT.match(masked, start, end)
    start = that.end() if that else start
    for quotation in quotations:
        outer, inner = quotation.outer, quotation.inner
        shared = min(end, outer.end) - max(start, outer.start)
        if shared <= 0 or (start <= outer.start and outer.end <= end):
            continue
        if 2 * shared >= inner.end - inner.start:
            start, end = min(start, outer.start), max(end, outer.end)
        elif start > outer.start:
            start = outer.end
        else:
            end = outer.start
    if start >= end:
        return Span(span.start, span.start)
    start, end = trim_content(text, start, end)
    for quotation in quotations:
        if quotation.outer.start <= start and end <= quotation.outer.end:
            return quotation.inner
    return Span(start, end)
