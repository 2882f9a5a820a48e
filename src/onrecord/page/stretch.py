"""The stretch of lines that is the article."""

from collections.abc import Sequence

__all__ = ["find_stretch"]

MAX_GAP = 400.0


def find_stretch(weights: Sequence[float]) -> tuple[int, int]:
    """Return the half-open range of lines with the greatest sum; (0, 0) where no line speaks for an article.

    A run of furniture costs at most so much: forms and adverts inside an article are long, and it goes on.
    """
    best = total = gap = 0.0
    best_range, start = (0, 0), 0
    for at, weight in enumerate(weights):
        if weight > 0:
            gap = 0.0
        elif weight > -500:
            weight = -min(-weight, max(0.0, MAX_GAP - gap))
            gap -= weight
        if total <= 0:
            total, start = 0.0, at
        total += weight
        if total > best:
            best, best_range = total, (start, at + 1)
    return best_range
