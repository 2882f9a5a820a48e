"""Whole dates that a page prints, in the languages newspapers are written in: "27. Januar 2026",
"05.04.2025"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.article.calendar import is_iso_prefix
from onrecord.article.measures import read_clock
from onrecord.article.tagger import find_times
from onrecord.article.timewords import TimeWords
from onrecord.article.zones import find_zone
from onrecord.types import Span
from onrecord.wordlists import read_list

__all__ = ["PrintedDate", "find_day", "find_printed_dates", "is_day_first"]


class PrintedDate(NamedTuple):
    """A whole date in the text, with its time of day when that is printed beside it."""

    span: Span
    value: str


def find_printed_dates(text: str, *, start: int, end: int, day_first: bool = False) -> Iterator[PrintedDate]:
    """Yield the dates with day, month and year; "5/6/2022" only where the page's language tells which is
    the day."""
    found = {**_english(text, start, end, day_first), **_foreign(text, start, end)}
    for span, value in sorted(found.items()):
        clock = _CLOCK_END.search(text, span.start, span.end) if "T" in value else None
        zone = find_zone(text, clock.end(), end, value) if clock else None
        if zone:
            span, value = Span(span.start, max(span.end, zone.end)), value + zone.value
        yield PrintedDate(span, value)


def find_day(text: str, span: Span) -> TimeWords | None:
    """Return what words without a year say in other languages than English: "11. März", "3 de mayo"."""
    match = _DAY.fullmatch(text, span.start, span.end)
    month = _MONTHS.get(match["month"].lower().rstrip("."), 0) if match else 0
    if match is None or not month or not is_iso_prefix(f"2000-{month:02d}-{int(match['day']):02d}"):
        return None
    if match["year"]:
        value = f"{match['year']}-{month:02d}-{int(match['day']):02d}"
        return TimeWords(span=span, value=value) if is_iso_prefix(value) else None
    return TimeWords(span=span, unit="monthday", number=month, day=int(match["day"]))


def is_day_first(language: str | None) -> bool:
    """Tell whether a language writes the day before the month: all but English do, and British English."""
    return language is not None and (not language.startswith("en") or language in ("en-GB", "en-IE", "en-IN"))


def _english(text: str, start: int, end: int, day_first: bool) -> dict[Span, str]:
    found: dict[Span, str] = {}
    for words in find_times(text, start=start, end=end):
        value = words.value
        if words.possible and value is None:
            value = _day_first(words.span.of(text)) if day_first or "." in words.span.of(text) else None
        if value and len(value) >= 10 and is_iso_prefix(value):
            found[words.span] = value
    return found


def _day_first(words: str) -> str | None:
    day, month, year = (int(part) for part in re.split(r"[/.-]", words))
    value = f"{year + (2000 if year < 100 else 0):04d}-{month:02d}-{day:02d}"
    return value if is_iso_prefix(value) else None


def _foreign(text: str, start: int, end: int) -> dict[Span, str]:
    found: dict[Span, str] = {}
    for match in _FOREIGN.finditer(text, start, end):
        year, day = match["year"] or match["cjk_year"], match["day"] or match["cjk_day"]
        month = int(match["cjk_month"] or 0) or _MONTHS.get(match["month"].lower().rstrip("."), 0)
        value = f"{year}-{month:02d}-{int(day):02d}"
        clock = read_clock(match["clock"] or "")
        if is_iso_prefix(value):
            found[Span(match.start(), match.end())] = f"{value}T{clock}" if clock else value
    return found


def _read_months() -> dict[str, int]:
    months = {word: int(month) for month, word, *_ in read_list("months.tsv")}
    short = {
        word[:3]: month
        for word, month in months.items()
        if len({m for w, m in months.items() if w[:3] == word[:3]}) == 1
    }
    return {**short, **months}


_MONTHS = _read_months()
# Where a time of day ends, before its zone: some dates are found with their zone, some without.
_CLOCK_END = re.compile(
    r"\d[:.h]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?\s?m\b\.?)?|\d\s*[ap]\.?\s?m\b\.?", re.IGNORECASE
)
_DAY = re.compile(
    r"(?P<day>\d{1,2})(?:\.|º|er)?\s+(?:de\s+)?(?P<month>[^\W\d_]{3,12})\.?(?:,?\s+(?:de\s+)?(?P<year>\d{4}))?"
)
_FOREIGN = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})(?:\.|º|er)?\s+(?:de\s+)?(?P<month>"
    + "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
    + r")\.?,?\s+(?:de\s+|del\s+)?(?P<year>(?:19|20)\d\d)"
    r"|(?P<cjk_year>(?:19|20)\d\d)年\s?(?P<cjk_month>\d{1,2})月\s?(?P<cjk_day>\d{1,2})日)"
    r"(?!\d)(?P<clock>,?\s*(?:um|à|às|kl\.?|ore|-|–|\||a las|,)?\s*\d{1,2}[:.]\d\d(?!\d))?",
    re.IGNORECASE,
)
