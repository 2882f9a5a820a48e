"""On which day something was said: a small model that reads the sayings and the temporal expressions of an
article together.

Trained by `training/days.py`; card: `days.md`.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.models.weights import load_model

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["forget_days", "rate_days"]


@cache
def load_days() -> "InferenceSession":
    return load_model("days.onnx")


def rate_days(
    states: NDArray[np.float32],
    signals: NDArray[np.float32],
    relations: NDArray[np.float32],
    sayings: NDArray[np.int64],
    expressions: NDArray[np.int64],
    pairs: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return for each saying how likely the page does not tell its day, and how likely each expression does;
    [sayings, 1 + expressions], each row together 1. The shapes are those of a `Question` of days."""
    asked = {
        "states": states,
        "signals": signals,
        "relations": relations,
        "sayings": sayings,
        "expressions": expressions,
        "pairs": pairs,
    }
    (rates,) = load_days().run(None, asked)
    return np.asarray(rates, np.float32)


def forget_days() -> None:
    """Give back the memory of the model; the next page loads it again."""
    load_days.cache_clear()
