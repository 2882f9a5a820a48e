"""Timelines: the sentences of many pages that tell the same event, folded into one line of its day.

Which sentence stands for the others, and which event is told most, is counted by independent voices: what is
printed again is no second one. It is about what pages tell, never about what was so.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log, log1p, sqrt

import numpy as np
from numpy.typing import NDArray

from onrecord.across.events import DatedSentence
from onrecord.across.weights import tell

__all__ = ["Event", "Telling", "choose_days", "fold_events"]

SAME = 0.35  # likeness of two sentences of one day that tell one event
MATTER = 0.3  # how much it counts that a sentence has the words of all pages, beside those of its day
LATER = 0.5  # how much it counts that a day is still told of weeks later
BACKGROUND = 100  # sentences; a word of five sentences out of five is no everyday word yet
MOST_OF_DAY = 600  # sentences of one day that are laid beside each other, so that memory stays bounded

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Who tells: `voice` is the same for pages that are no independent witnesses of one another, as are those
    of one outlet, and a copy and what it copies. `published` is the page's day. A `copy` never leads where
    another tells the same."""

    page: str
    voice: str
    published: str | None
    copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of one day: the sentence that tells it best, and the others that tell it.

    `day` is None where it is open; then `candidates` are the days it could be. `voices` are those who tell it
    independently, `central` (0 to 1) is how much of the lead the others of its day have.
    """

    day: str | None
    candidates: tuple[str, ...]
    lead: DatedSentence
    also: tuple[DatedSentence, ...]
    voices: frozenset[str]
    central: float


def fold_events(sentences: Iterable[DatedSentence], tellings: Mapping[str, Telling]) -> list[Event]:
    """Return the events that sentences tell, by day, those whose day is open last; of a day those first that
    most independent voices tell in the most alike words. The order of the sentences does not matter.
    """
    ordered = _in_order((one for one in sentences if not one.aside), tellings)
    vectors = _weigh([one.words for one in ordered])
    matter = _nearness_to_all(vectors)
    days: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(ordered):
        days[(one.day,) if one.day else ("9999", *one.when.candidates)].append(number)
    events: list[Event] = []
    for day in sorted(days):
        numbers = _take_most(days[day], ordered)
        some = [ordered[number] for number in numbers]
        voices = [tellings[one.page].voice for one in some]
        likeness = _lay_beside([vectors[number] for number in numbers])
        central = _count_support(likeness, voices)
        central = (central + MATTER * matter[numbers]) / (1 + MATTER)
        found = list(_fold(some, voices, likeness, central, tellings))
        events += sorted(found, key=_rank)
    return events


def _rank(event: Event) -> tuple[float, str]:
    """Return where an event stands among those of its day: many voices count, and how much they share."""
    return -round(sqrt(len(event.voices)) * event.central, 9), event.lead.words


def choose_days(sentences: Iterable[DatedSentence], tellings: Mapping[str, Telling]) -> list[str]:
    """Return the days that are told of, those first of which most articles tell.

    An article counts for more where it looks back: a day that is still told of weeks later has mattered, and
    so have the days that one article puts in a row.
    """
    told: dict[str, set[str]] = defaultdict(set)
    for one in sentences:
        if one.day is not None:
            told[one.page].add(one.day)
    weights: dict[str, float] = defaultdict(float)
    # Floating point adds up differently in another order.
    for page, days in sorted(told.items()):
        for day in days:
            weights[day] += (1 + LATER * log1p(_days_after(day, tellings[page].published))) * (
                1 + log(len(days))
            )
    return sorted(weights, key=lambda day: (-round(weights[day], 9), day))


def _days_after(day: str, published: str | None) -> int:
    """Return how many days after a day a page was published, 0 where it was before or nobody knows."""
    try:
        gap = date.fromisoformat((published or "")[:10]) - date.fromisoformat(day)
    except ValueError:
        return 0
    return max(gap.days, 0)


def _in_order(sentences: Iterable[DatedSentence], tellings: Mapping[str, Telling]) -> list[DatedSentence]:
    """Return sentences by their pages' days, copies behind all others: of two alike the first leads."""

    def key(one: DatedSentence) -> tuple[bool, str, str, int, str]:
        telling = tellings[one.page]
        return telling.copy, telling.published or "9999", one.page, one.span.start, one.day or "9999"

    return sorted(sentences, key=key)


def _take_most(numbers: Sequence[int], ordered: Sequence[DatedSentence]) -> list[int]:
    """Return the sentences of a day, not more than can be laid beside each other; those first that stand high
    on their pages."""
    if len(numbers) <= MOST_OF_DAY:
        return list(numbers)
    return sorted(sorted(numbers, key=lambda number: (ordered[number].place, number))[:MOST_OF_DAY])


def _weigh(texts: Sequence[str]) -> list[dict[str, float]]:
    """Return the telling words of each sentence as a vector of length 1. What most sentences have tells
    little."""
    often: dict[str, int] = defaultdict(int)
    plain = [tell(text, least=0.0) for text in texts]
    for words in plain:
        for word in words:
            often[word] += 1
    most = {word: -log(times / (len(texts) + BACKGROUND)) for word, times in often.items()}
    vectors = []
    for words in plain:
        weights = {word: min(weight, most[word]) for word, weight in words.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({word: weight / length for word, weight in weights.items()})
    return vectors


def _nearness_to_all(vectors: Sequence[Mapping[str, float]]) -> Floats:
    """Return how near each sentence is to all of them taken together."""
    total: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for word, weight in vector.items():
            total[word] += weight
    length = sqrt(sum(weight * weight for weight in total.values())) or 1.0
    return np.array([sum(w * total[word] for word, w in vector.items()) / length for vector in vectors])


def _lay_beside(vectors: Sequence[Mapping[str, float]]) -> Floats:
    """Return how alike each two are, from 0 to 1."""
    words = {word: at for at, word in enumerate(sorted({word for vector in vectors for word in vector}))}
    rows = np.zeros((len(vectors), len(words)))
    for row, vector in enumerate(vectors):
        for word, weight in vector.items():
            rows[row, words[word]] = weight
    likeness: Floats = rows @ rows.T
    return likeness


def _count_support(likeness: Floats, voices: Sequence[str]) -> Floats:
    """Return how much of each sentence the other voices of its day have, each by its likest sentence."""
    heard = np.array(voices)
    support = np.zeros(len(voices))
    every = sorted(set(voices))
    for voice in every:
        own = heard == voice
        support += np.where(own, 0.0, likeness[:, own].max(axis=1))
    return support / max(len(every) - 1, 1)


def _fold(
    some: Sequence[DatedSentence],
    voices: Sequence[str],
    likeness: Floats,
    central: Floats,
    tellings: Mapping[str, Telling],
) -> Iterable[Event]:
    """Yield the events of one day: the best sentence takes to it all that are like it, then the best of the
    rest."""
    left: Collection[int] = set(range(len(some)))
    for lead in sorted(
        left, key=lambda number: (tellings[some[number].page].copy, -round(float(central[number]), 9), number)
    ):
        if lead not in left:
            continue
        same = sorted(number for number in left if number == lead or likeness[lead, number] >= SAME)
        left = set(left) - set(same)
        yield Event(
            day=some[lead].day,
            candidates=some[lead].when.candidates,
            lead=some[lead],
            also=tuple(some[number] for number in same if number != lead),
            voices=frozenset(voices[number] for number in same),
            central=round(float(min(central[lead], 1.0)), 9),
        )
