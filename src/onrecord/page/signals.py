"""The lines of a page as numbers: what the role model reads of each line, with a DOM or without one."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.models.weights import read_weights
from onrecord.page.features import WORD, Look, look_at, look_at_all
from onrecord.page.joins import join_lines
from onrecord.page.place import HEADINGS, Place
from onrecord.page.tells import READERS, WROTE
from onrecord.page.walk import Walk
from onrecord.page.words import PIECE
from onrecord.types import ROLES, Role

__all__ = ["DOM_NUMBERS", "NUMBERS", "Signals", "measure_html", "measure_text"]

MARKS = (
    *("comment", "related", "newsletter", "advert", "menu", "footer", "bio", "caption", "pullquote"),
    *("correction", "byline", "dateline", "headline", "lede", "h1", "form", "body"),
)
TAGS = ("p", "li", "div", "a", "td", "blockquote", "figcaption", "button", "h1", "h2", "h3", "pre")
QUOTES = re.compile('["“”„«»]')
BULLET = re.compile(r"\s*(?:[-*•◦▪‣–]|\d{1,3}[.)])\s")
NOT_WORD = re.compile(r"[^\w\s]")
DIGIT = re.compile(r"\d")
# How many pieces of names are read of one element, and of all around a line.
MAX_PIECES = 12
MAX_ABOVE = 32
WORD_UNKNOWN, WORD_NUMBER = 0, 1


NumberedRows = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Signals:
    """The lines of a page as the role model reads them.

    `numbers` is float32, a row a line; what only a DOM tells stands in the last DOM_NUMBERS columns, all zero
    without one. All else is int64. `words` are the numbers of known words, one line after the other, and
    `word_ends` tells where each line's end. `near` are known pieces of the names of elements, of a line's own
    and the one around it, `far` of those farther out, each one row after the other up to its `_ends`; `_rows`
    tells which row is a line's, since lines in one place share it.
    """

    numbers: NDArray[np.float32]
    words: NDArray[np.int64]
    word_ends: NDArray[np.int64]
    near: NDArray[np.int64]
    near_ends: NDArray[np.int64]
    near_rows: NDArray[np.int64]
    far: NDArray[np.int64]
    far_ends: NDArray[np.int64]
    far_rows: NDArray[np.int64]

    def arrays(self) -> dict[str, NDArray[np.float32] | NDArray[np.int64]]:
        """Return the arrays by name, as the model takes them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@cache
def known_words() -> dict[str, int]:
    """The words that the model knows, with their numbers."""
    return read_vocabulary("roles_words.txt")


@cache
def known_names() -> dict[str, int]:
    """The pieces of element names that the model knows, with their numbers."""
    return read_vocabulary("roles_names.txt")


def read_vocabulary(name: str) -> dict[str, int]:
    words = read_weights(name).decode("utf-8").split("\n")
    return {word: at for at, word in enumerate(words) if word}


def measure_text(lines: Sequence[str], rough: Sequence[Role]) -> Signals:
    """Measure the lines of a plain text; `rough` is what the rules take them for."""
    looks = look_at_all(lines)
    bare = np.zeros((len(lines), DOM_NUMBERS), np.float32)
    names = np.zeros(0, np.int64), np.zeros(1, np.int64), np.zeros(len(lines), np.int64)
    return Signals(stack(lines, looks, rough, bare), *number_words(looks), *names, *names)


def measure_html(walk: Walk, place: Place, titles: Sequence[str], rough: Sequence[Role]) -> Signals:
    """Measure the lines of an HTML page; `rough` is what the rules take them for."""
    dom = measure_places(walk, place, titles)
    blocks = [line.element for line in walk.lines]
    return Signals(
        stack(place.lines, place.looks, rough, dom),
        *number_words(place.looks),
        *gather_names(walk, blocks, near=True),
        *gather_names(walk, blocks, near=False),
    )


