"""Printed lines into paragraphs: over hyphens, columns and sheets, with what stands on every sheet apart."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from onrecord.documents.pdf_columns import Row
from onrecord.documents.values import Line
from onrecord.types import Place, Span
from onrecord.wordlists import read_list

__all__ = ["Printed", "join_paragraphs"]

EDGE = 3  # so many lines at the top and at the bottom of a sheet may be its furniture
OFTEN = 0.25
MOST_FURNITURE = 120
USUAL_PITCH, DOUBLE = (
    1.2,
    2.1,
)  # in heights of a letter: text set with an empty line between is no further apart
WIDER_PITCH = 1.3
OTHER_SIZE = 0.12
INDENT = 0.8
MOST_PARAGRAPH, MOST_WORD = 20_000, 80
_NUMBER = re.compile(
    r"\W*(?:page |seite |p\. ?)?(?:\d{1,4}|[ivxl]{1,6})(?:\s?(?:of|von|/|\|)\s?\d{1,4})?\W*", re.IGNORECASE
)
_FIGURES = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:…][”\"’')\]»]*$")
_OPENS = re.compile(r"(?:[•▪●◦‣*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_HYPHEN = re.compile(r"(?P<word>[^\W\d_](?:[^\W_]|-)*)[-‐]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The lines of a sheet in reading order."""

    sheet: int
    height: float
    lines: list[Row]


@dataclass(slots=True)
class _Growing:
    """A paragraph while lines are put to it."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    places: list[Place] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    bold: bool = True
    sheet: int = 0
    last: Row | None = None


def join_paragraphs(printed: Sequence[Printed]) -> Iterator[Line]:
    """Yield the paragraphs of a document. Heads and numbers of sheets follow the paragraph they stand in."""
    furniture = _find_furniture(printed)
    pitch = _measure_pitch(printed)
    words = Counter(
        word.lower() for sheet in printed for row in sheet.lines for word in _WORD.findall(row.piece.text)
    )
    now, aside = _Growing(), list[Line]()
    for sheet in printed:
        for at, row in enumerate(sheet.lines):
            if (sheet.sheet, at) in furniture:
                aside.append(_furniture(row, sheet.sheet))
            elif now.last is not None and _goes_on(now, row, sheet.sheet, pitch):
                _append(now, row, sheet.sheet, words)
            else:
                yield from _finish(now)
                yield from aside
                now, aside = _Growing(), []
                _append(now, row, sheet.sheet, words)
    yield from _finish(now)
    yield from aside


def _find_furniture(printed: Sequence[Printed]) -> set[tuple[int, int]]:
    """Find the lines that stand at the edge of sheet after sheet, but for figures, and sheet numbers."""
    edges: list[tuple[int, int, str, bool]] = []
    for sheet in printed:
        order = sorted(range(len(sheet.lines)), key=lambda at: sheet.lines[at].piece.top)
        for rank, at in enumerate(order):
            depth = min(rank, len(order) - 1 - rank)
            words = sheet.lines[at].piece.text
            if depth < EDGE and len(words) <= MOST_FURNITURE:
                edges.append((sheet.sheet, at, _FIGURES.sub("#", words.casefold()), depth == 0))
    on = Counter(key for key, _ in {(key, sheet) for sheet, _, key, _ in edges})
    least = max(2.0, OFTEN * len(printed))
    return {
        (sheet, at)
        for sheet, at, key, outermost in edges
        if on[key] >= least or (outermost and _NUMBER.fullmatch(key.replace("#", "1")))
    }


def _measure_pitch(printed: Sequence[Printed]) -> float:
    """Return how far apart the lines of a paragraph stand, in heights of a letter."""
    steps = [
        (below.piece.top - above.piece.top) / above.piece.size
        for sheet in printed
        for above, below in zip(sheet.lines, sheet.lines[1:], strict=False)
        if above.column == below.column and above.piece.size > 0
    ]
    close = [step for step in steps if 0.5 < step < DOUBLE]
    return median(close) if close else USUAL_PITCH


def _goes_on(now: _Growing, row: Row, sheet: int, pitch: float) -> bool:
    """Tell whether a line belongs to the paragraph of the line before it."""
    last = now.last
    assert last is not None
    above, below = last.piece, row.piece
    if abs(above.size - below.size) > OTHER_SIZE * max(above.size, below.size) or (
        now.bold and not below.bold
    ):
        return False
    if _OPENS.match(below.text) or now.length > MOST_PARAGRAPH:
        return False
    ended, small = _ENDS.search(above.text) is not None, below.text[:1].islower()
    if now.sheet != sheet or last.column != row.column or below.top < above.top:
        # At the foot of a column or a sheet only the words tell.
        return not ended and (small or _is_full(last) or above.text.endswith(("-", "‐")))
    if below.top - above.top > WIDER_PITCH * pitch * max(above.size, below.size):
        return False
    # The lines under a bullet hang behind it.
    hangs = _OPENS.match(now.pieces[0]) is not None
    indented = not hangs and row.piece.x0 - row.left > INDENT * below.size
    if indented and not last.piece.x0 - last.left > 0.5 * INDENT * above.size:
        return False
    return (small and not ended) or not _would_fit(last, row)


def _is_full(row: Row) -> bool:
    return row.right - row.piece.x1 < 0.15 * (row.right - row.left)


def _would_fit(last: Row, row: Row) -> bool:
    """Tell whether the next line's first word had room on this one: then the line was ended on purpose."""
    piece = row.piece
    first = len(piece.text.split(None, 1)[0]) + 1
    width = (piece.x1 - piece.x0) * first / max(len(piece.text), 1)
    return last.piece.x1 + width + 0.3 * piece.size < last.right


