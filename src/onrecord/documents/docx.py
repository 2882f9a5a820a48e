"""Documents of Word (.docx): the paragraphs that a reader of the document sees.

Words put in under "track changes" are shown and read, words taken out are not; so are content controls, text
boxes and notes. Comments in the margin are no part of the document.
"""

from collections.abc import Mapping
from dataclasses import replace
from zipfile import ZipFile

from onrecord.documents.gather import Gatherer
from onrecord.documents.markup import stream_xml
from onrecord.documents.values import DocumentFault, Line, Lines
from onrecord.documents.zipped import open_zip, read_member

__all__ = ["VERSION", "read_docx"]

VERSION = "docx-1"
MOST_AROUND = 12  # headers and footers: of the first sheet, of odd and even ones, of each section
_SKIPPED = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText"))
_OFF = ("0", "false", "off", "none")


def read_docx(payload: bytes) -> Lines:
    """Return the lines of a Word document, headers before and notes and footers behind the body."""
    with open_zip(payload) as bundle:
        body = read_member(bundle, _find_main(bundle))
        if body is None:
            raise DocumentFault(
                "there is no text of a document in it (word/document.xml); open it in a word processor and "
                "save it as .docx again."
            )
        styles = _read_styles(read_member(bundle, "word/styles.xml") or b"")
        around = {
            part: _read_around(bundle, prefix, styles, part)
            for prefix, part in (("header", "header"), ("footer", "footer"))
        }
        notes = [
            line
            for name in ("word/footnotes.xml", "word/endnotes.xml")
            for line in _read_part(read_member(bundle, name) or b"", styles, "note")[0]
        ]
    lines, fault = _read_part(body, styles, "")
    messages = (f"{fault}; what came before was read.",) if fault else ()
    return Lines(
        lines=(*around["header"], *lines, *notes, *around["footer"]), version=VERSION, messages=messages
    )


def _find_main(bundle: ZipFile) -> str:
    """Return the name of the member with the body: the package's relations say which it is."""
    found: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(attributes.get("Target", "").lstrip("/"))

    stream_xml(read_member(bundle, "_rels/.rels") or b"", start, lambda _: None, lambda _: None)
    return next((name for name in found if name in bundle.NameToInfo), "word/document.xml")


def _read_around(bundle: ZipFile, prefix: str, styles: Mapping[str, str], part: str) -> list[Line]:
    """Return what stands over or under every sheet, each line once."""
    names = sorted(name for name in bundle.namelist() if name.startswith(f"word/{prefix}"))[:MOST_AROUND]
    lines = [line for name in names for line in _read_part(read_member(bundle, name) or b"", styles, part)[0]]
    return list({line.text: line for line in lines}.values())


def _read_styles(data: bytes) -> dict[str, str]:
    """Return by id what the paragraph styles are called: ids are in the language of the program."""
    names: dict[str, str] = {}
    id = ""

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal id
        if name == "style":
            id = attributes.get("styleId", "")
        elif name == "name" and id:
            names.setdefault(id, attributes.get("val", "").lower())

    if data:
        stream_xml(data, start, lambda _: None, lambda _: None)
    return names


def _read_part(data: bytes, styles: Mapping[str, str], part: str) -> tuple[list[Line], str | None]:
    reader = _Reader(styles)
    fault = stream_xml(data, reader.start, reader.end, reader.words) if data else None
    lines = reader.gatherer.finish()
    return ([replace(line, part=part) for line in lines] if part else lines), fault


class _Reader:
    """Where the reader is in the document: which words are shown, in which paragraph."""

    def __init__(self, styles: Mapping[str, str]) -> None:
        self.gatherer = Gatherer()
        self.styles = styles
        self.skipping = 0
        self.in_text = False
        self.hidden = False
        self.in_paragraph_marks = False
        self.in_run_marks = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self.skipping or name in _SKIPPED:
            self.skipping += 1
            return
        if name == "t":
            self.in_text = True
        elif name == "p":
            self.gatherer.begin()
        elif name == "r":
            self.hidden = False
        elif name == "pPr":
            self.in_paragraph_marks = True
        elif name == "rPr":
            self.in_run_marks = True
        elif name in _MARKS:
            self._mark(name, attributes.get("val", ""))
        elif name in ("br", "cr"):
            self.gatherer.break_line(sheet=attributes.get("type") == "page")
        elif name in _SIGNS and not self.hidden:
            self.gatherer.add(_SIGNS[name])

    def _mark(self, name: str, value: str) -> None:
        gatherer = self.gatherer
        if self.in_paragraph_marks and not self.in_run_marks:
            if name == "pStyle":
                gatherer.style(self.styles.get(value, value.lower()))
            elif name == "outlineLvl" and value.isdecimal() and int(value) < 9:
                gatherer.style(f"heading {int(value) + 1}")
            elif name == "pageBreakBefore" and value not in _OFF:
                gatherer.break_sheet()
        elif self.in_run_marks and not self.in_paragraph_marks:
            if name == "vanish":
                self.hidden = value not in _OFF
            elif name == "b":
                gatherer.bold = value not in _OFF
            elif name == "sz" and value.isdecimal():
                gatherer.size = int(value) / 2

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
        elif name == "t":
            self.in_text = False
        elif name == "p":
            self.gatherer.end()
        elif name == "r":
            self.gatherer.bold, self.gatherer.size = False, None
        elif name == "pPr":
            self.in_paragraph_marks = False
        elif name == "rPr":
            self.in_run_marks = False

    def words(self, words: str) -> None:
        if self.in_text and not self.hidden and not self.skipping:
            self.gatherer.add(words)


_MARKS = frozenset(("pStyle", "outlineLvl", "pageBreakBefore", "vanish", "b", "sz"))
_SIGNS = {"tab": "\t", "noBreakHyphen": "‑", "ptab": "\t"}
