"""Fit the weights of what enters a ledger: `python -m training.likely DATA`.

DATA is the folder of local data; read are the pages of `training.ledger_pages`, each by a reader that did not
learn from its outlet. Every attribution that rules or reader find there is right when it pairs with a
statement of the gold ledger (`score/ledger.py`: Dice coefficient of the words of at least .5). A logistic
regression on the signals of `onrecord.statements.model.likely`, penalized; what it reaches is measured on
pages left out, one fold of ten at a time. Written: src/onrecord/data/likely.tsv.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from evals.ledger import capture_of
from onrecord.article import read_article
from onrecord.page import read_page
from onrecord.statements.find import find_kind, find_said
from onrecord.statements.model.likely import SIGNALS, measure_signals
from onrecord.statements.passages import Wanted
from onrecord.statements.rules.attribution import Said
from onrecord.statements.text.document import read_document
from training.ledger_pages import outlet_of, read_pages
from training.left_out import list_unseen

Row = dict[str, Any]
WEIGHTS = Path(__file__).parent.parent / "src/onrecord/data/likely.tsv"
PENALTY = 1.0
FOLDS = 10


def read_candidates(data: Path, scorer: Any) -> Iterator[tuple[str, tuple[float, ...], bool]]:
    """Yield outlet, signals and whether it is right, of each candidate that somebody may have said, as a
    reader finds them that did not learn from the outlet."""
    for row in list_unseen(read_pages(data)):
        capture = capture_of(row, data / "gold")
        page, _ = read_page(capture)
        document, _ = read_document(page.text, read_article(page, capture).body)
        found = find_said(document, Wanted(least=0.0))
        # Words inside words enter by what the reader says of them alone.
        said = [one for one in found if not (one.what.unsaid or one.what.nested)]
        right = pair_gold(row, page.text, said, scorer)
        for at, one in enumerate(said):
            yield outlet_of(row), measure_signals(one.what, find_kind(document, one.what)), at in right


def pair_gold(row: Row, text: str, said: list[Said], scorer: Any) -> dict[int, Row]:
    """Return the gold statement of each statement that pairs with one, by its place in the list."""
    gold = [
        one | {"_words": scorer.words(" ".join(row["text"][a:b] for a, b in one["content"]))}
        for one in row["statements"]
    ]
    mine = [
        {"_words": scorer.words(" ".join(part.of(text) for part in one.what.content)), "at": at}
        for at, one in enumerate(said)
    ]
    pairs = scorer.pair([g for g in gold if g["_words"]], [m for m in mine if m["_words"]])
    return {ours["at"]: theirs for theirs, ours in pairs}


def main(argv: list[str]) -> None:
    data = Path(argv[0])
    sys.path.append(str(data.parent / "score"))
    import ledger as scorer  # type: ignore[import-not-found]

    rows = list(read_candidates(data, scorer))
    pages = [page for page, *_ in rows]
    signals = np.array([one for _, one, *_ in rows])
    right = np.array([yes for *_, yes in rows])
    model = LogisticRegression(C=PENALTY, fit_intercept=False, max_iter=1000)
    told = np.zeros(len(rows))
    for train, test in GroupKFold(FOLDS, shuffle=True, random_state=7).split(signals, right, pages):
        told[test] = model.fit(signals[train], right[train]).predict_proba(signals[test])[:, 1]
    print(len(rows), "candidates", int(right.sum()), "right; on pages left out:")
    for low in np.arange(0, 1, 0.1):
        held = (told >= low) & (told < low + 0.1)
        if held.any():
            print(
                f"{low:.1f} to {low + 0.1:.1f}: {held.sum()} candidates, "
                f"said {told[held].mean():.2f}, right {right[held].mean():.2f}"
            )
    for least in np.arange(0.1, 0.9, 0.1):
        kept = told >= least
        share = right[kept].sum() / right.sum()
        mean = right[kept].mean()
        print(f"least {least:.1f}: kept {kept.sum()}, right {mean:.3f}, of the right {share:.3f}")
    model.fit(signals, right)
    print(dict(zip(SIGNALS, model.coef_[0].round(2), strict=True)), Counter(right.tolist()))
    head = "# Weights of the signals of a statement, fitted by training/likely.py: signal, weight.\n"
    rows_out = (f"{name}\t{weight:.3f}\n" for name, weight in zip(SIGNALS, model.coef_[0], strict=True))
    WEIGHTS.write_text(head + "".join(rows_out), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
