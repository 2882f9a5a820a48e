"""Paragraphs into sentences, with the words inside quotation marks out of the way.

The masked text has the length of the text of record, so every offset means the same in both: quoted words
are `QUOTED`, the
marks `OPEN` and `CLOSE`. Rules about what stands around a quotation can then be plain patterns.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import nupunkt

from onrecord.statements.quotations.marks import Quotation
from onrecord.statements.quotations.scare_quotes import find_use
from onrecord.types import Span

__all__ = ["CLOSE", "OPEN", "QUOTED", "Sentence", "find_beginning", "find_sentences", "mask_quotations"]

OPEN, QUOTED, CLOSE = "\ue001", "\ue000", "\ue002"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a paragraph with the quotations that begin in it."""

    span: Span
    quotations: tuple[Quotation, ...]


def mask_quotations(text: str, quotations: Iterable[Quotation]) -> str:
    """Return the text with its quotations masked, character for character. A nickname stays: it is part of
    a name, Ivo “Sandbag” Lann."""
    masked = list(text)
    for quotation in quotations:
        if quotation.closed and find_use(text, quotation) == "nickname":
            continue
        outer, inner = quotation.outer, quotation.inner
        masked[outer.start : inner.start] = OPEN * (inner.start - outer.start)
        masked[inner.start : inner.end] = QUOTED * (inner.end - inner.start)
        masked[inner.end : outer.end] = CLOSE * (outer.end - inner.end)
    return "".join(masked)


def find_sentences(
    text: str, masked: str, paragraph: Span, quotations: Sequence[Quotation]
) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph; a quotation of several sentences stays in one.

    The quotations are those of the page in reading order.
    """
    start = paragraph.start
    for end in [*_breaks(text, masked, paragraph), paragraph.end]:
        span = _trim(text, start, end)
        if span.start < span.end:
            yield Sentence(
                span=span,
                quotations=tuple(find_beginning(quotations, span)),
            )
        start = end


def find_beginning(quotations: Sequence[Quotation], span: Span) -> Sequence[Quotation]:
    """Return those of the quotations, which are in reading order, that begin in a span."""
    first = bisect_left(quotations, span.start, key=_begins)
    return quotations[first : bisect_left(quotations, span.end, lo=first, key=_begins)]


def _begins(quotation: Quotation) -> int:
    return quotation.outer.start


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _breaks(text: str, masked: str, paragraph: Span) -> Iterator[int]:
    plain = text[paragraph.start : paragraph.end]
    hidden = masked[paragraph.start : paragraph.end]
    seen = set()
    for _, end in nupunkt.sent_spans(plain):
        at = _after_marks(hidden, end)
        if 0 < at < len(plain) and not _inside(hidden, at) and not _goes_on(plain, hidden, at):
            seen.add(at)
    # A stop inside closing marks ends the sentence too, which a splitter that reads the words alone may
    # overlook.
    for close in _STOP_IN_MARKS.finditer(hidden):
        at = close.end()
        if plain[close.start() - 1] in ".?!" and not _goes_on(plain, hidden, at):
            seen.add(at)
    # A full word and a stop before a capital end a sentence whatever an abbreviation list says ("this
    # month. Zaria ...").
    for stop in _PLAIN_STOP.finditer(hidden):
        if not _goes_on(plain, hidden, stop.end()) and not re.search(
            r"\b(?:dept|govt|approx)$", plain[max(0, stop.start() - _WINDOW) : stop.start()]
        ):
            seen.add(stop.end())
    # Lines were joined into a paragraph because each is a sentence or breaks off in one.
    for line in re.finditer(r"\n\s*", hidden):
        if not hidden[line.end() : line.end() + 1].islower() and not _inside(hidden, line.end()):
            seen.add(line.end())
    for at in _cut_long(hidden, sorted(seen)):
        yield paragraph.start + at


def _cut_long(hidden: str, breaks: list[int]) -> Iterator[int]:
    """Yield the breaks, and more where no writer would go on so long: a table or a feed without a stop."""
    start = 0
    for end in [*breaks, len(hidden)]:
        length, before = 0, start
        for space in _SPACE.finditer(hidden, start, end) if end - start > _LONGEST else ():
            length += space.end() - before - hidden.count(QUOTED, before, space.end())
            before = space.end()
            if length > _LONGEST:
                yield before
                length = 0
        if end < len(hidden):
            yield end
        start = end


_SPACE = re.compile(r"\s+")
_LONGEST = 2000  # characters of a sentence, what it quotes left out
# What stands just before and after a place: a flattened page may be one line of a megabyte.
_WINDOW = 80
_STOP_IN_MARKS = re.compile(f"{CLOSE}+(?=\\s+\\S)")
_PLAIN_STOP = re.compile(r"(?<=[a-z]{4})[.?!](?=\s+[A-Z\ue001])")
_CUE_AFTER_QUESTION = re.compile(
    r"\s*(?:[A-Z][\w.'’-]+\s+){0,4}(?:[Ss]aid|[Ss]ays|asked|asks|added|wrote|tweeted|told|he|she|they|I|we|He|She|They)\b"
)


def _after_marks(hidden: str, at: int) -> int:
    while at < len(hidden) and hidden[at] == CLOSE:
        at += 1
    return at


def _inside(hidden: str, at: int) -> bool:
    before = hidden[max(0, at - _WINDOW) : at].rstrip()[-1:]
    # At the end of the text nothing follows.
    behind = hidden[at : at + 1]
    return behind in {QUOTED, CLOSE} or before in {QUOTED, OPEN}


def _goes_on(plain: str, hidden: str, at: int) -> bool:
    """True where a sentence only seems to end: “Why?” he asked."""
    rest = plain[at : at + _WINDOW].lstrip()
    if not rest:
        return False
    start = max(0, at - _WINDOW)
    before = hidden[start:at].rstrip()
    if rest[0].islower() or re.search(r"\b[A-Z]\.$", before):
        return True
    if not before.endswith(CLOSE):
        return False
    last = plain[start : start + len(before.rstrip(CLOSE))][-1:]
    return last in "?!" and _CUE_AFTER_QUESTION.match(plain, at) is not None
