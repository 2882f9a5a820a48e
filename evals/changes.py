"""Changed statements, on pages that we edit: `python -m evals.changes GOLD.jsonl [--list | --pairs]`.

Each page is made anew from its own lines, then edited in one place and read again. Two edits change no
statement: a paragraph moves to the end, and one without a statement goes. Three change one: a word inside a
quotation, the name of who spoke, a paragraph that is taken out. `told` is the share of the changed statements
that are told as what they are, `amiss` how many others are told of. `--list` prints those.
`--pairs` counts how many pairs of different statements on one page are so alike that they could be taken for
one that was altered, or given to somebody else.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any

from rapidfuzz.distance import LCSseq

from evals.ledger import capture_of
from onrecord.capture.digest import payload_digest
from onrecord.checks.changes import SHARED, StatementChange, compare_statements, share
from onrecord.checks.said_in import SaidIn, wording_of
from onrecord.checks.words import cut_words
from onrecord.ledger import make_entries
from onrecord.reading import read
from onrecord.types import Capture, Entry

__all__ = ["main", "score"]

OTHER = "Hanne Dorvik"
WORD = "heron"
FEWEST = 6  # words of a statement in which one is changed

Lines = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a page: what was done, its lines then, which statements it changes, and to what."""

    name: str
    lines: Lines
    changed: frozenset[str]
    kind: str


def read_lines(lines: Lines) -> SaidIn:
    """Read a page that is made of nothing but these lines."""
    tags = {"headline": "h1"}
    body = "".join(f"<{tags.get(role, 'p')}>{escape(words)}</{tags.get(role, 'p')}>" for role, words in lines)
    payload = (
        f"<html lang=en><head><title>x</title></head><body><article>{body}</article></body></html>".encode()
    )
    capture = Capture(
        payload=payload,
        payload_digest=payload_digest(payload),
        place="edited",
        media_type="text/html",
        charset="utf-8",
    )
    reading = read(capture)
    return SaidIn(entries=make_entries(capture, reading), text=reading.page.text, blocks=reading.page.blocks)


def lines_of(page: SaidIn) -> Lines:
    return [(block.role, block.span.of(page.text)) for block in page.blocks]


def block_of(page: SaidIn, entry: Entry) -> int:
    at = (entry.spans.content or entry.spans.cue)[0].start
    return next(n for n, block in enumerate(page.blocks) if block.span.start <= at < block.span.end)


