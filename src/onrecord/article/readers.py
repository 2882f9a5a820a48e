"""What each kind of time words means: one small reader for each rule of the grammar."""

import re
from collections.abc import Callable

from onrecord.article.calendar import is_iso_prefix
from onrecord.article.grammar import (
    CENTURIES,
    MONTHS,
    ORDINALS,
    PARTS,
    SEASONS,
    UNITS,
    WEEKDAYS,
    month_number,
)
from onrecord.article.measures import CLOCK, length_value, read_amount, read_clock, read_number
from onrecord.article.timewords import TimeKind, TimeWords
from onrecord.types import Span

__all__ = ["READERS"]

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MONTH = re.compile(r"(?<![A-Za-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:])", re.IGNORECASE)
_EARLY = re.compile(r"\b(?:early|late|mid|earlier|later)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|past|previous)\b", re.IGNORECASE)
_NEXT = re.compile(r"\b(?:next|coming|following)\b", re.IGNORECASE)
_THIS = re.compile(r"\bthis\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|1st|2nd|3rd|4th|last|latter)\b")
_SEASON = re.compile(r"spring|summer|fall|autumn|winter")
_PART = re.compile(r"morning|afternoon|evening|night")
_WEEKDAY_NUMBERS = {name[:3]: number for number, name in enumerate(WEEKDAYS)}

Match = re.Match[str]


def _span(match: Match) -> Span:
    return Span(match.start(), match.end())


def _shift(words: str) -> int:
    return -1 if _LAST.search(words) else 1 if _NEXT.search(words) else 0


def _asked_shift(words: str) -> int | None:
    """Tell which Friday is meant: "last" -1, "this" 0, "next" 1; None where the words do not say."""
    return _shift(words) or (0 if _THIS.search(words) else None)


def _suffix(words: str) -> str:
    part = _PART.search(words.lower())
    clock = "" if part else read_clock(words)
    return PARTS[part[0]] if part else f"T{clock}" if clock else ""


def _read_iso(match: Match) -> TimeWords | None:
    value = match[0].replace(" ", "T")
    return TimeWords(span=_span(match), value=value) if is_iso_prefix(value) else None


def _read_slash(match: Match) -> TimeWords | None:
    first, second, year = (int(part) for part in re.split(r"[/.-]", match[0]))
    if year < 100:
        year += 2000 if year < 70 else 1900
    readings = [f"{year:04d}-{month:02d}-{day:02d}" for month, day in {(first, second), (second, first)}]
    fits = tuple(sorted(reading for reading in readings if is_iso_prefix(reading)))
    if not fits:
        return None
    return TimeWords(span=_span(match), value=fits[0] if len(fits) == 1 else None, possible=fits)


def _read_monthday(match: Match) -> TimeWords | None:
    words = match[0]
    weekday = _WEEKDAY.match(words)
    year = _YEAR.search(words)
    month = _MONTH.search(words, weekday.end() if weekday else 0)
    if month is None:
        return None
    clock = read_clock(words)
    rest = CLOCK.sub("|", words[: month.start()] + "|" + words[month.end() :])
    day = _DAY.search(rest.replace(year[0], "|") if year else rest)
    if day is None:
        return None
    suffix = f"T{clock}" if clock else ""
    number = month_number(month[0])
    if year:
        value = f"{year[0]}-{number:02d}-{int(day[1]):02d}{suffix}"
        return TimeWords(span=_span(match), value=value) if is_iso_prefix(value) else None
    if not is_iso_prefix(f"2000-{number:02d}-{int(day[1]):02d}"):
        return None
    asked = _WEEKDAY_NUMBERS[weekday[0].lower()] if weekday else None
    return TimeWords(
        span=_span(match),
        unit="monthday",
        number=number,
        day=int(day[1]),
        suffix=suffix,
        shift=None,
        weekday=asked,
    )


def _read_month(match: Match) -> TimeWords | None:
    words = match[0]
    month = next((m for m in _MONTH.finditer(words) if m[0][:3].lower() in {n[:3] for n in MONTHS}), None)
    if month is None:
        return None
    year, within = _YEAR.search(words), bool(_EARLY.search(words))
    number = month_number(month[0])
    if year:
        return TimeWords(span=_span(match), value=f"{year[0]}-{number:02d}", within=within)
    if words.lower().endswith(" year"):  # "July last year"
        return TimeWords(
            span=_span(match), unit="year", shift=_shift(words), suffix=f"-{number:02d}", within=within
        )
    return TimeWords(
        span=_span(match), unit="monthname", number=number, shift=_asked_shift(words), within=within
    )


def _read_weekday(match: Match) -> TimeWords:
    words = match[0]
    names = list(_WEEKDAY.finditer(words))
    number = _WEEKDAY_NUMBERS[names[-1][0].lower()]
    return TimeWords(
        span=_span(match), unit="weekday", number=number, shift=_asked_shift(words), suffix=_suffix(words)
    )


