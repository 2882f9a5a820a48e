"""The day that a paper itself gives a moment which machines are told in another zone.

At 10:28 p.m. of March 11 in New York it is March 12 by UTC. A page that prints March 11 was published on that
day, and its "today" is that day.
"""

from datetime import UTC, datetime, timedelta

from onrecord.article.calendar import day_of

__all__ = ["find_paper_day"]

WEST, EAST = timedelta(hours=-12), timedelta(hours=14)
SUMMER = timedelta(hours=1)
QUARTER = timedelta(minutes=15)


def find_paper_day(machine: str, printed: str) -> str | None:
    """Return a moment as the page prints it, where machines are told the same one under another day.

    None where both name the same day, or where no zone of the world makes one moment of the two.

    >>> find_paper_day("2031-03-12T03:28:35Z", "2031-03-11T22:28-05:00")
    '2031-03-11T22:28-05:00'
    >>> find_paper_day("2031-03-12T03:28:35Z", "2031-03-11")
    '2031-03-11'
    """
    told, seen = _moment(machine), _moment(printed)
    if told is None or told.tzinfo is None or seen is None or machine[:10] == printed[:10]:
        return None
    told = told.replace(second=0, microsecond=0)
    if "T" not in printed:
        # Another zone than UTC is the paper's own: then its day is as machines are told it.
        day = day_of(printed)
        first, last = ((told + zone).date() for zone in (WEST, EAST))
        return printed if told.utcoffset() == timedelta() and day and first <= day <= last else None
    seen = seen.replace(second=0, microsecond=0)
    if seen.tzinfo is not None:
        if seen == told:
            return printed
        if abs(seen - told) != SUMMER:
            return None
        # "ET" is printed the year round by clocks that were not set to summer time.
        printed, seen = printed[: len("2031-03-11T22:28")], seen.replace(tzinfo=None)
    zone = seen - told.astimezone(UTC).replace(tzinfo=None)
    if not WEST <= zone <= EAST or zone % QUARTER:
        return None
    minutes = abs(zone) // timedelta(minutes=1)
    return f"{printed}{'-' if zone < timedelta() else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if len(value) >= 10 else None
    except ValueError:
        return None
