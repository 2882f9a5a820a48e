"""What of two statements tells whether they are one remark, in numbers.

The statements of a story are looked at together: a word that everybody there uses tells little, and of two
pages the statements that are most alike are more likely one. Which numbers tell, and how much, is learned
(`training/remarks.py`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from onrecord.across.settle import read_day
from onrecord.across.speakers import compare_names, match_speakers
from onrecord.across.weights import Vector, tell
from onrecord.across.words import find_names, find_words
from onrecord.checks.differences import MODALS
from onrecord.models.pieces import cut_pieces
from onrecord.models.remarks import SIZE, embed_pieces
from onrecord.types import Entry

__all__ = [
    "SIGNALS",
    "Side",
    "find_common",
    "find_pairs",
    "look_at",
    "measure_pairs",
    "share_enough",
    "share_in_a_row",
]

FEW = 10  # statements; among fewer, nothing can be called common
MOST_ALIKE = 40  # statements of other pages that one statement is compared with, those first that share most
LEAST_TELLING = 0.1  # of the shorter's words that tell, by weight: below it no pair is ever sure enough
MOST_COMMON = 0.25  # share of a story's statements that may have a word or a run which tells
UNKNOWN = -1.0

_INSIDE_MARKS = re.compile(r"(?:[“\"«„]|``)(.+?)(?:[”\"»“]|''|$)", re.DOTALL)
_NUMBER = re.compile(r"\d(?:[\d,.]*\d)?")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|without|cannot|neither|nor)\b|n['’]t\b", re.IGNORECASE
)

# The columns of `measure_pairs`, by what they look at.
SIGNALS = (
    # Who: can the speakers be the same, what their names and roles share, how many are of which kind.
    "same speaker",
    "likeness of names",
    "share of name",
    "name in role",
    "share of role",
    "unnamed",
    "persons",
    "bodies",
    # How: quoted or reported.
    "direct",
    "indirect",
    "secondary",
    "carried",
    # Words: quoted ones in a row, all in a row, in order, those that tell, all.
    "quoted in a row",
    "quoted words",
    "in a row",
    "in order",
    "telling, of the shorter",
    "telling, of the longer",
    "telling words",
    "telling",
    "words of both",
    "words of the shorter",
    "likeness of words",
    # Sense: numbers, names, negation, modality.
    "numbers of both",
    "numbers of one",
    "other numbers",
    "names of both",
    "names of one",
    "negated once",
    "other modals",
    # Length.
    "shorter",
    "longer",
    "share of length",
    # When: the same day, days between the pages.
    "same day",
    "days between",
    # Among the statements of the two pages.
    "more alike",
    "ahead",
    "neighbours",
    "distance in the page",
    "first of the page",
)


@dataclass(frozen=True, slots=True)
class Side:
    """What one statement has to be compared: `runs` are its runs of three words, `quoted` and `quoted_runs`
    the same of what stands in marks, `vector` the mean of its words' vectors, of length 1."""

    entry: Entry
    words: tuple[str, ...]
    bag: frozenset[str]
    runs: frozenset[tuple[str, ...]]
    quoted: tuple[str, ...]
    quoted_runs: frozenset[tuple[str, ...]]
    telling: Vector
    weight: float
    numbers: frozenset[str]
    names: frozenset[str]
    modals: frozenset[str]
    negated: bool
    name: frozenset[str]
    role: frozenset[str]
    vector: NDArray[np.float32]


def look_at(entries: Sequence[Entry]) -> list[Side]:
    """Return what each of the statements of a story has to be compared."""
    common = find_common(entries)
    texts = [" ".join(entry.content) for entry in entries]
    vectors = _find_vectors(texts)
    return [
        _look_at(entry, text, common, vector)
        for entry, text, vector in zip(entries, texts, vectors, strict=True)
    ]


def _look_at(entry: Entry, text: str, common: Vector, vector: NDArray[np.float32]) -> Side:
    words, quoted = tuple(find_words(text)), tuple(_quoted(entry, text))
    telling = tell(text, common)
    speaker = entry.speaker
    return Side(
        entry=entry,
        words=words,
        bag=frozenset(words),
        runs=_runs(words),
        quoted=quoted,
        quoted_runs=_runs(quoted),
        telling=telling,
        weight=sum(telling.values()),
        numbers=frozenset(_NUMBER.findall(text)),
        names=find_names(text),
        modals=MODALS.intersection(words),
        negated=_NEGATION.search(text) is not None,
        name=frozenset(find_words(speaker.name)) if speaker else frozenset(),
        role=frozenset(find_words(speaker.role or "")) if speaker else frozenset(),
        vector=vector,
    )


