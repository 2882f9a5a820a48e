"""The word lists of this folder: tab-separated, a fact a line, with its origin (src/onrecord/data)."""

from functools import cache
from importlib.resources import files

__all__ = ["listed", "words_of"]


@cache
def listed(file: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a word list, comments left out."""
    text = files("onrecord.data").joinpath(file).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words_of(kind: str, file: str = "function_words.tsv") -> frozenset[str]:
    """Return the words of one class."""
    return frozenset(row[0] for row in listed(file) if row[1] == kind)
