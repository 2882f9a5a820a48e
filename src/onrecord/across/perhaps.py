"""Statements of one story that are perhaps one remark: what is not sure enough to be joined, for a person to
decide.

Two reports of one moment can share no word: one tells that the minister had "nothing to add", the other that
she did not comment.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from onrecord.across.remarks import can_be_one, rate_statements
from onrecord.across.speakers import match_speakers
from onrecord.types import Entry

__all__ = ["LEAST_LIKELY", "Perhaps", "find_perhaps"]

LEAST_LIKELY = 0.15  # of such pairs, each the likeliest of one of its two, two in five are one remark
MOST = 20
MOST_STATEMENTS = 1_000  # of a story; a larger one is a subject, and nobody reads all its pairs

_REFUSAL = re.compile(
    r"\bnothing (?:more |else |further )?to (?:add|say)\b|\bno (?:further |immediate )?comments?\b"
    r"|\b(?:not|never|n['’]t|cannot) (?:\w+ )?(?:comment|discuss|speculate)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Perhaps:
    """Two statements of two pages that are perhaps one remark. `why`: by their `words`, how likely that is
    stands in `likely` (0 to 1); or since both tell of `no comment` by the same speaker."""

    one: Entry
    other: Entry
    why: Literal["words", "no comment"]
    likely: float | None


def find_perhaps(entries: Iterable[Entry], *, apart: Collection[frozenset[str]] = ()) -> list[Perhaps]:
    """Return pairs of statements of a story that are perhaps one remark, the likeliest first, those of no
    comment before them. Nothing is said of pairs in `apart`, which people hold for two."""
    every = sorted(entries, key=lambda entry: entry.id)
    if len(every) > MOST_STATEMENTS:
        return []
    known = {entry.id: entry for entry in every}
    found = [
        Perhaps(one=a, other=b, why="no comment", likely=None)
        for a, b in _find_refusals(every)
        if frozenset((a.id, b.id)) not in apart and not _are_joined(a, b)
    ]
    shown = {frozenset((one.one.id, one.other.id)) for one in found}
    rates = rate_statements(every)
    best: dict[str, float] = defaultdict(float)
    for pair, rate in rates.items():
        for id in pair:
            best[id] = max(best[id], rate)
    by_words = [
        Perhaps(one=known[a], other=known[b], why="words", likely=rate)
        for (a, b), rate in rates.items()
        if rate >= LEAST_LIKELY
        and rate in (best[a], best[b])
        and frozenset((a, b)) not in shown
        and frozenset((a, b)) not in apart
        and not _are_joined(known[a], known[b])
    ]
    by_words.sort(key=lambda one: (-(one.likely or 0.0), one.one.id, one.other.id))
    return [*found, *by_words][:MOST]


def _find_refusals(entries: Sequence[Entry]) -> Iterable[tuple[Entry, Entry]]:
    """Yield who told of no comment on one page and said so in their own words on another."""
    refused = [entry for entry in entries if entry.kind == "no-comment"]
    told = [
        entry
        for entry in entries
        if entry.kind != "no-comment" and _REFUSAL.search(" ".join(entry.content)) is not None
    ]
    return ((a, b) for a, b in product(refused, told) if match_speakers(a, b) and can_be_one(a, b))


def _are_joined(one: Entry, other: Entry) -> bool:
    """Say whether two statements are one remark already, or stand on two versions of one article."""
    same_article = one.page.article is not None and one.page.article == other.page.article
    return same_article or (one.remark is not None and one.remark == other.remark)
