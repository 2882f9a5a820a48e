"""What do these bytes look like? Names lie: a `.txt` may hold HTML, an `.html` a whole archive."""

import codecs
import re
import zlib
from typing import Literal

__all__ = ["HEAD", "Likeness", "match_head"]

HEAD = 8192
"""As many first bytes as `match_head` wants to see."""

Likeness = Literal["empty", "html", "text", "warc", "gzip", "mhtml", "binary"]

_MAGIC = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"RIFF", b"\x7fELF", b"OggS", b"ID3")
_HTML_FIRST = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|meta|title|article|div|script|style|link)\b",
    re.IGNORECASE | re.DOTALL,
)
_MHTML_FIRST = re.compile(
    rb"\s*(?:From: ?<?Saved by|Snapshot-Content-Location:|MIME-Version:\s*1|Content-Type:\s*multipart/)",
    re.IGNORECASE,
)
_MHTML_LATER = re.compile(rb"^Content-Type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
# Every byte that a text in a one-byte encoding hardly ever holds: controls, but not tab, line ends, form
# feed and escape (ISO-2022-JP shifts with it).
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"


def match_head(head: bytes) -> Likeness:
    """Tell what the first bytes of a file look like."""
    if not head:
        return "empty"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    head = _narrow(head)
    if head.startswith(_MAGIC) or _is_binary(head):
        return "binary"
    if _MHTML_FIRST.match(head) and _MHTML_LATER.search(head):
        return "mhtml"
    if _HTML_FIRST.match(head):
        return "html"
    return "text" if head.strip() else "empty"


def gunzip_head(head: bytes) -> bytes:
    """Return the first unpacked bytes of the first bytes of a gzip file, as far as they go."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, HEAD)
    except zlib.error:
        return b""


def _narrow(head: bytes) -> bytes:
    """Take a byte order mark off and make UTF-16 UTF-8, so that one set of patterns will do."""
    if head.startswith(codecs.BOM_UTF8):
        return head[3:]
    for encoding, mark in (("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)):
        if head.startswith(mark):
            return head[2:].decode(encoding, "ignore").encode()
    # UTF-16 of a western text without a mark: every other byte is zero.
    half = len(head) // 2
    if half >= 8 and head[1::2].count(0) > 0.7 * half and head[::2].count(0) < 0.1 * half:
        return head.decode("utf-16-le", "ignore").encode()
    if half >= 8 and head[::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return head.decode("utf-16-be", "ignore").encode()
    return head


def _is_binary(head: bytes) -> bool:
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > 0.02 * len(head) + 1
