"""Annotated articles as paragraphs of pieces with labels, and labels back to spans of the text.

Every paragraph is read alone, as the program does it, so that one sentence is read alike wherever it stands.
"""

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from onrecord.models.pieces import BEGIN, SEPARATOR, cut_pieces
from onrecord.statements.model.windows import NOWHERE, cut_long, ends_sentence
from onrecord.types import Span
from training.reader_model import BEGINS, LEDGER, NAMES, POLNEAR

__all__ = [
    "UNKNOWN",
    "Example",
    "Relation",
    "Row",
    "batches",
    "collate",
    "draw_paragraphs",
    "list_paragraphs",
    "read_articles",
    "read_ledger_pages",
    "read_names",
]

Row = dict[str, Any]
Spans = Sequence[Sequence[int]]
MOST_PIECES = 192
BATCH_PIECES = 3_072
# A label that nothing is learned from: the set does not tell.
UNKNOWN = -100
# So many articles come with straight quotation marks in an epoch, whatever they were printed with.
STRAIGHT_SHARE = 0.2
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
# So many paragraphs are cut at a sentence in an epoch: a sentence is to be read alike alone and among others.
CUT_SHARE = 0.2
NAME_KINDS = {
    "person": "person",
    "politician": "person",
    "organisation": "body",
    "organization": "body",
    "politicalparty": "body",
    "corporation": "body",
    "group": "body",
    "country": "place",
    "location": "place",
    "place": "place",
    "election": "other",
    "event": "other",
    "misc": "other",
    "product": "other",
    "creative-work": "other",
}
CAPITALS = re.compile(r"[A-Z][\w’'.-]*(?:\s+(?:(?:of|the|for|and|de|van|von|al)\s+)?[A-Z][\w’'.-]*)*")


@dataclass(slots=True)
class Relation:
    """One cue as a range of pieces, and the label of every piece of its paragraph."""

    start: int
    end: int
    labels: list[int]


@dataclass(slots=True)
class Example:
    """A paragraph with what is said in it, by one convention, and the names in it where they are known."""

    article: str
    convention: int
    pieces: list[int]
    spans: list[Span]
    cues: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


def read_articles(path: Path) -> list[Row]:
    """Return PolNeAR's articles: id, text, attributions with source, cue and content as spans."""
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        return [json.loads(row) | {"convention": POLNEAR} for row in rows]


def read_ledger_pages(rows: Iterable[Row]) -> list[Row]:
    """Return pages of gold/FORMAT.md in the same form, with the words that date, carry and hear each
    statement where its paragraph prints them, and the names of the speakers as names."""
    return [
        {
            "id": row["id"],
            "text": row["text"],
            "convention": LEDGER,
            "attributions": [_attribution(row["text"], one) for one in row["statements"] if one["cue"]],
            "names": list(_speakers(row)),
            "names_whole": False,
        }
        for row in rows
    ]


def _attribution(text: str, one: Row) -> Row:
    cue = one["cue"][0]
    start, end = text.rfind("\n", 0, cue[0]) + 1, text.find("\n", cue[1])
    end = len(text) if end < 0 else end
    day, heard = one.get("said_on_words"), one.get("addressee")
    taken = [*one["content"], *one["source"]]
    carriers = []
    for name in one.get("via") or []:
        found = [
            [m.start(), m.end()]
            for m in re.finditer(re.escape(name), text[:end])
            if m.start() >= start and not any(a <= m.start() < b for a, b in taken)
        ]
        carriers += found[:1]
    return {
        "source": one["source"],
        "cue": one["cue"][:1],
        "content": one["content"],
        "day": [day] if day and start <= day[0] < end else [],
        "carrier": carriers,
        "addressee": [heard] if heard else [],
    }


def _speakers(row: Row) -> Iterator[Row]:
    """Yield every place where a page prints a speaker's name, in full or a person's last word of it."""
    kinds = {"person": "person", "institution": "body", "group": "body"}
    names: dict[str, str] = {}
    for one in row["statements"]:
        kind = kinds.get(one["speaker"]["type"])
        for name in re.split(r"\s*;\s*", one["speaker"]["name"] or ""):
            if kind and name[:1].isupper():
                names[name] = kind
                if kind == "person":
                    names.setdefault(name.split()[-1], kind)
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", row["text"]):
            yield {"type": names[name], "start": match.start(), "end": match.end()}


def read_names(folder: Path) -> list[Row]:
    """Return the texts of who/ whose names are annotated: CrossNER, WNUT-17, and GUM, of whose mentions those
    that are capitals throughout are names."""
    with gzip.open(folder / "names.jsonl.gz", "rt", encoding="utf-8") as rows:
        found = [_named(json.loads(row), whole=True) for row in rows]
    with gzip.open(folder / "gum_coref.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            row["mentions"] = [
                one for one in row["mentions"] if CAPITALS.fullmatch(row["text"][one["start"] : one["end"]])
            ]
            found.append(_named(row, whole=False))
    return found


