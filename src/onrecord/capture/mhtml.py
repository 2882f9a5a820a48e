"""Pages saved as one MHTML file: the page, its pictures and its styles as the parts of a mail message."""

from email import message_from_bytes
from email.message import Message
from typing import NamedTuple

from onrecord.capture.times import read_mail_date

__all__ = ["Letter", "read_mhtml"]


class Letter(NamedTuple):
    """What an MHTML file holds of a page: the bytes, and what its heads say of them."""

    payload: bytes
    media_type: str
    charset: str | None
    uri: str | None
    captured_at: str | None


def read_mhtml(data: bytes) -> Letter | None:
    """Return the page of an MHTML file, or None where there is none in it."""
    message = message_from_bytes(data)
    part = _main_part(message)
    payload = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        return None
    places = (part["Content-Location"], message["Snapshot-Content-Location"], message["Content-Location"])
    return Letter(
        payload=payload,
        media_type=part.get_content_type(),
        charset=_charset(part),
        uri=next((x for x in map(_address, places) if x), None),
        captured_at=read_mail_date(str(message["Date"])) if message["Date"] else None,
    )


def _main_part(message: Message) -> Message | None:
    """Find the part that is the page: the one named as root, else the first HTML, else the first text."""
    parts = [part for part in message.walk() if not part.is_multipart()]
    root = message.get_param("start")
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    texts = [part for part in parts if part.get_content_type() == "text/plain"]
    named = [part for part in pages if isinstance(root, str) and part["Content-ID"] == root]
    return next(iter([*named, *pages, *texts]), None)


def _charset(part: Message) -> str | None:
    value = part.get_param("charset")
    return value if isinstance(value, str) else None


def _address(value: object) -> str | None:
    text = "".join(str(value).split()) if value else ""
    return text if text.lower().startswith(("http://", "https://")) else None
