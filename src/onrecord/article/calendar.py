"""Days, months and weeks as ISO 8601 prefixes: the arithmetic behind every date on a page. Pure; there is
no clock here."""

import re
from calendar import monthrange
from datetime import date, timedelta

__all__ = [
    "day_of",
    "find_holiday",
    "find_years",
    "is_iso_prefix",
    "month_shifted",
    "previous_weekday",
    "week_value",
]

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?)?)?"
)


def is_iso_prefix(value: str) -> bool:
    """Tell whether a value is a date that exists, of any precision: "2022", "2022-11",
    "2022-11-11T16:07+02:00"."""
    found = _ISO.fullmatch(value)
    if not found or found[1] == "0000":
        return False
    if found[2] is None:
        return True
    if not 1 <= int(found[2]) <= 12:
        return False
    if found[3] is not None and not 1 <= int(found[3]) <= monthrange(int(found[1]), int(found[2]))[1]:
        return False
    return int(found[4] or 0) <= 24 and int(found[5] or 0) <= 59 and int(found[6] or 0) <= 60


def day_of(value: str | None) -> date | None:
    """Return the day that an ISO value names, None when it names no single day ("2022-11")."""
    try:
        return date.fromisoformat(value[:10]) if value and len(value) >= 10 else None
    except ValueError:
        return None


def find_holiday(name: str, year: int) -> date | None:
    """Return the day of a holiday that English-language newspapers name without a date."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name.startswith("thanksgiving"):  # the fourth Thursday of November, in the United States
        return date(year, 11, 1) + timedelta(days=(3 - date(year, 11, 1).weekday()) % 7 + 21)
    if name == "election day":
        return date(year, 11, 1) + timedelta(days=(0 - date(year, 11, 1).weekday()) % 7 + 1)
    after = _AFTER_EASTER.get(name)
    return _easter(year) + timedelta(days=after) if after is not None else None


_FIXED = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "halloween": (10, 31),
}
_AFTER_EASTER = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2}


def _easter(year: int) -> date:
    """Western Easter, by the Gregorian rule."""
    century, golden = year // 100, year % 19
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (moon - weekday + 40) // 44
    return date(year, month, moon - weekday + 28 - 31 * (month // 4))


def find_years(
    month: int, day: int, weekday: int | None, *, first: int = 1995, last: int = 2035
) -> list[str]:
    """Return the days with this month, day and weekday (Monday is 0), newest first.

    "Friday, Nov 11" was in 2022, 2016, 2011 and 2005: a dateline without a year means one of them.
    """
    days = []
    for year in range(last, first - 1, -1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if weekday is None or candidate.weekday() == weekday:
            days.append(candidate.isoformat())
    return days


def month_shifted(day: date, months: int) -> str | None:
    """Return the month so many months before or after a day's, as "2022-11"; None outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return f"{year:04d}-{month + 1:02d}" if 1 <= year <= 9999 else None


def previous_weekday(day: date, weekday: int) -> date:
    """Return the last day with this weekday up to and including a day, as newspapers mean "on Friday"."""
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def week_value(day: date) -> str:
    """Return the ISO week of a day, as "2022-W45"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"
