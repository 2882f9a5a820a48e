"""An article as the model of who spoke takes it in: its sayings, for each its candidates, what is known of
these, and the reader's states of the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.statements.model.states import SIZE, States
from onrecord.statements.ranking.scene import Asked, Candidate, Scene
from onrecord.statements.ranking.who_signals import measure_who
from onrecord.types import Span

__all__ = ["SLOTS", "Question", "Weighed", "ask_who"]

Floats = NDArray[np.float32]

# The mentions of a candidate that are laid beside a saying: the one in its words or the last before it, the
# one before that, the first of the page, the next behind.
SLOTS = 4


@dataclass(frozen=True, slots=True)
class Weighed:
    """A saying that is asked for, by its place in the article's list, with its candidates."""

    number: int
    asked: Asked
    candidates: Sequence[Candidate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """With s sayings, up to c candidates of each, and m mentions of these: the states of each saying's source
    and cue [s, 2 SIZE]; those of the mentions and, behind them, of none [m + 1, SIZE]; members [s, c, SLOTS],
    which mentions stand for a candidate, m where there is none; which candidates there are [s, c]; and for
    each candidate its signals by name."""

    weighed: Sequence[Weighed]
    sayings: Floats
    mentions: Floats
    members: NDArray[np.int64]
    there: Floats
    candidates: Sequence[Sequence[Mapping[str, float]]]

    def arrays(self, columns: Mapping[str, int]) -> tuple[NDArray[Any], ...]:
        """Return what the model reads, in its order; `columns` tells where each signal stands, others are
        left out."""
        pairs = np.zeros((*self.there.shape, len(columns)), np.float32)
        for row, candidates in enumerate(self.candidates):
            for at, signals in enumerate(candidates):
                for signal, value in signals.items():
                    if signal in columns:
                        pairs[row, at, columns[signal]] = value
        return (self.sayings, self.mentions, self.members, self.there, pairs)


def ask_who(scene: Scene, weighed: Sequence[Weighed], states: States) -> Question:
    """Return what is asked of one or more sayings."""
    mentions: dict[Span, int] = {}
    most = max(len(one.candidates) for one in weighed)
    members = np.full((len(weighed), most, SLOTS), -1, np.int64)
    there = np.zeros((len(weighed), most), np.float32)
    for row, one in enumerate(weighed):
        there[row, : len(one.candidates)] = 1.0
        for at, candidate in enumerate(one.candidates):
            for slot, span in enumerate(_find_mentions(one.asked, candidate)):
                if span is not None:
                    members[row, at, slot] = mentions.setdefault(span, len(mentions))
    members[members < 0] = len(mentions)
    nothing = np.zeros(SIZE, np.float32)
    return Question(
        weighed=weighed,
        sayings=np.stack([_state(one.asked, states) for one in weighed]),
        mentions=np.stack([*(states.of(span) for span in mentions), nothing]),
        members=members,
        there=there,
        candidates=[
            [measure_who(scene, one.asked, candidate) for candidate in one.candidates] for one in weighed
        ],
    )


def _find_mentions(asked: Asked, candidate: Candidate) -> tuple[Span | None, ...]:
    """Return the mentions of an entity that are laid beside a saying, None for one that is not there."""
    entity = candidate.entity
    if entity is None:
        return (None,) * SLOTS
    before = entity.before(asked.place + 1)
    inside = next((span for one, span in (*asked.inside, *asked.seen) if one is entity), None)
    nearest = entity.mentions.index(inside) if inside is not None else before - 1
    after = max(before, nearest + 1)
    places = (nearest, nearest - 1, 0, after)
    return tuple(entity.mentions[at] if 0 <= at < len(entity.mentions) else None for at in places)


def _state(asked: Asked, states: States) -> Floats:
    what = asked.one.what
    source = states.of(what.source) if what.source is not None else np.zeros(SIZE, np.float32)
    return np.concatenate([source, states.of(next(iter((*what.cue, *what.content)), Span(0, 0)))])
