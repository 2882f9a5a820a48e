"""When readers wrote: the dates and ages beside their comments, in the languages of newspapers."""

import re
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.wordlists import read_list

__all__ = ["Moment", "find_moment", "read_stamp"]

MAX_CHARS = 120
ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# One pattern holds every name: those of the languages in which readers' comments are met most.
LANGUAGES = frozenset("cs da de el es fi fr hu it nl no pl pt ro ru sk sv tr uk".split())
CLOCK = (
    r"(?:[\s,@•·|–-]*\b(?:um|at|à|às|alle|ore|a las|kl\.?|o|em|om|в|le)?[\s@]*"
    r"(?P<hour>\d{1,2})\s?[:.h]\s?(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)\s*(?P<half>[ap]\.?m\b\.?)?(?:\s*uhr\b)?)?"
)
# Of "Pell 7 May 12, 2031" the 7 belongs to the name.
ELSE = r"(?!\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d)"
# A time of day may follow a year without a space: "202111:15 am".
END = r"(?:(?!\d)|(?=\d{1,2}:\d\d))"
AGO = re.compile(
    r"\b(?:\d+|an?|one|a few)\s*(?:s|sec(?:ond)?s?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mos?"
    r"|months?|y|yrs?|years?)\s+ago\b"
    r"|\bvor\s+(?:\d+|einem|einer|wenigen)\s+(?:sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?"
    r"|jahr(?:en)?)\b"
    r"|\bil y a\s+(?:\d+|une?)\s+\w+|\bhace\s+(?:\d+|una?)\s+\w+|\bhá\s+(?:\d+|uma?)\s+\w+"
    r"|\b(?:\d+|une?)\s+(?:ore|giorni|giorno|mesi|anni|anno|settiman[ae])\s+fa\b"
    r"|\b\d+\s+(?:uur|dagen|dag|weken|maanden|jaar)\s+geleden\b"
    r"|\b(?:just now|gerade eben|yesterday|gestern)\b",
    re.IGNORECASE,
)
# Most lines hold none of these: no number, and none of the words that stand for one.
# "3d" alone on a line is how old a comment was when the page was saved.
AGE = re.compile(r"\s*\d{1,3}\s?(?:s|sec|m|min|h|hr|d|w|wk|mo|mth|y|yr)s?\.?\s*", re.IGNORECASE)
# The same beside a name or between buttons: "gullfan 2h", "Like · Reply · 2d".
SHORT_AGE = re.compile(r"(?<=[\s·•|,])\d{1,3}\s?(?:min|mo|hr|yr|[smhdwy])\.?(?=\s*(?:[·•|]|$))")
FEW_WORDS = 6
HINT = re.compile(r"\d|\b(?:ago|vor|il y a|hace|há|fa|just now|gerade|yesterday|gestern)\b", re.IGNORECASE)


class Moment(NamedTuple):
    """The words that say when, and what day they mean; None when the words alone don't settle it."""

    start: int
    end: int
    value: str | None


def find_moment(words: str) -> Moment | None:
    """Find when something was written, in a short line such as "Ana, 3 May 2031 at 4:07 pm".

    >>> find_moment("3 May 2031 at 4:07 pm")
    Moment(start=0, end=21, value='2031-05-03T16:07')
    """
    return search_moment(words[:MAX_CHARS])


@lru_cache(maxsize=4_000)  # each line is looked at two or three times
def search_moment(words: str) -> Moment | None:
    if HINT.search(words) is None:
        return None
    if found := date_pattern().search(words):
        return Moment(found.start(), found.start() + len(found[0].rstrip(" ,@•·|–-")), read_date(found))
    if found := AGE.fullmatch(words):
        return Moment(0, len(words), None)
    if found := AGO.search(words):
        return Moment(found.start(), found.end(), None)
    if len(words.split()) <= FEW_WORDS and (found := SHORT_AGE.search(words)):
        return Moment(found.start(), found.end(), None)
    return None


