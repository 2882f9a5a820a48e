"""Members of zip files, unpacked up to a bound: a few bytes may unpack to more than any disk holds."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from onrecord.documents.values import DocumentFault

__all__ = ["MAX_MEMBER", "open_zip", "read_member"]

MAX_MEMBER = 128 << 20
"""So many bytes a member may have unpacked: an export of 5,000 articles has about 60 MB."""

_PIECE = 1 << 20
FAULTS = (BadZipFile, EOFError, OSError, zlib.error, NotImplementedError, RuntimeError, ValueError, KeyError)


def open_zip(payload: bytes) -> ZipFile:
    """Open a zip file, or say what is wrong with it."""
    try:
        return ZipFile(BytesIO(payload))
    except FAULTS as fault:
        raise DocumentFault(
            f"the file is damaged or cut off ({fault}); fetch it, or save it from its program, again."
        ) from fault


def read_member(bundle: ZipFile, name: str) -> bytes | None:
    """Return the bytes of a member, None where there is none of that name."""
    if name not in bundle.NameToInfo:
        return None
    if bundle.getinfo(name).flag_bits & 1:
        raise DocumentFault("it is encrypted with a password; save it without one and add it again.")
    unpacked = bytearray()
    try:
        with bundle.open(name) as member:
            while piece := member.read(_PIECE):
                unpacked += piece
                if len(unpacked) > MAX_MEMBER:
                    raise DocumentFault(
                        f"{name} in it is longer than {MAX_MEMBER >> 20} MB unpacked, and may have no more; "
                        "split the document and add the pieces."
                    )
    except FAULTS as fault:
        raise DocumentFault(
            f"the file is damaged or cut off ({name}: {fault}); fetch it, or save it from its program, again."
        ) from fault
    return bytes(unpacked)
