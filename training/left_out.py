"""Pages as models read them that did not learn from their outlet.

What is fitted on the reader's output (what enters a ledger, who speaks, how sure that is) would trust it too
much if the reader knew the pages. `training.reader --folds N` trains N readers, each without a part of the
outlets, `training.who` and `training.days` lay beside each what they fitted without that part; here each page
is read by those that did not see it.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import onnxruntime

from onrecord.models import days, reader, who
from onrecord.models.weights import load_model, read_weights
from training.ledger_pages import split_folds

__all__ = ["FOLDS", "WORK", "has_folds", "list_unseen", "open_model", "use_fold"]

Row = dict[str, Any]
FOLDS = 2
WORK = Path("build/reader")


@contextmanager
def _use_models(folder: Path) -> Iterator[None]:
    """Read with the models of a folder; with the shipped one where it has none of that name yet."""

    def load(name: str) -> onnxruntime.InferenceSession:
        if not (folder / name).exists():
            return load_model(name)
        return open_model(folder / name)

    def read(name: str) -> bytes:
        return (folder / name).read_bytes() if (folder / name).exists() else read_weights(name)

    _forget()
    with (
        patch.object(reader, "load_model", load),
        patch.object(who, "load_model", load),
        patch.object(days, "load_model", load),
        patch.object(who, "read_weights", read),
    ):
        yield
    _forget()


def open_model(path: Path) -> onnxruntime.InferenceSession:
    """Open a model that is not shipped, to run on one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _forget() -> None:
    reader.forget_reader()
    who.forget_who()
    days.forget_days()


def use_fold(fold: int, work: Path = WORK) -> AbstractContextManager[None]:
    """Read with the models that learned without a part of the outlets; the reader is exported first where it
    is not yet."""
    folder = work / f"fold-{fold}"
    if not (folder / "reader.onnx").exists():
        # Imported late: who only measures has no torch.
        from training.reader_export import main as export

        export(["--work", str(work), "--run", f"fold-{fold}", "--out", str(folder)])
    return _use_models(folder)


def list_unseen(pages: list[Row], work: Path = WORK, folds: int = FOLDS) -> Iterator[Row]:
    """Yield the pages, fold by fold, while the reader in use is the one that did not learn from them."""
    for fold, (_, left) in enumerate(split_folds(pages, folds)):
        with use_fold(fold, work):
            yield from left


def has_folds(work: Path = WORK) -> bool:
    """Are the readers there that were trained without a part of the outlets?"""
    return (work / "fold-0" / "reader.onnx").exists()
