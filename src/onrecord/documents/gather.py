"""Words of a word processor's file gathered into lines, one paragraph inside another's where boxes are."""

from dataclasses import dataclass, field

from onrecord.documents.values import DocumentFault, Line

__all__ = ["MAX_LINES", "Gatherer"]

MAX_LINES = 1_000_000
MAX_DEPTH = 200


@dataclass(slots=True)
class _Open:
    """A paragraph that is not ended."""

    pieces: list[str] = field(default_factory=list)
    style: str = ""
    bold: int = 0
    length: int = 0
    size: float | None = None


class Gatherer:
    """Makes lines of words. `bold` and `size` are those of the words that come next."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.open: list[_Open] = []
        self.bold = False
        self.size: float | None = None
        self.breaks = False
        self.gap = False

    def begin(self) -> None:
        """Begin a paragraph: of a box inside another paragraph, that one goes on behind it."""
        if len(self.open) >= MAX_DEPTH:
            raise DocumentFault(f"its paragraphs stand inside one another more than {MAX_DEPTH} deep.")
        self.open.append(_Open())

    def add(self, words: str) -> None:
        """Add words to the paragraph."""
        if not self.open:
            return
        now = self.open[-1]
        now.pieces.append(words)
        if count := len(words.strip()):
            now.length += count
            now.bold += count if self.bold else 0
            now.size = self.size if now.size is None else now.size

    def style(self, name: str) -> None:
        """Note the style of the paragraph, by its name in English."""
        if self.open:
            self.open[-1].style = (
                "title" if name == "title" else "heading" if name.startswith("heading") else ""
            )

    def break_line(self, *, sheet: bool = False) -> None:
        """Break the line inside the paragraph, or the sheet."""
        if self.open:
            now = self.open[-1]
            self._put(now)
            now.pieces, now.bold, now.length = [], 0, 0
        self.breaks |= sheet

    def break_sheet(self) -> None:
        """Begin a new sheet with the words that come next."""
        self.breaks = True

    def end(self) -> None:
        """End the paragraph."""
        if self.open:
            self._put(self.open.pop())

    def finish(self) -> list[Line]:
        """Return all lines; paragraphs that a cut-off file left open are ended."""
        while self.open:
            self.end()
        return self.lines

    def _put(self, now: _Open) -> None:
        text = " ".join("".join(now.pieces).replace("\xad", "").split())
        if not text:
            self.gap = True
            return
        if len(self.lines) >= MAX_LINES:
            raise DocumentFault(
                f"it has more than {MAX_LINES:,} lines, and may have no more; split it and add the pieces."
            )
        line = Line(
            text=text,
            style=now.style,
            bold=2 * now.bold > now.length,
            size=now.size,
            breaks=self.breaks,
            gap=self.gap,
        )
        self.lines.append(line)
        self.breaks = self.gap = False
