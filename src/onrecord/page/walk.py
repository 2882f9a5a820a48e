"""One walk of a parsed page: the visible words as lines, each with the elements it stands in."""

import re
from collections.abc import Collection, Iterable

from onrecord.page.apart import joins_initial
from onrecord.page.elements import (
    IN_PARAGRAPH,
    IN_RUNNING,
    LINES_KEPT,
    Kind,
    find_kind,
    names_person,
    read_attributes,
)
from onrecord.page.hidden import MOST_PARENTS, Hidden, is_clipped, is_cut_away, is_for_the_ear
from onrecord.page.lines import Dark, Element, Walk
from onrecord.page.quoted import Marks, make_quote
from onrecord.page.writer import EAR_ONLY, MAX_PEOPLE, MAX_TIMES, PERSON_HERE, Frame, Writer, is_heading

__all__ = ["walk_page"]

# A tag in the form in which the standard writes a tree out, and the text up to the next.
TOKEN = re.compile(r'<(/?[^ \t\n\f\r/>]++)((?: =?[^ \t\n\f\r/>=]*+="[^"]*+")*+)>([^<]*+)')
# From so many characters on, tokens are made one by one: slower, and the thousands of small strings of a page
# are not all there at once.
LONG_PAGE = 500_000
# So many characters in one piece are running text.
PROSE = 25
MOST_DARK = 500
# Void elements that stand between words as a thing of their own.
PARTING = frozenset(("img", "input"))
ALONE = re.compile(r' alt="([^\W\d_a-zß-ÿ])"')
# Elements whose words are a thing of their own.
PARTED = frozenset(("/time", "/button"))
# An element inside a line whose style makes it a line of its own.
OWN_LINE = re.compile(r"(?:^|;)display:(?:block|flex|grid|table|list-item)\b")
FLOAT = re.compile(r"(?:^|;)float:(?:left|right)")

NOTHING_HIDDEN = Hidden({})


def walk_page(
    html: str,
    hidden: Hidden = NOTHING_HIDDEN,
    marks: Marks = (),
    shown: Collection[int] = (),
) -> Walk:
    """Turn a parsed page into its text: a block element a line, everything visible kept.

    `html` is the parser's tree written out again, in which every element that is not void has its end tag,
    every value stands in double quotes and marks in text are escaped (HTML standard 13.3): so one pattern
    takes it apart, several times faster than node by node. `marks` are what a <q> prints, and `shown` are the
    tags, by their number, whose words are kept though the page does not show them.
    """
    writer = Writer(html if len(html) < LONG_PAGE else "")
    frame = Frame(0, 0, False, 0)
    frames: list[Frame] = []
    kinds: dict[str, Kind] = {}
    unseen = prose = 0
    begun: tuple[int, str, str] = (0, "", "")
    tokens = list_tokens(html)
    del html
    ended = ""
    for at, (name, attributes, words) in enumerate(tokens):
        writer.beside = ended == name
        ended = name[1:] if name[0] == "/" and not words else ""
        if name[0] == "/":
            if unseen:
                unseen -= 1
                if not unseen:
                    writer.hiding = ""
                if not unseen and prose:
                    note_dark(writer.walk, Dark(*begun, frame.element, prose))
                    prose = 0
            elif frames:
                if frame.closes:
                    leave(writer, frame)
                elif frame.ends_line and writer.words:
                    writer.end_line(frame.block)
                frame = frames.pop()
                if name in PARTED:
                    writer.parted = True
        else:
            kind = kinds.get(name) or kinds.setdefault(name, find_kind(name))
            if kind.void:
                if kind.block and not unseen:
                    writer.end_line(frame.block)
                elif not unseen and name in PARTING:
                    writer.parted = True
                    if (
                        not writer.words
                        and (letter := ALONE.search(attributes))
                        and words.strip()[:1].islower()
                    ):
                        # A picture of the letter that a text begins with.
                        joined = joins_initial(letter[1], words.lstrip(), writer.source)
                        words = letter[1] + " " * (not joined) + words.lstrip()
                        writer.walk.mended = True
            elif unseen:
                unseen += 1
            elif (kind.unseen and at not in shown) or (
                inner := enter(
                    writer, frame, kind, attributes, hidden, marks, shown=bool(shown) and at in shown
                )
            ) is None:
                unseen, begun = 1, (at, name, attributes)
            else:
                frames.append(frame)
                frame = inner
        # Most of the text between tags is white space between lines.
        if not words:
            continue
        if unseen:
            if len(words) > PROSE:
                prose += len(words)
            if writer.hiding and not words.isspace():
                setattr(writer.walk, writer.hiding, True)
        elif writer.words or not words.isspace():
            (writer.write_lines if frame.inside & LINES_KEPT else writer.write)(words, frame)
    return writer.end()


