"""One reader's comment, taken apart: who wrote it, when, how many liked it; what is left is its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.page.comment_words import (
    ANSWERS,
    LEAD,
    NUMBER,
    find_likes,
    find_signature,
    is_button,
    is_filler,
    is_name,
    is_separator,
    read_count,
    strip_filler,
    words_of,
)
from onrecord.page.moments import Moment, find_moment, read_stamp
from onrecord.types import Span

__all__ = [
    "CommentLine",
    "Parts",
    "is_furniture",
    "is_prose",
    "read_head",
    "read_parts",
    "sees_head",
    "starts_like_name",
]

MAX_HEAD = 160
# A name and its date stand side by side; badges may stand between.
NEAR = 3
NEAR_CHARS = 40
SHORT = 5
MAX_GUESS = 40
BUTTON_WORDS = 3
MAX_LIKES = 60
ONLY_BUTTON = frozenset(("button",))
COUNTED = frozenset(("likes", "button"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLine:
    """A line in the readers' part of a page, with what its elements say of it (nothing in plain text).

    `at` is its place among the page's lines. `people` are the words that an element calls a name, `stamps`
    the times that the page tells machines, with their printed words; `strong` tells a line that is nothing
    but bold words or a link, `linked` one that is a link, `sure` one that is known to be of the readers'
    part, `indent` how far it is set in.
    """

    at: int
    span: Span
    words: str
    people: tuple[Span, ...] = ()
    stamps: tuple[tuple[str, Span], ...] = ()
    marks: frozenset[str] = frozenset()
    strong: bool = False
    linked: bool = False
    sure: bool = True
    indent: int = 0

    def cut(self, span: Span) -> str:
        """Return the words that a span names in this line."""
        return self.words[max(span.start - self.span.start, 0) : max(span.end - self.span.start, 0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What one comment is made of. `answers` is the handle that it says it answers."""

    text: tuple[Span, ...] = ()
    handle: Span | None = None
    time: Span | None = None
    posted: str | None = None
    likes: int | None = None
    answers: str | None = None


class Head(NamedTuple):
    """What a line tells of who wrote a comment and when; `rest` is where the reader's own words begin."""

    handle: Span | None
    moment: Moment | None
    rest: int | None


NO_HEAD = Head(None, None, None)


def is_furniture(line: CommentLine) -> bool:
    """Tell a line that only offers something to press, or belongs to the form for writing."""
    if (
        "form" in line.marks
        or is_separator(line.words)
        or (is_button(line.words) and not find_moment(line.words))
    ):
        return True
    return line.marks == ONLY_BUTTON and len(line.words.split()) <= BUTTON_WORDS


def is_prose(line: CommentLine) -> bool:
    """Tell a line that is long enough to be a reader's own words, or ends like a sentence."""
    return len(line.words.split()) > SHORT or line.words.endswith((".", "!", "?", "…"))


def sees_head(line: CommentLine) -> tuple[bool, bool, bool]:
    """Tell whether a line shows who wrote a comment and when, and whether the comment begins in it."""
    if is_furniture(line):
        return False, False, False
    head = read_head(line)
    return head.handle is not None, head.moment is not None, head.rest is not None


def read_parts(lines: Sequence[CommentLine]) -> Parts:
    """Take one comment's lines apart."""
    likes, kept = take_likes(lines)
    answers, kept = take_answers([line for line in kept if not is_furniture(line)])
    heads = {order: head for order, line in enumerate(kept) if (head := read_head(line)) != NO_HEAD}
    named = next((order for order, head in heads.items() if head.handle), None)
    dated = find_dated(heads, named)
    if named is None and (guessed := guess_handle(kept, heads, dated)) is not None:
        named = guessed
        heads[named] = Head(trim_name(kept[named]), None, None)
    time, posted = place_moment(kept[dated], heads[dated].moment) if dated is not None else (None, None)
    return Parts(
        text=find_text(kept, heads, {order for order in (named, dated) if order is not None}),
        handle=heads[named].handle if named is not None else None,
        time=time,
        posted=posted,
        likes=likes,
        answers=answers,
    )


def take_likes(lines: Sequence[CommentLine]) -> tuple[int | None, list[CommentLine]]:
    """Return how many liked the comment, and the lines that say more than that."""
    likes, kept = None, []
    for line in lines:
        found, alone = None, False
        if line.marks & COUNTED and NUMBER.match(line.words):
            found, alone = read_count(line.words), True
        elif len(line.words) <= MAX_LIKES and (counted := find_likes(line.words)):
            found, alone = counted
        likes = found if likes is None else likes
        if not alone:
            kept.append(line)
    return likes, kept


def take_answers(lines: list[CommentLine]) -> tuple[str | None, list[CommentLine]]:
    """Return whom a comment says it answers ("In reply to Ana"), and the other lines."""
    answers, kept = None, []
    for line in lines:
        if len(line.words) <= MAX_HEAD and (found := ANSWERS.match(line.words)):
            answers = answers or found["name"].strip()
        else:
            kept.append(line)
    return answers, kept


def find_dated(heads: dict[int, Head], named: int | None) -> int | None:
    """Find the line that tells when: the one nearest to the name, not one among the reader's own words."""
    dated = [order for order, head in heads.items() if head.moment]
    if named is None:
        return next(iter(dated), None)
    return min(dated, key=lambda order: (abs(order - named) > NEAR, order), default=None)


