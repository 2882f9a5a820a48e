"""Readers by number: "Reader 1" stands for one handle on one page, also where another reader addresses it.

Nobody asked the people who comment under an article whether they want to be on record. What they call
themselves stays in the text of record, which proves the page; everything else shows a number that means
nothing on any other page.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.page.comment_parts import CommentLine, read_head
from onrecord.page.comment_words import words_of
from onrecord.page.words import everyday_words, stop_words
from onrecord.types import Block, Comment, Role, Span
from onrecord.wordlists import read_list

__all__ = ["Naming", "cover_handles", "find_namings", "fold_handle", "hide_handles", "number_handles"]

SPACE = re.compile(r"\s+")
WORD = re.compile(r"\w+")
# A reader's name is looked for in what readers wrote and in the furniture around it, never in the article: a
# minister may bear the name that a reader took.
ARTICLE: frozenset[Role] = frozenset(
    ("headline", "byline", "dateline", "paragraph", "caption", "pullquote", "correction")
)
READERS: frozenset[Role] = frozenset(("comment", "other"))
AT_NAME = re.compile(r"(?<![\w.@])@(?P<name>\w[\w.-]{0,38}\w|\w)(?=\W|$)")
AT_TWO = re.compile(r"(?<![\w.@])@(?P<name>\w+ [^\W\d_]\w+)(?=:)")
GREETING = re.compile(
    r"\b(?:hi|hello|hey|dear|hallo|liebe|lieber|servus|moin|danke|thanks|thank you|merci|bonjour|salut|cher"
    r"|chère|hola|gracias|querid[oa]|ciao|caro|cara|sorry|yes|no|ja|nein)[\s,]+$",
    re.IGNORECASE,
)
CALLED_FIRST = re.compile(r"\s*[\"“„«(]?(?P<name>[^\W\d_]\w+)(?=\s*[,:!–—]|\s+-\s)")
CALLED_LAST = re.compile(r",\s+(?P<name>[^\W\d_]\w+)(?=\s*[.!?…)\"”“]*\s*$)")
AROUND = 24
MAX_SIGNED = 120
MIN_PART = 3
COVER = "█"


class Naming(NamedTuple):
    """Words that name a reader, and the reader's number on this page."""

    span: Span
    reader: int


def fold_handle(handle: str) -> str:
    """Return a handle as it is compared: "@Ana  Rell" and "ana rell" are one reader's."""
    return SPACE.sub(" ", handle.strip(" @:,.")).casefold()


def number_handles(handles: Iterable[str | None]) -> list[int | None]:
    """Number the readers of one page from 1, in the order in which they wrote; None for who is not named."""
    numbers: dict[str, int] = {}
    return [
        None if handle is None else numbers.setdefault(fold_handle(handle), len(numbers) + 1)
        for handle in handles
    ]


def hide_handles(text: str, span: Span, namings: Sequence[Naming]) -> str:
    """Return the words of a span with readers by number: "@marshbird, no" is "@Reader 1, no"."""
    parts = []
    at = span.start
    for naming in iter_over(span, namings):
        if naming.span.start >= span.start:
            parts.append(text[at : naming.span.start])
            parts.append(f"Reader {naming.reader}")
        at = max(at, naming.span.end)
    parts.append(text[at : span.end])
    return "".join(parts)


def cover_handles(text: str, namings: Sequence[Naming]) -> str:
    """Return a text with readers' names blacked out; it is as long as before, so spans go on holding."""
    parts: list[str] = []
    at = 0
    for start, end in (naming.span for naming in namings):
        parts += (text[at:start], COVER * (end - start))
        at = end
    return "".join((*parts, text[at:]))


def iter_over(span: Span, namings: Sequence[Naming]) -> Iterator[Naming]:
    """Yield the namings that touch a span; they are in order and do not overlap."""
    for at in range(bisect_left(namings, span.start, key=lambda naming: naming.span.end), len(namings)):
        if namings[at].span.start >= span.end:
            return
        if namings[at].span.end > span.start:
            yield namings[at]


