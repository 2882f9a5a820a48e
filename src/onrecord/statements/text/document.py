"""The one value that an article is read into: its text, the text with quotations hidden, paragraphs,
sentences, quotations, and the day that it counts from. Made once; every later step reads it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.article import Anchor, find_dateline
from onrecord.statements.quotations.marks import Quotation, find_quotations
from onrecord.statements.text.notes import hide_notes
from onrecord.statements.text.paragraphs import Paragraph, join_lines, unwrap
from onrecord.statements.text.sentences import QUOTED, Sentence, find_sentences, mask_quotations
from onrecord.types import Block, Kind, Problem, Span

__all__ = ["Document", "read_document"]

_REACH = 500_000  # characters; a novel has as many, and no news article


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as every step of the stage reads it. All offsets count in `text`, which has the length of
    the text of record, and spaces for the ends of lines cut to a width and for numbers of notes; `masked` has
    its length, with what stands inside quotation marks hidden. `sentences` has a row for each paragraph."""

    text: str
    masked: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[tuple[Sentence, ...], ...]
    quotations: tuple[Quotation, ...]
    anchor: Anchor | None = None

    def kind_of(self, content: Iterable[Span]) -> Kind:
        """Return "direct" when every word of a content stood inside marks, "mixed" when some did."""
        outside = inside = 0
        for span in content:
            for word in re.finditer(r"\w+", span.of(self.text)):
                quoted = self.masked[span.start + word.start()] == QUOTED
                inside, outside = inside + quoted, outside + (not quoted)
        if inside and not outside:
            return "direct"
        return "mixed" if inside else "indirect"


def read_document(
    text: str, body: Iterable[Block], anchor: Anchor | None = None
) -> tuple[Document, list[Problem]]:
    """Read an article's text once, and tell what is wrong with it: marks that are never closed, more than any
    article has."""
    blocks, problems = _take_within_reach(body)
    joined = join_lines(text, blocks)
    text = hide_notes(unwrap(text, joined))
    paragraphs = _begin_after_dateline(text, blocks, joined)
    set_off = {p.span for p in paragraphs if p.set_off}
    found = list(find_quotations(text, (p.span for p in paragraphs), blocks=set_off))
    quotations = [x for x in found if isinstance(x, Quotation)]
    masked = mask_quotations(text, quotations)
    document = Document(
        text=text,
        masked=masked,
        paragraphs=paragraphs,
        sentences=tuple(tuple(find_sentences(text, masked, p.span, quotations)) for p in paragraphs),
        quotations=tuple(quotations),
        anchor=anchor,
    )
    return document, [*problems, *(x for x in found if isinstance(x, Problem))]


def _begin_after_dateline(
    text: str, body: list[Block], paragraphs: tuple[Paragraph, ...]
) -> tuple[Paragraph, ...]:
    """Begin a paragraph after its dateline: "SELM, March 18 (Northline) -" was said by nobody."""
    dateline = find_dateline(text, body)
    if dateline is None:
        return paragraphs
    start, end = dateline.span
    return tuple(
        replace(p, span=Span(end, p.span.end)) if p.span.start <= start and end < p.span.end else p
        for p in paragraphs
    )


def _take_within_reach(body: Iterable[Block]) -> tuple[list[Block], list[Problem]]:
    """Leave out what lies beyond the length of any article, so that one broken page can't hold up all
    others."""
    kept: list[Block] = []
    left = _REACH
    for block in body:
        start, end = block.span
        if end - start > left:
            if left:
                kept.append(replace(block, span=Span(start, start + left)))
            message = (
                f"the article is longer than {_REACH:,} characters, more than a news article has; "
                "only in the first of them was it looked for who said what."
            )
            return kept, [Problem(stage="statements", message=message, span=Span(start + left, end))]
        kept.append(block)
        left -= end - start
    return kept, []
