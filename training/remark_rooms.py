"""Rooms of annotated pages that report one story, and which of their statements are one remark.

`remarks.jsonl` names statements by their places: the number of a page in its room, and of a statement among
those of the page in `training.ledger_pages`. `remarks.md` tells how it was made.
"""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest.mock import patch

from onrecord.models import remarks
from training.ledger_pages import read_pages
from training.left_out import open_model

__all__ = ["ROOMS", "WORK", "Room", "has_room_folds", "read_rooms", "split_rooms", "use_fold"]

Row = dict[str, Any]
Place = tuple[int, int]
ROOMS = Path(__file__).parent / "remarks.jsonl"
# What was learned without a tenth of the rooms each; `training.remarks` lays it there.
WORK = Path("build/remarks")
FOLDS = 10
SEED = 7


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


def split_rooms(rooms: Sequence[Room]) -> list[list[Room]]:
    """Return the rooms in folds, drawn by chance."""
    order = sorted(rooms, key=lambda room: room.name)
    random.Random(SEED).shuffle(order)
    return [order[fold::FOLDS] for fold in range(FOLDS)]


@contextmanager
def use_fold(fold: int, work: Path = WORK) -> Iterator[None]:
    """Rate pairs of statements with what was learned without a fold of the rooms."""
    trees = open_model(work / f"fold-{fold}.onnx")
    with patch.object(remarks, "load_trees", lambda: trees):
        yield


def has_room_folds(work: Path = WORK) -> bool:
    """Are the models there that were fitted without a part of the rooms?"""
    return (work / "fold-0.onnx").exists()
