"""What the trained reader finds in an article: cues, each with what it links to, and names, as spans of the
text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from onrecord.models.reader import (
    CUE_BEGINS,
    CUE_GOES_ON,
    LEDGER,
    LINKS,
    NAMES,
    POLNEAR,
    rate_links,
    rate_pieces,
)
from onrecord.models.telling import rate_telling
from onrecord.statements.model.around import find_around
from onrecord.statements.model.states import States, gather_states
from onrecord.statements.model.windows import NOWHERE, Window, cut_windows
from onrecord.types import Span

__all__ = ["Learned", "LearnedName", "Learning", "read_around", "read_learned", "read_telling"]

# A cue that is less likely than this is not looked at.
LEAST_CUE = 0.15
# Paragraphs in which a cue has lower log odds than this by the small model are not read for one: training set
# them so.
LEAST_TELLING = 0.0
# A piece more likely in a role than this is in it; between two that are, pieces no less likely than this
# may lie.
INSIDE, DOUBTFUL = 0.5, 0.15
WIDEST_GAP, FEW = 6, 3
# So many cues of a paragraph are linked at once: memory stays bounded on any text.
MOST_CUES = 32
KINDS = tuple(NAMES)
INITIALS = re.compile(r"(?<!\w)(?:[A-Z]\.){2,}")
FEW_LETTERS = 8
PRONOUNS = frozenset("he she it they we i you who his her their".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A cue with what it links to. `rate` is how likely the cue is one of the convention that was asked for,
    `sure` how likely the labels of its content are, on average; all between 0 and 1."""

    cue: Span
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    rate: float
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedName:
    """Words that name somebody or something: "person", "body", "place" or "other", and how likely."""

    span: Span
    kind: str
    rate: float


@dataclass(frozen=True, slots=True)
class _Read:
    """What the reader tells of a window."""

    cues: tuple[Learned, ...]
    names: tuple[LearnedName, ...]
    states: NDArray[np.float32]


@dataclass(frozen=True)
class Learning:
    """An article's windows, and what was found in those that were read, by their numbers."""

    windows: tuple[Window, ...]
    read: Mapping[int, _Read]

    @cached_property
    def cues(self) -> tuple[Learned, ...]:
        """The cues in reading order."""
        found = (cue for number in sorted(self.read) for cue in self.read[number].cues)
        return tuple(sorted(found, key=lambda one: one.cue.start))

    @cached_property
    def names(self) -> tuple[LearnedName, ...]:
        """The names in reading order."""
        return tuple(name for number in sorted(self.read) for name in self.read[number].names)

    @cached_property
    def states(self) -> States:
        """The states of all that was read."""
        return gather_states(
            [(self.windows[number], self.read[number].states) for number in sorted(self.read)]
        )


def read_learned(text: str, paragraphs: Iterable[Span], *, wide: bool = False) -> Learning:
    """Return what the reader finds in the paragraphs; with `wide` all that PolNeAR counts as an attribution,
    with its edges ("that" is content)."""
    windows = tuple(cut_windows(text, paragraphs))
    return Learning(windows, {at: _read(text, one, wide=wide) for at, one in enumerate(windows)})


def read_telling(text: str, paragraphs: Iterable[Span]) -> Learning:
    """Return what the reader finds where it may find that somebody says something: most paragraphs of most
    pages need not be read for that."""
    windows = tuple(cut_windows(text, paragraphs))
    told = np.flatnonzero(rate_telling([one.pieces for one in windows]) > LEAST_TELLING).tolist()
    return Learning(windows, {at: _read(text, windows[at]) for at in told})


def read_around(text: str, learning: Learning, said: Iterable[Span]) -> Learning:
    """Return what the reader finds where something is said, and around it what names somebody or tells a
    day, beside what was found: for who said it, and when."""
    wanted = find_around(text, learning.windows, said)
    more = {at: _read(text, learning.windows[at]) for at in wanted if at not in learning.read}
    return Learning(learning.windows, {**learning.read, **more}) if more else learning


