"""Where a paragraph may tell that somebody says something: a small model that is asked before the reader,
which takes a thousand times as long.

Trained by `training/telling.py`; card: `telling.md`.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.models.weights import load_model

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["forget_telling", "rate_telling"]

# So many pieces to each side does any layer look: as many empty ones keep paragraphs apart.
REACH = 4
EMPTY = (0,) * REACH
# So many pieces are rated at once: memory stays bounded on any page.
MOST = 20_000


@cache
def load_telling() -> "InferenceSession":
    return load_model("telling.onnx")


def rate_telling(paragraphs: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """Return for each paragraph, given as its pieces, the log odds that the reader finds a cue in it, as its
    likeliest piece has them. What stands around a paragraph changes nothing."""
    rates: list[NDArray[np.float32]] = []
    row: list[int] = list(EMPTY)
    edges: list[int] = []
    for number, pieces in enumerate(paragraphs, start=1):
        edges += (len(row), len(row) + len(pieces))
        row += (*pieces, *EMPTY)
        if len(row) >= MOST or number == len(paragraphs):
            (scores,) = load_telling().run(None, {"pieces": np.asarray(row, np.int64)})
            rates.append(np.maximum.reduceat(scores, edges)[::2])
            row, edges = list(EMPTY), []
    return np.concatenate(rates) if rates else np.zeros(0, np.float32)


def forget_telling() -> None:
    """Give back the memory of the model; the next page loads it again."""
    load_telling.cache_clear()
