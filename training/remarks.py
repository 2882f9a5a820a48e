"""Fit what tells whether two statements are one remark: `python -m training.remarks DATA`.

Learned from the rooms of `training.remark_rooms`: boosted trees (Friedman 2001) over the signals of
`onrecord.across.remark_signals`, of rooms and of every two pages of them alone, for a ledger of two pages
has no more. First it is measured on rooms left out, in ten folds; what each fold learned is kept in
build/remarks, by which `evals.remarks` judges the rooms. Written: remarks.onnx and, from the vectors of the
pieces of all-MiniLM-L6-v2, remarks_words.onnx. Seeded; two minutes on one core.
"""

import argparse
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import average_precision_score
from torch import nn

from evals.remarks import find_links, make_entries
from onrecord.across.remarks import measure_statements
from onrecord.models.remarks import SIZE
from onrecord.types import Entry
from training.reader_model import find_encoder
from training.remark_rooms import WORK, Room, read_rooms, split_rooms, use_fold
from training.shipping import MODELS, to_onnx, trees_to_onnx, write_hashes

SEED = 7
# Of a room of several pages so many pairs of pages are learned from alone too.
PAIRS = 3
TREES, LEAVES, FEWEST, RATE = 240, 12, 40, 0.06
PRECISIONS = (0.95, 0.93, 0.9, 0.85)
# How sure groups must be: the choice is across.remarks.LEAST.
LEASTS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)


@dataclass(frozen=True, slots=True)
class Task:
    """The pairs of statements of one room: signals [pairs, signals] and which are one remark."""

    signals: NDArray[np.float32]
    right: NDArray[np.bool_]


def ask(entries: Sequence[Entry], links: set[tuple[str, str]]) -> Task:
    pairs, signals = measure_statements(entries, every=True)
    return Task(signals, np.array([pair in links for pair in pairs], bool))


def ask_room(room: Room, chance: random.Random) -> list[Task]:
    """Return the pairs of a room, and those of some of its pages two by two."""
    links = {(min(pair), max(pair)) for pair in room.list_links()}
    pages = [list(make_entries(page, room.name)) for page in room.pages]
    tasks = [ask([entry for page in pages for entry in page], links)]
    if len(pages) > 2:
        twos = list(combinations(pages, 2))
        tasks += [ask(one + two, links) for one, two in chance.sample(twos, min(PAIRS, len(twos)))]
    return tasks


def fit(tasks: Sequence[Task]) -> GradientBoostingClassifier:
    trees = GradientBoostingClassifier(
        init="zero",
        n_estimators=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=FEWEST,
        subsample=0.5,
        max_features=0.4,
        random_state=SEED,
    )
    return trees.fit(
        np.concatenate([task.signals for task in tasks]), np.concatenate([task.right for task in tasks])
    )


def report(rates: NDArray[np.float64], right: NDArray[np.bool_], links: int) -> str:
    """Tell what is found on rooms left out, of all links of the gold, at several precisions."""
    hits = np.cumsum(right[np.argsort(-rates, kind="stable")])
    precision = hits / np.arange(1, len(hits) + 1)
    found = (f"{least}: {hits[precision >= least].max(initial=0) / links:.3f}" for least in PRECISIONS)
    average = average_precision_score(right, rates) * right.sum() / links
    return f"average precision {average:.3f}, recall at precision {', '.join(found)}"


@dataclass(slots=True)
class Tally:
    """Pairs of statements grouped as one remark, how many of them are, and how many there are."""

    found: int = 0
    right: int = 0
    links: int = 0

    def __str__(self) -> str:
        return f"P {self.right / max(1, self.found):.3f}, R {self.right / max(1, self.links):.3f}"


def count(room: Room, tallies: Mapping[float, Tally]) -> None:
    links = {(min(pair), max(pair)) for pair in room.list_links()}
    for least, tally in tallies.items():
        found = set(find_links(room.pages, least=least))
        tally.found += len(found)
        tally.right += len(found & links)
        tally.links += len(links)


class Vectors(nn.Module):
    """Pieces of words to their vectors, kept in half precision."""

    def __init__(self, table: torch.Tensor) -> None:
        super().__init__()
        self.table = nn.Parameter(table.half(), requires_grad=False)

    def forward(self, pieces: torch.Tensor) -> torch.Tensor:
        return self.table[pieces].float()


def find_vectors(folder: Path) -> torch.Tensor:
    """Return the vectors of an encoder's pieces, cut to SIZE by their principal components, of length 1."""
    weights = load_file(folder / "model.safetensors")
    (name,) = (name for name in weights if name.endswith("word_embeddings.weight"))
    table = nn.functional.normalize(weights[name].float(), dim=1)
    _, parts = torch.linalg.eigh(table.T @ table)
    return nn.functional.normalize(table @ parts[:, -SIZE:], dim=1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--encoder", type=Path, default=None)
    parser.add_argument("--work", type=Path, default=WORK)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    to_onnx(
        Vectors(find_vectors(find_encoder(options.encoder))),
        MODELS / "remarks_words.onnx",
        {"pieces": torch.tensor([1000, 2000])},
        {"pieces": ["pieces"], "vectors": ["pieces", None]},
    )
    write_hashes()
    chance = random.Random(SEED)
    folds = split_rooms(list(read_rooms(options.data)))
    tasks = [[ask_room(room, chance) for room in fold] for fold in folds]
    rates, right, tallies = [], [], {least: Tally() for least in LEASTS}
    for number, left in enumerate(tasks):
        kept = [task for other in tasks if other is not left for room in other for task in room]
        trees = fit(kept)
        trees_to_onnx(trees, options.work / f"fold-{number}.onnx", "signals")
        for whole, *_ in left:
            if len(whole.right):
                rates.append(trees.predict_proba(whole.signals)[:, 1])
                right.append(whole.right)
        with use_fold(number, options.work):
            for room in folds[number]:
                count(room, tallies)
    links = sum(len(room.list_links()) for fold in folds for room in fold)
    print(f"{sum(map(len, right))} pairs, {links} links; on rooms left out:", flush=True)
    print(" ", report(np.concatenate(rates), np.concatenate(right), links), flush=True)
    for least, tally in tallies.items():
        print(f"  grouped from {least} on: {tally}", flush=True)
    trees_to_onnx(
        fit([task for fold in tasks for room in fold for task in room]), MODELS / "remarks.onnx", "signals"
    )
    write_hashes()


if __name__ == "__main__":
    main()