def _read_day(match: Match) -> TimeWords:
    words = match[0].lower()
    shift, suffix = 0, _suffix(words)
    if "before yesterday" in words:
        shift = -2
    elif "after tomorrow" in words:
        shift = 2
    elif "yesterday" in words or words.startswith("last") or "overnight" in words:
        shift = -1
    elif "tomorrow" in words:
        shift = 1
    if "tonight" in words or "overnight" in words:
        suffix = "TNI"
    return TimeWords(span=_span(match), unit="day", shift=shift, suffix=suffix)


def _read_ago(match: Match) -> TimeWords | None:
    words = match[0].lower()
    number, name = read_amount(words)
    unit, many, _ = UNITS[name]
    back = words.endswith(("ago", "earlier"))
    told = words.endswith(("earlier", "later"))
    if number is None or unit is None or number != int(number):
        value = ("PAST_REF" if back else "FUTURE_REF") if number is None else length_value(number, name)
        return TimeWords(span=_span(match), kind="duration", value=value)
    shift = int(number) * many
    return TimeWords(
        span=_span(match), unit=unit, shift=-shift if back else shift, told=told, within=unit != "day"
    )


def _read_year_ago(match: Match) -> TimeWords:
    """Read "a year earlier", which in a report of a quarter is that quarter of the year before."""
    words = match[0].lower()
    ordinal = _ORDINAL.search(words)
    if ordinal and "quarter" in words:
        return TimeWords(
            span=_span(match), unit="quarter", number=ORDINALS[ordinal[0]], suffix="Q", shift=None, day=-1
        )
    if re.search("quarter|period", words):
        return TimeWords(span=_span(match), unit="quarter", shift=-5, compared=True, day=-1)
    return TimeWords(span=_span(match), unit="year", shift=-1, number=1, within=True, compared=True)


def _read_told(match: Match) -> TimeWords:
    words = match[0].lower()
    back, on = re.search("previous|preceding|before", words), re.search("following|next", words)
    if words.endswith("the month"):
        return TimeWords(span=_span(match), unit="month", shift=0, within=True)
    unit, _, _ = UNITS[words.split()[-1] if words.startswith("that") else "day"]
    shift = -1 if back else 1 if on else 0
    return TimeWords(span=_span(match), unit=unit, shift=shift, told=True, suffix=_suffix(words))


def _read_unit(match: Match) -> TimeWords | None:
    words = match[0].lower()
    within, shift = bool(_EARLY.search(words)), _shift(words)
    season = _SEASON.search(words)
    if season:
        return TimeWords(
            span=_span(match), unit="season", shift=shift, suffix=SEASONS[season[0]], within=within
        )
    if "weekend" in words:
        return TimeWords(span=_span(match), unit="weekend", shift=shift, within=within)
    name = re.search("week|month|quarter|year|decade|century", words)
    if name is None:
        return None
    unit, many, _ = UNITS[name[0]]
    told = bool(re.search("following|same|previous", words))
    return TimeWords(span=_span(match), unit=unit, shift=shift * many, within=within, number=many, told=told)


# "$1.76 a year", "700 seats a week", "24 hours a day": a rate, which says nothing of when or how long.
_RATE = re.compile(
    r"(?:[\d½%]|\b(?:million|billion|trillion|percent|hours?|times|once|twice|seats|people))\s+$"
)


def _read_span(match: Match) -> TimeWords | None:
    words = match[0].lower()
    if words.startswith(("a ", "an ")) and _RATE.search(
        match.string[max(0, match.start() - 12) : match.start()]
    ):
        return None
    if re.search(r"\b(?:a|the \d{4}) second$|-quarters?$|\ba quarter$", words) and not words.startswith(
        "four-"
    ):
        return None  # "a second group", "three-quarters of the food", "a quarter of the crew"
    number, name = read_amount(match[0])
    return TimeWords(span=_span(match), kind="duration", value=length_value(number, name))


def _read_quarter(match: Match) -> TimeWords | None:
    words = match[0].lower()
    year = _YEAR.search(words)
    possessive = re.match("(?:this|last|next) year", words)
    ordinal = _ORDINAL.search(words[possessive.end() :] if possessive else words)
    if ordinal is None:
        return TimeWords(
            span=_span(match),
            unit="quarter",
            shift=-5 if possessive and _LAST.search(words) else -1,
            compared=True,
            number=int(year[0]) if year else 0,
            day=-1 if possessive and _LAST.search(words) else 0,
        )
    number = ORDINALS[ordinal[0]]
    letter = "H" if "half" in words else "Q"
    if letter == "H" and number > 2:
        return None
    if year:
        return TimeWords(span=_span(match), value=f"{year[0]}-{letter}{number}")
    shift = _shift(words) if possessive or words.endswith(" year") else None
    if shift is not None:
        return TimeWords(span=_span(match), unit="year", shift=shift, suffix=f"-{letter}{number}")
    return TimeWords(span=_span(match), unit="quarter", number=number, suffix=letter, shift=None)


