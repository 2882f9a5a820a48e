"""A long list a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import Query, Request

__all__ = ["PAGE_LENGTH", "Offset", "Turning", "turn"]

PAGE_LENGTH = 50

# SQLite counts in 64 bits; nobody turns that many pages.
Offset = Annotated[int, Query(ge=0, le=10**12, description="How many to pass over.")]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """Where in a list we are: the addresses of the pages before and after, None at either end."""

    offset: int = 0
    before: str | None = None
    after: str | None = None


def turn(
    request: Request, rows: Sequence[Item], *, offset: int, limit: int = PAGE_LENGTH
) -> tuple[list[Item], Turning]:
    """Cut one row too many off what was asked for: that it is there means that the list goes on."""

    def address(at: int) -> str:
        values = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
        return request.url.path + "?" + urlencode([*values, ("offset", at)])

    return list(rows[:limit]), Turning(
        offset=offset,
        before=address(max(offset - limit, 0)) if offset else None,
        after=address(offset + limit) if len(rows) > limit else None,
    )
