"""People decide, and what hangs on it is found anew: remarks, stories, days."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from sqlalchemy import Connection

from onrecord.across.link import link_pages
from onrecord.across.link_remarks import link_remarks
from onrecord.ledger import Ledger
from onrecord.ledger.belonging import join_remark, leave_remark, leave_story
from onrecord.ledger.decide import Mark
from onrecord.ledger.facts import Facts, tell_pages
from onrecord.ledger.giving import Correction, correct_statement
from onrecord.ledger.linked_stories import StoryRow, let_go, pages_of_stories, stories_of_pages
from onrecord.ledger.reviewing import (
    Outcome,
    keep_file,
    load_reviews,
    merge_speakers,
    moved_by,
    split_speaker,
    trust_names,
    turn_review,
)
from onrecord.ledger.reviews import Review, find_review

__all__ = [
    "Correction",
    "Facts",
    "correct",
    "load",
    "merge",
    "not_one_remark",
    "not_one_story",
    "one_remark",
    "redo",
    "split",
    "tell",
    "trust",
    "undo",
]


def merge(ledger: Ledger, one: str, other: str, *, by: str | None = None, note: str | None = None) -> Outcome:
    """Say that two speakers, by name or id, are one: the first one's name stays."""
    with _deciding(ledger) as connection:
        return _relink(connection, merge_speakers(connection, one, other, by=by, note=note))


def split(
    ledger: Ledger,
    who: str,
    *,
    names: Sequence[str] = (),
    pages: Sequence[str] = (),
    by: str | None = None,
    note: str | None = None,
) -> Outcome:
    """Say that some names of a speaker, or those on some pages, are somebody else's."""
    with _deciding(ledger) as connection:
        outcome = split_speaker(connection, who, names=names, on_pages=pages, by=by, note=note)
        return _relink(connection, outcome)


def correct(
    ledger: Ledger, entry: str, said: Correction, *, by: str | None = None, note: str | None = None
) -> Outcome:
    """Say what is wrong with one statement: who spoke, what was said, when, or that it is none."""
    with _deciding(ledger) as connection:
        return _relink(connection, correct_statement(connection, entry, said, by=by, note=note))


def tell(
    ledger: Ledger,
    pages: Sequence[str],
    facts: Facts,
    *,
    by: str | None = None,
    note: str | None = None,
    link: bool = True,
) -> Outcome | None:
    """Tell what you know of pages: when and by whom they were published, where. None where all is known so.

    `link=False` leaves it to the caller to link the pages anew.
    """
    with _deciding(ledger) as connection:
        outcome = tell_pages(connection, pages, facts, by=by, note=note)
        if outcome is not None:
            let_go(connection, outcome.pages)
    if outcome is not None and link:
        link_pages(ledger)
    return outcome


def not_one_story(ledger: Ledger, page: str, *, by: str | None = None, note: str | None = None) -> Outcome:
    """Say that a page does not belong to the story that it is in."""
    with _deciding(ledger) as connection:
        outcome = leave_story(connection, page, by=by, note=note)
        let_go(connection, outcome.pages)
    link_pages(ledger)
    return outcome


def not_one_remark(ledger: Ledger, entry: str, *, by: str | None = None, note: str | None = None) -> Outcome:
    """Say that a statement is not the remark that the program takes it for."""
    with _deciding(ledger) as connection:
        return _relink(connection, leave_remark(connection, entry, by=by, note=note))


def one_remark(
    ledger: Ledger, entry: str, other: str, *, by: str | None = None, note: str | None = None
) -> Outcome:
    """Say that two statements are one remark, as two articles report it."""
    with _deciding(ledger) as connection:
        return _relink(connection, join_remark(connection, entry, other, by=by, note=note))


def undo(ledger: Ledger, id: str, *, by: str | None = None, note: str | None = None) -> Outcome:
    """Undo a review; it stays in the log."""
    return _turn(ledger, id, "undo", by=by, note=note)


def redo(ledger: Ledger, id: str, *, by: str | None = None, note: str | None = None) -> Outcome:
    """Put an undone review in force again, as of when it was first given."""
    return _turn(ledger, id, "redo", by=by, note=note)


def _turn(
    ledger: Ledger, id: str, turn: Literal["undo", "redo"], *, by: str | None, note: str | None
) -> Outcome:
    with _deciding(ledger) as connection:
        outcome = turn_review(connection, id, turn, by=by, note=note)
        moves = moved_by(connection, find_review(connection, outcome.review.of or id))
        let_go(connection, moves)
        _find_remarks(connection, outcome.pages - moves)
    if moves:
        link_pages(ledger)
    return outcome


def trust(ledger: Ledger, rows: Iterable[Sequence[Mark]], *, file: str, by: str | None = None) -> Outcome:
    """Take the names of a file that somebody trusts: each row's names are one speaker's."""
    with _deciding(ledger) as connection:
        return _relink(connection, trust_names(connection, rows, file=file, by=by))


def load(ledger: Ledger, reviews: Iterable[Review]) -> tuple[int, int]:
    """Take over the reviews of another ledger; return how many were new, and how many pages changed."""
    with _deciding(ledger) as connection:
        new, pages, moved = load_reviews(connection, reviews)
        let_go(connection, moved)
        _find_remarks(connection, pages - moved)
    if moved:
        link_pages(ledger)
    return new, len(pages)


@contextmanager
def _deciding(ledger: Ledger) -> Iterator[Connection]:
    """Give a connection for one review; once it is on record the log is written into the folder, too."""
    with ledger.writing() as connection:
        yield connection
    keep_file(ledger)


def _relink(connection: Connection, outcome: Outcome) -> Outcome:
    _find_remarks(connection, outcome.pages)
    return outcome


def _find_remarks(connection: Connection, pages: Iterable[str]) -> None:
    pages = set(pages)
    ids = set(stories_of_pages(connection, pages).values())
    rows = [
        StoryRow(id=id, pages=tuple(members)) for id, members in pages_of_stories(connection, ids).items()
    ]
    link_remarks(connection, {*pages, *(page for row in rows for page in row.pages)}, rows)
