"""Whole dates that a page prints, in the languages newspapers are written in: "27. Januar 2026",
"05.04.2025", "2031. március 11."."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from onrecord.article.calendar import is_iso_prefix
from onrecord.article.months import find_month
from onrecord.article.tagger import find_times
from onrecord.article.timewords import TimeWords
from onrecord.article.zones import find_zone
from onrecord.types import Span

__all__ = ["PrintedDate", "find_day", "find_printed_dates"]

FIRST_YEAR, LAST_YEAR = 1900, 2099
THAI_YEARS = 543
"""Thailand counts its years from the Buddha: 2574 is 2031."""


class PrintedDate(NamedTuple):
    """A whole date in the text, with its time of day when that is printed beside it."""

    span: Span
    value: str


def find_printed_dates(
    text: str, *, start: int, end: int, language: str | None = None
) -> Iterator[PrintedDate]:
    """Yield the dates with day, month and year; "5/6/2022" only where the page's language tells which is
    the day."""
    words = text[start:end]
    if _DIGIT.search(words):
        for span, value in _read_line(words, language):
            yield PrintedDate(Span(start + span.start, start + span.end), value)


@lru_cache(maxsize=256)  # the lines about a headline are asked for dates, for authors and for changes
def _read_line(words: str, language: str | None) -> tuple[PrintedDate, ...]:
    found = {**_english(words, language), **_foreign(words, language)}
    dates = []
    for span, value in sorted(found.items()):
        clock = _CLOCK_END.search(words, span.start, span.end) if _UNZONED.search(value) else None
        zone = find_zone(words, clock.end(), len(words), value) if clock else None
        if zone and is_iso_prefix(value + zone.value):
            span, value = Span(span.start, max(span.end, zone.end)), value + zone.value
        dates.append(PrintedDate(span, value))
    return tuple(dates)


def find_day(text: str, span: Span) -> TimeWords | None:
    """Return what words without a year say in other languages than English: "11. März", "3 de mayo"."""
    match = _DAY.fullmatch(text, span.start, span.end)
    month = find_month(match["month"]) if match else None
    if match is None or not month or not is_iso_prefix(f"2000-{month:02d}-{int(match['day']):02d}"):
        return None
    if match["year"]:
        value = f"{match['year']}-{month:02d}-{int(match['day']):02d}"
        return TimeWords(span=span, value=value) if is_iso_prefix(value) else None
    return TimeWords(span=span, unit="monthday", number=month, day=int(match["day"]))


def _is_day_first(language: str | None) -> bool:
    """Tell whether a language writes the day before the month: all but English do, and British English."""
    return language is not None and (not language.startswith("en") or language in ("en-GB", "en-IE", "en-IN"))


def _english(text: str, language: str | None) -> dict[Span, str]:
    found: dict[Span, str] = {}
    for words in find_times(text):
        value = words.value
        if words.possible and value is None:
            told = _is_day_first(language) or "." in words.span.of(text)
            value = _day_first(words.span.of(text)) if told else None
        if value and len(value) >= 10 and is_iso_prefix(value):
            found[words.span] = value
    return found


def _day_first(words: str) -> str | None:
    day, month, year = (int(part) for part in re.split(r"[/.-]", words))
    value = f"{year + (2000 if year < 100 else 0):04d}-{month:02d}-{day:02d}"
    return value if is_iso_prefix(value) else None


def _foreign(text: str, language: str | None) -> dict[Span, str]:
    """Read the shapes of all languages at once; digits may be those of any script."""
    found: dict[Span, str] = {}
    for form in _FORMS:
        for match in form.finditer(text):
            part = match.groupdict()
            month = part.get("number") or find_month(part.get("month") or "", language)
            year = int(part["year"])
            year -= THAI_YEARS if year > LAST_YEAR and _THAI.search(match[0]) else 0
            value = f"{year:04d}-{int(month or 0):02d}-{int(part['day']):02d}"
            if FIRST_YEAR <= year <= LAST_YEAR and is_iso_prefix(value):
                clock = _read_half_day(part)
                found[Span(match.start(), match.end())] = f"{value}T{clock}" if clock else value
    return found


def _read_half_day(part: dict[str, str]) -> str:
    """Return the time of day; of "3:57 م" the letter tells that it is the afternoon's."""
    if not part["clock"]:
        return ""
    hour, minute = (int(number) for number in re.split(r"[:.]", part["clock"]))
    if part["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if part["half"][0].lower() in "pمμ" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""


_DIGIT = re.compile(r"\d")
# A time of day that the value holds without a zone.
_UNZONED = re.compile(r"T[\d:.]+$")
# Where a time of day ends, before its zone: some dates are found with their zone, some without.
_CLOCK_END = re.compile(
    r"\d[:.h]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?\s?m\b\.?)?|\d\s*[ap]\.?\s?m\b\.?", re.IGNORECASE
)
# A word that can be a month's: which words are is looked up. Not \w: the vowel signs of Indian scripts are no
# letters to it, and Thai shortens months with stops inside.
_WORD = r"(?P<month>[^\W\d_][^\s\d,،;:/|()\[\]<>–—-]{1,17}?)\.?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_DAY = re.compile(
    r"(?P<day>\d{1,2})(?:\.|º|er)?\s+(?:de\s+)?(?P<month>[^\W\d_]{3,12})\.?(?:,?\s+(?:de\s+)?(?P<year>\d{4}))?"
)
_CLOCK = (
    r"(?:,?\s*(?:(?:um|à|às|kl\.?|ore|alle|a las|o|в|στις|г\.?|р\.?|ж\.?|[-–|,•·،])\s*){0,3}"
    r"(?P<clock>\d{1,2}[:.]\d\d)(?!\d)(?:\s?(?P<half>[ap]\.?\s?m\b\.?|[مص](?!\w)|[πμ]\.?μ\b\.?))?)?"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # "27. Januar 2026", "1er août 2026", "3 de mayo de 2031", "11 марта 2031 г., 13:43", "11-mart, 2031"
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|º|er|-)?(?:\s+(?:de\s+|d[’']|ta[’']\s+)?|(?<=-)){_WORD}[,،]?\s+"
        rf"(?:de\s+|del\s+|ค\.ศ\.\s*|พ\.ศ\.\s*)?{_YEAR}{_CLOCK}",
        # "2031. március 11. 13:43", "2031 m. kovo 11 d.", "2031. gada 11. marts", "2031ko martxoaren 11"
        rf"(?<!\d){_YEAR}(?:\.|,|e?ko|-ж\.,|\s?ж\.)?\s+(?:m\.\s+|gada\s+)?"
        rf"(?:{_WORD}\s+(?P<day>\d{{1,2}})(?!\d|[:.]\d)\.?(?:a\b)?){_CLOCK}",
        rf"(?<!\d){_YEAR}(?:\.|,|-ж\.,|\s?ж\.)?\s+(?:gada\s+)?(?P<day>\d{{1,2}})[.-]?\s*{_WORD}(?!\w){_CLOCK}",
        # "Marso 11, 2031": the word before a number is looked at last, as most numbers follow no month.
        rf"(?<!\w)(?P<month>[^\W\d_][^\s\d,،;:/|()–—-]{{1,17}})\s+(?P<day>\d{{1,2}}),\s+{_YEAR}{_CLOCK}",
        # "2031年3月11日", "2031년 3월 11일", "11 tháng 3, 2031"
        rf"{_YEAR}[年년]\s?(?P<number>\d{{1,2}})[月월]\s?(?P<day>\d{{1,2}})[日일]{_CLOCK}",
        rf"(?<!\d)(?P<day>\d{{1,2}})\s+(?:tháng|thg)\s+(?P<number>\d{{1,2}}),?\s+(?:năm\s+)?{_YEAR}{_CLOCK}",
    )
)
_THAI = re.compile(r"[\u0e00-\u0e7f]")
