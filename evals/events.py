"""Is what is taken for an event in the article's own words? `python -m evals.events GOLD.jsonl`.

GOLD are annotated pages (gold/FORMAT.md). A dated sentence is somebody's words where a gold statement of its
page has half of its words, or its words of time. Printed are how many dated sentences there are and how many
of them are somebody's words, of all and of those that are taken for events.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evals.ledger import capture_of
from evals.rows import read_rows
from evals.scoring import Score
from onrecord.across.events import DatedSentence, Told, find_events
from onrecord.article import find_anchor
from onrecord.reading import read
from onrecord.statements.text.document import read_document
from onrecord.types import Statement

__all__ = ["count_speech", "main"]


def main(argv: list[str]) -> None:
    """Print the counts over all pages of a file, and the shares that follow."""
    source = Path(argv[0])
    counts = [count_speech(row, source.parent) for row in read_rows(source)]
    totals = {name: sum(one[name] for one in counts) for name in counts[0]}
    kept, speech = totals["events"], totals["events that are speech"]
    own = totals["dated sentences"] - totals["dated sentences that are speech"]
    print(*(f"{name} {value:.0f}" for name, value in totals.items()), sep=", ")
    print(f"right {(kept - speech) / kept:.3f}, of the article's own {(kept - speech) / own:.3f}")


def count_speech(row: dict[str, Any], folder: Path) -> Score:
    """Count the dated sentences of a page, and those that are somebody's words."""
    capture = capture_of(row, folder)
    reading = read(capture)
    anchor = find_anchor(reading.page, reading.article, capture.captured_at)
    document, _ = read_document(reading.page.text, reading.article.body, anchor)
    said = [
        " ".join(words)
        for one in row["statements"]
        if (words := [word for start, end in one["content"] for word in _words(row["text"][start:end])])
    ]
    score: Score = {}
    for name, told in (("dated sentences", ()), ("events", map(_told, reading.statements))):
        found = [one for one in find_events("page", document, told) if not one.aside]
        score[name] = len(found)
        score[f"{name} that are speech"] = sum(_is_speech(one, said, reading.page.text) for one in found)
    return score


def _is_speech(one: DatedSentence, said: Iterable[str], text: str) -> bool:
    sentence = " ".join(_words(one.words))
    when = " ".join(_words(one.when.span.of(text))) if one.when.span else ""
    return any(
        (words in sentence or sentence in words) and (2 * len(words) >= len(sentence) or when in words)
        for words in said
    )


def _told(statement: Statement) -> Told:
    when = statement.said_on.span if statement.said_on else None
    around = (*statement.source, *statement.cue, *(relay.span for relay in statement.via))
    return Told(said=statement.content, around=around, when=(when,) if when else ())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


if __name__ == "__main__":
    main(sys.argv[1:])
