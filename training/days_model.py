"""The model of days as a torch module: a small transformer over the sayings and the temporal expressions of
an article, with what is known of each pair added to the attention (as relative positions are: Shaw et al.
2018), and a score for each saying and expression together."""

import torch
from torch import nn

from onrecord.statements.days.questions import PAIR_SIGNALS, RELATIONS, SIGNALS, STATES

__all__ = ["Days"]

WIDTH, LAYERS, HEADS = 96, 2, 4
STATE_DROPOUT, DROPOUT = 0.3, 0.2


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.asked = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.relation = nn.Linear(len(RELATIONS), HEADS)
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(2))
        self.inner = nn.Sequential(
            nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(2 * WIDTH, WIDTH)
        )
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, items: torch.Tensor, relations: torch.Tensor) -> torch.Tensor:
        """Take [items, WIDTH] and [items, items, RELATIONS]; return [items, WIDTH]."""
        asked = self.asked(self.norms[0](items)).reshape(-1, 3, HEADS, WIDTH // HEADS).permute(1, 2, 0, 3)
        query, key, value = asked[0], asked[1], asked[2]
        scores = query @ key.transpose(1, 2) / (WIDTH // HEADS) ** 0.5
        scores = scores + self.relation(relations).permute(2, 0, 1)
        seen = (torch.softmax(scores, 2) @ value).permute(1, 0, 2).reshape(-1, WIDTH)
        items = items + self.drop(self.out(seen))
        return items + self.drop(self.inner(self.norms[1](items)))


class Days(nn.Module):
    """The arrays of a `Question` to scores: that nothing dates a saying, and each expression."""

    def __init__(self) -> None:
        super().__init__()
        self.state = nn.Linear(STATES, WIDTH)
        self.signal = nn.Linear(len(SIGNALS), WIDTH)
        self.drop = nn.Dropout(STATE_DROPOUT)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.saying = nn.Linear(WIDTH, WIDTH)
        self.expression = nn.Linear(WIDTH, WIDTH)
        self.pair = nn.Linear(len(PAIR_SIGNALS) + len(RELATIONS), WIDTH)
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