def list_tokens(html: str) -> Iterable[tuple[str, str, str]]:
    """Return (name, attributes, words after it) of each tag."""
    if len(html) < LONG_PAGE:
        return TOKEN.findall(html)
    return ((token[1], token[2], token[3]) for token in TOKEN.finditer(html))


def note_dark(walk: Walk, dark: Dark) -> None:
    """Note running text that the page does not show."""
    if len(walk.dark) < MOST_DARK:
        walk.dark.append(dark)


def leave(writer: Writer, frame: Frame) -> None:
    """Step out of an element."""
    if frame.quotes:
        writer.end_quotation()
    if frame.time is not None:
        writer.end_time(frame.time)
    if frame.ends_line and writer.words:
        writer.end_line(frame.block)
    if frame.breaks >= 0:
        writer.broken = frame.breaks


def enter(
    writer: Writer,
    frame: Frame,
    kind: Kind,
    attributes: str,
    by_style: Hidden = NOTHING_HIDDEN,
    marks: Marks = (),
    *,
    shown: bool = False,
) -> Frame | None:
    """Step into an element, unless it is hidden."""
    names, stamp, style = "", "", ""
    if attributes or kind.tag == "dialog":
        names, hidden, stamp, style = read_attributes(kind.tag, attributes)
        if hidden and not shown:
            # Walks before the fourth did not know this attribute.
            writer.hiding = "mended" if " popover=" in attributes else ""
            return None
    inside = frame.inside
    time = None
    if attributes and writer.words:
        if inside & IN_PARAGRAPH:
            hiding = tell_hiding(writer.walk, frame.element, names, style, by_style)
            # A card that opens under the mouse may tell by its role what it is.
            if hiding or ' role="tooltip"' in attributes:
                writer.hiding = hiding or "mended"
                return None
        elif not kind.block and (is_for_the_ear(names) or (style and is_gone(style))):
            writer.heading = is_heading(frame)
            time = (EAR_ONLY, len(writer.done), writer.size)
    block, own_line = kind.block and not (kind.custom and inside & IN_RUNNING), False
    if block:
        inside &= ~(IN_RUNNING | IN_PARAGRAPH)
        writer.broken = -1
    elif style and "display" in style and opens_line(style):
        writer.walk.mended |= bool(writer.words) or writer.broken == frame.block
        block = own_line = True
    if block and writer.words:
        writer.end_line(frame.block)
    element, walk = frame.element, writer.walk
    if kind.parts:
        writer.parted = True
    if block or attributes or not walk.elements:
        walk.elements.append(Element(kind.tag, names, element if walk.elements else -1))
        element = len(walk.elements) - 1
        if style and "float" in style and FLOAT.search("".join(style.lower().split())):
            writer.floating.add(element)
    if stamp and len(walk.times) < MAX_TIMES:
        walk.times.append((stamp, None))
        time = (len(walk.times) - 1, len(writer.done), writer.size)
    elif (
        time is None
        and not block
        and (kind.tag == "cite" or (names and names_person(names)))
        and len(walk.people) < MAX_PEOPLE
    ):
        time = (PERSON_HERE, len(writer.done), writer.size)
    quotes = kind.tag == "q" and bool(marks)
    if quotes:
        writer.start_quotation(make_quote(marks, len(writer.quotes)))
    return Frame(
        element,
        element if block else frame.block,
        block,
        inside | kind.inside,
        own_line or quotes or time is not None,
        time,
        quotes,
        frame.block if own_line else -1,
    )


def opens_line(style: str) -> bool:
    return OWN_LINE.search("".join(style.lower().split())) is not None


def tell_hiding(walk: Walk, at: int, names: str, style: str, by_style: Hidden) -> str:
    """Tell which walk was the first to leave out an element inside a paragraph; "" for one that is seen."""
    if by_style.hides(names, list_parents(walk, at)) or (style and is_clipped(style)):
        return "hid"
    if (
        is_for_the_ear(names)
        or (style and is_cut_away(style))
        or by_style.clips(names, list_parents(walk, at))
    ):
        return "mended"
    return ""


def is_gone(style: str) -> bool:
    return is_clipped(style) or is_cut_away(style)


def list_parents(walk: Walk, at: int) -> Iterable[str]:
    """Yield the names of the elements around a place, the innermost first."""
    for _ in range(MOST_PARENTS):
        if at < 0 or at >= len(walk.elements):
            return
        yield walk.elements[at].names
        at = walk.elements[at].parent
