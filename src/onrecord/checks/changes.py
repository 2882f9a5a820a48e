"""What became of a page's statements in its next version: altered, withdrawn, given to somebody else. Pure.

Words decide, and only what the page changed is a change: a statement that is read otherwise because its
paragraph moved is none, and words that still stand in the other version are neither withdrawn nor added.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import LCSseq

from onrecord.checks.articles import statement_key
from onrecord.checks.differences import Difference, compare_wordings
from onrecord.checks.said_in import SaidIn, Side, wording_of
from onrecord.people.fold import words_of
from onrecord.people.names import match_names
from onrecord.types import Entry

__all__ = [
    "ChangeKind",
    "StatementChange",
    "compare_statements",
    "is_by",
    "share",
]

ChangeKind = Literal[
    "given to somebody else",
    "named otherwise",
    "turned",
    "altered",
    "withdrawn",
    "added",
    "only in one of them",
]
"""What happened to a statement. Of the same words (or nearly): another person or body has them; one version
names who spoke and the other says "an official"; one has them as said and the other as denied or asked. Of
other words by the same speaker: altered. Words that nothing in the other version is like: withdrawn or added;
only in one of them, where nobody knows which version came first, or where the other one has so few words that
it may be cut off."""

ALIKE = 0.5  # how much of the shorter wording must stand in the other, in order
VERY_ALIKE = 0.8  # the same of words that are somebody else's now: two people say like things
SHARED = 2  # words beside small ones that two wordings of one statement have in common
WHOLE = 0.5  # a version with less than this share of the other's words may be cut off
_AT_ONCE, _BEST = 256, 20
_FIRST_SIGN = 0xE000


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementChange:
    """What became of one statement: how `before` and `after` have it, None where a version does not.

    `differences` tells kind by kind how the wordings differ, with the places in both (`wording_of`).
    `instead` is the quotation that it was altered to, or from, where that is read as no statement. `cut`: the
    version without it has so few words that it may be cut off.
    """

    kind: ChangeKind
    before: Entry | None
    after: Entry | None
    differences: tuple[Difference, ...] = ()
    instead: str | None = None
    cut: bool = False


def compare_statements(
    before: SaidIn, after: SaidIn, *, order_known: bool = True
) -> tuple[StatementChange, ...]:
    """Pair the statements of two versions of a page, and tell those that changed, the gravest first.

    Exchanging the versions exchanges `before` and `after`, and "withdrawn" and "added".
    """
    if Counter(map(statement_key, before.entries)) == Counter(map(statement_key, after.entries)):
        return ()
    one, other = Side(before), Side(after)
    found = [*_pair_same_words(one, other), *_pair_like_words(one, other)]
    found += _tell_alone(one, other, order_known)
    order = {kind: number for number, kind in enumerate(get_args(ChangeKind))}
    places = {entry.id: n for entries in (before.entries, after.entries) for n, entry in enumerate(entries)}

    def place(change: StatementChange) -> tuple[int, int]:
        entry = change.after or change.before
        return order[change.kind], places[entry.id] if entry else 0

    return tuple(sorted(found, key=place))


def _pair_same_words(one: Side, other: Side) -> Iterator[StatementChange]:
    """Put the same words beside each other; yield those that the versions give otherwise."""
    places: dict[str, list[int]] = defaultdict(list)
    for there in other.left:
        places[other.keys[there]].append(there)
    entries, others = one.version.entries, other.version.entries
    both = [(a, b) for a in one.left for b in places.get(one.keys[a], ())]
    # Those alike in all come first, then those alike in something; so it is no matter which version is first.
    for a, b in sorted(both, key=lambda pair: (_unlike(entries[pair[0]], others[pair[1]]), sum(pair))):
        if a not in one.left or b not in other.left:
            continue
        first, second = one.left.pop(a), other.left.pop(b)
        kind = _told_otherwise(first, second)
        # What names the one has to have gone, and what names the other to be new: else nobody but the program
        # says whose the words are now.
        if kind and one.changed(first, other) and other.changed(second, one):
            yield StatementChange(kind=kind, before=first, after=second)


def _unlike(one: Entry, other: Entry) -> int:
    return 2 * (not is_by(one, other)) + (one.polarity != other.polarity)


def _told_otherwise(one: Entry, other: Entry) -> ChangeKind | None:
    """Return how two versions give words otherwise; None where they don't, or nobody knows whose they are."""
    if not is_by(one, other):
        if one.speaker is None or other.speaker is None:
            return None
        # "An official" may be whom the other names, and a ministry speaks through its spokeswoman.
        same_type = one.speaker.type == other.speaker.type != "unnamed"
        return "given to somebody else" if same_type else "named otherwise"
    return "turned" if one.polarity != other.polarity else None


