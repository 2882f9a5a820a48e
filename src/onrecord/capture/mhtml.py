"""Pages saved as one MHTML file: the page, its pictures and its styles as the parts of a mail message."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message

from onrecord.capture.times import read_mail_date
from onrecord.documents import has_long_head

__all__ = ["Frame", "Letter", "read_mhtml"]

_PAGES = ("text/html", "application/xhtml+xml")
_PACKINGS = ("", "7bit", "8bit", "binary", "quoted-printable", "base64")
_QUOTED = re.compile(rb"=3D[\"'0-9A-Za-z]|=\r?\n")
_SAMPLE = 20_000
_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
# The line between two parts and the next one's head, where damage made them a part's own words.
_RUN_ON = re.compile(
    rb"^--[^\r\n]{1,200}\r?\n(?:Content-[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}", re.M
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page inside the page: its bytes and its address."""

    payload: bytes
    uri: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What an MHTML file holds of a page: the bytes, what its heads say of them, and the frames beside it.

    `troubles` says what is wrong with the file.
    """

    payload: bytes
    media_type: str
    charset: str | None
    uri: str | None
    captured_at: str | None
    frames: tuple[Frame, ...]
    troubles: tuple[str, ...]


def read_mhtml(data: bytes) -> Letter | None:
    """Return the page of an MHTML file, or None where there is none in it. A head that would take hours to
    read is a ValueError."""
    if has_long_head(data):
        raise ValueError("a head is longer than any program writes")
    # Some programs leave empty lines before the head, and a head ends at an empty line.
    message = message_from_bytes(data.lstrip())
    if not message["Content-Type"]:
        # Without it the whole file would be one text.
        return None
    parts = [part for part in message.walk() if not part.is_multipart()]
    part = _main_part(message, parts)
    payload = _payload(part)
    if part is None or not payload.strip():
        return None
    troubles = tuple(_find_troubles(message, parts, part))
    if run_on := _RUN_ON.search(payload):
        payload = payload[: run_on.start()]
        troubles = (*troubles, "the line that ends its page is damaged; what stands before it was read")
    places = (part["Content-Location"], message["Snapshot-Content-Location"], message["Content-Location"])
    return Letter(
        payload=payload,
        media_type=part.get_content_type(),
        charset=_charset(part),
        uri=next((x for x in map(_address, places) if x), None),
        captured_at=read_mail_date(str(message["Date"])) if message["Date"] else None,
        frames=tuple(
            Frame(payload=_payload(other), uri=_address(other["Content-Location"]))
            for other in parts
            if other is not part and other.get_content_type() in _PAGES
        ),
        troubles=troubles,
    )


def _main_part(message: Message, parts: list[Message]) -> Message | None:
    """Find the part that is the page: the one from the address that was saved, else the one named as root,
    else the first HTML, else the first text."""
    root = message.get_param("start")
    pages = [part for part in parts if part.get_content_type() in _PAGES]
    texts = [part for part in parts if part.get_content_type() == "text/plain"]
    saved = [part for part in (*pages, *texts) if _is_snapshot(message, part)]
    named = [part for part in pages if isinstance(root, str) and _name(part["Content-ID"]) == _name(root)]
    return next(iter([*saved, *named, *pages, *texts]), None)


def _is_snapshot(message: Message, part: Message) -> bool:
    saved = _words(message["Snapshot-Content-Location"])
    return bool(saved) and _words(part["Content-Location"]).partition("#")[0] == saved.partition("#")[0]


def _find_troubles(message: Message, parts: list[Message], page: Message) -> list[str]:
    troubles: list[str] = []
    if any(isinstance(defect, _CUT) for one in message.walk() for defect in one.defects):
        inside = "inside its page" if page is parts[-1] else "behind its page"
        troubles.append(f"the MHTML file is cut off {inside}; what there is was read. Save the page again")
    saved = _words(message["Snapshot-Content-Location"])
    packing = _words(page["Content-Transfer-Encoding"]).lower()
    if packing not in _PACKINGS or (packing not in ("quoted-printable", "base64") and _is_quoted(page)):
        troubles.append(
            f"the packing that its page names ({packing or 'none'}) is not the one it has; its words may be "
            "spoilt. Save the page again"
        )
    if saved and page["Content-Location"] and not _is_snapshot(message, page):
        troubles.append(
            f"the page that this file was saved from ({saved[:200]}) is not found in it; another part was "
            "read. Save the page again"
        )
    return troubles


def _is_quoted(part: Message) -> bool:
    """Tell a page in which signs still stand as figures: class=3D"byline"."""
    return len(_QUOTED.findall(_payload(part)[:_SAMPLE])) >= 3


def _payload(part: Message | None) -> bytes:
    found = part.get_payload(decode=True) if part else None
    return found if isinstance(found, bytes) else b""


def _charset(part: Message) -> str | None:
    value = part.get_param("charset")
    return value if isinstance(value, str) else None


def _words(value: object) -> str:
    return "".join(str(value).split()) if value else ""


def _name(value: object) -> str:
    return _words(value).strip("<>")


def _address(value: object) -> str | None:
    text = _words(value)
    return text if text.lower().startswith(("http://", "https://")) else None