def _append(now: _Growing, row: Row, sheet: int, words: Counter[str]) -> None:
    piece = row.piece
    text = " ".join(piece.text.split())
    if now.pieces:
        between = _between(now, text, words)
        now.pieces.append(between)
        now.length += len(between)
    now.pieces.append(text)
    now.places.append(_place(now.length, row, sheet, len(text)))
    now.length += len(text)
    now.sizes.append(piece.size)
    now.bold &= piece.bold
    now.sheet, now.last = sheet, row


def _between(now: _Growing, text: str, words: Counter[str]) -> str:
    """Return what stands between two lines: a space, or nothing where a word was parted.

    The hyphen goes where the document prints the word without one elsewhere, or where nothing tells that it
    is the word's own.
    """
    last = now.pieces[-1]
    match = _HYPHEN.search(last[-MOST_WORD:])
    if match is None:
        return "" if last.endswith(("—", "/")) else " "
    rest = _WORD.match(text)
    if rest is None or not text[:1].islower():
        return "" if text[:1].isalnum() else " "
    head, tail = match["word"].lower(), rest[0].lower()
    whole, parted = words[head + tail], words[f"{head}-{tail}"]
    own = parted > whole or (not whole and ("-" in head or head in _keepers()))
    if not own:
        now.pieces[-1] = last[:-1]
        now.length -= 1
        place = now.places[-1]
        now.places[-1] = replace(place, span=Span(place.span.start, now.length))
    return ""


def _keepers() -> frozenset[str]:
    """Return the beginnings of words that keep their hyphen: "ex-", "self-"."""
    return frozenset(word for word, _ in read_list("hyphen_words.tsv"))


def _finish(now: _Growing) -> Iterator[Line]:
    if now.pieces:
        yield Line(
            text="".join(now.pieces),
            bold=now.bold,
            size=max(now.sizes),
            places=tuple(now.places),
            gap=True,
        )


def _furniture(row: Row, sheet: int) -> Line:
    piece = row.piece
    text = " ".join(piece.text.split())
    return Line(text=text, part="header", places=(_place(0, row, sheet, len(text)),))


def _place(start: int, row: Row, sheet: int, length: int) -> Place:
    piece = row.piece
    box = (round(piece.x0, 1), round(piece.top, 1), round(piece.x1, 1), round(piece.bottom, 1))
    return Place(span=Span(start, start + length), sheet=sheet, box=box)
