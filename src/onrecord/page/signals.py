"""The lines of a page as numbers: what the role model reads of each line, with a DOM or without one."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from itertools import chain, repeat

import numpy as np
from numpy.typing import ArrayLike, NDArray

from onrecord.models.weights import read_vocabulary
from onrecord.page.cohesion import COHESION_NUMBERS, measure_cohesion
from onrecord.page.features import WORD, Look, look_at_all, look_at_each
from onrecord.page.joins import join_lines
from onrecord.page.lines import Walk
from onrecord.page.names import number_names
from onrecord.page.place import HEADINGS, Place
from onrecord.page.signs import AT, BAR, DIGIT, MARK, QUOTE, count_kinds, read_kinds
from onrecord.page.tells import READERS, is_reader
from onrecord.types import ROLES, Role

__all__ = ["DOM_NUMBERS", "LINES_NUMBERS", "NUMBERS", "Signals", "measure_html", "measure_text"]

MARKS = (
    *("comment", "related", "newsletter", "advert", "menu", "footer", "bio", "caption", "pullquote"),
    *("correction", "byline", "dateline", "headline", "lede", "h1", "form", "body"),
)
TAGS = ("p", "li", "div", "a", "td", "blockquote", "figcaption", "button", "h1", "h2", "h3", "pre")
QUOTES = re.compile('["“”„«»]')
BULLET = re.compile(r"\s*(?:[-*•◦▪‣–]|\d{1,3}[.)])\s")
# What single signs a line has shows in its first.
MAX_HEAD = 400
# How many pieces of names are read of all the elements around a line.
MAX_ABOVE = 32
WORD_UNKNOWN, WORD_NUMBER = 0, 1


NumberedRows = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Signals:
    """The lines of a page as the role model reads them.

    `numbers` is float32, a row a line: NUMBERS columns, of which the last DOM_NUMBERS are what only a DOM
    tells, all zero without one; of lines alone COHESION_NUMBERS more. All else is int64. `words` are the
    numbers of known words, one line after the other, and `word_ends` tells where each line's end. `near` are
    known pieces of the names of elements, of a line's own and the one around it, `far` of those farther out,
    each one row after the other up to its `_ends`; `_rows` tells which row is a line's, since lines in one
    place share it.
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


def measure_text(lines: Sequence[str], rough: Sequence[Role]) -> Signals:
    """Measure the lines of a plain text; `rough` is what the rules take them for."""
    looks = look_at_all(lines)
    bare = np.zeros((len(lines), DOM_NUMBERS), np.float32)
    names = np.zeros(0, np.int64), np.zeros(1, np.int64), np.zeros(len(lines), np.int64)
    numbers = np.hstack([stack(lines, looks, rough, bare), measure_cohesion(looks, rough, known_words())])
    return Signals(numbers, *number_words(looks), *names, *names)


def measure_html(walk: Walk, place: Place, titles: Sequence[str], rough: Sequence[Role]) -> Signals:
    """Measure the lines of an HTML page; `rough` is what the rules take them for."""
    dom = measure_places(walk, place, titles)
    near, far = gather_names(walk)
    return Signals(stack(place.lines, place.looks, rough, dom), *number_words(place.looks), *near, *far)


def stack(
    lines: Sequence[str], looks: Sequence[Look], rough: Sequence[Role], dom: NDArray[np.float32]
) -> NDArray[np.float32]:
    count = len(lines)
    joined = join_lines(lines) if not dom.any() else None
    roles = np.zeros((count, len(ROLES)), np.float32)
    roles[np.arange(count), [ROLE_NUMBERS[role] for role in rough]] = 1.0
    return np.hstack(
        [
            measure_lines(lines, looks),
            measure_order(lines, looks),
            measure_pieces(lines, looks, joined),
            roles,
            dom,
        ]
    )


ROLE_NUMBERS = {role: at for at, role in enumerate(ROLES)}


