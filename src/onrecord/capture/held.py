"""Files that researchers hold: exports of press databases, PDF, documents of word processors, mails.

The capture is the file as it is: whoever has it can count its SHA-256. Where it holds many articles each is
a capture of its own, of the same bytes, and says which part of them it is.
"""

from collections.abc import Iterator

from onrecord.capture.digest import payload_digest
from onrecord.documents import Document, name_part, read_file
from onrecord.types import Capture, MediaType, Problem

__all__ = ["read_held"]

_CALLED: dict[str, str] = {
    "application/pdf": "this PDF document",
    "application/rtf": "this RTF document",
    "application/vnd.oasis.opendocument.text": "this document (.odt)",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "this document (.docx)",
    "message/rfc822": "this mail",
}


def read_held(
    payload: bytes,
    place: str,
    media_type: MediaType,
    *,
    uri: str | None = None,
    captured_at: str | None = None,
) -> Iterator[Capture | Problem]:
    """Yield each document of a file as a capture; nothing for a text or a page that is no export."""
    file = read_file(payload, media_type)
    if file is None:
        return
    if file.refused:
        called = _CALLED.get(media_type, "this file")
        message = f"{called} was not read: {file.refused}"
        yield Problem(stage="capture", place=place, message=message)
        return
    for message in file.messages:
        yield Problem(stage="capture", place=place, message=message)
    digest = payload_digest(payload)
    for number, document in enumerate(file.documents, 1):
        yield Capture(
            payload=payload,
            payload_digest=name_part(digest, document.part),
            place=f"{place}#{number}" if document.part else place,
            media_type=media_type,
            uri=_address(document, uri),
            captured_at=captured_at or document.captured_at,
        )


def _address(document: Document, uri: str | None) -> str | None:
    """Return the address of one document: that of a file with many is no article's."""
    return document.uri or (None if document.part else uri)
