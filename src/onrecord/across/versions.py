"""Two versions of one page side by side: which blocks came, went or changed, and which corrections it prints.

Pure: two texts and their blocks in, one difference out. Blocks are first put beside those with the very same
words, wherever they stand, so that moving a block removes nothing; what is left is put beside the most alike.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from onrecord.ledger.records import PageRecord
from onrecord.types import Page, Role

__all__ = ["BlockChange", "VersionDifference", "What", "apply_difference", "compare_versions"]

What = Literal["added", "removed", "changed"]
# What an article says. All other roles are furniture, and only counted; readers' comments too.
ARTICLE: frozenset[Role] = frozenset(
    ("headline", "byline", "dateline", "paragraph", "caption", "pullquote", "correction")
)
# Below this two blocks are not one block that changed, but one that went and one that came.
ALIKE = 0.5
# So many pairs of blocks are compared; where pages differ in more, only blocks that stand near each other.
MOST_PAIRS = 400_000
# Longer blocks are put beside each other by their first so many words.
MOST_COMPARED = 500
# Blocks of more words are not compared word by word: what differs is one stretch from first to last change.
MOST_WORDS = 5_000
EDGES = re.compile(r"^\W+|\W+$")
# Beyond the surrogates, which are no characters of their own.
FIRST_SIGN = 0xE000


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockChange:
    """One block that came, went or changed; `before` and `after` are its words, None where it is not.

    `before_at` and `after_at` are its number among the blocks of each page. `changes` tells a change word by
    word: pairs (before, after), equal where nothing changed, "" where one side has no words.
    """

    what: What
    role: Role
    before: str | None
    after: str | None
    before_at: int | None
    after_at: int | None
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDifference:
    """How a later version of a page differs from an earlier one.

    `blocks` are the article's blocks that came, went or changed, in reading order, a removed one where it
    would stand. `corrections` are those among them that are correction notices or a changed headline. `kept`
    are blocks with the same words in both (their numbers before and after), `moved` how many of these stand
    in another order. Of furniture and readers' comments only the number of lines that came and went is told.
    """

    blocks: tuple[BlockChange, ...]
    corrections: tuple[BlockChange, ...]
    kept: tuple[tuple[int, int], ...]
    moved: int
    furniture_added: int
    furniture_removed: int

    @property
    def same(self) -> bool:
        """Tell whether the article's blocks are the same, apart from their order."""
        return not self.blocks


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the article: its number on the page, its role and its words."""

    at: int
    role: Role
    words: str


def compare_versions(before: Page | PageRecord, after: Page | PageRecord) -> VersionDifference:
    """Compare an earlier version of a page with a later one, block by block."""
    old, new = list(list_pieces(before)), list(list_pieces(after))
    same = pair_same(old, new)
    taken = set(same.values())
    old_left = [piece for n, piece in enumerate(old) if n not in same]
    new_left = [piece for n, piece in enumerate(new) if n not in taken]
    alike = pair_alike(old_left, new_left)
    met = set(alike.values())
    kept = sorted((old[one].at, new[other].at) for one, other in same.items())
    changed = [change_of(old_left[one], new_left[other]) for one, other in alike.items()]
    gone = [removal_of(piece) for n, piece in enumerate(old_left) if n not in alike]
    came = [addition_of(piece) for n, piece in enumerate(new_left) if n not in met]
    blocks = in_order([*changed, *gone, *came], kept)
    furniture_added, furniture_removed = count_furniture(before, after)
    return VersionDifference(
        blocks=blocks,
        corrections=tuple(filter(is_correction, blocks)),
        kept=tuple(kept),
        moved=count_moved([other for _, other in kept]),
        furniture_added=furniture_added,
        furniture_removed=furniture_removed,
    )


def apply_difference(before: Page | PageRecord, difference: VersionDifference) -> tuple[str, ...]:
    """Return the later version's article, block by block, made from the earlier one and the difference."""
    words = {piece.at: piece.words for piece in list_pieces(before)}
    later = {after: words[at] for at, after in difference.kept}
    later |= {
        change.after_at: change.after
        for change in difference.blocks
        if change.after_at is not None and change.after is not None
    }
    return tuple(later[at] for at in sorted(later))


def list_pieces(page: Page | PageRecord) -> Iterator[Piece]:
    """Yield the blocks of a page that are its article's own."""
    for at, block in enumerate(page.blocks):
        if block.role in ARTICLE:
            yield Piece(at, block.role, " ".join(block.span.of(page.text).split()))


