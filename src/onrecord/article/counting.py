"""What time words mean, counted from a day: "on Friday" on 12 November 2022 is 2022-11-11."""

from datetime import date, timedelta
from typing import Literal

from onrecord.article.calendar import find_holiday, is_iso_prefix, month_shifted, previous_weekday, week_value
from onrecord.article.timewords import TimeWords

__all__ = ["Lean", "count_from", "days_within"]

Lean = Literal["past", "told"]
"""Which way words that name no direction lean. A saying lies in the past: "on Friday" was the last one. Of
what is told, "will meet on Friday" is the next."""


def count_from(words: TimeWords, day: date, *, lean: Lean = "past") -> str | None:
    """Return what time words mean on a day, as a TIMEX3 value ("2022-11-11", "2022-W45", "2022-Q3"); None
    if nothing fits."""
    if words.value is not None or words.unit is None:
        return words.value
    try:
        return _COUNTERS[words.unit](words, day, lean)
    except (OverflowError, ValueError):  # beyond the calendar
        return None


def days_within(value: str, day: date) -> tuple[str, ...]:
    """Return the days of an ISO week ("2022-W45") or its weekend up to a day, newest first."""
    if len(value) < 8 or value[4:6] != "-W" or not value[6:8].isdigit():
        return ()
    try:
        monday = date.fromisocalendar(int(value[:4]), int(value[6:8]), 1)
    except ValueError:
        return ()
    days = range(6, 4 if value.endswith("-WE") else -1, -1)
    found = [monday + timedelta(days=number) for number in days]
    return tuple(d.isoformat() for d in found if d <= day) or tuple(d.isoformat() for d in found)


def _count_day(words: TimeWords, day: date, lean: Lean) -> str | None:
    return (day + timedelta(days=words.shift or 0)).isoformat() + words.suffix


def _count_weekday(words: TimeWords, day: date, lean: Lean) -> str | None:
    found = previous_weekday(day, words.number)
    if words.shift == -1 and found == day:
        found -= timedelta(days=7)
    elif words.shift == 1 or (lean == "told" and words.ahead and words.shift != -1 and found < day):
        found += timedelta(days=7)
    return found.isoformat() + words.suffix


def _count_monthday(words: TimeWords, day: date, lean: Lean) -> str | None:
    """The latest such day up to and including tomorrow: the page's clock may stand in another zone."""
    days = 1 if lean == "past" or words.ended else 250 if words.ahead else 150
    latest = day + timedelta(days=days)
    for year in range(latest.year, latest.year - 40, -1):
        value = f"{year:04d}-{words.number:02d}-{words.day:02d}"
        if not is_iso_prefix(value) or value > latest.isoformat():
            continue
        if words.weekday is None or date.fromisoformat(value).weekday() == words.weekday:
            return value + words.suffix
    return None


def _count_monthname(words: TimeWords, day: date, lean: Lean) -> str | None:
    year = day.year
    if words.shift == -1:
        year -= words.number >= day.month
    elif words.shift == 1 or (words.shift is None and lean == "told" and words.ahead):
        year += words.number <= day.month
    elif words.shift is None:
        months = words.number - day.month
        if lean == "told" and not -10 <= months <= 4:
            year += 1 if months < 0 else -1
        elif lean == "past" and months > 0:
            year -= 1
    return f"{year:04d}-{words.number:02d}"


def _count_week(words: TimeWords, day: date, lean: Lean) -> str | None:
    return week_value(day + timedelta(weeks=words.shift or 0))


def _count_weekend(words: TimeWords, day: date, lean: Lean) -> str | None:
    weeks = words.shift if words.shift is not None else 0
    if weeks <= 0 and day.weekday() < 5:
        weeks = -1
    return week_value(day + timedelta(weeks=weeks)) + "-WE"


def _count_month(words: TimeWords, day: date, lean: Lean) -> str | None:
    return month_shifted(day, words.shift or 0)


def _count_quarter(words: TimeWords, day: date, lean: Lean) -> str | None:
    if words.number > 1000:  # "the 1988 quarter", of which only the year is sure
        return f"{words.number:04d}"
    if words.shift is not None:
        year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + words.shift, 4)
        return f"{year:04d}-Q{quarter + 1}"
    months = 6 if words.suffix == "H" else 3
    current = (day.month - 1) // months + 1
    return f"{day.year - (words.number > current) + min(words.day, 0):04d}-{words.suffix}{words.number}"


def _count_year(words: TimeWords, day: date, lean: Lean) -> str | None:
    year = f"{day.year + (words.shift or 0):04d}"
    return (year[:3] if words.number == 10 else year[:2] if words.number == 100 else year) + words.suffix


def _count_season(words: TimeWords, day: date, lean: Lean) -> str | None:
    """ "Last spring" is the latest one that is over: in October that of the same year."""
    last = _SEASON_ENDS[words.suffix]
    year = day.year + (words.shift or 0) + (words.shift == -1 and day.month > last)
    return f"{year:04d}-{words.suffix}"


def _count_holiday(words: TimeWords, day: date, lean: Lean) -> str | None:
    """The last such day up to the anchor, or the next one of talk of what is to come."""
    ahead = words.shift == 1 or (words.shift is None and lean == "told" and words.ahead)
    years = (day.year, day.year + 1) if ahead else (day.year, day.year - 1)
    for year in years:
        found = find_holiday(words.suffix, year)
        if found is not None and (found >= day if ahead else found <= day):
            return found.isoformat()
    return None


_SEASON_ENDS = {"SP": 6, "SU": 9, "FA": 12, "WI": 3}

_COUNTERS = {
    "day": _count_day,
    "weekday": _count_weekday,
    "monthday": _count_monthday,
    "monthname": _count_monthname,
    "month": _count_month,
    "week": _count_week,
    "weekend": _count_weekend,
    "quarter": _count_quarter,
    "year": _count_year,
    "season": _count_season,
    "holiday": _count_holiday,
}
