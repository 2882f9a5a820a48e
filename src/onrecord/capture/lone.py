"""A file that holds one page: HTML, plain text or MHTML, perhaps compressed."""

import re
from collections.abc import Iterator
from typing import Literal

from onrecord.capture.digest import payload_digest
from onrecord.capture.mhtml import Letter, read_mhtml
from onrecord.capture.saved import read_saved_from
from onrecord.capture.sniff import HEAD, match_head
from onrecord.types import Capture, Problem

__all__ = ["read_lone_page"]

_TAG = re.compile(rb"<[a-zA-Z!/]")
_HTML_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")


def read_lone_page(payload: bytes, place: str, ending: str) -> Iterator[Capture | Problem]:
    """Yield the one page that a file holds, or what is wrong with it; `ending` is that of its name."""
    likeness = match_head(payload[:HEAD])
    if likeness == "mhtml" or (ending in (".mhtml", ".mht") and likeness == "text"):
        yield _read_letter(payload, place)
        return
    if likeness == "empty":
        yield Problem(
            stage="capture", place=place, message="the file is empty; a page was expected. Nothing was read."
        )
        return
    if likeness not in ("html", "text"):
        message = "the file holds binary data; a page of HTML or of text was expected. Nothing was read."
        yield Problem(stage="capture", place=place, message=message)
        return
    media_type = _media_type(payload, likeness, ending)
    uri, captured_at = read_saved_from(payload) if media_type == "text/html" else (None, None)
    yield _capture(payload, place, media_type, uri=uri, captured_at=captured_at)


def _media_type(payload: bytes, likeness: str, ending: str) -> Literal["text/html", "text/plain"]:
    """Decide between HTML and text by what stands in the file, by its name only where that is not clear."""
    named = ending in _HTML_ENDINGS and _TAG.search(payload, 0, 1 << 16)
    return "text/html" if likeness == "html" or named else "text/plain"


def _read_letter(data: bytes, place: str) -> Capture | Problem:
    try:
        letter = read_mhtml(data)
    # Python's mail reader meets hostile heads with a dozen kinds of exception, none of which is our
    # reader's business.
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        letter = None
    if letter is None:
        message = (
            "there is no page in this MHTML file; a part of type text/html was expected. Nothing was read."
        )
        return Problem(stage="capture", place=place, message=message)
    return _capture_letter(letter, place)


def _capture_letter(letter: Letter, place: str) -> Capture:
    saved_uri, saved_at = read_saved_from(letter.payload)
    return _capture(
        letter.payload,
        place,
        "text/plain" if letter.media_type == "text/plain" else "text/html",
        uri=letter.uri or saved_uri,
        charset=letter.charset,
        captured_at=letter.captured_at or saved_at,
    )


def _capture(
    payload: bytes,
    place: str,
    media_type: Literal["text/html", "text/plain"],
    *,
    uri: str | None,
    captured_at: str | None,
    charset: str | None = None,
) -> Capture:
    return Capture(
        payload=payload,
        payload_digest=payload_digest(payload),
        place=place,
        media_type=media_type,
        uri=uri,
        charset=charset,
        captured_at=captured_at,
    )
