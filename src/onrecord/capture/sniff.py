"""What do these bytes look like? Names lie: a `.txt` may hold HTML, an `.html` a whole archive or a feed."""

import codecs
import re
from typing import Literal

from onrecord.capture.heads import ARC_LINE
from onrecord.capture.packing import match_packing, unpack_head
from onrecord.documents import OLE, describe_binary

__all__ = ["HEAD", "Likeness", "match_head", "match_packed", "say_likeness"]

HEAD = 8192
"""As many first bytes as `match_head` wants to see."""

Likeness = Literal[
    "empty",
    "html",
    "text",
    "warc",
    "arc",
    "packed",
    "zip",
    "mhtml",
    "webarchive",
    "feed",
    "xml",
    "markup",
    "json",
    "script",
    "style",
    "binary",
]

_SEEN = "Save the page that readers see."
# What something is that is no page, and what to do instead.
_LIKE: dict[str, tuple[str, str]] = {
    "empty": ("is empty", ""),
    "packed": ("holds packed data", "Unpack it and add what is in it."),
    "zip": ("is a zip file", "Unpack it and add the folder."),
    "warc": ("is a web archive (WARC)", "Save it as .warc and add that."),
    "arc": ("is a web archive (ARC)", "Save it as .arc and add that."),
    "mhtml": ("is an MHTML file", "Save it as .mhtml and add that."),
    "webarchive": ("is a web archive of Safari", "Save it as .webarchive and add that."),
    "feed": ("is a feed (RSS or Atom), a list of many articles", "Save the articles that it links to."),
    "xml": ("is XML data", _SEEN),
    "markup": ("is markup that is not HTML", _SEEN),
    "json": ("is JSON data", _SEEN),
    "script": ("is a script", _SEEN),
    "style": ("is a style sheet", _SEEN),
}
_BINARY = (
    (b"%PDF", "a PDF file", "Save it as a file of its own and add that."),
    (b"{\\rtf", "an RTF file", "Save it as a file of its own and add that."),
    (b"\x89PNG", "a picture", ""),
    (b"GIF8", "a picture", ""),
    (b"\xff\xd8\xff", "a picture", ""),
    (b"BZh91AY&SY", "packed with bzip2", "Unpack it and add what is in it."),
    (b"\xfd7zXZ", "packed with xz", "Unpack it and add what is in it."),
    (b"7z\xbc\xaf", "a 7z file", "Unpack it and add the folder."),
    (b"Rar!", "a rar file", "Unpack it and add the folder."),
    (b"RIFF", "a picture or a sound", ""),
    (b"ID3", "a sound", ""),
    (b"OggS", "a sound", ""),
    (b"\x7fELF", "a program", ""),
)
_MAGIC = tuple(magic for magic, _, _ in _BINARY)
_TAR = (b"ustar\0", b"ustar ")
# What may come before the first element: white space, comments, declarations.
_BEFORE = rb"(?>\s+|<!--.*?-->|<\?[a-z-]+[^>]*>|<!doctype[^>\[]*(?:\[[^\]]*\])?[^>]*>)*+"
_HTML_FIRST = re.compile(
    rb"(?>\s+|<!--.*?-->|<\?xml[^>]*>)*+<(?:!doctype\s+html|html|head|body|meta|title|article|div|script|style|link)\b",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = re.compile(_BEFORE + rb"<(?:[a-z][\w.-]*:)?([a-z][\w.-]*)", re.IGNORECASE | re.DOTALL)
_DECLARED = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_FEEDS = frozenset((b"rss", b"feed", b"rdf", b"channel"))
_XML_ROOTS = frozenset(
    b"urlset sitemapindex opml svg plist nitf newsml newsitem kml gpx wml tei crossword manifest".split()
)
# A part of a page begins with one of these, and has an end tag near by.
_PART_FIRST = re.compile(
    rb"\s*<(?:p|h[1-6]|main|section|header|footer|nav|aside|figure|figcaption|ul|ol|li|dl|table|tbody|tr|td|"
    rb"blockquote|span|a|b|i|em|strong|font|center|br|hr|img|picture|form|time|small|base|noscript|pre|details|"
    rb"address|hgroup|iframe|video|button|label|[a-z][a-z0-9]*-[a-z0-9-]+)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_END_TAG = re.compile(rb"</[a-z][a-z0-9-]*\s*>", re.IGNORECASE)
# Words first and then the tags of paragraphs: no text has three of them.
_PARAGRAPHS = re.compile(
    rb"</(?:p|div|h[1-6]|li|td|section|article)\s*>|<br\s*/?>|<p(?:\s[^<>]*)?>", re.IGNORECASE
)
_JSON = re.compile(
    rb"(?:\)\]\}'?,?\s*|[\w$.]{1,80}\(\s*|(?:var|let|const)\s+[\w$]+\s*=\s*|[\w$.]+\s*=\s*)?"
    rb"\s*(?:\{\s*\"[^\"\n]{0,200}\"\s*:|\[\s*(?:\{\s*\"|\[\s*[\[{\"\d-]|\"[^\"\n]{0,4000}\"\s*,\s*[\"\[{]|-?\d+(?:\.\d+)?\s*,\s*-?\d))"
)
_SCRIPT = re.compile(
    rb"\s*(?>/\*.*?\*/\s*|//[^\n]*\n\s*)*+(?:[\"']use strict[\"'];?|[!;(]+function\s*\(|\(\(\)\s*=>|"
    rb"(?:var|let|const)\s+[\w$]+\s*=|function\s+[\w$]*\s*\([\w$, ]*\)\s*\{|"
    rb"(?:window|self|document)\.[\w$.]+\s*[=(]|"
    rb"import\s*[{\"']|define\(\[|#!/)",
    re.DOTALL,
)
_STYLE = re.compile(
    rb"\s*(?>/\*.*?\*/\s*)*+(?:@charset\s*\"|@import\s|@font-face\s*\{|@media\b[^{]*\{|[\w.#:*,\s>\[\]=\"-]{1,200}\{\s*[\w-]+\s*:[^{}]*[;}])",
    re.DOTALL,
)
_MHTML_FIRST = re.compile(
    rb"\s*(?:[A-Z][\w-]+:[^\r\n]*\r?\n){0,6}(?:MIME-Version:\s*1|Content-Type:\s*multipart/)",
    re.IGNORECASE,
)
_MHTML_SAVED = re.compile(rb"\s*(?:From: ?<?Saved by|Snapshot-Content-Location:)", re.IGNORECASE)
_MHTML_LATER = re.compile(rb"^Content-Type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_WEBARCHIVE = b"WebMainResource"
# Every byte that a text in a one-byte encoding hardly ever holds: controls, but not tab, line ends, form
# feed and escape (ISO-2022-JP shifts with it).
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"


def match_head(head: bytes) -> Likeness:
    """Tell what the first bytes of a file look like."""
    if not head:
        return "empty"
    if head[:5].upper() == b"WARC/":
        return "warc"
    if head.startswith(b"filedesc:") and ARC_LINE.match(head):
        return "arc"
    if match_packing(head):
        return "packed"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"bplist00"):
        return "webarchive" if _WEBARCHIVE in head else "binary"
    if head.startswith(OLE):
        # Every other byte of its names is zero, as in a text in UTF-16.
        return "binary"
    head = _narrow(head)
    if head.startswith(_MAGIC) or head[257:263] in _TAR or _is_binary(head):
        return "binary"
    if _MHTML_SAVED.match(head) or (_MHTML_FIRST.match(head) and _MHTML_LATER.search(head)):
        return "mhtml"
    return _match_words(head)


def _match_words(head: bytes) -> Likeness:
    """Tell what a text looks like: a page, words, or data and programs that are written as text."""
    if not head.strip():
        return "empty"
    first = head.lstrip()[:1]
    if first == b"<":
        return _match_markup(head)
    if first in b"{[)" or (b"{" in head[:200] and first not in b"-#"):
        if _JSON.match(head.lstrip()):
            return "json"
        if _STYLE.match(head):
            return "style"
    if (first in b"/\"'!;(#@:.*" or first.isalpha()) and _SCRIPT.match(head):
        return "script"
    if first in b"@/" and _STYLE.match(head):
        return "style"
    return "html" if b"<" in head and len(_PARAGRAPHS.findall(head)) >= 3 else "text"


def _match_markup(head: bytes) -> Likeness:
    root = _ROOT.match(head)
    name = root[1].lower() if root else b""
    if _HTML_FIRST.match(head):
        return "html"
    if name in _FEEDS:
        return "feed"
    if name == b"plist" and _WEBARCHIVE in head:
        return "webarchive"
    if name in _XML_ROOTS:
        return "xml"
    if (
        _DECLARED.match(head)
        and root
        and name != b"html"
        and not _PART_FIRST.match(head[root.start(1) - 1 :])
    ):
        return "xml"
    if _PART_FIRST.match(head) and _END_TAG.search(head):
        return "html"
    if len(_PARAGRAPHS.findall(head)) >= 3:
        return "html"
    return "markup" if root and len(_END_TAG.findall(head)) >= 2 else "text"


def match_packed(head: bytes) -> Likeness:
    """Tell what lies in packed bytes, by as many of the first of them as there are."""
    return match_head(unpack_head(head, HEAD))


def say_likeness(head: bytes, payload: bytes = b"") -> tuple[str, str]:
    """Say of bytes that are no page what they are, and what to do: ("is JSON data", "Save the page ...").

    `payload` is all of the file, where that is at hand: some kinds are told further down.
    """
    likeness = match_head(head)
    if likeness == "binary" and (told := describe_binary(head, payload)):
        return f"holds binary data ({told[0]})", told[1]
    if likeness != "binary":
        return _LIKE.get(likeness, ("is no page", ""))
    if head[257:263] in _TAR:
        return "holds binary data (a tar file)", "Unpack it and add the folder."
    for magic, what, advice in _BINARY:
        if head.startswith(magic):
            return f"holds binary data ({what})", advice
    return "holds binary data", ""


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
    return controls > 0.02 * len(head) + 1 or (controls > 0 and len(head.strip()) < 4)
