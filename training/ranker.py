"""A small network that chooses one of several candidates by their signals.

Learned is the log likelihood that one of the right candidates is chosen: a softmax over the candidates of one
question, as in Cao et al. 2007.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from training.roles import MODELS, write_hashes

__all__ = ["Question", "Tally", "fit", "measure", "name_signals", "tabulate", "write"]

SEED = 7
EPOCHS = 20
BATCH = 64
RATE = 2e-3
DECAY = 0.02
WIDTH = 48
DROPOUT = 0.2
FOLDS = 3
# A signal that fewer candidates have than this is left out.
FEWEST = 12
NEVER = -1e4


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


@dataclass(frozen=True, slots=True)
class Table:
    """Questions as tensors: signals [questions, candidates, signals], which candidates there are and which
    are right [questions, candidates]."""

    signals: torch.Tensor
    there: torch.Tensor
    right: torch.Tensor

    def take(self, rows: Sequence[int]) -> "Table":
        return Table(self.signals[rows], self.there[rows], self.right[rows])


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
        """Take [.., candidates, signals]; return scores [.., candidates]."""
        return self.layers(signals * self.scale).squeeze(-1)


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


def tabulate(questions: Sequence[Question], names: Sequence[str]) -> Table:
    columns = {name: at for at, name in enumerate(names)}
    most = max(len(question.signals) for question in questions)
    signals = np.zeros((len(questions), most, len(names)), np.float32)
    there, right = np.zeros((2, len(questions), most), bool)
    for row, question in enumerate(questions):
        for at, one in enumerate(question.signals):
            for name, value in one.items():
                if name in columns:
                    signals[row, at, columns[name]] = value
        there[row, : len(question.signals)] = True
        right[row, : len(question.right)] = question.right
    return Table(torch.tensor(signals), torch.tensor(there), torch.tensor(right))


def fit(table: Table, seed: int = SEED) -> Network:
    """Fit a network to the questions that have a right candidate and a wrong one."""
    torch.manual_seed(seed)
    telling = table.right.any(1) & (table.right != table.there).any(1)
    rows = torch.nonzero(telling).squeeze(1).tolist()
    scale = 1 / table.signals[rows].abs().amax((0, 1)).clamp(min=1e-3)
    model, chance = Network(scale), random.Random(seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * ((len(rows) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(EPOCHS):
        chance.shuffle(rows)
        for at in range(0, len(rows), BATCH):
            some = table.take(rows[at : at + BATCH])
            scores = model(some.signals).masked_fill(~some.there, NEVER)
            missed = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~some.right, NEVER), 1)
            optimizer.zero_grad()
            missed.mean().backward()
            optimizer.step()
            schedule.step()
    return model.eval()


@torch.no_grad()
def measure(questions: Sequence[Question], names: Sequence[str], folds: int = FOLDS) -> dict[str, Tally]:
    """Return how many are right on outlets left out, in all, by kind of question and by set of pages."""
    table = tabulate(questions, names)
    outlets = sorted({question.outlet for question in questions})
    random.Random(SEED).shuffle(outlets)
    fold_of = {outlet: at % folds for at, outlet in enumerate(outlets)}
    tallies: dict[str, Tally] = {}
    for fold in range(folds):
        kept = [at for at, q in enumerate(questions) if fold_of[q.outlet] != fold]
        left = [at for at, q in enumerate(questions) if fold_of[q.outlet] == fold]
        with torch.enable_grad():
            model = fit(table.take(kept))
        some = table.take(left)
        chosen = model(some.signals).masked_fill(~some.there, NEVER).argmax(1)
        for row, (at, best) in enumerate(zip(left, chosen.tolist(), strict=True)):
            question = questions[at]
            for kind in ("all", question.kind, question.page.split("/")[0]):
                tally = tallies.setdefault(kind, Tally())
                tally.asked += 1
                tally.right += bool(some.right[row, best])
                tally.ruled += question.ruled
                tally.reachable += bool(some.right[row].any())
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
