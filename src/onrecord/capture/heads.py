"""The head of a record in a web archive: of WARC and WET, and of their forerunner ARC.

    WARC/1.0                                https://lantern.example/a 192.0.2.7 20310312080000 text/html 1482
    WARC-Type: response
    WARC-Target-URI: https://lantern.example/a
    Content-Length: 1482

Names of fields have no case, and neither has the type of a record.
"""

import re
from dataclasses import dataclass, field, replace

from onrecord.capture.members import Broken, Members
from onrecord.capture.times import match_iso

__all__ = ["ARC_LINE", "VERSION", "RecordHead", "is_record_start", "read_head"]

VERSION = re.compile(rb"WARC/\d\.\d{1,3}[ \t]*\r?\n", re.IGNORECASE)
# Address, the server's number, 14 figures for the time, media type, in the second version six more fields,
# and the length. Addresses were not always escaped: they may have spaces.
ARC_LINE = re.compile(
    rb"([a-z][a-z0-9+.-]{1,30}:[^\r\n]{0,8000}) (?:\d[\d.]{6,14}|[0-9a-f:]{2,40}|-) (\d{8,17}) "
    rb"([^\s]{1,200})(?: [^\r\n]{1,2000})? (\d{1,15})[ \t]*\r?\n",
    re.IGNORECASE,
)
_ARC_NEXT = re.compile(
    rb"\n(?=[a-z][a-z0-9+.-]{1,30}:[^\n]{0,8000} \d{8,17} [^\n]{0,2000}\d[ \t]*\r?\n)", re.IGNORECASE
)
_MAX_HEAD = 256 << 10
_MAX_LINE = 10 << 10
# How far a first record goes on behind its end, at the most.
_SLACK = 40
_LF_BLANK = (b"\n", b"\r\n")
_CUT = "it ends inside the head of a record"
_ODD = "bytes that are no record"


@dataclass(frozen=True, slots=True)
class RecordHead:
    """What stands before a record's block: its type and fields, names in lower case, and how long it is."""

    type: str
    length: int
    fields: dict[str, str] = field(default_factory=dict)


def is_record_start(head: bytes) -> bool:
    """Tell a record's start from bytes that merely look like one."""
    if VERSION.match(head):
        return re.search(rb"^WARC-Type[ \t]*:", head, re.IGNORECASE | re.MULTILINE) is not None
    return ARC_LINE.match(head) is not None


def read_head(members: Members) -> RecordHead:
    """Read the head that comes next. Raises `Broken` where there is none or half of one."""
    line = members.read_line(_MAX_HEAD)
    if arc := ARC_LINE.fullmatch(line):
        head = _arc_head(arc)
        return head if head.type == "response" else replace(head, length=_file_length(members, head.length))
    if not line.endswith(b"\n"):
        raise Broken(_CUT, cut=True) if _begins_head(line) else Broken(_ODD, odd=True)
    if not VERSION.fullmatch(line):
        raise Broken(_ODD, odd=True)
    fields = _read_fields(members)
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdecimal() and len(length) < 25):
        raise Broken("a record's head does not say how long it is")
    return RecordHead(fields.get("warc-type", "").lower(), int(length), fields)


def _read_fields(members: Members) -> dict[str, str]:
    fields: dict[str, str] = {}
    have, name = 0, ""
    while (line := members.read_line(_MAX_HEAD)) not in _LF_BLANK:
        have += len(line)
        if not line.endswith(b"\n") or have > _MAX_HEAD:
            raise Broken(_CUT, cut=True) if have <= _MAX_HEAD else Broken(_ODD, odd=True)
        words = line.decode("utf-8", "replace")
        if words[0] in " \t" and name:
            # A long value may go on on the next line.
            fields[name] += " " + words.strip()
            continue
        name, colon, value = words.partition(":")
        name = name.strip().lower()
        if colon:
            fields.setdefault(name, value.strip())
    return fields


def _begins_head(line: bytes) -> bool:
    """Tell whether the file's last bytes may be the beginning of a head."""
    return b"WARC/1.".startswith(line[:7].upper()) or re.match(rb"[a-z][a-z0-9+.-]{1,30}:", line) is not None


def _arc_head(arc: re.Match[bytes]) -> RecordHead:
    uri, when, kind, length = (part.decode("utf-8", "replace") for part in arc.groups())
    # The fields that WARC has for the same, so that nobody behind this need know of ARC.
    fields = {"warc-target-uri": uri, "arc-content-type": kind}
    if date := _arc_date(when):
        fields["warc-date"] = date
    # The first record of an ARC file tells of the file.
    return RecordHead("warcinfo" if uri.lower().startswith("filedesc:") else "response", int(length), fields)


def _file_length(members: Members, said: int) -> int:
    """Return how long the first record of an ARC file is, whose head often says something else."""
    following = _ARC_NEXT.search(members.peek_some(min(said, _MAX_HEAD) + _MAX_LINE))
    return following.end() if following and following.end() <= said + _SLACK else said


def _arc_date(figures: str) -> str | None:
    """Return an ARC's "20310312080000" as a time in universal time, a shorter one as the day."""
    day = f"{figures[:4]}-{figures[4:6]}-{figures[6:8]}"
    if len(figures) < 14:
        return match_iso(day)
    return match_iso(f"{day}T{figures[8:10]}:{figures[10:12]}:{figures[12:14]}Z") or match_iso(day)
