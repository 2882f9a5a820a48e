"""Fingerprints: a sample of numbers by which a stretch of words is recognised in another text.

Winnowed word 6-grams (Schleimer, Wilkerson and Aiken 2003): two texts that share `RUN + WINDOW - 1` words
in a row share a fingerprint. The numbers are the same on every machine, so that a ledger can keep them.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from onrecord.across.hashing import hash_runs
from onrecord.across.letters import Letters, join_letters, sample_letters
from onrecord.across.words import find_words
from onrecord.types import Span

__all__ = ["FEWEST_WORDS", "RUN", "ReadText", "fingerprint", "read_letters", "read_text"]

FEWEST_WORDS = 50  # a shorter article is a brief or a caption, and its overlap proves nothing
RUN = 6  # words in a row that count as shared
WINDOW = 12  # of so many runs in a row the least is kept
MOST_DIGESTS = 1 << 16  # of words, remembered
MOST_CHARACTERS = 1 << 22  # of texts, remembered; what is read of them takes some ten times as much


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """A text's words, the hash of the run that starts at each (and all of them in order of size), those of
    the hashes that are kept (by the word at which the run starts), and the runs of letters that are kept (the
    word at which each starts).
    """

    words: list[str]
    runs: NDArray[np.int64]
    ordered: NDArray[np.int64]
    kept: dict[int, int]
    sampled: dict[int, int]

    @property
    def word_prints(self) -> frozenset[int]:
        """The hashes that are kept, of words."""
        return frozenset(self.kept.values())

    @property
    def prints(self) -> frozenset[int]:
        """All the numbers by which the text is known again."""
        return self.word_prints | self.sampled.keys()


def fingerprint(text: str, spans: Sequence[Span] | None = None) -> frozenset[int]:
    """Return the stable numbers by which a text is recognised in another; none for a very short text."""
    return read_text(text, None if spans is None else tuple(spans)).prints


class _Texts(OrderedDict[tuple[str, tuple[Span, ...] | None], ReadText]):
    """The last texts that were read, no more than `MOST_CHARACTERS` of them: one is compared with many."""

    characters = 0

    def __missing__(self, key: tuple[str, tuple[Span, ...] | None]) -> ReadText:
        self[key] = read = _read_text(*key)
        self.characters += len(key[0])
        while self.characters > MOST_CHARACTERS:
            (text, _), _ = self.popitem(last=False)
            self.characters -= len(text)
        return read


_texts = _Texts()


def read_text(text: str, spans: tuple[Span, ...] | None = None) -> ReadText:
    """Cut a text into words and hash its runs."""
    read = _texts[text, spans]
    if (text, spans) in _texts:
        _texts.move_to_end((text, spans))
    return read


def _read_text(text: str, spans: tuple[Span, ...] | None) -> ReadText:
    words = find_words(text, spans)
    runs = _hash_runs(words)
    # A text of a few words is no copy through misprints.
    sampled = sample_letters(words) if len(words) >= FEWEST_WORDS else {}
    return ReadText(words=words, runs=runs, ordered=np.sort(runs), kept=_winnow(runs), sampled=sampled)


@lru_cache(maxsize=128)
def read_letters(text: str, spans: tuple[Span, ...] | None = None) -> Letters:
    """Put a text's letters together, to be compared through misprints."""
    return join_letters(read_text(text, spans).words)


class _Digests(dict[str, bytes]):
    """The digests of words: most words of a text were in the last ones too."""

    def __missing__(self, word: str) -> bytes:
        if len(self) >= MOST_DIGESTS:
            self.clear()
        # Python's own hash is salted by process.
        digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self[word] = digest
        return digest


_digests = _Digests()


def _hash_runs(words: Sequence[str]) -> NDArray[np.int64]:
    """Hash every run of words."""
    hashes = np.frombuffer(b"".join(map(_digests.__getitem__, words)), dtype=">u8").astype(np.uint64)
    return hash_runs(hashes, RUN)


def _winnow(runs: NDArray[np.int64]) -> dict[int, int]:
    """Keep the least of every `WINDOW` neighbouring runs, of equal ones the last: place -> hash."""
    least, places, width = runs, np.arange(len(runs)), 1
    # The least of a window is the lesser of the least of two shorter ones that cover it.
    while width < min(WINDOW, len(runs)):
        step = min(width, WINDOW - width, len(runs) - width)
        later = least[step:] <= least[:-step]
        places = np.where(later, places[step:], places[:-step])
        least = np.where(later, least[step:], least[:-step])
        width += step
    kept = places[np.flatnonzero(np.diff(places, prepend=-1))]
    return dict(zip(kept.tolist(), runs[kept].tolist(), strict=True))
