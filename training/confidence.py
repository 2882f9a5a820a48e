"""Fit how sure a statement is: `python -m training.confidence DATA`.

DATA is the folder of local data; read are the pages of `training.ledger_pages`, each by models that did not
learn from it. Two logistic regressions on the signals of `onrecord.statements.signals`: whether the words of
a statement are right, and whether, on those that the gold has, the speaker is. Which statements are right:
`evals.judged`.

The program's rules were written against 34 pages (seeds, ecb_pages, html_pages), where they are better than
elsewhere. So these weigh less; by how much was chosen on the other outlets, each judged by weights that were
fitted without any page of its outlet. The choice is printed. Written: src/onrecord/data/confidence.tsv. How
the figures hold: `python -m evals.calibration DATA`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import GroupKFold

from evals.judged import Judged, judge_pages
from evals.table import file_hash
from onrecord.statements.signals import FAMILIES
from training.ledger_pages import list_files, read_pages
from training.left_out import list_unseen

WEIGHTS = Path(__file__).parent.parent / "src/onrecord/data/confidence.tsv"
MADE_WEIGHT = 0.3  # of a page that rules were made on, any other weighs 1
PENALTY = 1.0
FOLDS, SEED = 10, 7

Floats = NDArray[np.float64]
Model = dict[str, float]


def read_gold(data: Path) -> tuple[list[Judged], Floats]:
    """Return all statements that the fit may see, and 1 for each that is of a page no rule was made on. Each
    page is read by models that did not learn from it."""
    pages = read_pages(data)
    made = {page["id"] for page in pages if "set" not in page and not page["id"].startswith("more/")}
    rows = list(judge_pages(list_unseen(pages), data / "gold"))
    return rows, np.array([float(one.page not in made) for one in rows])


def list_signals(model: str, without: str | None = None) -> list[str]:
    """Return the signals of a model, "words" or "speaker"; with `without` a family is left out."""
    kept = (names for family, names in FAMILIES[model].items() if family != without)
    return ["constant", *(name for names in kept for name in names)]


def tabulate(model: str, rows: Sequence[Judged], names: Sequence[str]) -> Floats:
    return np.array([[getattr(one, model)[name] for name in names] for one in rows])


def list_right(model: str, rows: Sequence[Judged]) -> NDArray[np.bool_]:
    return np.array([getattr(one, f"{model}_right") for one in rows])


def fit(model: str, rows: Sequence[Judged], weights: Floats, names: Sequence[str]) -> Model:
    """Return the weight of each signal. A speaker is asked for only where the gold has the statement."""
    told = weights > 0
    if model == "speaker":
        told &= np.array([one.found for one in rows])
    learned = LogisticRegression(C=PENALTY, fit_intercept=False, max_iter=3000)
    learned.fit(
        tabulate(model, rows, names)[told], list_right(model, rows)[told], sample_weight=weights[told]
    )
    return dict(zip(names, learned.coef_[0].tolist(), strict=True))


def tell(model: str, weights: Model, rows: Sequence[Judged]) -> Floats:
    """Return the chance of each statement by these weights."""
    total = tabulate(model, rows, list(weights)) @ np.array(list(weights.values()))
    chances: Floats = 1 / (1 + np.exp(-total))
    return chances


def tell_by_folds(
    model: str,
    rows: Sequence[Judged],
    elsewhere: Floats,
    *,
    made_weight: float = MADE_WEIGHT,
    without: str | None = None,
) -> Floats:
    """Return the chance of each statement by weights that were fitted without any page of its outlet."""
    told, names = np.zeros(len(rows)), list_signals(model, without)
    weights = np.maximum(elsewhere, made_weight)
    folds = GroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for train, test in folds.split(told, told, [one.outlet for one in rows]):
        fitted = fit(model, [rows[at] for at in train], weights[train], names)
        told[test] = tell(model, fitted, [rows[at] for at in test])
    return told


def main(argv: list[str]) -> None:
    data = Path(argv[0])
    rows, elsewhere = read_gold(data)
    away = elsewhere > 0
    both = list_right("words", rows) & list_right("speaker", rows)
    outlets = len({one.outlet for one in rows})
    print(f"{len(rows)} statements of {outlets} outlets, {int(away.sum())} of pages that no rule was made on")
    print("log loss of the entry on their outlets left out, by what the other pages weigh:")
    for weight in (0.0, 0.1, 0.3, 1.0):
        words, speaker = (tell_by_folds(m, rows, elsewhere, made_weight=weight) for m in FAMILIES)
        print(f"  {weight:.1f}: {log_loss(both[away], (words * speaker)[away]):.4f}")
    weights = np.maximum(elsewhere, MADE_WEIGHT)
    hashes = ", ".join(f"{path.name} {file_hash(path)}" for path in list_files(data))
    lines = [
        "# How sure a statement is: model, signal, weight; fitted by training/confidence.py on the hand-made",
        f"# ledgers {hashes}.",
    ]
    for model in FAMILIES:
        fitted = fit(model, rows, weights, list_signals(model))
        lines += [f"{model}\t{name}\t{weight:.3f}" for name, weight in fitted.items()]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
