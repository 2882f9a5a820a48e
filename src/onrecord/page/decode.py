"""From bytes to text: in which encoding, and what had to be replaced."""

import codecs
import re

from charset_normalizer import from_bytes

from onrecord.page.labels import codec_of, is_odd_label
from onrecord.types import Problem

__all__ = ["decode", "is_read_anew"]

_META_HEAD = 4096
# A browser that comes upon the name of another encoding later in the head starts again with it.
_LATE_HEAD = 1 << 20
_NO_META = re.compile(rb"<!--.*?-->|<(script|style|title|noscript)\b.*?</\1", re.IGNORECASE | re.DOTALL)
_HEAD_END = re.compile(rb"</head|<body\b", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:+-]+)", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype|html|head|meta|body)\b", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Encodings in which every byte is ASCII and yet the text is not.
_SHIFTING = ("iso2022_jp", "utf-16-le", "utf-16-be")
_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 8192
# What is worth guessing at: a short list guesses better and faster than every table that Python has.
_GUESSES = [
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("gb18030", "big5", "cp932", "euc_jp", "euc_kr"),
]


def decode(
    payload: bytes, charset: str | None = None, media_type: str | None = None
) -> tuple[str, str, tuple[Problem, ...]]:
    """Return the text of a page's bytes, the encoding it was read in, and what was wrong with it.

    A byte order mark goes first, then what the server said, then what the page says of itself; but bytes
    that are valid UTF-8 are UTF-8 whatever was said. Never raises: what can't be read becomes U+FFFD, and a
    problem says so.
    """
    for mark, encoding in _BOMS:
        if payload.startswith(mark):
            return _finish(payload[len(mark) :], encoding, ())
    label = charset or _find_label(payload, media_type)
    text = _read_whole(payload)
    if not charset and media_type == "text/html" and text is None:
        label = _find_late_label(payload) or label
    declared = codec_of(label) if label else None
    encoding = _choose(payload, declared, valid=text is not None)
    problems = _check_label(label, declared, encoding)
    if text is not None and encoding == "utf-8":
        return _clean(text), encoding, problems
    return _finish(payload, encoding, problems)


def is_read_anew(payload: bytes, charset: str | None, media_type: str | None, encoding: str) -> bool:
    """Tell whether a page's words may be others than before encodings were found late in a head and under odd
    names; then its text needs a version of its own."""
    if encoding == "utf-8":
        return False
    early = charset or _find_label(payload, media_type)
    label = early if charset or media_type != "text/html" else _find_late_label(payload) or early
    return label != early or (label is not None and is_odd_label(label))


def _find_label(payload: bytes, media_type: str | None) -> str | None:
    """Return the encoding that a page names in its own head."""
    head = payload[:_META_HEAD]
    if media_type == "text/plain" or (media_type is None and not _HTML.search(head)):
        return None
    match = _XML.search(head) or _META.search(head)
    return match[1].decode("ascii", "ignore") if match else None


def _find_late_label(payload: bytes) -> str | None:
    """Return the encoding that a page names anywhere in its head, but not in a script or a comment."""
    head = _NO_META.sub(b"", payload[:_LATE_HEAD])
    end = _HEAD_END.search(head)
    match = _META.search(head, 0, end.start() if end else len(head))
    return match[1].decode("ascii", "ignore") if match else None


def _read_whole(payload: bytes) -> str | None:
    """Return the text of bytes that are valid UTF-8, None for all others."""
    try:
        return payload.decode("utf-8")
    except UnicodeError:
        return None


def _choose(payload: bytes, declared: str | None, *, valid: bool) -> str:
    """Choose the encoding that reads the bytes best; `valid` tells that they are UTF-8."""
    if declared in _SHIFTING and _reads(payload, declared):
        return declared
    if wide := _match_utf16(payload):
        return wide
    if payload.isascii():
        return declared if declared and declared not in _SHIFTING else "utf-8"
    if valid:
        return "utf-8"
    # A page cut in the middle of a character, or with a stray byte in a comment, is still UTF-8. A short one
    # has few characters beyond ASCII, so a stray byte weighs much; one wrongly called UTF-8 has few valid.
    if _is_cut(payload) or _spoilt(payload, "utf-8") < (0.4 if declared == "utf-8" else 0.1):
        return "utf-8"
    # Encodings of one byte a character leave a few bytes without meaning, and pages use them all the same.
    if (
        declared
        and declared != "utf-8"
        and _spoilt(payload, declared) < (0.5 if _is_narrow(declared) else 0.05)
    ):
        return declared
    return _guess(payload)


