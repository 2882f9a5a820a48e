"""The word lists that tell furniture from running text."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from onrecord.types import Role

__all__ = ["find_phrase", "read_marks", "reader_words", "stop_words"]

PIECE = re.compile(r"[A-Z]?[a-zß-ÿ]+|[A-Z]+(?![a-z])|\d+")
MAX_NAMES = 400


def read_rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of a word list, comments left out."""
    for line in (files("onrecord") / "data" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def stop_words() -> frozenset[str]:
    """The commonest small words of some twenty languages."""
    return frozenset(word for _, word, _ in read_rows("stop_words.tsv"))


@cache
def reader_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words of offers and forms ("subscribe", "cookies"), and the words for the reader ("you", "here")."""
    rows = list(read_rows("reader_words.tsv"))
    return tuple(frozenset(word for kind, word, _ in rows if kind == wanted) for wanted in ("thing", "you"))  # type: ignore[return-value]


@cache
def name_marks() -> dict[str, str]:
    return {words: mark for mark, words, _ in read_rows("page_names.tsv")}


@lru_cache(maxsize=20_000)
def read_marks(names: str) -> frozenset[str]:
    """Tell what an element's names say of it: "post-comments" says "comment", "articleBody" says "body"."""
    found = set()
    marks = name_marks()
    for name in names[:MAX_NAMES].split():
        pieces = [piece.lower() for piece in PIECE.findall(name)]
        for size in (1, 2, 3):
            for at in range(len(pieces) - size + 1):
                mark = marks.get(" ".join(pieces[at : at + size]))
                if mark:
                    found.add(mark)
    return frozenset(found)


@cache
def phrases() -> tuple[dict[str, Role], dict[str, Role], tuple[int, ...]]:
    whole: dict[str, Role] = {}
    start: dict[str, Role] = {}
    for role, how, words, _ in read_rows("page_phrases.tsv"):
        (whole if how == "whole" else start)[words] = cast(Role, role)
    return whole, start, tuple(sorted({len(words) for words in start}))


def find_phrase(line: str) -> Role | None:
    """Tell the role that a line's own words give away: "Leave a Reply", "Read more", "All rights reserved"."""
    whole, start, lengths = phrases()
    folded = line[:80].lower().replace("’", "'").strip(" \t\u00a0•·|›»→-–:…")
    if len(line) < 80 and (role := whole.get(folded)):
        return role
    for length in lengths:
        if length > len(folded):
            break
        if role := start.get(folded[:length]):
            return role
    return None