def read_stamp(stamp: str) -> str | None:
    """Return the day or the minute that a page tells machines, as an ISO prefix; None if it is none."""
    found = re.match(
        r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", stamp
    )
    if not found or not is_day(int(found[1]), int(found[2]), int(found[3])):
        return None
    day = f"{found[1]}-{found[2]}-{found[3]}"
    if found[4] is None or int(found[4]) > 23 or int(found[5]) > 59:
        return day
    return f"{day}T{found[4]}:{found[5]}{found[6] or ''}"


@cache
def months() -> dict[str, int]:
    """The names of the months and their short forms, as newspapers write them."""
    named = {word: order for order, word in enumerate(ENGLISH, 1)}
    rows = read_list("months.tsv")
    named |= {word: int(month) for month, word, *codes in rows if LANGUAGES & set(codes[0].split())}
    short: dict[str, set[int]] = {}
    for word, month in named.items():
        for size in (3, 4):
            short.setdefault(word[:size], set()).add(month)
    return {
        **{word: held.pop() for word, held in short.items() if len(held) == 1},
        **named,
        **{word[:3]: month for word, month in zip(ENGLISH, range(1, 13), strict=True)},
    }


@cache
def date_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
    return re.compile(
        r"(?<![\d._-])(?:"
        r"(?P<iso_year>(?:19|20)\d\d)[-/.](?P<iso_month>\d\d)[-/.](?P<iso_day>\d\d)(?!\d)T?"
        r"|(?P<cjk_year>(?:19|20)\d\d)年\s?(?P<cjk_month>\d{1,2})月\s?(?P<cjk_day>\d{1,2})日"
        r"|(?P<first>\d{1,2})(?P<mark>[./-])\s?(?P<second>\d{1,2})(?:(?P=mark)\s?|,\s)(?P<short_year>\d\d(?=\d\d:\d\d)|(?:19|20)\d\d(?!\d)|\d\d(?!\d))"
        rf"|(?P<day>\d{{1,2}})(?:\.|º|er|st|nd|rd|th)?\s*(?:de\s+|of\s+)?(?P<month>{names})\b{ELSE}\.?(?:,?\s+(?:de\s+|del\s+)?(?P<year>(?:19|20)\d\d){END})?"
        rf"|(?<!\w)(?=[^\W\d_]+\.?\s+\d)(?P<us_month>{names})\b\.?\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[:.]\d)(?:,?\s+(?P<us_year>(?:19|20)\d\d){END})?"
        rf"){CLOCK}",
        re.IGNORECASE,
    )


def read_date(found: re.Match[str]) -> str | None:
    """Return the day that a printed date names, with its time of day; less when less is certain."""
    part = found.groupdict()
    if part["first"]:
        return read_numbers(part)
    for year, month, day in (
        ("iso_year", "iso_month", "iso_day"),
        ("cjk_year", "cjk_month", "cjk_day"),
    ):
        if part[year]:
            return add_clock(int(part[year]), int(part[month]), int(part[day]), part)
    named = part["month"] or part["us_month"]
    printed_year = part["year"] or part["us_year"]
    if not printed_year:
        return None
    return add_clock(int(printed_year), months()[named.lower()], int(part["day"] or part["us_day"]), part)


def read_numbers(part: dict[str, str]) -> str | None:
    """Read "16.03.2016" and "3/16/2016"; of "3/4/2016" only the year is certain."""
    first, second, year = int(part["first"]), int(part["second"]), int(part["short_year"])
    year += 2000 if year < 100 else 0
    if part["mark"] == "." or first > 12:
        return add_clock(year, second, first, part)
    if second > 12:
        return add_clock(year, first, second, part)
    return f"{year}" if is_day(year, first, second) else None


def add_clock(year: int, month: int, day: int, part: dict[str, str]) -> str | None:
    if not is_day(year, month, day):
        return None
    value = f"{year:04d}-{month:02d}-{day:02d}"
    if not part["hour"] or int(part["hour"]) > 23:
        return value
    hour = int(part["hour"])
    if part["half"] and hour <= 12:
        hour = hour % 12 + (12 if part["half"][0] in "pP" else 0)
    return f"{value}T{hour:02d}:{part['minute']}"


def is_day(year: int, month: int, day: int) -> bool:
    """Tell whether the calendar has this day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
