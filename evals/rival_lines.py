"""Plainer ways to find the article's lines: `python -m evals.rival_lines TRAINING LINES OUT RIVAL`.

RIVAL is a name of `RIVALS`. They say what a model of lines must beat: keeping everything, jusText's rule, and
gradient boosting over what a line and its neighbours look like. The last is trained here, from TRAINING, on
the pages from which our own model of roles learned (evals/split.py), in about a minute; it is seeded, so
that the same data give the same rows. None of them names comments.

TRAINING and LINES have the form of lines/*.jsonl.gz. Of LINES only `id` and `lines` are read. OUT rows:
{"id", "article": [0/1 a line]}.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.rivals import stoplist
from evals.rows import read_rows, write_rows
from evals.split import is_dev

__all__ = ["RIVALS", "find_training", "main"]

Keep = Callable[[list[str]], list[int]]
Numbers = NDArray[np.float32]

SEED = 7
# The best of five tried on development sites, none of them a scoreboard's (evals/LOG.md).
SETTINGS: dict[str, Any] = {
    "max_iter": 200,
    "learning_rate": 0.1,
    "max_leaf_nodes": 15,
    "max_features": 0.3,
    "min_samples_leaf": 60,
    "l2_regularization": 1.0,
}
# News pages are few, and what is measured: each counts so often, as in the training of our own model.
NEWS_TIMES = 3.0
NEAR = 3  # lines before and behind that are seen with a line
STOPS = tuple(".!?…\"”»'’")


def keep_all(_: Path) -> Keep:
    return lambda lines: [1] * len(lines)


def classify_justext(_: Path) -> Keep:
    """Classify with jusText's own code, which finds no links and no headings in lines alone."""
    from justext.core import PathInfo, classify_paragraphs, revise_paragraph_classification
    from justext.paragraph import Paragraph

    def keep(lines: list[str]) -> list[int]:
        paragraphs = [Paragraph(PathInfo()) for _ in lines]
        for paragraph, line in zip(paragraphs, lines, strict=True):
            paragraph.append_text(line)
        classify_paragraphs(paragraphs, stoplist())
        revise_paragraph_classification(paragraphs)
        return [int(not paragraph.is_boilerplate) for paragraph in paragraphs]

    return keep


def find_training(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the pages that a model may learn from: none of a scoreboard or of a development site."""
    for row in read_rows(path):
        if row["coverage"] >= 0.8 and row["lines"] and not is_dev(row["site"], row["set"]):
            yield row


def train_boosting(training: Path) -> Keep:
    """Train gradient boosting on the training sites."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    rows = list(find_training(training))
    seen = np.vstack([measure(row["lines"]) for row in rows])
    gold = np.concatenate([row["article"] for row in rows])
    weights = np.concatenate([weigh(row) for row in rows])
    model = HistGradientBoostingClassifier(**SETTINGS, early_stopping=False, random_state=SEED)
    # Several threads wait for each other longer than they work where other programs want the cores too.
    with threadpool_limits(1):
        model.fit(seen, gold, sample_weight=weights / weights.mean())

    def keep(lines: list[str]) -> list[int]:
        with threadpool_limits(1):
            return [int(kept) for kept in model.predict(measure(lines))] if lines else []

    return keep


def weigh(row: dict[str, Any]) -> Numbers:
    """Let a line count by its words, as it does in the text, and a page by the root of its words."""
    words = np.array([0.5 + min(len(line.split()), 50) / 25 for line in row["lines"]], np.float32)
    times = NEWS_TIMES if row["set"] == "fundus_tests" else 1.0
    return words / np.sqrt(words.sum()) * times


def measure(lines: list[str]) -> Numbers:
    """Return a row of numbers for each line: its looks, its neighbours', where it stands on what page."""
    looks = np.array([look(line) for line in lines], np.float32)
    count = len(lines)
    padded = np.pad(looks, ((NEAR, NEAR), (0, 0)), constant_values=-1)
    near = [padded[at : at + count] for at in range(2 * NEAR + 1)]
    prose = looks[:, 0] * looks[:, 1]
    sums = np.concatenate([[0], np.cumsum(prose)])
    at = np.arange(count)
    windows = [sums[np.minimum(at + wide + 1, count)] - sums[np.maximum(at - wide, 0)] for wide in (5, 12)]
    same = Counter(lines)
    place = [
        at,
        count - at,
        at / count,
        np.full(count, count),
        np.full(count, sums[-1]),
        sums[:-1] / max(sums[-1], 1),
        np.array([same[line] for line in lines]),
        *windows,
    ]
    seen: Numbers = np.hstack([*near, np.column_stack(place)]).astype(np.float32)
    return seen


def look(line: str) -> list[float]:
    """Return what one line looks like: first of all its words, and if it ends as a sentence does."""
    words = line.split()
    count = len(words) or 1
    return [
        len(words),
        line.endswith(STOPS),
        len(line) / count,
        sum(word.lower() in stoplist() for word in words) / count,
        sum(word[0].isupper() for word in words) / count,
        line.isupper(),
        line[:1].isupper(),
        sum(map(str.isdigit, line)) / (len(line) or 1),
        line.count(","),
        sum(line.count(stop) for stop in ".!?"),
        any(mark in line for mark in '"“”«»„'),
        any(mark in line for mark in "|©›→•@"),
        line.endswith(":"),
    ]


RIVALS: dict[str, Callable[[Path], Keep]] = {
    "keep all": keep_all,
    "jusText's rule": classify_justext,
    "gradient boosting": train_boosting,
}


def main(argv: list[str]) -> None:
    """Label the lines of every page of a file."""
    training, source, out, name = argv
    keep = RIVALS[name](Path(training))
    write_rows(out, ({"id": row["id"], "article": keep(row["lines"])} for row in read_rows(Path(source))))


if __name__ == "__main__":
    main(sys.argv[1:])
