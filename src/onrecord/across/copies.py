"""Copies: which article reprints which, how much of it, and the spans they share.

Winnowed word 6-grams (Schleimer, Wilkerson and Aiken 2003) find the pages worth comparing: two texts that
share `RUN + WINDOW - 1` words in a row share a fingerprint. The words themselves then decide, so every copy
can show its shared spans.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from onrecord.across.words import find_words
from onrecord.types import Span

__all__ = ["CopyMatch", "fingerprint", "group_copies", "match_copy"]

RUN = 6  # words in a row that count as shared
WINDOW = 8  # of so many runs in a row the least is kept
SHARE = 0.3  # an article is a copy when this much of it stands in another
CREDITED_SHARE = 0.1  # enough when the article itself says that it is the other's copy
COMMON = (
    4  # words that so many articles share without copying each other are a house notice or a much quoted line
)
FEWEST_WORDS = 50  # a shorter article is a brief or a caption, and its overlap proves nothing

_PRIME = (1 << 61) - 1
_BASE = 1_000_003
_LEAVING = pow(_BASE, RUN - 1, _PRIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMatch:
    """`share` (0 to 1) of the first text's words stand in the second too, at these pairs of spans (here,
    there).
    """

    share: float
    spans: tuple[tuple[Span, Span], ...]


@lru_cache(maxsize=1 << 16)
def _hash_word(word: str) -> int:
    # Python's own hash is salted by process; fingerprints are stored, so theirs must be the same on every
    # machine.
    return (
        int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") % _PRIME
    )


def _hash_runs(words: Sequence[str]) -> list[int]:
    """Hash every run of `RUN` words, each from the one before (a rolling polynomial modulo a Mersenne
    prime).
    """
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


def fingerprint(text: str, spans: Sequence[Span] | None = None) -> frozenset[int]:
    """Return the stable 61-bit numbers by which a text is recognised in another; none for a very short
    text.
    """
    return frozenset(_winnow(_hash_runs(find_words(text, spans)[0])).values())


def _winnow(runs: Sequence[int]) -> dict[int, int]:
    """Keep the least of every `WINDOW` neighbouring runs: place -> hash."""
    kept: dict[int, int] = {}
    for at in range(max(1, len(runs) - WINDOW + 1)) if runs else ():
        window = runs[at : at + WINDOW]
        least = min(window)
        kept[at + window.index(least)] = least
    return kept


def match_copy(
    here: str,
    there: str,
    *,
    here_spans: Sequence[Span] | None = None,
    there_spans: Sequence[Span] | None = None,
    credited: bool = False,
    common: Container[int] = (),
) -> CopyMatch | None:
    """Say how much of the first article stands in the second, or None when it is no copy of it.

    The spans given are the paragraphs to compare; without them the whole text counts. `credited` means that
    the first says of itself that it is the second's copy, so that less of it needs to be the same. `common`
    are the fingerprints of words that many unrelated articles share (a house notice, a much quoted
    sentence): they don't count.
    """
    words, places = find_words(here, here_spans)
    others, other_places = find_words(there, there_spans)
    if min(len(words), len(others)) < FEWEST_WORDS:
        return None
    runs = tuple(_find_shared(words, others, common))
    share = sum(length for _, _, length in runs) / len(words)
    if share < (CREDITED_SHARE if credited else SHARE):
        return None
    spans = tuple(
        (_cover(places[at : at + length]), _cover(other_places[other : other + length]))
        for at, other, length in runs
    )
    return CopyMatch(share=share, spans=spans)


def _cover(places: Sequence[Span]) -> Span:
    return Span(places[0].start, places[-1].end)


def _find_shared(
    words: Sequence[str], others: Sequence[str], common: Container[int]
) -> Iterator[tuple[int, int, int]]:
    """Yield the longest runs of words that both have: (place here, place there, length), in the order of
    the first.
    """
    where: dict[int, list[int]] = {}
    for at, run in enumerate(_hash_runs(others)):
        where.setdefault(run, []).append(at)
    runs = _hash_runs(words)
    kept = _winnow(runs) if common else {}
    at = 0
    while at < len(runs):
        # A refrain stands in many places; eight of them are enough to find the longest run.
        ends = ((_common(words, at, others, other), -other) for other in where.get(runs[at], ())[:8])
        length, other = max(ends, default=(0, 0))
        if length < RUN:
            at += 1
            continue
        inside = [kept[place] in common for place in range(at, at + length) if place in kept]
        if 2 * sum(inside) <= len(inside):
            yield at, -other, length
        at += length


def _common(words: Sequence[str], at: int, others: Sequence[str], other: int) -> int:
    """Count the words that are the same from these two places on."""
    length = 0
    while (
        at + length < len(words)
        and other + length < len(others)
        and words[at + length] == others[other + length]
    ):
        length += 1
    return length


def group_copies(texts: Mapping[str, str], *, order: Mapping[str, str] | None = None) -> dict[str, str]:
    """Name for every text the earliest one that it reprints, or itself. Nothing is chained: B may reprint
    A, and C only B.

    `order` gives what to sort by (the day of publishing, say); without it the ids do. The order of `texts`
    doesn't matter.
    """
    rank = sorted(texts, key=lambda name: ((order or {}).get(name, ""), name))
    holders: dict[int, list[str]] = {}
    originals: Counter[int] = Counter()
    groups: dict[str, str] = {}
    for name in rank:
        prints = fingerprint(texts[name])
        common = {one for one in prints if originals[one] >= COMMON}
        shared = Counter(other for one in prints - common for other in holders.get(one, ()))
        likely = (other for other in groups if shared[other] >= fewest_shared(len(prints)))
        groups[name] = next((o for o in likely if match_copy(texts[name], texts[o], common=common)), name)
        for one in prints:
            holders.setdefault(one, []).append(name)
        if groups[name] == name:
            originals.update(prints)
    return groups


def fewest_shared(prints: int, *, credited: bool = False) -> int:
    """Say how many fingerprints, of so many, two pages must share to be worth comparing word for word."""
    # Fingerprints are a sample of the shared runs, and a changed word costs several: well below the share
    # asked for.
    return max(2, int(prints * (CREDITED_SHARE if credited else SHARE) * 0.6))
