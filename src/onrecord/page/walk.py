"""One walk of a parsed page: the visible words as lines, each with the elements it stands in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from onrecord.page.hidden import MOST_PARENTS, Hidden, is_clipped
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
# Here what is hidden in the middle of a line is none of its words. In a headline it may be the colon that
# parts its halves for who hears it, and at the head of a line the "Published on" of a date.
PARAGRAPHS = frozenset(("p", "figcaption"))
KEEPS_LINES = frozenset(("pre", "listing"))
# Some pages hide the whole of themselves until a script has run; those words are meant to be read.
NEVER_HIDDEN = frozenset(("html", "body", "main", "article"))
# A server that sends a page in pieces hides each piece until a script has put it in its place.
STREAMED = re.compile(r"S:[0-9a-f]+\Z")
MAX_TIMES = 2_000
# Placing a <time> reads its line again.
MAX_LINE_TIMES = 50
MAX_PEOPLE = 5_000
NAMES = ("class", "id", "role", "itemprop")
# Words inside a line whose element says that they are a person's name, as comments print who wrote them.
PERSON = re.compile(
    r"author|nick|commenter|poster|(?:user|display|screen|real)[-_]?name|publisher-anchor"
    r"|(?:\b|_)(?:fn|user|name|handle|vcard|persona?)(?:\b|_)",
    re.IGNORECASE,
)
PERSON_HERE = -1
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track "
    "wbr".split()
)
# A tag in the form in which the standard writes a tree out, and the text up to the next.
TOKEN = re.compile(r'<(/?[^ \t\n\f\r/>]++)((?: =?[^ \t\n\f\r/>=]*+="[^"]*+")*+)>([^<]*+)')
# A quotation mark inside a value is escaped, so none of these can stand in one.
ATTRIBUTE = re.compile(r' (class|id|role|itemprop|hidden|style|datetime|open)="([^"]*+)"')


# From so many characters on, tokens are made one by one, and white space is folded piece by piece: slower,
# and the thousands of small strings of a page or line are not all there at once.
LONG_PAGE = 500_000
LONG_LINE = 50_000


@dataclass(slots=True)  # not frozen: a page has thousands, and a frozen one takes three times as long to make
class Element:
    """One element around words: its tag, its names (class, id, role, itemprop), and its parent."""

    tag: str
    names: str
    parent: int


@dataclass(slots=True)
class Line:
    """One line of the text: its span, the innermost element of all its words, its links and bold."""

    span: Span
    element: int
    link_chars: int
    bold_chars: int


@dataclass(slots=True)
class Walk:
    """What the walk of a page found; `times` are its <time> elements, their machine value and their words.

    `people` are the words inside lines whose element says that they name somebody. `hid` tells that words
    inside a line were left out because the page hides them.
    """

    text: str = ""
    elements: list[Element] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    times: list[tuple[str, Span | None]] = field(default_factory=list)
    people: list[Span] = field(default_factory=list)
    hid: bool = False


# What holds for the words inside an element.
LINKED, BOLD, IN_RUNNING, LINES_KEPT, IN_PARAGRAPH = 1, 2, 4, 8, 16
LINKED_OR_BOLD = LINKED | BOLD


@dataclass(slots=True)
class Kind:
    """What an element's tag alone says of it; `inside` is what holds for the words inside."""

    tag: str
    void: bool
    unseen: bool
    block: bool
    custom: bool
    inside: int


@dataclass(slots=True)
class Frame:
    """An element the walk stands in: its number, its block's, and what holds for the words inside it."""

    element: int
    block: int
    ends_line: bool
    inside: int
    time: tuple[int, int, int] | None


