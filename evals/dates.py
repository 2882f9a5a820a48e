"""Find the time words of dated articles and say what they mean, in TIMEX3 values.

usage: python -m evals.dates INPUT OUT.jsonl     INPUT rows {"id", "text", "dct"} (.jsonl or .jsonl.gz)

Rows out: {"id", "timex": [{"start", "end", "value"}]}. Each article counts from its own date (`dct`); the
gold values, if any, are not read.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.article.telling import count_times


def main(argv: list[str]) -> None:
    """Write what each article's time words mean."""
    rows_in, out = map(Path, argv)
    with out.open("w", encoding="utf-8") as lines:
        for row in read_rows(rows_in):
            lines.write(json.dumps({"id": row["id"], "timex": list(tag(row["text"], row["dct"]))}) + "\n")


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSONL file, compressed or not."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from map(json.loads, text.splitlines())


def tag(text: str, dct: str) -> Iterator[dict[str, Any]]:
    """Yield the time words of one article with their TIMEX3 values."""
    day = date.fromisoformat(dct[:10])
    for words, value in count_times(text, day):
        yield {"start": words.span.start, "end": words.span.end, "value": value}


if __name__ == "__main__":
    main(sys.argv[1:])
