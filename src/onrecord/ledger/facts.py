"""What people say of a page: from their words to a review. Inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, select

from onrecord.capture.times import check_iso
from onrecord.errors import BadRequest
from onrecord.ledger.corrections import shorten
from onrecord.ledger.giving import check_name
from onrecord.ledger.lookup import find_page_id
from onrecord.ledger.records import FactTold, Outcome
from onrecord.ledger.reviews import Review, Target, add_review, make_review, next_moment, reviews_of_pages
from onrecord.ledger.rows import page_from_row, select_pages
from onrecord.ledger.schema import entries, pages
from onrecord.ledger.telling import FACTS, carry_out_told, told_of
from onrecord.types import EntryPage

__all__ = ["Facts", "check_facts", "check_told", "compare_facts", "facts_before", "page_target", "tell_pages"]

_LONGEST_ADDRESS = 2000
_MOST_AUTHORS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What somebody tells of a page; what is None, or empty, is not spoken of.

    `unset` names facts that are to be as the page has them, whatever was told before.
    """

    published: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    uri: str | None = None
    captured_at: str | None = None
    unset: tuple[str, ...] = ()


def check_facts(facts: Facts) -> dict[str, Any]:
    """Return the facts as a review keeps them; `BadRequest` where one is none."""
    change: dict[str, Any] = {}
    if (published := check_iso(facts.published, "published")) is not None:
        change["published"] = published
    if facts.outlet is not None:
        change["outlet"] = check_name(facts.outlet, "outlet")
    if facts.authors:
        if len(facts.authors) > _MOST_AUTHORS:
            raise BadRequest(f"{len(facts.authors)} authors were given; a page has {_MOST_AUTHORS} at most")
        change["authors"] = list(dict.fromkeys(check_name(name, "author") for name in facts.authors))
    if facts.uri is not None:
        change["uri"] = _check_address(facts.uri)
    if (captured_at := check_iso(facts.captured_at, "captured_at")) is not None:
        change["captured_at"] = captured_at
    for name in facts.unset:
        if name not in FACTS:
            raise BadRequest(
                f"{shorten(name)!r} is nothing that is told of a page; it is one of {', '.join(FACTS)}"
            )
        if name in change:
            raise BadRequest(f"{name} can't be told and taken back at once; do one of the two")
        change[name] = None
    return change


def check_told(change: Mapping[str, Any] | None) -> str | None:
    """Return what is wrong with facts out of a file; None when they can be told."""
    given = dict(change or {})
    unset = tuple(name for name, value in given.items() if value is None)
    values = {name: value for name, value in given.items() if value is not None}
    authors = values.pop("authors", [])
    if not given or not all(isinstance(value, str) for value in (*values.values(), *authors)):
        return "what it tells can't be read"
    try:
        kept = check_facts(Facts(**values, authors=tuple(authors), unset=unset))
    except (BadRequest, TypeError) as why:
        return str(why)
    return None if kept == given else "what it tells is not written as Onrecord writes it"


def tell_pages(
    connection: Connection,
    asked: Sequence[str],
    facts: Facts,
    *,
    by: str | None = None,
    note: str | None = None,
) -> Outcome | None:
    """Write down what somebody tells of these pages (ids, addresses or places), and carry it out.

    None, and nothing is written down, where all of it is known so already.
    """
    change = check_facts(facts)
    if not change:
        raise BadRequest(f"nothing was told; tell one of {', '.join(FACTS)}")
    rows = [
        connection.execute(select(pages).where(pages.c.id == find_page_id(connection, one))).one()
        for one in asked
    ]
    given = {row.id: reviews_of_pages(connection, [row.payload_digest], "tell") for row in rows}
    new = [row for row in rows if _differs(connection, row, change, given[row.id])]
    if not new:
        return None
    for row in new:
        _check_order(row, change)
    review = make_review(
        "tell",
        about=[[page_target(row) for row in new]],
        change=_only_new(connection, new, change, given),
        by=by,
        note=note,
        at=next_moment(connection),
    )
    older = {one.id: one for row in new for one in given[row.id]}
    before = facts_before(connection, [row.id for row in new])
    add_review(connection, review)
    # The same bytes may be read as several texts, each a page.
    digests = {row.payload_digest for row in new}
    ids = connection.execute(select(pages.c.id).where(pages.c.payload_digest.in_(digests))).scalars().all()
    changed = carry_out_told(connection, ids)
    told, redated = compare_facts(connection, before)
    against = [id for id, one in older.items() if (one.change or {}).keys() & (review.change or {}).keys()]
    return Outcome(
        review=review,
        pages=frozenset(changed),
        speakers=(),
        against=tuple(sorted(against)),
        told=told,
        redated=redated,
    )


