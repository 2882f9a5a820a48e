"""Which statements are one remark: vectors of words, and boosted trees over what two statements show.

Trained by `training/remarks.py`; card: `remarks.md`.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.models.weights import load_model

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["SIZE", "embed_pieces", "rate_pairs"]

SIZE = 64


@cache
def load_vectors() -> "InferenceSession":
    return load_model("remarks_words.onnx")


@cache
def load_trees() -> "InferenceSession":
    return load_model("remarks.onnx")


def embed_pieces(pieces: Sequence[int]) -> NDArray[np.float32]:
    """Return the vectors of pieces of words (`models/pieces.py`), [pieces, SIZE], each of length 1."""
    (vectors,) = load_vectors().run(None, {"pieces": np.asarray(pieces, np.int64)})
    return np.asarray(vectors, np.float32)


def rate_pairs(signals: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each pair of statements how likely they are one remark, 0 to 1. `signals` are those of
    `across/remark_signals.py`, [pairs, signals]."""
    if not len(signals):
        return np.zeros(0, np.float32)
    (rates,) = load_trees().run(None, {"signals": signals})
    return np.asarray(rates, np.float32).reshape(-1)
