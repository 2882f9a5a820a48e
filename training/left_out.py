"""Pages as a reader reads them that did not learn from their outlet.

What is fitted on the reader's output (what enters a ledger, how sure that is) would trust it too much if the
reader knew the pages. `training.reader --folds N` trains N readers, each without a part of the outlets; here
each page is read by the one that did not see it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import onnxruntime

from onrecord.models import reader
from training.ledger_pages import split_folds

__all__ = ["FOLDS", "has_folds", "list_unseen", "use_reader"]

Row = dict[str, Any]
FOLDS = 2
WORK = Path("build/reader")


@contextmanager
def use_reader(folder: Path) -> Iterator[None]:
    """Read with the models of a folder."""

    def load(name: str) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])

    reader.forget_reader()
    with patch.object(reader, "load_model", load):
        yield
    reader.forget_reader()


def list_unseen(pages: list[Row], work: Path = WORK, folds: int = FOLDS) -> Iterator[Row]:
    """Yield the pages, fold by fold, while the reader in use is the one that did not learn from them."""
    for fold, (_, left) in enumerate(split_folds(pages, folds)):
        folder = work / f"fold-{fold}"
        if not (folder / "reader.onnx").exists():
            # Imported late: who only measures has no torch.
            from training.reader_export import main as export

            export(["--work", str(work), "--run", f"fold-{fold}", "--out", str(folder)])
        with use_reader(folder):
            yield from left


def has_folds(work: Path = WORK) -> bool:
    """Are the readers there that were trained without a part of the outlets?"""
    return (work / "fold-0" / "reader.onnx").exists()
