"""Who speaks: a small model that weighs the candidates of each saying of an article.

Trained by `training/who.py`; card: `who.md`.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.models.weights import load_model, read_weights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["WHO_INPUTS", "forget_who", "rate_speakers"]

# What the model reads, in the order of `Question.arrays`.
WHO_INPUTS = ("sayings", "mentions", "members", "there", "pairs")


class Asking(Protocol):
    """A question of `statements/ranking/questions.py`."""

    def arrays(self, columns: Mapping[str, int], /) -> tuple[NDArray[Any], ...]: ...


@cache
def load_who() -> "InferenceSession":
    return load_model("who.onnx")


@cache
def read_columns() -> dict[str, int]:
    """Return the column of each signal of candidates."""
    names = read_weights("who_signals.txt").decode("utf-8").split("\n")
    return {signal: at for at, signal in enumerate(names)}


def rate_speakers(question: Asking) -> NDArray[np.float32]:
    """Return how likely each candidate said each saying: [sayings, candidates], each row together 1. Signals
    that the model does not know are left out."""
    asked = dict(zip(WHO_INPUTS, question.arrays(read_columns()), strict=True))
    (rates,) = load_who().run(None, asked)
    return np.asarray(rates, np.float32)


def forget_who() -> None:
    """Give back the memory of the model; the next page loads it again."""
    load_who.cache_clear()
    read_columns.cache_clear()
