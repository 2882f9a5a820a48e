"""Putting a page on record: its bytes into the WARC file first, then all its rows in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, literal_column, select, update

from onrecord.documents import bytes_digest, part_of
from onrecord.ledger.bulk import end_page
from onrecord.ledger.comments import insert_comments
from onrecord.ledger.correcting import is_spoken_of, review_page
from onrecord.ledger.entries import find_misplaced, make_pairs, summarise_page
from onrecord.ledger.fulltext import index_entries, index_page
from onrecord.ledger.people import assign_speakers
from onrecord.ledger.rows import entry_row, page_row, problem_row, storable
from onrecord.ledger.schema import captures, entries, joint_speakers, pages, problems
from onrecord.ledger.store import Ledger
from onrecord.ledger.telling import carry_out_told
from onrecord.ledger.warc import WarcPlace
from onrecord.people.institutions import find_institution
from onrecord.people.names import bare_words
from onrecord.people.titles import tell_by_titles
from onrecord.types import (
    Article,
    Capture,
    Entry,
    EntryPage,
    EntrySpeaker,
    Page,
    Problem,
    Reading,
    Span,
    Speaker,
    When,
)

__all__ = ["Basis", "find_known", "has_capture", "record_capture", "record_problem", "record_reading"]


class Basis(NamedTuple):
    """What the ledger keeps of a statement beside its entry: how its speaker was named, how it was dated."""

    mentions: tuple[Span, ...] = ()
    said_on: When | None = None


def find_known(ledger: Ledger, digest: str) -> str | None:
    """Return the id of the page with these bytes, the newest text of it; None where there is none."""
    with ledger.reading() as connection:
        query = select(pages.c.id).where(pages.c.payload_digest == digest).order_by(pages.c.n.desc())
        return connection.execute(query.limit(1)).scalar()


def has_capture(ledger: Ledger, capture: Capture) -> bool:
    """Say whether these bytes from this address are on record already."""
    with ledger.reading() as connection:
        return connection.execute(_CAPTURE, _name(capture)).first() is not None


def record_reading(ledger: Ledger, capture: Capture, reading: Reading) -> str:
    """Put one page and what was said on it on record; return the page's id. A second time changes nothing."""
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
    summary = summarise_page(capture, page, article)
    now = _now()
    # One transaction, since opening one costs as much as asking three questions.
    with ledger.writing() as connection:
        known_page = connection.execute(_PAGE, {"page": summary.id}).first() is not None
        known_capture = connection.execute(_CAPTURE, _name(capture)).first() is not None
        if known_page and known_capture:
            return summary.id
        place = None if known_capture else _find_bytes(connection, capture) or ledger.append(capture, now)
        if not known_page:
            _insert_page(connection, capture, (page, article, summary), now)
            insert_comments(connection, summary.id, page.comments)
            _insert_entries(connection, list(found), bases or {})
        if place:
            _insert_capture(connection, capture, summary.id, place, now)
            if known_page:
                _complete_page(connection, capture, summary.id)
        if is_spoken_of(connection, capture.payload_digest):
            carry_out_told(connection, [summary.id])
        _insert_problems(connection, [_of_page(problem, capture) for problem in problems], now)
    end_page(ledger)
    return summary.id


def record_problem(ledger: Ledger, problem: Problem) -> None:
    """Put trouble with a page on record; the same trouble once."""
    with ledger.writing() as connection:
        _insert_problems(connection, [problem], _now())


def _find_bytes(connection: Connection, capture: Capture) -> WarcPlace | None:
    """Return where the bytes lie already, of a file that holds many articles: they are kept once."""
    if part_of(capture.payload_digest) is None:
        return None
    # All parts of the bytes, and nothing else, stand between "sha256:...#" and "sha256:...$".
    digest = bytes_digest(capture.payload_digest)
    row = connection.execute(_OTHER_PART, {"first": f"{digest}#", "behind": f"{digest}$"}).first()
    return WarcPlace(row.warc_file, row.warc_offset) if row else None


