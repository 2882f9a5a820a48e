"""Attributions in PolNeAR's form: `python -m evals.statements INPUT OUT.jsonl`.

INPUT rows {"id", "text"} (a .gz or plain JSONL); OUT rows {"id", "attributions": [{"source", "cue",
"content"}]} for the
scorer of attribution relations. The text is read as an article without furniture: every line of it is
searched.
"""

import sys
from collections.abc import Iterator
from typing import Any

from evals.rows import read_rows, write_rows
from onrecord.article import read_article
from onrecord.capture import payload_digest
from onrecord.statements import find_statements
from onrecord.types import Block, Capture, Page, Problem, Span, Statement

__all__ = ["article_page", "main"]


def article_page(text: str) -> tuple[Capture, Page]:
    """Return a page whose every line is a paragraph of its article; the first line is its headline when it
    looks like one."""
    payload = text.encode()
    digest = payload_digest(payload)
    capture = Capture(payload=payload, payload_digest=digest, place="evals", media_type="text/plain")
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        if start < end:
            blocks.append(Block(span=Span(start, end), role="paragraph"))
        at += len(line) + 1
    return capture, Page(payload_digest=digest, text=text, text_version="text-1", blocks=tuple(blocks))


def read_statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a text that is all article."""
    capture, page = article_page(text)
    for found in find_statements(page, read_article(page, capture)):
        if not isinstance(found, Problem):
            yield found


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "attributions": [
            {"source": s.source, "cue": s.cue, "content": s.content} for s in read_statements(row["text"])
        ],
    }


def main(argv: list[str]) -> None:
    """Read INPUT, write OUT."""
    source, out = argv
    write_rows(out, (_row(row) for row in read_rows(source)))


if __name__ == "__main__":
    main(sys.argv[1:])
