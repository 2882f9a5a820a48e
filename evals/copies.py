"""Which pages reprint one article: `python -m evals.copies INPUT OUT.jsonl`.

INPUT has rows with `id` and `text`, and `published` where it is known: the earliest is the original, else
the first by id. OUT has rows {"id", "group"}, a group named by its original.
"""

import sys
from pathlib import Path

from evals.rows import read_rows, write_rows
from onrecord.across import group_copies

__all__ = ["gold", "main"]


def main(argv: list[str]) -> None:
    """Find for each page of a file the one that it reprints."""
    source, out = argv
    rows = {str(row["id"]): row for row in read_rows(source)}
    order = {id: row.get("published") or "" for id, row in rows.items()}
    groups = group_copies({id: row["text"] for id, row in rows.items()}, order=order)
    write_rows(out, ({"id": id, "group": group} for id, group in groups.items()))


def gold(source: str | Path, out: str | Path) -> None:
    """Write which article each page was made from, as the scorer reads it."""
    write_rows(out, ({"id": str(row["id"]), "group": row["source"]} for row in read_rows(source)))


if __name__ == "__main__":
    main(sys.argv[1:])