def find_namings(text: str, blocks: Sequence[Block], comments: Sequence[Comment]) -> tuple[Naming, ...]:
    """Find all words of a page that name one of its readers, in the page's order, none over another.

    These are the handles over the comments; the same names in what readers wrote; parts of them where one
    reader addresses another ("Hans, you are wrong" of "Hans Moor"); and "@name", whoever that is.
    """
    zone = list(find_zone(blocks, comments))
    found = [
        Naming(comment.handle, comment.reader)
        for comment in comments
        if comment.handle is not None and comment.reader is not None
    ]
    known = {fold_handle(naming.span.of(text)): naming.reader for naming in found}
    newest = max(known.values(), default=0)
    for span in find_signed(text, blocks, comments):
        reader = known.setdefault(fold_handle(span.of(text)), newest + 1)
        newest = max(newest, reader)
        found.append(Naming(span, reader))
    names = Names(known, article_words(text, blocks) if zone else frozenset())
    for span in zone:
        found += names.find_whole(text, span)
        found += names.find_parts(text, span)
        found += names.find_at(text, span)
    for comment in comments:
        for span in comment.text if comment.parent is not None else ():
            found += names.find_called(text, span)
    return tuple(without_overlaps(found))


def find_zone(blocks: Sequence[Block], comments: Sequence[Comment]) -> Iterator[Span]:
    """Yield the lines in which readers' names are looked for."""
    inner = [at for at, block in enumerate(blocks) if block.role == "comment"]
    first, last = (inner[0], inner[-1]) if inner else (0, -1)
    held = sorted(
        span.start
        for comment in comments
        for span in (comment.handle, comment.time, *comment.text)
        if span is not None
    )
    for at, block in enumerate(blocks):
        place = bisect_left(held, block.span.start)
        holds = place < len(held) and held[place] < block.span.end
        between = first <= at <= last and block.role not in ARTICLE
        if holds or between or (inner and block.role in READERS):
            yield block.span


def find_signed(text: str, blocks: Sequence[Block], comments: Sequence[Comment]) -> Iterator[Span]:
    """Yield handles over lines of which it could not be told where one comment ends: "marshbird says:"."""
    held = sorted(span for one in comments for span in (one.handle, one.time, *one.text) if span is not None)
    for block in blocks:
        if block.role != "comment":
            continue
        place = bisect_left(held, block.span.start, key=lambda span: span.end)
        if place < len(held) and held[place].start < block.span.end:
            continue
        line = CommentLine(at=0, span=block.span, words=block.span.of(text))
        if len(line.words) <= MAX_SIGNED and (head := read_head(line)).handle is not None:
            yield head.handle


def article_words(text: str, blocks: Sequence[Block]) -> frozenset[str]:
    """Return the words of the article: who is named there may be meant in a comment, too."""
    return frozenset(
        word.casefold()
        for block in blocks
        if block.role in ARTICLE
        for word in WORD.findall(block.span.of(text))
    )


@cache
def place_words() -> frozenset[str]:
    return frozenset(word.casefold() for row in read_list("places.tsv") for word in WORD.findall(row[0]))


