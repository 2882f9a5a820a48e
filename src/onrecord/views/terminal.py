"""How words reach a person: tables and colour on a terminal, plain lines in a pipe, JSON for programs.

Words from pages are data. They may hold codes that move a terminal's cursor, rename its window or turn the
reading direction, so everything printed passes `clean`, and Rich never reads markup in it.
"""

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = [
    "Cell",
    "Piece",
    "Step",
    "bold",
    "clean",
    "count_of",
    "dim",
    "has_terminal",
    "join",
    "plain",
    "progress_bar",
    "say",
    "say_more",
    "show_json",
    "show_margin",
    "show_table",
    "styled",
    "warn",
]

Piece = tuple[str, str]
"""Words and their style on a terminal ("bold", "dim", "green"; "" for none)."""

Cell = str | tuple[Piece, ...]
"""What stands in one place of a table or line."""

_CRAMPED = 70  # a terminal with fewer characters a line gets tables of one column
_NARROW = 22  # characters for a column that is not the wide one of its table
_PADDED = 36  # a wider cell sticks out rather than push the whole column of a plain table to the right

# C0 and C1 codes and line ends become spaces, marks that turn the reading direction go, and half a surrogate
# pair, which can't be printed, shows as a replacement character.
_SAFE = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " "),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), ""),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
}


def styled(words: str, style: str) -> Cell:
    """Return words with a style of Rich: "green", "bold red"."""
    return ((words, style),)


def bold(words: str) -> Cell:
    """Return words that stand out on a terminal."""
    return styled(words, "bold")


def dim(words: str) -> Cell:
    """Return words that stand back on a terminal."""
    return styled(words, "dim")


def join(*cells: Cell) -> Cell:
    """Return cells as one."""
    return tuple(piece for cell in cells for piece in ([(cell, "")] if isinstance(cell, str) else cell))


def clean(text: str) -> str:
    """Return the words as one line that can't command a terminal."""
    return text.translate(_SAFE)


def plain(cell: Cell) -> str:
    """Return the words of a cell without their styles, safe to print."""
    return clean(cell if isinstance(cell, str) else "".join(words for words, _ in cell))


def count_of(number: int, thing: str, things: str | None = None) -> str:
    """Return "1 page", "2 pages", "1,200 pages"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def has_terminal() -> bool:
    """Tell whether the answer goes to a person's terminal rather than to a pipe or a file."""
    return sys.stdout.isatty()


@cache
def _console(*, stderr: bool = False) -> "Console":
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


def rich_text(cell: Cell) -> "Text":
    """Return a cell for Rich, with its styles and without reading markup in it."""
    from rich.text import Text

    if isinstance(cell, str):
        return Text(clean(cell))
    return Text.assemble(*((clean(words), style) for words, style in cell))


def say(*cells: Cell, indent: int = 0) -> None:
    """Print one line: wrapped between words on a terminal, whole in a pipe."""
    cell = join(*cells)
    if has_terminal():
        from rich.padding import Padding

        _console().print(Padding(rich_text(cell), (0, 0, 0, indent)))
    else:
        sys.stdout.write(f"{' ' * indent}{plain(cell)}".rstrip() + "\n")


def say_more(more: int) -> None:
    """Print how many rows a list left out, if any."""
    if more > 0:
        say(dim(f"{more:,} more; --limit 0 lists all."))


def warn(text: str) -> None:
    """Print one line beside the answer, on standard error."""
    sys.stdout.flush()  # where both go to one place, the answer so far comes first
    sys.stderr.write(clean(text) + "\n")


def show_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    wide: str | None = None,
    stacks: Sequence[Sequence[str]] = (),
) -> None:
    """Print a table. In a pipe: a row a line, columns two or more spaces apart, headers in capitals.

    A terminal is narrow and can break lines: there `wide` gets what room is left, and the columns of a stack
    stand on top of each other.
    """
    if has_terminal():
        _show_rich_table(headers, rows, wide, stacks or [(header,) for header in headers])
        return
    lines = [[header.upper() for header in headers], *([plain(cell) for cell in row] for row in rows)]
    widths = [min(_PADDED, max(map(_width, column))) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(padded).rstrip() + "\n")


def _show_rich_table(
    headers: Sequence[str], rows: Sequence[Sequence[Cell]], wide: str | None, stacks: Sequence[Sequence[str]]
) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if _console().width < _CRAMPED:
        stacks = [headers]
    # Rows of several lines run into each other without a line between them.
    between = int(any(len(stack) > 1 for stack in stacks))
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, leading=between)
    table.expand = wide is not None
    for stack in stacks:
        most, ratio = (None, 1) if wide in stack else (_NARROW, None)
        table.add_column(rich_text(bold(", ".join(stack))), ratio=ratio, max_width=most, overflow="fold")
    for row in rows:
        texts = dict(zip(headers, map(rich_text, row), strict=True))
        table.add_row(*(Text("\n").join(texts[name] for name in stack if texts[name]) for stack in stacks))
    _console().print(table)


def show_margin(rows: Sequence[tuple[Cell, Cell]]) -> None:
    """Print words, each with a note in the margin on the left."""
    if has_terminal():
        from rich.table import Table

        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        for note, words in rows:
            grid.add_row(rich_text(note), rich_text(words))
        _console().print(grid)
        return
    width = max((len(plain(note)) for note, _ in rows), default=0)
    for note, words in rows:
        sys.stdout.write(f"{plain(note):{width}}  {plain(words)}".rstrip() + "\n")


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def show_json(value: Any) -> None:
    """Print a value as one JSON document."""
    from onrecord.views.export import encode_json

    sys.stdout.flush()
    sys.stdout.buffer.write(encode_json(value) + b"\n")
    sys.stdout.buffer.flush()


class Step(Protocol):
    """Tells a progress bar how far the work is: so many of so many (None: nobody knows), and a few words."""

    def __call__(self, done: int, total: int | None = None, note: str = "") -> None: ...


@contextmanager
def progress_bar(label: str, *, quiet: bool = False) -> Iterator[Step]:
    """Show a progress bar on standard error while the work goes on; nothing where there is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total=None, note="": None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[count]}", markup=False),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}", markup=False, style="dim"),
    )
    with Progress(*columns, console=_console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, count="", note="")

        def step(done: int, total: int | None = None, note: str = "") -> None:
            count = f"{done:,}" if total is None else f"{done:,} of {total:,}"
            bar.update(task, completed=done, total=total, count=count, note=clean(note))

        yield step
