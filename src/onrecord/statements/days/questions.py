"""An article as the model of days takes it in: its sayings and its temporal expressions in reading order,
what is known of each, and how each stands to each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.article.calendar import day_of
from onrecord.statements.days.expressions import Expression
from onrecord.statements.model.states import SIZE, States
from onrecord.statements.rules.attribution import Said
from onrecord.statements.text.document import Document
from onrecord.statements.text.places import Places
from onrecord.types import Span

__all__ = ["PAIR_SIGNALS", "RELATIONS", "SIGNALS", "STATES", "Question", "ask_days"]

Floats = NDArray[np.float32]

STATES = 2 * SIZE

SIGNALS = (
    "saying",
    "no source",
    "source before cue",
    "expression",
    "counts from a day told of",
    "ahead",
    "quoted",
    *("date", "time", "duration", "set"),
    *("year", "month", "day"),
    *("the page's day", "the day before", "of its week", "earlier", "later"),
    "meant again",
    "place",
    "headline",
    "lede",
)
RELATIONS = (
    "same paragraph",
    "same sentence",
    "side",
    "paragraphs apart",
    "next paragraph",
    "sentences apart",
    "behind",
    "items apart",
)
PAIR_SIGNALS = (
    "inside what was said",
    "right behind the cue",
    "before the cue",
    "no expression between",
    "no saying between",
    "the page's first",
    "characters apart",
)
# So many sayings and expressions are laid side by side; a longer page is read in parts, each with the page's
# first expressions, which date what it reports.
_MOST, _FIRST = 160, 12
_WEEK = 7
_KINDS = ("date", "time", "duration", "set")
_LENGTHS = (4, 7, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A part of an article. `sayings` and `expressions` are places in the article's lists of them. With n
    items: states [n, 2 SIZE] of cue and source, or of the expression; signals [n, SIGNALS]; relations
    [n, n, RELATIONS]; which items are sayings and which expressions; pairs [sayings, expressions,
    PAIR_SIGNALS]."""

    sayings: Sequence[int]
    expressions: Sequence[int]
    states: Floats
    signals: Floats
    relations: Floats
    saying_items: NDArray[np.int64]
    expression_items: NDArray[np.int64]
    pairs: Floats

    def arrays(self) -> tuple[NDArray[Any], ...]:
        """Return what the model reads, in its order."""
        return (
            self.states,
            self.signals,
            self.relations,
            self.saying_items,
            self.expression_items,
            self.pairs,
        )


@dataclass(frozen=True, slots=True)
class _Item:
    """A saying or an expression, by its place in its list, and where it stands."""

    saying: bool
    number: int
    start: int


class _Page:
    """What is asked again and again of one article."""

    def __init__(
        self, document: Document, said: Sequence[Said], found: Sequence[Expression], states: States
    ) -> None:
        self.said, self.found, self.states = said, found, states
        self.places = Places(document)
        self.today = day_of(document.anchor.value) if document.anchor is not None else None
        self.starts = [_place_of(one) for one in said]

    @cached_property
    def times_meant(self) -> Mapping[str, int]:
        counts: dict[str, int] = {}
        for one in self.found:
            if one.when.value:
                counts[one.when.value] = counts.get(one.when.value, 0) + 1
        return counts


def ask_days(
    document: Document, said: Sequence[Said], found: Sequence[Expression], states: States
) -> Iterator[Question]:
    """Yield the parts of an article in which both somebody says something and something says when."""
    page = _Page(document, said, found, states)
    items = sorted(
        [
            *(_Item(True, at, start) for at, start in enumerate(page.starts)),
            *(_Item(False, at, one.words.span.start) for at, one in enumerate(found)),
        ],
        key=lambda item: (item.start, item.saying),
    )
    first = [item for item in items if not item.saying][:_FIRST]
    for at in range(0, len(items), _MOST):
        part = items[at : at + _MOST]
        led = [item for item in first if item.start < part[0].start]
        if any(item.saying for item in part) and (led or not all(item.saying for item in part)):
            yield _make_question(page, [*led, *part])


