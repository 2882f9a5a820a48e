"""Article and comment lines of pages flattened to text: `python -m evals.lines LINES.jsonl.gz OUT.jsonl`.

Only `id` and `lines` of a row are read. OUT rows: {"id", "article": [0/1 a line], "comment": [0/1 a line]}.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.body import write_rows
from onrecord.page import role_text

__all__ = ["main"]


def label_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Label the lines of each page of a file."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            roles = role_text(row["lines"])
            yield {
                "id": row["id"],
                "article": [int(role == "paragraph") for role in roles],
                "comment": [int(role == "comment") for role in roles],
            }


def main(argv: list[str]) -> None:
    """Label the lines of every page of a file."""
    source, out = map(Path, argv)
    write_rows(out, label_rows(source))


if __name__ == "__main__":
    main(sys.argv[1:])