class Writer:
    """Holds the line being written: the words so far, which are links, and which elements they came from."""

    def __init__(self) -> None:
        self.walk = Walk()
        self.done: list[str] = []
        self.offset = 0
        self.hiding = False
        self.start_line()

    def start_line(self) -> None:
        self.words: list[str] = []
        self.size = 0
        self.links = self.bold = 0
        self.elements: set[int] = set()
        self.times: list[tuple[int, int, int]] = []

    def write(self, words: str, frame: Frame) -> None:
        """Add the words of one text node to the line."""
        if words.isspace():
            # A line starts with its first word.
            if self.words:
                self.words.append(" ")
                self.size += 1
            return
        if "&" in words:
            words = words.replace("&nbsp;", "\u00a0").replace("&lt;", "<").replace("&gt;", ">")
            words = words.replace("&amp;", "&")
        self.words.append(words)
        self.size += len(words)
        self.elements.add(frame.element)
        if frame.inside & LINKED_OR_BOLD:
            length = len(fold(words))
            self.links += length if frame.inside & LINKED else 0
            self.bold += length if frame.inside & BOLD else 0

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
        text = fold(raw)
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
        """Set the span of a <time>'s or a name's words, now that the line's white space is known."""
        order, start, end = time
        words = fold(raw[start:end])
        before = fold(raw[:start])
        spaced = bool(before) and (raw[start - 1].isspace() or raw[start : start + 1].isspace())
        at = self.offset + len(before) + spaced
        if not words:
            return
        if order == PERSON_HERE:
            self.walk.people.append(Span(at, at + len(words)))
        else:
            self.walk.times[order] = (self.walk.times[order][0], Span(at, at + len(words)))

    def end_time(self, time: tuple[int, int, int]) -> None:
        """Note a <time> or a name that began in this line, to be placed with it."""
        order, lines, start = time
        if lines == len(self.done) and len(self.times) < MAX_LINE_TIMES:
            self.times.append((order, start, self.size))


NOTHING_HIDDEN = Hidden({})


def walk_page(html: str, hidden: Hidden = NOTHING_HIDDEN) -> Walk:
    """Turn a parsed page into its text: a block element a line, everything visible kept.

    `html` is the parser's tree written out again, in which every element that is not void has its end tag,
    every value stands in double quotes and marks in text are escaped (HTML standard 13.3): so one pattern
    takes it apart, several times faster than node by node.
    """
    writer = Writer()
    frame = Frame(0, 0, False, 0, None)
    frames: list[Frame] = []
    unseen = 0
    tokens = list_tokens(html)
    del html
    for name, attributes, words in tokens:
        if name[0] == "/":
            if unseen:
                unseen -= 1
                writer.hiding = writer.hiding and unseen > 0
            elif frames:
                if frame.time is not None:
                    writer.end_time(frame.time)
                if frame.ends_line and writer.words:
                    writer.end_line(frame.block)
                frame = frames.pop()
        else:
            kind = find_kind(name)
            if kind.void:
                if kind.block and not unseen:
                    writer.end_line(frame.block)
            elif unseen or kind.unseen:
                unseen += 1
            elif (inner := enter(writer, frame, kind, attributes, hidden)) is None:
                unseen = 1
            else:
                frames.append(frame)
                frame = inner
        # Most of the text between tags is white space between lines.
        if not words:
            continue
        if unseen:
            writer.walk.hid = writer.walk.hid or (writer.hiding and not words.isspace())
        elif writer.words or not words.isspace():
            (writer.write_lines if frame.inside & LINES_KEPT else writer.write)(words, frame)
    writer.end_line(0)
    writer.walk.text = "\n".join(writer.done)
    return writer.walk


def list_tokens(html: str) -> Iterable[tuple[str, str, str]]:
    """Return (name, attributes, words after it) of each tag."""
    if len(html) < LONG_PAGE:
        return TOKEN.findall(html)
    return ((token[1], token[2], token[3]) for token in TOKEN.finditer(html))


def fold(words: str) -> str:
    """Fold white space: one space for any run of it, none at the ends."""
    if len(words) < LONG_LINE:
        return " ".join(words.split())
    parts: list[str] = []
    spaced = False
    for start in range(0, len(words), LONG_LINE):
        piece = words[start : start + LONG_LINE]
        if folded := " ".join(piece.split()):
            if parts and (spaced or piece[0].isspace()):
                parts.append(" ")
            parts.append(folded)
            spaced = piece[-1].isspace()
        else:
            spaced = True
    return "".join(parts)


