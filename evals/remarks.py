"""Which statements of several pages are one remark: `python -m evals.remarks STORIES.jsonl OUT.jsonl`.

STORIES.jsonl is a gold file of stories; the statements that it names are read from the gold pages beside it;
of a story that has pages of more_dev nothing is read. Gold statements go in, so that grouping alone is
scored. OUT has a row {"a", "b"} for each pair of statements of one remark. `main_rooms` and `gold_rooms` do
the same with the rooms of `training.remark_rooms`.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from evals.rows import read_rows, write_rows
from onrecord.across.remarks import LEAST, group_remarks
from onrecord.types import Entry, EntryPage, EntrySpans, EntrySpeaker, Span
from training.remark_rooms import read_rooms, split_rooms, use_fold

__all__ = [
    "find_links",
    "gold",
    "gold_rooms",
    "main",
    "main_rooms",
    "make_entries",
    "pairs",
    "read_stories",
]

PAGES = ("ecb_pages.jsonl", "more_train.jsonl")


def main(argv: list[str]) -> None:
    """Group the gold statements of each story into remarks."""
    source, out = map(Path, argv)
    pages = {page["id"]: page for name in PAGES for page in read_rows(source.with_name(name))}
    stories = ([pages[id] for id in story["pages"]] for story in read_stories(source))
    write_rows(out, ({"a": a, "b": b} for story in stories for a, b in find_links(story)))


def gold(source: Path, out: Path) -> None:
    """Write the pairs of the gold remarks, as the scorer reads them."""
    links = pairs(remark for story in read_stories(source) for remark in story["remarks"])
    write_rows(out, ({"a": a, "b": b} for a, b in sorted(set(links)) if _are_apart(a, b)))


def main_rooms(data: Path, argv: list[str]) -> None:
    """Group the statements of each room into remarks, by what was learned without the room."""
    with Path(argv[1]).open("w", encoding="utf-8") as out:
        for fold, rooms in enumerate(split_rooms(list(read_rooms(data)))):
            with use_fold(fold):
                for room in rooms:
                    for a, b in find_links(room.pages):
                        out.write(json.dumps({"a": a, "b": b}) + "\n")


def gold_rooms(data: Path, _: Path, out: Path) -> None:
    """Write the pairs of the remarks of the rooms."""
    links = (link for room in read_rooms(data) for link in sorted(room.list_links()))
    write_rows(out, ({"a": a, "b": b} for a, b in links))


def find_links(pages: Sequence[dict[str, Any]], *, least: float = LEAST) -> Iterator[tuple[str, str]]:
    """Yield the pairs of statements of two of these pages that are grouped as one remark."""
    entries = [entry for page in pages for entry in make_entries(page, pages[0]["id"])]
    groups: dict[str, list[str]] = defaultdict(list)
    for id, group in group_remarks(entries, least=least).items():
        groups[group].append(id)
    return ((a, b) for a, b in pairs(groups.values()) if _are_apart(a, b))


def read_stories(source: Path) -> Iterator[dict[str, Any]]:
    return (story for story in read_rows(source) if story.get("split") != "mixed")


def _are_apart(a: str, b: str) -> bool:
    return a.rsplit(":", 1)[0] != b.rsplit(":", 1)[0]


def make_entries(page: dict[str, Any], story: str) -> Iterator[Entry]:
    """Turn the gold statements of one page into entries, as they would stand in a ledger."""
    text = page["text"]
    home = EntryPage(
        id=page["id"],
        uri=page["url"],
        payload_digest=page["id"],
        text_version="gold",
        captured_at=None,
        outlet=None,
        headline=None,
        published=page["published"],
        published_known=None,
        language="en",
    )
    for row in page["statements"]:
        speaker = row["speaker"]
        named = speaker and speaker["name"]
        yield Entry(
            id=f"{page['id']}:{row['id']}",
            kind=row["kind"],
            polarity="said",
            tier=row["tier"],
            confidence=None,
            speaker=EntrySpeaker(id=None, name=named, type=speaker["type"], role=speaker["role"])
            if named
            else None,
            source=None,
            cue=None,
            content=tuple(text[start:end] for start, end in row["content"]),
            addressee=None,
            said_on=row["said_on"],
            said_on_known="printed" if row["said_on"] else None,
            said_on_candidates=(),
            via=tuple(row["via"]),
            spans=EntrySpans(
                source=(), cue=(), content=tuple(Span(*s) for s in row["content"]), via=(), said_on=()
            ),
            prefix="",
            suffix="",
            page=home,
            copy_of=None,
            story=story,
            remark=None,
            review=None,
        )


def pairs(groups: Iterable[Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Yield every two members of each group."""
    for group in groups:
        yield from combinations(sorted(group), 2)


if __name__ == "__main__":
    main(sys.argv[1:])
