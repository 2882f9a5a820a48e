"""The word lists that come with the program: tab-separated, a fact a line, the last column its origin."""

from functools import cache
from importlib.resources import files

__all__ = ["read_list"]

Row = tuple[str, ...]


@cache
def read_list(file: str) -> tuple[Row, ...]:
    """Return the rows of a word list of `src/onrecord/data`, comments and empty lines left out."""
    text = files("onrecord.data").joinpath(file).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))
