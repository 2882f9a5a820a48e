"""Letters in a row, without blanks and signs: what is left of a text that was misread.

A scan that reads one character in twenty wrong leaves one run of six words in six as it was, but half of all
runs of a dozen letters. Some of these are kept as fingerprints; all tell which passages two texts share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from onrecord.across.hashing import hash_runs

__all__ = ["SEED", "Letters", "join_letters", "sample_letters"]

PRINT = 14  # letters of a fingerprint: three words
SEED = 8  # letters at which two passages may begin to be the same
SAMPLE = 16  # one run of letters in so many is kept
MOST = 128  # of a text, more or less: of a long one, fewer of its runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The letters of a text's words, where each word starts (and the last ends), and the runs of `SEED`
    letters that stand only once: their hashes in order, and where each stands."""

    text: str
    starts: NDArray[np.int64]
    once: NDArray[np.int64]
    places: NDArray[np.int64]

    def word(self, at: int) -> str:
        """Return one of the text's words, or none where there is no such word."""
        return self.text[self.starts[at] : self.starts[at + 1]] if 0 <= at < len(self.starts) - 1 else ""


def join_letters(words: Sequence[str]) -> Letters:
    """Put the words of a text together, and find what stands in it only once."""
    text = "".join(words)
    hashes = hash_letters(text, SEED)
    places = np.argsort(hashes)
    hashes = hashes[places]
    differs = np.concatenate([[True], hashes[1:] != hashes[:-1], [True]])
    alone = (differs[1:] & differs[:-1])[: len(hashes)]
    return Letters(text=text, starts=_starts(words), once=hashes[alone], places=places[alone])


def sample_letters(words: Sequence[str]) -> dict[int, int]:
    """Return runs of letters by which a text is known again through misprints: the hash, and the word in
    which it starts."""
    runs = hash_letters("".join(words), PRINT)
    rate = SAMPLE
    while len(runs) > rate * MOST:
        rate *= 2
    # What is kept hangs on the run alone, not on its neighbours, of which a misprint makes others. A long
    # text keeps some of what a short one would.
    places = np.flatnonzero(runs < (1 << 63) // rate)
    behind = np.searchsorted(_starts(words), places, side="right")
    return dict(zip(runs[places].tolist(), (behind - 1).tolist(), strict=True))


def hash_letters(text: str, length: int) -> NDArray[np.int64]:
    """Hash every run of so many letters."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    return hash_runs(codes, length)


def _starts(words: Sequence[str]) -> NDArray[np.int64]:
    """Return before how many letters each word starts, and how many there are."""
    return np.fromiter(accumulate(map(len, words), initial=0), dtype=np.int64, count=len(words) + 1)
