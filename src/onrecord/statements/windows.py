"""An article's paragraphs, or the runs of sentences of them that may hold speech, packed into windows as the
reader takes them in: as many as fit, each whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.models.pieces import BEGIN, SEPARATOR, cut_pieces
from onrecord.types import Span

__all__ = ["MOST_PIECES", "NOWHERE", "Window", "pack_windows"]

MOST_PIECES = 192
# Where a separator stands: it is no part of the text.
NOWHERE = Span(-1, -1)


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces in reading order, "[CLS]" before the first paragraph and "[SEP]" behind each."""

    pieces: tuple[int, ...]
    spans: tuple[Span, ...]


def pack_windows(text: str, paragraphs: Iterable[Span], most: int = MOST_PIECES) -> Iterator[Window]:
    """Yield windows of whole paragraphs; one too long for a window is cut behind a piece that ends a
    sentence, or where the window ends."""
    ids: list[int] = []
    spans: list[Span] = []
    where = list(paragraphs)
    for paragraph, (numbers, offsets) in zip(where, cut_pieces([p.of(text) for p in where]), strict=True):
        for start, end in cut_long(paragraph.of(text), offsets, most - 2):
            if ids and len(ids) + end - start + 1 > most:
                yield Window(tuple(ids), tuple(spans))
                ids, spans = [], []
            if not ids:
                ids, spans = [BEGIN], [NOWHERE]
            ids += [*numbers[start:end], SEPARATOR]
            spans += [Span(paragraph.start + a, paragraph.start + b) for a, b in offsets[start:end]]
            spans.append(NOWHERE)
    if ids:
        yield Window(tuple(ids), tuple(spans))


def cut_long(paragraph: str, offsets: list[Span], most: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a paragraph as ranges of its pieces, none with more than `most`."""
    start = 0
    while len(offsets) - start > most:
        ends = [at for at in range(start + most // 2, start + most) if ends_sentence(paragraph, offsets, at)]
        end = ends[-1] + 1 if ends else start + most
        yield start, end
        start = end
    if start < len(offsets):
        yield start, len(offsets)


def ends_sentence(paragraph: str, offsets: list[Span], at: int) -> bool:
    """Tell whether a sentence may end with this piece: a stop, or a mark behind one, before a space."""
    piece = offsets[at].of(paragraph)
    if piece in "”\"’'" and at:
        piece = offsets[at - 1].of(paragraph)
    return piece in ".?!" and paragraph[offsets[at].end : offsets[at].end + 1].isspace()
