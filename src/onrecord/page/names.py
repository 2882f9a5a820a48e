"""What the names of elements say (class, id, role, itemprop): by the word lists, and to the role model."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.models.weights import read_vocabulary
from onrecord.page.words import name_marks

__all__ = ["known_names", "number_names", "read_names", "split_names"]

PIECE = re.compile(r"[A-Z]?[a-zß-ÿ]+|[A-Z]+(?![a-z])|\d+")
# So many characters of an element's names are read, and so many by the model.
MAX_NAMES, MAX_NUMBERED = 400, 300
# How many pieces of the names of one element the model reads.
MAX_PIECES = 12
NONE: frozenset[str] = frozenset()


class Said(NamedTuple):
    """What names say, "post-comments" that it is a "comment", and their pieces by the model's numbers."""

    marks: frozenset[str]
    numbers: tuple[int, ...]


@cache
def known_names() -> dict[str, int]:
    """The pieces of element names that the model knows, with their numbers."""
    return read_vocabulary("roles_names.txt")


@cache
def first_words() -> frozenset[str]:
    return frozenset(words.split()[0] for words in name_marks())


@lru_cache(maxsize=4_000)
def read_names(names: str) -> Said:
    """Tell what an element's names say of it: "post-comments" says "comment", "articleBody" says "body"."""
    said = [read_name(name) for name in names[:MAX_NAMES].split()]
    marks = NONE.union(*[one.marks for one in said if one.marks])
    if len(names) > MAX_NUMBERED:
        said = [read_name(name) for name in names[:MAX_NUMBERED].split()]
    return Said(marks, tuple(dict.fromkeys([number for one in said for number in one.numbers])))


@lru_cache(maxsize=10_000)
def read_name(name: str) -> Said:
    """Tell what one name says, by its words and by two or three of them in a row."""
    pieces, known = split_name(name), known_names()
    numbers = tuple([known[piece] for piece in pieces if piece in known and len(piece) > 1])
    # Most names say nothing that we know, and no known one starts with a word that starts none.
    first, marks = first_words(), name_marks()
    if first.isdisjoint(pieces):
        return Said(NONE, numbers)
    starts = [at for at, piece in enumerate(pieces) if piece in first]
    runs = [" ".join(pieces[at : at + size]) for at in starts for size in (1, 2, 3)]
    return Said(frozenset([marks[run] for run in runs if run in marks]), numbers)


def split_name(name: str) -> list[str]:
    """Split a name into its words in lower case: "postBody-wide" is "post", "body", "wide"."""
    pieces = PIECE.findall(name)
    return pieces if name.islower() else [piece.lower() for piece in pieces]


@lru_cache(maxsize=4_000)
def number_names(tag: str, names: str) -> tuple[int, ...]:
    """Number the pieces of a tag and of names that the model knows."""
    own = known_names().get("<" + tag)
    numbers = read_names(names).numbers if names else ()
    return numbers[:MAX_PIECES] if own is None else (own, *numbers)[:MAX_PIECES]


def split_names(tag: str, names: str) -> list[str]:
    """Split an element's tag and names: <div class="postBody wide"> is "<div", "post", "body", "wide"."""
    pieces = [piece for name in names[:MAX_NUMBERED].split() for piece in split_name(name)]
    return ["<" + tag, *dict.fromkeys(piece for piece in pieces if len(piece) > 1)]
