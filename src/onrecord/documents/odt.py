"""Documents of LibreOffice and OpenOffice (.odt): the paragraphs that a reader of the document sees."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.documents.gather import Gatherer
from onrecord.documents.markup import stream_xml
from onrecord.documents.values import DocumentFault, Line, Lines
from onrecord.documents.zipped import open_zip, read_member

__all__ = ["VERSION", "read_odt"]

VERSION = "odt-1"
# What was taken out under "track changes", remarks in the margin, and what programs say of pictures.
_SKIPPED = frozenset(("tracked-changes", "annotation", "hidden-text", "hidden-paragraph", "forms", "script"))
_OF_PICTURES = frozenset(("title", "desc"))
_HOLD_TEXT = frozenset(
    ("body", "header", "footer", "header-first", "footer-first", "header-left", "footer-left")
)
_SIGNS = {"tab": "\t", "soft-page-break": ""}
MAX_SPACES = 1000


def read_odt(payload: bytes) -> Lines:
    """Return the lines of an OpenDocument text."""
    with open_zip(payload) as bundle:
        if b"encryption-data" in (read_member(bundle, "META-INF/manifest.xml") or b""):
            raise DocumentFault("it is encrypted with a password; save it without one and add it again.")
        body = read_member(bundle, "content.xml")
        around = read_member(bundle, "styles.xml") or b""
    if body is None:
        raise DocumentFault(
            "there is no text of a document in it (content.xml); open it in a word processor and save it "
            "again."
        )
    reader = _Reader()
    # Headers and footers stand among the styles.
    stream_xml(around, reader.start, reader.end, reader.words)
    outside = reader.gatherer.finish()
    reader.gatherer = Gatherer()
    fault = stream_xml(body, reader.start, reader.end, reader.words)
    messages = (f"{fault}; what came before was read.",) if fault else ()
    header = [_around(line, "header") for line, part in zip(outside, reader.parts, strict=False) if part]
    footer = [_around(line, "footer") for line, part in zip(outside, reader.parts, strict=False) if not part]
    return Lines(lines=(*header, *reader.gatherer.finish(), *footer), version=VERSION, messages=messages)


def _around(line: Line, part: str) -> Line:
    return Line(text=line.text, part=part)


@dataclass(slots=True)
class _Style:
    """What a style that the program made says of its paragraphs and words."""

    parent: str = ""
    bold: bool = False
    hidden: bool = False
    breaks: bool = False


@dataclass(slots=True)
class _Reader:
    """Where the reader is in the document."""

    gatherer: Gatherer = field(default_factory=Gatherer)
    styles: dict[str, _Style] = field(default_factory=dict)
    parts: list[bool] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    defining: _Style | None = None
    skipping: int = 0
    hidden: int = 0
    in_body: bool = False
    spans: list[_Style] = field(default_factory=list)
    header: bool = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self.skipping or name in _SKIPPED or (name in _OF_PICTURES and self._is_picture()):
            self.skipping += 1
            return
        self.open.append(name)
        if name in _HOLD_TEXT:
            self.in_body, self.header = True, name.startswith("header")
        elif name == "style":
            self.defining = _Style(parent=attributes.get("parent-style-name", ""))
            self.styles[attributes.get("name", "")] = self.defining
        elif name.endswith("-properties"):
            self._define(attributes)
        elif self.in_body:
            self._read(name, attributes)

    def _is_picture(self) -> bool:
        """A title in a paragraph is the document's, printed there; any other is told of a picture."""
        return not self.open or self.open[-1] not in ("p", "h", "span", "a")

    def _define(self, attributes: Mapping[str, str]) -> None:
        if self.defining is not None:
            self.defining.bold |= attributes.get("font-weight") == "bold"
            self.defining.hidden |= attributes.get("display") == "none"
            self.defining.breaks |= attributes.get("break-before") == "page"

    def _read(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("p", "h"):
            style = self._style(attributes)
            if style.breaks:
                self.gatherer.break_sheet()
            self.gatherer.begin()
            named = attributes.get("style-name", ""), style.parent
            self.gatherer.style(
                "heading" if name == "h" else next((x.lower() for x in named if x.lower() == "title"), "")
            )
            self._push(style)
        elif name in ("span", "a"):
            self._push(self._style(attributes))
        elif name == "s":
            count = attributes.get("c", "1")
            self.gatherer.add(
                " " * min(int(count) if count.isdecimal() and len(count) < 6 else 1, MAX_SPACES)
            )
        elif name == "line-break":
            self.gatherer.break_line()
        elif name in _SIGNS:
            self.gatherer.add(_SIGNS[name])

    def _style(self, attributes: Mapping[str, str]) -> _Style:
        return self.styles.get(attributes.get("style-name", ""), _Style())

    def _push(self, style: _Style) -> None:
        self.spans.append(style)
        self.hidden += style.hidden
        self.gatherer.bold = any(one.bold for one in self.spans[-4:])

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        if self.open:
            self.open.pop()
        if name == "style":
            self.defining = None
        elif name in _HOLD_TEXT:
            self.in_body = False
        elif self.in_body and name in ("p", "h", "span", "a") and self.spans:
            self.hidden -= self.spans.pop().hidden
            self.gatherer.bold = any(one.bold for one in self.spans[-4:])
            if name in ("p", "h"):
                before = len(self.gatherer.lines)
                self.gatherer.end()
                self.parts += [self.header] * (len(self.gatherer.lines) - before)

    def words(self, words: str) -> None:
        if self.in_body and not self.skipping and not self.hidden:
            self.gatherer.add(words)
