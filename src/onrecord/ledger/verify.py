"""Does every entry stand where it says? Bytes against digests, texts against bytes, words against texts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from onrecord.errors import LedgerDamaged
from onrecord.ledger.accounts import read_of
from onrecord.ledger.captured import read_capture, read_same
from onrecord.ledger.comments import read_comments
from onrecord.ledger.correcting import find_wrong
from onrecord.ledger.digest import entry_id, page_id
from onrecord.ledger.entries import around, words_at
from onrecord.ledger.regroup import (
    decided_names,
    find_roots,
    marks_in,
    names_of_page,
    printed_names,
    who_said,
)
from onrecord.ledger.reviews import read_reviews, review_id
from onrecord.ledger.rows import entry_from_row, select_entries, storable
from onrecord.ledger.schema import captures, entries, pages
from onrecord.ledger.store import Ledger
from onrecord.ledger.telling import find_wrong_facts
from onrecord.ledger.warc import WarcPlace
from onrecord.types import Capture, Comment, Entry, EntrySpans, Problem

__all__ = ["check_ledger"]

Progress = Callable[[int, int], None]


def check_ledger(ledger: Ledger, *, progress: Progress | None = None) -> Iterator[Problem]:
    """Yield everything in the ledger that does not prove what it says; nothing, when all of it does.

    Every record's bytes are read and their digest is counted anew; the text of record is read from them
    again and compared; every entry's words, its surroundings and its id are compared with the text. Words
    are never looked for elsewhere: a span that names other words is an error, even where the right words
    stand next to it.
    """
    try:
        with ledger.reading() as connection:
            yield from _check_database(connection)
            yield from _check_reviews(connection)
            yield from _check_captures(ledger, connection, progress)
    except LedgerDamaged as why:
        yield Problem(stage="verify", message=str(why), place=str(ledger.folder))


def _check_database(connection: Connection) -> Iterator[Problem]:
    if connection.dialect.name != "sqlite":
        return
    for (words,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if words != "ok":
            yield Problem(
                stage="verify", message=f"the database is damaged: {words}", place="onrecord.sqlite"
            )
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        message = f"row {row} of the table {table} points to a row of {parent} that does not exist"
        yield Problem(stage="verify", message=message, place="onrecord.sqlite")


def _check_reviews(connection: Connection) -> Iterator[Problem]:
    """Yield reviews that say something else than when they were given, and speakers they don't lead to."""
    given = read_reviews(connection)
    for review in given:
        if review.id != review_id(review):
            message = f"the review {review.id} says something else than when it was given"
            yield Problem(stage="verify", message=message, place="onrecord.sqlite")
    roots = find_roots(connection, marks_in(given))
    found = decided_names(connection, roots) if roots else None
    for name in printed_names(connection, found.roots) if found else ():
        to = found.whose(name).speaker if found else None
        if name.speaker != to:
            message = (
                f"the name {name.name!r} on the page {name.page} is under the speaker {name.speaker}, "
                f"but the reviews lead to {to}"
            )
            yield Problem(stage="verify", message=message, place="onrecord.sqlite")


def _check_captures(ledger: Ledger, connection: Connection, progress: Progress | None) -> Iterator[Problem]:
    total = connection.execute(select(func.count()).select_from(captures)).scalar_one()
    # In the order in which they lie on the disk. All are fetched at once: a few hundred bytes each, without
    # the text.
    in_order = captures.select().order_by(captures.c.warc_file, captures.c.warc_offset)
    checked: set[str] = set()
    last: tuple[WarcPlace, Capture] | None = None
    for done, row in enumerate(connection.execute(in_order).all(), start=1):
        # The articles of one file share its record: it is read and proved once for all of them.
        where = WarcPlace(row.warc_file, row.warc_offset)
        same = last[1] if last and last[0] == where else None
        found = read_same(row, same) if same else read_capture(ledger, row)
        last = (where, found) if isinstance(found, Capture) else None
        if isinstance(found, Problem):
            yield found
        if row.payload_digest not in checked:
            checked.add(row.payload_digest)
            yield from _check_pages(
                connection, row.payload_digest, None if isinstance(found, Problem) else found
            )
        if progress:
            progress(done, total)
    without = select(pages.c.id, pages.c.place, pages.c.payload_digest).where(
        pages.c.payload_digest.not_in(select(captures.c.payload_digest))
    )
    for row in connection.execute(without).all():
        yield _problem(row, f"the page {row.id} has no capture: nothing proves its text")


