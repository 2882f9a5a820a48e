"""WACZ: web archives with their index in one zip file, as browsers' archiving tools save them."""

import zlib
from collections.abc import Iterator
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from onrecord.capture.archive import read_archive
from onrecord.types import Capture, Problem

__all__ = ["read_wacz"]

_ENDINGS = (".warc", ".warc.gz")


def read_wacz(stream: BinaryIO, place: str) -> Iterator[Capture | Problem]:
    """Yield the pages of all web archives in a WACZ file."""
    try:
        with ZipFile(stream) as bundle:
            names = sorted(x for x in bundle.namelist() if x.startswith("archive/") and x.endswith(_ENDINGS))
            if not names:
                message = "there is no web archive in this WACZ file (archive/*.warc.gz); nothing was read."
                yield Problem(stage="capture", place=place, message=message)
            for name in names:
                yield from _read_member(bundle, name, f"{place}#{name}")
    except (BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError) as fault:
        message = f"the WACZ file is damaged or cut off ({fault}). Fetch it again and add it again."
        yield Problem(stage="capture", place=place, message=message)


def _read_member(bundle: ZipFile, name: str, place: str) -> Iterator[Capture | Problem]:
    member = bundle.getinfo(name)
    # The standard has archives stored as they are. One packed again could unpack to fill the disk.
    if member.compress_type != ZIP_STORED:
        message = (
            "this archive was compressed once more inside its WACZ file, which WACZ forbids; it was left out."
        )
        yield Problem(stage="capture", place=place, message=message)
        return
    with TemporaryFile() as copy:
        with bundle.open(member) as packed:
            copyfileobj(packed, copy)
        size = copy.tell()
        copy.seek(0)
        yield from read_archive(copy, size, place)
