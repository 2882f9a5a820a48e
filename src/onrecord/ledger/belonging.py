"""What people say of what belongs together: not one story, not one remark, these are one remark.

`across` asks here before it joins anything, so it holds for pages that come later, too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from sqlalchemy import Connection, func, select

from onrecord.errors import BadRequest
from onrecord.ledger.correcting import pages_of_digests
from onrecord.ledger.facts import page_target
from onrecord.ledger.giving import find_entry_row, target_of
from onrecord.ledger.lookup import find_page_id
from onrecord.ledger.records import Outcome
from onrecord.ledger.reviewed_things import pairs_of
from onrecord.ledger.reviews import Target, add_review, make_review, next_moment, reviews_of_pages
from onrecord.ledger.rows import to_json
from onrecord.ledger.schema import entries, pages, story_pages

__all__ = ["RemarkPairs", "apart_pages", "join_remark", "leave_remark", "leave_story", "remark_pairs"]

Pair = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkPairs:
    """Pairs of statements (by id) that people say are one remark, or are none."""

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


def apart_pages(connection: Connection, page_ids: Iterable[str]) -> set[Pair]:
    """Return the pairs of pages, one of them among these, that people say are not of one story."""
    given = reviews_of_pages(connection, _digests(connection, page_ids), "not-one-story")
    return {
        frozenset(pair)
        for review in given
        for pair in product(*(_pages(connection, side) for side in review.about))
        if len(set(pair)) == 2
    }


def remark_pairs(connection: Connection, page_ids: Iterable[str]) -> RemarkPairs:
    """Return what people say of the statements of these pages; of a contradiction the newer review."""
    given = reviews_of_pages(connection, _digests(connection, page_ids), "not-one-remark", "one-remark")
    together: set[Pair] = set()
    apart: list[set[Pair]] = []
    for review in given:
        pairs = set(pairs_of(connection, review))
        if review.kind == "one-remark":
            # Who puts a statement back beside one that it was taken from, puts it back beside all of them.
            apart = [older for older in apart if not older & pairs]
            together |= pairs
        else:
            together -= pairs
            apart.append(pairs)
    return RemarkPairs(together=frozenset(together), apart=frozenset().union(*apart))


def leave_story(
    connection: Connection, asked: str, *, by: str | None = None, note: str | None = None
) -> Outcome:
    """Say that a page does not belong to the story that it is in."""
    page = find_page_id(connection, asked)
    story = select(story_pages.c.story_id).where(story_pages.c.page_id == page).scalar_subquery()
    members = select(story_pages.c.page_id).where(story_pages.c.story_id == story)
    rows = connection.execute(select(pages).where(pages.c.id.in_(members)).order_by(pages.c.n)).all()
    if not rows:
        raise BadRequest(
            f"the page {page} is in no story, so it can't be taken out of one; `onrecord story` lists them"
        )
    out = [row for row in rows if row.id == page]
    about = [[page_target(row) for row in out], [page_target(row) for row in rows if row.id != page]]
    return _give(connection, "not-one-story", about, {page}, by=by, note=note)


def leave_remark(
    connection: Connection, asked: str, *, by: str | None = None, note: str | None = None
) -> Outcome:
    """Say that a statement is not the remark that it is taken for a rendering of."""
    row = find_entry_row(connection, asked)
    found = select(entries).where(entries.c.remark_id == row.remark_id).order_by(entries.c.n)
    others = [one.id for one in connection.execute(found) if one.id != row.id] if row.remark_id else []
    if not others:
        raise BadRequest(
            f"the statement {row.id} is taken for the same as no other, so there is nothing to take apart"
        )
    rows = [find_entry_row(connection, id) for id in others]
    about = [[target_of(connection, row)], [target_of(connection, one) for one in rows]]
    touched = {row.page_id, *(one.page_id for one in rows)}
    return _give(connection, "not-one-remark", about, touched, by=by, note=note)


def join_remark(
    connection: Connection, one: str, other: str, *, by: str | None = None, note: str | None = None
) -> Outcome:
    """Say that two statements are one remark, as two articles report it."""
    rows = [find_entry_row(connection, asked) for asked in (one, other)]
    first, second = rows
    if first.id == second.id:
        raise BadRequest(f"{one!r} and {other!r} are one statement; give the ids of two")
    if hidden := [row.id for row in rows if row.hidden]:
        raise BadRequest(
            f"somebody decided that {hidden[0]} is no statement; `onrecord review undo` takes that back"
        )
    if first.remark_id is not None and first.remark_id == second.remark_id:
        raise BadRequest(f"{first.id} and {second.id} are one remark already ({first.remark_id})")
    about = [[target_of(connection, row)] for row in rows]
    return _give(connection, "one-remark", about, {row.page_id for row in rows}, by=by, note=note)


def _give(
    connection: Connection,
    kind: str,
    about: Sequence[Sequence[Target]],
    touched: set[str],
    *,
    by: str | None,
    note: str | None,
) -> Outcome:
    digests = [target.digest for side in about for target in side]
    older = reviews_of_pages(connection, digests, "not-one-remark", "one-remark")
    review = make_review(
        kind,  # type: ignore[arg-type]
        about=about,
        by=by,
        note=note,
        at=next_moment(connection),
    )
    add_review(connection, review)
    mine = set(pairs_of(connection, review))
    against = [one.id for one in older if one.kind != kind and mine & set(pairs_of(connection, one))]
    return Outcome(review=review, pages=frozenset(touched), speakers=(), against=tuple(sorted(against)))


def _digests(connection: Connection, page_ids: Iterable[str]) -> list[str]:
    given = func.json_each(to_json(sorted(set(page_ids)))).table_valued("value")
    query = select(pages.c.payload_digest).where(pages.c.id.in_(select(given.c.value)))
    return list(connection.execute(query.distinct()).scalars())


def _pages(connection: Connection, side: Iterable[Target]) -> set[str]:
    return pages_of_digests(connection, {target.digest for target in side})
