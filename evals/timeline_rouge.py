"""How like two timelines are: the measures of the field, plainly.

Alignment-based ROUGE as in Sebastian Martschat and Katja Markert, "Improving ROUGE for Timeline
Summarization" (EACL 2017), their "align+ m:1": each day of one timeline is laid beside the day of the other
that costs least,

    cost(d, e) = (1 - 1 / (|d - e| + 1)) (1 - F1 of the words of both days),

and what the two days share counts 1 / (|d - e| + 1) times, so that words a day off count half. Precision lays
the system's days beside the reference's, recall the other way round. `one_to_one` is their "align+": no day
serves twice.

ROUGE-N (Lin 2004) counts runs of N words that both have. As in their experiments words are stemmed (Porter)
and small words left out, those of the SMART list as ROUGE-1.5.5 has them; it is read from newspaper4k, which
brings it with a hundred more.
Means over several timelines are of precision and of recall, and F1 is of these means, as in Demian Gholipour
Ghalandari and Georgiana Ifrim, "Examining the State-of-the-Art in News Timeline Summarization" (ACL 2020).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np

__all__ = ["Fit", "Timeline", "align_rouge", "f1", "match_days", "mean_fit"]

Timeline = Mapping[str, Sequence[str]]
"""The sentences of each day, by its ISO date."""

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Fit:
    """How much of a timeline is in the reference (precision), and of the reference in it (recall)."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return f1(self.precision, self.recall)


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean, 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def mean_fit(fits: Iterable[Fit]) -> Fit:
    """Return the means of precision and recall; F1 is then of the means."""
    found = list(fits)
    if not found:
        return Fit(0.0, 0.0)
    return Fit(
        sum(one.precision for one in found) / len(found), sum(one.recall for one in found) / len(found)
    )


def match_days(system: Timeline, reference: Timeline) -> Fit:
    """Return how many of the system's days are the reference's, and the other way round."""
    shared = len(system.keys() & reference.keys())
    return Fit(shared / max(len(system), 1), shared / max(len(reference), 1))


def align_rouge(system: Timeline, reference: Timeline, n: int, *, one_to_one: bool = False) -> Fit:
    """Return alignment-based ROUGE-N of a timeline beside the reference."""
    align = _assign if one_to_one else _nearest
    return Fit(_covered(system, reference, n, align), _covered(reference, system, n, align))


Align = Callable[[np.ndarray], Iterable[tuple[int, int]]]


def _covered(timeline: Timeline, other: Timeline, n: int, align: Align) -> float:
    """Return the share of a timeline's runs of words that the days laid beside its own have."""
    days, others = sorted(timeline), sorted(other)
    total = sum(_runs(timeline[day], n).total() for day in days)
    if not total or not others:
        return 0.0
    costs = np.array([[_cost(day, timeline[day], one, other[one]) for one in others] for day in days])
    shared = 0.0
    for row, column in align(costs):
        day, one = days[row], others[column]
        shared += _nearness(day, one) * (_runs(timeline[day], n) & _runs(other[one], n)).total()
    return shared / total


def _nearest(costs: np.ndarray) -> Iterable[tuple[int, int]]:
    return enumerate(costs.argmin(axis=1).tolist())


def _assign(costs: np.ndarray) -> Iterable[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(costs)
    return zip(rows.tolist(), columns.tolist(), strict=True)


def _cost(day: str, sentences: Sequence[str], other: str, others: Sequence[str]) -> float:
    mine, theirs = _plain(tuple(sentences)), _plain(tuple(others))
    shared = (mine & theirs).total()
    alike = f1(shared / max(mine.total(), 1), shared / max(theirs.total(), 1))
    return (1 - _nearness(day, other)) * (1 - alike)


def _nearness(day: str, other: str) -> float:
    return 1 / (abs((date.fromisoformat(day) - date.fromisoformat(other)).days) + 1)


@cache
def _plain(sentences: tuple[str, ...]) -> Counter[str]:
    """Count words as they are: which day lies beside which is settled by a plain count, as in the paper."""
    return Counter(word for sentence in sentences for word in sentence.split())


def _runs(sentences: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return _count_runs(tuple(sentences), n)


@cache
def _count_runs(sentences: tuple[str, ...], n: int) -> Counter[tuple[str, ...]]:
    """Count the runs of N words of a day's sentences, taken as one text."""
    words = [
        stem for sentence in sentences for word in _WORD.findall(sentence.lower()) if (stem := _stem(word))
    ]
    return Counter(zip(*(words[at:] for at in range(n)), strict=False))


@cache
def _stem(word: str) -> str | None:
    """Return a word's stem, None for a small word that tells nothing."""
    if word in _small_words():
        return None
    return _stemmer().stem(word) if len(word) > 3 else word


@cache
def _small_words() -> frozenset[str]:
    listed = files("newspaper").joinpath("resources/text/stopwords-en.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())


@cache
def _stemmer():  # type: ignore[no-untyped-def]
    from nltk.stem.porter import PorterStemmer

    return PorterStemmer(mode="ORIGINAL_ALGORITHM")
