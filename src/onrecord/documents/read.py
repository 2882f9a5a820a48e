"""A file as researchers hold it in, its documents out: the articles of an export, or the one that it is."""

import re
from collections.abc import Sequence
from functools import lru_cache

from onrecord.documents.digest import part_of
from onrecord.documents.exports import may_be_export, split_export
from onrecord.documents.kinds import DOCX, MAIL, ODT, PDF, RTF
from onrecord.documents.plain import read_html_lines, read_text_lines
from onrecord.documents.values import Document, DocumentFault, File, Line, Lines, Paragraph
from onrecord.types import Capture, MediaType

__all__ = ["find_document", "forget_documents", "read_file"]


FIRST_LINES = 15
LARGER = 1.15
LONG = 80  # A line of so many characters is text, whatever its letters.
FEWEST_WORDS, MOST_WORDS = 3, 40
# What a press office sets in large letters over its headline.
_NO_HEADLINE = re.compile(
    r"\W*(?:(?:press|news|media)\s+(?:release|statement|notice|information)|for immediate release|embargo|"
    r"pressemitteilung|communiqué de presse)\b.{0,60}",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def read_file(payload: bytes, media_type: MediaType) -> File | None:
    """Return the documents of a file; None for a text or a page that is no export.

    The same bytes give the same documents. The last file is kept until the next one: of a thousand articles
    each asks for it.
    """
    if media_type in ("text/html", "text/plain"):
        if not may_be_export(payload):
            return None
        return split_export(
            read_html_lines(payload) if media_type == "text/html" else read_text_lines(payload)
        )
    try:
        if media_type == MAIL:
            # Only mails need the mail reader, and only PDF needs its library: each is loaded at first use.
            from onrecord.documents.mail import read_mail

            return read_mail(payload)
        read = _read_lines(payload, media_type)
    except DocumentFault as fault:
        return File(refused=str(fault))
    return split_export(read) or _lone(read)


def find_document(capture: Capture) -> Document | str:
    """Return the document that a capture names in its bytes, or why there is none."""
    file = read_file(capture.payload, capture.media_type)
    if file is None or file.refused:
        why = file.refused if file else "it is no export of a press database."
        return f"the file can't be read: {why}"
    part = part_of(capture.payload_digest)
    found = _by_part(capture.payload, capture.media_type).get(part)
    return found or f"in these bytes no document is called {part or 'the only one'!r}."


@lru_cache(maxsize=1)
def _by_part(payload: bytes, media_type: MediaType) -> dict[str | None, Document]:
    file = read_file(payload, media_type)
    return {one.part: one for one in file.documents} if file else {}


def forget_documents() -> None:
    """Give back the memory of the last file."""
    read_file.cache_clear()
    _by_part.cache_clear()


def _read_lines(payload: bytes, media_type: str) -> Lines:
    if media_type == PDF:
        from onrecord.documents.pdf import read_pdf

        return read_pdf(payload)
    if media_type == DOCX:
        from onrecord.documents.docx import read_docx

        return read_docx(payload)
    if media_type == ODT:
        from onrecord.documents.odt import read_odt

        return read_odt(payload)
    if media_type == RTF:
        from onrecord.documents.rtf import read_rtf

        return read_rtf(payload)
    raise DocumentFault(f"no reader is known for {media_type}.")


def _lone(read: Lines) -> File:
    """Return the one document that a file is."""
    if not read.lines:
        told = " ".join(read.messages)
        return File(refused=f"there are no words in it; nothing was read. {told}".strip())
    return File(
        documents=(
            Document(part=None, version=read.version, paragraphs=_label(read), messages=read.messages),
        )
    )


def _label(read: Lines) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a document with the roles that its layout tells."""
    title = next((line for line in read.lines if line.style == "title" and not line.part), None)
    headline = title or _find_largest(read)
    return tuple(
        Paragraph(
            text=line.text,
            role="headline" if line is headline else "other" if line.part in ("header", "footer") else None,
            places=line.places,
        )
        for line in read.lines
    )


def _find_largest(read: Lines) -> Line | None:
    """Return the line among the first that stands out: by larger letters, as a heading, in bold."""
    body = [line for line in read.lines if not line.part]
    first = [
        line
        for line in body[:FIRST_LINES]
        if FEWEST_WORDS <= len(line.text.split()) <= MOST_WORDS and not _NO_HEADLINE.fullmatch(line.text)
    ]
    sizes = [line.size for line in body if line.size and len(line.text) > LONG]
    usual = sorted(sizes)[len(sizes) // 2] if sizes else None
    large = [line for line in first if usual and line.size and line.size >= LARGER * usual]
    headed = [line for line in first if line.style == "heading"]
    return _largest(large) or next(iter(headed), None) or next((line for line in first if line.bold), None)


def _largest(lines: Sequence[Line]) -> Line | None:
    return max(lines, key=lambda line: line.size or 0.0, default=None)
