"""Readers' comments one by one: `python -m evals.comment_records PAGES_FOLDER [OUT.jsonl]`.

Of the pages with gold snippets of comments: how many snippets lie in exactly one comment, how many comments
say who wrote them and when, and on how many pages the number found is the number that the page prints ("12
Comments"). A page in several parts prints more than it holds, so not all can agree.

OUT rows: {"id", "comments": [{"parent", "depth", "reader", "posted", "likes", "text"}]}.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.body import iter_captures, write_rows
from onrecord.page import read_page
from onrecord.types import Page

__all__ = ["count_printed", "main", "score"]

SPACE = re.compile(r"\s+")
PRINTED = re.compile(
    r"^\W*(?P<number>\d{1,5})\s+(?:readers?\W+)?(?:comments?|kommentare?|antworten|repl(?:y|ies)|responses?"
    r"|thoughts?|gedanken?|commentaires?|comentarios?|reacties|meinungen)\b",
    re.IGNORECASE,
)


def main(argv: list[str]) -> None:
    """Print the figures of a folder of pages; write what was found there, if a second name is given."""
    folder = Path(argv[0])
    gold = {row["id"]: row for row in read_gold(folder) if row.get("comment_snippets")}
    pages = {name: read_page(capture)[0] for name, capture in iter_captures(folder) if name in gold}
    for name, value in score(gold, pages).items():
        print(f"{name:48} {value:>8}")
    if len(argv) > 1:
        write_rows(Path(argv[1]), ({"id": name, "comments": tell(page)} for name, page in pages.items()))


def read_gold(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the gold rows of a folder."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def score(gold: Mapping[str, Mapping[str, Any]], pages: Mapping[str, Page]) -> dict[str, str]:
    """Return the figures, each a count of so many."""
    counts: Counter[str] = Counter()
    for name, page in pages.items():
        texts = [fold(" ".join(span.of(page.text) for span in one.text)) for one in page.comments]
        lines = fold(" ".join(one.span.of(page.text) for one in page.blocks if one.role == "comment"))
        for snippet in map(fold, gold[name]["comment_snippets"]):
            holding = sum(snippet in text for text in texts)
            counts["snippets"] += 1
            counts["in comment lines"] += snippet in lines
            counts["one"] += holding == 1
            counts["several"] += holding > 1
        counts["comments"] += len(page.comments)
        counts["named"] += sum(one.handle is not None for one in page.comments)
        counts["dated"] += sum(one.time is not None for one in page.comments)
        counts["day"] += sum(one.posted is not None for one in page.comments)
        printed = count_printed(page)
        counts["printed"] += bool(printed)
        counts["agree"] += len(page.comments) in printed
    return {
        "pages with gold snippets of comments": str(len(pages)),
        "snippets in comment lines": f"{counts['in comment lines']} of {counts['snippets']}",
        "snippets in exactly one comment": f"{counts['one']} of {counts['snippets']}",
        "snippets in several comments (quoted)": f"{counts['several']} of {counts['snippets']}",
        "comments found": str(counts["comments"]),
        "comments with a handle": f"{counts['named']} of {counts['comments']}",
        "comments with a time": f"{counts['dated']} of {counts['comments']}",
        "comments with a day": f"{counts['day']} of {counts['comments']}",
        "pages whose printed count is the count found": f"{counts['agree']} of {counts['printed']}",
    }


def count_printed(page: Page) -> frozenset[int]:
    """Return the numbers of comments that a page prints in its readers' part."""
    lines = (block.span.of(page.text) for block in page.blocks if block.role in ("comment", "other"))
    found = (PRINTED.match(line) for line in lines if len(line) < 150)
    return frozenset(int(one["number"]) for one in found if one and one["number"] != "0")


def tell(page: Page) -> Sequence[Mapping[str, Any]]:
    """Return the comments of a page as rows, without handles."""
    return [
        {
            "parent": one.parent,
            "depth": one.depth,
            "reader": one.reader,
            "posted": one.posted,
            "likes": one.likes,
            "text": [span.of(page.text) for span in one.text],
        }
        for one in page.comments
    ]


def fold(text: str) -> str:
    return SPACE.sub(" ", text).strip()


if __name__ == "__main__":
    main(sys.argv[1:])
