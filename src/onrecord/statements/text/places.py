"""In which paragraph and which sentence of an article a place is, and how several places stand to each
other."""

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.statements.text.document import Document
from onrecord.types import Span

__all__ = ["STANDINGS", "Places", "measure_standing"]

# How a second place stands to a first, by `measure_standing`.
STANDINGS = (
    "same paragraph",
    "same sentence",
    "side",
    "paragraphs apart",
    "next paragraph",
    "sentences apart",
    "behind",
    "items apart",
)


class Places:
    """In which sentence and which paragraph a place is, by number."""

    def __init__(self, document: Document) -> None:
        self._paragraphs = [one.span.start for one in document.paragraphs]
        self.sentences: list[Span] = [one.span for row in document.sentences for one in row]
        self._sentences = [one.start for one in self.sentences]

    def paragraph(self, at: int) -> int:
        return max(0, bisect_right(self._paragraphs, at) - 1)

    def sentence(self, at: int) -> int:
        return max(0, bisect_right(self._sentences, at) - 1)


def measure_standing(places: Places, starts: Sequence[int]) -> NDArray[np.float32]:
    """Return how each of n places, in reading order, stands to each: [n, n, STANDINGS], between -1 and 1."""
    paragraphs = np.array([places.paragraph(start) for start in starts], np.int64)
    sentences = np.array([places.sentence(start) for start in starts], np.int64)
    order = np.arange(len(starts))
    apart, steps = paragraphs - paragraphs[:, None], sentences - sentences[:, None]
    rows = (
        apart == 0,
        steps == 0,
        np.sign(apart),
        np.minimum(1, abs(apart) / 8),
        abs(apart) == 1,
        np.minimum(1, abs(steps) / 4),
        order > order[:, None],
        np.minimum(1, abs(order - order[:, None]) / 10),
    )
    return np.stack(rows, -1).astype(np.float32)
