"""Fingerprints: a sample of numbers by which a stretch of words is recognised in another text.

Winnowed word 6-grams (Schleimer, Wilkerson and Aiken 2003): two texts that share `RUN + WINDOW - 1` words
in a row share a fingerprint. The numbers are the same on every machine, so that a ledger can keep them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from onrecord.across.words import find_words
from onrecord.types import Span

__all__ = ["RUN", "ReadText", "fingerprint", "read_text"]

RUN = 6  # words in a row that count as shared
WINDOW = 8  # of so many runs in a row the least is kept

_PRIME = (1 << 61) - 1
_BASE = 1_000_003
_LEAVING = pow(_BASE, RUN - 1, _PRIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """A text's words, the hash of the run that starts at each, and those of the hashes that are kept."""

    words: list[str]
    runs: list[int]
    kept: dict[int, int]


def fingerprint(text: str, spans: Sequence[Span] | None = None) -> frozenset[int]:
    """Return the stable numbers by which a text is recognised in another; none for a very short text."""
    return frozenset(read_text(text, None if spans is None else tuple(spans)).kept.values())


@lru_cache(maxsize=128)
def read_text(text: str, spans: tuple[Span, ...] | None = None) -> ReadText:
    """Cut a text into words and hash its runs. The last texts are remembered: one is compared with many."""
    words = find_words(text, spans)
    runs = _hash_runs(words)
    return ReadText(words=words, runs=runs, kept=_winnow(runs))


@lru_cache(maxsize=1 << 16)
def _hash_word(word: str) -> int:
    # Python's own hash is salted by process.
    digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % _PRIME


def _hash_runs(words: Sequence[str]) -> list[int]:
    """Hash every run of words, each from the one before (a rolling polynomial modulo a Mersenne prime)."""
    hashes = [_hash_word(word) for word in words]
    if len(hashes) < RUN:
        return []
    value = 0
    for one in hashes[:RUN]:
        value = (value * _BASE + one) % _PRIME
    runs = [value]
    for leaving, entering in zip(hashes, hashes[RUN:], strict=False):
        value = ((value - leaving * _LEAVING) * _BASE + entering) % _PRIME
        runs.append(value)
    return runs


def _winnow(runs: Sequence[int]) -> dict[int, int]:
    """Keep the least of every `WINDOW` neighbouring runs: place -> hash."""
    if not runs:
        return {}
    least = min(range(min(WINDOW, len(runs))), key=runs.__getitem__)
    kept = {least: runs[least]}
    for last in range(WINDOW, len(runs)):
        if runs[last] <= runs[least]:
            least = last
        elif least <= last - WINDOW:
            least = min(range(last - WINDOW + 1, last + 1), key=runs.__getitem__)
        kept[least] = runs[least]
    return kept
