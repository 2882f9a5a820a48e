"""Whom and what articles name. Two floods have their words in common, and neither their river nor their
mayor: articles that name nothing in common are about two events, however alike their words are."""

from collections.abc import Set
from math import log

from onrecord.across.weights import RARE, read_everyday

__all__ = ["ALONE", "APART", "FEWEST", "weigh_names"]

FEWEST = 3  # names; of an article with fewer nothing is told
APART = 0.1  # share of names below which two articles are about two events
# What the likeness of words counts for: so much, and as much more as the share of names.
ALONE = 0.7


def weigh_names(names: Set[str]) -> dict[str, float]:
    """Return how much each name tells: one that is an everyday word as well tells less."""
    everyday = read_everyday()
    return {name: -log(max(everyday.get(name, RARE), RARE)) for name in names}