def measure_pieces(
    lines: Sequence[str], looks: Sequence[Look], joined: Sequence[tuple[int, int]] | None
) -> NDArray[np.float32]:
    """Measure the sentence that each line is a piece of, where a text breaks lines inside sentences."""
    if joined is None:
        prose, words = [look.prose for look in looks], np.array([look.words for look in looks])
        return columns(prose, np.log1p(words) / 5, np.zeros(len(lines)))
    rows = []
    for start, end in joined:
        look = looks[start] if end - start == 1 else look_at_each([" ".join(lines[start:end])])[0]
        row = (look.prose, math.log1p(look.words) / 5, float(end - start > 1))
        rows += [row] * (end - start)
    return np.array(rows, np.float32).reshape(len(lines), PIECE_NUMBERS)


PIECE_NUMBERS = 3


def columns(*held: ArrayLike) -> NDArray[np.float32]:
    """Put columns of numbers side by side."""
    return np.stack([np.asarray(column, np.float32) for column in held], axis=1)


def measure_lines(lines: Sequence[str], looks: Sequence[Look]) -> NDArray[np.float32]:
    """Measure each line by itself."""
    heads = [line[:MAX_HEAD].replace("\n", " ") for line in lines]
    chars = np.maximum([len(head) for head in heads], 1)
    kinds, at = read_kinds(heads)
    digits, marks, quotes, bars, ats = (count_kinds(kinds, at, bit) for bit in (DIGIT, MARK, QUOTE, BAR, AT))
    tails = [line.rstrip()[-1:] for line in lines]
    starts = [head.lstrip()[:1] for head in heads]
    short = [line if look.chars < 200 else "" for line, look in zip(lines, looks, strict=True)]
    return columns(
        np.log1p([look.chars for look in looks]) / 7,
        np.log1p([look.words for look in looks]) / 5,
        [look.stops for look in looks],
        [look.ends for look in looks],
        np.minimum([look.sentences for look in looks], 6) / 6,
        [look.capitals for look in looks],
        [look.prose for look in looks],
        [look.asks for look in looks],
        digits / chars,
        marks / chars,
        [head.isupper() for head in heads],
        quotes > 0,
        [tail == ":" for tail in tails],
        [tail in '"”»' for tail in tails],
        [start.islower() for start in starts],
        [start.isdigit() for start in starts],
        [BULLET.match(head) is not None for head in heads],
        np.logical_or(ats > 0, ["://" in head or "www." in head for head in heads]),
        bars > 0,
        [look.phrase is not None for look in looks],
        [is_reader(line) for line in short],
        [READERS.match(line) is not None for line in short],
    )


LINE_NUMBERS = 22


def measure_order(lines: Sequence[str], looks: Sequence[Look]) -> NDArray[np.float32]:
    """Measure where each line stands in the page's order, and whether its words stand there again."""
    count = len(lines)
    places = np.arange(count, dtype=np.float32)
    prose = np.array([look.chars * look.prose if look.prose > 0.5 else 0.0 for look in looks], np.float32)
    read = np.cumsum(prose) - prose
    total = max(float(prose.sum()), 1.0)
    seen: dict[str, int] = {}
    before = []
    for line in lines:
        before.append(times := seen.get(line, 0))
        seen[line] = times + 1
    again = np.minimum(before, 3) / 3
    often = np.minimum([seen[line] - 1 for line in lines], 3) / 3
    return columns(
        places / max(count, 1),
        np.log1p(places) / 6,
        np.log1p(count - 1 - places) / 6,
        read / total,
        np.log1p(read) / 9,
        np.full(count, math.log1p(total) / 10, np.float32),
        again,
        often,
    )


ORDER_NUMBERS = 8


