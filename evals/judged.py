"""Every statement that the program finds on the pages of a gold ledger, with what is right of it.

The pairing is the scorer's (score/ledger.py): a statement has its words right when it pairs with one of the
gold's (Dice coefficient of the words of at least .5) and, where that is a quotation, has the same words; its
speaker is right when the scorer calls it so. A statement that pairs with none has neither.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from evals.ledger import capture_of
from evals.rows import read_rows
from onrecord.article import read_article
from onrecord.page import read_page
from onrecord.statements.find import find_kind, find_said_by
from onrecord.statements.passages import Wanted
from onrecord.statements.signals import Signals, measure_speaker, measure_words
from onrecord.statements.text.document import read_document
from onrecord.types import Kind

__all__ = ["Judged", "find_outlet", "judge_pages", "read_judged"]

QUOTED = ("direct", "mixed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A statement that was found, its page, the outlet of it, its signals, and what is right of it. `found`
    tells that the gold has it at all."""

    page: str
    outlet: str
    kind: Kind
    words: Signals
    speaker: Signals
    found: bool
    words_right: bool
    speaker_right: bool


def read_judged(path: Path) -> Iterator[Judged]:
    """Yield the statements of every page of a gold ledger; what has no words of its own is left out, as the
    scorer does."""
    yield from judge_pages(read_rows(path), path.parent)


def judge_pages(rows: Iterable[dict[str, Any]], gold: Path) -> Iterator[Judged]:
    """Yield the statements of pages in the form of gold/FORMAT.md; `gold` is the folder of the hand-made
    ledgers."""
    scorer = _read_scorer(gold)
    for row in rows:
        capture = capture_of(row, gold)
        page, _ = read_page(capture)
        document, _ = read_document(page.text, read_article(page, capture).body)
        said, roster, _ = find_said_by(document, Wanted())
        wanted = [
            {**one, "_words": scorer.words(" ".join(row["text"][s:e] for s, e in one["content"]))}
            for one in row["statements"]
        ]
        mine = [
            {"_words": scorer.words(" ".join(part.of(page.text) for part in one.what.content)), "at": at}
            for at, one in enumerate(said)
        ]
        mine = [one for one in mine if one["_words"]]
        paired = {m["at"]: g for g, m in scorer.pair([one for one in wanted if one["_words"]], mine)}
        for found in mine:
            one, twin = said[found["at"]], paired.get(found["at"])
            kind = find_kind(document, one.what)
            name = one.speaker.name if one.speaker is not None else None
            yield Judged(
                page=row["id"],
                outlet=find_outlet(row),
                kind=kind,
                words=measure_words(page.text, one, kind),
                speaker=measure_speaker(page.text, one, roster),
                found=twin is not None,
                words_right=twin is not None
                and (twin["kind"] not in QUOTED or twin["_words"] == found["_words"]),
                speaker_right=twin is not None and scorer.same_speaker(twin["speaker"], name),
            )


def find_outlet(row: dict[str, Any]) -> str:
    """Return the name that an outlet's address is registered under ("nytimes" of www.nytimes.com, "metro" of
    metro.co.uk), so that pages of one outlet stay together; without an address its story's, or its own."""
    parts = (urlsplit(row.get("url") or "").hostname or "").split(".")
    if len(parts) < 2:
        return str(row.get("publisher") or row.get("story") or row["id"])
    country = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= len("com")
    return parts[-3 if country else -2]


def _read_scorer(gold: Path) -> Any:
    folder = str(gold.resolve().parent.parent / "score")
    if folder not in sys.path:
        sys.path.append(folder)
    return import_module("ledger")
