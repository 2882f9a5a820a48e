"""The bytes of every page, in WARC files that any web archive tool reads.

One gzip member a record, so that a record is read from its offset alone. A record is whole on the disk
before the database says a word of it; so the worst that a crash leaves is a torn last member that no row
points to.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import quote, unquote
from uuid import uuid4

from onrecord.documents import bytes_digest, part_of
from onrecord.errors import LedgerDamaged
from onrecord.types import Capture

__all__ = ["WarcPlace", "WarcWriter", "read_payload", "warc_files"]

ROLL_OVER = 1_000_000_000
"""A new file is begun when the last one has so many bytes: archives move files of about a gigabyte."""

_CHUNK = 1 << 16


class WarcPlace(NamedTuple):
    """Where a record lies: the name of its WARC file in the ledger's folder, and its first byte."""

    file: str
    offset: int


class WarcWriter:
    """The open end of a ledger's WARC files. `last` is the furthest record that a row points to."""

    def __init__(self, folder: Path, last: WarcPlace | None, *, roll_over: int = ROLL_OVER) -> None:
        self._folder = folder
        self._roll_over = roll_over
        self._file: IO[bytes] | None = None
        names = [path.name for path in warc_files(folder)]
        self._number = max((_number(name) for name in (*names, *([last.file] if last else []))), default=0)
        if names and _number(names[-1]) == self._number:
            start = last.offset if last and last.file == names[-1] else None
            self._go_on(folder / names[-1], start)

    def append(self, capture: Capture, added_at: str, *, sync: bool = True) -> WarcPlace:
        """Write one capture, wait for the disk (unless the sync comes later), return where it lies."""
        if self._file is None or self._file.tell() >= self._roll_over:
            self._begin_file(added_at)
        assert self._file is not None
        place = WarcPlace(Path(self._file.name).name, self._file.tell())
        self._write(_resource(capture, added_at), sync=sync)
        return place

    def sync(self) -> None:
        """Wait until the disk has everything that was written."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin_file(self, added_at: str) -> None:
        self.sync()
        self.close()
        path = self._folder / f"captures-{self._number + 1:04}.warc.gz"
        self._file = path.open("xb")
        self._number += 1
        self._write(_warcinfo(path.name, added_at), sync=True)
        with suppress(OSError):  # Windows can't sync a folder.
            handle = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _write(self, member: bytes, *, sync: bool) -> None:
        assert self._file is not None
        start = self._file.tell()
        try:
            self._file.write(member)
            self._file.flush()
            if sync:
                os.fsync(self._file.fileno())
        except BaseException:
            # A full disk took a part of the record: without this the next one would follow a torn one.
            path = Path(self._file.name)
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                os.truncate(path, start)
            self._file = path.open("ab")
            raise

    def _go_on(self, path: Path, start: int | None) -> None:
        """Open the last file behind its last whole record, and cut off what a crash left after that.

        Only bytes after the last record with a row are looked at. Whole records without a row (the crash
        came between the record and its row, or the database is an older backup) are kept: they cost little
        and may be the only copy.
        """
        with path.open("rb") as file:
            if start is not None:
                file.seek(start)
                if not _skip_member(file):
                    # The last record with a row is damaged: `verify` says so; new records go into a new
                    # file.
                    return
            end = file.tell()
            while _skip_member(file):
                end = file.tell()
        self._file = path.open("r+b")
        self._file.truncate(end)
        self._file.seek(end)


def warc_files(folder: Path) -> list[Path]:
    """Return the WARC files of a ledger, oldest first."""
    return sorted(
        (p for p in folder.glob("captures-*.warc.gz") if _number(p.name)), key=lambda p: _number(p.name)
    )


def read_payload(folder: Path, place: WarcPlace) -> tuple[dict[str, str], bytes]:
    """Return the headers (names in lower case) and the bytes of one record, or raise `LedgerDamaged`."""
    where = f"{place.file} at byte {place.offset}"
    try:
        with (folder / place.file).open("rb") as file:
            file.seek(place.offset)
            record = b"".join(_member(file))
    except (OSError, zlib.error, EOFError) as why:
        raise LedgerDamaged(f"the record in {where} can't be read: {why}") from why
    head, found, rest = record.partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "replace").split("\r\n")
    if not found or not lines[0].startswith("WARC/"):
        raise LedgerDamaged(f"there is no WARC record in {where}")
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
    }
    length = headers.get("content-length", "")
    if not length.isdecimal() or int(length) > len(rest):
        raise LedgerDamaged(f"the record in {where} is shorter than it says")
    return headers, rest[: int(length)]


def read_header_words(value: str | None) -> str | None:
    """Return a header's words as they were before they were made fit for one line of a WARC header."""
    return None if value is None else unquote(value, errors="replace")


