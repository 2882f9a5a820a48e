"""Quotations that only a headline has: words in quotation marks that no article text prints."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.ledger.records import PageRecord
from onrecord.types import EntryPage, Span

__all__ = ["HeadlineOnly", "find_headline_only"]

# Inside a word a single mark is an apostrophe: as quotation marks they stand outside words.
_QUOTED = re.compile(
    r"“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|\"([^\"]+)\"|(?<!\w)‘(.+?)’(?!\w)|(?<!\w)'(.+?)'(?!\w)"
)
_WORD = re.compile(r"\w+(?:[’']\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineOnly:
    """Words that a page's headline quotes and that no paragraph of these pages has."""

    page: EntryPage
    words: str
    span: Span


def find_headline_only(pages: Iterable[PageRecord]) -> Iterator[HeadlineOnly]:
    """Yield the quotations of headlines that none of these pages prints in its text.

    A single quoted word is a term or a title more often than a quotation, and is passed over.
    """
    records = list(pages)
    body = " | ".join(
        _folded(block.span.of(record.text))
        for record in records
        for block in record.blocks
        if block.role in ("paragraph", "dateline")
    )
    for record in records:
        for block in record.blocks:
            if block.role != "headline":
                continue
            for span in _quoted(record.text, block.span):
                words = _folded(span.of(record.text))
                if words.count(" ") > 2 and words not in body:
                    yield HeadlineOnly(page=record.page, words=span.of(record.text), span=span)


def _quoted(text: str, within: Span) -> Iterator[Span]:
    for match in _QUOTED.finditer(text, within.start, within.end):
        group = match.lastindex or 0
        yield Span(*match.span(group))


def _folded(text: str) -> str:
    """Return the words alone, a space on either side, so that only whole words are found."""
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(text))
    return f" {' '.join(words)} "
