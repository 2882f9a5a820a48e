"""Which opening and closing mark belong together.

A mark opens or closes by what stands around it and by what is open already, not by its form alone, since
captures turn marks round, and lose some. Every mark is looked at a fixed number of times.
"""

import re
from dataclasses import dataclass, field

from onrecord.statements.quotations.apostrophes import closes_single, opens_single
from onrecord.statements.quotations.glyphs import Mark
from onrecord.types import Span

__all__ = ["SAID", "Pair", "add_lost_opening", "pair_marks"]


@dataclass(slots=True)
class Pair:
    """An opening mark, its closing mark when one was found, and the pairs between them."""

    opened: Mark
    closed: Mark | None = None
    inside: list["Pair"] = field(default_factory=list)


_STOPS = frozenset(",.?!…")
_DEEP = 6  # quotations inside quotations; more are damage
# What a reporter puts after words said, within a few words: "..., the mayor of Selm said".
SAID = (
    r"(?:said|says|told|asked|asks|added|adds|wrote|writes|replied|answered|explained|recalled|warned"
    r"|insisted|argued|noted|tweeted|posted|announced|shouted|declared)\b"
)
_SAID_AFTER = re.compile(rf"\s*,?\s*(?:[\w.’'-]+\s+){{0,4}}?{SAID}", re.IGNORECASE)
_LONG = 2000  # characters; a sentence whose opening mark was lost has fewer


def pair_marks(text: str, marks: list[Mark]) -> list[Pair]:
    """Return the outermost pairs; a pair that was left open has no closing mark and keeps what came after
    it."""
    root: list[Pair] = []
    stack: list[Pair] = []
    following = _next_single(marks)
    for i, mark in enumerate(marks):
        if mark.shape == "single":
            if stack and stack[-1].opened.shape != "single":
                continue
            ahead = marks[following[i]] if following[i] else None
            if stack and closes_single(text, mark, ahead):
                _close(stack, root, 0, mark)
            elif opens_single(text, mark, ahead):
                _drop(stack, root)
                stack.append(Pair(mark))
            continue
        at = next((n for n in range(len(stack) - 1, -1, -1) if stack[n].opened.shape == mark.shape), None)
        doing = _act(text, marks, i, stack[at].opened if at is not None else None)
        if doing == "close" and at is not None:
            _close(stack, root, at, mark)
        elif doing == "again":
            _drop(stack, root)
            stack.append(Pair(mark))
        elif doing == "open" and len(stack) < _DEEP:
            stack.append(Pair(mark))
    _drop(stack, root)
    return root


def _next_single(marks: list[Mark]) -> list[int]:
    """Return for each mark where the next single one stands; 0 for none."""
    following = [0] * len(marks)
    ahead = 0
    for i in range(len(marks) - 1, -1, -1):
        following[i] = ahead
        if marks[i].shape == "single":
            ahead = i
    return following


def _close(stack: list[Pair], root: list[Pair], at: int, mark: Mark) -> None:
    pair = stack[at]
    pair.closed = mark
    del stack[at:]
    (stack[-1].inside if stack else root).append(pair)


def _drop(stack: list[Pair], root: list[Pair]) -> None:
    """Give up what is open. A single mark without its partner was an apostrophe."""
    while stack:
        pair = stack.pop()
        home = stack[-1].inside if stack else root
        if pair.opened.shape == "single" and not (pair.opened.line and not stack):
            home.extend(pair.inside)
        else:
            home.append(pair)


def _act(text: str, marks: list[Mark], i: int, opened: Mark | None) -> str | None:
    """What a double mark or guillemet does: open, close, open "again" (a new line of a quotation), or
    None."""
    mark = marks[i]
    if opened is None:
        return "open" if _may_open(text, marks, i) else None
    if mark.stands == "open":
        if mark.line:
            return "again"
        if mark.written == "close" and opened.written != "close":
            return "close"
        return "close" if _turned_round(text, mark) else "open"
    if mark.stands == "either" and mark.written == "open" and not _turned_round(text, mark):
        return "open"
    return None if _measure(text, marks, i) else "close"


def _may_open(text: str, marks: list[Mark], i: int) -> bool:
    mark = marks[i]
    before = text[mark.start - 1 : mark.start]
    if mark.stands == "close" or before == "=" or text[mark.end : mark.end + 1] == ">":
        return False
    if text[mark.start] == "″" and before.isdigit():
        return False
    if mark.shape == "angle" and mark.written == "close":
        # »Word«, as some print: only with its partner, since » also leads a link and parts a path.
        ahead = marks[i + 1] if i + 1 < len(marks) else None
        return mark.stands == "open" and ahead is not None and ahead.stands == "close"
    if mark.stands == "open" or mark.written == "open":
        return True
    return mark.written == "either" and not before.isdigit() and not _spaced_off(text, mark)


def _spaced_off(text: str, mark: Mark) -> bool:
    """A mark between two spaces closes after a comma or a stop, as some captures set it: Stay, " he said."""
    before = text[max(0, mark.start - 3) : mark.start]
    if mark.stands != "either" or mark.line or not before[-1:].isspace():
        return False
    stop = before.rstrip()[-1:]
    return stop == "," or (stop in _STOPS and text[mark.end : mark.end + 3].lstrip()[:1].islower())


def _turned_round(text: str, mark: Mark) -> bool:
    """A mark that looks like an opening one but follows a comma or a stop: the capture turned it round."""
    before = text[max(0, mark.start - 4) : mark.start].rstrip()[-1:]
    if before not in _STOPS or before == "":
        return False
    if mark.written == "open":
        return before != "." and _SAID_AFTER.match(text, mark.end, mark.end + 60) is not None
    return text[mark.end : mark.end + 3].lstrip()[:1].islower()


def _measure(text: str, marks: list[Mark], i: int) -> bool:
    """Is this mark after a number a measure (a 12" pipe), since the quotation is closed after it?"""
    mark = marks[i]
    if mark.written != "either" or not text[mark.start - 1 : mark.start].isdigit():
        return False
    if mark.stands == "either":
        return True
    ahead = next((m for m in marks[i + 1 : i + 9] if m.shape == "double"), None)
    return ahead is not None and ahead.stands == "close"


def add_lost_opening(text: str, span: Span, marks: list[Mark], open_before: bool) -> list[Mark]:
    """Put the lost opening mark at the head of a paragraph whose first mark can only be a closing one.

    It was lost where the paragraph before was left open, or where words of saying follow: 'We stay," she
    said.' (an initial set as a picture takes the mark with it).
    """
    first = next((m for m in marks if m.shape != "single"), None)
    if first is None or first.written == "open" or first.shape == "angle":
        return marks
    if first.stands != "close" and not _spaced_off(text, first):
        return marks
    words = text[span.start : first.start].rstrip()
    if re.search(r"\d$|[^\w.!?…,”’'*)\]—–-]$|\n", words) or not words.strip() or len(words) > _LONG:
        return marks
    if not open_before:
        told = _SAID_AFTER.match(text, first.end, min(span.end, first.end + 80))
        if words[-1] not in _STOPS - {"."} or told is None or re.search(SAID, words):
            return marks
    return [Mark(span.start, span.start, "double", "either", "open", line=True), *marks]
