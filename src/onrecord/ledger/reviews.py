"""What people decided, as a log: who, when, why. Rows are only added, so an undone review stays to be seen.

A review's id is made from all that it says, so a copy of it, in another ledger or a file, is the same review.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, func, insert, select

from onrecord.errors import BadRequest, NotFound
from onrecord.ledger.decide import Decision, Mark
from onrecord.ledger.rows import storable, to_json
from onrecord.ledger.schema import review_names, review_pages, reviews
from onrecord.types import Span

__all__ = [
    "NAMING",
    "Review",
    "ReviewKind",
    "Target",
    "add_review",
    "decision_of",
    "find_review",
    "make_review",
    "next_moment",
    "read_reviews",
    "read_turns",
    "review_id",
    "reviews_of_pages",
    "standing",
]

ReviewKind = Literal[
    "merge",
    "split",
    "trust",
    "correct",
    "tell",
    "not-one-story",
    "not-one-remark",
    "one-remark",
    "undo",
    "redo",
]

_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"  # to the microsecond, so that of two reviews one is the newer

_sides = msgspec.json.Decoder(tuple[tuple[Mark, ...], ...])


NAMING: tuple[ReviewKind, ...] = ("merge", "split", "trust")
"""The kinds that say which printed names are whose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a review points at: the page of these bytes or, with `entry`, one statement on it.

    None of it hangs on what else a ledger holds. `name` is what a reader knows it by where the page is not
    at hand: a headline, or the words said. A statement is named by the id, the spans and the words that the
    program gave it when the review was given, in the text of this version; `words` are all from its first
    character to its last, `prefix` and `suffix` what stood around them.
    """

    digest: str
    name: str
    text_version: str | None = None
    entry: str | None = None
    content: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    words: str | None = None
    prefix: str | None = None
    suffix: str | None = None


_about = msgspec.json.Decoder(tuple[tuple[Target, ...], ...])
_change = msgspec.json.Decoder(dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One thing that a person decided.

    `merge`: the names of all `sides` are one speaker's. `split`: the names of the first side are somebody
    else's than those of the second. `trust`: a file of names that somebody trusts, without sides; and each of
    its rows, with the names of one speaker, `of` the file.

    `correct`: the `change` holds for the statement in `about`; where it names who spoke, the names are the
    sides. `tell`: the change holds for the pages in `about`. `not-one-story`, `not-one-remark`: the first
    side of `about` does not belong to the second; `one-remark`: the two belong together.

    `undo` and `redo` speak `of` another review. `by` is whoever gives a name, `at` the moment in UTC, `note`
    the reason in their words.
    """

    id: str
    kind: ReviewKind
    sides: tuple[tuple[Mark, ...], ...]
    of: str | None
    by: str | None
    at: str
    note: str | None
    about: tuple[tuple[Target, ...], ...] = ()
    change: Mapping[str, Any] | None = None


def make_review(
    kind: ReviewKind,
    sides: Sequence[Iterable[Mark]] = (),
    *,
    of: str | None = None,
    by: str | None = None,
    note: str | None = None,
    at: str | None = None,
    about: Sequence[Iterable[Target]] = (),
    change: Mapping[str, Any] | None = None,
) -> Review:
    """Return a review given now, with its permanent id."""
    review = Review(
        id="",
        kind=kind,
        sides=tuple(tuple(dict.fromkeys(side)) for side in sides),
        of=of,
        by=storable((by or "").strip()) or None,
        at=at or datetime.now(UTC).strftime(_MOMENT),
        note=storable((note or "").strip()) or None,
        about=tuple(tuple(dict.fromkeys(side)) for side in about),
        # As a file would give it back: the id is made of this.
        change=None if change is None else _change.decode(to_json(change)),
    )
    return replace(review, id=review_id(review))


def next_moment(connection: Connection) -> str:
    """Return now; where the clock stands behind the newest review, the moment after that one."""
    now = datetime.now(UTC).strftime(_MOMENT)
    newest = connection.execute(select(func.max(reviews.c.at))).scalar()
    if newest is None or newest < now:
        return now
    after = datetime.strptime(newest, _MOMENT).replace(tzinfo=UTC) + timedelta(microseconds=1)
    return after.strftime(_MOMENT)


def review_id(review: Review) -> str:
    """Return the id of a review: "v" and 16 hex digits of all that it says."""
    said: list[Any] = [review.kind, review.sides, review.of, review.by, review.at, review.note]
    if review.about or review.change is not None:
        # What is not said is left out, so that a later version may let targets say more.
        about = [[_told(target) for target in side] for side in review.about]
        said += [about, _ordered(review.change)]
    return "v" + sha256(to_json(said).encode()).hexdigest()[:16]


def _told(target: Target) -> dict[str, Any]:
    values = {field.name: getattr(target, field.name) for field in fields(target)}
    return {name: value for name, value in values.items() if value not in (None, ())}


