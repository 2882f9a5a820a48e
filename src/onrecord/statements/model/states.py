"""The reader's states of an article's words, for what is asked of several paragraphs together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.statements.model.windows import Window
from onrecord.types import Span

__all__ = ["SIZE", "States", "gather_states"]

SIZE = 384


@dataclass(frozen=True, slots=True)
class States:
    """Where each piece begins and ends, in reading order, and its state: [pieces, SIZE]."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    values: NDArray[np.float32]

    def of(self, span: Span) -> NDArray[np.float32]:
        """Return the mean of the states of the pieces in a span, [SIZE]; zeros where the reader read none."""
        first = int(np.searchsorted(self.ends, span.start, "right"))
        last = int(np.searchsorted(self.starts, span.end, "left"))
        if first >= last:
            return np.zeros(SIZE, np.float32)
        mean: NDArray[np.float32] = self.values[first:last].mean(0)
        return mean


def gather_states(windows: Sequence[tuple[Window, NDArray[np.float32]]]) -> States:
    """Put the states of an article's windows together, without the first and the last of each, which stand
    nowhere."""
    spans = [span for window, _ in windows for span in window.spans[1:-1]]
    values = [states[1:-1] for _, states in windows if len(states)]
    return States(
        np.array([span.start for span in spans], np.int64),
        np.array([span.end for span in spans], np.int64),
        np.concatenate(values) if values else np.zeros((0, SIZE), np.float32),
    )
