"""A line of a page for the terminal: its role in the margin, and who, cue and content marked in its words."""

from collections.abc import Iterable, Sequence

from onrecord.types import Block, Entry
from onrecord.views.mark import Mark, Part, marks_of, split_at_marks
from onrecord.views.terminal import Cell, Piece, has_terminal

__all__ = ["LEGEND", "render_block"]

_STYLES = {
    "who": "bold cyan",
    "cue": "italic yellow",
    "said": "green",
    "via": "magenta",
    "when": "blue",
    "place": "reverse",
}
LEGEND: Cell = tuple(
    piece for part in ("who", "cue", "said", "via", "when") for piece in ((part, _STYLES[part]), ("  ", ""))
)
"""The marks' colours, each on the name of what it marks."""

_SEARCHED = ("headline", "paragraph")


def render_block(text: str, block: Block, entries: Iterable[Entry]) -> tuple[Cell, Cell]:
    """Return a block's margin and words; marks are colours on a terminal, "[who: the mayor]" in a pipe."""
    start, end = block.span
    marks = [mark for mark in marks_of(entries) if mark.span.start < end and mark.span.end > start]
    if block.role not in _SEARCHED and not marks:
        note = "not searched: " if block.role == "comment" else ""
        return ((block.role, "dim"),), ((note, "dim italic"), (block.span.of(text), "dim"))
    margin = ((block.role, "bold" if block.role == "headline" else "dim"),)
    return margin, _coloured(text, block, marks) if has_terminal() else _bracketed(text, block, marks)


def _coloured(text: str, block: Block, marks: Sequence[Mark]) -> Cell:
    return tuple(
        (piece.span.of(text), _STYLES[piece.marks[0].part] if piece.marks else "")
        for piece in split_at_marks(block.span, marks)
    )


def _bracketed(text: str, block: Block, marks: Sequence[Mark]) -> Cell:
    """Return the words with brackets round each mark; where two overlap, one is closed and opened again."""
    pieces: list[Piece] = []
    opened: list[tuple[int, int, Part]] = []
    for piece in split_at_marks(block.span, marks):
        # Outermost first; two statements with the same words share one pair of brackets.
        wanted = list(dict.fromkeys((*mark.span, mark.part) for mark in reversed(piece.marks)))
        kept = next(
            (n for n, pair in enumerate(zip(opened, wanted, strict=False)) if pair[0] != pair[1]), None
        )
        kept = min(len(opened), len(wanted)) if kept is None else kept
        pieces.append(("]" * (len(opened) - kept), ""))
        pieces.extend((f"[{part}: ", "") for _, _, part in wanted[kept:])
        pieces.append((piece.span.of(text), ""))
        opened = wanted
    return (*pieces, ("]" * len(opened), ""))
