"""What a web server sent: its head, and the page under its transfer and content encodings."""

import re
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import NamedTuple

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

from onrecord.capture.limits import gunzip_whole, read_up_to

__all__ = ["Answer", "content_type", "read_answer", "undo_encodings"]

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_BLANK = re.compile(rb"\r?\n\r?\n")
_HEAD = 64 << 10


class Answer(NamedTuple):
    """A server's answer: the status it gave, its headers in lower case, and the bytes that followed."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def read_answer(block: bytes) -> Answer | None:
    """Take a server's answer apart, or return None where the bytes are no such answer."""
    status = _STATUS.match(block)
    blank = _BLANK.search(block, 0, _HEAD)
    if status is None or blank is None:
        return None
    headers: dict[str, str] = {}
    for line in block[: blank.start()].split(b"\n")[1:]:
        name, _, value = line.decode("latin-1").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return Answer(int(status[1]), headers, block[blank.end() :])


def content_type(value: str | None) -> tuple[str | None, str | None]:
    """Return the media type and the charset of a Content-Type line, both in lower case."""
    kind, _, rest = (value or "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", rest, re.IGNORECASE)
    return kind.strip().lower() or None, charset[1].lower() if charset else None


def undo_encodings(answer: Answer, limit: int) -> tuple[bytes, str | None]:
    """Return the page itself, at most `limit` bytes of it, and what was wrong with its packing, if anything.

    Many crawlers store the page unpacked and keep the headers that say it is packed: bytes that don't
    unpack at all are taken as they are.
    """
    names = [*_names(answer, "content-encoding"), *_names(answer, "transfer-encoding")]
    body, trouble = answer.body, None
    for name in reversed(names):
        unpacked, fault = _undo(name, body, limit)
        if unpacked or not body:
            body, trouble = unpacked, fault or trouble
    return body[:limit], trouble


def _names(answer: Answer, header: str) -> list[str]:
    return [x.strip().lower() for x in answer.headers.get(header, "").split(",") if x.strip()]


def _undo(name: str, body: bytes, limit: int) -> tuple[bytes, str | None]:
    try:
        if name in ("gzip", "x-gzip"):
            return gunzip_whole(BytesIO(body), limit)
        if name == "deflate":
            return _inflate(body, limit)
        if name == "br":
            return read_up_to(BrotliReader(BytesIO(body)), limit), None
        if name == "zstd":
            return read_up_to(ZstdReader(BytesIO(body)), limit), None
        if name == "chunked":
            return read_up_to(ChunkedReader(BytesIO(body)), limit), None
    except (OSError, ValueError) as fault:
        return b"", str(fault)
    return body, None


def _inflate(body: bytes, limit: int) -> tuple[bytes, str | None]:
    """Undo "deflate", which servers send with and without its two leading bytes."""
    for wbits in (15, -15):
        unpacker = zlib.decompressobj(wbits)
        try:
            return unpacker.decompress(body, limit), None
        except zlib.error as fault:
            trouble = str(fault)
    return b"", trouble
