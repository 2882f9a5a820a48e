"""Whole ledgers of pages: `python -m evals.ledger INPUT OUT.jsonl`.

INPUT rows in the form of gold/FORMAT.md. A page is read from its raw html where a row has `html` (a path
beside INPUT; its address and time of capture are given to the program as outside facts), else from its `text`
as a saved plain-text page. The row's other fields are not looked at. In gold/DECISIONS.md an outlet to which
somebody spoke ("told CNN") is an addressee and no carrier, so `via` leaves out what a relay marks as told.
OUT rows {"page", "statements": [{"speaker", "kind", "content", "said_on", "via"}]}.
"""

import gzip
import sys
from pathlib import Path
from typing import Any

from evals.rows import read_rows, write_rows
from onrecord.capture import payload_digest
from onrecord.reading import read
from onrecord.types import Capture, Statement

__all__ = ["capture_of", "main", "read_page_row"]


def capture_of(row: dict[str, Any], folder: Path) -> Capture:
    """Return the page of a gold row as the program would meet it."""
    if row.get("html"):
        payload = gzip.decompress((folder / row["html"]).read_bytes())
        crawled = str(row["crawl"]).split(".")[0].replace(" ", "T") if row.get("crawl") else None
        return Capture(
            payload=payload,
            payload_digest=payload_digest(payload),
            place=row["id"],
            media_type="text/html",
            uri=row.get("url"),
            captured_at=crawled,
        )
    payload = row["text"].encode()
    return Capture(
        payload=payload,
        payload_digest=payload_digest(payload),
        place=row["id"],
        media_type="text/plain",
        charset="utf-8",
    )


def read_page_row(row: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return what the program says of a gold row's page, as the scorer reads it."""
    reading = read(capture_of(row, folder))
    text = reading.page.text
    return {"page": row["id"], "statements": [_said(text, s) for s in reading.statements]}


def _said(text: str, statement: Statement) -> dict[str, Any]:
    speaker = statement.speaker
    return {
        "speaker": speaker.name if speaker is not None else None,
        "kind": statement.kind,
        "content": [span.of(text) for span in statement.content],
        "said_on": statement.said_on.value if statement.said_on is not None else None,
        "via": [relay.name for relay in statement.via if not relay.told],
    }


def main(argv: list[str]) -> None:
    """Read INPUT, write OUT."""
    source, out = argv
    folder = Path(source).parent
    write_rows(out, (read_page_row(row, folder) for row in read_rows(source)))


if __name__ == "__main__":
    main(sys.argv[1:])
