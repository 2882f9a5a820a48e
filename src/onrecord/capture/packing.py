"""Packed bytes (gzip, zstd, deflate, brotli) unpacked, never more of them at once than asked for.

A few kilobytes can unpack to gigabytes. Every way of unpacking here takes a limit.
"""

import struct
import sys
import zlib
from collections.abc import Iterator
from typing import Literal, Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = [
    "Dictionary",
    "Faulty",
    "Packing",
    "Reader",
    "Unpacker",
    "inflate",
    "match_packing",
    "new_unpacker",
    "read_dictionary",
    "read_up_to",
    "starts_dictionary",
    "unbrotli",
    "unpack_head",
    "unpack_pieces",
    "unpack_whole",
]

Packing = Literal["gzip", "zstd"]
Dictionary = zstd.ZstdDict
Faulty = (zlib.error, zstd.ZstdError)
"""What an unpacker raises at bytes that do not unpack."""

_GZIP = b"\x1f\x8b"
_FRAME = b"\x28\xb5\x2f\xfd"
# Frames of zstd that a reader skips; archives keep their dictionary in the one of these that ends in 5D.
_SKIPPED = b"\x2a\x4d\x18"
_DICTIONARY = b"\x5d" + _SKIPPED
_MAX_DICTIONARY = 16 << 20
_PIECE = 1 << 20
# Small pieces: at damaged bytes everything goes that was unpacked in the same step.
_STEP = 4096


class Reader(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int = ..., /) -> bytes: ...


class Unpacker(Protocol):
    """Unpacks one packed piece, at most so many bytes a step; `rest` is what it has not taken yet."""

    def step(self, data: bytes, most: int) -> bytes: ...

    @property
    def eof(self) -> bool: ...

    @property
    def rest(self) -> bytes: ...


class _Gunzip:
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    def step(self, data: bytes, most: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, most)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def rest(self) -> bytes:
        return self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail


class _Unzstd:
    def __init__(self, dictionary: Dictionary | None) -> None:
        self._inner = zstd.ZstdDecompressor(zstd_dict=dictionary)

    def step(self, data: bytes, most: int) -> bytes:
        return self._inner.decompress(data, most)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def rest(self) -> bytes:
        if self._inner.eof:
            return self._inner.unused_data
        # What it has taken and not yet given is its own affair; that there is some is what counts.
        return b"" if self._inner.needs_input else b"\0"


def match_packing(head: bytes) -> Packing | None:
    """Tell by its first bytes how something is packed."""
    if head.startswith(_GZIP):
        return "gzip"
    if head.startswith(_FRAME) or (head[1:4] == _SKIPPED and 0x50 <= head[0] <= 0x5F):
        return "zstd"
    return None


def new_unpacker(packing: Packing, dictionary: Dictionary | None = None) -> Unpacker:
    """Return what unpacks one piece: a gzip member or a zstd frame."""
    return _Gunzip() if packing == "gzip" else _Unzstd(dictionary)


def starts_dictionary(head: bytes) -> bool:
    """Tell whether a zstd file begins with the dictionary that its frames were packed with."""
    return head.startswith(_DICTIONARY)


def read_dictionary(head: bytes) -> Dictionary | None:
    """Return the dictionary that the first frame of a zstd archive holds, None if it holds none.

    `head` must begin at the file's first byte. The dictionary may be packed itself.
    """
    if not starts_dictionary(head) or len(head) < 8:
        return None
    (length,) = struct.unpack("<I", head[4:8])
    words = head[8 : 8 + length]
    if len(words) < length:
        return None
    if words.startswith(_FRAME):
        words, _ = unpack_whole(_Bytes(words), "zstd", _MAX_DICTIONARY)
    try:
        dictionary = zstd.ZstdDict(words)
        # A damaged one is found out only where it is used.
        zstd.ZstdDecompressor(zstd_dict=dictionary)
    except (ValueError, zstd.ZstdError):
        return None
    return dictionary


class _Bytes:
    """Bytes to be read once, piece by piece."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = memoryview(data), 0

    def read(self, size: int = _PIECE, /) -> bytes:
        piece = bytes(self._data[self._at : self._at + size])
        self._at += len(piece)
        return piece


def read_up_to(reader: Reader, limit: int) -> bytes:
    """Return everything there is to read, but no more than `limit` bytes."""
    pieces: list[bytes] = []
    while limit > 0 and (piece := reader.read(min(limit, _PIECE))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)


def unpack_pieces(reader: Reader, packing: Packing) -> Iterator[bytes]:
    """Yield what packed bytes hold, a megabyte at the most at a time.

    Raises one of `Faulty` at bytes that do not unpack and `EOFError` where the last piece is cut off.
    """
    unpacker, data = new_unpacker(packing), b""
    begun = False
    while True:
        if not data and not (begun and unpacker.rest):
            data = reader.read(_STEP)
            if not data:
                break
        # Some writers fill the last block of a file or tape with zeros.
        if not begun and not data.strip(b"\0"):
            data = b""
            continue
        begun = True
        if piece := unpacker.step(data, _PIECE):
            yield piece
        data = b""
        if unpacker.eof:
            data = unpacker.rest
            unpacker, begun = new_unpacker(packing), False
    if begun:
        raise EOFError("the packed bytes end before their end")


def unpack_whole(reader: Reader | bytes, packing: Packing, limit: int) -> tuple[bytes, str | None]:
    """Return what packed bytes hold, at most `limit` of it, and what is wrong with them, if anything."""
    unpacked = bytearray()
    try:
        for piece in unpack_pieces(_Bytes(reader) if isinstance(reader, bytes) else reader, packing):
            unpacked += piece
            if len(unpacked) >= limit:
                break
    except (*Faulty, EOFError) as fault:
        return bytes(unpacked[:limit]), str(fault)
    return bytes(unpacked[:limit]), None


def unpack_head(head: bytes, size: int, dictionary: Dictionary | None = None) -> bytes:
    """Return the first unpacked bytes of a packed piece's first bytes, as far as they go; b"" if none."""
    packing = match_packing(head)
    if packing is None:
        return b""
    try:
        while packing == "zstd" and head[1:4] == _SKIPPED:
            (length,) = struct.unpack("<I", head[4:8])
            head = head[8 + length :]
        return new_unpacker(packing, dictionary).step(head, size)
    except (*Faulty, struct.error):
        return b""


def inflate(body: bytes, limit: int) -> tuple[bytes, str | None]:
    """Undo "deflate", which servers send with and without its two leading bytes."""
    trouble: str | None = None
    for wbits in (15, -15):
        unpacker = zlib.decompressobj(wbits)
        try:
            return unpacker.decompress(body, limit), None
        except zlib.error as fault:
            trouble = str(fault)
    return b"", trouble


def unbrotli(body: bytes, limit: int) -> tuple[bytes, str | None]:
    """Undo brotli, at most `limit` bytes of it."""
    unpacker, unpacked = brotli.Decompressor(), bytearray()
    data = body
    try:
        while len(unpacked) < limit and not unpacker.is_finished():
            piece = unpacker.process(data, output_buffer_limit=_PIECE)
            data = b""
            unpacked += piece
            if not piece and unpacker.can_accept_more_data():
                return bytes(unpacked[:limit]), "the packed bytes end before their end"
    except brotli.error as fault:
        return bytes(unpacked[:limit]), str(fault) or "brotli"
    return bytes(unpacked[:limit]), None
