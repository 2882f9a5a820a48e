"""The model of days as a torch module: a small transformer over the sayings and the temporal expressions of
an article, and a score for each saying and expression together."""

import torch
from torch import nn

from onrecord.statements.days.questions import PAIR_SIGNALS, SIGNALS, STATES
from onrecord.statements.text.places import STANDINGS
from training.items_model import DROPOUT, STATE_DROPOUT, WIDTH, Layer

__all__ = ["Days"]

LAYERS = 2


class Days(nn.Module):
    """The arrays of a `Question` to scores: that nothing dates a saying, and each expression."""

    def __init__(self) -> None:
        super().__init__()
        self.state = nn.Linear(STATES, WIDTH)
        self.signal = nn.Linear(len(SIGNALS), WIDTH)
        self.drop = nn.Dropout(STATE_DROPOUT)
        self.layers = nn.ModuleList(Layer(len(STANDINGS)) for _ in range(LAYERS))
        self.saying = nn.Linear(WIDTH, WIDTH)
        self.expression = nn.Linear(WIDTH, WIDTH)
        self.pair = nn.Linear(len(PAIR_SIGNALS) + len(STANDINGS), WIDTH)
        self.score = nn.Sequential(
            nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(WIDTH, WIDTH // 2), nn.GELU(), nn.Linear(WIDTH // 2, 1)
        )
        self.none = nn.Sequential(nn.Linear(WIDTH, WIDTH // 2), nn.GELU(), nn.Linear(WIDTH // 2, 1))

    def forward(
        self,
        states: torch.Tensor,
        signals: torch.Tensor,
        relations: torch.Tensor,
        sayings: torch.Tensor,
        expressions: torch.Tensor,
        pairs: torch.Tensor,
    ) -> torch.Tensor:
        """Return scores [sayings, 1 + expressions]."""
        items = self.state(self.drop(states)) + self.signal(signals)
        for layer in self.layers:
            items = layer(items, relations)
        asked, offered = items[sayings], items[expressions]
        known = torch.cat([pairs, relations[sayings][:, expressions]], 2)
        met = self.saying(asked)[:, None] + self.expression(offered)[None] + self.pair(known)
        return torch.cat([self.none(asked), self.score(met).squeeze(2)], 1)
