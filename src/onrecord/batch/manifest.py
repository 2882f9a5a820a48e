"""What a finished shard says of itself, and how files are put in place whole or not at all."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from onrecord import __version__

__all__ = [
    "MANIFEST",
    "STATE",
    "Manifest",
    "State",
    "identify",
    "read_json",
    "shard_folder",
    "sync_folder",
    "write_json",
]

T = TypeVar("T")

MANIFEST = "manifest.json"
STATE = "state.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a shard was when it was read: another file, or another Onrecord, means reading it anew."""

    uri: str
    size: int
    changed: str
    onrecord: str
    part_pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A finished shard: what it was, how much its tables hold, and which archives end too early."""

    state: State
    parts: int
    captures: int
    pages: int
    entries: int
    problems: int
    cut_off: tuple[str, ...]


def identify(uri: str, part_pages: int) -> State:
    """Return what a shard is now, without reading its pages: its size and when it last changed."""
    path = Path(uri)
    if not path.is_dir():
        status = path.stat()
        return State(
            uri=uri,
            size=status.st_size,
            changed=str(status.st_mtime_ns),
            onrecord=__version__,
            part_pages=part_pages,
        )
    size, digest = 0, sha256()
    for file in sorted(path.rglob("*")):
        with suppress(OSError):
            status = file.stat()
            size += status.st_size if file.is_file() else 0
            digest.update(f"{file.relative_to(path)}\n{status.st_size} {status.st_mtime_ns}\n".encode())
    return State(
        uri=uri, size=size, changed=digest.hexdigest()[:16], onrecord=__version__, part_pages=part_pages
    )


def shard_folder(out: Path, uri: str) -> Path:
    """Return the folder of a shard's tables: its name for people, and a hash of its whole path."""
    name = re.sub(r"[^\w.-]+", "-", Path(uri).name)[:60].strip(".-") or "shard"
    return out / f"{name}-{sha256(uri.encode('utf-8', 'surrogateescape')).hexdigest()[:12]}"


def read_json(path: Path, kind: type[T]) -> T | None:
    """Return the value that a file holds; None when there is no such file, or it is of another form."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (FileNotFoundError, NotADirectoryError, msgspec.MsgspecError):
        return None


def write_json(path: Path, value: object) -> None:
    """Put a value in place as a file: whole, or not at all."""
    passing = path.with_name(f"{path.name}.tmp")
    with passing.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names in a folder."""
    with suppress(OSError):  # Windows can't sync a folder.
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
