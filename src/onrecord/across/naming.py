"""Whom and what articles name. Two floods have their words in common, and neither their river nor their
mayor: articles that name nothing in common are about two events, however alike their words are."""

from collections import Counter
from collections.abc import Mapping, Set
from itertools import chain
from math import log

__all__ = ["NameShares"]

FEWEST = 3  # names; of an article with fewer nothing is told
APART = 0.1  # share of names below which two articles are about two events
# What the likeness of words counts for: so much, and as much more as the share of names.
ALONE = 0.7
UNSEEN = (
    20  # articles without any of the names, so that among few a shared name does not tell less than another
)


class NameShares:
    """How much of what they name articles have in common, a name that few of them have weighing more."""

    def __init__(self, names: Mapping[str, Set[str]]) -> None:
        self.names = names
        often = Counter(chain.from_iterable(names.values()))
        total = len(names) + UNSEEN
        self.telling = {name: log(total / (count + 1)) for name, count in often.items()}
        self.weights = {id: sum(map(self.telling.__getitem__, some)) for id, some in names.items()}

    def weigh(self, one: str, two: str) -> float:
        """Return what the likeness of two articles' words counts for: 0 where they name nothing in common."""
        ours, theirs = self.names[one], self.names[two]
        if min(len(ours), len(theirs)) < FEWEST:
            return 1.0
        shared = sum(map(self.telling.__getitem__, ours & theirs))
        share = shared / max(min(self.weights[one], self.weights[two]), 1e-9)
        return ALONE + share if share >= APART else 0.0
