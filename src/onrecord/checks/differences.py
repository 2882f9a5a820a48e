"""How two wordings differ, kind by kind, each difference with its place in both. Pure.

The words are aligned; each run that is not the same is one difference, and its words tell of what kind: a
number, a denial, what it hangs on, a modal verb, a time, a name, words left out or put in, or other words. A
difference is about words: which of the two is right is nothing to this module.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Indel, Levenshtein
from rapidfuzz.fuzz import ratio

from onrecord.article.tagger import find_times
from onrecord.checks.numbers import read_number
from onrecord.checks.words import Word, cut_words
from onrecord.types import Span
from onrecord.wordlists import read_list

__all__ = [
    "ALIKE",
    "MODALS",
    "Difference",
    "DifferenceKind",
    "Wordings",
    "compare_wordings",
    "find_substituted",
    "has_condition",
]

DifferenceKind = Literal[
    "number", "denial", "condition", "modality", "time", "name", "left out", "put in", "form", "wording"
]

# Below this likeness, naming what changed word by word would hide what is being said.
ALIKE = 0.4
FEW = 4  # words
AROUND = 40  # characters beside a span that tell whether it stands inside a sentence
SHORTEST, SPELT = 4, 0.8  # letters, and how alike two spellings of one word are, 0 to 1
MODALS = frozenset("will would may might could can should must shall".split())
_STRENGTH = {"would": "will", "might": "may", "could": "can"}  # how reported speech puts a modal verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference: its kind and where its words stand in the first and in the second wording, None where
    one has no words."""

    kind: DifferenceKind
    first: Span | None
    second: Span | None


@dataclass(frozen=True, slots=True)
class Wordings:
    """Two wordings side by side: how alike they are, 0 to 1, and what differs, in the order of the words."""

    likeness: float
    differences: tuple[Difference, ...]


def compare_wordings(first: str, second: str) -> Wordings | None:
    """Compare two wordings; None where they are too unlike to be put side by side.

    Typography is no difference, nor is the form that reported speech gives to a verb or a pronoun: such a run
    is of the kind "form".
    """
    ours, theirs = cut_words(first), cut_words(second)
    alike = _likeness(ours, theirs)
    if alike < ALIKE:
        return None
    # A word that only stands elsewhere in the other wording neither came nor went.
    moved = {kind for kind in ("no", "if") if _count(ours, kind) == _count(theirs, kind)}
    found = tuple(
        Difference(kind=_kind(first, mine, second, others, moved), first=_span(mine), second=_span(others))
        for mine, others in _runs(ours, theirs)
    )
    return Wordings(alike, found)


def find_substituted(
    first: str, here: Span, second: str, there: Span
) -> Iterator[tuple[DifferenceKind, str, str]]:
    """Yield where words of one text stand in the place of the other's: the kind, and the words of both in the
    form that is compared."""
    (one, ours), (two, theirs) = _window(first, here), _window(second, there)
    for mine, others in _runs(cut_words(one, ours), cut_words(two, theirs)):
        if mine and others:
            kind = _kind(one, mine, two, others, frozenset(("no", "if")))
            yield kind, " ".join(_keys(mine)), " ".join(_keys(others))


def _window(text: str, span: Span) -> tuple[str, Span]:
    """Return a text's words around a span, and where the span is in them."""
    start = max(0, span.start - AROUND)
    return text[start : span.end + AROUND], Span(span.start - start, span.end - start)


def has_condition(text: str) -> bool:
    """Say whether words hold one that makes something hang on something: "if", "unless", "only"."""
    return any(word.key in _turning("if") for word in cut_words(text))


def _likeness(one: Sequence[Word], two: Sequence[Word]) -> float:
    """Return how much of two wordings is the same words in the same order, 0 to 1. A short one that stands
    whole in a long one is wholly like it."""
    if not one or not two:
        return 0.0
    same = Indel.normalized_similarity(_keys(one), _keys(two)) * (len(one) + len(two)) / 2
    return same / min(len(one), len(two))


def _keys(words: Sequence[Word]) -> list[str]:
    return [word.key for word in words]


