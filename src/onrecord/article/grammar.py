"""The grammar of English time words: one regular expression, and the tables that read what it finds."""

import re
from typing import Literal

__all__ = [
    "MONTHS",
    "NUMBER",
    "NUMBERS",
    "ORDINALS",
    "PARTS",
    "SEASONS",
    "TIME",
    "UNIT",
    "UNITS",
    "WEEKDAYS",
    "Unit",
    "month_number",
]

Unit = Literal[
    "day", "weekday", "monthday", "month", "monthname", "week", "weekend", "quarter", "year", "season"
]

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
    "a": 1,
    "an": 1,
    "couple": 2,
    "dozen": 12,
}
UNITS: dict[str, tuple[Unit | None, int, str]] = {
    # unit we count in, how many of it, TIMEX letter
    "second": (None, 0, "TS"),
    "minute": (None, 0, "TM"),
    "hour": (None, 0, "TH"),
    "day": ("day", 1, "D"),
    "week": ("week", 1, "W"),
    "fortnight": ("week", 2, "W"),
    "month": ("month", 1, "M"),
    "quarter": ("quarter", 1, "Q"),
    "year": ("year", 1, "Y"),
    "decade": ("year", 10, "Y"),
    "century": ("year", 100, "Y"),
    "centurie": ("year", 100, "Y"),
}
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


# Month and weekday names are case-sensitive: "may" and "march" are verbs, "sun" shines.
_MONTH_LONG = (
    r"(?-i:January|JANUARY|February|FEBRUARY|March|MARCH|April|APRIL|June|JUNE|July|JULY|August|AUGUST|"
    r"September|SEPTEMBER|October|OCTOBER|November|NOVEMBER|December|DECEMBER)"
)
_MONTH = (
    r"(?-i:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?|"
    r"Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|"
    r"JAN(?:UARY|\.)?|FEB(?:RUARY|\.)?|MAR(?:CH|\.)?|APR(?:IL|\.)?|MAY|JUNE?|JULY?|AUG(?:UST|\.)?|"
    r"SEPT?(?:EMBER|\.)?|OCT(?:OBER|\.)?|NOV(?:EMBER|\.)?|DEC(?:EMBER|\.)?)(?![A-Za-z])"
)
_WEEKDAY = (
    r"(?-i:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs?(?:day)?)?|Fri(?:day)?|Sat(?:urday)?|"
    r"Sun(?:day)?|"
    r"MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)\b\.?"
)
_WEEKDAY_LONG = (
    r"(?-i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)\b"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d|\s?(?:[ap]\.?m\b))"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)"
_CLOCK = (
    r"(?:(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:a\.m\.|p\.m\.|[ap]m\b)"
    r"|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d)|(?:noon|midnight)\b)(?-i: [A-Z]{3,4}\b)?"
)
NUMBER = (
    r"(?:\d{1,4}(?:,\d{3})?(?:\.\d+|\s?(?:1/2|½))?|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?\b|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|one|a couple(?: of)?|a dozen|a few|a hundred|hundreds of|half an|"
    r"another|an?|"
    r"several|few|many|some|recent|coming)"
)
UNIT = r"(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade|centur(?:y|ies))s?\b"
_SHIFT = r"(?:this|last|next|past|previous|coming|same|following|current|(?:this )?coming)"
_ABOUT = (
    r"(?:(?:about|around|nearly|almost|more than|less than|no more than|at least|at most|up to|roughly|some"
    r"|(?:over|within)(?! the)) )"
)
_SEASON = r"(?:spring|summer|fall|autumn|winter)\b"
_PART = r"(?:morning|afternoon|evening|night)\b"
_EDGE = r"(?:early|late|mid|earlier|later)"
_END = r"(?:the (?:end|beginning|start|middle) of )"
_PAPERS = r"(?! (?:Times|Herald|Telegraph|Mirror|Mail|Post|Express|Magazine|Review))"
_TENS = r"(?:fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?\b"