def pair_same(old: Sequence[Piece], new: Sequence[Piece]) -> dict[int, int]:
    """Put blocks with the same words beside each other: those of one role first, each in reading order."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for with_role in (True, False):
        places: dict[tuple[str, str], deque[int]] = defaultdict(deque)
        for n, piece in enumerate(new):
            if n not in taken:
                places[piece.words, piece.role if with_role else ""].append(n)
        for n, piece in enumerate(old):
            found = places.get((piece.words, piece.role if with_role else "")) if n not in pairs else None
            if found:
                pairs[n] = found.popleft()
                taken.add(pairs[n])
    return pairs


def pair_alike(old: Sequence[Piece], new: Sequence[Piece]) -> dict[int, int]:
    """Put blocks beside the most alike, the best pairs first; headline beside headline, whatever it says."""
    pairs = pair_headlines(old, new)
    taken = set(pairs.values())
    for one, other in find_alike(old, new):
        if one not in pairs and other not in taken and may_pair(old[one].role, new[other].role):
            pairs[one] = other
            taken.add(other)
    return pairs


def pair_headlines(old: Sequence[Piece], new: Sequence[Piece]) -> dict[int, int]:
    """Put the one headline of each beside the other: a page has one, so another one is a changed one."""
    ours = [n for n, piece in enumerate(old) if piece.role == "headline"]
    theirs = [n for n, piece in enumerate(new) if piece.role == "headline"]
    return {ours[0]: theirs[0]} if len(ours) == len(theirs) == 1 else {}


def find_alike(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are alike enough, the most alike first; of very many blocks only those near by."""
    if not old or not new:
        return
    signs: dict[str, str] = {}
    ours, theirs = ([write_signs(piece.words, signs) for piece in pieces] for pieces in (old, new))
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for first, last, start, end in cut_pairs(len(old), len(new)):
        scores = process.cdist(
            ours[first:last], theirs[start:end], scorer=fuzz.ratio, score_cutoff=100 * ALIKE, dtype=np.float32
        )
        rows, columns = np.nonzero(scores)
        found.append((scores[rows, columns], rows + first, columns + start))
    likeness, ones, others = (np.concatenate(parts) for parts in zip(*found, strict=True))
    # Pairs with the same likeness and sum share no block, so it is no matter which page is the later one.
    best = np.lexsort((ones + others, -likeness))
    yield from zip(ones[best].tolist(), others[best].tolist(), strict=True)


def write_signs(words: str, signs: dict[str, str]) -> str:
    """Write one sign for each word, so that comparing words is as fast as comparing letters.

    Case and punctuation are no difference here, where it is asked which block is which.
    """
    return "".join(
        signs.setdefault(EDGES.sub("", word).casefold(), chr(FIRST_SIGN + len(signs)))
        for word in words.split()[:MOST_COMPARED]
    )


def cut_pairs(old: int, new: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield which stretches to compare: everything at once, or each stretch with what stands near it."""
    if old * new <= MOST_PAIRS:
        yield 0, old, 0, new
        return
    step = max(1, int(MOST_PAIRS / old) // 4)
    for first in range(0, old, step):
        middle = first * new // old
        yield first, min(first + step, old), max(0, middle - step), min(new, middle + 3 * step)


def may_pair(one: Role, other: Role) -> bool:
    """Tell whether two roles can be one block's: a correction is a notice, and no paragraph that changed."""
    return one == other or not {"correction", "headline"} & {one, other}


def change_of(old: Piece, new: Piece) -> BlockChange:
    """Return how one block changed, word by word."""
    return BlockChange(
        what="changed",
        role=new.role,
        before=old.words,
        after=new.words,
        before_at=old.at,
        after_at=new.at,
        changes=tell_words(old.words, new.words),
    )


def removal_of(piece: Piece) -> BlockChange:
    return BlockChange(
        what="removed", role=piece.role, before=piece.words, after=None, before_at=piece.at, after_at=None
    )


def addition_of(piece: Piece) -> BlockChange:
    return BlockChange(
        what="added", role=piece.role, before=None, after=piece.words, before_at=None, after_at=piece.at
    )


def tell_words(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the words run by run as (before, after): equal where unchanged, "" where one side has none."""
    old, new = before.split(), after.split()
    start = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    inner, others = old[start : len(old) - end], new[start : len(new) - end]
    runs = [
        (old[:start], new[:start]),
        *tell_runs(inner, others),
        (old[len(old) - end :], new[len(new) - end :]),
    ]
    return tuple((" ".join(mine), " ".join(theirs)) for mine, theirs in runs if mine or theirs)


def tell_runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yield runs of words that both have and runs of words that differ, by turns."""
    if max(len(old), len(new)) > MOST_WORDS:
        yield old, new
        return
    at = there = 0
    for op in Indel.opcodes(old, new):
        if op.tag == "equal":
            yield old[at : op.src_start], new[there : op.dest_start]
            yield old[op.src_start : op.src_end], new[op.dest_start : op.dest_end]
            at, there = op.src_end, op.dest_end
    yield old[at:], new[there:]


def in_order(changes: Iterable[BlockChange], kept: Sequence[tuple[int, int]]) -> tuple[BlockChange, ...]:
    """Sort changes as a reader meets them; a removed block follows what it followed before."""
    changes = list(changes)
    changed = (
        (c.before_at, c.after_at) for c in changes if c.before_at is not None and c.after_at is not None
    )
    beside = sorted([*kept, *changed])
    before = [one for one, _ in beside]

    def place(change: BlockChange) -> tuple[int, int, int]:
        if change.after_at is not None:
            return change.after_at, 0, 0
        at = change.before_at or 0
        n = bisect_left(before, at)
        return beside[n - 1][1] if n else -1, 1, at

    return tuple(sorted(changes, key=place))


def is_correction(change: BlockChange) -> bool:
    """Tell what a reader is owed to see first: a correction notice, and a headline that is another now."""
    return change.role == "correction" or (change.role == "headline" and change.what == "changed")


def count_moved(places: Sequence[int]) -> int:
    """Count how many blocks must have moved: those outside the longest run of places that only rises."""
    ends: list[int] = []
    for place in places:
        n = bisect_left(ends, place)
        ends[n : n + 1] = [place]
    return len(places) - len(ends)


def count_furniture(before: Page | PageRecord, after: Page | PageRecord) -> tuple[int, int]:
    """Count the lines outside the article that came and that went."""
    old, new = (
        Counter(block.span.of(page.text) for block in page.blocks if block.role not in ARTICLE)
        for page in (before, after)
    )
    return (new - old).total(), (old - new).total()
