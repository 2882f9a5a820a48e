"""The zone that is printed behind a time of day: "4:07 PM EST", "16:07 Uhr (CET)", "10:30 GMT+2"."""

import re
from datetime import date, timedelta
from typing import NamedTuple

__all__ = ["Zone", "find_zone"]


class Zone(NamedTuple):
    """A zone as ISO writes it, and where its words end."""

    value: str
    end: int


# Only names that mean one zone: "IST" is India's, Israel's and Ireland's, "CST" America's and China's.
_HOURS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "TRT": 3, "EAT": 3, "CAT": 2, "SAST": 2, "WAT": 1, "PKT": 5, "WIB": 7, "ICT": 7,
    "SGT": 8, "HKT": 8, "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BRT": -3, "ART": -3,
}  # fmt: skip
# What American outlets print the year round; summer time decides what it means.
_AMERICAN = {"ET": -5, "CT": -6, "MT": -7, "PT": -8}
_ZONE = re.compile(
    r"\s*(?:Uhr\s*)?\(?\s*(?:(?P<name>"
    + "|".join(sorted([*_HOURS, *_AMERICAN], key=len, reverse=True))
    + r")(?:\s*(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?)?"
    r"|(?P<iso>[+-]\d\d:?[0-5]\d))(?![\w/])\)?"
)


def find_zone(text: str, at: int, end: int, time: str) -> Zone | None:
    """Return the zone printed right behind a time, None where none is, or where its name means several."""
    match = _ZONE.match(text, at, min(end, at + 24))
    if match is None:
        return None
    if match["iso"]:
        return Zone(f"{match['iso'][:3]}:{match['iso'][-2:]}", match.end())
    if match["hours"]:
        if match["name"] not in ("UTC", "GMT") or int(match["hours"]) > 14:
            return None
        return Zone(f"{match['sign']}{int(match['hours']):02d}:{match['minutes'] or '00'}", match.end())
    name = match["name"]
    hours = _HOURS[name] if name in _HOURS else _AMERICAN[name] + is_american_summer(time[:10])
    return Zone(f"{'-' if hours < 0 else '+'}{abs(hours):02d}:00", match.end())


def is_american_summer(day: str) -> bool:
    """Tell whether summer time holds in the United States: second Sunday of March to first of November."""
    asked = date.fromisoformat(day)
    return _sunday(asked.year, 3, 2) <= asked < _sunday(asked.year, 11, 1)


def _sunday(year: int, month: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (which - 1))
