"""What a web server sent: its head, and the page under its transfer and content encodings."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from onrecord.capture.packing import inflate, match_packing, unbrotli, unpack_whole

__all__ = ["Answer", "content_type", "missing_part", "read_answer", "undo_encodings"]

_STATUS = re.compile(rb"\s{0,8}HTTP/\d(?:\.\d)?[ \t]+(\d{3})", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_HEAD = 64 << 10
# "100 Continue" and "103 Early Hints" come before the answer; nobody sends more than one or two.
_MAX_INTERIM = 20
_RANGE = re.compile(r"bytes\s+(\d{1,15})-(\d{1,15})/(\d{1,15}|\*)", re.IGNORECASE)
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]{0,4096})?\r?\n")
# A page packed by its maker and again by its server; more is no page.
_MAX_AGAIN = 2


class Answer(NamedTuple):
    """A server's answer: the status it gave, its headers in lower case, and the bytes that followed."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def read_answer(block: bytes) -> Answer | None:
    """Take a server's answer apart, or return None where the bytes are no such answer.

    Interim answers ("103 Early Hints") come before the one that has the page and are passed over.
    """
    at = 0
    for _ in range(_MAX_INTERIM):
        status = _STATUS.match(block, at)
        blank = _BLANK.search(block, at, at + _HEAD)
        if status is None or blank is None:
            return None
        if not 100 <= int(status[1]) < 200:
            return Answer(int(status[1]), _read_headers(block[at : blank.start()]), block[blank.end() :])
        at = blank.end()
    return None


def _read_headers(head: bytes) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in head.strip().split(b"\n")[1:]:
        name, _, value = line.decode("latin-1").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return headers


def content_type(value: str | None) -> tuple[str | None, str | None]:
    """Return the media type and the charset of a Content-Type line, both in lower case."""
    kind, _, rest = (value or "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", rest, re.IGNORECASE)
    return kind.strip().lower() or None, charset[1].lower() if charset else None


def missing_part(answer: Answer) -> str | None:
    """Say which bytes of a page an answer brings; None where it brings all of them.

    "206 Partial Content" says so itself; of any other the server said beforehand how long it is.
    """
    if answer.status != 206:
        promised = answer.headers.get("content-length", "")
        # A crawler that unpacks a page may keep the head that gives its length as it came.
        packed = "content-encoding" in answer.headers or "transfer-encoding" in answer.headers
        if packed or not promised.isdecimal() or len(promised) > 15 or int(promised) <= len(answer.body):
            return None
        return f"{len(answer.body):,} of {int(promised):,} bytes"
    said = answer.headers.get("content-range", "")
    match = _RANGE.match(said)
    if match and match[3] != "*" and int(match[1]) == 0 and int(match[2]) + 1 == int(match[3]):
        return None
    return said or "it does not say which"


def undo_encodings(answer: Answer, limit: int) -> tuple[bytes, str | None]:
    """Return the page itself, at most `limit` bytes of it, and what was wrong with its packing, if anything.

    Many crawlers store the page unpacked and keep the headers that say it is packed: bytes that don't
    unpack at all are taken as they are. Others pack twice what the headers say is packed once.
    """
    names = [*_names(answer, "content-encoding"), *_names(answer, "transfer-encoding")]
    body, trouble = answer.body, None
    for name in reversed(names):
        unpacked, fault = _undo(name, body, limit)
        if unpacked or not body:
            body, trouble = unpacked, fault or trouble
    for _ in range(_MAX_AGAIN):
        if (packing := match_packing(body[:8])) is None:
            break
        unpacked, fault = unpack_whole(body, packing, limit)
        if not unpacked:
            break
        body, trouble = unpacked, fault or trouble
    return body[:limit], trouble


def _names(answer: Answer, header: str) -> list[str]:
    return [x.strip().lower() for x in answer.headers.get(header, "").split(",") if x.strip()]


def _undo(name: str, body: bytes, limit: int) -> tuple[bytes, str | None]:
    if name in ("gzip", "x-gzip"):
        return unpack_whole(body, "gzip", limit)
    if name == "zstd":
        return unpack_whole(body, "zstd", limit)
    if name == "deflate":
        return inflate(body, limit)
    if name == "br":
        return unbrotli(body, limit)
    if name == "chunked":
        return _join_chunks(body)
    return body, None


def _join_chunks(body: bytes) -> tuple[bytes, str | None]:
    """Join the chunks of an answer; what stands behind a chunk's length and behind the last one goes.

    Nothing comes back where the bytes are no chunks at all.
    """
    parts: list[bytes] = []
    at = 0
    while head := _CHUNK.match(body, at):
        length, start = int(head[1], 16), head.end()
        if length == 0:
            return b"".join(parts), None
        parts.append(body[start : start + length])
        if start + length > len(body):
            return b"".join(parts), "the last of its chunks is not whole"
        at = start + length
        if not parts[1:] and body[at : at + 1] not in (b"\r", b"\n", b""):
            return b"", "no chunks"
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    if not parts:
        return b"", "no chunks"
    if at < len(body):
        parts.append(body[at:])
    return b"".join(parts), "its last chunk is missing" if at >= len(body) else "bytes between its chunks"
