"""When a page was saved or published, as ISO 8601 with the precision that it was given."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from onrecord.errors import BadRequest

__all__ = ["check_iso", "match_iso", "read_mail_date", "read_script_date"]

_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?)?)?",
    re.ASCII,  # The figures of other scripts are no ISO 8601.
)
# As JavaScript's Date prints itself: "Fri Nov 11 2022 16:07:00 GMT+0200 (Eastern European Standard Time)".
_SCRIPT = re.compile(r"\w{3} (\w{3} \d{1,2} \d{4} \d{2}:\d{2}:\d{2}) GMT([+-]\d{4})")


def match_iso(text: str | None) -> str | None:
    """Return the text if it is an ISO 8601 date, time, month or year that the calendar has, else None."""
    match = _ISO.fullmatch(text.strip()) if text else None
    if match is None:
        return None
    year, month, day, clock, zone = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
        if clock:
            datetime.fromisoformat(f"2000-01-01T{clock}{zone or ''}")
    except ValueError:
        return None
    return match.group().replace(" ", "T")


def check_iso(text: str | None, name: str) -> str | None:
    """Return a date that the caller gave, None if they gave none; an impossible one is refused.

    "2022-11" is a good date: it means the month and claims no more.
    """
    if text is None:
        return None
    if (good := match_iso(text)) is None:
        raise BadRequest(
            f"{name} is {text!r}, which is no date that Onrecord knows; write as much of it as you know: "
            "2022, 2022-11, 2022-11-11 or 2022-11-11T16:07:00+02:00."
        )
    return good


def read_script_date(text: str) -> str | None:
    """Return the ISO form of a time as a browser's script prints it, or of one that is ISO already."""
    if (match := _SCRIPT.match(text.strip())) is None:
        return match_iso(text)
    try:
        moment = datetime.strptime(" ".join(match.groups()), "%b %d %Y %H:%M:%S %z")
    except ValueError:
        return None
    return _iso(moment)


def read_mail_date(text: str | None) -> str | None:
    """Return the ISO form of a time as mail and HTTP write it: "Fri, 11 Nov 2022 14:07:00 GMT"."""
    try:
        moment = parsedate_to_datetime(text or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # "-0000" means: in universal time, the writer's zone not given. Python makes it a time without a zone.
    return _iso(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
