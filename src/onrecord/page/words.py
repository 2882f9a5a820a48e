"""The word lists that tell furniture from running text."""

import re
from functools import cache, lru_cache
from typing import cast

from onrecord.types import Role
from onrecord.wordlists import read_list

__all__ = ["everyday_words", "find_phrase", "read_marks", "reader_words", "split_name", "stop_words"]

PIECE = re.compile(r"[A-Z]?[a-zß-ÿ]+|[A-Z]+(?![a-z])|\d+")
MAX_NAMES = 400
NONE: frozenset[str] = frozenset()
# Phrases are found by their first letters; a shorter phrase is its own key.
LETTERS = 3
EDGES = " \t\u00a0•·|›»→-–:…"


@cache
def stop_words() -> frozenset[str]:
    """The commonest small words of some twenty languages."""
    return frozenset(word for _, word, _ in read_list("stop_words.tsv"))


@cache
def everyday_words() -> frozenset[str]:
    """The words that stand in any text: a reader may call himself by one, and others just use it."""
    return frozenset(row[0] for row in read_list("everyday_words.tsv"))


@cache
def reader_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words of offers and forms ("subscribe", "cookies"), and those for the reader ("you", "here")."""
    rows = list(read_list("reader_words.tsv"))
    things = frozenset(word for kind, word, _ in rows if kind == "thing")
    return things, frozenset(word for kind, word, _ in rows if kind == "you")


@cache
def name_marks() -> dict[str, str]:
    return {words: mark for mark, words, _ in read_list("page_names.tsv")}


@cache
def first_words() -> frozenset[str]:
    return frozenset(words.split()[0] for words in name_marks())


def read_marks(names: str) -> frozenset[str]:
    """Tell what an element's names say of it: "post-comments" says "comment", "articleBody" says "body"."""
    marks = NONE
    for name in names[:MAX_NAMES].split():
        if found := read_name(name):
            marks = marks | found if marks else found
    return marks


@lru_cache(maxsize=10_000)
def read_name(name: str) -> frozenset[str]:
    """Tell what one name says, by its words and by two or three of them in a row."""
    pieces = split_name(name)
    # Most names say nothing that we know, and no known one starts with a word that starts none.
    if first_words().isdisjoint(pieces):
        return NONE
    known = name_marks()
    found = [
        mark
        for size in (1, 2, 3)
        for at in range(len(pieces) - size + 1)
        if (mark := known.get(pieces[at] if size == 1 else " ".join(pieces[at : at + size])))
    ]
    return frozenset(found) if found else NONE


@lru_cache(maxsize=10_000)
def split_name(name: str) -> list[str]:
    """Split a name into its words in lower case: "postBody-wide" is "post", "body", "wide"."""
    pieces = PIECE.findall(name)
    return pieces if name.islower() else [piece.lower() for piece in pieces]


@cache
def phrases() -> tuple[dict[str, Role], dict[str, list[tuple[str, Role]]]]:
    """The phrases that are a whole line, and those that start one by their first letters, longest first."""
    whole: dict[str, Role] = {}
    start: dict[str, list[tuple[str, Role]]] = {}
    for role, how, words, _ in read_list("page_phrases.tsv"):
        if how == "whole":
            whole[words] = cast(Role, role)
        else:
            start.setdefault(words[:LETTERS], []).append((words, cast(Role, role)))
    for rows in start.values():
        rows.sort(key=lambda row: -len(row[0]))
    return whole, start


def find_phrase(line: str) -> Role | None:
    """Tell the role that a line's own words give away: "Leave a Reply", "Read more"."""
    whole, start = phrases()
    folded = line[:80].lower().replace("’", "'").strip(EDGES)
    if len(line) < 80 and (role := whole.get(folded)):
        return role
    for length in range(1, LETTERS + 1):
        for words, role in start.get(folded[:length], ()):
            if folded.startswith(words):
                return role
    return None
