"""Show a page's text with what was said on it marked: who, the words of saying, and the words said.

Statements nest and overlap, HTML elements can't: the text is split at every edge of every span, and each
piece bears the marks of all the spans that cover it. All text is escaped here; nothing of a page is ever
handed to the browser as markup.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup, escape

from onrecord.types import Block, Entry, Span
from onrecord.views.visible import visible

if TYPE_CHECKING:
    from onrecord.page.readers import Naming

__all__ = ["Mark", "MarkedBlock", "Part", "Piece", "mark_blocks", "marks_of", "split_at_marks"]

Part = Literal["who", "cue", "said", "via", "when", "place"]
"""What a mark is: source, cue, content, a carrier, the words of time; or a place that was asked for."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the page that belongs to a statement; `owner` is the statement's id."""

    span: Span
    part: Part
    owner: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters under the same marks, the innermost (shortest) first."""

    span: Span
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of the page, ready to show. `opens` tells that the block before it has another role."""

    block: Block
    html: Markup
    opens: bool


def marks_of(entries: Iterable[Entry]) -> list[Mark]:
    """Return the marks of all statements of a page."""
    return [
        Mark(span, part, entry.id)
        for entry in entries
        for part, spans in _parts(entry)
        for span in spans
        if span.start < span.end
    ]


def _parts(entry: Entry) -> tuple[tuple[Part, tuple[Span, ...]], ...]:
    spans = entry.spans
    return (
        ("who", spans.source),
        ("cue", spans.cue),
        ("said", spans.content),
        ("via", spans.via),
        ("when", spans.said_on),
    )


def split_at_marks(span: Span, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Cut a span at every edge of the marks that touch it, in reading order, leaving nothing out."""
    edges = {span.start, span.end}
    edges.update(e for m in marks for e in m.span if span.start < e < span.end)
    places = sorted(edges)
    by_length = sorted(marks, key=lambda m: (m.span.end - m.span.start, m.span.start, m.owner))
    for start, end in pairwise(places):
        covering = tuple(m for m in by_length if m.span.start < end and m.span.end > start)
        yield Piece(Span(start, end), covering)


def mark_blocks(
    text: str,
    blocks: Sequence[Block],
    marks: Sequence[Mark],
    *,
    asked: str | None = None,
    before: Block | None = None,
    namings: "Sequence[Naming]" = (),
    page: str = "",
    dropped: str | None = None,
) -> Iterator[MarkedBlock]:
    """Yield the blocks of a page as HTML with its statements marked; `asked` is the one to outline.

    `before` is the block before the first, when only a part of the page is shown; `namings` are the words
    that name readers, who are shown by number. `page` is the page's address, where its words are shown at
    another one. `dropped` is a statement that somebody says is none.
    """
    anchors = _Anchors(marks, asked=asked, page=page, dropped=dropped)
    touching = _marks_by_block(blocks, marks)
    for number, block in enumerate(blocks):
        pieces = split_at_marks(block.span, touching.get(number, ()))
        html = Markup("").join(_render_piece(text, piece, anchors, namings) for piece in pieces)
        yield MarkedBlock(block, html, before is None or before.role != block.role)
        before = block


def _marks_by_block(blocks: Sequence[Block], marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    """Return the marks that touch each block. A quotation of several paragraphs touches several blocks."""
    starts = [block.span.start for block in blocks]
    touching: dict[int, list[Mark]] = {}
    for mark in marks:
        number = max(bisect_right(starts, mark.span.start) - 1, 0)
        while number < len(blocks) and blocks[number].span.start < mark.span.end:
            if blocks[number].span.end > mark.span.start:
                touching.setdefault(number, []).append(mark)
            number += 1
    return touching


class _Anchors:
    """Where each statement's anchor goes: on the first piece of its first span, and once only."""

    def __init__(self, marks: Iterable[Mark], *, asked: str | None, page: str, dropped: str | None) -> None:
        self.asked = asked
        self.page = page
        self.dropped = dropped
        self.first: dict[str, int] = {}
        for mark in marks:
            self.first[mark.owner] = min(self.first.get(mark.owner, mark.span.start), mark.span.start)
        self.linked: set[str] = set()

    def take(self, piece: Piece) -> list[str]:
        """Return the statements whose anchor stands on this piece; each is given out once."""
        owners = dict.fromkeys(m.owner for m in piece.marks)
        found = [o for o in owners if o in self.first and self.first[o] < piece.span.end]
        for owner in found:
            del self.first[owner]
        return found

    def link(self, owner: str) -> bool:
        """Tell whether this is the statement's first link, the one that the Tab key stops at."""
        first = owner not in self.linked
        self.linked.add(owner)
        return first


def _render_piece(text: str, piece: Piece, anchors: _Anchors, namings: "Sequence[Naming]") -> Markup:
    # Imported late: with it comes what reads pages, and the command line should start at once.
    from onrecord.page.readers import hide_handles

    words = escape(visible(hide_handles(text, piece.span, namings)))
    if not piece.marks:
        return words
    anchored = anchors.take(piece)
    inner, *outer = (m.part for m in piece.marks)
    owners = list(dict.fromkeys(m.owner for m in piece.marks))
    # The innermost mark gives the colour; an outer content shows through as a line under it.
    names = [inner, *dict.fromkeys(f"in-{part}" for part in outer)]
    if anchors.asked in owners:
        names.append("asked")
    if anchors.dropped in owners:
        names.append("dropped")
    identity = Markup(' id="{}"').format(anchored[0]) if anchored else ""
    extra = Markup("").join(Markup('<span id="{}"></span>').format(other) for other in anchored[1:])
    return extra + Markup('<mark{} class="{}" data-s="{}">{}</mark>').format(
        identity, " ".join(names), " ".join(owners), _linked(words, piece, anchors)
    )


def _linked(words: Markup, piece: Piece, anchors: _Anchors) -> Markup:
    """Make the words said a link to their statement, the innermost where they nest."""
    said = next((m for m in piece.marks if m.part == "said"), None)
    if said is None:
        return words
    stop = "" if anchors.link(said.owner) else Markup(' tabindex="-1"')
    return Markup('<a href="{0}?s={1}#{1}"{2}>{3}</a>').format(anchors.page, said.owner, stop, words)
