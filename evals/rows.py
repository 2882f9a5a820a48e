"""JSON lines in and out, gzipped or not."""

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

__all__ = ["read_rows", "write_rows"]


def read_rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a .jsonl or .jsonl.gz file."""
    zipped = str(path).endswith(".gz")
    with gzip.open(path, "rt", encoding="utf-8") if zipped else Path(path).open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def write_rows(path: str | Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as JSON lines, a row a line."""
    with Path(path).open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