def _number(name: str) -> int:
    digits = name.removeprefix("captures-").removesuffix(".warc.gz")
    return int(digits) if digits.isdecimal() else 0


def _member(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the unpacked bytes of the gzip member that begins here, and leave the file behind it."""
    unpack = zlib.decompressobj(wbits=31)
    while not unpack.eof:
        packed = file.read(_CHUNK)
        if not packed:
            raise EOFError("it ends in the middle")
        yield unpack.decompress(packed)
    file.seek(-len(unpack.unused_data), os.SEEK_CUR)


def _skip_member(file: IO[bytes]) -> bool:
    try:
        for _ in _member(file):
            pass
    except (EOFError, zlib.error):
        return False
    return True


def _resource(capture: Capture, added_at: str) -> bytes:
    """A page is a `resource` record: its bytes, without the HTTP head that a saved file no longer has."""
    charset = f"; charset={quote(capture.charset, safe='')}" if capture.charset else ""
    digest = bytes_digest(capture.payload_digest)
    # Of a file that holds many articles the record is the file's, whichever of them was recorded first.
    part = part_of(capture.payload_digest)
    ours = {
        "Onrecord-Place": capture.place.rpartition("#")[0] if part else capture.place,
        "Onrecord-Captured-At": capture.captured_at,
        "Onrecord-Published": capture.published,
        "Onrecord-Charset": capture.charset,
    }
    address = capture.uri or "urn:" + digest  # The standard wants an address even where nobody knows one.
    return _record(
        {
            "WARC-Type": "resource",
            "WARC-Target-URI": _one_line(address, keep="%"),
            "WARC-Date": _warc_date(capture.captured_at) or added_at,
            "WARC-Payload-Digest": digest,
            "WARC-Block-Digest": digest,
            "Content-Type": capture.media_type + charset,
            **{name: _one_line(value) for name, value in ours.items() if value is not None},
        },
        capture.payload,
    )


def _warcinfo(name: str, added_at: str) -> bytes:
    said = f"software: Onrecord {version('onrecord')}\r\nformat: WARC File Format 1.1\r\n".encode()
    digest = "sha256:" + sha256(said).hexdigest()
    head = {
        "WARC-Type": "warcinfo",
        "WARC-Date": added_at,
        "WARC-Filename": name,
        "WARC-Block-Digest": digest,
    }
    return _record({**head, "Content-Type": "application/warc-fields"}, said)


def _record(headers: dict[str, str], block: bytes) -> bytes:
    headers = {**headers, "WARC-Record-ID": f"<{uuid4().urn}>", "Content-Length": str(len(block))}
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    pack = zlib.compressobj(level=4, wbits=31)  # half the time of 6, for a twentieth more bytes
    return b"".join(
        (pack.compress(head.encode()), pack.compress(block), pack.compress(b"\r\n\r\n"), pack.flush())
    )


def _one_line(words: str, *, keep: str = "") -> str:
    """Make words fit for a header line: "%", control and other odd characters as %XX, the rest as it is."""
    return "".join(
        c if c in keep or (c.isprintable() and c != "%") else quote(c, safe="", errors="replace")
        for c in words
    )


def _warc_date(captured_at: str | None) -> str | None:
    """Return the time of capture as WARC wants it, None when it isn't known to the second and zone."""
    try:
        when = datetime.fromisoformat(captured_at or "")
    except ValueError:
        return None
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when.tzinfo else None
