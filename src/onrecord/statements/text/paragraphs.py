"""Blocks into paragraphs. A block is a line; captures that flatten a page may break a paragraph over
several lines."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

import nupunkt

from onrecord.statements.text.wrapped import find_wraps
from onrecord.types import Block, Role, Span

__all__ = ["Paragraph", "join_lines", "unwrap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A run of lines that is read as one, and the role of its first line. `set_off` tells that the page
    sets it as a block quote, `wrapped` that its lines were cut to a width: their ends are spaces."""

    span: Span
    role: Role
    set_off: bool = False
    wrapped: bool = False


def join_lines(text: str, body: Iterable[Block]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of an article.

    Lines are joined where all were cut to a width, where one breaks off in the middle of a sentence, and
    throughout where a capture has put every sentence on a line of its own, since then line ends say nothing
    of paragraphs; not where the press itself has paragraphs of one sentence, as its marks may tell. In HTML
    the markup has said what a paragraph is, unless its lines were cut to a width. Only lines with nothing but
    white space between them are joined, so no furniture ever gets in.
    """
    blocks = list(body)
    html = any(block.tag is not None for block in blocks)
    wraps = find_wraps(text, blocks, partial(_follows, text, html=html))
    if html and not wraps:
        return tuple(
            Paragraph(span=b.span, role=b.role, set_off=b.tag == "blockquote" and b.role == "paragraph")
            for b in blocks
        )
    every = _sentence_a_line(text, blocks)
    joined: list[Paragraph] = []
    for at, block in enumerate(blocks):
        last = joined[-1] if joined else None
        if last is not None and at in wraps:
            joined[-1] = replace(last, span=Span(last.span.start, block.span.end), wrapped=True)
        elif (
            last is not None
            and not html
            and last.role == block.role == "paragraph"
            and _adjacent(text, last.span, block.span)
            and (every or _breaks_off(text, last.span, block.span))
        ):
            joined[-1] = replace(last, span=Span(last.span.start, block.span.end))
        else:
            set_off = block.tag == "blockquote" and block.role == "paragraph"
            joined.append(Paragraph(span=block.span, role=block.role, set_off=set_off))
    return tuple(joined)


def unwrap(text: str, paragraphs: Iterable[Paragraph]) -> str:
    """Return a text of the same length in which the line ends inside wrapped paragraphs are spaces."""
    parts: list[str] = []
    at = 0
    for start, end in (one.span for one in paragraphs if one.wrapped):
        parts += (text[at:start], text[start:end].replace("\n", " "))
        at = end
    return "".join((*parts, text[at:])) if parts else text


def _follows(text: str, before: Block, after: Block, *, html: bool) -> bool:
    """Tell whether a line may go on with the one before: in HTML both are of one kind of element."""
    return (
        before.role == after.role == "paragraph"
        and (not html or before.tag == after.tag)
        and _adjacent(text, before.span, after.span)
    )


def _adjacent(text: str, before: Span, after: Span) -> bool:
    between = text[before.end : after.start]
    return between.strip() == "" and between.count("\n") == 1


def _breaks_off(text: str, before: Span, after: Span) -> bool:
    return (
        before.end - before.start > 50
        and re.search(r"[.!?:;”\"’')\]…]\s*$", before.of(text)) is None
        and text[after.start].islower()
    )


def _sentence_a_line(text: str, blocks: list[Block]) -> bool:
    lines = [b.span.of(text) for b in blocks if b.role == "paragraph"]
    if len(lines) < 6:
        return False
    closely = sum(_adjacent(text, a.span, b.span) for a, b in itertools.pairwise(blocks))
    if closely < 0.8 * (len(blocks) - 1):
        return False
    if sum(len(nupunkt.sent_spans(line)) <= 1 for line in lines) < 0.9 * len(lines):
        return False
    # A quotation that goes on in the next paragraph is opened there again, in the next sentence of one not.
    again = [_OPENS.match(after) is not None for line, after in itertools.pairwise(lines) if _is_open(line)]
    return not again or 2 * sum(again) <= len(again)


_OPENS = re.compile(r"\s*[\"“]")


def _is_open(line: str) -> bool:
    """Tell whether a line leaves a quotation open."""
    return line.count("“") > line.count("”") if "“" in line else line.count('"') % 2 == 1
