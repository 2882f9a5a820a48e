"""The grammar of English time words: one regular expression, and the tables that read what it finds."""

import re
from typing import Literal

__all__ = [
    "CENTURIES",
    "FIRST_LETTERS",
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
    "day",
    "weekday",
    "monthday",
    "month",
    "monthname",
    "week",
    "weekend",
    "quarter",
    "year",
    "season",
    "holiday",
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
    "seventy": 70,
    "eighty": 80,
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
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "last": 2,
    "latter": 2,
}
CENTURIES = {
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "twenty-first": 21,
}


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
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d|\s?(?:[ap]\.?m\b))"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)"
_CLOCK = (
    r"(?:(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:a\.m\.|p\.m\.|[ap]m\b)"
    r"|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d)|(?:noon|midday|midnight)\b)(?-i: [A-Z]{3,4}\b)?"
)
NUMBER = (
    r"(?:\d{1,4}(?:,\d{3})?(?:\.\d+|\s?(?:1/2|½))?|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?\b|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|one|(?:a )?couple(?: of)?|a dozen|a few|a hundred|hundreds of|half an|"
    r"another|an?|several|few|many|some|recent|coming)"
)
UNIT = r"(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade|centur(?:y|ies))s?\b"
_SHIFT = r"(?:this|last|next|previous|same|following|current|(?:this )?(?:coming|past))"
_MORE = r"nearly|almost|more than|less than|no more than|at least|at most|up to|roughly|some"
_ABOUT = rf"(?:(?:{_MORE}) )"
_ABOUT_AGO = rf"(?:(?:{_MORE}|about|around|over) )"
_SEASON = r"(?:spring|summer|fall|autumn|winter)\b"
_PART = r"(?:morning|afternoon|evening|night)\b"
_EDGE = r"(?:early|late|mid|earlier|later)"
_END = r"(?:the (?:end|beginning|start|middle) of )"
_PAPERS = r"(?! (?:Times|Herald|Telegraph|Mirror|Mail|Post|Express|Magazine|Review))"
_TENS = r"(?:fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?\b"
_ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"

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
        rf"|(?<=\bin )(?-i:May)\b|(?<=\bby )(?-i:May)\b|(?<=\bsince )(?-i:May)\b|(?<=\buntil )(?-i:May)\b)"
    ),
    "habit": (
        rf"{_WEEKDAY_LONG} (?:mornings|afternoons|evenings|nights)\b|"
        r"(?-i:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days\b"
    ),
    "weekday": (
        rf"(?:{_CLOCK},? (?:on )?)?(?:(?:early|late|mid) )?(?:(?:the )?{_SHIFT} )?{_WEEKDAY_LONG}"
        rf"(?:,? (?:at )?{_CLOCK}| {_PART})?{_PAPERS}"
    ),
    "day": (
        rf"(?:(?:{_CLOCK},? )?(?:{_EDGE} )?(?:today|yesterday|tomorrow)\b(?: {_PART})?|tonight\b|overnight\b"
        rf"|(?:{_EDGE} )?this {_PART}|(?:{_EDGE} )?last (?:night|evening)\b)|"
        rf"the day (?:before yesterday|after tomorrow)\b"
    ),
    "yearago": (
        rf"(?:the )?(?:comparable |corresponding |same )?year[- ](?:ago|earlier) (?:{_ORDINAL}[ -])?"
        r"(?:quarter|period|half)\b|year[- ](?:ago|earlier)\b"
        r"|the (?:comparable|corresponding|same) (?:quarter|period) (?:last year|a year (?:ago|earlier))\b"
        r"|(?:a|one) year (?:ago|earlier)\b"
    ),
    "ago": rf"{_ABOUT_AGO}?{NUMBER} {UNIT} (?:ago|earlier|later|from now)\b",
    "told": (
        r"that (?:same )?(?:day|week|month|year)\b|the (?:previous|same|following|next|preceding) day\b|"
        r"the day before\b(?! yesterday)|the (?:next|following) (?:morning|evening|night)\b|"
        r"the end of the month\b"
    ),
    "quarter": (
        rf"(?:this|last|next) year['’]s (?:{_ORDINAL}[ -])?(?:quarter|half)\b"
        rf"|(?:the )?{_YEAR}(?:['’]s)? (?:(?:{_ORDINAL}[ -])?(?:quarter|half)|period)\b"
        rf"|(?:(?:the )?(?:fiscal )?{_ORDINAL} |(?:fiscal )?{_ORDINAL}-)(?:quarter|half)\b"
        rf"(?:,? (?:of |in )?(?:fiscal )?(?:{_YEAR}|(?:this|last|next) year\b))?"
        rf"|the (?:last|latter) half of {_YEAR}"
        r"|(?:the latest (?:quarter|period)|that quarter)\b|the quarter\b(?! (?:of|past)\b|-)"
    ),
    "unit": (
        rf"{_END}?(?:{_EDGE} )?(?:the )?{_SHIFT} (?:(?:fiscal|calendar) )?"
        rf"(?:week(?:end)?|month|quarter|year|decade|century|{_SEASON})(?!-)\b(?: or so\b)?|the weekend\b"
    ),
    "span": (
        rf"{_ABOUT}?(?:the first {NUMBER} {UNIT}|"
        rf"(?:the )?(?:(?:{_SHIFT}|latest) )?{NUMBER}(?: (?:to|or) {NUMBER})?(?: more)? "
        rf"{UNIT}(?: or so\b)?|{NUMBER}-{UNIT})(?![- ]old\b|-(?:ago|earlier)\b)"
    ),
    "season": rf"(?:the )?(?:{_EDGE}(?: |-))?{_SEASON} (?:of )?{_YEAR}|the (?:{_EDGE} )?{_SEASON}(?! of\b)",
    "decade": r"(?:the )?(?:(?:early|late|mid)[- ])?(?:(?:1[5-9]|20)\d0s|['’][1-9]0s)\b",
    "year": (
        rf"(?:(?<![$€£#/.,:\d-])(?:{_END}|(?:the )?{_EDGE}(?:[- ]in)?[- ])?"
        rf"(?:fiscal year |fiscal |calendar )?{_YEAR}(?![-–/]\d)|nineteen {_TENS})"
    ),
    "century": (
        r"(?:the )?(?:(?:early|late|mid)[- ])?"
        r"(?:\d{1,2}(?:st|nd|rd|th)|eighteenth|nineteenth|twentieth|twenty-first)[- ]century\b"
    ),
    "spoken": r"(?:the year )two thousand\b",
    "length": (
        r"(?<=\bfor )(?:days|weeks|months|years|decades|centuries)\b(?! of\b)|"
        r"(?<=\bwithin )(?:hours|days|weeks|months|years)\b|weeks(?= (?:before|after)\b)|centuries\b|"
        r"the (?:fiscal )?year\b(?= (?:ended|ending)\b)|(?<=\bover )the years\b|"
        r"the (?:first|opening|early|last|final) (?:hours|days|weeks|months|years)\b|"
        r"(?:days|weeks|months|years|decades) ago\b"
    ),
    "yearend": (
        r"the full(?: fiscal)? year\b|(?<=\bfor )the (?:fiscal )?year\b|(?:earlier|later) in the year\b|"
        r"(?:the )?year[- ]end\b|the end of the year\b|(?:the )?year['’]s end\b"
    ),
    "holiday": (
        r"(?-i:(?:[Ll]ast |[Tt]his |[Nn]ext )?(?:Thanksgiving(?: Day)?|Christmas(?: Day| Eve)?|"
        r"New Year['’]s(?: Day| Eve)|Easter(?: Sunday| Monday)?|Good Friday|Halloween|Election Day))\b"
    ),
    "clock": rf"(?:(?:around|about) )?{_CLOCK}",
    "set": (
        r"(?:daily|weekly|hourly)\b|"
        rf"(?:every|each) (?:day|week|month|quarter|year|morning|night|{_WEEKDAY_LONG}|{_MONTH_LONG})\b"
    ),
    "now": r"now\b|these days\b|currently\b|at present\b|at the moment\b|nowadays\b|current\b",
    "then": r"recently\b|the past\b(?! \w+s\b)|recent(?! (?:day|week|month|year))\b",
    "future": r"the (?:near )?future\b",
}