def measure_places(walk: Walk, place: Place, titles: Sequence[str]) -> NDArray[np.float32]:
    """Measure where each line stands in the page's tree."""
    count = len(walk.lines)
    blocks = np.array([line.element for line in walk.lines])
    parents = np.array([walk.elements[at].parent for at in blocks])
    depths = np.array(measure_depths(walk), np.float32)[blocks]
    measured = columns(
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
    kinds = b"".join(map(measure_kind, place.tags, place.marks))
    return np.hstack([measured, np.frombuffer(kinds, np.bool_).reshape(count, KIND_NUMBERS)])


@lru_cache(maxsize=5_000)
def measure_kind(tag: str, marks: frozenset[str]) -> bytes:
    """Measure what a line's tag and the marks around it say: a byte each, 0 or 1."""
    return bytes((tag in HEADINGS, *((tag == name) for name in TAGS), *((mark in marks) for mark in MARKS)))


KIND_NUMBERS = 1 + len(TAGS) + len(MARKS)


def measure_titles(place: Place, titles: Sequence[str]) -> list[float]:
    """Measure how much each line has of what the page calls itself: shared words of all words."""
    known = [frozenset(WORD.findall(title.lower())) for title in dict.fromkeys(titles)]
    if not known:
        return [0.0] * len(place.lines)
    words_of_any = frozenset().union(*known)
    return [
        max(len(words.intersection(look.tokens)) / max(look.words, len(words), 1) for words in known)
        if 1 < look.words < 40 and not words_of_any.isdisjoint(look.tokens)
        else 0.0
        for look in place.looks
    ]


DOM_NUMBERS = 13 + KIND_NUMBERS
NUMBERS = LINE_NUMBERS + ORDER_NUMBERS + PIECE_NUMBERS + len(ROLES) + DOM_NUMBERS
LINES_NUMBERS = NUMBERS + COHESION_NUMBERS


def measure_depths(walk: Walk) -> list[int]:
    depths: list[int] = []
    for element in walk.elements:
        depths.append(depths[element.parent] + 1 if element.parent >= 0 else 0)
    return depths


def number_words(looks: Sequence[Look]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the words of each line; one that the model does not know is a number or unknown."""
    ends = np.cumsum([len(look.tokens) for look in looks], dtype=np.int64)
    words = list(chain.from_iterable([look.tokens for look in looks]))
    numbers = np.fromiter(map(known_words().get, words, repeat(WORD_UNKNOWN)), np.int64, len(words))
    unknown = np.flatnonzero(numbers == WORD_UNKNOWN)
    numbers[[at for at in unknown.tolist() if words[at].isdigit()]] = WORD_NUMBER
    return numbers, ends


def join_numbers(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Put rows one after the other; return them and where each ends."""
    ends = np.cumsum([len(row) for row in rows], dtype=np.int64)
    return np.array(list(chain.from_iterable(rows)), np.int64), ends


def gather_names(walk: Walk) -> tuple[NumberedRows, NumberedRows]:
    """Number the names near each line, and those farther out; lines under the same names share a row."""
    # Many elements hold no line: only those around one are asked for their names.
    parents = [element.parent for element in walk.elements]
    near: dict[tuple[int, ...], int] = {}
    far: dict[tuple[int, ...], int] = {}
    above: dict[int, tuple[int, ...]] = {-1: ()}
    rows: dict[int, tuple[int, int]] = {}
    for line in walk.lines:
        at = line.element
        if at not in rows:
            parent = parents[at]
            own: tuple[int, ...] = ()
            for element in (
                (walk.elements[at], walk.elements[parent]) if parent >= 0 else (walk.elements[at],)
            ):
                own += number_names(element.tag, element.names)
            others = read_above(walk, parents, parents[parent] if parent >= 0 else -1, above)
            rows[at] = near.setdefault(own, len(near)), far.setdefault(others, len(far))
    chosen = np.array([rows[line.element] for line in walk.lines], np.int64).reshape(-1, 2)
    return (*join_numbers(list(near)), chosen[:, 0].copy()), (*join_numbers(list(far)), chosen[:, 1].copy())


def read_above(
    walk: Walk, parents: Sequence[int], at: int, above: dict[int, tuple[int, ...]]
) -> tuple[int, ...]:
    """Return the numbers of an element and of all around it, as far as they tell something."""
    todo = []
    while at not in above:
        todo.append(at)
        at = parents[at]
    names = above[at]
    for at in reversed(todo):
        element = walk.elements[at]
        names = above[at] = (number_names(element.tag, element.names) + names)[:MAX_ABOVE]
    return names
