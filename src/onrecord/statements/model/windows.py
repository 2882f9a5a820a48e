"""An article's paragraphs as the reader takes them in: each alone, so that a sentence is read alike wherever
it stands, in parts where it is too long."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.models.pieces import BEGIN, SEPARATOR, cut_pieces
from onrecord.types import Span

__all__ = ["MOST_PIECES", "NOWHERE", "Window", "cut_long", "cut_windows", "ends_sentence", "take_within"]

MOST_PIECES = 192
# Where "[CLS]" and "[SEP]" stand: they are no part of the text.
NOWHERE = Span(-1, -1)

Offsets = list[tuple[int, int]]
"""Where each piece of a paragraph begins and ends in it."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces in reading order and where each stands, "[CLS]" before the first and "[SEP]" behind the last."""

    pieces: tuple[int, ...]
    spans: tuple[Span, ...]


def cut_windows(text: str, paragraphs: Iterable[Span], most: int = MOST_PIECES) -> Iterator[Window]:
    """Yield a window for each paragraph; one too long is cut behind a piece that ends a sentence, or where
    the window ends."""
    where = list(paragraphs)
    for paragraph, (numbers, offsets) in zip(where, cut_pieces([p.of(text) for p in where]), strict=True):
        for start, end in cut_long(paragraph.of(text), offsets, most - 2):
            first = paragraph.start
            spans = [Span(first + a, first + b) for a, b in offsets[start:end]]
            yield Window((BEGIN, *numbers[start:end], SEPARATOR), (NOWHERE, *spans, NOWHERE))


def cut_long(paragraph: str, offsets: Offsets, most: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a paragraph as ranges of its pieces, none with more than `most`."""
    start = 0
    while len(offsets) - start > most:
        ends = [at for at in range(start + most // 2, start + most) if ends_sentence(paragraph, offsets, at)]
        end = ends[-1] + 1 if ends else start + most
        yield start, end
        start = end
    if start < len(offsets):
        yield start, len(offsets)


def ends_sentence(paragraph: str, offsets: Offsets, at: int) -> bool:
    """Tell whether a sentence may end with this piece: a stop, or a mark behind one, before a space."""
    start, end = offsets[at]
    piece = paragraph[start:end]
    if piece in "”\"’'" and at:
        piece = paragraph[slice(*offsets[at - 1])]
    return piece in ".?!" and paragraph[end : end + 1].isspace()


def take_within(reach: int, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the first of the spans, as many as have together no more than so many characters."""
    for start, end in spans:
        reach -= end - start
        if reach < 0:
            return
        yield Span(start, end)
