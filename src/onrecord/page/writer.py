"""The line that the walk is writing: words are added, white space folded, and what nobody sees left out."""

from dataclasses import dataclass

from onrecord.page.apart import are_apart, are_two, is_initial, joins_initial
from onrecord.page.elements import BOLD, IN_PARAGRAPH, IN_RUNNING, LINKED, LINKED_OR_BOLD
from onrecord.page.lines import Line, Walk
from onrecord.page.quoted import Quote, types_marks
from onrecord.types import Span

__all__ = ["EAR_ONLY", "MAX_PEOPLE", "MAX_TIMES", "PERSON_HERE", "Frame", "Writer"]

MAX_TIMES = 2_000
# Placing a <time> reads its line again.
MAX_LINE_TIMES = 50
MAX_PEOPLE = 5_000
PERSON_HERE, EAR_ONLY = -1, -2
# From so many characters on, white space is folded piece by piece: slower, and the thousands of small strings
# of a line are not all there at once.
LONG_LINE = 50_000
# So long a line outside paragraphs is one of running text, and no list of names and links.
RUNS = 80
QUOTES = 40
STOPS = '.!?…”"’»'
QUOTATION = frozenset('“”„«»"')
# A line as short as this may be one letter set large.
SHORT = 8


@dataclass(slots=True)
class Frame:
    """An element the walk stands in: its number, its block's, and what holds for the words inside it.

    `closes` tells one whose end is more than the end of a line: it has a `time`, it `quotes` as a <q> does,
    or it is an inline element that breaks the line of the block `breaks` by its style (-1: it does not).
    """

    element: int
    block: int
    ends_line: bool
    inside: int
    closes: bool = False
    time: tuple[int, int, int] | None = None
    quotes: bool = False
    breaks: int = -1