# Made once: putting a question together costs more than asking it.
_CAPTURE = select(captures.c.id).where(
    captures.c.payload_digest == bindparam("digest"),
    func.coalesce(captures.c.uri, "") == bindparam("address"),
)
_OTHER_PART = (
    select(captures.c.warc_file, captures.c.warc_offset)
    .where(captures.c.payload_digest >= bindparam("first"), captures.c.payload_digest < bindparam("behind"))
    .limit(1)
)
_PAGE = select(pages.c.n).where(pages.c.id == bindparam("page"))
_NEW_CAPTURE, _NEW_PAGE, _NEW_ENTRIES = insert(captures), insert(pages).returning(pages.c.n), insert(entries)
_NEW_PROBLEM = insert(problems)
_SAME = ("stage", "message", "place", "payload_digest", "start")
_UNKNOWN = {"place": "", "payload_digest": "", "start": -1}
# The unknown is written out, as in the index: SQLite uses an index only for the very same words.
_WRITTEN: dict[str, ColumnElement[Any]] = {
    "place": literal_column("''"),
    "payload_digest": literal_column("''"),
    "start": literal_column("-1"),
}
_PROBLEM = select(problems.c.id).where(
    *(
        (func.coalesce(problems.c[name], _WRITTEN[name]) if name in _WRITTEN else problems.c[name])
        == bindparam(f"same_{name}")
        for name in _SAME
    )
)
_LAST_ENTRY = select(func.coalesce(func.max(entries.c.n), 0))


def _name(capture: Capture) -> dict[str, str]:
    return {"digest": capture.payload_digest, "address": storable(capture.uri) or ""}


def _insert_page(
    connection: Connection, capture: Capture, read: tuple[Page, Article, EntryPage], now: str
) -> None:
    row = {**page_row(*read), "place": storable(capture.place), "added_at": now, "linked": 0}
    n = connection.execute(_NEW_PAGE, row).scalar_one()
    index_page(connection, n, row["text"], row["headline"])


def _insert_entries(connection: Connection, found: list[Entry], bases: Mapping[str, Basis]) -> None:
    if not found:
        return
    page = found[0].page.id
    found = _with_titles([_with_known_type(entry) for entry in found])
    # In reading order, not as a set gives them, so that two ledgers of the same pages agree. A name is kept
    # once for a page, with the role that the page prints for it: those with a role come first.
    named = dict.fromkeys(entry.speaker for entry in found if entry.speaker)
    ids = {
        who: assign_speakers(connection, _speaker(who), page)
        for who in sorted(named, key=lambda who: who.role is None)
    }
    first = connection.execute(_LAST_ENTRY).scalar_one() + 1
    rows, joint = [], []
    for seq, entry in enumerate(found):
        mentions, when = bases.get(entry.id, Basis())
        who = ids[entry.speaker] if entry.speaker else ()
        row = entry_row(entry, seq, mentions, when)
        rows.append({**row, "n": first + seq, "speaker_id": who[0] if who else None})
        joint += [{"entry_id": entry.id, "speaker_id": id} for id in who[1:]]
    connection.execute(_NEW_ENTRIES, rows)
    if joint:
        connection.execute(insert(joint_speakers), joint)
    index_entries(connection, rows)
    review_page(connection, page, found[0].page.payload_digest)


def _with_known_type(entry: Entry) -> Entry:
    """Return an entry whose speaker has the type that the list of public bodies knows."""
    who = entry.speaker
    if who is None or who.type not in ("person", "group") or not find_institution(bare_words(who.name)):
        return entry
    return replace(entry, speaker=replace(who, type="institution"))


def _with_titles(found: list[Entry]) -> list[Entry]:
    """Return the entries of a page with "Mr" and "Ms" before a last name that stands there for two people."""
    people = [(one.speaker.name, one.source) for one in found if one.speaker and one.speaker.type == "person"]
    told = tell_by_titles(people)
    return [
        replace(one, speaker=replace(one.speaker, name=told[one.speaker.name, one.source]))
        if one.speaker and (one.speaker.name, one.source) in told
        else one
        for one in found
    ]


def _speaker(who: EntrySpeaker) -> Speaker:
    return Speaker(name=who.name, type=who.type, role=who.role)


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
    connection.execute(_NEW_CAPTURE, {name: storable(value) for name, value in row.items()})


def _complete_page(connection: Connection, capture: Capture, page: str) -> None:
    """Let the first capture that knows an address, or a time, give it to the page."""
    for column, value in ((pages.c.uri, capture.uri), (pages.c.captured_at, capture.captured_at)):
        if value is not None:
            unknown = update(pages).where(pages.c.id == page, column.is_(None))
            connection.execute(unknown.values({column: storable(value)}))
    # Another address may make it one article with another page: it is linked again.
    connection.execute(update(pages).where(pages.c.id == page).values(linked=0))


def _insert_problems(connection: Connection, found: Iterable[Problem], now: str) -> None:
    for problem in found:
        row = problem_row(problem)
        same = {f"same_{name}": _UNKNOWN.get(name) if row[name] is None else row[name] for name in _SAME}
        if connection.execute(_PROBLEM, same).first() is None:
            connection.execute(_NEW_PROBLEM, {**row, "added_at": now})


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
