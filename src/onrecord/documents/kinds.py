"""What kind of document a file is by its bytes, and what those files are that are not read."""

import re
from typing import Final

from onrecord.types import MediaType

__all__ = ["DOCUMENT_TYPES", "DOCX", "MAIL", "ODT", "OLE", "PDF", "RTF", "describe_binary", "match_document"]

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


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of an older program of Microsoft begins: documents, tables, mails, and what is encrypted."""

_SIGNS = (
    (OLE, "ole"), (b"PK\x03\x04", "zip"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"), (b"II*\0", "picture"), (b"MM\0*", "picture"), (b"ID3", "sound"), (b"OggS", "sound"),
    (b"SQLite format 3", "database"),
)  # fmt: skip
_TOLD = {
    "picture": ("a picture", "Let a program for text recognition (OCR) make a PDF of it and add that."),
    "sound": ("a recording", "Add a transcript of it as text."),
    "database": ("a database", "Save the texts in it as text."),
}
# What stands in the files of one container that tells them apart.
_OLE = (
    ("EncryptedPackage", "a document that is encrypted with a password", "Save it without one."),
    ("WordDocument", "a document of an older Word (.doc)", "Save it as .docx or PDF."),
    ("__substg1.0", "a mail of Outlook (.msg)", "Save it as .eml, or as HTML."),
    ("Workbook", "a table of Excel (.xls)", "Save the texts in it as text."),
    ("PowerPoint", "slides of PowerPoint (.ppt)", "Save them as PDF."),
)
_ZIPS = (
    (b"xl/", "a table of Excel (.xlsx)", "Save the texts in it as text or .docx."),
    (b"ppt/", "slides of PowerPoint (.pptx)", "Save them as PDF."),
    (b"application/epub", "an e-book (.epub)", "Save it as HTML or PDF."),
    (b"opendocument.spreadsheet", "a table (.ods)", "Save the texts in it as text."),
    (b"opendocument.presentation", "slides (.odp)", "Save them as PDF."),
    (b"Index/Document.iwa", "a document of Pages", "Export it as .docx or PDF."),
)
_MAILBOX = re.compile(rb"From \S+[^\n]{0,100}\d{4}\s*\n[A-Za-z-]{1,60}:")


def describe_binary(head: bytes, payload: bytes = b"") -> tuple[str, str] | None:
    """Return what a file that is not read looks like, and what to do; None where that is not known here.

    `payload` is all of the file, or of a zip file its end.
    """
    kind = next((kind for sign, kind in _SIGNS if head.startswith(sign)), None)
    if kind == "ole":
        found = (one for one in _OLE if one[0].encode("utf-16-le") in (payload or head))
        _, what, advice = next(found, ("", "a file of an older Office program", "Save it as .docx or PDF."))
        return what, advice
    if kind == "zip":
        near = head[:_HEAD] + payload[-(1 << 16) :]
        return next(((what, advice) for sign, what, advice in _ZIPS if sign in near), None)
    if kind is None and head[4:8] == b"ftyp":
        kind = "sound"
    if kind is None and _MAILBOX.match(head):
        return "a mailbox of many mails (mbox)", "Save its mails as .eml files and add these."
    return _TOLD.get(kind or "")
