"""Settled dates: what a page's story tells of a day that the page itself leaves open.

A wire page may print only "Nov 11" and "on Friday", with no year. Other articles of its story have a date.
When just one of the days that the page leaves open lies beside theirs, that is the day. When two do, it
stays open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

__all__ = ["SETTLED", "Settled", "settle_day", "undo_settling", "write_anchor"]

SETTLED = "the only day that fits the other articles of its story"
BESIDE = 2  # days that a settled day may lie from the date of another article


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A day, and the dated page of the story that speaks for it."""

    day: str
    page_id: str
    published: str


def settle_day(candidates: Sequence[str], dated: Mapping[str, str]) -> Settled | None:
    """Return the one candidate that lies beside a dated page of the story; None when there is none, or more
    than one.

    `dated` gives the dates that the story's other pages print. A candidate that is only a month or a year
    settles nothing.
    """
    nearest: dict[str, tuple[int, str, str]] = {}
    for day in candidates:
        if (one := read_day(day)) is None or len(day) != 10:
            return None
        distances = [
            (abs((other - one).days), page_id, published)
            for page_id, published in dated.items()
            if (other := read_day(published)) is not None
        ]
        if distances and min(distances)[0] <= BESIDE:
            nearest[day] = min(distances)
    if len(nearest) != 1:
        return None
    ((day, (_, page_id, published)),) = nearest.items()
    return Settled(day=day, page_id=page_id, published=published)


def read_day(text: str | None) -> date | None:
    """Return the day of an ISO date or time; None of a month, a year or nothing."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def write_anchor(before: str | None, settled: Settled) -> str:
    """Say in words what a settled day was counted from, after what the page itself gave."""
    why = f"{SETTLED} (page {settled.page_id}, published {settled.published})"
    return f"{undo_settling(before)}; {why}" if undo_settling(before) else why


def undo_settling(anchor: str | None) -> str | None:
    """Return what the anchor said before a story settled the day."""
    return (anchor or "").partition(SETTLED)[0].removesuffix("; ") or None
