"""Passages that two texts share through misprints: misread characters, words split and joined.

Both are compared letter by letter, without blanks: runs of letters that each text has only once, where both
have them, are the stepping stones. From one to the next the letters may differ by a few, as misreading makes
them; where they differ by more, other words stand there, and the passage ends.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

from onrecord.across.letters import SEED, Letters
from onrecord.types import Span

__all__ = ["Passage", "find_passages"]

STEP = 64  # letters at most from one stone to the next
FREE, PART = 2, 0.3  # so many letters may be misread between two stones, and this part of those between
OPEN = 8  # passages that may go on at once: where one text has in one place what the other has in several
FEWEST_WORDS = 6
FEWEST_ALIKE = 0.08  # of a text's runs of letters stand in the other, or no passages are looked for
PIECE = 30  # words at least of a part
EDGE = 4  # words at most that a passage goes on, misread, before its first stone and behind its last
CLEAN = (
    80  # one misreading in so many letters at least: else the texts differ by their words, not their print
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of words of one text and of the other that are the same, but for their print where it has
    `parts`: shorter stretches, one behind the other, each the other's."""

    here: Span
    there: Span
    parts: tuple[tuple[Span, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class _Stone:
    """So many letters that are the same in both, from this place here and that place there on."""

    here: int
    there: int
    length: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The whole words, here and there, that a path of stones goes over."""

    here: Span
    there: Span
    path: list[_Stone]


def find_passages(here: Letters, there: Letters) -> list[Passage]:
    """Return the passages that two texts share, in the order of the first, each as its words in both; none
    where what they share is printed alike."""
    paths, misread, letters = _walk(here, there)
    if misread * CLEAN < letters:
        return []
    kept = _uncrossed([stretch for path in paths if (stretch := _stretch(path, here, there))], here)
    nexts = [*(stretch.here.start for stretch in kept), len(here.starts) - 1][1:]
    found: list[Passage] = []
    for stretch, end in zip(kept, nexts, strict=True):
        ours, theirs = stretch.here, stretch.there
        room = ours.start - (found[-1].here.end if found else 0), end - ours.end
        first = _count_misread(here, there, (ours.start, theirs.start), -1, room[0])
        last = _count_misread(here, there, (ours.end, theirs.end), 1, room[1])
        ours, theirs = (Span(span.start - first, span.end + last) for span in (ours, theirs))
        if min(end - start for start, end in (ours, theirs)) >= FEWEST_WORDS:
            parts = tuple(_parts(ours, theirs, stretch.path, here, there))
            found.append(Passage(ours, theirs, parts))
    return found


def _uncrossed(stretches: list[_Stretch], here: Letters) -> list[_Stretch]:
    """Return stretches that share no words, in their order: where two cross, the longer has the words."""
    taken = np.zeros(len(here.starts), dtype=bool)
    kept: list[_Stretch] = []
    for stretch in sorted(stretches, key=lambda one: one.here.start - one.here.end):
        words = slice(*stretch.here)
        if not taken[words].any():
            taken[words] = True
            kept.append(stretch)
    return sorted(kept, key=lambda one: one.here)


def _walk(here: Letters, there: Letters) -> tuple[list[list[_Stone]], int, int]:
    """Join stones to paths; return these, how many misreadings they cross, and how many letters they have."""
    paths: list[list[_Stone]] = []
    going: list[list[_Stone]] = []
    misread = 0
    for stone in _find_stones(here, there):
        going = [path for path in going if stone.here - path[-1].here - path[-1].length <= STEP]
        best: tuple[int, list[_Stone], _Stone] | None = None
        for path in going:
            onward = _step(path[-1], stone, here.text, there.text)
            if onward is not None and (best is None or onward[0] < best[0]):
                best = onward[0], path, onward[1]
        if best is None:
            paths.append([stone])
            going = [*going[-OPEN + 1 :], paths[-1]]
        else:
            misread += best[0] > 0
            best[1].append(best[2])
    paths = [path for path in paths if len(path) > 1 or path[0].length > 4 * SEED]
    return paths, misread, sum(path[-1].here + path[-1].length - path[0].here for path in paths)


def _find_stones(here: Letters, there: Letters) -> Iterator[_Stone]:
    """Yield the runs of letters that stand once in both, in the order of the first, as long as they go."""
    _, ours, theirs = np.intersect1d(here.once, there.once, assume_unique=True, return_indices=True)
    # Less than this cannot be the part of a text that makes it a copy, however ill it is printed.
    if not len(ours) or len(ours) < FEWEST_ALIKE * len(here.text):
        return
    places, others = here.places[ours], there.places[theirs]
    order = np.argsort(places)
    places, others = places[order], others[order]
    starts = np.flatnonzero((np.diff(places, prepend=-2) != 1) | (np.diff(others, prepend=-2) != 1))
    lengths = np.diff(np.append(starts, len(places))) + SEED - 1
    yield from map(_Stone, places[starts].tolist(), others[starts].tolist(), lengths.tolist())


def _step(last: _Stone, next: _Stone, here: str, there: str) -> tuple[int, _Stone] | None:
    """Return how many letters are misread from one stone to the next, and the next, without what both have;
    None where other words stand between."""
    at, other = last.here + last.length, last.there + last.length
    over = max(0, at - next.here, other - next.there)
    if over >= next.length:
        return None
    next = _Stone(next.here + over, next.there + over, next.length - over)
    ours, theirs = here[at : next.here], there[other : next.there]
    if len(theirs) > 2 * STEP:
        return None
    most = int(FREE + PART * max(len(ours), len(theirs)))
    if abs(len(ours) - len(theirs)) > most:
        return None
    misread = Levenshtein.distance(ours, theirs, score_cutoff=most)
    return None if misread > most else (misread, next)


def _stretch(path: list[_Stone], here: Letters, there: Letters) -> _Stretch | None:
    """Return the words of a path: from the first place where both begin a word to the last where both end
    one."""
    start = next((edge for stone in path for edge in _edges(stone, here, there)), None)
    backwards = (reversed(list(_edges(stone, here, there))) for stone in reversed(path))
    end = next((edge for edges in backwards for edge in edges), None)
    if start is None or end is None or start == end:
        return None
    return _Stretch(Span(start[0], end[0]), Span(start[1], end[1]), path)


def _parts(
    ours: Span, theirs: Span, path: list[_Stone], here: Letters, there: Letters
) -> Iterator[tuple[Span, Span]]:
    """Cut a passage at words that are the same in both, every few stones."""
    at, other = ours.start, theirs.start
    for stone in path:
        edge = next(_edges(stone, here, there), None)
        if edge is not None and at + PIECE <= edge[0] < ours.end and other < edge[1] < theirs.end:
            yield Span(at, edge[0]), Span(other, edge[1])
            at, other = edge
    yield Span(at, ours.end), Span(other, theirs.end)


def _count_misread(here: Letters, there: Letters, edge: tuple[int, int], way: int, room: int) -> int:
    """Count the words at the edge of a passage, outwards, that are each the other's but for a misreading."""
    found = 0
    for step in range(min(EDGE, room)):
        at, other = (place + way * step - (way < 0) for place in edge)
        one, two = here.word(at), there.word(other)
        if not one or not two or Levenshtein.distance(one, two) > PART * max(len(one), len(two)):
            break
        found = step + 1
    return found


def _edges(stone: _Stone, here: Letters, there: Letters) -> Iterator[tuple[int, int]]:
    """Yield the words, here and there, before which a stone has the edge of a word in both."""
    first = int(np.searchsorted(here.starts, stone.here))
    last = int(np.searchsorted(here.starts, stone.here + stone.length, side="right"))
    shift = stone.there - stone.here
    wanted = here.starts[first:last] + shift
    found = np.searchsorted(there.starts, wanted)
    for at, (place, other) in enumerate(zip(wanted.tolist(), found.tolist(), strict=True), first):
        if other < len(there.starts) and there.starts[other] == place:
            yield at, other
