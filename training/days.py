"""Train the model of days: `python -m training.days DATA [--work FOLDER]`.

DATA is the folder of local data; read are the pages of `training.ledger_pages`, by the reader whose states
the model is to read: those of another reader mean something else. Each statement that pairs with one of the
hand-made ledger asks which temporal expression of its page tells its day, or whether none does; what else was
found stands beside it and is not asked. Written: src/onrecord/models/days.onnx, and into each fold of --work
one for the reader there, learned from the pages that this one learned from. How often those are right on the
pages left out of both is printed, by how sure they must be.

A page that is kept as text alone does not say when it was published: there the day that the annotators were
given stands for it.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import torch

from evals.ledger import capture_of
from onrecord.article import Anchor, find_anchor, read_article
from onrecord.page import read_page
from onrecord.statements.days.expressions import Expression, find_expressions
from onrecord.statements.days.questions import PAIR_SIGNALS, RELATIONS, SIGNALS, STATES, Question, ask_days
from onrecord.statements.find import find_said_by
from onrecord.statements.passages import Wanted
from onrecord.statements.text.document import read_document
from training.days_model import Days
from training.fitting import fit_pages
from training.ledger_pages import outlet_of, read_pages, split_folds
from training.left_out import FOLDS, WORK, use_fold
from training.likely import pair_gold
from training.shipping import MODELS, Likelihoods, to_onnx, write_hashes

__all__ = ["Task", "ask_page", "fit", "write"]

Row = dict[str, Any]
SEED = 7
HIDDEN_SHARE = 0.3
# The signals of which day an expression means.
MEANINGS = [
    SIGNALS.index(name)
    for name in (
        "year",
        "month",
        "day",
        "the page's day",
        "the day before",
        "of its week",
        "earlier",
        "later",
    )
]


@dataclass(frozen=True, slots=True)
class Task:
    """A question as tensors, which sayings are asked for, and what is right: [sayings, 1 + expressions].
    `gold` is the day of each saying, `values` that of each expression."""

    page: str
    outlet: str
    inputs: tuple[torch.Tensor, ...]
    asked: torch.Tensor
    right: torch.Tensor
    gold: list[str | None]
    values: list[str | None]


def ask_page(row: Row, data: Path, scorer: Any) -> Iterator[Task]:
    """Yield what is asked on a page."""
    capture = capture_of(row, data / "gold")
    page, _ = read_page(capture)
    article = read_article(page, capture)
    anchor = find_anchor(page, article, capture.captured_at)
    if row.get("published") and not row.get("html"):
        day = row["published"][:10]
        anchor = Anchor(value=day, known="printed", where=f"published {day}")
    document, _ = read_document(page.text, article.body, anchor)
    said, _, learning = find_said_by(document, Wanted())
    said = [one for one in said if not one.what.nested]
    found = find_expressions(document)
    paired = pair_gold(row, page.text, said, scorer)
    same_text = page.text == row["text"]
    for question in ask_days(document, said, found, learning.states):
        yield make_task(row, question, found, paired, same_text=same_text)


def make_task(
    row: Row, question: Question, found: Sequence[Expression], paired: dict[int, Row], *, same_text: bool
) -> Task:
    """Lay beside a question what is right. Where the ledger has a day that no expression means, nothing is
    asked: the page may tell it in words that are no temporal expression. What an expression dates of which
    nobody knows the day, the ledger leaves without one: there that expression may be right too."""
    expressions = [found[at] for at in question.expressions]
    right = torch.zeros(len(question.sayings), 1 + len(expressions), dtype=torch.bool)
    for at, number in enumerate(question.sayings):
        gold = paired.get(number)
        if gold is None:
            continue
        day, words = gold.get("said_on"), gold.get("dated_by")
        right[at, 0] = not day
        for place, one in enumerate(expressions if day else (), start=1):
            span = one.words.span
            here = same_text and isinstance(words, list) and span.start < words[1] and words[0] < span.end
            right[at, place] = one.when.value == day or here
        for place, one in enumerate(expressions if not day else (), start=1):
            right[at, place] = one.when.value is None
    return Task(
        page=row["id"],
        outlet=outlet_of(row),
        inputs=tuple(map(torch.from_numpy, question.arrays())),
        asked=torch.tensor([number in paired for number in question.sayings]),
        right=right,
        gold=[(paired.get(number) or {}).get("said_on") for number in question.sayings],
        values=[one.when.value for one in expressions],
    )


def fit(tasks: Sequence[Task], seed: int = SEED) -> Days:
    torch.manual_seed(seed)
    model = Days()

    def score(page: int, chance: random.Random) -> torch.Tensor:
        scores: torch.Tensor = model(*forget_some(tasks[page], chance).inputs)
        return scores

    fit_pages(model, [task.right for task in tasks], score, seed)
    return model.eval()


def forget_some(task: Task, chance: random.Random) -> Task:
    """Hide in some of the pages what day each expression means: whether it dates a saying is to be told too
    where nobody knows when the page was published."""
    if chance.random() >= HIDDEN_SHARE:
        return task
    states, signals, *rest = task.inputs
    signals = signals.clone()
    signals[:, MEANINGS] = 0.0
    return replace(task, inputs=(states, signals, *rest))


@torch.no_grad()
def answer(model: Days, task: Task) -> Iterator[tuple[str | None, str | None, float]]:
    """Yield for each saying asked for its day, the likeliest day, and how likely that is."""
    rates = torch.softmax(model(*task.inputs), 1)
    for at in torch.nonzero(task.asked).flatten().tolist():
        by_day: dict[str, float] = {}
        for place, value in enumerate(task.values, start=1):
            if value:
                by_day[value] = by_day.get(value, 0.0) + float(rates[at, place])
        best = max(by_day, key=by_day.__getitem__, default=None)
        yield task.gold[at], best, by_day.get(best or "", 0.0)


Told = tuple[str, str | None, str | None, float]


def answer_all(model: Days, tasks: Sequence[Task]) -> list[Told]:
    """Return page, day, likeliest day and how likely it is, of each saying asked for."""
    return [(task.page, *one) for task in tasks for one in answer(model, task)]


def report(told: Sequence[Told]) -> None:
    for name, some in (
        ("all", told),
        ("more_train", [one for one in told if one[0].startswith("more/")]),
    ):
        dated, open_ = [one for one in some if one[1]], [one for one in some if not one[1]]
        for least in (0.3, 0.4, 0.5, 0.6, 0.7):
            right = sum(one[3] > least and one[1] == one[2] for one in dated)
            wrong = sum(one[3] > least and one[1] != one[2] for one in dated)
            false = sum(one[3] > least for one in open_)
            print(
                f"{name}, {least}: of {len(dated)} right {right / max(1, len(dated)):.3f}, wrong "
                f"{wrong / max(1, len(dated)):.3f}; of {len(open_)} without a day dated "
                f"{false / max(1, len(open_)):.4f}",
                flush=True,
            )


def write(model: Days, folder: Path = MODELS) -> None:
    """Write days.onnx, by default among the models, with its hash."""
    n, told, when = 5, torch.tensor([0, 2, 3]), torch.tensor([1, 4])
    sample = {
        "states": torch.randn(n, STATES),
        "signals": torch.randn(n, len(SIGNALS)),
        "relations": torch.randn(n, n, len(RELATIONS)),
        "sayings": told,
        "expressions": when,
        "pairs": torch.randn(len(told), len(when), len(PAIR_SIGNALS)),
    }
    lengths = {
        "states": ["items"],
        "signals": ["items"],
        "relations": ["items", "items"],
        "sayings": ["sayings"],
        "expressions": ["expressions"],
        "pairs": ["sayings", "expressions"],
        "rates": ["sayings", "choices"],
    }
    to_onnx(Likelihoods(model), folder / "days.onnx", sample, lengths)
    if folder == MODELS:
        write_hashes()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=WORK)
    options = parser.parse_args()
    sys.path.append(str(options.data.parent / "score"))
    scorer = import_module("ledger")
    pages = read_pages(options.data)

    def ask(rows: Iterable[Row]) -> list[Task]:
        return [task for row in rows for task in ask_page(row, options.data, scorer)]

    told: list[Told] = []
    for fold, (kept, left) in enumerate(split_folds(pages, FOLDS)):
        with use_fold(fold, options.work):
            model = fit(ask(kept))
            told += answer_all(model, ask(left))
        write(model, options.work / f"fold-{fold}")
    print(f"{len(told)} sayings; on outlets left out of the reader and of this:", flush=True)
    report(told)
    tasks = ask(pages)
    print(f"{sum(int(task.asked.sum()) for task in tasks)} sayings learned from", flush=True)
    write(fit(tasks))


if __name__ == "__main__":
    main()
