"""Where quotations open and close: the grammar that owns the edges of direct speech.

Quotations inside a quotation stay in it. One that is left open goes on in the next line or paragraph when
that begins with an opening mark, as printers have it; else it quotes no more than its own line. A page
made of marks costs no more than its length.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.statements.quotations.glyphs import Mark, read_marks
from onrecord.statements.quotations.interviews import Turn, find_turns
from onrecord.statements.quotations.pairing import SAID, Pair, add_lost_opening, pair_marks
from onrecord.statements.quotations.set_off import find_set_off
from onrecord.types import Problem, Span

__all__ = ["Quotation", "find_quotations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words between marks. `outer` takes in the marks, `inner` leaves them out.

    `single` tells single marks, `closed` is False when no closing mark was found, `continues` is True
    when these words go on from a
    quotation that the paragraph before left open.
    """

    outer: Span
    inner: Span
    single: bool = False
    closed: bool = True
    continues: bool = False


_LOST_CLOSE = re.compile(
    rf"[,?!](?=\s+(?:(?:he|she|they|I|we|it|(?:the\s+[a-z]+|M[rs]{{1,2}}\.?|[A-Z])[\w.’'-]*(?:\s+[A-Z][\w.’'-]*)?)\s+{SAID}"
    rf"|{SAID}\s+(?:he|she|they|(?:the\s+)?[A-Z])))"
)


def find_quotations(
    text: str, paragraphs: Iterable[Span], *, blocks: Collection[Span] = ()
) -> Iterator[Quotation | Problem]:
    """Yield the quotations of the paragraphs in reading order; a mark that is never closed is a problem,
    not an error.

    Words that the layout gives to a speaker count as quoted without marks: the turns of an interview,
    embedded posts, and those of the `blocks`, the page's block quotes, that are introduced or signed.
    """
    spans = list(paragraphs)
    turns = find_turns(text, spans)
    set_off = find_set_off(text, spans, blocks)
    open_before = False
    for here, span in enumerate(spans):
        if here in turns or here in set_off:
            turn = turns.get(here) or Turn(label=None, words=set_off[here])
            yield _as_whole(turn, open_before)
            open_before = turn.goes_on
            continue
        follower = spans[here + 1] if here + 1 < len(spans) else None
        found: list[Quotation | Problem] = []
        still_open = False
        for n, marks in enumerate(read_marks(text, span)):
            if n == 0:
                marks = add_lost_opening(text, span, marks, open_before)
            several, still_open = _in_paragraph(text, span, marks, follower)
            found.extend(several)
        yield from _continued(found, span, open_before)
        open_before = still_open


def _as_whole(turn: Turn, open_before: bool) -> Quotation:
    """A turn or a post, which is a quotation without marks."""
    continues = open_before and turn.label is None
    return Quotation(outer=turn.words, inner=turn.words, closed=not turn.goes_on, continues=continues)


def _in_paragraph(
    text: str, span: Span, marks: list[Mark], follower: Span | None
) -> tuple[list[Quotation | Problem], bool]:
    """Return what was found between the marks, and whether the last quotation goes on in the next
    paragraph."""
    found: list[Quotation | Problem] = []
    still_open = False
    continues = False
    pairs = _settled(text, span, pair_marks(text, marks), follower)
    for pair, end, goes_on in pairs:
        opened, closed = pair.opened, pair.closed
        if closed is None and not goes_on:
            found.append(_never_closed(opened))
        if opened.start == opened.end:
            found.append(_never_opened(opened, closed))
        inner = Span(opened.end, closed.start if closed else end)
        if inner.of(text).strip():
            found.append(
                Quotation(
                    outer=Span(opened.start, closed.end if closed else end),
                    inner=inner,
                    single=opened.shape == "single",
                    closed=closed is not None,
                    continues=continues,
                )
            )
        continues = still_open = goes_on
    return found, still_open


