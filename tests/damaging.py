"""Containers of pages to be cut and spoilt: one of each class, made of the same three pages of our own.

Wherever one of them is damaged, nothing must be raised, and no page go without a word.
"""

import gzip
import hashlib
import plistlib
import struct
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from making_archives import news_page, pack, record

from onrecord.capture import read_captures
from onrecord.types import Capture, Problem

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["CONTAINERS", "Container", "lose", "spoil"]

PAGES = [news_page(number).encode() for number in range(3)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """One class of file that holds pages; `sealed` says that sums in it tell every changed byte of a page.

    `joints` are the places between its records: a file that ends there is a whole file of fewer records.
    """

    name: str
    data: bytes
    pages: frozenset[str]
    sealed: bool
    joints: frozenset[int]


def _records() -> list[bytes]:
    kind = "application/warc-fields"
    made = [record(b"software: made by hand\r\n", kind="warcinfo", uri=None, content_type=kind)]
    for number, page in enumerate(PAGES):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        made.append(
            record(
                block,
                uri=f"https://harbour.example/pump/{number}",
                extra=f"WARC-Block-Digest: sha256:{hashlib.sha256(block).hexdigest()}\r\n",
            )
        )
    return made


def _arc() -> list[bytes]:
    fields = b"1 0 Mill\nURL IP-address Archive-date Content-type Archive-length\n"
    made = [b"filedesc://a.arc 0.0.0.0 20250516093000 text/plain %d\n%s\n" % (len(fields), fields)]
    for number, page in enumerate(PAGES):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        uri = b"https://harbour.example/pump/%d" % number
        made.append(b"%s 192.0.2.7 20250516093000 text/html %d\n%s\n" % (uri, len(block), block))
    return made


def _frames(records: list[bytes]) -> list[bytes]:
    options = {zstd.CompressionParameter.checksum_flag: 1}
    return [zstd.compress(one, options=options) for one in records]


def _frames_with_dictionary(records: list[bytes]) -> list[bytes]:
    samples = [one[start : start + 300] for one in records for start in range(0, len(one), 60)] * 4
    made = zstd.train_dict(samples, 1024)
    first = b"\x5d\x2a\x4d\x18" + struct.pack("<I", len(made.dict_content)) + made.dict_content
    options = {zstd.CompressionParameter.checksum_flag: 1}
    return [first, *(zstd.compress(one, options=options, zstd_dict=made) for one in records)]


def _wacz(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as bundle:
        for name, data in members.items():
            bundle.writestr(name, data)
    return out.getvalue()


def _mhtml(packing: str) -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://harbour.example/pump/0"
    message["MIME-Version"] = "1.0"
    message.make_related()
    parts = (("https://harbour.example/pump/0", PAGES[0]), ("https://ads.example/", b"<p>Buy rope.</p>"))
    for uri, page in parts:
        part = EmailMessage()
        part.set_content(page.decode(), subtype="html", charset="utf-8", cte=packing)
        part["Content-Location"] = uri
        message.attach(part)
    return message.as_bytes()


def _webarchive(form: plistlib.PlistFormat) -> bytes:
    page = {
        "WebResourceData": PAGES[0],
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": "https://harbour.example/pump/0",
    }
    return plistlib.dumps({"WebMainResource": page, "WebSubresources": []}, fmt=form)


def _make(name: str, data: bytes, *, pieces: list[bytes] | None = None, sealed: bool = True) -> Container:
    with TemporaryDirectory() as folder:
        found = read_damaged(name, data, Path(folder))
    assert all(isinstance(one, Capture) for one in found), found
    return Container(
        name=name,
        data=data,
        pages=frozenset(filter(None, (one.payload_digest for one in found))),
        sealed=sealed,
        joints=frozenset(accumulate(map(len, pieces or []))),
    )


def read_damaged(name: str, data: bytes, folder: Path) -> list[Capture | Problem]:
    """Read a container's bytes from a file of its name."""
    path = folder / name
    path.write_bytes(data)
    return list(read_captures(path))


def spoil(data: bytes, bit: int) -> bytes:
    """Return bytes with one bit turned."""
    spoilt = bytearray(data)
    spoilt[bit // 8] ^= 1 << (bit % 8)
    return bytes(spoilt)


def _pieces(name: str, pieces: list[bytes], *, sealed: bool = True) -> Container:
    return _make(name, b"".join(pieces), pieces=pieces, sealed=sealed)


RECORDS = _records()
PACKED = [pack([one]) for one in RECORDS]
BUNDLE = {"datapackage.json": b"{}", "archive/a.warc.gz": b"".join(PACKED[:3]), "archive/b.warc": RECORDS[3]}
CONTAINERS = [
    _pieces("plain.warc", RECORDS),
    _pieces("packed.warc.gz", PACKED),
    _make("one-piece.warc.gz", gzip.compress(b"".join(RECORDS), mtime=0)),
    _pieces("frames.warc.zst", _frames(RECORDS)),
    _pieces("dictionary.warc.zst", _frames_with_dictionary(RECORDS)),
    # Nothing in these tells that a letter of the page has changed.
    _pieces("plain.arc", [part for one in _arc() for part in (one[:-1], one[-1:])], sealed=False),
    _pieces("packed.arc.gz", [pack([one]) for one in _arc()]),
    _make("bundle.wacz", _wacz(BUNDLE)),
    _make("bundles.wacz", _wacz({"one.wacz": _wacz({"archive/a.warc.gz": b"".join(PACKED)})})),
    _make("quoted.mhtml", _mhtml("quoted-printable"), sealed=False),
    _make("base64.mhtml", _mhtml("base64"), sealed=False),
    _make("xml.webarchive", _webarchive(plistlib.FMT_XML), sealed=False),
    _make("binary.webarchive", _webarchive(plistlib.FMT_BINARY), sealed=False),
    _make("page.html.gz", gzip.compress(PAGES[0], mtime=0)),
]


def lose(container: Container, damaged: bytes, folder: Path) -> str | None:
    """Return what a damaged container costs without a word, None if nothing."""
    items = read_damaged(container.name, damaged, folder)
    if any(isinstance(item, Problem) for item in items):
        return None
    captures = [item for item in items if isinstance(item, Capture)]
    if len(captures) < len(container.pages):
        return "a page is lost, and nothing is said"
    if any(one.media_type != "text/html" for one in captures):
        return "markup is read as a text"
    changed = {one.payload_digest for one in captures} - container.pages
    return "a page is changed, and nothing is said" if changed and container.sealed else None