Before = dict[str, tuple[EntryPage, dict[str, Any]]]


def facts_before(connection: Connection, ids: Sequence[str]) -> Before:
    """Return how pages stand, for `compare_facts`."""
    return {id: (_page(connection, id), _days(connection, id)) for id in ids}


def compare_facts(connection: Connection, before: Before) -> tuple[tuple[FactTold, ...], int]:
    """Return what is other than it was on these pages, and how many statements have another day."""
    told: list[FactTold] = []
    redated = 0
    for id, (page, days) in before.items():
        now = _page(connection, id)
        told += [
            FactTold(page=id, fact=name, before=old, after=new)
            for name in FACTS
            if (old := _shown(page, name)) != (new := _shown(now, name))
        ]
        redated += sum(days[entry] != day for entry, day in _days(connection, id).items())
    return tuple(told), redated


def page_target(row: Row[Any]) -> Target:
    """Return a page as reviews mean it."""
    return Target(digest=row.payload_digest, name=shorten(row.headline or row.uri or row.id))


def _page(connection: Connection, id: str) -> EntryPage:
    return page_from_row(connection.execute(select_pages().where(pages.c.id == id)).one())


def _days(connection: Connection, id: str) -> dict[str, Any]:
    query = select(entries.c.id, entries.c.said_on, entries.c.said_on_candidates)
    rows = connection.execute(query.where(entries.c.page_id == id))
    return {row.id: (row.said_on, row.said_on_candidates) for row in rows}


def _shown(page: EntryPage, name: str) -> str | None:
    value = getattr(page, name)
    return (", ".join(value) or None) if isinstance(value, tuple) else value


def _differs(connection: Connection, row: Row[Any], change: dict[str, Any], given: Sequence[Review]) -> bool:
    return any(_is_new(connection, row, name, value, given) for name, value in change.items())


def _only_new(
    connection: Connection, rows: Sequence[Row[Any]], change: dict[str, Any], given: dict[str, list[Review]]
) -> dict[str, Any]:
    """Return the facts that at least one of the pages does not have so already."""
    return {
        name: value
        for name, value in change.items()
        if any(_is_new(connection, row, name, value, given[row.id]) for row in rows)
    }


def _is_new(connection: Connection, row: Row[Any], name: str, value: Any, given: Sequence[Review]) -> bool:
    if value is None:
        return name in told_of(given)
    known = getattr(_page(connection, row.id), name)
    if name == "published" and row.published_known == "inferred":
        return True  # Who tells what was only inferred makes it known.
    return bool(known != (tuple(value) if isinstance(value, list) else value))


def _check_order(row: Row[Any], change: dict[str, Any]) -> None:
    published = change.get("published") or (None if "published" in change else row.published)
    saved = change.get("captured_at") or (None if "captured_at" in change else row.captured_at)
    if not (published and saved) or not change.keys() & {"published", "captured_at"}:
        return
    length = min(len(published), len(saved), 10)
    if published[:length] > saved[:length]:
        raise BadRequest(
            f"published {published} is later than {saved}, when the page was saved: one of the two is wrong; "
            "tell both with the right days (--set published=... --set captured_at=...)"
        )


def _check_address(asked: str) -> str:
    address = asked.strip()
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    printable = address.isprintable() and " " not in address
    if not good or not printable or len(address) > _LONGEST_ADDRESS:
        raise BadRequest(
            f"the address {shorten(ascii(address))} is none of a page; write it in full: "
            "https://gazette.example/2031/03/13/bridge"
        )
    return address
