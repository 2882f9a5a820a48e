"""A small network that chooses one of several candidates by their signals: what `training.who` and
`training.when` share. Learned is the log likelihood that one of the right candidates is chosen (a softmax
over the candidates of one question, as in Cao et al. 2007)."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from training.roles import MODELS, write_hashes

torch.set_num_threads(1)

__all__ = ["Question", "fit", "keep", "measure", "name_signals", "read_kept", "tabulate", "write"]

SEED = 7
EPOCHS = 25
BATCH = 32
RATE = 2e-3
DECAY = 0.02
WIDTH = 48
DROPOUT = 0.2
FOLDS = 3
# A signal that fewer candidates have than this is left out.
FEWEST = 12

Table = tuple[NDArray[np.float32], NDArray[np.bool_]]


@dataclass(slots=True)
class Question:
    """One statement: its candidates' signals, which are right, whether the rules' answer is, and what kind of
    question it is (for the report)."""

    page: str
    outlet: str
    kind: str
    signals: list[dict[str, float]]
    right: list[bool]
    ruled: bool


def keep(questions: Sequence[Question], path: Path) -> None:
    path.write_text(json.dumps([asdict(q) for q in questions]))


def read_kept(path: Path) -> list[Question]:
    return [Question(**row) for row in json.loads(path.read_text())]


def name_signals(questions: Sequence[Question], without: Sequence[str] = ()) -> list[str]:
    """Return the signals that enough candidates have, in order; none that begins as one of `without` does."""
    counts = Counter(
        name
        for question in questions
        for signals in question.signals
        for name, value in signals.items()
        if value
    )
    return sorted(n for n, count in counts.items() if count >= FEWEST and not n.startswith(tuple(without)))


class Network(nn.Module):
    def __init__(self, scale: torch.Tensor) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(len(scale), WIDTH),
            nn.ReLU(),
            nn.Dropout(DROPOUT),
            nn.Linear(WIDTH, WIDTH),
            nn.ReLU(),
            nn.Dropout(DROPOUT),
            nn.Linear(WIDTH, 1),
        )
        self.register_buffer("scale", scale)

    def forward(self, signals: torch.Tensor) -> torch.Tensor:
        """Take [candidates, signals]; return scores [candidates]."""
        return self.layers(signals * self.scale).squeeze(-1)


def tabulate(question: Question, names: Sequence[str]) -> Table:
    columns = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(question.signals), len(names)), np.float32)
    for row, signals in enumerate(question.signals):
        for name, value in signals.items():
            if name in columns:
                table[row, columns[name]] = value
    return table, np.array(question.right)


def fit(tables: Sequence[Table], seed: int = SEED, epochs: int = EPOCHS) -> Network:
    torch.manual_seed(seed)
    chance = random.Random(seed)
    rows = [row for row in tables if row[1].any() and not row[1].all()]
    most = np.max([np.abs(table).max(0) for table, _ in rows], axis=0)
    model = Network(1 / torch.tensor(most).clamp(min=1e-3))
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * ((len(rows) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(epochs):
        chance.shuffle(rows)
        for at in range(0, len(rows), BATCH):
            some = rows[at : at + BATCH]
            scores = model(torch.tensor(np.concatenate([table for table, _ in some])))
            parts = scores.split([len(table) for table, _ in some])
            losses = [
                torch.logsumexp(part, 0) - torch.logsumexp(part[torch.tensor(right)], 0)
                for part, (_, right) in zip(parts, some, strict=True)
            ]
            optimizer.zero_grad()
            torch.stack(losses).mean().backward()
            optimizer.step()
            schedule.step()
    return model.eval()


@torch.no_grad()
def choose(model: Network, table: NDArray[np.float32]) -> int:
    return int(model(torch.tensor(table)).argmax())


@dataclass(slots=True)
class Tally:
    asked: int = 0
    right: int = 0
    ruled: int = 0
    reachable: int = 0

    def __str__(self) -> str:
        parts = (self.right, self.ruled, self.reachable)
        right, ruled, reachable = (part / max(1, self.asked) for part in parts)
        return f"{self.asked}, right {right:.3f}, rules {ruled:.3f}, could be {reachable:.3f}"


def measure(questions: Sequence[Question], names: Sequence[str], folds: int = FOLDS) -> dict[str, Tally]:
    """Return how many are right on outlets left out, in all and by kind of question."""
    tables = [tabulate(question, names) for question in questions]
    outlets = sorted({question.outlet for question in questions})
    random.Random(SEED).shuffle(outlets)
    tallies: dict[str, Tally] = {"all": Tally()}
    for fold in range(folds):
        left = set(outlets[fold::folds])
        model = fit([table for table, q in zip(tables, questions, strict=True) if q.outlet not in left])
        for (table, yes), question in zip(tables, questions, strict=True):
            if question.outlet in left:
                for kind in ("all", question.kind):
                    tally = tallies.setdefault(kind, Tally())
                    tally.asked += 1
                    tally.right += bool(yes[choose(model, table)])
                    tally.ruled += question.ruled
                    tally.reachable += bool(yes.any())
    return tallies


def write(model: Network, name: str, names: Sequence[str], folder: Path = MODELS) -> None:
    """Write NAME.onnx and NAME_signals.txt, by default among the models, with their hashes."""
    torch.onnx.export(
        model,
        (torch.zeros(3, len(names)),),
        str(folder / f"{name}.onnx"),
        input_names=["signals"],
        output_names=["scores"],
        dynamic_axes={"signals": {0: "candidates"}, "scores": {0: "candidates"}},
        opset_version=17,
        dynamo=False,
    )
    (folder / f"{name}_signals.txt").write_text("\n".join(names), encoding="utf-8")
    if folder == MODELS:
        write_hashes()
