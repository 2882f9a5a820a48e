"""The reader: which pieces of a window are words of saying, and what each links to as its source and content.

Trained by `training/reader.py`; card: `reader.md`.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.models.weights import load_model

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["CUE_BEGINS", "CUE_GOES_ON", "LINKS", "forget_reader", "rate_cues", "rate_links"]

# The columns of the rates of cues, behind "no cue".
CUE_BEGINS, CUE_GOES_ON = 1, 2
# The columns of the rates of links, behind "neither": where each role begins; the next column is where it
# goes on.
LINKS = {"source": 1, "content": 3}


@cache
def load_encoder() -> "InferenceSession":
    return load_model("reader.onnx")


@cache
def load_linker() -> "InferenceSession":
    return load_model("reader_links.onnx")


def rate_cues(pieces: Sequence[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the states of a window's pieces, [pieces, 384], and for each the rates of no cue, of one that
    begins and of one that goes on, [pieces, 3]."""
    states, rates = load_encoder().run(None, {"pieces": np.asarray(pieces, np.int64)})
    return states, rates


def rate_links(states: NDArray[np.float32], cues: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """Return for each cue, a half-open range of pieces, and each piece the rates of five labels: neither, a
    source begins, goes on, a content begins, goes on; [cues, pieces, 5]."""
    starts, ends = (np.array([cue[side] for cue in cues], np.int64) for side in (0, 1))
    (rates,) = load_linker().run(None, {"states": states, "starts": starts, "ends": ends})
    return np.asarray(rates, np.float32)


def forget_reader() -> None:
    """Give back the memory of both models; the next page loads them again."""
    load_encoder.cache_clear()
    load_linker.cache_clear()
