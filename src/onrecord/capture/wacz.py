"""WACZ: web archives with their index in one zip file, as browsers' archiving tools save them.

Several of them may lie in one more (a multi-WACZ).
"""

import json
import struct
import zlib
from collections.abc import Callable, Iterator
from io import SEEK_END, SEEK_SET, RawIOBase
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from onrecord.capture.sniff import HEAD, match_head, match_packed
from onrecord.types import Capture, Problem

__all__ = ["read_wacz"]

Found = Iterator[Capture | Problem]
_ENDINGS = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz", ".wacz")
_FAULTS = (BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError, struct.error)
_MAX_MEMBERS = 100_000
_MAX_JSON = 1 << 20
# The end of a zip file and the longest remark behind it.
_MAX_END = 22 + 0xFFFF
_PIECE = 1 << 20


class _Window(RawIOBase):
    """A stretch of a file as a file of its own: a member that lies in a zip file as it is."""

    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._stream, self._start, self._size, self._at = stream, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        self._at = offset if whence == SEEK_SET else (self._size if whence == SEEK_END else self._at) + offset
        return self._at

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._size - self._at)
        self._stream.seek(self._start + self._at)
        piece = self._stream.read(left if size < 0 else min(size, left))
        self._at += len(piece)
        return piece


def read_wacz(
    stream: BinaryIO, place: str, read: Callable[[BinaryIO, int, str, str], Found], *, named: bool
) -> Found:
    """Yield the pages of all web archives in a WACZ file; `read` reads each of them.

    `named` says that the file's name calls it a WACZ file; another zip file may be one too.
    """
    kind = "WACZ" if named else "zip"
    try:
        with ZipFile(stream) as bundle:
            members = [one for one in bundle.infolist()[:_MAX_MEMBERS] if not one.is_dir()]
            if (said := _count_members(stream)) not in (None, len(bundle.infolist())):
                message = (
                    f"the index of this {kind} file is damaged: it should name {said:,} members and names "
                    f"{len(bundle.infolist()):,}. Those were read. Fetch it again and add it again."
                )
                yield Problem(stage="capture", place=place, message=message)
            archives = 0
            for member in sorted(members, key=lambda one: one.filename):
                for item in _read_member(stream, bundle, member, place, read):
                    archives += 1
                    yield item
                archives += _is_archive(stream, member)
            if not archives:
                yield Problem(stage="capture", place=place, message=_say_empty(bundle, kind))
    except _FAULTS as fault:
        message = (
            f"the {kind} file is damaged or cut off ({fault}); nothing more of it can be read. "
            "Fetch it again and add it again."
        )
        yield Problem(stage="capture", place=place, message=message)


def _count_members(stream: BinaryIO) -> int | None:
    """Return how many members a zip file says that it has; None where they are more than it can say."""
    end = stream.seek(0, SEEK_END)
    stream.seek(max(0, end - _MAX_END))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 12:
        return None
    (said,) = struct.unpack("<H", tail[at + 10 : at + 12])
    return None if said == 0xFFFF else int(said)


def _read_member(
    stream: BinaryIO,
    bundle: ZipFile,
    member: ZipInfo,
    place: str,
    read: Callable[[BinaryIO, int, str, str], Found],
) -> Found:
    """Yield what one member holds, if it is an archive; damage to it is none to the others."""
    name = member.filename
    where = f"{place}#{name}"
    if not name.lower().endswith(_ENDINGS) and not _is_archive(stream, member):
        return
    if member.flag_bits & 1:
        yield Problem(stage="capture", place=where, message=_LOCKED)
        return
    # The standard has archives stored as they are. One packed again could unpack to fill the disk.
    if member.compress_type != ZIP_STORED:
        message = (
            "this archive was compressed once more inside its WACZ file, which WACZ forbids; it was left "
            "out. Unpack the file and add the folder."
        )
        yield Problem(stage="capture", place=where, message=message)
        return
    try:
        window = _open(stream, member)
    except _FAULTS as fault:
        message = (
            f"this archive can't be found in its WACZ file ({fault}). Fetch the file again and add it again."
        )
        yield Problem(stage="capture", place=where, message=message)
        return
    if _checksum(window) != member.CRC:
        message = (
            "this archive was damaged inside its WACZ file (its checksum is another); what can be read of it "
            "was read. Fetch the file again and add it again."
        )
        yield Problem(stage="capture", place=where, message=message)
    window.seek(0)
    yield from read(cast(BinaryIO, window), member.file_size, where, PurePosixPath(name.lower()).name)


_LOCKED = "this archive is encrypted in its WACZ file; it was left out. Unpack the file and add the folder."


def _open(stream: BinaryIO, member: ZipInfo) -> _Window:
    """Return the bytes of a stored member as a file of their own, without copying them."""
    stream.seek(member.header_offset)
    head = stream.read(30)
    if head[:4] != b"PK\x03\x04" or len(head) < 30:
        raise BadZipFile("no member starts where its index says")
    name, extra = struct.unpack("<HH", head[26:30])
    return _Window(stream, member.header_offset + 30 + name + extra, member.file_size)


def _is_archive(stream: BinaryIO, member: ZipInfo) -> bool:
    """Tell an archive by its first bytes, whatever its name is."""
    if member.filename.lower().endswith(_ENDINGS):
        return True
    if member.compress_type != ZIP_STORED or member.flag_bits & 1:
        return False
    try:
        head = _open(stream, member).read(HEAD)
    except _FAULTS:
        return False
    likeness = match_head(head)
    return (match_packed(head) if likeness == "packed" else likeness) in ("warc", "arc")


def _checksum(window: _Window) -> int:
    found = 0
    while piece := window.read(_PIECE):
        found = zlib.crc32(piece, found)
    return found


def _say_empty(bundle: ZipFile, kind: str) -> str:
    """Say that a file holds no archive, and which others it names."""
    if kind == "zip":
        return (
            "this is a zip file without a web archive in it; nothing was read. Unpack it and add the folder."
        )
    others = _named_elsewhere(bundle)
    if others:
        return (
            "this WACZ file holds no web archive and names others: "
            f"{', '.join(others[:5])}{' ...' if len(others) > 5 else ''}. Nothing was read. Add those."
        )
    return "there is no web archive in this WACZ file (archive/*.warc.gz); nothing was read."


def _named_elsewhere(bundle: ZipFile) -> list[str]:
    try:
        with bundle.open("datapackage.json") as file:
            told = json.loads(file.read(_MAX_JSON))
        paths = [one.get("path") for one in told.get("resources", ())]
    except (*_FAULTS, KeyError, AttributeError, TypeError, RecursionError):
        return []
    return [path for path in paths if isinstance(path, str) and path.lower().endswith(".wacz")]
