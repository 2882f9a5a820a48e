"""How much a line's words go with the page's running text: an article keeps to its names and things, and what
stands beside it, each teaser and each other story, has its own.

Lexical cohesion (Halliday and Hasan 1976; Hearst 1997 cuts texts into stories by it), measured by words that
lines share.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from onrecord.page.features import Look
from onrecord.types import Role

__all__ = ["COHESION_NUMBERS", "measure_cohesion"]

COHESION_NUMBERS = 6
# Running text: so many characters and a stop at the end.
LEAST_CHARS = 60
LEAST_LETTERS = 4
# How much a word counts that the model knows, for many sites print it; one that it does not know counts 1.
KNOWN = 0.25
# How many lines to either side are near, and around the line that has most in common with the page.
NEAR, AROUND, DENSE = 4, 12, 8
LEAST = 1e-6

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]


def measure_cohesion(
    looks: Sequence[Look], rough: Sequence[Role], known: Mapping[str, int]
) -> NDArray[np.float32]:
    """Measure what each line's first words share with the page's running text, [lines, COHESION_NUMBERS].

    With all of it, beside the line that shares most and by itself; with what stands four and twelve lines
    around; with what the rules take for the headline; with the page's densest part. `rough` is what the rules
    take the lines for, `known` the words that the model knows.
    """
    if not looks:
        return np.zeros((0, COHESION_NUMBERS), np.float32)
    table = _Table(looks, known)
    prose = np.array([look.ends and look.chars > LEAST_CHARS for look in looks], bool)
    whole = table.share(prose)
    densest = (
        np.convolve(np.where(prose, whole, 0.0), np.ones(2 * DENSE + 1), "same").argmax() if looks else 0
    )
    places = np.arange(len(looks))
    dense = prose & (abs(places - densest) <= DENSE)
    return np.stack(
        [
            whole / (whole.max(initial=0.0) + LEAST),
            np.log1p(whole),
            np.log1p(table.share_near(prose, NEAR)),
            np.log1p(table.share_near(prose, AROUND)),
            table.count(np.array([role == "headline" for role in rough], bool)),
            np.log1p(table.share(dense)),
        ],
        axis=1,
    ).astype(np.float32)


class _Table:
    """The words that two lines or more have: which line, which word, how much it weighs there, sorted by
    words and within one by lines."""

    def __init__(self, looks: Sequence[Look], known: Mapping[str, int]) -> None:
        self.size = len(looks)
        held = [_list_words(look.tokens) for look in looks]
        numbers: dict[str, int] = {}
        words = np.array(
            [numbers.setdefault(word, len(numbers)) for word in chain.from_iterable(held)], np.int64
        )
        lines = np.repeat(np.arange(self.size), [len(words) for words in held])
        often = np.bincount(words, minlength=len(numbers))
        rates = np.array([KNOWN if word in known else 1.0 for word in numbers], np.float64)
        rates /= np.sqrt(np.maximum(often, 1))
        shared = np.flatnonzero(often[words] > 1)
        order = shared[np.lexsort((lines[shared], words[shared]))]
        self.lines: _Ints = lines[order]
        self.words: _Ints = words[order]
        self.rates: _Floats = rates[self.words]
        self.kinds = len(numbers)
        self.lengths = np.sqrt(self._add(self.rates**2))

    def _add(self, values: _Floats) -> _Floats:
        return np.asarray(np.bincount(self.lines, values, minlength=self.size), np.float64)

    def _compare(self, others: _Floats, chosen: NDArray[np.bool_]) -> _Floats:
        """Return each line's product with others' sums of weights, its own left out, for its length."""
        product = self._add(self.rates * others) - np.where(chosen, self.lengths**2, 0.0)
        return np.maximum(product / np.maximum(self.lengths, LEAST), 0.0)

    def share(self, chosen: NDArray[np.bool_]) -> _Floats:
        """Say how much each line has in common with the chosen lines."""
        sums = np.bincount(self.words, self.rates * chosen[self.lines], minlength=self.kinds)
        return self._compare(np.asarray(sums[self.words], np.float64), chosen)

    def share_near(self, chosen: NDArray[np.bool_], reach: int) -> _Floats:
        """Say how much each line has in common with the chosen lines that are not farther off."""
        keys = self.words * (self.size + 2 * reach) + self.lines
        sums = np.concatenate([[0.0], np.cumsum(self.rates * chosen[self.lines])])
        first, last = np.searchsorted(keys, keys - reach), np.searchsorted(keys, keys + reach, "right")
        return self._compare(sums[last] - sums[first], chosen)

    def count(self, chosen: NDArray[np.bool_]) -> _Floats:
        """Add up the weights of the words that each line has in common with the chosen lines."""
        have = np.bincount(self.words, chosen[self.lines], minlength=self.kinds) > 0
        return self._add(self.rates * have[self.words])


def _list_words(tokens: Iterable[str]) -> list[str]:
    """Return a line's words that can tell something, each once, in their order."""
    return [word for word in dict.fromkeys(tokens) if len(word) >= LEAST_LETTERS and not word.isdigit()]
