"""The grammar of English time words: one regular expression, and the tables that read what it finds."""

import re
from typing import Literal

__all__ = [
    "MONTHS",
    "NUMBERS",
    "ORDINALS",
    "PARTS",
    "SEASONS",
    "TIME",
    "UNITS",
    "WEEKDAYS",
    "Unit",
    "month_number",
]

Unit = Literal[
    "day", "weekday", "monthday", "month", "monthname", "week", "weekend", "quarter", "year", "season"
]

MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
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
    r"(?-i:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|"
    r"JAN(?:UARY|\.)?|FEB(?:RUARY|\.)?|MAR(?:CH|\.)?|APR(?:IL|\.)?|MAY|JUNE?|JULY?|AUG(?:UST|\.)?|"
    r"SEPT?(?:EMBER|\.)?|OCT(?:OBER|\.)?|NOV(?:EMBER|\.)?|DEC(?:EMBER|\.)?)(?![A-Za-z])"
)
_WEEKDAY = (
    r"(?-i:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs?(?:day)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?|"
    r"MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)\b\.?"
)
_WEEKDAY_LONG = (
    r"(?-i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)\b"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d|\s?(?:[ap]\.?m\b))"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)"
_CLOCK = r"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?(?:\s?(?:a\.m\.|p\.m\.|[ap]m\b))"
_CLOCK_24 = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d)"
_NUMBER = (
    r"(?:\d{1,4}(?:,\d{3})?(?:\.\d+|\s?(?:1/2|½))?|(?:twenty|thirty|forty|fifty|sixty|ninety)(?:[- ](?:one|two|three|four|"
    r"five|six|seven|eight|nine))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|one|an?(?: (?:couple(?: of)?|dozen))?|a few|few|several|many|some|"
    r"a hundred|hundreds of|recent|coming)"
)
_UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies))\b"
_SHIFT = r"(?:this|last|next|past|previous|coming|same|following|current|earlier this|later this)"
_ABOUT = r"(?:about|around|nearly|almost|more than|less than|at least|at most|over|some|roughly|only|just|up to|within) "
_SEASON = r"(?:spring|summer|fall|autumn|winter)\b"
_PART = r"(?:morning|afternoon|evening|night)\b"
_EDGE = r"(?:early|late|mid|earlier|later)"

# The first rule that fits at a place wins, so the longer ones come first.
_RULES = {
    "iso": r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])",
    "slash": r"(?<![\d/.-])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d)(?![\d/-]|\.\d)",
    "monthday": (
        rf"(?:{_WEEKDAY},? )?(?:the )?(?:{_MONTH} (?:the )?{_DAY}|{_DAY} (?:of )?{_MONTH})"
        rf"(?:,? (?:of |in )?{_YEAR})?(?:,? (?:(?:at )?(?:{_CLOCK}|{_CLOCK_24})))?"
    ),
    "month": (
        rf"(?:(?:the )?{_EDGE}(?:[- ]in)?[- ])?(?:{_MONTH},? (?:of )?{_YEAR}"
        rf"|(?:{_SHIFT} )(?:{_MONTH_LONG}|(?-i:May))\b|{_MONTH_LONG}\b|(?<=\b[Ii]n )(?-i:May)\b|(?<=\bsince )(?-i:May)\b)"
    ),
    "weekday": (
        rf"(?:{_EDGE} )?(?:(?:the )?(?:this|last|next|past|previous|coming|following) )?{_WEEKDAY_LONG}"
        rf"(?:'s|’s)?(?: {_PART})?(?! (?:Times|Herald|Telegraph|Mirror|Mail|Post|Express))"
    ),
    "day": (
        rf"(?:{_EDGE} )?(?:today\b|yesterday\b|tomorrow\b|tonight\b|overnight\b|this {_PART}|last (?:night|evening)\b)"
        rf"(?: {_PART})?|the day (?:before yesterday|after tomorrow)"
    ),
    "ago": rf"(?:{_ABOUT})?{_NUMBER}(?: |-){_UNIT} (?:ago|earlier|later|from now|before|after)\b",
    "told": r"the (?:previous|same|following|next|preceding) day\b|(?:the day|that same) (?:before|day)\b",
    "unit": (
        rf"(?:{_EDGE} )?(?:the )?{_SHIFT} (?:(?:fiscal|calendar) )?(?:week(?:end)?|month|quarter|year|decade|century|{_SEASON})(?!-)\b|"
        r"the weekend\b"
    ),
    "span": rf"(?:{_ABOUT})?(?:the )?(?:{_SHIFT} )?{_NUMBER}(?: more)?(?: |-){_UNIT}(?:-old\b)?",
    "quarter": (
        r"(?:the )?(?:fiscal )?(?:first|second|third|fourth|1st|2nd|3rd|4th)(?: |-)(?:quarter|half)\b"
        rf"(?:,? (?:of |in )?(?:fiscal )?(?:{_YEAR}|(?:this|last|next) year\b))?"
    ),
    "season": rf"(?:the )?{_EDGE}?(?: |-)?{_SEASON} (?:of )?{_YEAR}|(?:the|in|since|by) {_SEASON}",
    "decade": r"(?:the )?(?:(?:early|late|mid)[- ])?(?:(?:1[5-9]|20)\d0s|['’][1-9]0s)\b",
    "year": rf"(?<![$€£#/.,:\d-])(?:(?:the )?{_EDGE}(?:[- ]in)?[- ])?(?:fiscal |fiscal year |calendar )?{_YEAR}(?![-–/]\d)",
    "clock": rf"{_CLOCK}(?: (?:[A-Z]{{3,4}}))?(?:,? (?:on |{_WEEKDAY_LONG}))?|(?:noon|midnight)\b(?: {_WEEKDAY_LONG})?",
    "set": r"(?:every|each) (?:day|week|month|quarter|year|morning|night|(?-i:[MTWFS])[a-z]+day)\b|daily\b|weekly\b|monthly\b|quarterly\b|yearly\b|annually\b|annual\b",
    "now": r"now\b|currently\b|at present\b|presently\b|at the moment\b|right now\b|nowadays\b",
    "then": r"recently\b|the past\b|previously\b|formerly\b|long ago\b|at the time\b|the time\b|recent(?:ly)?(?= (?:days|weeks|months|years))",
    "future": r"the future\b|soon\b",
}

TIME = re.compile(
    r"(?<![\w$€£])(?:" + "|".join(f"(?P<{name}>{rule})" for name, rule in _RULES.items()) + ")", re.IGNORECASE
)


def month_number(word: str) -> int:
    """Return 1 to 12 for a month's name or its short form ("Sept.")."""
    return _MONTH_NUMBERS[word[:3].lower()]


_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
