"""The hand-made ledgers that may be learned from, and their outlets in folds.

gold/seeds, ecb_pages, html_pages and more_train, and the pages annotated for the project
(`training/annotated.jsonl`, which holds places in the texts of local data and none of their words).
gold/more_dev is never among them.
"""

import gzip
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

__all__ = [
    "ANNOTATED",
    "list_files",
    "outlet_of",
    "prove_text",
    "read_annotated",
    "read_pages",
    "split_folds",
    "to_gold",
]

Row = dict[str, Any]
ANNOTATED = Path(__file__).parent / "annotated.jsonl"
FILES = ("seeds.jsonl", "ecb_pages.jsonl", "html_pages.jsonl", "more_train.jsonl")
SEED = 7


def list_files(data: Path) -> list[Path]:
    """Return the files that are learned from."""
    return [*(data / "gold" / name for name in FILES), ANNOTATED]


def read_pages(data: Path) -> list[Row]:
    """Return the pages in the form of gold/FORMAT.md."""
    pages: list[Row] = []
    for name in FILES:
        with (data / "gold" / name).open(encoding="utf-8") as rows:
            pages += map(json.loads, rows)
    return [*pages, *read_annotated(data)]


def read_annotated(data: Path) -> Iterator[Row]:
    """Yield the pages of `annotated.jsonl` in the same form, their texts from local data; each text is proved
    by its hash. `dated_by` is where the words stand that date a statement, in its paragraph or another."""
    texts: dict[str, dict[str, str]] = {}
    with ANNOTATED.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["set"] not in texts:
                texts[row["set"]] = dict(TEXTS[row["set"]](data))
            text = texts[row["set"]].get(row["row"], "")
            prove_text(row, text, ANNOTATED)
            yield to_gold(row, text)


def prove_text(row: Row, text: str, rows: Path) -> None:
    """Stop where a text is not the one that a row of this file was annotated on."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest != row["sha256"]:
        raise SystemExit(
            f"the text of {row['id']} has the SHA-256 {digest[:12]}, expected {row['sha256'][:12]}: its "
            "annotations stand on other words; get the set again as data/README.md tells, or take the row "
            f"out of {rows.parent.name}/{rows.name}"
        )


def to_gold(row: Row, text: str) -> Row:
    """Put the words at the places of an annotated page, in the form of gold/FORMAT.md."""

    def words(place: list[int] | str) -> str:
        return place if isinstance(place, str) else text[place[0] : place[1]]

    statements = [
        one
        | {
            "speaker": {
                "name": "; ".join(map(words, one["name"])) if one["name"] else None,
                "type": one["type"],
                "role": words(one["role"]) if one["role"] else None,
            },
            "via": [words(place) for place in one["via"]],
            "dated_by": one["said_on_words"],
        }
        for one in row["statements"]
    ]
    return row | {"text": text, "url": None, "statements": statements}


def _packed(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        yield from map(json.loads, rows)


def _lines(text: str) -> str:
    """White space beside line ends left out, no empty lines."""
    return re.sub(r"[ \t]*\n\s*", "\n", text.strip())


def _saved(name: str) -> Callable[[Path], Iterator[tuple[str, str]]]:
    def read(data: Path) -> Iterator[tuple[str, str]]:
        with (data / "pages" / name / "gold.jsonl").open(encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                title = f"{row['title']}\n" if row.get("title") else ""
                yield row["id"], title + re.sub(r"\n+", "\n", (row.get("body") or "").strip())

    return read


def _fnc(data: Path) -> Iterator[tuple[str, str]]:
    for row in _packed(data / "across/fnc1_train_bodies.jsonl.gz"):
        yield row["id"], _lines(row["text"])


def _ecb(data: Path) -> Iterator[tuple[str, str]]:
    for row in _packed(data / "across/ecbplus_docs.jsonl.gz"):
        yield row["id"], _lines(row["text"])


def _timeline(data: Path) -> Iterator[tuple[str, str]]:
    for row in _packed(data / "across/t17_articles.jsonl.gz"):
        title = f"{row['title']}\n" if row.get("title") else ""
        yield row["id"], _lines(join_tokens(title + row["text"]))


def _british(data: Path) -> Iterator[tuple[str, str]]:
    for row in _packed(data / "unlabelled/bbc_2022.jsonl.gz"):
        yield row["id"], _lines(f"{row['headline']}\n{row['text']}")


# Marks that the Penn Treebank's tokens spell otherwise.
SPELT = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
SPELT |= {"``": "“", "''": "”", "`": "‘"}
NO_SPACE_BEFORE = re.compile(r"[ \t]+(?=(?:['’](?:s|m|re|ve|ll|d)?|n['’]t|[,.;:?!%)\]}”])(?:\s|$))", re.I)
NO_SPACE_BEHIND = re.compile(r"(?<=[(\[{“‘$£€#])[ \t]+")


def join_tokens(text: str) -> str:
    """Put the tokens of a treebank's text together as print has them."""
    words = [SPELT.get(word, word) for word in re.split(r"(\s+)", text)]
    return NO_SPACE_BEHIND.sub("", NO_SPACE_BEFORE.sub("", "".join(words)))


def _polnear(data: Path) -> Iterator[tuple[str, str]]:
    for row in _packed(data / "statements/polnear.train.jsonl.gz"):
        yield row["id"], row["text"]


# The texts that annotations stand on, by set: (row, text).
TEXTS: dict[str, Callable[[Path], Iterator[tuple[str, str]]]] = {
    "wcxb_dev": _saved("wcxb_dev"),
    "fundus_tests": _saved("fundus_tests"),
    "fnc1": _fnc,
    "ecb": _ecb,
    "polnear": _polnear,
    "t17": _timeline,
    "bbc": _british,
}


def outlet_of(page: Row) -> str:
    """Return what a page is left out with: its outlet, or where none is told its story or itself."""
    host = (urlsplit(page.get("url") or "").hostname or "").removeprefix("www.")
    if host:
        return host
    return page["id"].split("_")[0]


def split_folds(pages: list[Row], folds: int) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield for each fold the pages to learn from and those left out, outlets whole."""
    by_outlet: dict[str, list[Row]] = defaultdict(list)
    for page in pages:
        by_outlet[outlet_of(page)].append(page)
    outlets = sorted(by_outlet)
    random.Random(SEED).shuffle(outlets)
    for fold in range(folds):
        left = set(outlets[fold::folds])
        yield (
            [page for name in outlets if name not in left for page in by_outlet[name]],
            [page for name in outlets if name in left for page in by_outlet[name]],
        )
