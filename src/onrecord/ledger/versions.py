"""In which order the versions of a page came: by what the pages say, then by when they were saved.

A page tells when it was changed, else when it was published. Where two versions tell the same, the time of
saving orders them, if it is known of both. The time at which somebody added a page to the ledger says
nothing about the page, so it is never asked: then the order is not known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from onrecord.ledger.articles import pages_of_article
from onrecord.ledger.rows import paragraphs_of
from onrecord.ledger.schema import captures, pages

__all__ = [
    "Order",
    "VersionDays",
    "comes_before",
    "find_versions",
    "order_pages",
    "order_versions",
    "read_moment",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDays:
    """What is known of when a version came: what the page says (changed, else published), and when it was
    saved. ISO dates or times; None is not known."""

    id: str
    said: str | None
    saved: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Versions in order, oldest first as far as that is known.

    `steps` tells for each but the first whether it surely came after the one before it. Where that is not
    known their order says nothing; it is the same in every ledger of the same pages.
    """

    ids: tuple[str, ...]
    steps: tuple[bool, ...]

    @property
    def known(self) -> bool:
        """Tell whether the whole order is known."""
        return all(self.steps)


def find_versions(connection: Connection, page_id: str, uri: str | None) -> Order:
    """Return the pages that are one article with this one, itself among them, in order."""
    ids = set(pages_of_article(connection, page_id))
    if uri is not None:
        # Pages that are not linked yet are versions already where their address is the very same.
        there = select(captures.c.page_id).where(captures.c.uri == uri)
        ids.update(
            connection.execute(
                select(pages.c.id).where(or_(pages.c.id.in_(there), pages.c.uri == uri))
            ).scalars()
        )
    return order_pages(connection, ids)


def order_pages(connection: Connection, ids: Iterable[str]) -> Order:
    """Put versions of one page in order, oldest first."""
    known = sorted(set(ids))
    if len(known) < 2:
        return Order(ids=tuple(known), steps=())
    found: list[VersionDays] = []
    for at in range(0, len(known), 500):
        query = select(pages.c.id, pages.c.published, pages.c.captured_at, pages.c.article)
        rows: Iterable[Row[Any]] = connection.execute(query.where(pages.c.id.in_(known[at : at + 500])))
        for row in rows:
            updated = paragraphs_of(row)[0].updated
            said = updated.value if updated else row.published
            found.append(VersionDays(id=row.id, said=said, saved=row.captured_at))
    return order_versions(found)


def order_versions(versions: Iterable[VersionDays]) -> Order:
    """Put versions in order, oldest first, and say which steps are known."""
    found = sorted(versions, key=lambda one: one.id)
    if all(_has_hour(one.said) for one in found):
        ordered = _by_hour(found)
    elif all(_day(one.said) for one in found):
        days = sorted(found, key=lambda one: _day(one.said))
        ordered = [
            one for _, some in groupby(days, lambda one: _day(one.said)) for one in _order_day(list(some))
        ]
    elif all(one.saved for one in found):
        ordered = sorted(found, key=lambda one: read_moment(one.saved))
    else:
        ordered = sorted(found, key=lambda one: (read_moment(one.said) or "~", read_moment(one.saved) or "~"))
    return Order(
        ids=tuple(one.id for one in ordered),
        steps=tuple(comes_before(one, other) for one, other in pairwise(ordered)),
    )


def comes_before(one: VersionDays, other: VersionDays) -> bool:
    """Say whether one version surely came before another."""
    if (by_page := _compare(one.said, other.said)) is not None:
        return by_page
    return _compare(one.saved, other.saved) or False


def _order_day(versions: Sequence[VersionDays]) -> list[VersionDays]:
    """Order the versions of one day: by the hour where all tell one, else by when they were saved."""
    if all(_has_hour(one.said) for one in versions):
        return _by_hour(versions)
    return sorted(versions, key=lambda one: (read_moment(one.saved) or "~", read_moment(one.said)))


def _by_hour(versions: Iterable[VersionDays]) -> list[VersionDays]:
    return sorted(versions, key=lambda one: (read_moment(one.said), read_moment(one.saved) or "~"))


def _compare(one: str | None, other: str | None) -> bool | None:
    """Say which of two moments is the earlier: True the first, False the other, None nobody knows.

    "2031-03-11" and "2031-03-11T08:00" may be one moment; a day is the one on the clocks of its place.
    """
    exact = _has_hour(one) and _has_hour(other)
    a, b = (read_moment(moment) if exact else (moment or "")[:10] for moment in (one, other))
    if not a or not b or a.startswith(b) or b.startswith(a):
        return None
    return a < b


def _has_hour(moment: str | None) -> bool:
    return "T" in (moment or "")


def _day(moment: str | None) -> str:
    """Return the day of a moment as printed, "" of what is less precise."""
    return moment[:10] if moment and len(moment) >= len("2031-03-11") else ""


def read_moment(moment: str | None) -> str:
    """Return a moment so that moments compare as words do: with a zone as in Greenwich, else as printed; ""
    where none is known."""
    if not moment or "T" not in moment:
        return moment or ""
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return (read.astimezone(UTC) if read.tzinfo else read).strftime("%Y-%m-%dT%H:%M:%S")
