"""Train what tells who speaks: `python -m training.rankers DATA`.

DATA is the folder of local data. The pages of `training.ledger_pages` are read by readers that did not learn
from them; each statement that pairs with one of the hand-made ledger asks who said it (`training.who`). Told
is what is right on outlets left out, beside the rules. Written: who.onnx and the names of its signals in
src/onrecord/models; and beside each fold's reader a ranker that has not seen its pages, for what is fitted
after it. With --ablation, what is lost without each family of signals is told instead.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from training.ledger_pages import read_pages
from training.left_out import WORK, fold_of, list_unseen
from training.ranker import Question, fit, measure, name_signals, tabulate, write
from training.who import list_questions

__all__ = ["ask_all"]

Row = dict[str, Any]
# The families of signals by the letters that their names begin with (`who_signals`).
FAMILIES = {
    "the words at the saying": ("w:",),
    "how near, how often": ("e:",),
    "last of its kind, subject": ("r:",),
    "agreement": ("a:",),
    "inside the words": ("i:",),
    "who spoke before": ("t:",),
    "unnamed, again": ("g:",),
    "as the rules say": ("rule says so", "u:", "p:rule"),
}


def ask_all(data: Path, work: Path = WORK) -> list[Question]:
    """Return what is asked on all pages, each read by models that did not learn from it."""
    sys.path.append(str(data.parent / "score"))
    scorer = import_module("ledger")
    return [q for row in list_unseen(read_pages(data), work) for q in list_questions(row, data, scorer)]


def report(questions: list[Question], names: list[str]) -> None:
    for kind, tally in sorted(measure(questions, names).items()):
        print(f"  {kind}: {tally}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--ablation", action="store_true", help="tell what each family of signals gains")
    options = parser.parse_args()
    questions = ask_all(options.data, options.work)
    names = name_signals(questions)
    print(f"who: {len(questions)} statements, {len(names)} signals; on outlets left out:")
    report(questions, names)
    if options.ablation:
        for family, starts in FAMILIES.items():
            print(
                f"without {family}: {measure(questions, name_signals(questions, starts))['all']}", flush=True
            )
        return
    folds = fold_of(read_pages(options.data))
    for fold in sorted(set(folds.values())):
        seen = [question for question in questions if folds[question.page] != fold]
        write(fit(tabulate(seen, names)), "who", names, options.work / f"fold-{fold}")
    write(fit(tabulate(questions, names)), "who", names)


if __name__ == "__main__":
    main()
