"""Readers by number: "Reader 1" stands for one handle on one page, also where another reader addresses it."""

import re
from collections.abc import Iterable

__all__ = ["fold_handle", "number_handles"]

SPACE = re.compile(r"\s+")


def fold_handle(handle: str) -> str:
    """Return a handle as it is compared: "@Ana  Rell" and "ana rell" are one reader's."""
    return SPACE.sub(" ", handle.strip(" @:,.")).casefold()


def number_handles(handles: Iterable[str | None]) -> list[int | None]:
    """Number the readers of one page from 1, in the order in which they wrote; None for who is not named."""
    numbers: dict[str, int] = {}
    return [
        None if handle is None else numbers.setdefault(fold_handle(handle), len(numbers) + 1)
        for handle in handles
    ]
