"""The reader: which pieces of a paragraph are words of saying and which are names, and what each cue links
to.

Trained by `training/reader.py`; card: `reader.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.models.weights import load_model

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = [
    "CONVENTIONS",
    "CUE_BEGINS",
    "CUE_GOES_ON",
    "LEDGER",
    "LINKS",
    "NAMES",
    "POLNEAR",
    "PieceRates",
    "forget_reader",
    "rate_links",
    "rate_pieces",
]

# What is counted as said: all that PolNeAR annotates (beliefs, intentions, acts), or what a ledger holds.
CONVENTIONS = POLNEAR, LEDGER = 0, 1
# The columns of the rates of cues, behind "no cue".
CUE_BEGINS, CUE_GOES_ON = 1, 2
# The columns of the rates of links and names, behind "none": where each begins; the next column is where it
# goes on.
LINKS = {"source": 1, "content": 3}
NAMES = {"person": 1, "body": 3, "place": 5, "other": 7}


@dataclass(frozen=True, slots=True)
class PieceRates:
    """What is told of a paragraph's pieces: states [pieces, 384], for each convention the rates of no cue,
    one that begins and one that goes on [pieces, 3], and the rates of names [pieces, 9]."""

    states: NDArray[np.float32]
    cues: tuple[NDArray[np.float32], ...]
    names: NDArray[np.float32]


@cache
def load_encoder() -> "InferenceSession":
    return load_model("reader.onnx")


@cache
def load_linker() -> "InferenceSession":
    return load_model("reader_links.onnx")


def rate_pieces(pieces: Sequence[int]) -> PieceRates:
    """Return what a paragraph's pieces are. Each paragraph is read alone: what stands around it changes
    nothing."""
    states, *cues, names = load_encoder().run(None, {"pieces": np.asarray(pieces, np.int64)})
    return PieceRates(states, tuple(cues), names)


def rate_links(
    states: NDArray[np.float32], cues: Sequence[tuple[int, int]], convention: int
) -> NDArray[np.float32]:
    """Return for each cue, a half-open range of pieces, and each piece the rates of eleven labels: none, then
    for each of five roles that it begins and that it goes on; [cues, pieces, 11]. LINKS tells where those
    stand that are read."""
    starts, ends = (np.array([cue[side] for cue in cues], np.int64) for side in (0, 1))
    asked = {
        "states": states,
        "starts": starts,
        "ends": ends,
        "conventions": np.full(len(cues), convention, np.int64),
    }
    (rates,) = load_linker().run(None, asked)
    return np.asarray(rates, np.float32)


def forget_reader() -> None:
    """Give back the memory of both models; the next page loads them again."""
    load_encoder.cache_clear()
    load_linker.cache_clear()
