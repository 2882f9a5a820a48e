"""Hashes of runs: the same on every machine, so that a ledger can keep them."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["hash_runs"]

_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well spread
_MIX = np.uint64(0xD6E8FEB86659FD93)


def hash_runs(values: NDArray[np.uint64], length: int) -> NDArray[np.int64]:
    """Hash every run of so many values: a polynomial in them modulo 2**64, mixed, with 63 bits kept."""
    count = len(values) - length + 1
    if count < 1:
        return np.zeros(0, dtype=np.int64)
    # A long run is two shorter ones, so that few steps are enough.
    run, have, value, filled = values, 1, values[:0], 0
    while True:
        if length & have:
            value = run if not filled else _join(run, value, have, filled)
            filled += have
        if filled == length:
            break
        run, have = _join(run, run, have, have), 2 * have
    value = value[:count]
    # A product modulo a power of two leaves its low bits poor; the least of a window must not depend on them.
    value = (value ^ (value >> np.uint64(32))) * _MIX
    return ((value ^ (value >> np.uint64(29))) >> np.uint64(1)).astype(np.int64)


def _join(
    first: NDArray[np.uint64], second: NDArray[np.uint64], length: int, other: int
) -> NDArray[np.uint64]:
    """Hash the runs that are one of so many values, and one of so many more behind it."""
    count = min(len(first), len(second) - length)
    return first[:count] * np.uint64(pow(int(_BASE), other, 1 << 64)) + second[length : length + count]