class Names:
    """The handles of one page, found again by their first word, so that thousands cost no more than ten."""

    def __init__(self, known: dict[str, int], article: frozenset[str]) -> None:
        self.numbers = dict(known)
        self.newest = max(known.values(), default=0)
        self.article = article
        self.whole: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self.parts: dict[str, int] = {}
        for handle, reader in known.items():
            words = tuple(WORD.findall(handle))
            if not words:
                continue
            self.whole.setdefault(words[0], []).append((words, reader))
            for word in words if len(words) > 1 else ():
                if len(word) >= MIN_PART and word not in article and word not in everyday_words():
                    self.parts.setdefault(word, reader)
        for held in self.whole.values():
            held.sort(key=lambda pair: -len(pair[0]))

    def find_whole(self, text: str, span: Span) -> Iterator[Naming]:
        """Find whole handles among the words of a line."""
        if not self.whole:
            return
        words = [(one.start(), one.end(), one[0]) for one in WORD.finditer(text, span.start, span.end)]
        at = 0
        while at < len(words):
            reader, size = self.match(text, words, at)
            if size:
                yield Naming(Span(words[at][0], words[at + size - 1][1]), reader)
            at += max(size, 1)

    def match(self, text: str, words: list[tuple[int, int, str]], at: int) -> tuple[int, int]:
        for handle, reader in self.whole.get(words[at][2].casefold(), ()):
            size = len(handle)
            if size > 1:
                if tuple(word.casefold() for _, _, word in words[at : at + size]) == handle:
                    return reader, size
            elif self.is_meant(text, *words[at]):
                return reader, 1
        return 0, 0

    def is_meant(self, text: str, start: int, end: int, word: str) -> bool:
        """Tell whether one word that is a handle names the reader here: "Truth" may be the truth."""
        folded = word.casefold()
        if text[start - 1 : start] == "@" or is_called(text, start, end):
            return True
        if len(word) == 1 or (folded in self.article and not word.islower()):
            return False
        if folded not in everyday_words() and folded not in stop_words():
            return True
        return word[0].isupper() and not starts_sentence(text, start)

    def find_parts(self, text: str, span: Span) -> Iterator[Naming]:
        """Find parts of handles where somebody is addressed by them: "Hans, no", "thanks Hans!"."""
        if not self.parts:
            return
        for one in WORD.finditer(text, span.start, span.end):
            reader = self.parts.get(one[0].casefold())
            if reader is not None and is_called(text, one.start(), one.end()):
                yield Naming(Span(one.start(), one.end()), reader)

    def find_at(self, text: str, span: Span) -> Iterator[Naming]:
        """Find "@name", also of readers who wrote nothing that is on the page."""
        for pattern in (AT_TWO, AT_NAME):
            for one in pattern.finditer(text, span.start, span.end):
                yield Naming(Span(one.start("name"), one.end("name")), self.number(one["name"]))

    def find_called(self, text: str, span: Span) -> Iterator[Naming]:
        """Find the name by which an answer calls whom it answers, where the page prints no handles."""
        for found in (
            CALLED_FIRST.match(text, span.start, min(span.end, span.start + 3 * AROUND)),
            CALLED_LAST.search(text, max(span.start, span.end - 2 * AROUND), span.end),
        ):
            if found and found["name"][0].isupper() and self.is_stranger(found["name"].casefold()):
                yield Naming(Span(found.start("name"), found.end("name")), self.number(found["name"]))

    def is_stranger(self, word: str) -> bool:
        return len(word) >= MIN_PART and not (
            word in everyday_words()
            or word in stop_words()
            or word in self.article
            or word in place_words()
            or word in words_of("opens")
        )

    def number(self, name: str) -> int:
        """Return the number of a name; a new one for a name that no comment is signed with."""
        folded = fold_handle(name)
        if folded in self.parts:
            return self.parts[folded]
        if folded not in self.numbers:
            self.newest += 1
            self.numbers[folded] = self.newest
        return self.numbers[folded]


def is_called(text: str, start: int, end: int) -> bool:
    """Tell whether a word stands where one addresses somebody: after "@" or "hello", before a comma."""
    before = text[max(0, start - AROUND) : start]
    if before.endswith("@") or GREETING.search(before):
        return True
    opens = not before.strip() or before.rstrip(" ").endswith(("\n", ".", "!", "?", "“", "„", '"'))
    after = text[end : end + 4].lstrip(" ")
    if opens and after.startswith((",", ":", "!", "–", "—", "- ")):
        return True
    closes = not after or after[0] in ".!?…,\n"
    return before.endswith(", ") and closes


def starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(' "“„«(')
    return not before or before[-1] in "\n.!?…:"


def without_overlaps(found: list[Naming]) -> Iterator[Naming]:
    """Yield namings in order; of two that overlap the longer one."""
    end = 0
    kept: list[Naming] = []
    for naming in sorted(set(found), key=lambda one: (one.span.start, -one.span.end, one.reader)):
        if naming.span.start >= end:
            kept.append(naming)
            end = naming.span.end
        elif naming.span.end > end and kept:
            kept[-1] = Naming(Span(kept[-1].span.start, naming.span.end), kept[-1].reader)
            end = naming.span.end
    yield from kept
