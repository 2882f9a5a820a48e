"""The word lists that tell furniture from running text."""

from collections.abc import Sequence
from functools import cache
from typing import cast

from onrecord.types import Role
from onrecord.wordlists import read_list

__all__ = ["everyday_words", "find_phrase", "find_phrases", "name_marks", "reader_words", "stop_words"]

# Phrases are found by their first letters; a shorter phrase is its own key.
LETTERS = 3
MAX_PHRASE = 80
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
def phrases() -> tuple[dict[str, Role], dict[str, list[tuple[str, Role]]], frozenset[str]]:
    """The phrases that are a whole line; those that start one by their first letters, longest first; and the
    first letters of those that have fewer."""
    whole: dict[str, Role] = {}
    start: dict[str, list[tuple[str, Role]]] = {}
    for role, how, words, _ in read_list("page_phrases.tsv"):
        if how == "whole":
            whole[words] = cast(Role, role)
        else:
            start.setdefault(words[:LETTERS], []).append((words, cast(Role, role)))
    for rows in start.values():
        rows.sort(key=lambda row: -len(row[0]))
    return whole, start, frozenset(letters[0] for letters in start if len(letters) < LETTERS)


def find_phrase(line: str) -> Role | None:
    """Tell the role that a line's own words give away: "Leave a Reply", "Read more"."""
    return find_phrases([line])[0]


def find_phrases(lines: Sequence[str]) -> list[Role | None]:
    """Tell the roles that lines give away by their own words."""
    whole, start, short = phrases()
    found: list[Role | None] = []
    # All in small letters at once; a line end inside a line parts words of a phrase still.
    heads = "\n".join([line[:MAX_PHRASE].replace("\n", "\r") for line in lines])
    for line, head in zip(lines, heads.lower().replace("’", "'").split("\n"), strict=True):
        folded = head.strip(EDGES)
        role = whole.get(folded) if len(line) < MAX_PHRASE else None
        if role is None and folded[:1] in short:
            near = (start.get(folded[:length], ()) for length in range(1, LETTERS))
            role = next(filter(None, (find_start(rows, folded) for rows in near)), None)
        if role is None and (rows := start.get(folded[:LETTERS])):
            role = find_start(rows, folded)
        found.append(role)
    return found


def find_start(rows: Sequence[tuple[str, Role]], folded: str) -> Role | None:
    """Return the role of the first phrase that a line starts with."""
    return next((role for words, role in rows if folded.startswith(words)), None)
