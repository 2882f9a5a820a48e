"""Dates as people read them, at the precision they were given: "11 Mar 2031", "March 2031", "2031"."""

import re
from calendar import day_name
from collections.abc import Sequence
from datetime import date

__all__ = [
    "are_in_a_row",
    "day_range",
    "find_weekday",
    "is_in_month",
    "long_day",
    "moment",
    "short_day",
    "shorten_days",
]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = r"(\d{4}|-(?=-\d{2}-\d{2}$))(?:-(\d{2})(?:-(\d{2}))?)?"
_TIME = r"(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?"
_IN_TEXT = re.compile(r"\d{4}-\d{2}(?:-\d{2}(?:T[0-9:.Z+-]*)?)?")
_ISO = re.compile(rf"{_DAY}(?:[T ]{_TIME}(Z|[+-]\d{{2}}:?\d{{2}})?)?")


def _read(value: str) -> tuple[str | None, str | None, str | None, str | None, str | None] | None:
    """Return year, month's name, day, time and zone of an ISO prefix ("--03-11" has no year); None when it is
    none."""
    match = _ISO.fullmatch(value)
    if match is None:
        return None
    year, month, day, time, zone = match.groups()
    year = None if year == "-" else year
    if month is not None and not 1 <= int(month) <= 12:
        return None
    name = _MONTHS[int(month) - 1] if month else None
    return year, name, str(int(day)) if day else None, time, "UTC" if zone in ("Z", "+00:00") else zone


def long_day(value: str) -> str:
    """Return "11 March 2031" for "2031-03-11", "11 March" for "--03-11", a day whose year is not known; what
    is no ISO date comes back as it is."""
    parts = _read(value)
    return " ".join(part for part in (parts[2], parts[1], parts[0]) if part) if parts else value


def short_day(value: str) -> str:
    """Return "11 Mar 2031" for "2031-03-11T09:30Z"."""
    parts = _read(value)
    return " ".join(p for p in (parts[2], parts[1] and parts[1][:3], parts[0]) if p) if parts else value


def shorten_days(text: str) -> str:
    """Return a text with the ISO dates in it as people read them: "published 12 Mar 2031"."""
    return _IN_TEXT.sub(lambda day: short_day(day[0]), text)


def moment(value: str) -> str:
    """Return "11 Mar 2031 09:30 UTC" for "2031-03-11T09:30:00Z"; a day alone stays a day."""
    parts = _read(value)
    if parts is None or parts[3] is None:
        return short_day(value)
    return " ".join(part for part in (short_day(value), parts[3], parts[4]) if part)


def day_range(since: str | None, until: str | None) -> str | None:
    """Return "9 to 11 March 2031" for the first and the last day of something; None when neither is known."""
    if since is None or until is None or long_day(since) == long_day(until):
        one = since or until
        return long_day(one) if one else None
    first, last = _read(since), _read(until)
    if first is None or last is None:
        return f"{since} to {until}"
    keep = [first[2], first[1], first[0]]
    if first[2] and last[2] and first[0] == last[0]:
        keep[2] = None
        if first[1] == last[1]:
            keep[1] = None
    return " ".join(part for part in keep if part) + " to " + long_day(until)


def is_in_month(day: str, month: str) -> bool:
    """Tell whether this is a day of that month, an ISO prefix without a day: "2031-03-11" is in "2031-03"."""
    return len(month) == 7 and day.startswith(f"{month}-")


def are_in_a_row(days: Sequence[str]) -> bool:
    """Tell whether days, sorted, follow one another without a gap, as those of a week do."""
    try:
        numbers = [date.fromisoformat(day).toordinal() for day in days]
    except ValueError:
        return False
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def find_weekday(days: Sequence[str]) -> str | None:
    """Return the weekday of days, sorted, that are each a week after the one before; None of fewer than
    three, and of others."""
    try:
        numbers = [date.fromisoformat(day).toordinal() for day in days]
    except ValueError:
        return None
    if len(days) < 3 or numbers != list(range(numbers[0], numbers[0] + 7 * len(numbers), 7)):
        return None
    return day_name[date.fromisoformat(days[0]).weekday()]