def _place_of(one: Said) -> int:
    what = one.what
    return next((span.start for span in (*what.cue[:1], *what.content[:1])), one.sentence.start)


def _make_question(page: _Page, items: Sequence[_Item]) -> Question:
    sayings = [at for at, item in enumerate(items) if item.saying]
    expressions = [at for at, item in enumerate(items) if not item.saying]
    return Question(
        sayings=[items[at].number for at in sayings],
        expressions=[items[at].number for at in expressions],
        states=np.stack([_state(page, item) for item in items]),
        signals=np.array([_signals(page, item) for item in items], np.float32),
        relations=_relate(page.places, [item.start for item in items]),
        saying_items=np.array(sayings, np.int64),
        expression_items=np.array(expressions, np.int64),
        pairs=np.array(
            [[_pair(page, items, a, b) for b in expressions] for a in sayings], np.float32
        ).reshape(len(sayings), len(expressions), len(PAIR_SIGNALS)),
    )


def _state(page: _Page, item: _Item) -> Floats:
    states, nothing = page.states, np.zeros(SIZE, np.float32)
    if not item.saying:
        return np.concatenate([states.of(page.found[item.number].words.span), nothing])
    what = page.said[item.number].what
    cue = states.of(next(iter((*what.cue, *what.content)), Span(0, 0)))
    return np.concatenate([cue, states.of(what.source) if what.source is not None else nothing])


def _signals(page: _Page, item: _Item) -> list[float]:
    paragraph = page.places.paragraph(item.start)
    where = [min(1.0, paragraph / 20), float(paragraph == 0), float(paragraph <= 2)]
    if item.saying:
        source = page.said[item.number].what.source
        told = [1.0, float(source is None), float(source is not None and source.start < item.start)]
        return [*told, *[0.0] * (len(SIGNALS) - len(told) - len(where)), *where]
    one = page.found[item.number]
    words, value = one.words, one.when.value
    return [
        *(0.0, 0.0, 0.0, 1.0),
        *(float(words.told), float(words.ahead), float(one.quoted)),
        *(float(words.kind == kind) for kind in _KINDS),
        *(float(value is not None and len(value) == length) for length in _LENGTHS),
        *_days_before(page, value),
        float(page.times_meant.get(value or "", 0) > 1),
        *where,
    ]


def _days_before(page: _Page, value: str | None) -> tuple[float, ...]:
    """Return how long before the page's day a day is, one of five answers, none where either is not known."""
    day = day_of(value)
    if day is None or page.today is None:
        return (0.0,) * 5
    ago = (page.today - day).days
    return tuple(map(float, (ago == 0, ago == 1, 2 <= ago < _WEEK, ago >= _WEEK, ago < 0)))


def _relate(places: Places, starts: Sequence[int]) -> Floats:
    """Return how each of n places, in reading order, stands to each: [n, n, RELATIONS], between -1 and 1."""
    paragraphs = np.array([places.paragraph(start) for start in starts], np.int64)
    sentences = np.array([places.sentence(start) for start in starts], np.int64)
    order = np.arange(len(starts))
    apart, steps = paragraphs - paragraphs[:, None], sentences - sentences[:, None]
    rows = (
        apart == 0,
        steps == 0,
        np.sign(apart),
        np.minimum(1, abs(apart) / 8),
        abs(apart) == 1,
        np.minimum(1, abs(steps) / 4),
        order > order[:, None],
        np.minimum(1, abs(order - order[:, None]) / 10),
    )
    return np.stack(rows, -1).astype(np.float32)


def _pair(page: _Page, items: Sequence[_Item], saying: int, expression: int) -> tuple[float, ...]:
    what, span = page.said[items[saying].number].what, page.found[items[expression].number].words.span
    start = items[saying].start
    end = what.cue[0].end if what.cue else start
    between = items[min(saying, expression) + 1 : max(saying, expression)]
    return (
        float(any(part.start <= span.start < part.end for part in what.content)),
        float(abs(span.start - end) < 40),
        float(span.start < start),
        float(all(item.saying for item in between)),
        float(not any(item.saying for item in between)),
        float(items[expression].number == 0),
        min(1.0, abs(span.start - start) / 400),
    )