def _named(row: Row, *, whole: bool) -> Row:
    names = [one for one in row["mentions"] if one["type"] in NAME_KINDS]
    return {
        "id": row["id"],
        "text": row["text"],
        "convention": None,
        "attributions": [],
        "names": [one | {"type": NAME_KINDS[one["type"]]} for one in names],
        "names_whole": whole,
    }


def split_paragraphs(text: str) -> list[Span]:
    return [Span(*m.span()) for m in re.finditer(r"\S[^\n]*(?<=\S)", text)]


def list_paragraphs(article: Row, chance: random.Random | None = None) -> Iterator[Example]:
    """Yield an article's paragraphs; with `chance` some are cut at a sentence."""
    text, where = article["text"], split_paragraphs(article["text"])
    for paragraph, (numbers, offsets) in zip(where, cut_pieces([p.of(text) for p in where]), strict=True):
        words = paragraph.of(text)
        for start, end in cut_long(words, offsets, MOST_PIECES - 2):
            ends = [at + 1 for at in range(start, end - 1) if ends_sentence(words, offsets, at)]
            cut = [chance.choice(ends)] if chance and ends and chance.random() < CUT_SHARE else []
            for a, b in zip([start, *cut], [*cut, end], strict=True):
                spans = [Span(paragraph.start + x, paragraph.start + y) for x, y in offsets[a:b]]
                yield label(article, [BEGIN, *numbers[a:b], SEPARATOR], [NOWHERE, *spans, NOWHERE])


def find_pieces(example: Example, spans: Spans) -> list[list[int]]:
    """Return the pieces that lie in each span."""
    return [
        [
            at
            for at, place in enumerate(example.spans)
            if place.start < end and place.end > start and place != NOWHERE
        ]
        for start, end in spans
    ]


def label(article: Row, pieces: list[int], spans: list[Span]) -> Example:
    convention = article["convention"]
    example = Example(article["id"], convention if convention is not None else LEDGER, pieces, spans)
    example.cues = [UNKNOWN if convention is None else 0] * len(pieces)
    example.names = label_names(article, example) if "names" in article else [UNKNOWN] * len(pieces)
    low, high = spans[1].start, spans[-2].end
    for one in article["attributions"]:
        if not one["cue"] or one["cue"][0][0] >= high or one["cue"][-1][1] <= low:
            continue
        cue = [at for part in find_pieces(example, one["cue"]) for at in part]
        if not cue:
            continue
        start, end = cue[0], cue[-1] + 1
        labels = [0] * len(pieces)
        for role, begin in reversed(BEGINS.items()):
            for part in find_pieces(example, one.get(role) or []):
                for at in part:
                    labels[at] = begin + (at != part[0])
        for at in range(start, end):
            example.cues[at] = 1 if at == start else 2
        example.relations.append(Relation(start, end, labels))
    return example


def label_names(article: Row, example: Example) -> list[int]:
    """Return the name labels. Where a text's names are not annotated as a whole, its other words with a
    capital tell nothing."""
    text = article["text"]
    labels = [0] * len(example.pieces)
    if not article["names_whole"]:
        for at, place in enumerate(example.spans):
            if place != NOWHERE and text[place.start].isupper():
                labels[at] = UNKNOWN
    low, high = example.spans[1].start, example.spans[-2].end
    inside = [one for one in article["names"] if one["start"] < high and one["end"] > low]
    for one in sorted(inside, key=lambda n: n["end"] - n["start"]):
        (part,) = find_pieces(example, [[one["start"], one["end"]]])
        for at in part:
            labels[at] = NAMES[one["type"]] + (at != part[0])
    return labels


def batches(examples: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Paragraphs of like length together, so that little is padding; the batches in an order drawn by
    chance."""
    ordered = sorted(examples, key=lambda e: (len(e.pieces) // 4, chance.random()))
    made: list[list[Example]] = [[]]
    for example in ordered:
        if made[-1] and (len(made[-1]) + 1) * len(example.pieces) > BATCH_PIECES:
            made.append([])
        made[-1].append(example)
    chance.shuffle(made)
    return made


def collate(examples: Sequence[Example]) -> dict[str, torch.Tensor]:
    """Pad paragraphs to one length: pieces, mask, cue and name labels (UNKNOWN where padded)."""
    longest = max(len(e.pieces) for e in examples)

    def padded(rows: Sequence[Sequence[int]], filler: int) -> torch.Tensor:
        return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])

    return {
        "pieces": padded([e.pieces for e in examples], 0),
        "mask": padded([[1] * len(e.pieces) for e in examples], 0),
        "cues": padded([e.cues for e in examples], UNKNOWN),
        "names": padded([e.names for e in examples], UNKNOWN),
        "conventions": torch.tensor([e.convention for e in examples]),
    }


def draw_paragraphs(articles: Sequence[Row], chance: random.Random) -> list[Example]:
    """Cut every article anew; some with other quotation marks."""
    drawn: list[Example] = []
    for article in articles:
        if chance.random() < STRAIGHT_SHARE:
            article = article | {"text": article["text"].translate(STRAIGHT)}
        drawn += list_paragraphs(article, chance)
    return drawn
