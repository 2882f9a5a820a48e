"""When a story was filed, as its dateline says: "SELM, March 11 (Northline) -"."""

from datetime import date

from onrecord.article.calendar import day_of, find_years
from onrecord.article.dateline import Dateline
from onrecord.types import Found, Page

__all__ = ["find_filed"]

MOST_DAYS = 200
"""A dateline so far from the day of publication is another story's, or of another year."""


def find_filed(page: Page, dateline: Dateline | None, published: Found | None) -> Found | None:
    """Return the dateline's day; one without a year is the nearest such day to the day of publication.

    Where the page gives no year at all, the value is the month and day alone: "--03-11".
    """
    words = dateline.date if dateline else None
    if words is None:
        return None
    if words.value and len(words.value) >= 10:
        return Found(value=words.value[:10], known="printed", where="text", span=words.span)
    if words.unit != "monthday":
        return None
    near = day_of(published.value) if published else None
    if near is not None and published is not None:
        days = find_years(words.number, words.day, words.weekday, first=near.year - 1, last=near.year + 1)
        ranked = sorted(days, key=lambda day: abs((date.fromisoformat(day) - near).days))
        if ranked and abs((date.fromisoformat(ranked[0]) - near).days) <= MOST_DAYS:
            where = f"dateline, beside published {published.value}"
            return Found(value=ranked[0], known="inferred", where=where, span=words.span)
    value = f"--{words.number:02d}-{words.day:02d}"
    return Found(value=value, known="printed", where="text", span=words.span)
