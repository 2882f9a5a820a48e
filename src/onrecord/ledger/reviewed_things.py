"""The pages and statements that reviews speak of, as this ledger has them, and what became of the reviews."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.ledger.correcting import place_corrections, place_target
from onrecord.ledger.records import ReviewedThing, ReviewState
from onrecord.ledger.reviews import Review, ReviewKind, Target, reviews_of_pages
from onrecord.ledger.rows import entry_from_row, page_from_row, select_entries, select_pages
from onrecord.ledger.schema import entries, pages
from onrecord.types import Entry

__all__ = ["find_corrected", "find_entry", "find_thing", "pairs_of", "state_of"]


def find_thing(connection: Connection, target: Target) -> ReviewedThing:
    """Return what a target is in this ledger."""
    row = connection.execute(
        select_pages().where(pages.c.payload_digest == target.digest).order_by(pages.c.n.desc())
    ).first()
    if row is None:
        return ReviewedThing(name=target.name, page=None)
    return ReviewedThing(name=target.name, page=page_from_row(row), entry=find_entry(connection, target))


def find_entry(connection: Connection, target: Target) -> str | None:
    """Return the id of the statement that a target means here; None of a page, or where no reading has it."""
    same = select(entries.c.id).where(entries.c.id == target.entry)
    if target.entry is None or connection.execute(same).first() is not None:
        return target.entry  # The id is of bytes, text and characters: it is that very statement.
    for page in _pages_of(connection, target):
        if found := place_target(connection, page, target):
            return found.entry
    return None


def find_corrected(connection: Connection, review: Review) -> tuple[Entry | None, bool]:
    """Return the statement that a correction is about, as it stands, and whether it is hidden."""
    id = find_entry(connection, review.about[0][0]) if review.kind == "correct" else None
    if id is None:
        return None, False
    row = connection.execute(select_entries(hidden=True).where(entries.c.id == id)).one()
    return entry_from_row(row), bool(row.hidden)


def state_of(connection: Connection, review: Review) -> ReviewState:
    """Return what has become of a review of pages or statements that nobody has undone."""
    here = [target for side in review.about for target in side if _pages_of(connection, target)]
    if not here:
        return "of no page here"
    if review.kind == "correct":
        return _state_of_correction(connection, review)
    if review.kind == "tell":
        return _state_of_told(connection, review)
    return _state_of_link(connection, review)


def _state_of_link(connection: Connection, review: Review) -> ReviewState:
    """Say whether what is to be apart, or together, is here; a newer review may say the opposite of it."""
    if any(not any(_pages_of(connection, target) for target in side) for side in review.about):
        return "of no page here"
    if review.kind == "not-one-story":
        return "in force"
    if any(not any(find_entry(connection, target) for target in side) for side in review.about):
        return "of no statement here"
    digests = {target.digest for side in review.about for target in side}
    other: ReviewKind = "one-remark" if review.kind == "not-one-remark" else "not-one-remark"
    newer = [
        one
        for one in reviews_of_pages(connection, digests, other)
        if (one.at, one.id) > (review.at, review.id)
    ]
    gone = {pair for one in newer for pair in pairs_of(connection, one)}
    return "overruled" if set(pairs_of(connection, review)) & gone else "in force"


def pairs_of(connection: Connection, review: Review) -> Iterator[frozenset[str]]:
    """Yield the pairs of statements of this ledger that a review of remarks speaks of."""
    sides = [[id for target in side if (id := find_entry(connection, target))] for side in review.about]
    if len(sides) == 2:
        yield from (frozenset(pair) for pair in product(*sides) if len(set(pair)) == 2)


def _state_of_told(connection: Connection, review: Review) -> ReviewState:
    """Say whether newer reviews tell all of it otherwise, of every page here."""
    for digest in {target.digest for side in review.about for target in side}:
        given = reviews_of_pages(connection, [digest], "tell")
        newer = [one for one in given if (one.at, one.id) > (review.at, review.id)]
        told = {name for one in newer for name in one.change or {}}
        if not set(review.change or {}) <= told:
            return "in force"
    return "overruled"


def _state_of_correction(connection: Connection, review: Review) -> ReviewState:
    target, asked = review.about[0][0], set(review.change or {})
    given = reviews_of_pages(connection, [target.digest], "correct")
    placed_here = False
    for page in _pages_of(connection, target):
        placed = place_corrections(connection, page, given)
        mine = placed.get(review.id)
        if mine is None:
            continue
        placed_here = True
        newer = [one for one in given if (one.at, one.id) > (review.at, review.id)]
        taken = {
            name
            for one in newer
            if (place := placed.get(one.id)) and place.entry == mine.entry
            for name in one.change or {}
        }
        # Whoever names another speaker says with it which role is theirs.
        if not asked <= taken | ({"role"} if "speaker" in taken else set()):
            return "in force"
    return "overruled" if placed_here else "of no statement here"


def _pages_of(connection: Connection, target: Target) -> list[Row[Any]]:
    """Return the pages with these bytes, the newest text first."""
    query = select(pages).where(pages.c.payload_digest == target.digest).order_by(pages.c.n.desc())
    return list(connection.execute(query).all())