def _read(text: str, window: Window, *, wide: bool = False) -> _Read:
    rates = rate_pieces(window.pieces)
    convention = POLNEAR if wide else LEDGER
    mine = rates.cues[convention]
    found = list(find_cues(mine))
    cues: list[Learned] = []
    for at in range(0, len(found), MOST_CUES):
        some = found[at : at + MOST_CUES]
        for cue, links in zip(some, rate_links(rates.states, some, convention), strict=True):
            cues.append(make_learned(text, window, cue, float(mine[cue[0], CUE_BEGINS]), links))
    return _Read(tuple(cues), tuple(find_names(text, window, rates.names)), rates.states)


def find_cues(rates: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Yield the pieces of each cue as a half-open range: one that begins, and those by which it goes on."""
    goes_on = (rates.argmax(axis=1) == CUE_GOES_ON).tolist()
    for start in np.flatnonzero(rates[:, CUE_BEGINS] > LEAST_CUE).tolist():
        end = start + 1
        while end < len(goes_on) and goes_on[end]:
            end += 1
        yield start, end


def make_learned(
    text: str, window: Window, cue: tuple[int, int], rate: float, links: NDArray[np.float32]
) -> Learned:
    spans, sure = {}, 0.0
    for role, begin in LINKS.items():
        inside = links[:, begin] + links[:, begin + 1]
        runs = find_runs(inside)
        spans[role] = tuple(span for run in runs if (span := to_span(text, window, *run)) != NOWHERE)
        if role == "content" and runs:
            sure = float(np.concatenate([inside[start:end] for start, end in runs]).mean())
    return Learned(cue=to_span(text, window, *cue), **spans, rate=rate, sure=sure)


def find_runs(inside: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Return the runs of pieces that are more likely in a role than not. A gap that is not quite sure of
    itself does not break a run, and a run of a piece or two beside a long one is a slip."""
    runs: list[tuple[int, int]] = []
    held = np.flatnonzero(inside > INSIDE).tolist()
    for at in held:
        if runs and (at == runs[-1][1] or is_gap(inside[runs[-1][1] : at])):
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    longest = max((end - start for start, end in runs), default=0)
    return [run for run in runs if run[1] - run[0] >= min(FEW, longest)]


def is_gap(inside: NDArray[np.float32]) -> bool:
    return len(inside) <= WIDEST_GAP and float(inside.mean()) > DOUBTFUL


def find_names(text: str, window: Window, rates: NDArray[np.float32]) -> Iterator[LearnedName]:
    """Yield the names: runs of pieces of one kind, from one that begins to the last that goes on, whole words
    with a capital or a figure."""
    labels = rates.argmax(axis=1).tolist()
    at = 0
    while at < len(labels):
        start, first = at, labels[at]
        at += 1
        if not first or window.spans[start] == NOWHERE:
            continue
        kind = (first - 1) // 2
        goes_on = 2 * kind + 2
        while at < len(labels) and labels[at] == goes_on and window.spans[at] != NOWHERE:
            at += 1
        span = with_initials(text, to_span(text, window, start, at))
        if span.of(text).lower() not in PRONOUNS and any(
            letter.isupper() or letter.isdigit() for letter in span.of(text)
        ):
            rate = float(rates[start:at, [2 * kind + 1, goes_on]].sum(1).mean())
            yield LearnedName(span=span, kind=KINDS[kind], rate=rate)


def to_span(text: str, window: Window, start: int, end: int) -> Span:
    """Return the words that a range of pieces stands on, whole."""
    places = [place for place in window.spans[start:end] if place != NOWHERE]
    if not places:
        return NOWHERE
    first, last = places[0].start, places[-1].end
    while first > 0 and text[first - 1 : first + 1].isalnum():
        first -= 1
    while last < len(text) and text[last - 1 : last + 1].isalnum():
        last += 1
    return Span(first, last)


def with_initials(text: str, span: Span) -> Span:
    """Take in the rest of "U.S." where a piece of it is held to be a name."""
    around = max(0, span.start - FEW_LETTERS)
    for found in INITIALS.finditer(text, around, min(len(text), span.end + FEW_LETTERS)):
        if found.start() < span.end and span.start < found.end():
            span = Span(min(span.start, found.start()), max(span.end, found.end()))
    return span