def _runs(ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[tuple[list[Word], list[Word]]]:
    """Yield the runs of words that differ; runs with nothing but one small word between them are one."""
    codes = [op for op in Levenshtein.opcodes(_keys(ours), _keys(theirs)) if op.tag != "equal"]
    joined: list[list[int]] = []
    for op in codes:
        gap = ours[joined[-1][1] : op.src_start] if joined else []
        if joined and len(gap) <= 1 and all(word.key in _small() for word in gap):
            joined[-1][1], joined[-1][3] = op.src_end, op.dest_end
        else:
            joined.append([op.src_start, op.src_end, op.dest_start, op.dest_end])
    for a, b, c, d in joined:
        yield list(ours[a:b]), list(theirs[c:d])


def _span(words: Sequence[Word]) -> Span | None:
    return Span(words[0].start, words[-1].end) if words else None


def _count(words: Sequence[Word], kind: str) -> int:
    return sum(word.key in _turning(kind) for word in words)


def _kind(
    first: str, ours: Sequence[Word], second: str, theirs: Sequence[Word], moved: Set[str]
) -> DifferenceKind:
    """Return the kind of a run. Only where a few words stand for a few can one word be said to be another's:
    a whole clause in another's place is other words."""
    one, two = (frozenset(_keys(words)) for words in (ours, theirs))
    if one | two <= _small() or _are_spellings(ours, theirs):
        return "form"
    if not (ours and theirs) and "if" not in moved and [*ours, *theirs][0].key in _turning("if"):
        return "condition"
    if len(ours) > FEW or len(theirs) > FEW:
        return "left out" if not theirs else "put in" if not ours else "wording"
    if "no" not in moved and one & _turning("no") != two & _turning("no"):
        return "denial"
    if "if" not in moved and one & _turning("if") != two & _turning("if"):
        return "condition"
    if not ours or not theirs:
        return "modality" if one | two <= _small() | MODALS else "left out" if ours else "put in"
    if _differ(_numbers(ours), _numbers(theirs)):
        return "number"
    if _have_times(first, ours) and _have_times(second, theirs):
        return "time"
    if _differ(_strength(one), _strength(two)):
        return "modality"
    return "name" if _differ(_names(first, ours), _names(second, theirs)) else "wording"


def _are_spellings(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Say whether two runs are one, spelt or cut otherwise: "Sept" and "September", "Qaeda" and "Qaida"."""
    if "".join(_keys(ours)) == "".join(_keys(theirs)):
        return True
    one, two = ("".join(key for key in _keys(words) if key not in _small()) for words in (ours, theirs))
    if min(len(one), len(two)) < SHORTEST or any(key[:1].isdigit() for key in (one, two)):
        return False
    return one.startswith(two) or two.startswith(one) or ratio(one, two) >= 100 * SPELT


def _differ(one: frozenset[str], two: frozenset[str]) -> bool:
    """Say whether both have some, and share none."""
    return bool(one) and bool(two) and not one & two


def _strength(words: frozenset[str]) -> frozenset[str]:
    return frozenset(_STRENGTH.get(word, word) for word in words & MODALS)


def _numbers(words: Sequence[Word]) -> frozenset[str]:
    keys = _keys(words)
    found = (read_number(keys[at:]) for at in range(len(keys)))
    # "6pm" is no number that can be counted with, and yet another than "9am".
    hours = (key for key in keys if key[:1].isdigit() and not key.isdigit())
    return frozenset(number.value for number in found if number is not None) | frozenset(hours)


def _names(text: str, words: Sequence[Word]) -> frozenset[str]:
    """Return the words with a capital that stand inside a sentence."""
    inside = (
        word for before, word in pairwise([None, *words]) if word is not None and _goes_on(text, before, word)
    )
    return frozenset(word.key for word in inside if word.cased[:1].isupper() and word.key not in _small())


def _goes_on(text: str, before: Word | None, word: Word) -> bool:
    """Say whether a word stands behind another of its sentence."""
    start = before.end if before is not None else max(0, word.start - 2)
    gap = text[start : word.start]
    return word.start > 0 and not any(sign in gap for sign in ".!?:“\"‘'")


def _have_times(text: str, words: Sequence[Word]) -> bool:
    """Say whether some of the words tell when."""
    return any(
        found.span.start < word.end and word.start < found.span.end
        for found in find_times(text)
        for word in words
        if word.key not in _small()
    )


@cache
def _turning(kind: str) -> frozenset[str]:
    return frozenset(word for word, what, *_ in read_list("turning_words.tsv") if what == kind)


@cache
def _small() -> frozenset[str]:
    """Return the words that tell nothing alone: articles, pronouns, prepositions, forms of "be"."""
    words = frozenset(word for language, word, *_ in read_list("stop_words.tsv") if language == "en")
    return words - _turning("no") - _turning("if")
