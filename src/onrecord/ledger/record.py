"""Putting a page on record: its bytes into the WARC file first, then all its rows in one transaction."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, exists, func, insert, select, update

from onrecord.errors import LedgerError
from onrecord.ledger.digest import page_id
from onrecord.ledger.entries import find_misplaced, make_pairs, summarise_page
from onrecord.ledger.fulltext import catch_up, defer, index_entries, index_page
from onrecord.ledger.people import assign_speakers
from onrecord.ledger.rows import entry_row, page_row, problem_row, storable
from onrecord.ledger.schema import captures, entries, joint_speakers, pages, problems
from onrecord.ledger.store import Ledger
from onrecord.ledger.warc import WarcPlace
from onrecord.types import Article, Capture, Entry, EntryPage, Page, Problem, Reading, Span, Speaker, When

__all__ = ["Basis", "bulk", "has_capture", "record_capture", "record_problem", "record_reading"]


class Basis(NamedTuple):
    """What the ledger keeps of a statement beside its entry: how its speaker was named, what its date was counted from."""

    mentions: tuple[Span, ...] = ()
    said_on: When | None = None


def has_capture(ledger: Ledger, capture: Capture) -> bool:
    """Say whether these bytes from this address are on record already."""
    asked = {"digest": capture.payload_digest, "address": storable(capture.uri) or ""}
    with ledger.reading() as connection:
        return connection.execute(_KNOWN, asked).first() is not None


def record_reading(ledger: Ledger, capture: Capture, reading: Reading) -> str:
    """Put one page and what was said on it on record, and return the page's id. A second time changes nothing."""
    pairs = make_pairs(capture, reading)
    return record_capture(
        ledger,
        capture,
        reading.page,
        reading.article,
        [entry for entry, _ in pairs],
        problems=(*reading.problems, *find_misplaced(reading)),
        bases={
            entry.id: Basis(statement.speaker.mentions if statement.speaker else (), statement.said_on)
            for entry, statement in pairs
        },
    )


def record_capture(
    ledger: Ledger,
    capture: Capture,
    page: Page,
    article: Article,
    found: Iterable[Entry],
    *,
    problems: Iterable[Problem] = (),
    bases: Mapping[str, Basis] | None = None,
) -> str:
    """Put a page on record whose entries were made elsewhere (by a batch), and return the page's id."""
    with ledger.reading() as connection:
        known = _page_number(connection, page_id(page.payload_digest, page.text_version)) is not None
    new_capture = not has_capture(ledger, capture)
    summary = summarise_page(capture, page, article)
    if known and not new_capture:
        return summary.id
    now = _now()
    place = _append(ledger, capture, now) if new_capture else None
    with ledger.writing() as connection:
        if not known:
            _insert_page(connection, ledger, capture, (page, article, summary), now)
            _insert_entries(connection, ledger, list(found), bases or {})
        if place:
            _insert_capture(connection, capture, summary.id, place, now)
        _insert_problems(connection, [_of_page(problem, capture) for problem in problems], now)
    return summary.id


def record_problem(ledger: Ledger, problem: Problem) -> None:
    """Put trouble with a page on record; the same trouble once."""
    with ledger.writing() as connection:
        _insert_problems(connection, [problem], _now())


@contextmanager
def bulk(ledger: Ledger) -> Iterator[None]:
    """Record many pages faster: the text index waits and is made anew at the end.

    A search in between is slower but complete. When the load is cut short, the next program that writes makes the index.
    """
    with ledger.writing() as connection:
        defer(connection)
    ledger.defers_fulltext = True
    try:
        yield
    finally:
        ledger.defers_fulltext = False
        with ledger.writing() as connection:
            catch_up(connection)


# Made once: putting a question together costs more than asking it.
_KNOWN = select(captures.c.id).where(
    captures.c.payload_digest == bindparam("digest"),
    func.coalesce(captures.c.uri, "") == bindparam("address"),
)


