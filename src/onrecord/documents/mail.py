"""Mails (.eml): newsletters and press mails, with the mails that were forwarded inside them.

Of the heads only subject, sender and day are read: whose postbox a mail was kept in is nobody's statement.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from onrecord.documents.mail_heads import MAX_HEAD, has_long_head
from onrecord.documents.values import Document, DocumentFault, File, Mail, Paragraph, Stated

__all__ = ["VERSION", "read_mail"]

VERSION = "eml-1"
MAX_PARTS = 200
MAX_TOLD = 10
MAX_SHOWN = 10_000
# What Python's mail reader meets hostile heads with.
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_TAG = re.compile(
    r"<(?:style|script|head)\b.*?(?:</(?:style|script|head)|\Z)|<[^>]*>?", re.DOTALL | re.IGNORECASE
)
_OF_OUTLET = re.compile(
    r"(?P<who>.+?)\s+(?:from|at|of|\||–|—|-)\s+(?P<outlet>\S.*)|(?P<one>[^,]+),\s+(?P<two>\S.*)"
)
_BULK = ("list-id", "list-unsubscribe", "list-post", "feedback-id")


def read_mail(payload: bytes) -> File:
    """Return the mails of a file: the mail itself, and those inside it."""
    if payload.lower().count(b"boundary=") > MAX_PARTS:
        raise DocumentFault(
            f"this mail has more than {MAX_PARTS} parts inside parts; no mail program writes so."
        )
    if has_long_head(payload):
        raise DocumentFault(
            f"a head of this mail is longer than {MAX_HEAD:,} bytes; no mail program writes so."
        )
    try:
        message = message_from_bytes(payload)
        mails = list(_find_mails(message))
    except _FAULTS as fault:
        raise DocumentFault(
            f"its parts can't be told apart ({fault}); save the mail from its program again."
        ) from fault
    numbered = len(mails) > 1
    found = [_read(mail, f"message={number}" if numbered else None) for number, mail in enumerate(mails, 1)]
    documents = tuple(one for one in found if one is not None)
    if not documents:
        raise DocumentFault(_why_nothing(mails))
    return File(documents=documents)


@dataclass(slots=True)
class _Letter:
    """One mail: its heads, its words in one form or two, and what hangs on it."""

    message: Message
    html: list[Message] = field(default_factory=list)
    plain: list[Message] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)
    sealed: bool = False


def _find_mails(message: Message) -> Iterator[_Letter]:
    """Yield a mail, then the mails inside it, each with its own parts."""
    letter = _Letter(message)
    inside: list[Message] = []
    _gather(message, letter, inside, depth=0)
    yield letter
    for other in inside:
        yield from _find_mails(other)


def _gather(part: Message, letter: _Letter, inside: list[Message], *, depth: int) -> None:
    kind = part.get_content_type()
    if kind in ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        letter.sealed = True
    elif kind == "message/rfc822":
        held = part.get_payload()
        inside += [one for one in held if isinstance(one, Message)] if isinstance(held, list) else []
    elif part.is_multipart():
        for one in part.get_payload():
            if isinstance(one, Message):
                _gather(one, letter, inside, depth=depth + 1)
    elif kind in _FOR_PROGRAMS:
        return
    elif kind.startswith("multipart/"):
        # A mail that names no boundary, or not the one it has: what there is are its words.
        letter.plain.append(part)
    elif part.get_content_disposition() == "attachment" or (part.get_filename() and kind != "text/html"):
        letter.attached.append(part)
    elif kind == "text/html":
        letter.html.append(part)
    elif kind == "text/plain":
        letter.plain.append(part)
    elif not kind.startswith(("image/", "message/")):
        letter.attached.append(part)


_FOR_PROGRAMS = (
    "text/x-amp-html",
    "text/calendar",
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "text/rfc822-headers",
)


def _read(letter: _Letter, part: str | None) -> Document | None:
    body, messages = _choose_body(letter)
    if body is None:
        return None
    paragraphs: list[Paragraph] = []
    stated: list[Stated] = []
    subject = _head(letter.message, "Subject")
    if subject:
        stated.append(Stated(name="headline", words=subject, where="mail head Subject", line=0))
        paragraphs.append(Paragraph(text=subject, role="headline"))
    if sender := _head(letter.message, "From"):
        at = len(paragraphs)
        paragraphs.append(Paragraph(text=f"From: {sender}", role="byline"))
        stated += [
            Stated(name=name, words=words, where=f"mail head {head}", line=at)
            for name, words, head in _read_sender(letter.message, sender)
        ]
    if day := _head(letter.message, "Date"):
        stated.append(Stated(name="published", words=day, where="mail head Date", line=len(paragraphs)))
        paragraphs.append(Paragraph(text=f"Date: {day}", role="dateline"))
    return Document(
        part=part,
        version=VERSION,
        paragraphs=tuple(paragraphs),
        stated=tuple(stated),
        mail=body,
        uri=_address(letter.message),
        captured_at=_received(letter.message),
        messages=(*messages, *_tell_attached(letter)),
    )


def _choose_body(letter: _Letter) -> tuple[Mail | None, tuple[str, ...]]:
    """Return what a reader of the mail sees: its HTML, else its text."""
    plain = "\n\n".join(filter(None, map(_text, letter.plain)))
    text = Mail(payload=plain.encode("utf-8", "replace"), media_type="text/plain", charset="utf-8")
    for part in letter.html:
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            words = len(_TAG.sub(" ", payload[: 1 << 20].decode("latin-1")).split())
            if words < 20 < len(plain.split()):
                return text, ("its HTML is hardly more than pictures; the text beside it was read.",)
            charset = part.get_param("charset")
            named = charset if isinstance(charset, str) else None
            return Mail(payload=payload, media_type="text/html", charset=named), ()
    if "-----BEGIN PGP MESSAGE-----" in plain:
        letter.sealed = True
        return None, ()
    return (text, ()) if plain.strip() else (None, ())


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return payload.decode(charset)
    except (LookupError, ValueError):
        try:
            return payload.decode()
        except ValueError:
            return payload.decode("cp1252", "replace")


def _head(message: Message, name: str) -> str:
    """Return a head as a mail program shows it: decoded, on one line."""
    try:
        value = message[name]
        if value is None:
            return ""
        pieces = [
            words if isinstance(words, str) else words.decode(_known(charset), "replace")
            for words, charset in decode_header(str(value)[:MAX_SHOWN])
        ]
    except (*_FAULTS, UnicodeError):
        return ""
    words = "".join(pieces).encode("utf-8", "replace").decode()
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:1000]


def _known(charset: str | None) -> str:
    try:
        b"".decode(charset or "utf-8")
    except (LookupError, ValueError):
        return "cp1252"
    return charset or "utf-8"


def _read_sender(message: Message, sender: str) -> Iterator[tuple[str, str, str]]:
    """Yield whom the sender names, and in which head: a person, the outlet of a newsletter, or both.

    What goes out to many says so in its heads, and carries the name of who publishes it.
    """
    name = parseaddr(sender)[0].strip("\"' ") or (
        sender.partition("<")[0].strip("\"' ") if "<" in sender else ""
    )
    if not name or "@" in name:
        return
    both = _OF_OUTLET.fullmatch(name)
    if both:
        yield "author", both["who"] or both["one"], "From"
        yield "outlet", both["outlet"] or both["two"], "From"
    elif any(message[head] is not None for head in _BULK):
        yield "outlet", name, "From"
    else:
        yield "author", name, "From"
        if organization := _head(message, "Organization"):
            yield "outlet", organization, "Organization"


def _address(message: Message) -> str | None:
    """Return where the mail can be read on the web, as its heads say."""
    address = "".join(_head(message, "Archived-At").strip("<> ").split())
    return address if address.startswith(("http://", "https://")) else None


def _received(message: Message) -> str | None:
    """Return when the mail came in: the uppermost server wrote that down last."""
    try:
        words = str(message["Received"] or "").rpartition(";")[2][:MAX_SHOWN]
        moment = parsedate_to_datetime(" ".join(words.split())[:100])
    except (*_FAULTS, OverflowError):
        return None
    return moment.isoformat().replace("+00:00", "Z") if moment.tzinfo else None


def _tell_attached(letter: _Letter) -> Iterator[str]:
    if not letter.attached:
        return
    named = [
        f"{_name(part)} ({part.get_content_type()}, {_size(part):,} bytes)"
        for part in letter.attached[:MAX_TOLD]
    ]
    more = f" and {len(letter.attached) - MAX_TOLD} more" if len(letter.attached) > MAX_TOLD else ""
    yield (
        f"{len(letter.attached)} attached to this mail, not read: {', '.join(named)}{more}. "
        "Save them from the mail and add them as files."
    )


def _name(part: Message) -> str:
    try:
        name = part.get_filename() or "without a name"
    except _FAULTS:
        name = "without a name"
    return (
        "".join(c if c.isprintable() else " " for c in " ".join(name.split()))[:100]
        .encode("utf-8", "replace")
        .decode()
    )


def _size(part: Message) -> int:
    payload = part.get_payload(decode=True)
    return len(payload) if isinstance(payload, bytes) else 0


def _why_nothing(letters: list[_Letter]) -> str:
    if any(letter.sealed for letter in letters):
        return "it is encrypted (S/MIME or PGP); save it decrypted from your mail program and add it again."
    told = " ".join(words for letter in letters for words in _tell_attached(letter))
    return f"there are no words in this mail; a part of text or HTML was expected. {told}".strip()