def stack(
    lines: Sequence[str], looks: Sequence[Look], rough: Sequence[Role], dom: NDArray[np.float32]
) -> NDArray[np.float32]:
    count = len(lines)
    own = [measure_line(line, look) for line, look in zip(lines, looks, strict=True)]
    joined = join_lines(lines) if not dom.any() else [(at, at + 1) for at in range(count)]
    roles = np.zeros((count, len(ROLES)), np.float32)
    roles[np.arange(count), [ROLES.index(role) for role in rough]] = 1.0
    return np.hstack(
        [
            np.array(own, np.float32).reshape(count, LINE_NUMBERS),
            measure_order(lines, looks),
            measure_pieces(lines, looks, joined),
            roles,
            dom,
        ]
    )


def measure_pieces(
    lines: Sequence[str], looks: Sequence[Look], joined: Sequence[tuple[int, int]]
) -> NDArray[np.float32]:
    """Measure the sentence that each line is a piece of, where a text breaks lines inside sentences."""
    rows = []
    for start, end in joined:
        look = looks[start] if end - start == 1 else look_at(" ".join(lines[start:end]))
        row = (look.prose, math.log1p(look.words) / 5, float(end - start > 1))
        rows += [row] * (end - start)
    return np.array(rows, np.float32).reshape(len(lines), PIECE_NUMBERS)


PIECE_NUMBERS = 3


def measure_line(line: str, look: Look) -> tuple[float, ...]:
    """Measure one line by itself. Menus say the same on page after page; those are measured once."""
    return measure_short(line, look) if look.chars <= 60 else measure_long(line, look)


def measure_long(line: str, look: Look) -> tuple[float, ...]:
    head = line[:400]
    chars = max(len(head), 1)
    start = head.lstrip()[:1]
    tail = line.rstrip()[-1:]
    short = look.chars < 200
    return (
        math.log1p(look.chars) / 7,
        math.log1p(look.words) / 5,
        look.stops,
        look.ends,
        min(look.sentences, 6) / 6,
        look.capitals,
        look.prose,
        look.asks,
        len(DIGIT.findall(head)) / chars,
        len(NOT_WORD.findall(head)) / chars,
        head.isupper(),
        QUOTES.search(head) is not None,
        tail == ":",
        tail in '"”»',
        start.islower(),
        start.isdigit(),
        BULLET.match(head) is not None,
        "@" in head or "://" in head or "www." in head,
        "|" in head or "·" in head or "•" in head,
        look.phrase is not None,
        short and WROTE.search(line) is not None,
        short and READERS.match(line) is not None,
    )


measure_short = lru_cache(maxsize=4_000)(measure_long)
LINE_NUMBERS = len(measure_long("", look_at_all([""])[0]))


def measure_order(lines: Sequence[str], looks: Sequence[Look]) -> NDArray[np.float32]:
    """Measure where each line stands in the page's order, and whether its words stand there again."""
    count = len(lines)
    places = np.arange(count, dtype=np.float32)
    prose = np.array([look.chars * look.prose if look.prose > 0.5 else 0.0 for look in looks], np.float32)
    read = np.cumsum(prose) - prose
    total = max(float(prose.sum()), 1.0)
    seen: dict[str, int] = {}
    again = []
    for line in lines:
        again.append(min(seen.get(line, 0), 3) / 3)
        seen[line] = seen.get(line, 0) + 1
    often = [min(seen[line] - 1, 3) / 3 for line in lines]
    columns = (
        places / max(count, 1),
        np.log1p(places) / 6,
        np.log1p(count - 1 - places) / 6,
        read / total,
        np.log1p(read) / 9,
        np.full(count, math.log1p(total) / 10, np.float32),
        np.array(again, np.float32),
        np.array(often, np.float32),
    )
    return np.stack([column.astype(np.float32) for column in columns], axis=1).reshape(count, ORDER_NUMBERS)


ORDER_NUMBERS = 8


def measure_places(walk: Walk, place: Place, titles: Sequence[str]) -> NDArray[np.float32]:
    """Measure where each line stands in the page's tree."""
    count = len(walk.lines)
    blocks = np.array([line.element for line in walk.lines])
    parents = np.array([walk.elements[at].parent for at in blocks])
    depths = np.array(measure_depths(walk), np.float32)[blocks]
    columns = (
        np.ones(count),
        place.linked,
        place.bold,
        np.minimum(depths, 40) / 40,
        np.diff(depths, prepend=depths[:1]) / 10,
        place.inside,
        place.company,
        place.told,
        np.full(count, place.tells),
        measure_titles(place, titles),
        np.append(False, parents[1:] == parents[:-1]),
        np.append(parents[1:] == parents[:-1], False),
        np.append(False, blocks[1:] == blocks[:-1]),
    )
    rows = [measure_kind(tag, marks) for tag, marks in zip(place.tags, place.marks, strict=True)]
    return np.hstack([np.array(columns, np.float32).T, np.array(rows, np.float32)])


