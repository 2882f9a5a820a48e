"""Where does a record of an archive end, is the file cut off there, and where does the next one start?"""

import re
import zlib
from typing import BinaryIO, Literal

from onrecord.capture.limits import gunzip_pieces

__all__ = ["End", "check_end", "find_start", "is_lf_only", "starts_gzip"]

End = Literal["well", "cut", "damaged"]

_GZIP = b"\x1f\x8b\x08"
_PIECE = 1 << 20
_HEAD = 64 << 10
_BLANK = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_RECORD = re.compile(rb"(?<=\n\n)WARC/1\.\d\r?\n|(?<=\r\n\r\n)WARC/1\.\d\r?\n|\x1f\x8b\x08")


def starts_gzip(stream: BinaryIO, offset: int) -> bool:
    """Tell whether a compressed piece starts here. The stream's own position does not change."""
    before = stream.tell()
    stream.seek(offset)
    head = stream.read(len(_GZIP))
    stream.seek(before)
    return head == _GZIP


def is_lf_only(stream: BinaryIO, offset: int) -> bool:
    """Tell whether the record that starts here ends its lines with LF alone."""
    head = _read_head(stream, offset)
    return b"\n" in head and b"\r\n" not in head.partition(b"\n\n")[0]


def check_end(stream: BinaryIO, offset: int, size: int) -> tuple[End, str]:
    """Tell how a file ends whose last known record starts at `offset`, and why if not well."""
    if starts_gzip(stream, offset):
        return _check_packed_end(stream, offset)
    stream.seek(offset)
    head = stream.read(_HEAD)
    blank = _BLANK.search(head)
    if blank is None:
        inside = len(head) < _HEAD and b"WARC/1.0".startswith(head[:7])
        return (
            ("cut", "it ends inside the head of a record")
            if inside
            else ("damaged", "bytes that are no record")
        )
    length = _LENGTH.search(head, 0, blank.end())
    # Two line ends close a record, written as the head writes its own.
    end = offset + blank.end() + (int(length[1]) if length else 0) + len(blank.group())
    if end > size:
        return "cut", f"by its own words the last record goes on for {end - size:,} bytes more"
    return _check_tail(stream, end)


def find_start(stream: BinaryIO, offset: int) -> int | None:
    """Return where the next record starts, at `offset` or later, or None."""
    overlap = 16
    stream.seek(max(0, offset - 4))
    where = stream.tell()
    window = stream.read(_PIECE)
    while window:
        for match in _RECORD.finditer(window):
            found = where + match.start()
            if found >= offset and _is_record(stream, found):
                return found
        stream.seek(where + len(window))
        more = stream.read(_PIECE)
        where += max(0, len(window) - overlap)
        window = window[-overlap:] + more if more else b""
    return None


def _is_record(stream: BinaryIO, offset: int) -> bool:
    """Tell a record's start from bytes that merely look like one."""
    head = _read_head(stream, offset)
    return head.startswith(b"WARC/1.") and b"WARC-Type:" in head


def _read_head(stream: BinaryIO, offset: int) -> bytes:
    """Return the first bytes of what starts here, unpacked."""
    stream.seek(offset)
    head = stream.read(1024)
    if head.startswith(_GZIP):
        try:
            return zlib.decompressobj(wbits=31).decompress(head, 1024)
        except zlib.error:
            return b""
    return head


def _check_tail(stream: BinaryIO, end: int) -> tuple[End, str]:
    """Look at what follows the last record: nothing, zeros that fill a block, half a head, rubbish."""
    stream.seek(end)
    first = stream.read(16)
    if b"WARC/1.0".startswith(first.strip(b"\r\n")[:7]) and len(first) < 16 and first.strip(b"\r\n"):
        return "cut", "it ends inside the head of a record"
    while first:
        if first.strip(b"\0\r\n"):
            return "damaged", "bytes that are no record"
        first = stream.read(_PIECE)
    return "well", ""


def _check_packed_end(stream: BinaryIO, offset: int) -> tuple[End, str]:
    stream.seek(offset)
    try:
        for _ in gunzip_pieces(stream):
            pass
    except EOFError:
        return "cut", "its last compressed piece has no end"
    except zlib.error:
        return "damaged", "compressed bytes that do not unpack"
    return "well", ""