def _continued(
    found: list[Quotation | Problem], span: Span, open_before: bool
) -> Iterator[Quotation | Problem]:
    """Mark the quotation that opens a paragraph as going on from the one before, where that was left
    open."""
    for one in found:
        if open_before and isinstance(one, Quotation) and one.outer.start == span.start:
            yield replace(one, continues=True)
        else:
            yield one


_SPACE = re.compile(r"\s*")
_LONG = 2000  # characters; a sentence whose opening mark was lost has fewer


def _settled(
    text: str, span: Span, pairs: list[Pair], follower: Span | None
) -> Iterator[tuple[Pair, int, bool]]:
    """Yield each outermost pair with its end, and whether it goes on in the next line or paragraph."""
    waiting = list(reversed(pairs))
    while waiting:
        pair = waiting.pop()
        if pair.closed is not None:
            yield pair, pair.closed.end, False
            continue
        line_end = _line_end(text, pair.opened, span)
        ahead = waiting[-1].opened if waiting else None
        goes_on = _goes_on(text, line_end, span, ahead, follower, pair.opened.shape)
        if pair.opened.shape == "single" and not goes_on:
            waiting.extend(reversed(pair.inside))
            continue
        inside = [p for p in pair.inside if p.opened.start < line_end]
        end = line_end
        if not goes_on:
            cut = _lost_close(text, pair.opened, inside[0].opened.start if inside else line_end)
            if cut is not None:
                end, inside = cut, []
            elif inside and (last := _last_of(inside, pair.opened, line_end)) is not None:
                pair.closed = last
                end = last.end
        waiting.extend(reversed([p for p in pair.inside if p.opened.start >= end]))
        yield pair, end, goes_on


def _last_of(inside: list[Pair], opened: Mark, line_end: int) -> Mark | None:
    """The last closing mark of the line, where one closing mark is missing for two opening ones alike."""
    last = inside[-1]
    alike = last.opened.written == opened.written and last.opened.shape == opened.shape
    return last.closed if alike and last.closed is not None and last.closed.end <= line_end else None


def _lost_close(text: str, opened: Mark, end: int) -> int | None:
    """Where words of saying show that a quotation had ended: “We stay, she said."""
    lost = _LOST_CLOSE.search(text, opened.end, min(end, opened.end + _LONG))
    return lost.end() if lost is not None and opened.end < lost.start() else None


def _line_end(text: str, opened: Mark, span: Span) -> int:
    """A mark that is never closed quotes no more than its own line."""
    line = text.find("\n", opened.end, span.end)
    end = line if line >= 0 else span.end
    while end > opened.end and text[end - 1].isspace():
        end -= 1
    return end


def _goes_on(text: str, end: int, span: Span, ahead: Mark | None, follower: Span | None, shape: str) -> bool:
    """Does the next line or paragraph open with a mark, so that the quotation goes on there?"""
    rest = _SPACE.match(text, end, span.end)
    if rest is not None and rest.end() < span.end:
        return ahead is not None and ahead.line and rest.end() == ahead.start
    return follower is not None and _goes_on_in(text, follower, shape)


def _goes_on_in(text: str, follower: Span, shape: str) -> bool:
    """Does a paragraph begin with an opening mark, or close first what the one before left open?"""
    marks = next(read_marks(text, Span(follower.start, min(follower.end, follower.start + _LONG))), [])
    if marks and marks[0].start == follower.start:
        alike = (marks[0].shape == "single") == (shape == "single")
        return alike and (marks[0].stands == "open" or marks[0].written == "open")
    return shape != "single" and bool(
        marks and len(add_lost_opening(text, follower, marks, True)) > len(marks)
    )


def _never_closed(opened: Mark) -> Problem:
    return Problem(
        stage="statements",
        message="the quotation mark opened here is never closed; "
        "the words to the end of its line were taken as quoted",
        span=Span(opened.start, opened.end),
    )


def _never_opened(opened: Mark, closed: Mark | None) -> Problem:
    return Problem(
        stage="statements",
        message="the quotation mark closed here is never opened; "
        "the words from the start of its paragraph were taken as quoted",
        span=Span(closed.start, closed.end) if closed else Span(opened.start, opened.end),
    )