# The first rule that fits at a place wins, so the longer ones come first.
_RULES = {
    "iso": r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])",
    "slash": r"(?<![\d/.-])\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d\d)(?![\d/-]|\.\d)",
    "monthday": (
        rf"(?:(?:{_CLOCK},? (?:on )?)?(?:{_WEEKDAY},? )?"
        rf"(?:{_MONTH} (?:the )?{_DAY}|(?:the )?{_DAY}(?: of)? {_MONTH})"
        rf"(?:,? (?:of |in )?{_YEAR})?(?:,? (?:at )?{_CLOCK})?)"
    ),
    "month": (
        rf"{_END}?(?:(?:the )?{_EDGE}(?:[- ]in)?[- ])?(?:{_MONTH}(?:,? (?:of )?{_YEAR}| (?:this|last|"
        rf"next) year\b)"
        rf"|(?:{_SHIFT} )(?:{_MONTH_LONG}|(?-i:May))\b|{_MONTH_LONG}\b"
        rf"|(?<=\bin )(?-i:May)\b|(?<=\bsince )(?-i:May)\b|(?<=\buntil )(?-i:May)\b)"
    ),
    "weekday": (
        rf"(?:{_CLOCK},? (?:on )?)?(?:{_EDGE} )?(?:(?:the )?{_SHIFT} )?{_WEEKDAY_LONG}"
        rf"(?:,? (?:at )?{_CLOCK}| {_PART})?{_PAPERS}"
    ),
    "day": (
        rf"(?:(?:{_CLOCK},? )?(?:{_EDGE} )?(?:today|yesterday|tomorrow)\b(?: {_PART})?|tonight\b|overnight\b"
        rf"|(?:{_EDGE} )?this {_PART}|(?:{_EDGE} )?last (?:night|evening)\b)|"
        rf"the day (?:before yesterday|after tomorrow)\b"
    ),
    "ago": rf"{_ABOUT}?{NUMBER} {UNIT} (?:ago|earlier|later|from now)\b",
    "told": r"the (?:previous|same|following|next|preceding) day\b|(?:the day|that same) (?:before|day)\b",
    "unit": (
        rf"{_END}?(?:{_EDGE} )?(?:the )?{_SHIFT} (?:(?:fiscal|calendar) )?"
        rf"(?:week(?:end)?|month|quarter|year|decade|century|{_SEASON})(?!-)\b|the weekend\b"
    ),
    "span": (
        rf"{_ABOUT}?(?:the first {NUMBER} {UNIT}|(?:the )?(?:{_SHIFT} )?{NUMBER}(?: more)? {UNIT}"
        rf"|{NUMBER}-{UNIT})(?!-old\b)"
    ),
    "quarter": (
        r"(?:the )?(?:fiscal )?(?:(?:first|second|third|fourth|1st|2nd|3rd|4th)(?: |-)(?:quarter|half)\b"
        rf"(?:,? (?:of |in )?(?:fiscal )?(?:{_YEAR}|(?:this|last|next) year\b))?"
        rf"|{_YEAR} (?:first|second|third|fourth)(?: |-)(?:quarter|half)\b)|"
        rf"the (?:latest )?quarter\b(?! (?:of|to|past)\b)"
    ),
    "season": rf"(?:the )?(?:{_EDGE}(?: |-))?{_SEASON} (?:of )?{_YEAR}|the {_SEASON}(?! of\b)",
    "decade": r"(?:the )?(?:(?:early|late|mid)[- ])?(?:(?:1[5-9]|20)\d0s|['’][1-9]0s)\b",
    "year": (
        rf"(?:(?<![$€£#/.,:\d-])(?:{_END}|(?:the )?{_EDGE}(?:[- ]in)?[- ])?"
        rf"(?:fiscal year |fiscal |calendar )?{_YEAR}(?![-–/]\d)|nineteen {_TENS})"
    ),
    "clock": rf"(?:(?:around|about) )?{_CLOCK}",
    "set": rf"daily\b|(?:every|each) (?:day|week|month|quarter|year|morning|night|{_WEEKDAY_LONG})\b",
    "now": r"(?:right )?now\b|currently\b|at present\b|at the moment\b|nowadays\b|current\b",
    "then": r"recently\b|the past\b|at the time\b|recent(?! (?:day|week|month|year))\b",
    "future": r"the (?:near )?future\b",
}

# Two letters turn most words away before any rule is tried: twice as fast. A new rule must add its own here.
_FIRST_LETTERS = (
    r"(?=[\d'’]|a[\s]|a[blnptu]|c[ou]|d[ae]|e[ailv]|f[aefior]|h[au]|j[au]|l[ae]|m[aio]|n[eio]|o[cnv]|p[ar]|"
    r"r[eio]|s[aeiopu]|t[ehouw]|up|w[ei]|ye)"
)
TIME = re.compile(
    r"(?<![\w$€£])"
    + _FIRST_LETTERS
    + "(?:"
    + "|".join(f"(?P<{name}>{rule})" for name, rule in _RULES.items())
    + ")",
    re.IGNORECASE,
)


def month_number(word: str) -> int:
    """Return 1 to 12 for a month's name or its short form ("Sept.")."""
    return _MONTH_NUMBERS[word[:3].lower()]


_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