def place_moment(line: CommentLine, moment: Moment | None) -> tuple[Span | None, str | None]:
    """Return where the words stand that say when, and what they mean."""
    if moment is None:
        return None, None
    return Span(line.span.start + moment.start, line.span.start + moment.end), moment.value


def read_head(line: CommentLine) -> Head:
    """Read who and when off a line; nothing when the line is the reader's own words."""
    people = [one for one in line.people if is_name(line.cut(one), named=True)]
    moment = read_moment(line)
    if people:
        return read_named(line, people, moment)
    if len(line.words) > MAX_HEAD:
        return NO_HEAD
    before = line.words[: moment.start] if moment else line.words
    after = cut_moments(line.words[moment.end :]) if moment else ""
    named, dated = "author" in line.marks, moment is not None
    found = find_signature(before, named=named, dated=dated) if says_nothing(after) else None
    if found is None and moment and is_filler(before):
        found = find_signature(after, named=named, dated=dated)
        found = (found[0] + moment.end, found[1]) if found else None
    if found is not None:
        start = line.span.start + found[0]
        return Head(Span(start, start + len(found[1])), moment, None)
    return Head(None, moment, None) if moment and says_nothing(before) and says_nothing(after) else NO_HEAD


def says_nothing_yet(line: CommentLine) -> bool:
    """Tell a line that is left of a head: the "at" before a time that is not printed."""
    return line.words.lower() in words_of("beside")


def says_nothing(words: str) -> bool:
    """Tell words beside a date that say nothing of their own, or only what can be pressed."""
    return is_filler(words) or is_button(words)


def cut_moments(words: str) -> str:
    """Leave out further dates at the end of a line: "· edited 6 years ago"."""
    while moment := find_moment(words):
        words = words[: moment.start] + " " + words[moment.end :] if moment.start else words[moment.end :]
    return words


def read_named(line: CommentLine, people: list[Span], moment: Moment | None) -> Head:
    """Read a line of which an element says that some words are a name: "Ana · 3 May", or "Ana: I agree"."""
    name = people[0]
    start, begin = name.start - line.span.start, name.end - line.span.start
    rest = line.words[:start] + " " + line.words[begin:]
    if moment:
        rest = rest.replace(line.words[moment.start : moment.end], " ", 1)
    if len(line.words) <= MAX_HEAD and len(strip_filler(rest)) <= SHORT:
        return Head(name, moment, None)
    if not is_filler(line.words[:start]):
        return NO_HEAD
    if moment and begin <= moment.start <= begin + NEAR_CHARS:
        begin = moment.end
    else:
        moment = None
    lead = LEAD.match(line.words, begin)
    return Head(name, moment, lead.end() if lead else begin)


def read_moment(line: CommentLine) -> Moment | None:
    """Find when a line says something was written; what the page tells machines is surer than the words."""
    for stamp, span in line.stamps:
        start, end = span.start - line.span.start, span.end - line.span.start
        if value := read_stamp(stamp):
            return Moment(start, end, value)
    found = find_moment(line.words)
    if found is None and "time" in line.marks and len(line.words) <= MAX_GUESS and not line.people:
        digits = any(map(str.isdecimal, line.words))
        return Moment(0, len(line.words), None) if digits else None
    return found


def guess_handle(lines: list[CommentLine], heads: dict[int, Head], dated: int | None) -> int | None:
    """Find the line that must be the name: short, beside the time, or the strong first words of a comment."""
    prose = next((order for order, line in enumerate(lines) if order not in heads and is_prose(line)), None)
    end = len(lines) if prose is None else prose

    def can(order: int) -> bool:
        return 0 <= order < len(lines) and order not in heads and starts_like_name(lines[order])

    if dated is not None:
        # Right above or below the time; a comment's last words may stand above a time at its end.
        for order in (dated - 1, dated + 1):
            if can(order) and (order < end or lines[order].strong):
                return order
    early = dated is not None and dated <= NEAR
    return 0 if len(lines) > 1 and can(0) and (lines[0].strong or early) else None


def trim_name(line: CommentLine) -> Span:
    """Return the name in a line that must be one: without the "says" behind it or the "by" before."""
    found = find_signature(line.words, named=True, dated=True)
    if found is None:
        return line.span
    start = line.span.start + found[0]
    return Span(start, start + len(found[1]))


def starts_like_name(line: CommentLine) -> bool:
    """Tell whether a line without any sign could be a reader's name by its words alone."""
    words = line.words
    return (
        len(words) <= MAX_GUESS
        and is_name(words)
        and not is_filler(words)
        and not words.endswith((".", "!", "?", ":", ",", "…", ";"))
        and len(words) > 1
    )


def find_text(lines: list[CommentLine], heads: dict[int, Head], used: set[int]) -> tuple[Span, ...]:
    """Return the reader's own words: all but the name, the time, and the badges that stand before these."""
    text: list[Span] = []
    last = max(used, default=-1)
    begun = next(
        (order for order, line in enumerate(lines) if order not in heads and is_prose(line)), len(lines)
    )
    for order, line in enumerate(lines):
        head = heads.get(order, NO_HEAD)
        if order in used:
            if head.rest is not None and head.rest < len(line.words):
                text.append(Span(line.span.start + head.rest, line.span.end))
        elif order < last < begun or (order < begun and order < min(used, default=0)):
            continue  # a badge
        elif not (head.handle is None and head.moment) and not (order - 1 in used and says_nothing_yet(line)):
            text.append(line.span)
    return tuple(text)
