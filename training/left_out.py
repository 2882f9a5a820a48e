"""Pages as a reader reads them that did not learn from their outlet.

What is fitted on the reader's output (what enters a ledger, who speaks, when, how sure that is) would trust
it too much if the reader knew the pages. `training.reader --folds N` trains N readers, each without a part of
the outlets; here each page is read by the one that did not see it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import onnxruntime

from onrecord.models import rankers, reader
from training.ledger_pages import split_folds

__all__ = ["FOLDS", "fold_of", "has_folds", "list_unseen", "use_models"]

Row = dict[str, Any]
FOLDS = 2
WORK = Path("build/reader")
MODELS = Path(reader.__file__).parent


@contextmanager
def use_models(folder: Path) -> Iterator[None]:
    """Read with the reader of a folder, and with its rankers where it has them."""

    def load(name: str) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        path = folder / name if (folder / name).exists() else MODELS / name
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def read(name: str) -> bytes:
        return (folder / name if (folder / name).exists() else MODELS / name).read_bytes()

    reader.forget_reader()
    rankers.forget_rankers()
    with (
        patch.object(reader, "load_model", load),
        patch.object(rankers, "load_model", load),
        patch.object(rankers, "read_weights", read),
    ):
        yield
    reader.forget_reader()
    rankers.forget_rankers()


def list_unseen(pages: list[Row], work: Path = WORK, folds: int = FOLDS) -> Iterator[Row]:
    """Yield the pages, fold by fold, while the reader in use is the one that did not learn from them."""
    for fold, (_, left) in enumerate(split_folds(pages, folds)):
        folder = work / f"fold-{fold}"
        if not (folder / "reader.onnx").exists():
            # Imported late: who only measures has no torch.
            from training.reader_export import main as export

            export(["--work", str(work), "--run", f"fold-{fold}", "--out", str(folder)])
        with use_models(folder):
            yield from left


def has_folds(work: Path = WORK) -> bool:
    """Are the readers there that were trained without a part of the outlets?"""
    return (work / "fold-0" / "reader.onnx").exists()


def fold_of(pages: list[Row], folds: int = FOLDS) -> dict[str, int]:
    """Return for each page the fold that it is left out of."""
    return {page["id"]: fold for fold, (_, left) in enumerate(split_folds(pages, folds)) for page in left}