@lru_cache(maxsize=5_000)
def measure_kind(tag: str, marks: frozenset[str]) -> tuple[float, ...]:
    """Measure what a line's tag and the marks around it say."""
    return (tag in HEADINGS, *((tag == name) for name in TAGS), *((mark in marks) for mark in MARKS))


def measure_titles(place: Place, titles: Sequence[str]) -> list[float]:
    """Measure how much each line has of what the page calls itself: shared words of all words."""
    known = [frozenset(WORD.findall(title.lower())) for title in dict.fromkeys(titles)]
    if not known:
        return [0.0] * len(place.lines)
    return [
        max(len(words.intersection(look.tokens)) / max(look.words, len(words), 1) for words in known)
        if 1 < look.words < 40
        else 0.0
        for look in place.looks
    ]


DOM_NUMBERS = 14 + len(TAGS) + len(MARKS)
NUMBERS = LINE_NUMBERS + ORDER_NUMBERS + PIECE_NUMBERS + len(ROLES) + DOM_NUMBERS


def measure_depths(walk: Walk) -> list[int]:
    depths: list[int] = []
    for element in walk.elements:
        depths.append(depths[element.parent] + 1 if element.parent >= 0 else 0)
    return depths


def number_words(looks: Sequence[Look]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the words of each line; one that the model does not know is a number or unknown."""
    known = known_words()
    return join_numbers(
        [
            [known.get(word, WORD_NUMBER if word.isdigit() else WORD_UNKNOWN) for word in look.tokens]
            for look in looks
        ]
    )


def join_numbers(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Put rows one after the other; return them and where each ends."""
    ends = np.cumsum([len(row) for row in rows], dtype=np.int64)
    flat = [number for row in rows for number in row]
    return np.array(flat, np.int64), ends


def gather_names(walk: Walk, blocks: Sequence[int], *, near: bool) -> NumberedRows:
    """Number the names near each line, or farther out; lines in one place share a row."""
    rows: list[tuple[int, ...]] = []
    row_of: dict[int, int] = {}
    places = []
    above: dict[int, tuple[int, ...]] = {-1: ()}
    for at in blocks:
        parent = walk.elements[at].parent
        start = at if near else walk.elements[parent].parent if parent >= 0 else -1
        if start not in row_of:
            row_of[start] = len(rows)
            rows.append(
                own_names(walk, at) + own_names(walk, parent) if near else read_above(walk, start, above)
            )
        places.append(row_of[start])
    return *join_numbers(rows), np.array(places, np.int64)


def own_names(walk: Walk, at: int) -> tuple[int, ...]:
    return number_names(walk.elements[at].tag, walk.elements[at].names) if at >= 0 else ()


def read_above(walk: Walk, at: int, above: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    """Number the names of an element and of all around it, as far as they tell something."""
    todo = []
    while at not in above:
        todo.append(at)
        at = walk.elements[at].parent
    names = above[at]
    for at in reversed(todo):
        names = above[at] = (own_names(walk, at) + names)[:MAX_ABOVE]
    return names


@lru_cache(maxsize=4_000)
def number_names(tag: str, names: str) -> tuple[int, ...]:
    """Number the pieces of an element's tag and names that the model knows."""
    known = known_names()
    found = [known[piece] for piece in split_names(tag, names) if piece in known]
    return tuple(found[:MAX_PIECES])


def split_names(tag: str, names: str) -> list[str]:
    """Split an element's tag and names: <div class="postBody wide"> is "<div", "post", "body", "wide"."""
    return [
        "<" + tag,
        *dict.fromkeys(piece.lower() for piece in PIECE.findall(names[:300]) if len(piece) > 1),
    ]
