"""Dates that machines write for machines: ISO 8601 and its faults, seconds since 1970, the dates of mail."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from onrecord.article.calendar import is_iso_prefix
from onrecord.article.printed import find_printed_dates

__all__ = ["normal_date", "read_seconds"]

MOST_CHARACTERS = 80
FIRST_SECOND, LAST_SECOND = 631_152_000, 4_102_444_800
"""A number of seconds counts from 1970 only where it falls between 1990 and 2100; others number something
else."""

_ZONE = r"(?P<zone>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?\s?(?P<half>[ap]\.?m\b\.?)?"
# A zone said twice is met as often as none: "+01:00Z", "+01:00+01:00", "GMT+0100". Behind the time may stand
# the zone's name, in brackets or bare.
_REST = (
    rf"(?:\s?{_ZONE})?(?:\s?(?P<again>{_ZONE.replace('?P<zone>', '')}))?(?:\s?\[?\(?[A-Za-z][\w/ ]*\)?\]?)?"
)
_DASHED = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    rf"(?:(?:\s?T\s?|,?\s){_CLOCK}{_REST})?",
    re.IGNORECASE,
)
_TIGHT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
    rf"(?:T?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?(?P<half>(?!)x)?{_REST})?",
    re.IGNORECASE,
)
# "Tue Mar 11 2031 09:30:00 GMT+0100 (CET)" and "Tue Mar 11 09:30:00 CET 2031" are how programs print them.
_PROGRAM = re.compile(
    r"(?:[A-Z][a-z]{2} )?(?P<month>[A-Z][a-z]{2}) (?P<day>\d{1,2}) (?:(?P<year>\d{4}) )?"
    r"(?P<clock>\d\d:\d\d:\d\d)(?: (?P<zone>[A-Z]{2,4}(?:[+-]\d{4})?))?(?: (?P<last>\d{4}))?(?: \(.*\))?"
)
# What .NET writes into JSON: milliseconds since 1970, and the zone that they were shown in.
_DATE_CALL = re.compile(r"\\?/?Date\((?P<number>\d{9,14})(?:[+-]\d{4})?\)\\?/?")
_NUMBER = re.compile(r"\d{9,14}(?:\.\d+)?")
# What programs write where nobody entered a date.
_EMPTY = ("0000-", "0001-", "1899-12-3", "1900-01-01", "1969-12-31", "1970-01-01")


def normal_date(words: str | None) -> str | None:
    """Return a date as machines write it as an ISO prefix, None when it is none or stands for none.

    >>> normal_date("2031/03/11 09:30")
    '2031-03-11T09:30'
    >>> normal_date("Tue, 11 Mar 2031 08:30:00 GMT")
    '2031-03-11T08:30:00+00:00'
    """
    words = " ".join((words or "")[:MOST_CHARACTERS].split())
    if not any(c.isdigit() for c in words):
        return None
    value = _read(words)
    return value if value and value[:4] > "1400" and not value.startswith(_EMPTY) else None


def read_seconds(number: float) -> str | None:
    """Return the time that a number of seconds, or of thousandths of them, since 1970 names."""
    if not FIRST_SECOND <= number <= LAST_SECOND * 1000:
        return None
    seconds = number / 1000 if number > LAST_SECOND else number
    if seconds < FIRST_SECOND:
        return None
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(words: str) -> str | None:
    if re.fullmatch(r"\d{4}(?:-\d\d)?", words):
        return words if is_iso_prefix(words) else None
    for form in (_DASHED, _TIGHT):
        found = form.fullmatch(words)
        value = _put_together(found.groupdict()) if found else None
        if value:
            return value
    if call := _DATE_CALL.fullmatch(words):
        return read_seconds(float(call["number"]))
    if _NUMBER.fullmatch(words):
        return read_seconds(float(words))
    return _read_program(words) or _read_mail(words) or _read_printed(words)


def _put_together(part: dict[str, str | None]) -> str | None:
    day = f"{part['year']}-{int(part['month'] or 0):02d}-{int(part['day'] or 0):02d}"
    if not is_iso_prefix(day):
        return None
    if part["hour"] is None:
        return day
    hour, minute, second = int(part["hour"]), int(part["minute"] or 0), part["second"]
    if part["half"]:
        if not 1 <= hour <= 12:
            return day
        hour = hour % 12 + (12 if part["half"][0] in "pP" else 0)
    # "24:00" is the day's last moment, ":60" a second that clocks skip: the day alone is sure.
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return day
    clock = f"{day}T{hour:02d}:{minute:02d}" + (f":{second}" if second else "")
    return clock + _one_zone(part["zone"], part["again"])


def _one_zone(zone: str | None, again: str | None) -> str:
    """Return a zone as ISO writes it; "" where there is none, or where two are said that differ."""
    zones = {_write_zone(one) for one in (zone, again) if one}
    if zone and zone.upper() in ("UTC", "GMT") and again:  # "GMT+0100" is one zone
        zones = {_write_zone(again)}
    if zones == {"Z", "+00:00"}:
        return "Z"
    return zones.pop() or "" if len(zones) == 1 else ""


def _write_zone(zone: str) -> str | None:
    if zone[0] not in "+-":
        return "Z"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}" if digits <= "1400" and digits[2:] < "60" else None


def _read_program(words: str) -> str | None:
    found = _PROGRAM.fullmatch(words)
    year = (found["year"] or found["last"]) if found else None
    if not found or not year:
        return None
    zone = (found["zone"] or "").removeprefix("GMT").removeprefix("UTC")
    signed = zone if zone[:1] in ("+", "-") else "+0000" if found["zone"] in ("GMT", "UTC") else ""
    value = _read_mail(f"{found['day']} {found['month']} {year} {found['clock']} {signed or '-0000'}")
    return value if signed or not value else value[: len("2031-03-11T09:30:00")]


def _read_mail(words: str) -> str | None:
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    value = moment.isoformat() if ":" in words else moment.date().isoformat()
    return value if is_iso_prefix(value) else None


def _read_printed(words: str) -> str | None:
    return next((date.value for date in find_printed_dates(words, start=0, end=len(words))), None)
