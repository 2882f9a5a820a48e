"""Which statements are one remark, from the pages alone: `python -m evals.remarks_whole STORIES OUT`.

All pages of the stories are put into one ledger, as a newsroom would: statements, speakers, days, stories and
remarks are the program's own. A statement stands for the gold statement of its page whose words it has (Dice
of .5, as the ledger scorer pairs them); one that stands for none keeps a name of its own, so that a link with
it is a wrong one. OUT has a row {"a", "b"} for each pair of statements of two pages that are one remark.
"""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from evals.ledger import capture_of
from evals.remarks import PAGES, pairs, read_stories
from evals.rows import read_rows, write_rows
from onrecord.across import link_pages
from onrecord.ledger import iter_entries, open_ledger, record_reading
from onrecord.reading import read
from onrecord.types import Entry

__all__ = ["main"]

Row = dict[str, Any]


def main(argv: list[str]) -> None:
    """Put the pages of the stories into a ledger and write its remarks."""
    source, out = map(Path, argv)
    pages = {page["id"]: page for name in PAGES for page in read_rows(source.with_name(name))}
    rows = [pages[id] for story in read_stories(source) for id in story["pages"]]
    with tempfile.TemporaryDirectory() as folder:
        links = list(find_links(rows, source.parent, Path(folder)))
    write_rows(out, ({"a": a, "b": b} for a, b in links))


def find_links(rows: list[Row], data: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the pairs of statements of two pages that a ledger of these pages holds for one remark."""
    scorer = import_scorer(data)
    home: dict[str, Row] = {}
    with open_ledger(folder / "ledger", create=True) as ledger:
        for row in rows:
            capture = capture_of(row, data)
            home[capture.payload_digest] = row
            record_reading(ledger, capture, read(capture))
        link_pages(ledger)
        said: dict[str, list[Entry]] = defaultdict(list)
        for entry in iter_entries(ledger):
            said[entry.page.payload_digest].append(entry)
    names: dict[str, str] = {}
    for digest, entries in said.items():
        names |= name_entries(home[digest], entries, scorer)
    groups: dict[str, list[str]] = defaultdict(list)
    for entry in (entry for entries in said.values() for entry in entries):
        if entry.remark is not None:
            groups[entry.remark].append(names[entry.id])
    return ((a, b) for a, b in pairs(groups.values()) if a.rsplit(":", 1)[0] != b.rsplit(":", 1)[0])


def name_entries(row: Row, entries: list[Entry], scorer: Any) -> dict[str, str]:
    """Return for each statement of a page the gold statement that it stands for, "page:statement", or a name
    of its own."""
    gold = [
        one | {"_words": scorer.words(" ".join(row["text"][a:b] for a, b in one["content"]))}
        for one in row["statements"]
    ]
    mine = [{"_words": scorer.words(" ".join(one.content)), "id": one.id} for one in entries]
    found = scorer.pair([one for one in gold if one["_words"]], [one for one in mine if one["_words"]])
    stands = {ours["id"]: theirs["id"] for theirs, ours in found}
    return {entry.id: f"{row['id']}:{stands.get(entry.id, entry.id)}" for entry in entries}


def import_scorer(data: Path) -> Any:
    """Return the ledger scorer, which lies beside the folder of local data."""
    folder = str(data.parent.parent / "score")
    if folder not in sys.path:
        sys.path.append(folder)
    return import_module("ledger")


if __name__ == "__main__":
    main(sys.argv[1:])
