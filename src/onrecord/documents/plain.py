"""Exports that were saved as text or HTML, as lines: each paragraph one, however it was wrapped."""

import codecs
import re
from collections.abc import Iterator, Sequence
from html import unescape

from onrecord.documents.values import Line, Lines

__all__ = ["HTML_VERSION", "TEXT_VERSION", "read_html_lines", "read_text_lines"]

TEXT_VERSION, HTML_VERSION = "text-lines-1", "html-lines-1"

# An export wrapped for paper has lines of at most so many characters; the lines of others are paragraphs.
MAX_WRAPPED, LEAST_WRAPPED = 100, 50
_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_BREAK = re.compile(
    r"<(?:/?(?:p|div|h[1-6]|tr|td|th|table|ul|ol|li|dl|dt|dd|blockquote|center|pre|section|article|header|"
    r"footer|hr|body|docname|docfull|doc)\b[^<>]*|br\b[^<>]*)>",
    re.IGNORECASE,
)
_BOLD = re.compile(r"<(?:b|strong|h[1-6])\b", re.IGNORECASE)
_OUT = re.compile(
    r"<(script|style|head|svg|noscript|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"<[a-zA-Z/!?][^>]*>?")


def decode_export(payload: bytes) -> str:
    """Return the words of an export: they are UTF-8 or UTF-16, or what its head says, or of Windows."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if payload.startswith(mark):
            return payload[len(mark) :].decode(encoding, "replace")
    try:
        return payload.decode()
    except UnicodeDecodeError:
        pass
    named = _META.search(payload[:4096])
    try:
        return payload.decode(named[1].decode("ascii") if named else "cp1252", "replace")
    except (LookupError, ValueError):
        return payload.decode("cp1252", "replace")


def read_text_lines(payload: bytes) -> Lines:
    """Return the paragraphs of an export that was saved as text."""
    source = decode_export(payload).replace("\r\n", "\n").replace("\r", "\n")
    lines = tuple(_unwrap(source.split("\n")))
    return Lines(lines=lines, version=TEXT_VERSION)


def _unwrap(lines: Sequence[str]) -> Iterator[Line]:
    """Join the lines that were one before they were wrapped to the width of a sheet."""
    width = max(map(len, (line.rstrip() for line in lines)), default=0)
    wrapped = LEAST_WRAPPED <= width <= MAX_WRAPPED
    held: list[str] = []
    gap = breaks = held_gap = held_breaks = False
    last = ""
    for raw in lines:
        words = raw.strip().strip("\f")
        breaks |= "\f" in raw
        if held and not (words and wrapped and _goes_on(last, raw, width)):
            yield _line(held, held_gap, held_breaks)
            held = []
        if not words:
            gap = True
            continue
        if not held:
            held_gap, held_breaks = gap, breaks
            gap = breaks = False
        held.append(words)
        last = raw.rstrip()
    if held:
        yield _line(held, held_gap, held_breaks)


def _goes_on(last: str, raw: str, width: int) -> bool:
    """Tell whether a line was wrapped: the next one's first word would not have fitted on it.

    What stands in the middle of a sheet is a line of its own.
    """
    if last[:3].isspace() or raw[:3].isspace():
        return False
    return len(last) + 1 + len(raw.split(None, 1)[0]) > 0.9 * width


def _line(held: Sequence[str], gap: bool, breaks: bool) -> Line:
    return Line(text=" ".join(" ".join(held).split()), gap=gap, breaks=breaks)


def read_html_lines(payload: bytes) -> Lines:
    """Return the lines of an export that was saved as HTML, a line for each block and each line break."""
    source = _OUT.sub(" ", decode_export(payload))
    lines: list[Line] = []
    gap = False
    for piece in _BREAK.split(source):
        words = _words(piece) if piece else ""
        if not words:
            gap = True
            continue
        lines.append(Line(text=words, bold=_BOLD.search(piece) is not None, gap=gap))
        gap = False
    return Lines(lines=tuple(lines), version=HTML_VERSION)


def _words(piece: str) -> str:
    """Return the words of a piece of HTML without block elements."""
    if "<" in piece:
        piece = _TAG.sub("", piece)
    if "&" in piece:
        piece = unescape(piece)
    return " ".join(piece.replace("\xad", "").split())
