"""Annotated articles as windows of pieces with labels, and labels back to spans of the text."""

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from onrecord.statements.windows import NOWHERE, Window, pack_windows
from onrecord.types import Span
from training.reader_model import BEGIN_CONTENT, BEGIN_SOURCE

__all__ = ["Example", "Relation", "collate", "list_windows", "read_articles"]

Spans = Sequence[Sequence[int]]
# So many articles come with straight quotation marks in an epoch, whatever they were printed with.
STRAIGHT_SHARE = 0.2
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@dataclass(slots=True)
class Relation:
    """One cue as a range of pieces, and the label of every piece of its window."""

    start: int
    end: int
    labels: list[int]


@dataclass(slots=True)
class Example:
    """A window with what is said in it."""

    article: str
    window: Window
    cues: list[int]
    relations: list[Relation] = field(default_factory=list)


def read_articles(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def split_paragraphs(text: str) -> list[Span]:
    return [Span(*m.span()) for m in re.finditer(r"\S[^\n]*(?<=\S)", text)]


def list_windows(article: dict[str, Any], most: int, first: int = 0) -> Iterator[Example]:
    """Yield an article as windows. `first` paragraphs make a window of their own, so that an epoch cuts the
    article elsewhere than the one before."""
    text, paragraphs = article["text"], split_paragraphs(article["text"])
    for part in (paragraphs[:first], paragraphs[first:]):
        for window in pack_windows(text, part, most):
            yield label(article, window)


def find_pieces(window: Window, spans: Spans) -> list[list[int]]:
    """Return the pieces that lie in each span."""
    return [
        [
            at
            for at, place in enumerate(window.spans)
            if place.start < end and place.end > start and place != NOWHERE
        ]
        for start, end in spans
    ]


def label(article: dict[str, Any], window: Window) -> Example:
    example = Example(article["id"], window, [0] * len(window.pieces))
    held = [place for place in window.spans if place != NOWHERE]
    low, high = held[0].start, held[-1].end
    for one in article["attributions"]:
        if not one["cue"] or one["cue"][0][0] >= high or one["cue"][-1][1] <= low:
            continue
        cue = [at for part in find_pieces(window, one["cue"]) for at in part]
        if not cue:
            continue
        start, end = cue[0], cue[-1] + 1
        labels = [0] * len(window.pieces)
        for role, begin in (("content", BEGIN_CONTENT), ("source", BEGIN_SOURCE)):
            for part in find_pieces(window, one[role]):
                for at in part:
                    labels[at] = begin + (at != part[0])
        for at in range(start, end):
            example.cues[at] = 1 if at == start else 2
        example.relations.append(Relation(start, end, labels))
    return example


def collate(examples: Sequence[Example]) -> dict[str, torch.Tensor]:
    """Pad windows to one length: pieces, mask and cue labels (-100 where padded)."""
    longest = max(len(e.window.pieces) for e in examples)

    def padded(rows: list[Sequence[int]], filler: int) -> torch.Tensor:
        return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])

    pieces = [e.window.pieces for e in examples]
    return {
        "pieces": padded(list(pieces), 0),
        "mask": padded([[1] * len(row) for row in pieces], 0),
        "cues": padded([e.cues for e in examples], -100),
    }


def draw_windows(articles: Sequence[dict[str, Any]], most: int, chance: random.Random) -> list[Example]:
    """Cut every article anew, beginning at a paragraph drawn by chance; some with other quotation marks."""
    drawn: list[Example] = []
    for article in articles:
        if chance.random() < STRAIGHT_SHARE:
            article = article | {"text": article["text"].translate(STRAIGHT)}
        drawn += list_windows(article, most, first=chance.randrange(8))
    return drawn