def _read_century(match: Match) -> TimeWords:
    words = match[0].lower()
    digits = re.search(r"\d+", words)
    number = int(digits[0]) if digits else next(n for word, n in CENTURIES.items() if word in words)
    return TimeWords(span=_span(match), value=f"{number - 1:02d}")


def _read_length(match: Match) -> TimeWords:
    unit = match[0].lower().removesuffix(" ago").split()[-1].removesuffix("s")
    unit = "century" if unit == "centurie" else unit
    value = "P1Y" if unit == "year" and not match[0].endswith("s") else length_value(None, unit)
    return TimeWords(span=_span(match), kind="duration", value=value)


def _read_year_end(match: Match) -> TimeWords:
    return TimeWords(span=_span(match), unit="year", shift=0, number=1, within=True)


def _read_holiday(match: Match) -> TimeWords:
    name = re.sub(r"^(?:last|this|next) ", "", match[0].lower().replace("’", "'"))
    return TimeWords(span=_span(match), unit="holiday", shift=_asked_shift(match[0]), suffix=name)


def _read_season(match: Match) -> TimeWords | None:
    season, year = _SEASON.search(match[0].lower()), _YEAR.search(match[0])
    if season is None:
        return None
    if year:
        return TimeWords(span=_span(match), value=f"{year[0]}-{SEASONS[season[0]]}")
    return TimeWords(span=_span(match), unit="season", shift=0, suffix=SEASONS[season[0]])


def _read_decade(match: Match) -> TimeWords:
    digits = re.sub(r"\D", "", match[0])
    return TimeWords(span=_span(match), value=digits[:3] if len(digits) == 4 else f"19{digits[0]}")


def _read_year(match: Match) -> TimeWords | None:
    year = _YEAR.search(match[0])
    if year is None:  # "nineteen ninety-seven", as speech is written down
        number = read_number(match[0].split(" ", 1)[1])
        return TimeWords(span=_span(match), value=f"19{int(number)}") if number else None
    within = bool(_EARLY.search(match[0]) or " of " in match[0])
    return TimeWords(span=_span(match), value=year[0], within=within)


def _read_time(match: Match) -> TimeWords | None:
    clock = read_clock(match[0])
    if not clock:
        return None
    return TimeWords(span=_span(match), kind="time", unit="day", shift=0, suffix=f"T{clock}")


_HABITS = {
    "day": "P1D",
    "week": "P1W",
    "month": "P1M",
    "quarter": "P1Q",
    "year": "P1Y",
    "annual": "P1Y",
    "dai": "P1D",
    "hour": "PT1H",
}


def _read_set(match: Match) -> TimeWords:
    words = match[0].lower()
    weekday = re.search(r"(mon|tues|wednes|thurs|fri|satur|sun)day", words)
    month = _MONTH.search(words.split(" ", 1)[-1])
    if month and not weekday and month[0][:3] in {name[:3] for name in MONTHS} and "month" not in words:
        value = f"XXXX-{month_number(month[0]):02d}"
    elif weekday:
        value = f"XXXX-WXX-{_WEEKDAY_NUMBERS[weekday[0][:3]] + 1}"
    else:
        value = next((value for name, value in _HABITS.items() if name in words), "P1D")
    return TimeWords(span=_span(match), kind="set", value=value)


def _fixed(value: str, kind: TimeKind = "date") -> Callable[[Match], TimeWords]:
    return lambda match: TimeWords(span=_span(match), kind=kind, value=value)


READERS: dict[str, Callable[[Match], TimeWords | None]] = {
    "iso": _read_iso,
    "slash": _read_slash,
    "monthday": _read_monthday,
    "month": _read_month,
    "weekday": _read_weekday,
    "day": _read_day,
    "ago": _read_ago,
    "yearago": _read_year_ago,
    "told": _read_told,
    "unit": _read_unit,
    "span": _read_span,
    "quarter": _read_quarter,
    "season": _read_season,
    "decade": _read_decade,
    "year": _read_year,
    "century": _read_century,
    "spoken": _fixed("2000"),
    "yearend": _read_year_end,
    "length": _read_length,
    "holiday": _read_holiday,
    "clock": _read_time,
    "set": _read_set,
    "habit": _read_set,
    "now": _fixed("PRESENT_REF"),
    "then": _fixed("PAST_REF"),
    "future": _fixed("FUTURE_REF"),
}