def make_edits(page: SaidIn) -> Iterator[Edit]:
    """Yield the edits of a page, each in the first place where it can be done."""
    lines = lines_of(page)
    homes = {entry.id: block_of(page, entry) for entry in page.entries}
    paragraphs = [n for n, (role, _) in enumerate(lines) if role == "paragraph"]
    spoken_in = {
        n
        for entry in page.entries
        for n, block in enumerate(page.blocks)
        for span in (*entry.spans.content, *entry.spans.cue, *entry.spans.source, *entry.spans.speaker)
        if block.span.start <= span.start < block.span.end
    }
    silent = [n for n in paragraphs if n not in spoken_in]
    for at in paragraphs[1:2]:
        yield Edit("moved", [*lines[:at], *lines[at + 1 :], lines[at]], frozenset(), "")
    for at in silent[-1:]:
        yield Edit("silent gone", [*lines[:at], *lines[at + 1 :]], frozenset(), "")
    spoken = [one for one in page.entries if lines[homes[one.id]][0] == "paragraph"]
    yield from list(edit_words(lines, spoken, homes))[:1]
    yield from list(edit_names(lines, spoken, homes))[:1]
    for entry in spoken[len(spoken) // 2 :][:1]:
        at = homes[entry.id]
        changed = frozenset(id for id, home in homes.items() if home == at)
        yield Edit("taken out", [*lines[:at], *lines[at + 1 :]], changed, "withdrawn")


def edit_words(lines: Lines, entries: Sequence[Entry], homes: dict[str, int]) -> Iterator[Edit]:
    """Yield edits that put another word for a long one inside a quotation."""
    for entry in entries:
        role, words = lines[homes[entry.id]]
        for content in entry.content[:1]:
            long = [word for word in content.split() if word.isalpha() and len(word) > 4]
            if len(content.split()) >= FEWEST and long and words.count(content) == 1:
                new = content.replace(long[-1], WORD, 1)
                made = [*lines]
                made[homes[entry.id]] = role, words.replace(content, new)
                # Statements that stand inside one another change together.
                start, end = words.index(content), words.index(content) + len(content)
                same = {
                    other.id
                    for other in entries
                    if homes[other.id] == homes[entry.id]
                    and any(
                        start < words.find(part) + len(part) and words.find(part) < end
                        for part in other.content
                    )
                }
                yield Edit("word", made, frozenset(same | {entry.id}), "altered")


def edit_names(lines: Lines, entries: Sequence[Entry], homes: dict[str, int]) -> Iterator[Edit]:
    """Yield edits that put another name for the only one of a paragraph's speaker."""
    for entry in entries:
        role, words = lines[homes[entry.id]]
        who = entry.speaker
        if (
            who
            and who.type == "person"
            and who.name in (entry.source or "")
            and words.count(who.name) == 1
            and " " in who.name
        ):
            made = [*lines]
            made[homes[entry.id]] = role, words.replace(who.name, OTHER)
            same = {other.id for other in entries if homes[other.id] == homes[entry.id]}
            yield Edit("name", made, frozenset(same), "given to somebody else")


def run(path: Path) -> Iterator[tuple[str, Edit, SaidIn, tuple[StatementChange, ...]]]:
    """Edit every page of a gold file and yield what is told of each edit."""
    with path.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            page = read_lines(lines_of(read_row(row, path.parent)))
            for edit in make_edits(page):
                yield row["id"], edit, page, compare_statements(page, read_lines(edit.lines))


def read_row(row: dict[str, Any], folder: Path) -> SaidIn:
    """Read a gold page, and keep the lines of its article."""
    capture = capture_of(row, folder)
    reading = read(capture)
    kept = [block for block in reading.page.blocks if block.role in ("headline", "paragraph")]
    return SaidIn(entries=(), text=reading.page.text, blocks=kept)


def is_meant(change: StatementChange, edit: Edit) -> bool:
    return change.before is not None and change.before.id in edit.changed


def score(path: Path) -> dict[str, dict[str, float]]:
    """Return for each edit on how many pages it was made, on how many what it changed is told as what it is,
    on how many as something else, and how many other changes are told."""
    totals: dict[str, dict[str, float]] = {}
    for _, edit, _, changes in run(path):
        one = totals.setdefault(edit.name, {"pages": 0, "changed": 0, "told": 0, "otherwise": 0, "amiss": 0})
        meant = [change for change in changes if is_meant(change, edit)]
        one["pages"] += 1
        one["changed"] += bool(edit.changed)
        one["told"] += any(change.kind == edit.kind for change in meant)
        one["otherwise"] += bool(meant) and not any(change.kind == edit.kind for change in meant)
        one["amiss"] += len(changes) - len(meant)
    return totals


def count_pairs(path: Path) -> Iterator[tuple[str, float, int, int]]:
    """Yield, of pairs by one speaker and by two, for several likenesses how many are so alike, and all."""
    pairs: list[tuple[bool, float]] = []
    with path.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            said = [one for one in row["statements"] if one["content"] and one["speaker"]]
            for one, other in combinations(said, 2):
                ours, theirs = (
                    " … ".join(row["text"][a:b] for a, b in each["content"]) for each in (one, other)
                )
                mine, others = ([word.key for word in cut_words(words)] for words in (ours, theirs))
                meet = any(a < d and c < b for a, b in one["content"] for c, d in other["content"])
                if mine and others and mine != others and not meet:
                    likeness = LCSseq.similarity(mine, others) / min(len(mine), len(others))
                    enough = share(" ".join(mine), " ".join(others)) >= SHARED
                    same = one["speaker"]["name"] == other["speaker"]["name"]
                    pairs.append((same, likeness if enough else 0))
    for name, wanted in (("one speaker", True), ("two speakers", False)):
        found = [likeness for same, likeness in pairs if same is wanted]
        for least in (0.4, 0.5, 0.6, 0.7, 0.8):
            yield name, least, sum(one >= least for one in found), len(found)


def main(argv: list[str]) -> None:
    """Print the score; with `--list` what is told amiss; with `--pairs` how alike statements are."""
    path = Path(argv[0])
    if "--pairs" in argv:
        for name, least, alike, total in count_pairs(path):
            print(f"{name}: {alike} of {total} pairs are {least} alike")
        return
    if "--list" not in argv:
        for name, figures in score(path).items():
            print(f"{name}: " + ", ".join(f"{what} {figure:.0f}" for what, figure in figures.items()))
        return
    for id, edit, page, changes in run(path):
        meant = [change for change in changes if is_meant(change, edit)]
        for change in changes:
            if change not in meant:
                words = [wording_of(entry)[:90] if entry else "-" for entry in (change.before, change.after)]
                print(f"{id} {edit.name}: {change.kind}: {' -> '.join(words)}")
        if edit.changed and not any(change.kind == edit.kind for change in meant):
            wanted = next(wording_of(entry)[:90] for entry in page.entries if entry.id in edit.changed)
            print(f"{id} {edit.name}: not told: {wanted} {[change.kind for change in meant]}")


if __name__ == "__main__":
    main(sys.argv[1:])