def _append(ledger: Ledger, capture: Capture, now: str) -> WarcPlace:
    if ledger.warc is None:
        raise LedgerError(
            f"the ledger in {ledger.folder} was opened for reading; open it with `write=True` to add"
        )
    from onrecord.ledger.trouble import ledger_trouble

    with ledger_trouble(ledger.folder):
        return ledger.warc.append(capture, now)


def _page_number(connection: Connection, id: str) -> int | None:
    return connection.execute(select(pages.c.n).where(pages.c.id == id)).scalar()


def _insert_page(
    connection: Connection, ledger: Ledger, capture: Capture, read: tuple[Page, Article, EntryPage], now: str
) -> None:
    row = {**page_row(*read), "place": storable(capture.place), "added_at": now, "linked": 0}
    n = connection.execute(insert(pages), row).inserted_primary_key[0]
    if not ledger.defers_fulltext:
        index_page(connection, n, row["text"], row["headline"])


def _insert_entries(
    connection: Connection, ledger: Ledger, found: list[Entry], bases: Mapping[str, Basis]
) -> None:
    if not found:
        return
    page = found[0].page.id
    speakers = {
        entry.speaker: Speaker(name=entry.speaker.name, type=entry.speaker.type, role=entry.speaker.role)
        for entry in found
        if entry.speaker
    }
    ids = {key: assign_speakers(connection, speaker, page) for key, speaker in speakers.items()}
    first = (connection.execute(select(func.max(entries.c.n))).scalar() or 0) + 1
    rows, joint = [], []
    for seq, entry in enumerate(found):
        basis = bases.get(entry.id, Basis())
        who = ids[entry.speaker] if entry.speaker else ()
        row = entry_row(entry, seq, basis.mentions, basis.said_on)
        rows.append({**row, "n": first + seq, "speaker_id": who[0] if who else None})
        joint += [{"entry_id": entry.id, "speaker_id": id} for id in who[1:]]
    connection.execute(insert(entries), rows)
    if joint:
        connection.execute(insert(joint_speakers), joint)
    if not ledger.defers_fulltext:
        words = (" ".join(entry.content) or entry.cue or "" for entry in found)
        index_entries(
            connection,
            [
                {
                    "n": row["n"],
                    "content": storable(said),
                    "source": row["source"],
                    "speaker": row["speaker_name"],
                }
                for row, said in zip(rows, words, strict=True)
            ],
        )


def _insert_capture(connection: Connection, capture: Capture, page: str, place: WarcPlace, now: str) -> None:
    row = {
        "payload_digest": capture.payload_digest,
        "page_id": page,
        "uri": capture.uri,
        "place": capture.place,
        "media_type": capture.media_type,
        "charset": capture.charset,
        "captured_at": capture.captured_at,
        "published": capture.published,
        "size": len(capture.payload),
        "warc_file": place.file,
        "warc_offset": place.offset,
        "added_at": now,
    }
    connection.execute(insert(captures), {name: storable(value) for name, value in row.items()})
    # The first capture that knows an address, or a time, gives it to the page.
    for column, value in ((pages.c.uri, row["uri"]), (pages.c.captured_at, row["captured_at"])):
        if value is not None:
            connection.execute(
                update(pages).where(pages.c.id == page, column.is_(None)).values({column: storable(value)})
            )


def _insert_problems(connection: Connection, found: Iterable[Problem], now: str) -> None:
    for problem in found:
        row = problem_row(problem)
        same = [
            func.coalesce(problems.c[name], other) == (other if row[name] is None else row[name])
            for name, other in (("place", ""), ("payload_digest", ""), ("start", -1))
        ]
        same += [problems.c.stage == row["stage"], problems.c.message == row["message"]]
        if not connection.execute(select(exists().where(*same))).scalar():
            connection.execute(insert(problems), {**row, "added_at": now})


def _of_page(problem: Problem, capture: Capture) -> Problem:
    """Return a problem that names its page: stages see a page only, and don't know where it came from."""
    return Problem(
        stage=problem.stage,
        message=problem.message,
        place=problem.place or capture.place,
        payload_digest=problem.payload_digest or capture.payload_digest,
        span=problem.span,
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
