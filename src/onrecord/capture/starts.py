"""Where does the next record of a damaged archive start?"""

import re
from typing import BinaryIO

from onrecord.capture.heads import is_record_start
from onrecord.capture.packing import Dictionary, match_packing, unpack_head

__all__ = ["find_start"]

_PIECE = 1 << 20
_HEAD = 1024
_OVERLAP = 16
# What may start a record: its own first line behind an empty one, or a packed piece.
_RECORD = re.compile(
    rb"(?<=\n\n)WARC/\d\.\d|(?<=\r\n\r\n)WARC/\d\.\d|(?<=\n)(?:https?|ftp|dns|filedesc):|\x1f\x8b\x08|\x28\xb5\x2f\xfd",
    re.IGNORECASE,
)
# Each is unpacked or matched in vain; more than so many false ones are no accident.
_MAX_TRIES = 100_000


def find_start(stream: BinaryIO, offset: int, dictionary: Dictionary | None = None) -> int | None:
    """Return where the next record starts, at `offset` or later, or None."""
    tries = 0
    stream.seek(max(0, offset - 4))
    where = stream.tell()
    window = stream.read(_PIECE)
    while window:
        for match in _RECORD.finditer(window):
            found = where + match.start()
            if found < offset:
                continue
            tries += 1
            if _is_start(stream, found, dictionary):
                return found
            if tries > _MAX_TRIES:
                return None
        stream.seek(where + len(window))
        more = stream.read(_PIECE)
        where += max(0, len(window) - _OVERLAP)
        window = window[-_OVERLAP:] + more if more else b""
    return None


def _is_start(stream: BinaryIO, offset: int, dictionary: Dictionary | None) -> bool:
    """Tell a record's start from bytes that merely look like one."""
    stream.seek(offset)
    head = stream.read(_HEAD)
    return is_record_start(unpack_head(head, _HEAD, dictionary) if match_packing(head) else head)
