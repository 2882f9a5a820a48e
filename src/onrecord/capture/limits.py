"""How much of one page is kept in memory: what is longer is no news page and must not end a night's run."""

import zlib
from collections.abc import Iterator
from typing import Protocol

__all__ = ["MAX_PAYLOAD", "TOO_LONG", "Reader", "gunzip_pieces", "gunzip_whole", "read_up_to"]

MAX_PAYLOAD = 64 << 20
TOO_LONG = (
    f"it is longer than {MAX_PAYLOAD >> 20} MB unpacked, and a page may have no more; it was left out. "
    "If it is an archive of many pages, give it as .warc, .warc.gz, .wet or .mhtml."
)

_PIECE = 1 << 20


class Reader(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int = ..., /) -> bytes: ...


def read_up_to(reader: Reader, limit: int) -> bytes:
    """Return everything there is to read, but no more than `limit` bytes."""
    pieces: list[bytes] = []
    while limit > 0 and (piece := reader.read(min(limit, _PIECE))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


def gunzip_pieces(reader: Reader) -> Iterator[bytes]:
    """Yield gzip members unpacked, a megabyte at a time, so that a few bytes can't fill the memory.

    Raises `zlib.error` at bytes that are not gzip and `EOFError` where the last member is cut off.
    """
    unpacker, packed = zlib.decompressobj(wbits=31), b""
    started = False
    while packed or (packed := reader.read(_PIECE)):
        started = True
        if piece := unpacker.decompress(packed, _PIECE):
            yield piece
        packed = unpacker.unconsumed_tail
        if unpacker.eof:
            packed = unpacker.unused_data
            unpacker, started = zlib.decompressobj(wbits=31), False
            # Some writers fill the last block of a file or tape with zeros.
            if not packed.strip(b"\0"):
                packed = b""
    if started:
        raise EOFError("the gzip stream ends before its end")


def gunzip_whole(reader: Reader, limit: int) -> tuple[bytes, str | None]:
    """Return what gzip bytes unpack to, at most `limit` of it, and what is wrong with them, if anything."""
    unpacked = bytearray()
    try:
        for piece in gunzip_pieces(reader):
            unpacked += piece
            if len(unpacked) >= limit:
                break
    except (zlib.error, EOFError) as fault:
        return bytes(unpacked[:limit]), str(fault)
    return bytes(unpacked[:limit]), None
