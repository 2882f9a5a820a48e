"""Where quotation marks open and close: the grammar that owns the edges of direct speech.

Double marks in every common form (curly, straight, low, guillemets, typewriter `` and '') and single
marks where they
can't be apostrophes. A quotation left open at the end of a paragraph goes on in the next one when that
begins with an opening
mark, as printers have it. Nested marks stay inside their quotation.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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


_DOUBLE = re.compile(r"[“”„‟«»\"]|``|''|″")
_OPENS = {"“", "„", "‟", "«", "``"}
_CLOSES = {"”", "»", "''"}
_PAIRS = {"“": {"”", '"', "“"}, "„": {"“", "”", '"'}, "‟": {"”", '"'}, "«": {"»"}, "``": {"''", '"', "``"}}
# A single opening mark stands before a word and after nothing that a word could end with.
_SINGLE_OPEN = re.compile(r"(?<![\w’'.,!?])[‘'](?=[\w“\"£$€(…])")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…)%”\"])[’'](?!\w)")
_ELISION = re.compile(r"[‘'’](?:\d0s|em\b|tis\b|twas\b|til\b|cause\b|n\b|round\b)", re.IGNORECASE)


def find_quotations(text: str, paragraphs: Iterable[Span]) -> Iterator[Quotation | Problem]:
    """Yield the quotations of the paragraphs in reading order; a mark that is never closed is a problem,
    not an error."""
    spans = list(paragraphs)
    open_before = False
    for here, span in enumerate(spans):
        follower = spans[here + 1] if here + 1 < len(spans) else None
        found, left_open = _in_paragraph(text, span, follower, open_before)
        open_before = left_open
        yield from found


def _in_paragraph(
    text: str, span: Span, follower: Span | None, open_before: bool
) -> tuple[list[Quotation | Problem], bool]:
    out: list[Quotation | Problem] = []
    covered: list[Span] = []
    at, left_open = span.start, False
    while (mark := _DOUBLE.search(text, at, span.end)) is not None:
        at = mark.end()
        if not _can_open(text, mark, span):
            continue
        continues = (open_before and mark.start() == span.start) or left_open
        left_open = False
        close = _closing(text, mark, span)
        if close is not None:
            end, inner_end = close.end(), close.start()
        else:
            end = inner_end = _line_end(text, mark, span)
            left_open = _goes_on(text, end, span, follower)
            if not left_open:
                out.append(_never_closed(mark))
        out.append(
            Quotation(
                outer=Span(mark.start(), end),
                inner=Span(mark.end(), inner_end),
                closed=close is not None,
                continues=continues,
            )
        )
        covered.append(Span(mark.start(), end))
        at = end
    out.extend(_single(text, span, covered))
    return sorted(out, key=_start), left_open


def _line_end(text: str, mark: re.Match[str], span: Span) -> int:
    """A mark that is never closed quotes no more than its own line."""
    line = text.find("\n", mark.end(), span.end)
    end = line if line >= 0 else span.end
    while end > mark.end() and text[end - 1].isspace():
        end -= 1
    return end


def _goes_on(text: str, end: int, span: Span, follower: Span | None) -> bool:
    """Does the next line or paragraph open with a mark, so that the quotation goes on there?"""
    if text[end : span.end].strip():
        rest = re.compile(r"\s*").match(text, end, span.end)
        return rest is not None and _starts_open(text, Span(rest.end(), span.end))
    return follower is not None and _starts_open(text, follower)


def _never_closed(mark: re.Match[str]) -> Problem:
    return Problem(
        stage="statements",
        message="the quotation mark opened here is never closed; "
        "the words to the end of its line were taken as quoted",
        span=Span(mark.start(), mark.end()),
    )


def _start(found: Quotation | Problem) -> int:
    if isinstance(found, Quotation):
        return found.outer.start
    return found.span.start if found.span else 0


def _can_open(text: str, mark: re.Match[str], span: Span) -> bool:
    if mark.group() in _OPENS:
        return True
    if mark.group() in _CLOSES:
        # Some papers and many captures open with a closing mark: before a word, after nothing, it can
        # only be an opening one.
        return mark.group() != "»" and _before_word(text, mark, span)
    return mark.group() != "″" and _before_word(text, mark, span)


def _before_word(text: str, mark: re.Match[str], span: Span) -> bool:
    before = text[mark.start() - 1] if mark.start() > span.start else " "
    after = text[mark.end()] if mark.end() < span.end else " "
    return not after.isspace() and (before.isspace() or before in "([{—–-/:‘'“…")


def _closing(text: str, opened: re.Match[str], span: Span) -> re.Match[str] | None:
    wanted = _PAIRS.get(opened.group(), {'"', "''", "”"})
    depth = 0
    at = opened.end()
    while (mark := _DOUBLE.search(text, at, span.end)) is not None:
        at = mark.end()
        token = mark.group()
        if _opens_line(text, mark) and token in {opened.group(), "“", '"', "``"}:
            return None
        if token == "”" and opened.group() in {'"', "”"}:
            return mark
        if token == opened.group() and token in {"“", "«"} and _before_word(text, mark, span):
            depth += 1
        elif token in wanted:
            if token in {'"', "``", "“"} and _before_word(text, mark, span) and not _ends_speech(text, mark):
                continue
            if depth:
                depth -= 1
                continue
            return mark
    return None


def _opens_line(text: str, mark: re.Match[str]) -> bool:
    """A mark that opens a line goes on with the quotation of the line before: that one was left open."""
    return (
        mark.start() > 0
        and text[mark.start() - 1] == "\n"
        and text[mark.end() : mark.end() + 1].strip() != ""
    )


def _ends_speech(text: str, mark: re.Match[str]) -> bool:
    """A mark that looks like an opening one but follows a comma or a stop: the capture turned it round."""
    before = text[: mark.start()].rstrip()[-1:]
    return before in {",", ".", "?", "!"} and text[mark.end() : mark.end() + 1].islower()


def _starts_open(text: str, span: Span) -> bool:
    mark = _DOUBLE.match(text, span.start, span.end)
    return mark is not None and mark.group() not in {"''", "»"}


def _single(text: str, span: Span, covered: list[Span]) -> Iterator[Quotation]:
    at = span.start
    while (mark := _SINGLE_OPEN.search(text, at, span.end)) is not None:
        at = mark.end()
        if any(c.start <= mark.start() < c.end for c in covered) or _ELISION.match(text, mark.start()):
            continue
        close = _single_closing(text, mark.end(), span)
        if close is None or any(
            c.start < close.start() and mark.start() < c.end and c.start < mark.start() for c in covered
        ):
            continue
        yield Quotation(
            outer=Span(mark.start(), close.end()), inner=Span(mark.end(), close.start()), single=True
        )
        at = close.end()


def _single_closing(text: str, start: int, span: Span) -> re.Match[str] | None:
    """The closing single mark: the first that is no plural possessive ("the ministers’ plan")."""
    last = None
    for mark in _SINGLE_CLOSE.finditer(text, start, span.end):
        before = text[mark.start() - 1]
        plural = before == "s" and text[mark.end() : mark.end() + 2].strip()[:1].islower()
        if not plural:
            return mark
        last = last or mark
    return last
