"""What the time words of a whole text mean: some count from what the text has just told of."""

import re
from collections.abc import Iterator
from datetime import date

from onrecord.article.counting import Lean, count_from
from onrecord.article.tagger import find_times
from onrecord.article.timewords import TimeWords

__all__ = ["count_times"]

# Characters after which a text has moved on from the quarter, and from the day, that it told of.
_QUARTER_HOLDS = 1500
_DAY_HOLDS = 400
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}(?!\d|-[A-Z])")
# What a company reports beside a quarter; what is compared after it is no quarter.
_LONGER = ("P9M", "P6M", "P12M", "P1Y")
_QUARTER = re.compile(r"(\d{4})-(Q[1-4]|H[12])")


def count_times(text: str, day: date, *, lean: Lean = "told") -> Iterator[tuple[TimeWords, str | None]]:
    """Yield the time words of a text with what they mean, as TIMEX3 values.

    "Profit rose to $3 million in the third quarter from $2 million a year earlier" compares quarters: the
    earlier one is "1988-Q3" in a text of 1989. "The following year" counts from the year just told of.
    """
    quarter: re.Match[str] | None = None
    base: str | None = None
    quarter_at = base_at = 0
    for words in find_times(text):
        value = count_from(words, day, lean=lean)
        at = words.span.start
        if words.told and base is not None and at - base_at < _DAY_HOLDS:
            value = _count_told(words, base, lean) or value
        elif words.compared:
            if quarter is not None and at - quarter_at < _QUARTER_HOLDS:
                value = f"{_year_compared(words, quarter):04d}-{quarter[2]}"
        elif value in _LONGER:
            quarter = None
        elif value is not None and (found := _QUARTER.fullmatch(value)) and _is_over(found, day):
            quarter, quarter_at = found, at
        if value is not None and not words.told and _DAY.match(value):
            base, base_at = value, at
        yield words, value


def _count_told(words: TimeWords, base: str, lean: Lean) -> str | None:
    """Count from the day last told of; where only its year or month was told, only years or months."""
    if len(base) < {"year": 4, "month": 7}.get(words.unit or "", 10):
        return None
    day = date.fromisoformat((base + "-01-01")[:10])
    return count_from(words, day, lean=lean)


def _year_compared(words: TimeWords, quarter: re.Match[str]) -> int:
    """Return the year of a quarter that a text compares with another: "the 1988 period", "a year earlier"."""
    if words.number > 1000:
        return words.number
    return int(quarter[1]) - (words.unit == "year" or words.day < 0)


def _is_over(quarter: re.Match[str], day: date) -> bool:
    months = int(quarter[2][1]) * (3 if quarter[2][0] == "Q" else 6)
    return int(quarter[1]) * 12 + months < day.year * 12 + day.month
