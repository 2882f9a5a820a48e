"""Which pages are about one event: `python -m evals.stories INPUT OUT.jsonl`.

INPUT has rows with `id` and `text`, and `published` and `headline` where they are known; OUT has rows
{"id", "group"}.
"""

import sys
from pathlib import Path

from evals.rows import read_rows, write_rows
from onrecord.across import StoryArticle, group_stories

__all__ = ["gold", "main"]


def main(argv: list[str]) -> None:
    """Group the pages of a file into stories."""
    source, out = argv
    articles = [
        StoryArticle(
            id=str(row["id"]),
            headline=row.get("headline"),
            text=row["text"],
            days=(row["published"],) if row.get("published") else (),
        )
        for row in read_rows(source)
    ]
    write_rows(out, ({"id": id, "group": group} for id, group in group_stories(articles).items()))


def gold(source: str | Path, out: str | Path) -> None:
    """Write the stories that the pages are known to belong to, as the scorer reads them."""
    write_rows(out, ({"id": str(row["id"]), "group": row["story"]} for row in read_rows(source)))


if __name__ == "__main__":
    main(sys.argv[1:])
