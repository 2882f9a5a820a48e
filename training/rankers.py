"""Train what tells who speaks, when it was and through whom it came: `python -m training.rankers DATA`.

DATA is the folder of local data. The pages of `training.ledger_pages` are read by readers that did not learn
from them; each statement that pairs with one of the hand-made ledger asks all three questions
(`training.who`, `training.when`, `training.via`). Told is what is right on outlets left out, beside the
rules. Written: who.onnx, when.onnx, via.onnx and the names of their signals in src/onrecord/models; and
beside each fold's reader rankers that have not seen its pages, for what is fitted after them.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from training import via, when, who
from training.ledger_pages import read_pages
from training.left_out import WORK, fold_of, list_unseen
from training.ranker import Question, fit, keep, measure, name_signals, tabulate, write

Row = dict[str, Any]
Ask = Callable[[Row, Path, Any], Iterator[Question]]
# Days are weighed twice: the second ranker sees what the first made of the other statements of a page.
STEPS: tuple[dict[str, Ask], ...] = (
    {
        "when_first": partial(when.list_questions, first=True),
        "via": via.list_questions,
        "who": who.list_questions,
    },
    {"when": partial(when.list_questions, first=False)},
)


def ask_all(step: dict[str, Ask], data: Path, work: Path, scorer: Any) -> dict[str, list[Question]]:
    asked: dict[str, list[Question]] = {name: [] for name in step}
    for row in list_unseen(read_pages(data), work):
        for name, ask in step.items():
            asked[name] += ask(row, data, scorer)
    for name, questions in asked.items():
        keep(questions, work / f"{name}.json")
    return asked


def fit_all(asked: dict[str, list[Question]], folds: dict[str, int], work: Path, *, measured: bool) -> None:
    """Report what is right on outlets left out; write a ranker for each fold, and the final one."""
    for name, questions in asked.items():
        names = name_signals(questions)
        print(f"{name}: {len(questions)} statements, {len(names)} signals; on outlets left out:")
        for kind, tally in sorted(measure(questions, names).items()) if measured else ():
            print(f"  {kind}: {tally}", flush=True)
        tables = [tabulate(question, names) for question in questions]
        for fold in sorted(set(folds.values())):
            seen = [table for table, q in zip(tables, questions, strict=True) if folds[q.page] != fold]
            write(fit(seen), name, names, work / f"fold-{fold}")
        write(fit(tables), name, names)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--quick", action="store_true", help="do not measure on outlets left out")
    options = parser.parse_args()
    sys.path.append(str(options.data.parent / "score"))
    scorer = import_module("ledger")
    folds = fold_of(read_pages(options.data))
    for step in STEPS:
        fit_all(
            ask_all(step, options.data, options.work, scorer), folds, options.work, measured=not options.quick
        )


if __name__ == "__main__":
    main()
