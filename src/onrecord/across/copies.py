"""Copies: which article reprints which, how much of it, and the spans they share.

Fingerprints find the pages worth comparing. The words themselves then decide, so every copy can show its
shared spans; where they are misread, their letters (`misprints`). Two reports that quote the same are no
copies (`own_words`), nor are two that fill in one form (`forms`).
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from onrecord.across.fingerprints import FEWEST_WORDS, RUN, ReadText, read_letters, read_text
from onrecord.across.forms import is_form
from onrecord.across.misprints import Passage, find_passages
from onrecord.across.own_words import share_own_words
from onrecord.across.words import find_places
from onrecord.types import Span

__all__ = ["CopyMatch", "group_copies", "match_copy"]

SHARE = 0.3  # an article is a copy when this much of it stands in another
CREDITED_SHARE = 0.1  # enough when the article itself says that it is the other's copy
COMMON = 4  # what so many articles share that copy nobody is a house notice or a much quoted line
MOSTLY, LEGIBLE = (
    0.45,
    0.9,
)  # so much of one of the two is in the other; less where much is misread
OWN_SHARE = 0.2  # so much of its own words: what others said, two papers can have heard
ENOUGH, FEWEST_LETTERS = 12, 3  # fingerprints in common that are worth a look: of words, of letters
WHOLE = 0.9  # with so much of an article found word for word, misprints need not be looked for


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
    ours, theirs = (None if spans is None else tuple(spans) for spans in (here_spans, there_spans))
    one, two = read_text(here, ours), read_text(there, theirs)
    if min(len(one.words), len(two.words)) < FEWEST_WORDS:
        return None
    both = _stand_in(one.runs, two.ordered)
    # A passage has five words more than it has runs: so many words may be the same at most.
    most = int(both.sum()) + (RUN - 1) * int(np.count_nonzero(np.diff(both, prepend=False) & both))
    least = CREDITED_SHARE if credited else SHARE
    passages = list(_find_shared(one, two, both)) if most >= least * len(one.words) else []
    if _count(passages) < WHOLE * len(one.words):
        # A misread word breaks a run of words: letters tell what the words don't.
        misread = find_passages(read_letters(here, ours), read_letters(there, theirs))
        passages = max(passages, misread, key=_count)
    passages = [passage for passage in passages if not _is_common(one, passage, common)]
    share = _count(passages) / len(one.words)
    if credited:
        if share < CREDITED_SHARE:
            return None
    elif not _is_enough(passages, share, len(two.words)):
        return None
    places, others = find_places(here, here_spans), find_places(there, there_spans)
    shared = (here, there, passages, places, others)
    # What stands whole in another is its copy, whatever it quotes.
    if not credited and (is_form(*shared) or (share < WHOLE and share_own_words(*shared) < OWN_SHARE)):
        return None
    return CopyMatch(
        share=share,
        spans=tuple(
            (_cover(places[slice(*passage.here)]), _cover(others[slice(*passage.there)]))
            for passage in passages
        ),
    )


def _is_enough(passages: Sequence[Passage], share: float, there: int) -> bool:
    """Say whether two articles share so much that one is the other's copy, if they aren't two reports that
    quote the same."""
    # Two reports of one event share what both quote, and what their paper or agency wrote before: a part of
    # each. Of a copy most is in the original, or most of the original in it.
    mostly = MOSTLY * (LEGIBLE if any(passage.parts for passage in passages) else 1)
    of_there = sum(passage.there.end - passage.there.start for passage in passages) / there
    if share < SHARE or max(share, of_there) < mostly:
        return False
    # One passage alone, less than half of the article, is a house notice or a statement that both quote.
    return len(passages) > 1 or share >= 0.5


def _count(passages: Sequence[Passage]) -> int:
    """Count the words that an article shares."""
    return sum(passage.here.end - passage.here.start for passage in passages)


def _is_common(one: ReadText, passage: Passage, common: Container[int]) -> bool:
    """Say whether most of a passage's fingerprints are of words that everybody has."""
    inside = [one.kept[place] in common for place in range(*passage.here) if place in one.kept]
    return 2 * sum(inside) > len(inside)


def _cover(places: Sequence[Span]) -> Span:
    return Span(places[0].start, places[-1].end)


def _find_shared(one: ReadText, two: ReadText, both: NDArray[np.bool_]) -> Iterator[Passage]:
    """Yield the longest runs of words that both have, in the order of the first. `both` says for each of its
    runs whether the second has it."""
    shared = np.flatnonzero(both)
    runs = dict(zip(shared.tolist(), one.runs[shared].tolist(), strict=True))
    where: dict[int, list[int]] = {run: [] for run in runs.values()}
    others = np.flatnonzero(_stand_in(two.runs, np.sort(one.runs[shared])))
    for other, run in zip(others.tolist(), two.runs[others].tolist(), strict=True):
        where[run].append(other)
    end = 0
    for at, run in runs.items():
        if at < end:
            continue
        # A refrain stands in many places; eight of them are enough to find the longest run.
        places = where[run][:8]
        length, other = max((_common(one.words, at, two.words, p), -p) for p in places)
        # Two runs with one hash: as good as never.
        if length >= RUN:
            end = at + length
            yield Passage(Span(at, end), Span(-other, length - other))


def _stand_in(runs: NDArray[np.int64], ordered: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of each run whether it is among others."""
    if not len(ordered):
        return np.zeros(len(runs), bool)
    at = np.minimum(np.searchsorted(ordered, runs), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[at] == runs
    return found


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
    ordered = sorted(texts, key=lambda name: ((order or {}).get(name, ""), name))
    rank = {name: place for place, name in enumerate(ordered)}
    holders: dict[int, list[str]] = {}
    originals: Counter[int] = Counter()
    groups: dict[str, str] = {}
    for name in ordered:
        read = read_text(texts[name])
        prints = read.prints
        common = {one for one in prints if originals[one] >= COMMON}
        likely = sorted(find_likely(read, holders, common), key=rank.__getitem__)
        groups[name] = next((o for o in likely if match_copy(texts[name], texts[o], common=common)), name)
        for one in prints:
            holders.setdefault(one, []).append(name)
        if groups[name] == name:
            originals.update(prints)
    return groups


def find_likely(
    read: ReadText,
    holders: Mapping[int, Iterable[str]],
    common: Container[int],
    *,
    credited: bool = False,
) -> list[str]:
    """Return the pages worth comparing with a text, word for word, by the fingerprints they hold; first those
    that share most."""
    words, letters = (
        Counter(chain.from_iterable(holders[one] for one in prints if one in holders and one not in common))
        for prints in (read.word_prints, read.sampled)
    )
    # Fingerprints are a sample of the shared runs, and a changed word costs several: well below the share
    # asked for. A short page that reprints this long one shares few of its fingerprints: a dozen are enough.
    wanted = int(len(read.word_prints) * (CREDITED_SHARE if credited else SHARE) * 0.6)
    fewest = min(max(2, wanted), ENOUGH)
    shared = words + letters
    likely = (one for one in shared if words[one] >= fewest or letters[one] >= FEWEST_LETTERS)
    return sorted(likely, key=lambda one: (-shared[one], one))
