"""One walk of the DOM: the visible words as lines, each with the elements it stands in."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from onrecord.types import Span

__all__ = ["Element", "Line", "Walk", "walk_page"]

# The elements that start and end a line, by HTML's own default style sheet.
BLOCK = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main "
    "menu nav ol p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp".split()
)
# Never shown, or shown only where something else fails.
UNSEEN = frozenset(
    "audio base canvas datalist embed head iframe link map meta meter noembed noframes noscript object "
    "progress rp script select style svg template textarea title video".split()
)
# A custom element or a button inside running text belongs to its sentence.
RUNNING = frozenset("p h1 h2 h3 h4 h5 h6 figcaption caption summary".split())
KEEPS_LINES = frozenset(("pre", "listing", "xmp", "plaintext"))
# Some pages hide the whole of themselves until a script has run; those words are meant to be read.
NEVER_HIDDEN = frozenset(("html", "body", "main", "article"))
# A server that sends a page in pieces hides each piece until a script has put it in its place.
STREAMED = re.compile(r"S:[0-9a-f]+\Z")
MAX_TIMES = 2_000
# Placing a <time> reads its line again.
MAX_LINE_TIMES = 50
NAMES = ("class", "id", "role", "itemprop")


@dataclass(slots=True)  # not frozen: a page has thousands, and a frozen one takes three times as long to make
class Element:
    """One element around words: its tag, its names (class, id, role, itemprop), and its parent."""

    tag: str
    names: str
    parent: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text: its span, the innermost element of all its words, its links and bold."""

    span: Span
    element: int
    link_chars: int
    bold_chars: int


@dataclass(slots=True)
class Walk:
    """What the walk of a page found; `times` are its <time> elements, their machine value and their words."""

    text: str = ""
    elements: list[Element] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    times: list[tuple[str, Span | None]] = field(default_factory=list)


@dataclass(slots=True)
class Frame:
    """An element the walk stands in, and what holds for the words inside it."""

    node: LexborNode
    element: int
    block: int
    ends_line: bool = False
    linked: bool = False
    bold: bool = False
    running: bool = False
    keeps_lines: bool = False
    time: tuple[int, int, int] | None = None


class Writer:
    """Holds the line being written: the words so far, which are links, and which elements they came from."""

    def __init__(self) -> None:
        self.walk = Walk()
        self.done: list[str] = []
        self.offset = 0
        self.start_line()

    def start_line(self) -> None:
        self.words: list[str] = []
        self.size = 0
        self.links = self.bold = 0
        self.elements: set[int] = set()
        self.times: list[tuple[int, int, int]] = []

    def write(self, words: str, frame: Frame) -> None:
        """Add the words of one text node to the line."""
        self.words.append(words)
        self.size += len(words)
        if words.isspace():
            return
        self.elements.add(frame.element)
        if frame.linked or frame.bold:
            length = len(" ".join(words.split()))
            self.links += length if frame.linked else 0
            self.bold += length if frame.bold else 0

    def write_lines(self, words: str, frame: Frame) -> None:
        """Add preformatted words, whose line ends are line ends."""
        for part in words.splitlines(keepends=True):
            self.write(part, frame)
            if part[-1] in "\r\n":
                self.end_line(frame.block)

    def end_line(self, block: int) -> None:
        """Finish the line, if there is anything to see in it."""
        if not self.words:
            return
        raw = "".join(self.words)
        text = " ".join(raw.split())
        if is_visible(text):
            for time in self.times:
                self.place_time(time, raw)
            element = self.elements.pop() if len(self.elements) == 1 else block
            links, bold = min(self.links, len(text)), min(self.bold, len(text))
            self.walk.lines.append(Line(Span(self.offset, self.offset + len(text)), element, links, bold))
            self.done.append(text)
            self.offset += len(text) + 1
        self.start_line()

    def place_time(self, time: tuple[int, int, int], raw: str) -> None:
        """Set the span of a <time>'s printed words, now that the line's white space is known."""
        order, start, end = time
        words = " ".join(raw[start:end].split())
        before = " ".join(raw[:start].split())
        spaced = bool(before) and (raw[start - 1].isspace() or raw[start : start + 1].isspace())
        at = self.offset + len(before) + spaced
        if words:
            self.walk.times[order] = (self.walk.times[order][0], Span(at, at + len(words)))

    def leave(self, frame: Frame) -> None:
        """Close an element: a block ends its line, a <time> that began in this line is placed with it."""
        if frame.time is not None:
            order, lines, start = frame.time
            if lines == len(self.done) and len(self.times) < MAX_LINE_TIMES:
                self.times.append((order, start, self.size))
        if frame.ends_line:
            self.end_line(frame.block)


