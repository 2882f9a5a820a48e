"""The tables of a batch into a ledger, each page with its bytes, so that its entries can be proved."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec

from onrecord.batch.manifest import MANIFEST, STATE, Manifest, State, read_json
from onrecord.batch.parts import part_folders
from onrecord.batch.run import MARK, Mark
from onrecord.batch.tables import read_rows
from onrecord.capture import payload_digest
from onrecord.documents import bytes_digest
from onrecord.errors import BatchError
from onrecord.ledger import Ledger, bulk, has_capture, record_capture, record_problem
from onrecord.ledger.comments import comment_from_row
from onrecord.ledger.record import Basis
from onrecord.ledger.rows import article_of, blocks_of, entry_from_row, problem_from_row
from onrecord.types import Article, Capture, Entry, Page, Problem, Span, When

__all__ = ["Loaded", "is_batch", "load_batch"]

_mentions = msgspec.json.Decoder(tuple[Span, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a load did: captures new to the ledger, captures it had, and what went wrong."""

    new: int
    known: int
    problems: tuple[Problem, ...]


def is_batch(folder: Path | str) -> bool:
    """Tell whether a folder is what `onrecord batch` wrote."""
    return read_json(Path(folder) / MARK, Mark) is not None


def load_batch(
    ledger: Ledger, out: Path | str, *, progress: Callable[[int, int], None] | None = None
) -> Loaded:
    """Put the pages of all finished shards on record; what the ledger has already changes nothing.

    Links over pages are not made here: `link_pages` makes them once for all that was loaded. A shard that
    is not finished is a problem, and its pages are left for the next time.
    """
    if not is_batch(out):
        raise BatchError(
            f"{out} holds no tables of `onrecord batch` (there is no {MARK} in it); check the name."
        )
    shards = list(_find_shards(Path(out)))
    total = sum(manifest.captures for _, manifest in shards if manifest)
    loading = _Loading(ledger=ledger)
    with bulk(ledger):
        for folder, manifest in shards:
            for item in _read_shard(folder, manifest):
                loading.add(item)
                if progress:
                    progress(loading.new + loading.known, total)
    return Loaded(new=loading.new, known=loading.known, problems=tuple(loading.problems))


@dataclass(slots=True, kw_only=True)
class _Loading:
    """How far a load has come."""

    ledger: Ledger
    new: int = 0
    known: int = 0
    digests: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, item: "_Stored | Problem") -> None:
        if isinstance(item, Problem):
            record_problem(self.ledger, item)
            # Of a page that was on record before, its problems were told then.
            new = item.payload_digest is None or item.payload_digest in self.digests
            if new or item.stage == "batch":
                self.problems.append(item)
        elif has_capture(self.ledger, item.capture):
            self.known += 1
        else:
            record_capture(self.ledger, item.capture, item.page, item.article, item.entries, bases=item.bases)
            self.digests.add(item.capture.payload_digest)
            self.new += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """One capture from the tables, with the page that it is and what was said there."""

    capture: Capture
    page: Page
    article: Article
    entries: tuple[Entry, ...]
    bases: Mapping[str, Basis]


def _find_shards(out: Path) -> Iterator[tuple[Path, Manifest | None]]:
    for folder in sorted(path for path in out.iterdir() if (path / STATE).is_file()):
        yield folder, read_json(folder / MANIFEST, Manifest)


def _read_shard(folder: Path, manifest: Manifest | None) -> Iterator[_Stored | Problem]:
    """Yield the captures and the problems of a finished shard."""
    if manifest is None:
        message = (
            "this shard is not finished; its pages were left out. Run the batch again, then load it again."
        )
        yield Problem(stage="batch", place=_uri(folder), message=message)
        return
    homes: dict[str, Path] = {}
    for part in part_folders(folder, manifest.parts):
        pages = {row["id"]: row for row in read_rows(part, "pages")}
        entries = _group_rows(read_rows(part, "entries"))
        comments = _group_rows(_read_comments(part))
        homes |= dict.fromkeys(pages, part)
        held: tuple[str, bytes] = ("", b"")
        for row in read_rows(part, "captures"):
            id, digest = row["page_id"], bytes_digest(row["payload_digest"])
            # The articles of one file share its bytes, which stand with the first of them.
            held = (digest, row["payload"]) if row["payload"] or held[0] != digest else held
            row["payload"] = held[1]
            if id in pages:
                yield _stored(row, pages[id], entries.get(id, []), comments.get(id, []))
            else:
                # The same bytes at another address: the page stands in an earlier part.
                only = [("id", "=", id)], [("page_id", "=", id)]
                (page,) = read_rows(homes[id], "pages", filters=only[0])
                rows = read_rows(homes[id], "entries", filters=only[1])
                yield _stored(row, page, rows, _read_comments(homes[id], filters=only[1]))
        yield from (problem_from_row(_as_row(row)) for row in read_rows(part, "problems"))


def _read_comments(part: Path, *, filters: Any = None) -> list[dict[str, Any]]:
    """Return the rows of comments of a part; one that was written before there were any has none."""
    try:
        return read_rows(part, "comments", filters=filters)
    except FileNotFoundError:
        return []


def _stored(
    row: dict[str, Any],
    page: dict[str, Any],
    entries: list[dict[str, Any]],
    comments: list[dict[str, Any]],
) -> _Stored | Problem:
    if payload_digest(row["payload"]) != bytes_digest(row["payload_digest"]):
        message = "the bytes in the batch's tables are not those that were read; run the batch anew."
        return Problem(
            stage="batch", place=row["place"], payload_digest=row["payload_digest"], message=message
        )
    return _Stored(
        capture=_capture(row),
        page=_page(page, comments),
        article=article_of(_as_row(page)),
        entries=tuple(_entry(entry, page) for entry in entries),
        bases={entry["id"]: _basis(entry) for entry in entries},
    )


def _capture(row: dict[str, Any]) -> Capture:
    return Capture(**{name: value for name, value in row.items() if name not in ("page_id", "size")})


def _page(row: dict[str, Any], comments: list[dict[str, Any]]) -> Page:
    return Page(
        payload_digest=row["payload_digest"],
        text=row["text"],
        text_version=row["text_version"],
        blocks=blocks_of(_as_row(row)),
        encoding=row["encoding"],
        comments=tuple(comment_from_row(_as_row(comment)) for comment in comments),
    )


def _entry(row: dict[str, Any], page: dict[str, Any]) -> Entry:
    # A batch of an earlier version has no columns for the section and the authors.
    links = dict.fromkeys(
        ("speaker_id", "of_page_id", "story_id", "remark_id", "review_id", "article_id", "section", "authors")
    )
    return entry_from_row(_as_row({**links, **page, **row}))


def _basis(row: dict[str, Any]) -> Basis:
    anchor = row["said_on_anchor"]
    return Basis(
        mentions=_mentions.decode(row["mentions"]),
        said_on=When(value=row["said_on"], known=row["said_on_known"], anchor=anchor) if anchor else None,
    )


def _uri(folder: Path) -> str:
    state = read_json(folder / STATE, State)
    return state.uri if state else str(folder)


def _as_row(values: dict[str, Any]) -> Any:
    """Return a row of a table as the ledger's functions want it: with its columns as attributes."""
    return SimpleNamespace(**values)


def _group_rows(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return entries or comments by their page, in reading order."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["page_id"], []).append(row)
    return grouped