def enter(
    writer: Writer, frame: Frame, kind: Kind, attributes: str, by_style: Hidden = NOTHING_HIDDEN
) -> Frame | None:
    """Step into an element, unless it is hidden."""
    names, stamp = "", ""
    if attributes or kind.tag == "dialog":
        names, hidden, stamp = read_attributes(kind.tag, attributes)
        if hidden:
            return None
    inside = frame.inside
    if attributes and inside & IN_PARAGRAPH and writer.words:
        parents = list_parents(writer.walk, frame.element)
        if by_style.hides(names, parents) or ("style=" in attributes and is_clipped(attributes)):
            writer.hiding = True
            return None
    block = kind.block and not (kind.custom and inside & IN_RUNNING)
    if block:
        inside &= ~(IN_RUNNING | IN_PARAGRAPH)
        if writer.words:
            writer.end_line(frame.block)
    element, walk = frame.element, writer.walk
    if block or attributes or not walk.elements:
        walk.elements.append(Element(kind.tag, names, element if walk.elements else -1))
        element = len(walk.elements) - 1
    time = None
    if stamp and len(walk.times) < MAX_TIMES:
        walk.times.append((stamp, None))
        time = (len(walk.times) - 1, len(writer.done), writer.size)
    elif not block and len(walk.people) < MAX_PEOPLE and (kind.tag == "cite" or names_person(names)):
        time = (PERSON_HERE, len(writer.done), writer.size)
    return Frame(element, element if block else frame.block, block, inside | kind.inside, time)


def list_parents(walk: Walk, at: int) -> Iterable[str]:
    """Yield the names of the elements around a place, the innermost first."""
    for _ in range(MOST_PARENTS):
        if at < 0 or at >= len(walk.elements):
            return
        yield walk.elements[at].names
        at = walk.elements[at].parent


@lru_cache(maxsize=1_000)
def find_kind(tag: str) -> Kind:
    """Tell what an element's tag alone says."""
    custom = tag == "button" or "-" in tag
    return Kind(
        tag=tag,
        void=tag in VOID or tag[0] == "!",
        unseen=tag in UNSEEN,
        block=tag in BLOCK or tag == "br" or custom,
        custom=custom,
        inside=LINKED * (tag == "a")
        | BOLD * (tag in ("b", "strong"))
        | IN_RUNNING * (tag in RUNNING)
        | IN_PARAGRAPH * (tag in PARAGRAPHS)
        | LINES_KEPT * (tag in KEEPS_LINES),
    )


@lru_cache(maxsize=2_000)  # a page has few names, each many times
def names_person(names: str) -> bool:
    """Tell whether an element's names say that its words name a person."""
    return PERSON.search(names) is not None


def read_attributes(tag: str, attributes: str) -> tuple[str, bool, str]:
    """Read an element's names, whether it is hidden, and what a <time> says to machines."""
    if (
        attributes.startswith(' class="')
        and attributes.count('"') == 2
        and "&" not in attributes
        and tag != "dialog"
    ):
        return attributes[8:-1], False, ""
    values = dict(ATTRIBUTE.findall(attributes))
    if "&" in attributes:
        values = {key: unescape(value) for key, value in values.items()}
    names = " ".join([value for name in NAMES if (value := values.get(name))])
    hidden = tag not in NEVER_HIDDEN and is_hidden(tag, values)
    return names, hidden, values.get("datetime", "").strip() if tag == "time" else ""


def is_hidden(tag: str, values: dict[str, str]) -> bool:
    """Tell whether an element is not shown by its own words: `hidden`, display:none, or a dialog not open."""
    if "hidden" in values and values["hidden"] != "until-found":
        return not STREAMED.match(values.get("id", ""))
    style = values.get("style")
    if style and "none" in style and "display:none" in "".join(style.lower().split()):
        return True
    return tag == "dialog" and "open" not in values


def is_visible(text: str) -> bool:
    """Tell whether there is anything to see: zero-width signs and a private font's icons are nothing."""
    return bool(text) and (text.isprintable() or any(sign.isprintable() and sign != " " for sign in text))
