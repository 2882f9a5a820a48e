"""Three small models that choose one of several candidates: who speaks, when it was said, through whom it
came.

Each takes a candidate's signals by name and gives it a score. Trained by `training/who.py`, `when.py` and
`via.py`; card: `rankers.md`.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from onrecord.models.weights import load_model, read_weights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["Ranker", "choose", "forget_rankers", "rate"]

Ranker = Literal["who", "when_first", "when", "via"]


@cache
def load_ranker(name: Ranker) -> "InferenceSession":
    return load_model(f"{name}.onnx")


@cache
def read_columns(name: Ranker) -> dict[str, int]:
    """Return the column of each signal."""
    names = read_weights(f"{name}_signals.txt").decode("utf-8").split("\n")
    return {signal: at for at, signal in enumerate(names)}


def rate(name: Ranker, candidates: Sequence[Mapping[str, float]]) -> list[float]:
    """Return how likely each candidate is the right one, between 0 and 1, together 1. Signals that the model
    does not know are left out."""
    columns = read_columns(name)
    table = np.zeros((len(candidates), len(columns)), np.float32)
    for row, signals in enumerate(candidates):
        for signal, value in signals.items():
            if signal in columns:
                table[row, columns[signal]] = value
    (scores,) = load_ranker(name).run(None, {"signals": table})
    chances = np.exp(scores - scores.max())
    return [float(chance) for chance in chances / chances.sum()]


def choose(name: Ranker, candidates: Sequence[Mapping[str, float]]) -> tuple[int, float]:
    """Return the place of the best candidate, and how likely it is the right one; there is at least one."""
    rates = rate(name, candidates)
    best = max(range(len(rates)), key=rates.__getitem__)
    return best, rates[best]


def forget_rankers() -> None:
    """Give back the memory of the models; the next page loads them again."""
    load_ranker.cache_clear()
    read_columns.cache_clear()