def find_common(entries: Sequence[Entry]) -> dict[str, float]:
    """Return how common each telling word is among the contents of these statements, 0 to 1."""
    contents = [tell(" ".join(entry.content)) for entry in entries]
    counts = Counter(word for content in contents for word in content)
    # Two statements with a word may be the very pair in question: only further ones make it common.
    return {word: (count - 1) / (len(contents) + FEW) for word, count in counts.items() if count > 1}


def _find_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return for each text the mean of its pieces' vectors, a piece that few of the texts have weighing more
    (inverse document frequency), of length 1."""
    pieces = [ids for ids, _ in cut_pieces(texts)]
    counts = Counter(piece for ids in pieces for piece in set(ids))
    known = sorted(counts)
    weighed = embed_pieces(known) * np.log(
        (len(texts) + 1) / np.array([[counts[piece]] for piece in known], np.float32).reshape(-1, 1)
    ).astype(np.float32)
    at = {piece: row for row, piece in enumerate(known)}
    sums = np.array([weighed[[at[piece] for piece in ids]].sum(0) for ids in pieces], np.float32)
    sums = sums.reshape(len(texts), SIZE)
    lengths: NDArray[np.float32] = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(lengths, 1e-6), np.float32)


def find_pairs(sides: Sequence[Side]) -> list[tuple[int, int]]:
    """Return which statements of two pages are worth comparing: those that share a word that tells or three
    quoted words in a row, for each the MOST_ALIKE that share most.

    What half of a story's statements have in common, as reports by one template do, proves nothing.
    """
    having: dict[object, list[int]] = {}
    for at, side in enumerate(sides):
        for sign in (*side.telling, *side.quoted_runs):
            having.setdefault(sign, []).append(at)
    pairs: set[tuple[int, int]] = set()
    for at, side in enumerate(sides):
        shared: Counter[int] = Counter()
        for sign in (*side.telling, *side.quoted_runs):
            others = having[sign]
            if (len(others) - 1) / (len(sides) + FEW) <= MOST_COMMON:
                for other in others:
                    shared[other] += 1
        best = sorted(shared, key=lambda other: (-shared[other], other))
        pages = (other for other in best if sides[other].entry.page.id != side.entry.page.id)
        pairs.update((min(at, other), max(at, other)) for other in islice(pages, MOST_ALIKE))
    return sorted(pairs)


def share_enough(a: Side, b: Side) -> bool:
    """Say whether two statements share quoted words in a row, or enough of the words that tell."""
    if not a.quoted_runs.isdisjoint(b.quoted_runs):
        return True
    shared = sum(a.telling[word] for word in a.telling.keys() & b.telling.keys())
    return shared >= LEAST_TELLING * min(a.weight, b.weight)


def measure_pairs(sides: Sequence[Side], pairs: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """Return the signals of pairs of statements of two pages, [pairs, SIGNALS]. `sides` are all statements of
    the story, those of one page in its order."""
    pages: dict[str, list[int]] = {}
    for at, side in enumerate(sides):
        pages.setdefault(side.entry.page.id, []).append(at)
    place = {at: number for group in pages.values() for number, at in enumerate(group)}
    vectors = np.array([side.vector for side in sides], np.float32)
    beside: dict[tuple[str, str], _Beside] = {}
    rows: list[list[float]] = []
    for a, b in pairs:
        one, two = sides[a].entry.page.id, sides[b].entry.page.id
        if (one, two) not in beside:
            beside[one, two] = _Beside(vectors[pages[one]] @ vectors[pages[two]].T)
        row, column = place[a], place[b]
        among = beside[one, two]
        rows.append(
            [
                *_measure(sides[a], sides[b], float(among.likeness[row, column])),
                *among.measure(row, column),
                abs(row / len(pages[one]) - column / len(pages[two])),
                (row == 0) + (column == 0),
            ]
        )
    return np.array(rows, np.float32).reshape(-1, len(SIGNALS))


def _measure(a: Side, b: Side, likeness: float) -> list[float]:
    """Return the signals that the two statements alone tell."""
    both = a.telling.keys() & b.telling.keys()
    shared = sum(a.telling[word] for word in both)
    shorter, longer = sorted((len(a.words), len(b.words)))
    kinds = (a.entry.kind, b.entry.kind)
    types = [side.entry.speaker.type for side in (a, b) if side.entry.speaker]
    return [
        match_speakers(a.entry, b.entry),
        compare_names(a.entry, b.entry),
        _share(a.name, b.name),
        max(_part(a.name, b.role), _part(b.name, a.role)),
        _share(a.role, b.role) if a.role and b.role else UNKNOWN,
        types.count("unnamed"),
        types.count("person"),
        types.count("institution"),
        kinds.count("direct"),
        kinds.count("indirect"),
        (a.entry.tier == "secondary") + (b.entry.tier == "secondary"),
        bool(a.entry.via) + bool(b.entry.via),
        _share(a.quoted_runs, b.quoted_runs) if a.quoted and b.quoted else UNKNOWN,
        min(len(a.quoted), len(b.quoted)),
        _share(a.runs, b.runs),
        LCSseq.similarity(a.words, b.words) / max(shorter, 1),
        shared / max(min(a.weight, b.weight), 1e-6),
        shared / max(a.weight, b.weight, 1e-6),
        sum(a.telling[word] >= 1 for word in both),
        shared,
        len(a.bag & b.bag) / max(len(a.bag | b.bag), 1),
        _share(a.bag, b.bag),
        likeness,
        len(a.numbers & b.numbers),
        len(a.numbers ^ b.numbers),
        bool(a.numbers and b.numbers and not a.numbers & b.numbers),
        len(a.names & b.names),
        len(a.names ^ b.names),
        a.negated != b.negated,
        len(a.modals ^ b.modals),
        shorter,
        longer,
        shorter / max(longer, 1),
        _same_day(a.entry, b.entry),
        _days_between(a.entry, b.entry),
    ]


class _Beside:
    """The statements of two pages beside each other: how alike each two are, and the two likest of each."""

    def __init__(self, likeness: NDArray[np.float32]) -> None:
        self.likeness = likeness
        # A zero for where there is no other.
        self.rows = np.sort(np.pad(likeness, ((0, 0), (1, 0))), axis=1)[:, -2:]
        self.columns = np.sort(np.pad(likeness, ((1, 0), (0, 0))), axis=0)[-2:].T

    def measure(self, row: int, column: int) -> list[float]:
        """Return how two statements stand among those of their pages: how many are more alike to either, how
        far they are ahead of the next, and how alike the statements right before them or right behind are."""
        value = self.likeness[row, column]
        more = (self.likeness[row] > value).sum() + (self.likeness[:, column] > value).sum()
        next_best = (
            best[0] if best[1] == value else best[1] for best in (self.rows[row], self.columns[column])
        )
        neighbours = [
            float(self.likeness[row + step, column + step])
            for step in (-1, 1)
            if 0 <= row + step < self.likeness.shape[0] and 0 <= column + step < self.likeness.shape[1]
        ]
        return [float(more), float(value - max(next_best)), max(neighbours, default=0.0)]


def share_in_a_row(one: Sequence[str], two: Sequence[str]) -> float:
    """Return the share of the shorter text's runs of three words that stand in the other."""
    return _share(_runs(one), _runs(two))


def _runs(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _share(one: frozenset[object], two: frozenset[object]) -> float:
    """Return which part of the smaller set is in the other."""
    return len(one & two) / max(min(len(one), len(two)), 1)


def _part(one: frozenset[str], two: frozenset[str]) -> float:
    """Return which part of one set is in the other."""
    return len(one & two) / max(len(one), 1)


def _quoted(entry: Entry, text: str) -> list[str]:
    """Return the words that the entry gives as quoted."""
    if entry.kind == "mixed":
        return find_words(" ".join(_INSIDE_MARKS.findall(text)))
    return find_words(text) if entry.kind == "direct" else []


def _same_day(a: Entry, b: Entry) -> float:
    if not a.said_on or not b.said_on:
        return UNKNOWN
    return a.said_on.startswith(b.said_on) or b.said_on.startswith(a.said_on)


def _days_between(a: Entry, b: Entry) -> float:
    one, two = read_day(a.page.published), read_day(b.page.published)
    return abs((one - two).days) if one and two else UNKNOWN
