"""Roles of lines against hand-made segments: `python -m evals.segments GOLD.jsonl [--wrong]`.

A gold row has `text` and `segments`, each with a type and a span. A line agrees when its role
may stand for the type of the segment that holds most of it. `--wrong` lists the lines that do not agree.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.capture.digest import payload_digest
from onrecord.page import read_page
from onrecord.types import Block, Capture

__all__ = ["main", "score"]

ROLES_OF = {
    "title": {"headline"},
    "byline_date": {"byline", "dateline"},
    "body": {"paragraph"},
    "comment": {"comment"},
    "furniture": {"menu", "related", "newsletter", "advert", "caption", "other"},
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a gold page: where it stands, what people and what the program took it for."""

    page: str
    words: str
    gold: str
    role: str

    @property
    def agrees(self) -> bool:
        return self.role in ROLES_OF[self.gold]


def compare(row: Mapping[str, Any]) -> Iterator[Line]:
    """Read a gold page and yield its lines."""
    payload = row["text"].encode()
    capture = Capture(
        payload=payload,
        payload_digest=payload_digest(payload),
        place=row["id"],
        media_type="text/plain",
        charset="utf-8",
        uri=row.get("url"),
    )
    page, _ = read_page(capture)
    for block in page.blocks:
        yield Line(row["id"], block.span.of(page.text), find_type(row["segments"], block), block.role)


def find_type(segments: list[Mapping[str, Any]], block: Block) -> str:
    """Return the type of the segment that holds most of a line."""

    def shared(segment: Mapping[str, Any]) -> int:
        start, end = segment["span"]
        return min(end, block.span.end) - max(start, block.span.start)

    best = max(segments, key=shared)
    return str(best["type"]) if shared(best) > 0 else "furniture"


def compare_all(path: Path) -> list[Line]:
    with path.open(encoding="utf-8") as rows:
        return [line for row in map(json.loads, rows) for line in compare(row)]


def score(path: Path) -> dict[str, float]:
    """Return the share of lines that agree, of all and of each type, and how many lines there are."""
    lines = compare_all(path)
    result = {"lines": float(len(lines)), "agree": sum(line.agrees for line in lines) / len(lines)}
    for kind in ROLES_OF:
        mine = [line for line in lines if line.gold == kind]
        if mine:
            result[kind] = sum(line.agrees for line in mine) / len(mine)
    return result


def main(argv: list[str]) -> None:
    """Print the scores and, when asked, the lines that do not agree."""
    path = Path(argv[0])
    print(", ".join(f"{name} {value:.3f}" for name, value in score(path).items()))
    if "--wrong" in argv:
        for line in compare_all(path):
            if not line.agrees:
                print(f"{line.page[:12]}  {line.gold:<12} read as {line.role:<10} {line.words[:80]}")


if __name__ == "__main__":
    main(sys.argv[1:])
