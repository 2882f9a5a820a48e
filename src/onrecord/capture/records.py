"""The records of a web archive (WARC, WET, ARC), and where the archive is cut off or damaged.

A record that can't be read costs itself and no other: reading goes on at the next one that can be found, and
the gap is a value among the records.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from onrecord.capture.heads import RecordHead, read_head
from onrecord.capture.limits import MAX_PAYLOAD
from onrecord.capture.members import Broken, Members
from onrecord.capture.packing import Dictionary, read_dictionary, starts_dictionary
from onrecord.capture.starts import find_start

__all__ = ["Gap", "Record", "read_record_at", "read_records"]

_SHORT = "a record is not as long as its head says"
_INSIDE = re.compile(rb"\r?\n\r?\nWARC/\d\.\d{1,3}\r?\n", re.IGNORECASE)
# A file that breaks again and again without one good record between is no archive worth searching further.
_MAX_BREAKS = 1000
_MAX_DICTIONARY = 16 << 20
_DICTIONARY_HEAD = 8
# Two of them close a record.
_LINE_ENDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record. `offset` is the byte where it starts, None where it starts inside a compressed piece.

    `block` is one byte longer than a page may be where the record is too long; `joined` says that it was put
    together from several.
    """

    number: int
    offset: int | None
    type: str
    headers: dict[str, str]
    block: bytes
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Bytes that can't be read as records: after the record at `after`, up to the one at `until`.

    `until` is None when no further record was found; `cut` says that the file ends in the middle of a record.
    """

    after: int
    until: int | None
    cut: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Break:
    """Where a run of records broke off, and from where on to look for the next one."""

    gap: Gap
    search: int


def read_records(stream: BinaryIO, size: int) -> Iterator[Record | Gap]:
    """Yield the whole records of an archive in their order, and every place where it is broken.

    The stream must be seekable; `size` is its length. A record that the file's end cuts is left out.
    """
    dictionary = _find_dictionary(stream)
    start: int | None = 0
    number, breaks = 0, 0
    gap: Gap | None = None
    while start is not None:
        broken: _Break | None = None
        for item in _read_run(stream, start, size, dictionary):
            if isinstance(item, _Break):
                broken = item
                continue
            if gap:
                yield replace(gap, until=start, cut=False)
            gap, breaks, number = None, 0, number + 1
            yield replace(item, number=number)
        if broken is None:
            return
        gap, breaks = gap or broken.gap, breaks + 1
        # A break always moves the search on, so that no file can keep us for ever.
        search = max(broken.search, start + 1)
        start = None if breaks > _MAX_BREAKS else find_start(stream, search, dictionary)
        if start is None and broken.gap.cut:
            gap = replace(gap, cut=True, reason=broken.gap.reason)
    if gap:
        yield gap


def read_record_at(stream: BinaryIO, offset: int, size: int) -> Record | None:
    """Read once more the record that starts at a byte of the archive."""
    run = _read_run(stream, offset, size, _find_dictionary(stream))
    item = next(run, None)
    return item if isinstance(item, Record) else None


def _find_dictionary(stream: BinaryIO) -> Dictionary | None:
    stream.seek(0)
    head = stream.read(_DICTIONARY_HEAD)
    return read_dictionary(head + stream.read(_MAX_DICTIONARY)) if starts_dictionary(head) else None


def _read_run(
    stream: BinaryIO, start: int, size: int, dictionary: Dictionary | None
) -> Iterator[Record | _Break]:
    """Yield the records from one place on, up to the file's end or the first fault.

    A record is held back until the next one, or the file's end, shows that it is whole.
    """
    members = Members(stream, start, size, dictionary=dictionary)
    held: Record | None = None
    after = place = start
    closing, piece = _LINE_ENDS, start
    try:
        while members.skip_blank():
            closing = min(closing, members.line_ends) if held else closing
            offset = members.place()
            place = members.member if offset is None else offset
            record = _read_record(members, read_head(members), offset)
            if held:
                yield held
            held = record
            after, piece = place, members.member
        # Where every record has been closed by line ends and the last is not, the file may end too early.
        if held and members.packing is None and members.line_ends < closing and "warc-type" in held.headers:
            raise Broken("the line ends that close its last record are missing", cut=True)
        if held:
            yield held
        return
    except Broken as fault:
        broken = fault
    # A head that says too much makes its record swallow the next ones; then no record follows it.
    swallowed = held is not None and broken.odd and _INSIDE.search(held.block) is not None
    # Only a packed piece's end shows that what came out of it is what went in.
    spoilt = held is not None and broken.member == piece
    if held and not swallowed and not spoilt:
        yield held
    yield _Break(
        gap=Gap(after=after, until=None, cut=broken.cut, reason=broken.reason),
        search=(after if swallowed or spoilt else place) + 1,
    )


def _read_record(members: Members, head: RecordHead, offset: int | None) -> Record:
    members.forget()
    begin = members.position
    block = members.read(min(head.length, MAX_PAYLOAD + 1))
    rest = head.length - len(block)
    got = len(block) + (members.skip(rest) if rest else 0)
    if got < head.length:
        missing = head.length - got
        raise Broken(f"by its own words the last record goes on for {missing:,} bytes more", cut=True)
    # A record whose head says too much has taken the next one into itself.
    if any(block[at : at + 5].upper() == b"WARC/" for at in members.starts_within(begin) if at):
        raise Broken(_SHORT)
    return Record(number=0, offset=offset, type=head.type, headers=head.fields, block=block)
