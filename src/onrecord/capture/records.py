"""The records of a web archive (WARC, WET), and where the archive is cut off or damaged.

FastWARC reads the records. It ends without a word where a file was cut off, and stops for good at a damaged
record; here both become values, and reading goes on at the next record that can be found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord

from onrecord.capture.ends import check_end, find_start, is_lf_only, starts_gzip
from onrecord.capture.limits import MAX_PAYLOAD, read_up_to

__all__ = ["Gap", "Record", "read_records"]

_SHORT = "a record is not as long as its head says"
_INSIDE = re.compile(rb"\r?\n\r?\nWARC/1\.\d\r?\n")
# A file that breaks again and again without one good record between is no archive worth searching further.
_MAX_BREAKS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record. `offset` is the byte where it starts, None where it starts inside a compressed piece.

    `block` is one byte longer than a page may be where the record is too long; `whole` says that it is as
    long as its head says.
    """

    number: int
    offset: int | None
    type: str
    headers: dict[str, str]
    block: bytes
    whole: bool


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
    start: int | None = 0
    number, breaks = 0, 0
    gap: Gap | None = None
    while start is not None:
        broken: _Break | None = None
        for item in _read_run(stream, start, size):
            if isinstance(item, _Break):
                broken = item
                continue
            if gap:
                yield replace(gap, until=start)
            gap, breaks, number = None, 0, number + 1
            yield replace(item, number=number)
        if broken is None:
            return
        gap, breaks = gap or broken.gap, breaks + 1
        if broken.gap.cut:
            gap = replace(gap, cut=True, reason=broken.gap.reason)
        # A break always moves the search on, so that no file can keep us for ever.
        search = max(broken.search, start + 1)
        start = None if broken.gap.cut or breaks > _MAX_BREAKS else find_start(stream, search)
    if gap:
        yield gap


def _read_run(stream: BinaryIO, start: int, size: int) -> Iterator[Record | _Break]:
    """Yield the records from one place on, up to the file's end or the first fault.

    A record is held back until the next one, or the file's end, shows that it is whole.
    """
    held: Record | None = None
    place, fault = start, None
    for found in _find_records(stream, start):
        if isinstance(found, str) or (held and not held.whole):
            fault = found if isinstance(found, str) else _SHORT
            break
        if held:
            yield held
        held = found
        place = start if found.offset is None else found.offset
    end, reason = check_end(stream, place, size)
    swallowed = held is not None and _INSIDE.search(held.block) is not None
    if held and held.whole and not (fault and swallowed):
        yield held
    if end == "well" and (held is None or held.whole):
        return
    cut = end == "cut" and not swallowed
    yield _Break(
        gap=Gap(after=place, until=None, cut=cut, reason=fault or reason or _SHORT), search=place + 1
    )


def _find_records(stream: BinaryIO, start: int) -> Iterator[Record | str]:
    """Yield what FastWARC finds; its exception comes last, as a string."""
    packed, before = starts_gzip(stream, start), -1
    # Some hand-made archives end their lines with LF alone. FastWARC reads them when told, but then
    # overlooks damage.
    quirks = is_lf_only(stream, start)
    stream.seek(start)
    try:
        for found in ArchiveIterator(stream, parse_http=False, quirks_mode=quirks):
            place = found.stream_pos
            # In an archive compressed as one piece FastWARC knows no place for any record but the first.
            known = not packed or (place > before and starts_gzip(stream, place))
            before = place
            yield _read_record(found, place if known else None)
    except OSError as fault:
        yield str(fault)


def _read_record(found: WarcRecord, offset: int | None) -> Record:
    block = read_up_to(found.reader, MAX_PAYLOAD + 1)
    got = len(block) + found.reader.consume()
    headers = {name.lower(): value for name, value in found.headers.items()}
    said = headers.get("content-length", "")
    return Record(
        number=0,
        offset=offset,
        type=str(found.record_type),
        headers=headers,
        block=block,
        whole=said.isdecimal() and int(said) == got,
    )
