"""The elements of a page as a tree: which of them, and which lines, stand inside which."""

from collections.abc import Sequence

import numpy as np

from onrecord.page.lines import Walk

__all__ = ["Tree"]


class Tree:
    """Where each element's inside ends: elements stand in the page's order, so an inside is a range."""

    def __init__(self, walk: Walk) -> None:
        ends = list(range(1, len(walk.elements) + 1))
        for at in range(len(ends) - 1, 0, -1):
            parent = walk.elements[at].parent
            if ends[at] > ends[parent]:
                ends[parent] = ends[at]
        self.ends = ends
        self.stops = np.array(ends, np.int64)
        self.places = np.array([line.element for line in walk.lines], np.int64)

    def sum_up(self, weights: Sequence[float]) -> list[float]:
        """Add the weights of the lines up through the elements around them."""
        own = np.bincount(self.places, weights, minlength=len(self.stops))
        before = np.append(0.0, np.cumsum(own))
        sums: list[float] = (before[self.stops] - before[:-1]).tolist()
        return sums

    def find_lines(self, element: int) -> range:
        """Return the lines inside an element that holds one: they stand in a row."""
        held = np.flatnonzero((self.places >= element) & (self.places < self.ends[element]))
        return range(int(held[0]), int(held[-1]) + 1)
