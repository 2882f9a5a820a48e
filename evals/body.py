"""The article text of saved pages: `python -m evals.body PAGES_FOLDER OUT.jsonl`.

The folder holds the pages' html and gold.jsonl, of which only `id`, `file` and `url` are read.
OUT rows: {"id", "text"}.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.capture.digest import payload_digest
from onrecord.page import article_text, read_page
from onrecord.types import Capture

__all__ = ["iter_captures", "main", "write_rows"]


def iter_captures(folder: Path) -> Iterator[tuple[str, Capture]]:
    """Yield the id and the capture of each page of a folder."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            path = folder / row["file"]
            payload = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            yield (
                row["id"],
                Capture(
                    payload=payload,
                    payload_digest=payload_digest(payload),
                    place=str(path),
                    media_type="text/html",
                    uri=row.get("url"),
                ),
            )


def write_rows(out: Path, rows: Iterator[dict[str, Any]]) -> None:
    """Write one JSON row a line."""
    with out.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def main(argv: list[str]) -> None:
    """Write the article text of every page of a folder."""
    folder, out = map(Path, argv)
    pages = ((name, read_page(capture)[0]) for name, capture in iter_captures(folder))
    write_rows(out, ({"id": name, "text": article_text(page)} for name, page in pages))


if __name__ == "__main__":
    main(sys.argv[1:])
