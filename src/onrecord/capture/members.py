"""The bytes of a web archive in one row, whatever they are packed in, and where each packed piece starts.

An archive is packed not at all, as one piece, or, as the standards have it, each record as a piece of its own
(a member of gzip, a frame of zstd), so that a record can be named by the byte where its piece starts.
"""

from collections import deque
from typing import BinaryIO

from onrecord.capture.packing import Dictionary, Faulty, Unpacker, match_packing, new_unpacker

__all__ = ["Broken", "Members"]

_PIECE = 1 << 16
_STEP = 4096
_ZERO_CODES = b"\0"


class Broken(Exception):
    """Bytes that are no record; `cut` says that the file ends too early, `odd` that something else stands
    where a record should start, `member` is the packed piece that does not unpack."""

    def __init__(
        self, reason: str, *, cut: bool = False, odd: bool = False, member: int | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.cut = cut
        self.odd = odd
        self.member = member


class Members:
    """Reads an archive from one byte of its file on, unpacked, from front to back."""

    def __init__(
        self, stream: BinaryIO, start: int, size: int, *, dictionary: Dictionary | None = None
    ) -> None:
        self._stream, self._next, self._size = stream, start, size
        self._dictionary = dictionary
        stream.seek(start)
        self.packing = match_packing(stream.read(8))
        self._start = start
        self._unpacker: Unpacker | None = None
        self._piece = start
        self._data = b""
        self._buffer = bytearray()
        self._begin = 0
        self._fault: Broken | None = None
        self.position = 0
        """How many unpacked bytes were read."""
        self.line_ends = 0
        self._starts: deque[tuple[int, int]] = deque()
        self.member = start
        """Where the packed piece starts from which the last byte was read."""

    def peek(self, size: int) -> bytes:
        """Return the next bytes without reading them; fewer at the end. Raises `Broken`."""
        while len(self._buffer) - self._begin < size and self._fill():
            pass
        return bytes(self._buffer[self._begin : self._begin + size])

    def peek_some(self, size: int) -> bytes:
        """Return the next bytes as far as they can be had."""
        try:
            return self.peek(size)
        except Broken:
            return bytes(self._buffer[self._begin : self._begin + size])

    def read(self, size: int) -> bytes:
        """Return the next bytes, fewer only at the end. Raises `Broken`; what stood before it is lost."""
        found = self.peek(size)
        self._advance(len(found))
        return found

    def skip(self, size: int) -> int:
        """Pass over so many bytes; return how many there were."""
        left = size
        while left and (found := self.read(min(left, _PIECE))):
            left -= len(found)
        return size - left

    def skip_blank(self) -> bool:
        """Pass over line ends, and the zeros that fill a block; tell whether anything comes after them.

        `line_ends` is how many there were.
        """
        self.line_ends = 0
        while self.peek(1):
            # Only what is unpacked already: damage further on is none of this record's.
            found = bytes(self._buffer[self._begin : self._begin + _STEP])
            words = found.lstrip(b"\r\n\0")
            self.line_ends += found[: len(found) - len(words)].count(b"\n")
            self._advance(len(found) - len(words))
            if words:
                return True
        return False

    def read_line(self, limit: int) -> bytes:
        """Return the next line with its end; without one at the file's end, or where it is too long."""
        searched = 0
        while (end := self._buffer.find(b"\n", self._begin + searched, self._begin + limit)) < 0:
            searched = min(limit, len(self._buffer) - self._begin)
            if searched >= limit or not self._fill():
                return self.read(searched)
        return self.read(end + 1 - self._begin)

    def place(self) -> int | None:
        """Return the byte of the file that names what comes next; None inside a packed piece."""
        self.peek(1)
        if self.packing is None:
            return self._start + self.position
        # A frame that holds only a dictionary starts where the first record does; the later one counts.
        return next((file for unpacked, file in reversed(self._starts) if unpacked == self.position), None)

    def starts_within(self, start: int) -> list[int]:
        """Return which of the bytes read since position `start` began a packed piece, counted from there."""
        return [unpacked - start for unpacked, _ in self._starts if start < unpacked <= self.position]

    def forget(self) -> None:
        """Forget the starts of pieces that lie behind."""
        while self._starts and self._starts[0][0] < self.position:
            self._starts.popleft()

    def _advance(self, size: int) -> None:
        self._begin += size
        self.position += size
        if self._begin > _PIECE:
            del self._buffer[: self._begin]
            self._begin = 0
        for unpacked, file in self._starts:
            if unpacked < self.position:
                self.member = file

    def _fill(self) -> bool:
        """Get some more bytes; tell whether there are any."""
        if self._fault:
            raise self._fault
        if self.packing is None:
            return self._fill_plain()
        while True:
            try:
                piece = self._unpack()
            except Broken as fault:
                self._fault = fault
                raise
            if piece is None:
                return False
            if piece:
                self._buffer += piece
                return True

    def _fill_plain(self) -> bool:
        self._stream.seek(self._next)
        piece = self._stream.read(_PIECE)
        self._next += len(piece)
        self._buffer += piece
        return bool(piece)

    def _unpack(self) -> bytes | None:
        """Return the next unpacked bytes, perhaps none; None at the end."""
        if not self._data and not (self._unpacker and self._unpacker.rest):
            self._stream.seek(self._next)
            self._data = self._stream.read(_STEP)
            self._next += len(self._data)
            if not self._data:
                if self._unpacker:
                    raise Broken("its last compressed piece has no end", cut=True)
                return None
        if self._unpacker is None:
            self._data = self._data.lstrip(_ZERO_CODES)
            if not self._data:
                return b""
            if not self._begin_piece():
                raise Broken("bytes that are no record", odd=True)
        assert self._unpacker is not None
        try:
            piece = self._unpacker.step(self._data, _PIECE)
        except (*Faulty, EOFError):
            raise Broken("compressed bytes that do not unpack", member=self._piece) from None
        self._data = b""
        if self._unpacker.eof:
            self._data = self._unpacker.rest
            self._unpacker = None
        return piece

    def _begin_piece(self) -> bool:
        if len(self._data) < 4:
            self._stream.seek(self._next)
            more = self._stream.read(_STEP)
            self._next += len(more)
            self._data += more
        packing = match_packing(self._data)
        if packing is None:
            # A piece of which the file holds a byte or two is cut off, not odd.
            if self._next >= self._size and len(self._data) < 4:
                raise Broken("its last compressed piece has no end", cut=True)
            return False
        self._unpacker = new_unpacker(packing, self._dictionary)
        have = self.position + len(self._buffer) - self._begin
        self._piece = self._next - len(self._data)
        self._starts.append((have, self._piece))
        return True
