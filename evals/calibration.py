"""How far the confidence of statements holds: `python -m evals.calibration DATA [--ablation]`.

What is said (the mean figure) beside what is found (the share that is right, as `evals.judged` tells), for
the entry and, on statements that the gold has, for the speaker alone. Pages the fit has seen are judged by
weights that were fitted without any page of their outlet; more_dev, which the fit never sees, by those that
the program has, in totals alone. "before" is how likely the words are a statement at all, which was shown as
confidence once. `--ablation` prints what each family of signals gains, and writes nothing.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import log_loss, roc_auc_score

from evals.judged import Judged, read_judged
from evals.scoring import Score
from onrecord.statements.confidence import read_weights
from onrecord.statements.signals import FAMILIES
from training.confidence import list_right, read_gold, tell, tell_by_folds
from training.left_out import has_folds

__all__ = ["AWAY", "DEV", "MADE", "TENTHS", "main", "score_all", "score_tenth"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

AWAY = "pages that no rule was made on, outlets left out"
MADE = "pages that rules were made on, 34, outlets left out"
DEV = "more_dev, 25 pages, totals alone"
TENTHS = 10
SURE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The figures of some statements beside whether they are right."""

    told: Floats
    right: Bools


@cache
def tell_all(data: Path) -> dict[tuple[str, str], Told]:
    """Return the figures by set and by what they tell: entry, speaker, before."""
    found: dict[tuple[str, str], Told] = {}
    dev = list(read_judged(data / "gold/more_dev.jsonl"))
    weights = read_weights()
    shown = (tell(model, {s: weights[model, s] for m, s in weights if m == model}, dev) for model in FAMILIES)
    for name, told, among in _told(dev, *shown):
        found[DEV, name] = Told(told=told.told[among], right=told.right[among])
    if not has_folds():
        return found
    rows, elsewhere = read_gold(data)
    words, speaker = (tell_by_folds(model, rows, elsewhere) for model in FAMILIES)
    away = elsewhere > 0
    for name, told, among in _told(rows, words, speaker):
        found[AWAY, name] = Told(told=told.told[among & away], right=told.right[among & away])
        found[MADE, name] = Told(told=told.told[among & ~away], right=told.right[among & ~away])
    return found


def _told(rows: list[Judged], words: Floats, speaker: Floats) -> Iterator[tuple[str, Told, Bools]]:
    """Yield each figure with the statements that it is asked of."""
    right = list_right("words", rows) & list_right("speaker", rows)
    found = np.array([one.found for one in rows])
    before = 1 / (1 + np.exp([-one.words["likely"] for one in rows]))
    everyone = np.ones(len(rows), dtype=bool)
    yield "entry", Told(told=words * speaker, right=right), everyone
    yield "speaker", Told(told=speaker, right=list_right("speaker", rows)), found
    yield "before", Told(told=before, right=right), everyone


def score_all(data: Path, name: str, what: str) -> Score:
    """Return how far one figure holds on one set."""
    one = tell_all(data)[name, what]
    sure = one.told >= SURE
    return {
        "statements": float(len(one.told)),
        "said": float(one.told.mean()),
        "right": float(one.right.mean()),
        "ECE": _calibration_error(one),
        "Brier": float(((one.told - one.right) ** 2).mean()),
        "log loss": float(log_loss(one.right, one.told)),
        "AUC": float(roc_auc_score(one.right, one.told)),
        f"at least {SURE}": float(sure.sum()),
        "of these right": float(one.right[sure].mean()) if sure.any() else 0.0,
    }


def _in_tenth(one: Told, tenth: int) -> Bools:
    inside: Bools = np.minimum((one.told * TENTHS).astype(int), TENTHS - 1) == tenth
    return inside


def _calibration_error(one: Told) -> float:
    """The distance between said and found, tenth by tenth, weighed by how many statements each has (ECE)."""
    parts = [_in_tenth(one, tenth) for tenth in range(TENTHS)]
    gaps = [abs(one.told[part].sum() - one.right[part].sum()) for part in parts if part.any()]
    return float(sum(gaps)) / len(one.told)


def score_tenth(data: Path, name: str, tenth: int) -> Score:
    """Return how many statements one tenth of the figures has, what they say and how many are right."""
    score: Score = {}
    for what in ("entry", "speaker"):
        one = tell_all(data)[name, what]
        inside = _in_tenth(one, tenth)
        score[f"{what}: statements"] = float(inside.sum())
        if inside.any():
            score[f"{what}: said"] = float(one.told[inside].mean())
            score[f"{what}: right"] = float(one.right[inside].mean())
    return score


def print_ablation(data: Path) -> None:
    """Print for each family what leaving it out costs in log loss, on each set's outlets left out."""
    rows, elsewhere = read_gold(data)
    away = elsewhere > 0
    for model, families in FAMILIES.items():
        asked = np.array([one.found or model == "words" for one in rows])
        right = list_right(model, rows)
        losses = {
            family: [
                log_loss(right[part], tell_by_folds(model, rows, elsewhere, without=family)[part])
                for part in (asked & ~away, asked & away)
            ]
            for family in (None, *families)
        }
        for family in families:
            made, held = (one - whole for one, whole in zip(losses[family], losses[None], strict=True))
            print(f"| {model}: {family} | {', '.join(families[family])} | {made:+.4f} | {held:+.4f} |")
        print(f"| {model}: all | | {losses[None][0]:.4f} | {losses[None][1]:.4f} |")


def main(argv: list[str]) -> None:
    """Print every table."""
    data = Path(argv[0])
    if "--ablation" in argv:
        print_ablation(data)
        return
    for name in (AWAY, MADE, DEV) if has_folds() else (DEV,):
        for what in ("entry", "speaker", "before"):
            score = score_all(data, name, what)
            print(f"{name}, {what}: " + ", ".join(f"{key} {value:.3f}" for key, value in score.items()))
    for name in (AWAY, DEV) if has_folds() else (DEV,):
        print(name)
        for tenth in range(TENTHS):
            score = score_tenth(data, name, tenth)
            print(f"  .{tenth}: " + ", ".join(f"{key} {value:.3f}" for key, value in score.items()))


if __name__ == "__main__":
    main(sys.argv[1:])
