"""A file that holds one page: HTML, plain text, MHTML or Safari's web archive."""

import re
from collections.abc import Iterator
from typing import Literal

from onrecord.capture.copies import match_copy
from onrecord.capture.digest import payload_digest
from onrecord.capture.documents import split_documents
from onrecord.capture.frames import tell_frame
from onrecord.capture.held import read_held
from onrecord.capture.limits import MAX_PAYLOAD, TOO_LONG
from onrecord.capture.mhtml import Letter, read_mhtml
from onrecord.capture.saved import read_saved_from, read_text_source
from onrecord.capture.sniff import HEAD, Likeness, match_head, say_likeness
from onrecord.capture.webarchive import read_webarchive
from onrecord.types import Capture, Problem

__all__ = ["CONTAINERS", "read_lone_page"]

CONTAINERS = (".mhtml", ".mht", ".webarchive")
"""Endings of files that hold a page with its pictures."""

_TAG = re.compile(rb"<[a-zA-Z!/]")
_HTML_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
_EXPECTED = "a page of HTML or of text was expected. Nothing was read."
_MAX_FRAMES = 100


def read_lone_page(payload: bytes, place: str, ending: str) -> Iterator[Capture | Problem]:
    """Yield the one page that a file holds, or what is wrong with it; `ending` is that of its name.

    Only a text file with several articles in it is several pages.
    """
    likeness = match_head(payload[:HEAD])
    if likeness in ("mhtml", "webarchive") or (ending in CONTAINERS and likeness not in ("empty", "html")):
        yield from _read_container(payload, place, ending, likeness)
    elif len(payload) > MAX_PAYLOAD:
        yield Problem(stage="capture", place=place, message=f"this page was not read: {TOO_LONG}")
    elif (media_type := _media_type(payload, likeness, ending)) is None:
        what, advice = say_likeness(payload[:HEAD], payload)
        yield Problem(stage="capture", place=place, message=f"the file {what}; {_EXPECTED} {advice}".rstrip())
    elif media_type == "text/html":
        if articles := list(read_held(payload, place, media_type)):
            yield from articles
            return
        uri, captured_at = read_saved_from(payload)
        yield _capture(payload, place, media_type, uri=uri, captured_at=captured_at)
    else:
        yield from _read_texts(payload, place)


def _media_type(payload: bytes, likeness: Likeness, ending: str) -> Literal["text/html", "text/plain"] | None:
    """Decide between HTML and text by what stands in the file, by its name only where that is not clear."""
    if likeness == "html":
        return "text/html"
    if likeness == "markup" or (likeness == "text" and ending in _HTML_ENDINGS):
        if ending in _HTML_ENDINGS and _TAG.search(payload, 0, 1 << 16):
            return "text/html"
        return None if likeness == "markup" else "text/plain"
    return "text/plain" if likeness == "text" else None


def _read_texts(payload: bytes, place: str) -> Iterator[Capture | Problem]:
    if articles := list(read_held(payload, place, "text/plain")):
        yield from articles
        return
    parts = split_documents(payload)
    if len(parts) == 1:
        yield _capture(payload, place, "text/plain", uri=read_text_source(payload))
        return
    for number, part in enumerate(parts, start=1):
        yield _capture(part, f"{place}#document-{number}", "text/plain")


def _read_container(data: bytes, place: str, ending: str, likeness: Likeness) -> Iterator[Capture | Problem]:
    safari = likeness == "webarchive" or (likeness != "mhtml" and ending == ".webarchive")
    letter = read_webarchive(data) if safari else _read_letter(data)
    if letter is None:
        found = "web archive of Safari" if safari else "MHTML file"
        wanted = "a main resource" if safari else "a part"
        message = (
            f"there is no page in this {found}, or it is damaged; {wanted} of type text/html was expected. "
            "Nothing was read. Save the page again."
        )
        yield Problem(stage="capture", place=place, message=message)
        return
    for trouble in letter.troubles:
        yield Problem(stage="capture", place=place, message=f"{trouble}.")
    if len(letter.payload) > MAX_PAYLOAD:
        yield Problem(stage="capture", place=place, message=f"this page was not read: {TOO_LONG}")
        return
    if (likeness := match_head(letter.payload[:HEAD])) not in ("html", "text", "markup"):
        what, advice = say_likeness(letter.payload[:HEAD])
        message = f"the page in this file {what}; {_EXPECTED} {advice}".rstrip()
        yield Problem(stage="capture", place=place, message=message)
        return
    text = letter.media_type == "text/plain" and likeness == "text"
    yield _capture_letter(letter, place, "text/plain" if text else "text/html")
    for frame in letter.frames[:_MAX_FRAMES]:
        if told := tell_frame(frame.payload, place, frame.uri):
            yield told


def _read_letter(data: bytes) -> Letter | None:
    try:
        return read_mhtml(data)
    # Python's mail reader meets hostile heads with a dozen kinds of exception, none of which is our
    # reader's business.
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        return None


def _capture_letter(letter: Letter, place: str, media_type: Literal["text/html", "text/plain"]) -> Capture:
    saved_uri, saved_at = read_saved_from(letter.payload)
    copied = match_copy(letter.uri)
    return _capture(
        letter.payload,
        place,
        media_type,
        uri=copied.uri if copied else letter.uri or saved_uri,
        charset=letter.charset,
        captured_at=(copied and copied.captured_at) or letter.captured_at or saved_at,
    )


def _capture(
    payload: bytes,
    place: str,
    media_type: Literal["text/html", "text/plain"],
    *,
    uri: str | None = None,
    captured_at: str | None = None,
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
