"""Which printed names are one person's: `python -m evals.people MENTIONS OUT.jsonl`.

MENTIONS has rows with `doc`, `tag`, `start`, `end` and `text`; the pages are read from the file of that
name with "docs" for "mentions" beside it. Which pages are one story is found by the program, not read. Only
mentions of people by name are grouped; "he" and "the mayor" are left out. OUT has rows {"id", "group"}, the
id being "doc:start-end".
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.rows import read_rows, write_rows
from onrecord.across import PrintedName, StoryArticle, group_names, group_stories

__all__ = ["gold", "gold_of_names", "main"]

_PRONOUNS = frozenset(
    "he she they i we you his her him their them its it who whom whose himself herself".split()
)
_SHORTENED = re.compile(r"['’](?:m|d|s|ll|re|ve)$", re.IGNORECASE)
_NAME_WORD = re.compile(r"[A-Z][\w.'’-]*$")


def main(argv: list[str]) -> None:
    """Group the names of people in a file of mentions."""
    source, out = map(Path, argv)
    pages = read_rows(source.with_name(source.name.replace("mentions", "docs")))
    articles = [StoryArticle(id=page["id"], headline=None, text=page["text"]) for page in pages]
    stories = group_stories(articles)
    printed = [
        PrintedName(id=id, name=row["text"], page=row["doc"], story=stories.get(row["doc"]))
        for id, row in find_names(source)
    ]
    write_rows(out, ({"id": id, "group": group} for id, group in group_names(printed).items()))


def gold(source: str | Path, out: str | Path) -> None:
    """Write whom each name is known to be of, as the scorer reads it."""
    write_rows(out, ({"id": id, "group": row["chain"]} for id, row in find_names(Path(source))))


def gold_of_names(source: str | Path, out: str | Path) -> None:
    """Write the same without “I'm” and “she'd”, which have a capital and are nobody's name."""
    names = find_names(Path(source))
    write_rows(
        out, ({"id": id, "group": row["chain"]} for id, row in names if not _is_shortened(row["text"]))
    )


def _is_shortened(text: str) -> bool:
    return _SHORTENED.sub("", text).lower() in _PRONOUNS and _SHORTENED.search(text) is not None


def find_names(source: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the mentions of people that are names: capitals throughout, no pronoun."""
    for row in read_rows(source):
        words = row["text"].split()
        is_name = words and all(map(_NAME_WORD.match, words)) and row["text"].lower() not in _PRONOUNS
        if is_name and row["tag"] == "HUMAN_PART_PER":
            yield f"{row['doc']}:{row['start']}-{row['end']}", row


if __name__ == "__main__":
    main(sys.argv[1:])
