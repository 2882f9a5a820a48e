"""Two wordings side by side: where one stands in the other word for word, or else what differs. Pure.

Words are compared in the one form that `words` gives them; answers are exact places in the text.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from onrecord.checks.words import Word, cut_parts, cut_words

__all__ = [
    "Likeness",
    "Word",
    "cut_parts",
    "cut_words",
    "find_like",
    "find_parts",
    "find_verbatim",
    "tell_changes",
    "widen",
]

_MOST_STRETCH = 24


class Likeness(NamedTuple):
    """The words `first` to `last` (not included) of a text, and how like the asked ones they are (0 to 1).

    `same` holds the numbers of the asked words that stand there.
    """

    first: int
    last: int
    likeness: float
    same: frozenset[int]


def find_verbatim(parts: Sequence[Sequence[Word]], words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield where all parts stand in this order: the number of the first word and of the one after them."""
    for places in find_parts(parts, words):
        yield places[0][0], places[-1][1]


def find_parts(
    parts: Sequence[Sequence[Word]], words: Sequence[Word]
) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield where all parts stand in this order: for each part its first word and the one after its last.

    Words in square brackets are the outlet's: they may be among the words asked for, or not.
    """
    yield from _find(parts, words, range(len(words)))
    if any(word.bracketed for word in words):
        yield from _find(parts, words, [n for n, word in enumerate(words) if not word.bracketed])


def _find(
    parts: Sequence[Sequence[Word]], words: Sequence[Word], kept: Sequence[int]
) -> Iterator[tuple[tuple[int, int], ...]]:
    keys = [words[n].key for n in kept]
    # One string with a space round every word; `edges` says where in it the space before each word is.
    line = " " + " ".join(keys) + " "
    edges = list(accumulate((len(key) + 1 for key in keys), initial=0))
    sought = [" " + " ".join(word.key for word in part) + " " for part in parts]
    found: dict[int, list[tuple[int, int]]] = {}
    begin = line.find(sought[0])
    while begin >= 0:
        places = [(begin, begin + len(sought[0]) - 1)]
        for part in sought[1:]:
            at = line.find(part, places[-1][1])
            if at < 0:
                break
            places.append((at, at + len(part) - 1))
        else:
            # Of two beginnings before one end the nearer one is meant.
            found[places[-1][1]] = places
            begin = line.find(sought[0], begin + 1)
            continue
        break  # What is missing behind this beginning is missing behind every later one.
    for places in found.values():
        yield tuple(
            (kept[bisect_right(edges, begin) - 1], kept[bisect_right(edges, end) - 2] + 1)
            for begin, end in places
        )


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


def widen(asked: Sequence[Word], words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """Take in the words in whose place the first and the last asked words stand, so that these are told too.

    The stretch that is most like the asked words ends where they are the same.
    """
    codes = list(Levenshtein.opcodes(_keys(asked), _keys(words[first:last])))
    if codes and codes[0].tag == "delete":
        first = max(0, first - (codes[0].src_end - codes[0].src_start))
    if codes and codes[-1].tag == "delete":
        last = min(len(words), last + codes[-1].src_end - codes[-1].src_start)
    return first, last


def tell_changes(
    asked: str, sought: Sequence[Word], text: str, printed: Sequence[Word]
) -> tuple[tuple[str, str], ...]:
    """Return the wordings run by run as (asked, printed): equal where unchanged, "" where no words are."""
    return tuple(
        (there if changed else here, here)
        for changed, ours, theirs in _runs(sought, printed)
        for there, here in [(_stretch(asked, ours), _stretch(text, theirs))]
    )


def _runs(sought: Sequence[Word], printed: Sequence[Word]) -> list[tuple[bool, list[Word], list[Word]]]:
    """Return the runs that changed and those that did not, none of them beginning inside a word.

    "don't" is two words to the comparison and one to whoever reads what changed.
    """
    runs: list[tuple[bool, list[Word], list[Word]]] = []
    for op in Levenshtein.opcodes(_keys(sought), _keys(printed)):
        changed = op.tag != "equal"
        ours, theirs = list(sought[op.src_start : op.src_end]), list(printed[op.dest_start : op.dest_end])
        if runs and changed and runs[-1][0]:
            runs[-1][1].extend(ours)
            runs[-1][2].extend(theirs)
        else:
            runs.append((changed, ours, theirs))
    for (_, *before), (changed, *after) in pairwise(runs):
        joined = any(a and b and a[-1].end == b[0].start for a, b in zip(before, after, strict=True))
        # The same word on both sides goes over to where the change is.
        if joined and changed and all(before):
            for a, b in zip(before, after, strict=True):
                b.insert(0, a.pop())
        elif joined and all(after):
            for a, b in zip(before, after, strict=True):
                a.append(b.pop(0))
    return [run for run in runs if run[1] or run[2]]


def _keys(words: Sequence[Word]) -> list[str]:
    return [word.key for word in words]


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
