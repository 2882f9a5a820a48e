"""Files that people asked for, written whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

__all__ = ["write_whole"]


def write_whole(output: Path, write: Callable[[BinaryIO], int]) -> int:
    """Write a file beside its place and move it there when whole, so that half is never taken for all."""
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as out:
            written = write(out)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    return written
