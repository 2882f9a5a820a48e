"""The model of who spoke as a torch module: a score for each saying and candidate, by what is known of the
pair and by the reader's states of both, a few such networks together."""

from collections.abc import Iterable

import torch
from torch import nn

from onrecord.statements.model.states import SIZE
from onrecord.statements.ranking.questions import SLOTS
from training.fitting import NEVER

__all__ = ["Several", "Who"]

WIDTH = 96
STATE_DROPOUT, DROPOUT = 0.3, 0.2


class Who(nn.Module):
    """The arrays of a `Question` to scores [sayings, candidates]; `scale` brings each signal to about 1."""

    def __init__(self, scale: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("scale", scale)
        self.drop = nn.Dropout(STATE_DROPOUT)
        self.saying, self.mention = nn.Linear(2 * SIZE, WIDTH), nn.Linear(SIZE, WIDTH)
        self.slots = nn.ModuleList(nn.Linear(WIDTH, WIDTH, bias=False) for _ in range(SLOTS))
        self.alike = nn.Linear(WIDTH, WIDTH)
        self.pair = nn.Sequential(
            nn.Linear(len(scale), WIDTH), nn.ReLU(), nn.Dropout(DROPOUT), nn.Linear(WIDTH, WIDTH)
        )
        self.score = nn.Sequential(
            nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(WIDTH, WIDTH // 2), nn.GELU(), nn.Linear(WIDTH // 2, 1)
        )

    def forward(
        self,
        sayings: torch.Tensor,
        mentions: torch.Tensor,
        members: torch.Tensor,
        there: torch.Tensor,
        pairs: torch.Tensor,
    ) -> torch.Tensor:
        asked, offered = self.saying(self.drop(sayings)), self.mention(self.drop(mentions))
        beside = torch.stack([slot(offered)[members[:, :, at]] for at, slot in enumerate(self.slots)]).sum(0)
        met = asked[:, None] + beside + self.alike(asked)[:, None] * beside + self.pair(pairs * self.scale)
        scores: torch.Tensor = self.score(met).squeeze(2) + (1 - there) * NEVER
        return scores


class Several(nn.Module):
    """Networks that were fitted from different seeds, their probabilities averaged."""

    def __init__(self, members: Iterable[Who]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        """Return rates [sayings, candidates], each row together 1."""
        return torch.stack([torch.softmax(one(*inputs), 1) for one in self.members]).mean(0)