class Writer:
    """Holds the line being written: the words so far, which are links, and which elements they came from.

    `source` is the page, in which a word may stand whole that a line has in two elements.
    """

    def __init__(self, source: str = "") -> None:
        self.walk = Walk()
        self.done: list[str] = []
        self.offset = 0
        self.source = source
        # Which flag of the walk words raise that are left out here.
        self.hiding = ""
        self.broken = -1
        self.quotes: list[Quote] = []
        self.pending = False
        self.floating: set[int] = set()
        self.start_line()

    def start_line(self) -> None:
        self.words: list[str] = []
        self.size = 0
        self.links = self.bold = 0
        self.elements: set[int] = set()
        self.times: list[tuple[int, int, int]] = []
        self.last = -1
        self.parted = self.heading = self.beside = False
        # The block of a letter that waits for the rest of its word.
        self.initial: int | None = None

    def write(self, words: str, frame: Frame) -> None:
        """Add the words of one text node to the line."""
        if words.isspace():
            # A line starts with its first word.
            if self.words and self.initial is None:
                self.add(" ")
            return
        if "&" in words:
            words = words.replace("&nbsp;", "\u00a0").replace("&lt;", "<").replace("&gt;", ">")
            words = words.replace("&amp;", "&")
        if self.initial is not None:
            words = self.go_on(words)
        if self.pending:
            words = self.open_quotations(words)
        # Words that touch: mostly one word in two elements, and now and then two words.
        if (
            self.words
            and words[0].isalnum()
            and self.words[-1][-1].isalnum()
            and self.are_apart(words, frame)
        ):
            self.add(" ")
            self.walk.mended = True
        if self.broken >= 0:
            self.walk.mended = self.walk.mended or (self.broken == frame.block and not self.words)
            self.broken = -1
        self.add(words)
        self.elements.add(frame.element)
        self.last, self.parted = frame.element, False
        if frame.inside & LINKED_OR_BOLD:
            length = len(fold(words))
            self.links += length if frame.inside & LINKED else 0
            self.bold += length if frame.inside & BOLD else 0

    def add(self, words: str) -> None:
        self.words.append(words)
        self.size += len(words)

    def write_lines(self, words: str, frame: Frame) -> None:
        """Add preformatted words, whose line ends are line ends."""
        for part in words.splitlines(keepends=True):
            self.write(part, frame)
            if part[-1] in "\r\n":
                self.end_line(frame.block)

    def are_apart(self, words: str, frame: Frame) -> bool:
        """Tell whether words are others than the ones that they touch: a picture or their elements part
        them."""
        if self.parted:
            return True
        running = not is_heading(frame) and (bool(frame.inside & IN_PARAGRAPH) or self.size > RUNS)
        line = "".join(self.words[-4:])
        if self.beside and not running and not is_heading(frame) and are_two(line, words, self.source):
            return True
        if self.last == frame.element:
            return False
        return are_apart(
            self.walk.elements, self.last, frame.element, line, words, self.source, running=running
        )

    def start_quotation(self, quote: Quote) -> None:
        """Note a <q>; its mark is printed with its first words."""
        self.quotes.append(quote)
        self.pending = True

    def open_quotations(self, words: str) -> str:
        """Print the marks of <q> before their first words, unless the page has typed some there."""
        self.pending = False
        bare = words.lstrip()
        typed = types_marks(fold("".join(self.words[-2:])), bare)
        marks = ""
        for quote in self.quotes:
            if quote.waits:
                quote.waits = False
                quote.printed = not typed
                marks += "" if typed else quote.opens
        self.walk.mended = self.walk.mended or bool(marks)
        return words[: len(words) - len(bare)] + marks + bare

    def end_quotation(self) -> None:
        """Print the mark that ends a <q> behind its last words; one without words has none."""
        quote = self.quotes.pop()
        self.pending = any(one.waits for one in self.quotes)
        if not quote.printed:
            return
        if self.words:
            raw = "".join(self.words).rstrip() + quote.closes
            self.words, self.size = [raw], len(raw)
        elif self.done:
            line = self.walk.lines[-1]
            line.span = Span(line.span.start, line.span.end + len(quote.closes))
            self.done[-1] += quote.closes
            self.offset += len(quote.closes)

    def go_on(self, words: str) -> str:
        """Go on behind a letter that was set large at the head of a text, or let it be a line of its own."""
        block, bare = self.initial or 0, words.lstrip()
        self.initial = None
        if not bare[:1].islower():
            self.finish(block)
            return words
        self.walk.mended = True
        if not joins_initial(self.words[0], bare, self.source):
            self.add(" ")
        first, self.words, self.size = "".join(self.words), [], 0
        return first + bare

    def end_line(self, block: int) -> None:
        """Finish the line, if there is anything to see in it; a letter set large waits for its word."""
        if not self.words or self.initial is not None:
            return
        if self.size < SHORT and self.elements:
            text = fold("".join(self.words))
            if is_initial(self.walk.elements, min(self.elements), self.floating, text):
                self.words, self.size, self.initial = [text], len(text), block
                return
        self.finish(block)

    def finish(self, block: int) -> None:
        """Write the line down."""
        if not self.words:
            return
        raw = "".join(self.words)
        if self.times and any(order == EAR_ONLY for order, _, _ in self.times):
            raw = self.leave_out(raw)
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

    def leave_out(self, raw: str) -> str:
        """Leave out of a line of running text or of a headline what is for screen readers alone.

        What opens a line stays, and so does what has no letters: the colon that parts a headline.
        """
        cuts = [time for time in self.times if time[0] == EAR_ONLY]
        self.times = [time for time in self.times if time[0] != EAR_ONLY]
        if not self.heading and not runs_on(fold(raw)):
            return raw
        for _, start, end in reversed(cuts):
            if raw[:start].strip() and any(map(str.isalpha, raw[start:end])):
                touch = raw[start - 1].isalnum() and raw[end : end + 1].isalnum()
                raw = raw[:start] + " " * touch + raw[end:]
                self.times = [one for time in self.times if (one := cut_time(time, start + touch, end))]
                self.walk.mended = True
        return raw

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

    def end(self) -> Walk:
        """Finish the last line and return the walk."""
        self.finish(self.initial or 0)
        self.walk.text = "\n".join(self.done)
        return self.walk


def is_heading(frame: Frame) -> bool:
    """Tell whether words stand in a headline: there running text is no paragraph."""
    return bool(frame.inside & IN_RUNNING) and not frame.inside & IN_PARAGRAPH


def runs_on(line: str) -> bool:
    """Tell whether a line outside paragraphs is running text, and no row of icons with words for the ear."""
    return (len(line) > RUNS and line[-1] in STOPS) or (len(line) > QUOTES and not QUOTATION.isdisjoint(line))


def cut_time(time: tuple[int, int, int], start: int, end: int) -> tuple[int, int, int] | None:
    """Move a place in a line from which a stretch was cut; None where it was in there."""
    order, first, last = time
    size = end - start
    if start <= first and last <= end:
        return None
    return (
        order,
        first - size if first >= end else min(first, start),
        last - size if last >= end else min(last, start),
    )


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


def is_visible(text: str) -> bool:
    """Tell whether there is anything to see: zero-width signs and a private font's icons are nothing."""
    return bool(text) and (text.isprintable() or any(sign.isprintable() and sign != " " for sign in text))