def _reads(payload: bytes, encoding: str) -> bool:
    try:
        payload.decode(encoding)
    except UnicodeError:
        return False
    return True


def _is_cut(payload: bytes) -> bool:
    """Tell UTF-8 that only lacks the end of its last character. One whole character must show that it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        return not decoder.decode(payload).isascii()
    except UnicodeError:
        return False


def _is_narrow(encoding: str) -> bool:
    return encoding.startswith(("cp125", "cp874", "iso8859", "koi8", "mac"))


def _spoilt(payload: bytes, encoding: str) -> float:
    """Return how many of the characters beyond ASCII an encoding can't read, as a share of them."""
    text = payload.decode(encoding, "replace")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") / beyond if beyond else 0.0


def _match_utf16(payload: bytes) -> str | None:
    """Recognize UTF-16 without a byte order mark by its zeros: every other byte of a western text is one."""
    head = payload[:_META_HEAD]
    half = len(head) // 2
    even, odd = head[::2].count(0), head[1::2].count(0)
    if half < 4 or max(even, odd) < 0.4 * half or min(even, odd) > 0.1 * half:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess(payload: bytes) -> str:
    """Guess from a sample; a text with only a few bytes beyond ASCII is taken for windows-1252."""
    sample = _sample(payload)
    high = sum(len(run) for run in _HIGH.findall(sample))
    letters = sum(map(sample.count, b"etaoinsrhlETAOINSRHL"))
    if high >= 16 and high > 0.5 * letters:
        best = from_bytes(sample, cp_isolation=_GUESSES, enable_fallback=False).best()
        if best is not None and best.encoding in _GUESSES:
            return codec_of(best.encoding) or best.encoding
    return "cp1252"


def _sample(payload: bytes) -> bytes:
    """Return the lines that hold bytes beyond ASCII, so that a long ASCII head decides nothing."""
    first = _HIGH.search(payload)
    start = max(0, first.start() - 64) if first else 0
    window = payload[start : start + 32 * _SAMPLE]
    words = re.findall(rb"[^<>\n]*[\x80-\xff][^<>\n]*", window)
    return b"\n".join(words)[:_SAMPLE]


def _check_label(label: str | None, declared: str | None, encoding: str) -> tuple[Problem, ...]:
    if label is None or declared == encoding:
        return ()
    if declared is None:
        message = f"the page names an encoding that there is not ({label[:40]!r}); it was read as {encoding}."
    elif encoding == "utf-8" and declared != "utf-8":
        message = (
            f"the page names the encoding {label[:40]!r}, but its bytes are UTF-8; it was read as UTF-8."
        )
    else:
        message = (
            f"the page names the encoding {label[:40]!r}, but its bytes are not; it was read as {encoding}."
        )
    return (Problem(stage="page", message=message),)


def _finish(
    payload: bytes, encoding: str, problems: tuple[Problem, ...]
) -> tuple[str, str, tuple[Problem, ...]]:
    """Decode at last, and tell of what can't be read."""
    text = payload.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost and encoding == "utf-8":
        lost -= payload.count(b"\xef\xbf\xbd")
    if lost:
        what = "1 character" if lost == 1 else f"{lost:,} characters"
        message = f"{what} of the page can't be read as {encoding}; U+FFFD stands there instead."
        problems = (*problems, Problem(stage="page", message=message))
    return _clean(text), encoding, problems


def _clean(text: str) -> str:
    """Take out zero characters, which no page shows and at which a database may end a text, and the mark of
    the byte order."""
    text = text.replace("\0", "") if "\0" in text else text
    return text.removeprefix("\ufeff")