def _check_pages(connection: Connection, digest: str, capture: Capture | None) -> Iterator[Problem]:
    """Yield what is wrong with the pages (one a version of the text) that these bytes were read as."""
    for row in connection.execute(select(pages).where(pages.c.payload_digest == digest)).all():
        if row.id != page_id(row.payload_digest, row.text_version):
            yield _problem(row, f"the page {row.id} does not have the id of its bytes and text version")
        if capture is not None:
            yield from _check_text(row, capture)
        query = select_entries(hidden=True).where(entries.c.page_id == row.id).order_by(entries.c.seq)
        found = read_comments(connection, row.id)
        yield from _check_comments(row, found)
        names = names_of_page(connection, row.id)
        for kept in connection.execute(query).all():
            entry = entry_from_row(kept)
            if kept.read is None:
                yield from _check_entry(row, entry, entry.spans, commented=bool(found))
                yield from _check_speaker(row, entry, names)
            else:
                # Its id is of what the program read; its words are of what counts.
                yield from _check_entry(row, entry, read_of(kept).spans, commented=bool(found))
        for message in (*find_wrong(connection, row), *find_wrong_facts(connection, row)):
            yield _problem(row, message)


def _check_text(row: Row[Any], capture: Capture) -> Iterator[Problem]:
    """Yield a problem when the text of record can't be made from the bytes again.

    An older walk's text can't: it was proved when it was recorded, and its digest of bytes still is.
    """
    # Only this command reads pages; the others answer sooner without the readers in memory.
    from onrecord.page import read_page

    page, _ = read_page(capture)
    text = storable(page.text)
    if page.text_version == row.text_version and text != row.text:
        at = next(
            (i for i, (a, b) in enumerate(zip(text, row.text, strict=False)) if a != b),
            min(len(text), len(row.text)),
        )
        yield _problem(
            row,
            f"the text of the page {row.id} is not the text of its bytes: from character {at} on "
            f"the ledger has {row.text[at : at + 40]!r}, the bytes say {text[at : at + 40]!r}",
        )


def _check_comments(row: Row[Any], found: Sequence[Comment]) -> Iterator[Problem]:
    """Yield the comments that point outside their page, or answer one that does not stand before them."""
    for comment in found:
        spans = [span for span in (comment.handle, comment.time, *comment.text) if span is not None]
        outside = next((span for span in spans if not 0 <= span.start < span.end <= len(row.text)), None)
        if outside is not None or (comment.parent is not None and not 0 <= comment.parent < comment.order):
            yield _problem(
                row, f"the comment {comment.order} of the page {row.id} does not stand in its text"
            )


def _check_entry(row: Row[Any], entry: Entry, read: EntrySpans, *, commented: bool) -> Iterator[Problem]:
    text, spans = row.text, entry.spans
    prefix, suffix = around(text, spans.content, spans.cue)
    if commented:
        # Both end where a reader is named.
        prefix = entry.prefix if prefix.endswith(entry.prefix) else prefix
        suffix = entry.suffix if suffix.startswith(entry.suffix) else suffix
    expected = {
        "content": (list(entry.content), [span.of(text) for span in spans.content]),
        "source": (entry.source, words_at(text, spans.source)),
        "cue": (entry.cue, words_at(text, spans.cue)),
        "prefix": (entry.prefix, prefix),
        "suffix": (entry.suffix, suffix),
        "id": (entry.id, entry_id(row.payload_digest, row.text_version, read.content, read.cue)),
    }
    for name, (kept, proved) in expected.items():
        if kept != proved:
            found = f"the {name} of the entry {entry.id} is {kept!r}"
            place = (spans.content or spans.cue or (None,))[0]
            yield Problem(
                stage="verify",
                message=f"{found}, but the text of record gives {proved!r}",
                place=row.place,
                payload_digest=row.payload_digest,
                span=place,
            )


def _check_speaker(
    row: Row[Any], entry: Entry, names: Mapping[tuple[str, str], tuple[str, str | None]]
) -> Iterator[Problem]:
    """Yield a problem when an entry is under another speaker than its printed name on this page."""
    who = entry.speaker
    ids, review = who_said(names, who.name, who.type) if who else ((), None)
    if who and (who.id, entry.review) != (ids[0] if ids else None, review):
        yield _problem(
            row,
            f"the entry {entry.id} is under the speaker {who.id} (review {entry.review}), but its name "
            f"{who.name!r} is under {ids[0] if ids else None} (review {review}) on this page",
        )


def _problem(row: Row[Any], message: str) -> Problem:
    return Problem(stage="verify", message=message, place=row.place, payload_digest=row.payload_digest)