def _ordered(value: Any) -> Any:
    """Return a change with its fields in one order, however a file had them."""
    if isinstance(value, Mapping):
        return {key: _ordered(value[key]) for key in sorted(value)}
    return [_ordered(one) for one in value] if isinstance(value, list | tuple) else value


def add_review(connection: Connection, review: Review) -> bool:
    """Put a review at the end of the log; False, and nothing, when it is there already."""
    if connection.execute(select(reviews.c.n).where(reviews.c.id == review.id)).first() is not None:
        return False
    if review.id != review_id(review):
        raise BadRequest(
            f"the review {review.id} says something else than when it was given: its id would be "
            f"{review_id(review)}; take it from the file in which it was written first"
        )
    row: dict[str, Any] = {"id": review.id, "kind": review.kind, "of": review.of}
    row |= {"sides": to_json(review.sides)}
    row |= {"by": review.by, "at": review.at, "note": review.note}
    row |= {"about": to_json(review.about) if review.about else None}
    row |= {"change": None if review.change is None else to_json(review.change)}
    connection.execute(insert(reviews), row)
    keys = sorted({mark.key for side in review.sides for mark in side})
    if keys:
        connection.execute(insert(review_names), [{"key": key, "review_id": review.id} for key in keys])
    digests = sorted({target.digest for side in review.about for target in side})
    if digests:
        rows = [{"payload_digest": digest, "review_id": review.id} for digest in digests]
        connection.execute(insert(review_pages), rows)
    return True


def read_reviews(connection: Connection, ids: Iterable[str] | None = None) -> list[Review]:
    """Return all reviews, or these, in the order in which they count: oldest first."""
    query = select(reviews)
    # A review that came out of a file counts from when it was given, not from when it was read.
    query = query.order_by(reviews.c.at, reviews.c.n)
    if ids is None:
        return [_from_row(row) for row in connection.execute(query)]
    return [
        _from_row(row)
        for id in sorted(set(ids))
        for row in connection.execute(query.where(reviews.c.id == id))
    ]


def find_review(connection: Connection, asked: str) -> Review:
    """Return the review with this id, or the one whose id begins so."""
    found = [
        _from_row(row)
        for row in connection.execute(
            select(reviews).where(reviews.c.id.startswith(asked[:80], autoescape=True))
        )
    ]
    exact = [one for one in found if one.id == asked]
    if len(exact or found) == 1 and len(asked) > 1:
        return (exact or found)[0]
    if len(found) > 1:
        ids = ", ".join(one.id for one in found[:6])
        raise BadRequest(f"several reviews have ids that begin with {asked!r}: {ids}; give more of it")
    raise NotFound(f"no review has the id {asked[:80]!r}; `onrecord review` lists the reviews with their ids")


def read_turns(connection: Connection) -> list[Review]:
    """Return the reviews that undo and redo others, oldest first."""
    turns = select(reviews).where(reviews.c.kind.in_(("undo", "redo")))
    return [_from_row(row) for row in connection.execute(turns.order_by(reviews.c.at, reviews.c.n))]


def reviews_of_pages(connection: Connection, digests: Iterable[str], *kinds: ReviewKind) -> list[Review]:
    """Return the reviews of these kinds that speak of pages with these bytes and stand, oldest first."""
    asked = to_json(sorted(set(digests)))
    given = func.json_each(asked).table_valued("value")
    query = (
        select(reviews)
        .where(
            reviews.c.kind.in_(kinds),
            reviews.c.id.in_(
                select(review_pages.c.review_id).where(
                    review_pages.c.payload_digest.in_(select(given.c.value))
                )
            ),
        )
        .order_by(reviews.c.at, reviews.c.id)
    )
    found = [_from_row(row) for row in connection.execute(query)]
    if not found:
        return []
    undone = standing([*found, *read_turns(connection)])
    return [review for review in found if undone[review.id] is None]


def standing(found: Iterable[Review]) -> dict[str, Review | None]:
    """Return for every review but undos and redos the undo that took it back; None of one that stands.

    Undone and redone in turn, the last word counts. A redone review counts from when it was first given. With
    a file of trusted names all its rows are undone.
    """
    known = sorted(found, key=lambda review: review.at)
    last = {review.of: review for review in known if review.kind in ("undo", "redo")}
    undone = {id: turn if turn.kind == "undo" else None for id, turn in last.items()}
    return {
        review.id: undone.get(review.id) or undone.get(review.of)
        for review in known
        if review.kind not in ("undo", "redo")
    }


def decision_of(review: Review) -> Decision:
    """Return a merge, split or trust as it is carried out."""
    assert review.kind in NAMING, "only these say which names are whose"
    return Decision(id=review.id, kind=review.kind, sides=review.sides)  # type: ignore[arg-type]


def _from_row(row: Row[Any]) -> Review:
    return Review(
        id=row.id,
        kind=row.kind,
        sides=_sides.decode(row.sides),
        of=row.of,
        by=row.by,
        at=row.at,
        note=row.note,
        about=_about.decode(row.about) if row.about else (),
        change=None if row.change is None else _change.decode(row.change),
    )