# The first letters turn most words away before any rule is tried: twice as fast. A new rule must add its own.
_AFTER_THE = (
    r"(?:[\d'’]|be|c[aou]|da|e[ain]|f[aeilou]|la|m[aio]|n[ei]|o[np]|p[ar]|qu|s[aeiptu]|t[hwe]|w[ei]|ye)"
)
FIRST_LETTERS = (
    rf"(?=[\d'’]|the {_AFTER_THE}|a(?:\s|n\s|bout|lmost|nother|pr|ug|utumn|round|t\s)|"
    r"c(?:om[ip]|orr|oup|urr|al|ent|hri)|d(?:ec|ai|ays)|e(?:a[rsc]|ig|le|ve)|"
    r"f(?:eb|ri|irs|isc|ew|if|ive|oll|ort|our|all)|good|h(?:al|und|our)|j(?:an|u[nl])|l(?:as|at|ess)|"
    r"m(?:ar|ay|on|id|any|ore)|n(?:ea|ex|ew |in|o |oo|ow|ov)|o(?:ct|ne|ver)|p(?:as|rev)|r(?:ece|oug)|"
    r"s(?:am|at|e[cpv]|ix|om|pr|u[mn])|t(?:h(?:is|at|ese|r|ir|u|ank)|o[dmn]|en|ue|w)|up |"
    r"w(?:ed|in|ee)|yes|year)"
)
TIME = re.compile(
    r"(?<![\w$€£])"
    + FIRST_LETTERS
    + "(?:"
    + "|".join(f"(?P<{name}>{rule})" for name, rule in _RULES.items())
    + ")",
    re.IGNORECASE,
)


def month_number(word: str) -> int:
    """Return 1 to 12 for a month's name or its short form ("Sept.")."""
    return _MONTH_NUMBERS[word[:3].lower()]


_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
