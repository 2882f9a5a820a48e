"""One shard into tables: the per-page program over one archive or folder, stopped as often as need be."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.batch.manifest import (
    MANIFEST,
    STATE,
    Manifest,
    State,
    identify,
    read_json,
    shard_folder,
    write_json,
)
from onrecord.batch.parts import Part, part_folders, read_parts, shard_lock, sweep, write_part
from onrecord.batch.tables import TABLES, read_rows
from onrecord.capture import is_cut_off, read_captures
from onrecord.documents import bytes_digest, part_of
from onrecord.ledger.comments import comment_rows
from onrecord.ledger.entries import find_misplaced, make_pairs, page_summary
from onrecord.ledger.rows import entry_row, page_row, problem_row, storable
from onrecord.reading import collect_seldom, read_or_problem
from onrecord.types import Capture, Problem, Reading

__all__ = ["process_shard", "read_finished"]

# A part ends early when its pages are this long together, so that long pages don't fill the memory.
_PART_BYTES = 64 << 20


@collect_seldom()
def process_shard(uri: str, out: Path, *, part_pages: int = 1000) -> Manifest:
    """Read the pages of one archive or folder into Parquet tables under `out`, and say what was read.

    A shard that is finished already is not read again, unless it changed; one that was killed goes on
    behind its last whole part. The tables come out the same, byte for byte, however often the work was
    broken off.
    """
    folder = shard_folder(Path(out), uri)
    captures = read_captures(uri)
    state = identify(uri, part_pages)
    with shard_lock(folder):
        manifest = read_json(folder / MANIFEST, Manifest)
        if manifest and manifest.state == state:
            return manifest
        parts = _take_up(folder, state)
        work = _Work(folder=folder, part_pages=part_pages, parts=parts)
        for path in part_folders(folder, len(parts)):
            work.captures |= {(x["payload_digest"], x["uri"]) for x in read_rows(path, "captures", _NAME)}
            work.pages |= {x["id"] for x in read_rows(path, "pages", ["id"])}
        work.items = parts[-1].items if parts else 0
        for found in islice(captures, work.items, None):
            work.add(found)
        work.finish()
        manifest = _make_manifest(state, work.parts)
        write_json(folder / MANIFEST, manifest)
    return manifest


def read_finished(uri: str, out: Path, *, part_pages: int) -> Manifest | None:
    """Return the manifest of a shard that was finished before and has not changed since, else None."""
    manifest = read_json(shard_folder(out, uri) / MANIFEST, Manifest)
    return manifest if manifest and manifest.state == identify(uri, part_pages) else None


_NAME = ["payload_digest", "uri"]


def _take_up(folder: Path, state: State) -> list[Part]:
    """Return the parts that are there already; of another state of the shard nothing is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = read_parts(folder) if read_json(folder / STATE, State) == state else []
    sweep(folder, [*part_folders(folder, len(parts)), *([folder / STATE] if parts else [])])
    if not parts:
        write_json(folder / STATE, state)
    return parts


@dataclass(slots=True, kw_only=True)
class _Work:
    """A shard under way: the finished parts, and the rows of the one that is being filled."""

    folder: Path
    part_pages: int
    parts: list[Part]
    items: int = 0
    size: int = 0
    captures: set[tuple[str, str | None]] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in TABLES})
    cut_off: list[str] = field(default_factory=list)
    stored: set[str] = field(default_factory=set)

    def add(self, found: Capture | Problem) -> None:
        """Read one page, or note one problem; a part that is full is put in place."""
        self.items += 1
        if isinstance(found, Problem):
            self._note(found)
        elif (name := (found.payload_digest, storable(found.uri))) not in self.captures:
            reading = read_or_problem(found)
            if isinstance(reading, Problem):
                self._note(reading)
            else:
                self.captures.add(name)
                self._keep(found, reading)
        full = (
            len(self.rows["captures"]) >= self.part_pages
            or len(self.rows["problems"]) >= 20 * self.part_pages
        )
        if full or self.size >= _PART_BYTES:
            self.finish()

    def finish(self) -> None:
        """Put the part that is being filled in place, if there is anything in it."""
        if any(self.rows.values()):
            part = Part(
                items=self.items,
                captures=len(self.rows["captures"]),
                pages=len(self.rows["pages"]),
                entries=len(self.rows["entries"]),
                problems=len(self.rows["problems"]),
                cut_off=tuple(self.cut_off),
            )
            write_part(self.folder, len(self.parts), part, self.rows)
            self.parts.append(part)
        self.rows, self.cut_off, self.size = {name: [] for name in TABLES}, [], 0
        self.stored = set()

    def _note(self, problem: Problem) -> None:
        self.rows["problems"].append(problem_row(problem))
        if is_cut_off(problem) and problem.place:
            self.cut_off.append(problem.place)

    def _keep(self, capture: Capture, reading: Reading) -> None:
        summary = page_summary(capture, reading)
        row = _capture_row(capture, summary.id)
        digest = bytes_digest(capture.payload_digest)
        if digest in self.stored and part_of(capture.payload_digest):
            # Of a file that holds many articles a part has the bytes once, with the first of them.
            row["payload"] = b""
        self.stored.add(digest)
        self.rows["captures"].append(row)
        self.size += len(row["payload"])
        # The same bytes at another address are another capture of the same page.
        if summary.id not in self.pages:
            self.pages.add(summary.id)
            row = page_row(reading.page, reading.article, summary)
            self.rows["pages"].append({**row, "place": storable(capture.place)})
            self.rows["entries"] += _entry_rows(capture, reading)
            self.rows["comments"] += comment_rows(summary.id, reading.page.comments)
            self.size += len(reading.page.text)
        for problem in (*reading.problems, *find_misplaced(reading)):
            place, digest = problem.place or capture.place, problem.payload_digest or capture.payload_digest
            self._note(replace(problem, place=place, payload_digest=digest))


def _entry_rows(capture: Capture, reading: Reading) -> Iterator[dict[str, Any]]:
    for seq, (entry, statement) in enumerate(make_pairs(capture, reading)):
        mentions = statement.speaker.mentions if statement.speaker else ()
        yield entry_row(entry, seq, mentions, statement.said_on)


def _capture_row(capture: Capture, page_id: str) -> dict[str, Any]:
    row = {
        "payload_digest": capture.payload_digest,
        "page_id": page_id,
        "uri": capture.uri,
        "place": capture.place,
        "media_type": capture.media_type,
        "charset": capture.charset,
        "captured_at": capture.captured_at,
        "published": capture.published,
        "size": len(capture.payload),
    }
    return {**{name: storable(value) for name, value in row.items()}, "payload": capture.payload}


def _make_manifest(state: State, parts: list[Part]) -> Manifest:
    return Manifest(
        state=state,
        parts=len(parts),
        captures=sum(x.captures for x in parts),
        pages=sum(x.pages for x in parts),
        entries=sum(x.entries for x in parts),
        problems=sum(x.problems for x in parts),
        cut_off=tuple(place for x in parts for place in x.cut_off),
    )
