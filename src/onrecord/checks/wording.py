"""Two wordings side by side: whether one stands in the other word for word, or else what differs. Pure.

Words are compared without case, accents, marks and dashes; answers are exact places in the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from onrecord.people.fold import fold
from onrecord.types import Span

__all__ = ["Likeness", "Word", "cut_parts", "cut_words", "find_like", "find_verbatim", "tell_changes"]

# A word goes on over an apostrophe ("don’t") and over accents that are characters of their own.
_WORD = re.compile(r"[^\W_]+(?:['’ʼ]?[\u0300-\u036f]*[^\W_]+|[\u0300-\u036f]+)*")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
_ELLIPSIS = re.compile(r"[\[(]?\s*(?:…|\.\s?\.\s?\.)[.\s]*[\])]?")
_MOST_STRETCH = 24


class Word(NamedTuple):
    """A word of a text: the form that is compared, and where it stands."""

    key: str
    start: int
    end: int


class Likeness(NamedTuple):
    """The words `first` to `last` (not included) of a text, and how like the asked ones they are (0 to 1).

    `same` holds the numbers of the asked words that stand there.
    """

    first: int
    last: int
    likeness: float
    same: frozenset[int]


def cut_words(text: str, span: Span | None = None) -> list[Word]:
    """Return the words of a text, or of a span of it."""
    start, end = span or (0, len(text))
    return [
        Word(_key(found.group()), found.start(), found.end()) for found in _WORD.finditer(text, start, end)
    ]


def cut_parts(asked: str) -> list[list[Word]]:
    """Return the words that are asked for, in parts where an ellipsis stands for any words between."""
    edges = [0, *(edge for found in _ELLIPSIS.finditer(asked) for edge in found.span()), len(asked)]
    parts = (cut_words(asked, Span(edges[i], edges[i + 1])) for i in range(0, len(edges), 2))
    return [part for part in parts if part]


def find_verbatim(parts: Sequence[Sequence[Word]], words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield where all parts stand in this order: the number of the first word and of the one after them."""
    keys = [word.key for word in words]
    # One string with a space round every word; `edges` says where in it the space before each word is.
    line = " " + " ".join(keys) + " "
    edges = list(accumulate((len(key) + 1 for key in keys), initial=0))
    sought = [" " + " ".join(word.key for word in part) + " " for part in parts]
    found: dict[int, int] = {}
    begin = line.find(sought[0])
    while begin >= 0:
        end = begin + len(sought[0]) - 1
        for part in sought[1:]:
            at = line.find(part, end)
            if at < 0:
                break
            end = at + len(part) - 1
        else:
            found[end] = begin  # Of two beginnings before one end the nearer one is meant.
        begin = line.find(sought[0], begin + 1)
    for end, begin in found.items():
        yield bisect_right(edges, begin) - 1, bisect_right(edges, end) - 1


def find_like(asked: Sequence[Word], words: Sequence[Word], at_least: float) -> Likeness | None:
    """Return the stretch of a text that is most like the asked words; None when none is like them enough."""
    sought, keys = [word.key for word in asked], [word.key for word in words]
    if not keys:
        return None
    first, last = 0, len(keys)
    if len(keys) > len(sought):
        found = fuzz.partial_ratio_alignment(sought, keys, score_cutoff=at_least * 60)
        if found is None:
            return None
        first, last = found.dest_start, found.dest_end
    first, last = _fit(sought, keys, first, last)
    likeness = Indel.normalized_similarity(sought, keys[first:last])
    if likeness < at_least:
        return None
    same = (
        i
        for op in Indel.opcodes(sought, keys[first:last])
        if op.tag == "equal"
        for i in range(op.src_start, op.src_end)
    )
    return Likeness(first, last, likeness, frozenset(same))


def tell_changes(
    asked: str, sought: Sequence[Word], text: str, printed: Sequence[Word]
) -> tuple[tuple[str, str], ...]:
    """Return the wordings run by run as (asked, printed): equal where unchanged, "" where no words are."""
    changes = []
    codes = Levenshtein.opcodes([word.key for word in sought], [word.key for word in printed])
    for op in codes:
        here = _stretch(text, printed[op.dest_start : op.dest_end])
        there = here if op.tag == "equal" else _stretch(asked, sought[op.src_start : op.src_end])
        changes.append((there, here))
    return tuple(changes)


def _key(word: str) -> str:
    plain = word.lower() if word.isascii() else fold(word)
    return plain.translate(_APOSTROPHES)


def _fit(sought: Sequence[str], keys: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Move the ends of a stretch to where it is most like the asked words; before it is just as long."""
    reach = min(_MOST_STRETCH, len(sought) // 2 + 2)
    ends = range(max(first + 1, last - reach), min(len(keys), last + reach) + 1)
    last = max(ends, key=lambda end: (Indel.normalized_similarity(sought, keys[first:end]), -end))
    starts = range(max(0, first - reach), min(last - 1, first + reach) + 1)
    first = max(starts, key=lambda start: (Indel.normalized_similarity(sought, keys[start:last]), start))
    return first, last


def _stretch(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end] if words else ""
