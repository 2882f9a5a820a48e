"""What each piece of reading gains: `python -m evals.ablation DATA [--signals]`.

Whole ledgers of gold/more_dev (totals alone) and of gold/more_train, the latter read by models that did not
learn from them (`training.reader --folds`), with each piece in turn taken out. With `--signals` instead what
each family of signals of the three rankers gains, on outlets left out, apart for the pages that rules were
made on and all others. Prints Markdown for evals/ABLATION.md; writes nothing.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from evals.ledger import read_page_row
from evals.rows import read_rows, write_rows
from onrecord.statements import find
from onrecord.statements.days import date_all
from training.ledger_pages import read_pages
from training.left_out import WORK, list_unseen

Row = dict[str, Any]
FIGURES = (
    "found F1",
    "speaker right",
    "said_on right",
    "false dates",
    "via right",
    "false chains",
    "ledger F1",
)


def by_rules(diary: Any, said: Any) -> Any:
    return date_all(diary.text, list(said), diary.anchor, masked=diary.masked, paragraphs=diary.lines)


# What is put in the place of a piece when it is taken out.
PIECES: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "all": nullcontext,
    "speakers weighed (`who.py`); rules instead": lambda: patch.object(
        find, "resolve_who", lambda _, said, __: said
    ),
    "days weighed (`dating.py`); rules instead": lambda: patch.object(find, "date_said", by_rules),
    "chains weighed (`carrying.py`); rules instead": lambda: patch.object(
        find, "carry_said", lambda _, said: said
    ),
    "attributions by rules (`attribute.py`)": lambda: patch.object(find, "find_attributions", lambda *_: []),
    "quotations without a cue (`bare.py`)": lambda: patch.object(find, "find_bare", lambda *_: None),
    "words inside words (`nested.py`)": lambda: patch.object(find, "add_nested", lambda _, said, __: said),
    "named later (`echoes.py`)": lambda: patch.object(find, "name_later", lambda _, __, said: said),
    "disowned words (`disowned.py`)": lambda: patch.object(find, "_find_disowned", lambda _: []),
}


def write_unseen(data: Path, argv: list[str]) -> None:
    """Write what the program says of more_train, each page read by models that did not learn from it; the
    form of `evals.ledger`."""
    _, out = argv
    folder = data / "gold"
    pages = list_unseen(read_pages(data))
    write_rows(out, (read_page_row(row, folder) for row in pages if row["id"].startswith("more/")))


def measure_ledger(rows: Iterator[Row], gold: list[Row], folder: Path, scorer: Any) -> Row:
    """Return the figures of the ledger scorer."""
    with tempfile.TemporaryDirectory() as scratch:
        wanted, found = Path(scratch) / "gold.jsonl", Path(scratch) / "found.jsonl"
        wanted.write_text("".join(json.dumps(row) + "\n" for row in gold), encoding="utf-8")
        found.write_text(
            "".join(json.dumps(read_page_row(row, folder)) + "\n" for row in rows), encoding="utf-8"
        )
        told = StringIO()
        with redirect_stdout(told):
            scorer.main([str(wanted), str(found), "--json"])
        return dict(json.loads(told.getvalue()))


def print_pieces(data: Path, scorer: Any) -> None:
    folder = data / "gold"
    pages = read_pages(data)
    train = [row for row in pages if row["id"].startswith("more/")]
    dev = list(read_rows(folder / "more_dev.jsonl"))
    print("| without | set |", " | ".join(FIGURES), "|")
    print("| --- | --- |", " | ".join("---" for _ in FIGURES), "|")
    for name, without in PIECES.items():
        with without():
            unseen = (row for row in list_unseen(pages) if row["id"].startswith("more/"))
            for what, rows, gold in (("train", unseen, train), ("dev", iter(dev), dev)):
                score = measure_ledger(rows, gold, folder, scorer)
                print(
                    f"| {name} | {what} |",
                    " | ".join(f"{score[f] or 0:.3f}" for f in FIGURES),
                    "|",
                    flush=True,
                )


def print_signals(data: Path) -> None:
    # Imported late: it needs torch, which who only measures ledgers has not.
    from training.ranker import name_signals, read_kept

    pages = read_pages(data)
    made = {page["id"] for page in pages if "set" not in page and not page["id"].startswith("more/")}
    print("| ranker | without | made on | elsewhere |")
    print("| --- | --- | --- | --- |")
    for name in ("who", "when", "via"):
        questions = read_kept(WORK / f"{name}.json")
        families = sorted({signal.split(":")[0] + ":" for signal in name_signals(questions) if ":" in signal})
        for family in ("", *families, *(["rule"] if name == "who" else [])):
            shares = [f"{share:.3f}" for share in _right(questions, made, family)]
            print(f"| {name} | {family or 'nothing'} |", " | ".join(shares), "|", flush=True)


def _right(questions: list[Any], made: set[str], family: str) -> Iterator[float]:
    """Yield the share that is right on the pages that rules were made on, and on all others."""
    from training.ranker import measure, name_signals

    names = name_signals(questions, [family] if family else ())
    for question in questions:
        question.kind = "made on" if question.page in made else "elsewhere"
    tallies = measure(questions, names)
    for kind in ("made on", "elsewhere"):
        yield tallies[kind].right / max(1, tallies[kind].asked)


def main(argv: list[str]) -> None:
    data = Path(argv[0])
    sys.path.append(str(data.parent / "score"))
    if "--signals" in argv:
        print_signals(data)
    else:
        print_pieces(data, import_module("ledger"))


if __name__ == "__main__":
    main(sys.argv[1:])
