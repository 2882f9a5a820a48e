"""Entries as files for other programs: JSONL, the contract, and CSV, flattened for a spreadsheet."""

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, BinaryIO, Literal, get_args

import msgspec

from onrecord.errors import BadRequest
from onrecord.ledger.records import CommentRecord
from onrecord.types import Entry, EntryPage, Span

__all__ = ["COLUMNS", "FORMATS", "Format", "csv_line", "encode_json", "export_comments", "export_entries"]

Format = Literal["jsonl", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)

# JSON leaves these as they are, yet some terminals obey them (U+009B opens a command) or turn the direction.
_OBEYED = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

# A spreadsheet takes a cell that opens so for a formula, and a formula can read files and call addresses.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

_SPEAKER = ("id", "name", "type", "role")
_SPANS = ("source", "cue", "content", "via", "said_on", "speaker")
_PAGE = tuple(field.name for field in fields(EntryPage))

COLUMNS = (
    *("id", "kind", "polarity", "tier", "confidence", "speaker_confidence"),
    *(f"speaker_{name}" for name in _SPEAKER),
    *("source", "cue", "content", "addressee", "said_on", "said_on_known", "said_on_candidates", "via"),
    *(f"{name}_spans" for name in _SPANS),
    *("prefix", "suffix"),
    *(f"page_{name}" for name in _PAGE),
    *("copy_of", "story", "remark", "review"),
)
"""The columns of the CSV export, in order."""


def encode_json(value: Any) -> bytes:
    """Return a value as JSON whose text no terminal can be commanded by; reading it gives the same value."""
    try:
        text = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # half a surrogate pair, from a file name that is no UTF-8
        text = json.dumps(msgspec.to_builtins(value), separators=(",", ":"))
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def export_entries(entries: Iterable[Entry], format: Format, out: BinaryIO) -> int:
    """Write entries to a file, a statement a line, and return how many there were.

    Reader comments are not statements, so no export holds them.
    """
    if format not in FORMATS:
        raise BadRequest(f"the format asked for is {format!r}; there are {' and '.join(FORMATS)}")
    line = _jsonl_line if format == "jsonl" else _csv_line
    if format == "csv":
        out.write(csv_line(COLUMNS))
    written = 0
    for entry in entries:
        out.write(line(entry))
        written += 1
    return written


def export_comments(comments: Iterable[CommentRecord], out: BinaryIO) -> int:
    """Write readers' comments as JSONL, a comment a line, and return how many there were."""
    written = 0
    for comment in comments:
        out.write(encode_json(comment) + b"\n")
        written += 1
    return written


def _jsonl_line(entry: Entry) -> bytes:
    return encode_json(entry) + b"\n"


def _csv_line(entry: Entry) -> bytes:
    return csv_line(_row(entry))


def csv_line(values: Iterable[object]) -> bytes:
    """Return values as a line of CSV, in cells that a spreadsheet shows and never runs."""
    line = io.StringIO()
    csv.writer(line).writerow(map(_cell, values))
    return line.getvalue().encode("utf-8", "replace")


def _row(entry: Entry) -> list[object]:
    speaker = entry.speaker
    return [
        *(entry.id, entry.kind, entry.polarity, entry.tier, entry.confidence, entry.speaker_confidence),
        *(getattr(speaker, name) if speaker else None for name in _SPEAKER),
        *(entry.source, entry.cue, " … ".join(entry.content), entry.addressee),
        *(entry.said_on, entry.said_on_known, " ".join(entry.said_on_candidates), " < ".join(entry.via)),
        *(_spans(getattr(entry.spans, name)) for name in _SPANS),
        *(entry.prefix, entry.suffix),
        *(_plain(getattr(entry.page, name)) for name in _PAGE),
        *(entry.copy_of, entry.story, entry.remark, entry.review),
    ]


def _plain(value: object) -> object:
    """Return a list of names as one cell: "Ada Brill; Cy Dorn"."""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value


def _spans(spans: tuple[Span, ...]) -> str:
    """Return "10-25 31-40": code points into the page's text of record, half open."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def _cell(value: object) -> str:
    """Return a value as a cell that a spreadsheet shows and never runs: "=1+1" becomes "'=1+1"."""
    text = "" if value is None else _CONTROL.sub(" ", str(value))
    return "'" + text if text.startswith(_FORMULA) else text
