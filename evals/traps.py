"""Words that look like statements and are none: `python -m evals.traps GOLD.jsonl [--list]`.

A gold row's `not_statements` names passages (scare quotes, terms, readers' comments, teasers of other
stories) by `span` into its text or as `html_text`. A trap is sprung when a statement of the page that is
none of the gold's has mostly its words, or stands whole inside it. `--list` prints those that are.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.ledger import capture_of
from onrecord.reading import read

__all__ = ["main", "score"]

ALIKE = 0.5  # Dice coefficient of the words, as the scorer of ledgers pairs statements
FEWEST = 3  # so many words of a statement, in a row, are no chance


def find_sprung(row: dict[str, Any], folder: Path) -> Iterator[tuple[str, str, str | None]]:
    """Yield words and reason of each trap of a page, and the statement that sprang it, None when it held."""
    reading = read(capture_of(row, folder))
    gold = [cut(" ".join(row["text"][s:e] for s, e in one["content"])) for one in row["statements"]]
    said = [" ".join(span.of(reading.page.text) for span in one.content) for one in reading.statements]
    wrong = [words for words in said if not any(is_alike(cut(words), one) for one in gold)]
    for trap in row.get("not_statements", ()):
        words = trap.get("html_text") or row["text"][slice(*trap["span"])]
        sprung = next((w for w in wrong if is_alike(cut(w), cut(words)) or lies_in(cut(w), cut(words))), None)
        yield words, trap["why"], sprung


def cut(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"\w+", text)]


def is_alike(one: list[str], other: list[str]) -> bool:
    total = len(one) + len(other)
    return bool(total) and 2 * sum((Counter(one) & Counter(other)).values()) / total >= ALIKE


def lies_in(one: list[str], other: list[str]) -> bool:
    return len(one) >= FEWEST and f" {' '.join(one)} " in f" {' '.join(other)} "


def find_all(path: Path) -> list[tuple[str, str, str, str | None]]:
    with path.open(encoding="utf-8") as rows:
        return [(row["id"], *one) for row in map(json.loads, rows) for one in find_sprung(row, path.parent)]


def score(path: Path) -> dict[str, float]:
    """Return how many traps there are and the share of them that held."""
    traps = find_all(path)
    return {"traps": float(len(traps)), "held": sum(sprung is None for *_, sprung in traps) / len(traps)}


def main(argv: list[str]) -> None:
    """Print the score and, when asked, the traps that were sprung."""
    path = Path(argv[0])
    print(", ".join(f"{name} {value:.3f}" for name, value in score(path).items()))
    if "--list" in argv:
        for page, words, why, sprung in find_all(path):
            if sprung is not None:
                print(f"{page}: {words[:80]!r} ({why}) recorded as {sprung[:120]!r}")


if __name__ == "__main__":
    main(sys.argv[1:])
