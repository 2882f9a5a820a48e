"""Settled dates: what a page's story tells of a day that the page itself leaves open.

A wire page may print only "Nov 11" and "on Friday", with no year. Other articles of its story have a date.
When just one of the days that the page leaves open lies beside theirs, that is the day. When two do, it
stays open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

__all__ = ["SETTLED", "Settled", "settle_day", "settle_saying", "undo_settling", "write_anchor"]

SETTLED = "the only date that fits the other articles of its story"
BESIDE = 2  # days that a settled day may lie from the date of another article
YEAR = (
    350  # days before its page in which a saying lies: less than a year, or "on Friday" could be two Fridays
)


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
        if (one := read_day(day)) is None:
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


def settle_saying(candidates: Sequence[str], page: Settled) -> str | None:
    """Return the one candidate for when something was said that fits the settled day of its page.

    The candidates lie years apart, one for each day that the page could be from. A month (2022-09) may be
    one.
    """
    day = read_day(page.day)
    if day is None:
        return None
    since, until = (day - timedelta(YEAR)).isoformat(), (day + timedelta(1)).isoformat()
    fitting = [one for one in candidates if since[: len(one)] < one <= until[: len(one)]]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=1 << 12)
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
