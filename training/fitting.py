"""How the small models of a page are fitted: a few pages at once, and of each saying the log likelihood that
one of the right ones is chosen (as in Cao et al. 2007)."""

import random
from collections.abc import Callable, Sequence

import torch
from torch import nn

__all__ = ["NEVER", "fit_pages"]

EPOCHS, BATCH = 12, 8
RATE, DECAY = 1.5e-3, 0.05
WARM_UP = 0.1
NEVER = -1e4


def fit_pages(
    model: nn.Module,
    rights: Sequence[torch.Tensor],
    score: Callable[[int, random.Random], torch.Tensor],
    seed: int,
) -> None:
    """Fit a model. `rights` tell of each page which choices are right, [sayings, choices], `score` gives the
    model's scores of a page by its place in them, of the same form."""
    chance, order = random.Random(seed), list(range(len(rights)))
    steps = EPOCHS * ((len(order) + BATCH - 1) // BATCH)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=WARM_UP)
    for _ in range(EPOCHS):
        chance.shuffle(order)
        for at in range(0, len(order), BATCH):
            some = order[at : at + BATCH]
            asked = sum(int(rights[page].any(1).sum()) for page in some)
            missed = torch.stack([miss(score(page, chance), rights[page]) for page in some])
            loss = missed.sum() / max(1, asked)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()


def miss(scores: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Return the sum of the negative log likelihoods that one of the right ones is chosen."""
    hit = torch.logsumexp(scores.masked_fill(~right, NEVER), 1)
    missed: torch.Tensor = (torch.logsumexp(scores, 1) - hit)[right.any(1)].sum()
    return missed
