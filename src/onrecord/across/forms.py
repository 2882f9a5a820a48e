"""Forms: two articles with the same words around other numbers, names and days. Neither is a reprint.

Two warnings of the weather, two decisions of one council. Who reprints cuts and adds; who fills in a form
puts one thing in the other's place.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from onrecord.across.misprints import Passage
from onrecord.checks.differences import find_substituted
from onrecord.types import Span

__all__ = ["is_form"]

BETWEEN = 12  # words at most between what two articles share, where something may be left to be filled in
FEWEST_SLOTS, SHARED_BY_SLOT = 2, 60  # so many, and one for so many shared words: a form, and no reprint
LONGEST = 300  # words of a part
MISREAD, UNLIKE = 60, 50  # how alike (0 to 100) a word and its misreading are at least, and two slots at most


def is_form(
    here: str, there: str, passages: Sequence[Passage], places: Sequence[Span], others: Sequence[Span]
) -> bool:
    """Say whether two articles that share these passages, of words at these places, are one form filled in
    twice."""
    misread = [part for passage in passages for part in passage.parts]
    # Misread words part what two forms share more often.
    most = 2 * BETWEEN if misread else BETWEEN
    pairs = list(_find_between(passages, len(places), len(others), most))
    if misread:
        pairs = [
            one for pair in (*pairs, *misread) for one in _find_replaced(here, there, pair, places, others)
        ]
    # A house style that writes one name for another does so again and again: it is counted once.
    slots = {
        slot
        for ours, theirs in pairs
        for slot in find_substituted(
            here,
            Span(places[ours.start].start, places[ours.end - 1].end),
            there,
            Span(others[theirs.start].start, others[theirs.end - 1].end),
        )
        if slot[0] in ("number", "name", "time")
    }
    if misread:
        slots = {slot for slot in slots if ratio(slot[1], slot[2]) < UNLIKE}
    shared = sum(passage.here.end - passage.here.start for passage in passages)
    return len(slots) >= FEWEST_SLOTS and len(slots) * SHARED_BY_SLOT >= shared


def _find_between(
    passages: Sequence[Passage], here: int, there: int, most: int
) -> Iterator[tuple[Span, Span]]:
    """Yield the few words that each has between two passages, before the first and behind the last."""
    ends = (Passage(Span(0, 0), Span(0, 0)), *passages, Passage(Span(here, here), Span(there, there)))
    for before, after in pairwise(ends):
        pair = Span(before.here.end, after.here.start), Span(before.there.end, after.there.start)
        if all(0 < end - start <= most for start, end in pair):
            yield pair


def _find_replaced(
    here: str, there: str, part: tuple[Span, Span], places: Sequence[Span], others: Sequence[Span]
) -> Iterator[tuple[Span, Span]]:
    """Yield the words of a misread part that stand where the other has others, and are no misreading of
    these."""
    # Words whose edges nowhere agree: no news is split like that, and each would be compared with each.
    if max(end - start for start, end in part) > LONGEST:
        return
    ours = [places[at].of(here).casefold() for at in range(*part[0])]
    theirs = [others[at].of(there).casefold() for at in range(*part[1])]
    known = set(ours)
    read = [word if word in known else _misreading(word, ours) for word in theirs]
    for op in Levenshtein.opcodes(ours, read):
        if op.tag == "replace":
            at, other = part[0].start, part[1].start
            yield (
                Span(at + op.src_start, at + op.src_end),
                Span(other + op.dest_start, other + op.dest_end),
            )


def _misreading(word: str, words: Sequence[str]) -> str:
    """Return the one of some words of which this is a misreading, or itself."""
    alike = max(words, key=lambda one: ratio(one, word))
    return alike if ratio(alike, word) >= MISREAD else word
