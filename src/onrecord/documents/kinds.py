"""What kind of document a file is by its bytes, and what those files are that are not read."""

import re
from typing import Final

from onrecord.types import MediaType

__all__ = ["DOCUMENT_TYPES", "DOCX", "MAIL", "ODT", "PDF", "RTF", "describe_binary", "match_document"]

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT: Final = "application/vnd.oasis.opendocument.text"
RTF: Final = "application/rtf"
MAIL: Final = "message/rfc822"
DOCUMENT_TYPES: tuple[MediaType, ...] = (PDF, DOCX, ODT, RTF, MAIL)

_HEAD = 8192
_HEADS = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,60}):", re.MULTILINE)
_ANY = re.compile(rb"(?:From [^\n]{1,200}\n|>From [^\n]{1,200}\n)?[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]?")
# What only a mail that was sent has: a page saved as MHTML has none of it.
_SENT = {
    b"received",
    b"message-id",
    b"return-path",
    b"delivered-to",
    b"to",
    b"x-mailer",
    b"list-id",
    b"reply-to",
}
_SAVED = re.compile(rb"^(?:From: ?\"?<?Saved by|Snapshot-Content-Location:)", re.IGNORECASE | re.MULTILINE)


def match_document(head: bytes, ending: str = "") -> MediaType | None:
    """Tell by the first bytes of a file what kind of document it is; None for pages and everything else."""
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"{\\rtf"):
        return RTF
    if head.startswith(b"PK\x03\x04"):
        if b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:120]:
            return ODT
        if b"word/" in head[:_HEAD] or ending in (".docx", ".docm", ".dotx"):
            return DOCX
        return ODT if ending == ".odt" else None
    return MAIL if _is_mail(head, ending) else None


def _is_mail(head: bytes, ending: str) -> bool:
    """Tell a mail from a page saved as MHTML, which has the form of one, and from a text with colons."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if ending in (".mhtml", ".mht") or not _ANY.match(head):
        return False
    heads = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if _SAVED.search(heads):
        return False
    names = {name.lower() for name in _HEADS.findall(heads)}
    if b"from" not in names or not names & {b"date", b"subject", b"message-id"}:
        return False
    return (
        ending == ".eml"
        or (len(names & _SENT) >= 1 and b"multipart/related" not in heads.lower())
        or len(names & _SENT) >= 2
    )


_SIGNS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"),
    (b"II*\0", "picture"), (b"MM\0*", "picture"),
    (b"Rar!", "packed"), (b"7z\xbc\xaf", "packed"), (b"PK\x03\x04", "zip"), (b"BZh", "packed"),
    (b"\xfd7zXZ", "packed"), (b"SQLite format 3", "a database"), (b"bplist", "a property list"),
    (b"ID3", "sound"), (b"OggS", "sound"), (b"RIFF", "sound"),
)  # fmt: skip
_TOLD = {
    "picture": "a picture; its words can be read once a program for text recognition (OCR) made a PDF of it",
    "packed": "packed files; unpack them and add the folder",
    "sound": "a recording; add a transcript of it as text",
}


def describe_binary(head: bytes, payload: bytes = b"") -> str | None:
    """Return what a file that is not read looks like and what to do, None where nobody can tell."""
    kind = next((kind for sign, kind in _SIGNS if head.startswith(sign)), None)
    if kind == "ole":
        return _describe_ole(payload or head)
    if kind == "zip":
        return _describe_zip(head, payload)
    if kind is None and head[4:8] == b"ftyp":
        kind = "sound"
    if kind is None and re.match(rb"From \S+[^\n]{0,100}\d{4}", head):
        return "a mailbox of many mails (mbox); save its mails as .eml files and add these"
    return _TOLD.get(kind, kind) if kind else None


def _describe_ole(payload: bytes) -> str:
    """Tell the kinds of files that older programs of Microsoft keep in one container."""
    for name, told in (
        ("EncryptedPackage", "a document that is encrypted with a password; save it without one"),
        ("WordDocument", "a document of an older Word (.doc); save it as .docx or PDF"),
        ("__substg1.0", "a mail of Outlook (.msg); save it as .eml, or as HTML"),
        ("Workbook", "a table of Excel (.xls); save the texts in it as text"),
        ("PowerPoint", "slides of PowerPoint (.ppt); save them as PDF"),
    ):
        if name.encode("utf-16-le") in payload:
            return told
    return "a file of an older Office program; save it as .docx or PDF"


def _describe_zip(head: bytes, payload: bytes) -> str:
    near = head + payload[-65536:]
    for name, told in (
        (b"xl/", "a table of Excel (.xlsx); save the texts in it as text or .docx"),
        (b"ppt/", "slides of PowerPoint (.pptx); save them as PDF"),
        (b"application/epub", "an e-book (.epub); save it as HTML or PDF"),
        (b"opendocument.spreadsheet", "a table (.ods); save the texts in it as text"),
        (b"opendocument.presentation", "slides (.odp); save them as PDF"),
        (b"Index/Document.iwa", "a document of Pages; export it as .docx or PDF"),
        (b"archive/", "a web archive in a zip file; name it .wacz and add it again"),
    ):
        if name in near:
            return told
    return "packed files (zip); unpack them and add the folder"
