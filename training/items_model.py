"""A layer of the small transformers over what stands on a page (sayings, mentions, temporal expressions):
what is known of each pair is added to the attention (as relative positions are: Shaw et al. 2018)."""

import torch
from torch import nn

__all__ = ["DROPOUT", "STATE_DROPOUT", "WIDTH", "Layer"]

WIDTH, HEADS = 96, 4
STATE_DROPOUT, DROPOUT = 0.3, 0.2


class Layer(nn.Module):
    def __init__(self, relations: int) -> None:
        super().__init__()
        self.asked = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.relation = nn.Linear(relations, HEADS)
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(2))
        self.inner = nn.Sequential(
            nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(2 * WIDTH, WIDTH)
        )
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, items: torch.Tensor, relations: torch.Tensor) -> torch.Tensor:
        """Take [items, WIDTH] and [items, items, relations]; return [items, WIDTH]."""
        asked = self.asked(self.norms[0](items)).reshape(-1, 3, HEADS, WIDTH // HEADS).permute(1, 2, 0, 3)
        query, key, value = asked[0], asked[1], asked[2]
        scores = query @ key.transpose(1, 2) / (WIDTH // HEADS) ** 0.5
        scores = scores + self.relation(relations).permute(2, 0, 1)
        seen = (torch.softmax(scores, 2) @ value).permute(1, 0, 2).reshape(-1, WIDTH)
        items = items + self.drop(self.out(seen))
        return items + self.drop(self.inner(self.norms[1](items)))
