"""What the readers of files give on: lines as a file holds them, and documents made of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.types import Place, Role

__all__ = ["Document", "DocumentFault", "File", "Line", "Lines", "Mail", "Paragraph", "Stated", "pair_roles"]


class DocumentFault(Exception):
    """A file can't be read; the words say why and what to do. It becomes a problem of that file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph or line as a file holds it, white space folded.

    `style` is "title", "heading" or "" (body text, and whatever a file does not tell); `size` that of the
    letters in points. `breaks` says that a new sheet begins here, `gap` that an empty line stands before it.
    `part` is "" for the body; "header", "footer" and "note" stand around it. `places` tell where on which
    sheet each stretch of the words is printed, counted from the start of these words.
    """

    text: str
    style: str = ""
    bold: bool = False
    size: float | None = None
    breaks: bool = False
    gap: bool = False
    part: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A file as lines in reading order. `version` names the reader; `messages` say what was not read."""

    lines: tuple[Line, ...]
    version: str
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of a document's text of record; `role` is None where the layout does not tell it."""

    text: str
    role: Role | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A value that a document states in a field of its own: "SN  Quillhaven Lantern".

    `name` is what it is (headline, outlet, author, published, section, language, credit, place), `words` as
    printed, `where` names the field for people. `line` is the place of the paragraph that has the words.
    """

    name: str
    words: str
    where: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The body of a mail: text or HTML as bytes, to be read as a page under its heads."""

    payload: bytes
    media_type: str
    charset: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article or document of a file.

    `part` names it within the file ("line=1042", "message=2"), None where the file holds nothing else.
    `version` names the readers that made it. The body of a mail follows its paragraphs.
    """

    part: str | None
    version: str
    paragraphs: tuple[Paragraph, ...]
    stated: tuple[Stated, ...] = ()
    mail: Mail | None = None
    uri: str | None = None
    captured_at: str | None = None
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """All documents of a file. `messages` are of the whole file; `refused` says why nothing was read."""

    documents: tuple[Document, ...] = ()
    messages: tuple[str, ...] = ()
    refused: str | None = None


def pair_roles(lines: Sequence[Line], roles: Sequence[Role]) -> tuple[Paragraph, ...]:
    """Return the lines of an article as paragraphs, each with its role."""
    return tuple(
        Paragraph(text=line.text, role=role, places=line.places)
        for line, role in zip(lines, roles, strict=True)
    )
