"""Article and readers' comments of saved pages: `python -m evals.comments PAGES_FOLDER OUT.jsonl`.

OUT rows: {"id", "text", "comments"}.
"""

import sys
from pathlib import Path

from evals.body import iter_captures, write_rows
from onrecord.page import article_text, read_page
from onrecord.types import Page

__all__ = ["comment_text", "main"]


def comment_text(page: Page) -> str:
    """Return what readers wrote under the article, one line a line."""
    return "\n".join(block.span.of(page.text) for block in page.blocks if block.role == "comment")


def main(argv: list[str]) -> None:
    """Write the article text and the comments of every page of a folder."""
    folder, out = map(Path, argv)
    pages = ((name, read_page(capture)[0]) for name, capture in iter_captures(folder))
    write_rows(
        out, ({"id": n, "text": article_text(page), "comments": comment_text(page)} for n, page in pages)
    )


if __name__ == "__main__":
    main(sys.argv[1:])
