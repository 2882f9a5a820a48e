"""Who speaks: a small model that scores the candidates of one statement by their signals.

Trained by `training/rankers.py`; card: `who.md`.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from onrecord.models.weights import load_model, read_weights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["choose_speaker", "forget_who", "rate_speakers"]


@cache
def load_who() -> "InferenceSession":
    return load_model("who.onnx")


@cache
def read_columns() -> dict[str, int]:
    """Return the column of each signal."""
    names = read_weights("who_signals.txt").decode("utf-8").split("\n")
    return {signal: at for at, signal in enumerate(names)}


def rate_speakers(candidates: Sequence[Mapping[str, float]]) -> list[float]:
    """Return how likely each candidate is the right one, between 0 and 1, together 1. Signals that the model
    does not know are left out."""
    columns = read_columns()
    table = np.zeros((len(candidates), len(columns)), np.float32)
    for row, signals in enumerate(candidates):
        for signal, value in signals.items():
            if signal in columns:
                table[row, columns[signal]] = value
    (scores,) = load_who().run(None, {"signals": table})
    chances = np.exp(scores - scores.max())
    return [float(chance) for chance in chances / chances.sum()]


def choose_speaker(candidates: Sequence[Mapping[str, float]]) -> tuple[int, float]:
    """Return the place of the best candidate, and how likely it is the right one; there is at least one."""
    rates = rate_speakers(candidates)
    best = max(range(len(rates)), key=rates.__getitem__)
    return best, rates[best]


def forget_who() -> None:
    """Give back the memory of the model; the next page loads it again."""
    load_who.cache_clear()
    read_columns.cache_clear()
