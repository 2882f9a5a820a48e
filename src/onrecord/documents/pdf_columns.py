"""In which order the lines of a sheet are read: columns one after the other, all else from top to bottom."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Piece", "Row", "order_sheet"]

FEWEST_ROWS, MOST_COLUMNS = 3, 12
PROSE = 16
"""So many characters a line of a column has on average; the cells of a table have fewer."""

NARROWEST = 0.6  # of a letter's height: the space between two columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of letters on one line, with its box in points from the upper left corner of the sheet."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A printed line as it is read, with the left and right edge of the column that it stands in."""

    piece: Piece
    left: float
    right: float
    column: int


def order_sheet(pieces: Sequence[Piece]) -> list[Row]:
    """Return the lines of a sheet in reading order."""
    rows = _find_rows(pieces)
    ordered: list[Row] = []
    at = column = 0
    while at < len(rows):
        end, gutters = _find_region(rows, at)
        column += 1
        if gutters and _is_columns(rows[at:end], gutters):
            for cells in _cut(rows[at:end], gutters):
                ordered += _as_rows([_join(cell) for cell in cells], column)
                column += 1
        else:
            ordered += _as_rows([_join(row) for row in rows[at:end]], column)
        at = end
    return _widen(ordered)


def _find_rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Group pieces that stand at one height."""
    rows: list[list[Piece]] = []
    top = bottom = 0.0
    for piece in sorted(pieces, key=lambda one: (one.top + one.bottom, one.x0)):
        shared = min(bottom, piece.bottom) - max(top, piece.top)
        if rows and shared > 0.5 * min(bottom - top, piece.bottom - piece.top):
            rows[-1].append(piece)
        else:
            rows.append([piece])
            top, bottom = piece.top, piece.bottom
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _find_region(rows: Sequence[Sequence[Piece]], at: int) -> tuple[int, list[float]]:
    """Return where the rows end that leave the same spaces free, and the middle of each such space.

    Rows of one piece each make a region too, without any space.
    """
    if len(rows[at]) < 2:
        end = next((k for k in range(at + 1, len(rows)) if len(rows[k]) > 1), len(rows))
        return end, []
    covered = [(piece.x0, piece.x1) for piece in rows[at]]
    free = _gaps(covered, rows[at])
    end = at + 1
    while 0 < len(free) < MOST_COLUMNS and end < len(rows):
        more = _merge([*covered, *((piece.x0, piece.x1) for piece in rows[end])])
        still = _gaps(more, rows[end])
        if not still:
            break
        covered, free, end = more, still, end + 1
    return end, [(left + right) / 2 for left, right in free]


def _merge(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _gaps(covered: list[tuple[float, float]], row: Sequence[Piece]) -> list[tuple[float, float]]:
    least = NARROWEST * max(piece.size for piece in row)
    spans = _merge(covered)
    return [(left[1], right[0]) for left, right in pairwise(spans) if right[0] - left[1] >= least]


def _cut(rows: Sequence[Sequence[Piece]], gutters: Sequence[float]) -> list[list[list[Piece]]]:
    """Return the cells of each column, from top to bottom."""
    columns: list[list[list[Piece]]] = [[] for _ in range(len(gutters) + 1)]
    for row in rows:
        cells: list[list[Piece]] = [[] for _ in columns]
        for piece in row:
            cells[bisect_left(gutters, piece.x0)].append(piece)
        for column, cell in zip(columns, cells, strict=True):
            if cell:
                column.append(cell)
    return columns


def _is_columns(rows: Sequence[Sequence[Piece]], gutters: Sequence[float]) -> bool:
    """Tell columns of running text from a table: in two of them lines are long."""
    if len(gutters) >= MOST_COLUMNS or sum(len(row) > 1 for row in rows) < FEWEST_ROWS:
        return False
    lengths = [
        sum(len(piece.text) for cell in column for piece in cell) / len(column)
        for column in _cut(rows, gutters)
        if len(column) >= FEWEST_ROWS
    ]
    return sum(length >= PROSE for length in lengths) >= 2


def _join(cell: Sequence[Piece]) -> Piece:
    """Make one line of the pieces of a row."""
    if len(cell) == 1:
        return cell[0]
    words = sum(len(piece.text) for piece in cell)
    return Piece(
        text=" ".join(piece.text for piece in cell),
        x0=min(piece.x0 for piece in cell),
        x1=max(piece.x1 for piece in cell),
        top=min(piece.top for piece in cell),
        bottom=max(piece.bottom for piece in cell),
        size=max(cell, key=lambda piece: len(piece.text)).size,
        bold=2 * sum(len(piece.text) for piece in cell if piece.bold) > words,
    )


def _as_rows(lines: Sequence[Piece], column: int) -> Iterator[Row]:
    left, right = min(piece.x0 for piece in lines), max(piece.x1 for piece in lines)
    for piece in lines:
        yield Row(piece=piece, left=left, right=right, column=column)


def _widen(rows: list[Row]) -> list[Row]:
    """Let lines of one width that tables or headings part know the same edges of the sheet's text."""
    if not rows:
        return rows
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    wide = 0.6 * (right - left)
    return [
        Row(
            piece=row.piece,
            left=min(row.left, left) if row.right - row.left > wide else row.left,
            right=right if row.right - row.left > wide else row.right,
            column=0 if row.right - row.left > wide else row.column,
        )
        for row in rows
    ]