def walk_page(root: LexborNode) -> Walk:
    """Turn a parsed page into its text: a block element a line, everything visible kept."""
    writer = Writer()
    frames = [Frame(root, add_element(writer.walk, root.tag or "", root.attributes, -1), 0, ends_line=True)]
    node = root.first_child
    while frames:
        if node is None:
            frame = frames.pop()
            writer.leave(frame)
            node = frame.node.next if frames else None
            continue
        inner = visit(writer, frames[-1], node)
        if inner is not None:
            frames.append(inner)
            node = node.first_child
        else:
            node = node.next
    writer.walk.text = "\n".join(writer.done)
    return writer.walk


def visit(writer: Writer, frame: Frame, node: LexborNode) -> Frame | None:
    """Write a text node, or end a line; return the frame of an element whose inside is to be walked."""
    tag = node.tag or ""
    if tag == "-text":
        words = node.text_content or ""
        (writer.write_lines if frame.keeps_lines else writer.write)(words, frame)
        return None
    if tag in UNSEEN or tag[:1] in "-!":
        return None
    if tag == "br":
        writer.end_line(frame.block)
        return None
    return enter(writer, frame, node, tag)


def enter(writer: Writer, frame: Frame, node: LexborNode, tag: str) -> Frame | None:
    """Step into an element, unless it is hidden."""
    attributes = node.attributes
    if (attributes or tag == "dialog") and tag not in NEVER_HIDDEN and is_hidden(tag, attributes):
        return None
    custom = tag == "button" or "-" in tag
    block = (tag in BLOCK or custom) and not (custom and frame.running)
    if block:
        writer.end_line(frame.block)
    element = (
        add_element(writer.walk, tag, attributes, frame.element) if block or attributes else frame.element
    )
    inner = Frame(
        node,
        element,
        element if block else frame.block,
        block,
        frame.linked or tag == "a",
        frame.bold or tag in ("b", "strong"),
        tag in RUNNING or (frame.running and not block),
        frame.keeps_lines or tag in KEEPS_LINES,
    )
    if (
        tag == "time"
        and len(writer.walk.times) < MAX_TIMES
        and (stamp := (attributes.get("datetime") or "").strip())
    ):
        writer.walk.times.append((stamp, None))
        inner.time = (len(writer.walk.times) - 1, len(writer.done), writer.size)
    return inner


def add_element(walk: Walk, tag: str, attributes: dict[str, str | None], parent: int) -> int:
    """Note an element with its names; return its number, in the page's order."""
    names = ""
    if attributes:
        found = [value for name in NAMES if name in attributes and (value := attributes[name])]
        names = " ".join(found) if len(found) != 1 else found[0]
    walk.elements.append(Element(tag, names, parent))
    return len(walk.elements) - 1


def is_hidden(tag: str, attributes: dict[str, str | None]) -> bool:
    """Tell whether an element is not shown by its own words: `hidden`, display:none, or a dialog not open."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return not STREAMED.match(attributes.get("id") or "")
    if "style" in attributes:
        style = attributes["style"]
        if style and "none" in style and "display:none" in "".join(style.lower().split()):
            return True
    return tag == "dialog" and "open" not in attributes


def is_visible(text: str) -> bool:
    """Tell whether there is anything to see: zero-width signs and a private font's icons are nothing."""
    return bool(text) and (text.isprintable() or any(sign.isprintable() and sign != " " for sign in text))
