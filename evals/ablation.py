"""What each piece of reading gains: `python -m evals.ablation DATA`.

Whole ledgers of gold/more_dev and evals/held_out.jsonl (totals alone) and of gold/more_train, the latter
read by readers that did not learn from them (`training.reader --folds`), with each piece in turn taken out.
Prints Markdown for evals/ABLATION.md; writes nothing.
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

from evals.held_out import read_held_out
from evals.ledger import read_page_row
from evals.rows import read_rows, write_rows
from onrecord.statements import find, passages
from onrecord.statements.model.learned import read_learned
from training.ledger_pages import read_pages
from training.left_out import list_unseen

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


# What is put in the place of a piece when it is taken out.
PIECES: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "all": nullcontext,
    # Without this piece more is read, not less.
    "paragraphs left unread (`models/telling.py`)": lambda: patch.object(find, "read_telling", read_learned),
    "attributions by rules (`rules/`)": lambda: patch.object(passages, "find_attributions", lambda *_: []),
    "quotations without a cue (`speakers/bare_quotations.py`)": lambda: patch.object(
        passages, "find_bare", lambda *_: None
    ),
    "words inside words (`chain/nested.py`)": lambda: patch.object(
        find, "add_nested", lambda _, said, *__: said
    ),
    "who weighed (`ranking/who.py`)": lambda: patch.object(find, "resolve_who", lambda _, said, *__: said),
    "ways by structure (`chain/through.py`)": lambda: patch.object(find, "find_ways", lambda _, said: said),
    "days linked (`days/dating.py`)": lambda: patch.object(
        find, "date_all", lambda _, said, __: ((one, None) for one in said)
    ),
    "disowned words (`rules/disowned.py`)": lambda: patch.object(find, "_find_disowned", lambda _: []),
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
    dev, held = list(read_rows(folder / "more_dev.jsonl")), list(read_held_out(data))
    print("| without | set |", " | ".join(FIGURES), "|")
    print("| --- | --- |", " | ".join("---" for _ in FIGURES), "|")
    for name, without in PIECES.items():
        with without():
            unseen = (row for row in list_unseen(pages) if row["id"].startswith("more/"))
            for what, rows, gold in (
                ("train", unseen, train),
                ("dev", iter(dev), dev),
                ("held out", iter(held), held),
            ):
                score = measure_ledger(rows, gold, folder, scorer)
                print(
                    f"| {name} | {what} |",
                    " | ".join(f"{score[f] or 0:.3f}" for f in FIGURES),
                    "|",
                    flush=True,
                )


def main(argv: list[str]) -> None:
    data = Path(argv[0])
    sys.path.append(str(data.parent / "score"))
    print_pieces(data, import_module("ledger"))


if __name__ == "__main__":
    main(sys.argv[1:])
