"""Copies: which article reprints which, how much of it, and the spans they share.

Fingerprints find the pages worth comparing. The words themselves then decide, so every copy can show its
shared spans.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.across.fingerprints import RUN, ReadText, fingerprint, read_text
from onrecord.across.words import find_places
from onrecord.checks.differences import find_substituted
from onrecord.types import Span

__all__ = ["CopyMatch", "group_copies", "match_copy"]

SHARE = 0.3  # an article is a copy when this much of it stands in another
CREDITED_SHARE = 0.1  # enough when the article itself says that it is the other's copy
COMMON = 4  # what so many articles share that copy nobody is a house notice or a much quoted line
BETWEEN = (
    12  # words at most between what two articles share, in which a form leaves something to be filled in
)
FEWEST_SLOTS, SHARED_BY_SLOT = 2, 60  # so many, and one for so many shared words: a form, and no reprint
FEWEST_WORDS = 50  # a shorter article is a brief or a caption, and its overlap proves nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMatch:
    """`share` (0 to 1) of the first text's words stand in the second, at these pairs of spans (here,
    there).
    """

    share: float
    spans: tuple[tuple[Span, Span], ...]


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
    one = read_text(here, None if here_spans is None else tuple(here_spans))
    two = read_text(there, None if there_spans is None else tuple(there_spans))
    if min(len(one.words), len(two.words)) < FEWEST_WORDS:
        return None
    runs = tuple(_find_shared(one, two, common))
    share = sum(length for _, _, length in runs) / len(one.words)
    if share < (CREDITED_SHARE if credited else SHARE):
        return None
    # One passage alone, less than half of the article, is a house notice or a statement that both quote.
    if len(runs) == 1 and share < 0.5 and not credited:
        return None
    places, others = find_places(here, here_spans), find_places(there, there_spans)
    if not credited and _is_template(here, there, runs, places, others):
        return None
    return CopyMatch(
        share=share,
        spans=tuple(
            (_cover(places[at : at + length]), _cover(others[other : other + length]))
            for at, other, length in runs
        ),
    )


def _is_template(
    here: str,
    there: str,
    runs: Sequence[tuple[int, int, int]],
    places: Sequence[Span],
    others: Sequence[Span],
) -> bool:
    """Say whether two articles have the same words around other numbers, names and days: two warnings of the
    weather, two decisions of one council. Who reprints cuts and adds; who fills in a form puts one in the
    other's place."""
    # A house style that writes one name for another does so again and again: it is counted once.
    slots: set[tuple[str, str, str]] = set()
    ends = ((0, 0, 0), *runs, (len(places), len(others), 0))
    for (at, other, length), (then, other_then, _) in pairwise(ends):
        ours, theirs = places[at + length : then], others[other + length : other_then]
        if 0 < len(ours) <= BETWEEN and 0 < len(theirs) <= BETWEEN:
            found = find_substituted(here, _cover(ours), there, _cover(theirs))
            slots.update(one for one in found if one[0] in ("number", "name", "time"))
    return len(slots) >= FEWEST_SLOTS and len(slots) * SHARED_BY_SLOT >= sum(run[2] for run in runs)


def _cover(places: Sequence[Span]) -> Span:
    return Span(places[0].start, places[-1].end)


def _find_shared(one: ReadText, two: ReadText, common: Container[int]) -> Iterator[tuple[int, int, int]]:
    """Yield the longest runs of words that both have, in the order of the first: (place, other place,
    length).
    """
    where: dict[int, list[int]] = {}
    for other, run in enumerate(two.runs.tolist()):
        where.setdefault(run, []).append(other)
    runs = one.runs.tolist()
    at = 0
    while at < len(runs):
        # A refrain stands in many places; eight of them are enough to find the longest run.
        places = where.get(runs[at], ())[:8]
        length, other = max(((_common(one.words, at, two.words, p), -p) for p in places), default=(0, 0))
        if length < RUN:
            at += 1
            continue
        inside = [one.kept[place] in common for place in range(at, at + length) if place in one.kept]
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
