"""The parts of a shard: written aside, put in place whole, counted on when a killed shard goes on."""

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from onrecord.batch.manifest import read_json, sync_folder, write_json
from onrecord.batch.tables import TABLES, write_rows

__all__ = ["Part", "Rows", "part_folders", "read_parts", "shard_lock", "sweep", "write_part"]

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part holds. `items` counts all that the shard gave so far, so that reading can go on."""

    items: int
    captures: int
    pages: int
    entries: int
    problems: int
    cut_off: tuple[str, ...]


def read_parts(folder: Path) -> list[Part]:
    """Return the finished parts of a shard, in order."""
    parts: list[Part] = []
    while part := read_json(_part_folder(folder, len(parts)) / "part.json", Part):
        parts.append(part)
    return parts


def part_folders(folder: Path, parts: int) -> list[Path]:
    """Return the folders of a shard's parts, in order."""
    return [_part_folder(folder, number) for number in range(parts)]


def write_part(folder: Path, number: int, part: Part, rows: Rows) -> None:
    """Put one part in place. Its files are written aside and synced, and one renaming makes them a part."""
    aside = folder / f"part.{uuid4().hex[:8]}.tmp"
    aside.mkdir()
    for name in TABLES:
        write_rows(aside, name, rows[name])
    write_json(aside / "part.json", part)
    place = _part_folder(folder, number)
    # A folder of that name without its part.json was not made by us in one piece.
    if place.exists():
        shutil.rmtree(place)
    aside.rename(place)
    sync_folder(folder)


def sweep(folder: Path, keep: Collection[Path]) -> None:
    """Remove what a killed run left behind: everything in a shard's folder that is not to be kept."""
    for path in folder.iterdir():
        if path not in keep:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@contextmanager
def shard_lock(folder: Path) -> Iterator[None]:
    """Wait until no other process works on this shard; the system takes the lock back from the dead."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f".{folder.name}.lock").open("a") as file:
        with suppress(ImportError):  # Windows: a run there is alone.
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _part_folder(folder: Path, number: int) -> Path:
    return folder / f"part-{number:05}"