def _pair_like_words(one: Side, other: Side) -> Iterator[StatementChange]:
    """Put what is left beside the most alike of what is left of the other; yield how they differ."""
    gone = {a for a, entry in one.left.items() if not other.has(entry, one)}
    new = {b for b, entry in other.left.items() if not one.has(entry, other)}
    for a, b in list(_find_like(one, other)):
        if a not in one.left or b not in other.left:
            continue
        # What still stands was not altered, but where it is only a part of what was made of it.
        mine, theirs = f" {one.keys[a]} ", f" {other.keys[b]} "
        if not ((a in gone or mine in theirs) and (b in new or theirs in mine)) or not (
            a in gone or b in new
        ):
            continue
        first, second = one.left[a], other.left[b]
        found = compare_wordings(wording_of(first), wording_of(second))
        kind = _told_otherwise(first, second) or ("altered" if is_by(first, second) else None)
        if found is None or kind is None:
            continue
        del one.left[a], other.left[b]
        form = {"indirect", "no-comment"} >= {first.kind, second.kind}
        if kind == "altered" and form and {each.kind for each in found.differences} <= {"form"}:
            continue
        yield StatementChange(kind=kind, before=first, after=second, differences=found.differences)


def _find_like(one: Side, other: Side) -> Iterator[tuple[int, int]]:
    """Yield pairs of statements in like words, the most alike first."""
    ours, theirs = list(one.left), list(other.left)
    if not ours or not theirs:
        return
    signs: dict[str, str] = {}
    mine, others = ([_write_signs(side.keys[n], signs) for n in side.left] for side in (one, other))
    found: list[tuple[float, int, int, int]] = []
    for first in range(0, len(ours), _AT_ONCE):
        some = mine[first : first + _AT_ONCE]
        shared = process.cdist(some, others, scorer=LCSseq.similarity, dtype=np.float32)
        shorter = np.minimum.outer(*([max(1, len(words)) for words in side] for side in (some, others)))
        likeness = shared / shorter
        for row, line in enumerate(likeness):
            for column in np.argsort(-line, kind="stable")[:_BEST]:
                a, b = ours[first + row], theirs[int(column)]
                least = ALIKE if is_by(one.left[a], other.left[b]) else VERY_ALIKE
                enough = SHARED if least == ALIKE else 2 * SHARED
                if line[column] >= least and share(one.keys[a], other.keys[b]) >= enough:
                    found.append((-float(line[column]), -int(shared[row, column]), a + b, a))
    yield from ((a, total - a) for _, _, total, a in sorted(found))


def _write_signs(key: str, signs: dict[str, str]) -> str:
    """Write one sign for each word, so that comparing words is as fast as comparing letters."""
    return "".join(signs.setdefault(word, chr(_FIRST_SIGN + len(signs))) for word in key.split())


def share(one: str, other: str) -> int:
    """Count the words that two wordings have in common and that tell something by themselves."""
    return sum(len(word) > 3 or word.isdigit() for word in {*one.split()} & {*other.split()})


def _tell_alone(one: Side, other: Side, order_known: bool) -> Iterator[StatementChange]:
    """Yield the statements whose words stand in one version only."""
    sides: tuple[tuple[Side, Side, ChangeKind], ...] = ((one, other, "withdrawn"), (other, one, "added"))
    for side, there, kind in sides:
        cut = there.size < WHOLE * side.size
        for entry in side.left.values():
            if there.has(entry, side):
                continue
            if instead := there.find_unread(entry, side):
                yield _tell_unread(entry, instead, is_before=side is one)
                continue
            yield StatementChange(
                kind="only in one of them" if cut or not order_known else kind,
                before=entry if side is one else None,
                after=entry if side is other else None,
                cut=cut,
            )


def _tell_unread(entry: Entry, instead: str, *, is_before: bool) -> StatementChange:
    """Return how a statement was altered that only one version has as such."""
    words = wording_of(entry)
    found = compare_wordings(*(words, instead) if is_before else (instead, words))
    return StatementChange(
        kind="altered",
        before=entry if is_before else None,
        after=None if is_before else entry,
        differences=found.differences if found else (),
        instead=instead,
    )


def is_by(entry: Entry, other: Entry) -> bool:
    """Say whether two versions name one speaker, in full or by the last name."""
    one, two = entry.speaker, other.speaker
    if one is None or two is None:
        return one is two
    if one.id is not None and one.id == two.id:
        return True
    if one.type != two.type:
        return False
    if match_names(one.name, two.name, type=one.type):
        return True
    # "The ministry" is the Ministry of Water on its own page.
    mine, theirs = ({*words_of(who.name)} - {"the", "a", "an"} for who in (one, two))
    return one.type != "person" and bool(mine and theirs) and (mine <= theirs or theirs <= mine)
