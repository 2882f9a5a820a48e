"""Rooms of annotated pages that report one story, and which of their statements are one remark.

`remarks.jsonl` names statements by their places: the number of a page in its room, and of a statement among
those of the page in `training.ledger_pages`. `remarks.md` tells how it was made.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from training.ledger_pages import read_pages

__all__ = ["ROOMS", "Room", "read_rooms"]

Row = dict[str, Any]
Place = tuple[int, int]
ROOMS = Path(__file__).parent / "remarks.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Pages in the form of gold/FORMAT.md, their statements numbered "s0", "s1" and so on, and the remarks:
    each the places (page, statement) of its renderings; one statement may stand in two."""

    name: str
    pages: tuple[Row, ...]
    remarks: tuple[tuple[Place, ...], ...]

    def list_links(self) -> set[tuple[str, str]]:
        """Return the pairs of statements of two pages that are one remark, each "page:statement"."""
        pairs = (pair for remark in self.remarks for pair in combinations(sorted(remark), 2))
        return {(self._id(a), self._id(b)) for a, b in pairs if a[0] != b[0]}

    def _id(self, place: Place) -> str:
        return f"{self.pages[place[0]]['id']}:s{place[1]}"


def read_rooms(data: Path) -> Iterator[Room]:
    """Yield the rooms, their texts from local data."""
    pages = {page["id"]: page for page in read_pages(data)}
    with ROOMS.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            yield Room(
                name=row["room"],
                pages=tuple(_number(pages[id]) for id in row["pages"]),
                remarks=tuple(tuple((page, at) for page, at in remark) for remark in row["remarks"]),
            )


def _number(page: Row) -> Row:
    return page | {"statements": [one | {"id": f"s{at}"} for at, one in enumerate(page["statements"])]}
