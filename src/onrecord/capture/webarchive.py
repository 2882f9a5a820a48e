"""Pages saved by Safari: a property list that holds the page, its frames and its pictures."""

import plistlib
import struct
from typing import Any
from xml.parsers.expat import ExpatError

from onrecord.capture.http import content_type
from onrecord.capture.mhtml import Frame, Letter

__all__ = ["read_webarchive"]

_KINDS = ("text/html", "application/xhtml+xml", "text/plain")


def read_webarchive(data: bytes) -> Letter | None:
    """Return the page of a Safari web archive, or None where there is none in it that can be read."""
    try:
        bundle = plistlib.loads(data)
    # A property list that is damaged or made to harm ends in one of these.
    except (
        *(plistlib.InvalidFileException, ExpatError, ValueError, TypeError, LookupError, struct.error),
        *(AttributeError, OverflowError, RecursionError, MemoryError),
    ):
        return None
    page = bundle.get("WebMainResource") if isinstance(bundle, dict) else None
    payload = _payload(page)
    if not isinstance(page, dict) or not payload.strip():
        return None
    kind, charset = content_type(_words(page.get("WebResourceMIMEType")) or "text/html")
    if kind not in _KINDS:
        return None
    return Letter(
        payload=payload,
        media_type=kind,
        charset=_words(page.get("WebResourceTextEncodingName")) or charset,
        uri=_address(page.get("WebResourceURL")),
        captured_at=None,
        frames=tuple(_find_frames(bundle)),
        troubles=(),
    )


def _find_frames(bundle: dict[str, Any]) -> list[Frame]:
    found: list[Frame] = []
    inner = bundle.get("WebSubframeArchives")
    for frame in inner if isinstance(inner, list) else ():
        page = frame.get("WebMainResource") if isinstance(frame, dict) else None
        if isinstance(page, dict):
            found.append(Frame(payload=_payload(page), uri=_address(page.get("WebResourceURL"))))
    return found


def _payload(page: object) -> bytes:
    found = page.get("WebResourceData") if isinstance(page, dict) else None
    return found if isinstance(found, bytes) else b""


def _words(value: object) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None


def _address(value: object) -> str | None:
    text = _words(value)
    return text if text and text.lower().startswith(("http://", "https://")) else None
