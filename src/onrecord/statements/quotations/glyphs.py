"""Which characters are quotation marks, and which way each one can stand.

Every form that print and captures have: curly, straight, low, guillemets in both directions, typewriter
`` and '', and the damage done on the way: entities left in the text (&quot;), UTF-8 read in another
encoding (â€œ), control codes for Windows' marks, a question mark in place of the mark (?word?). A mark is
known by its shape; which way it stands is told by its neighbours, since captures turn marks round.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from onrecord.types import Span

__all__ = ["Mark", "read_marks"]

Shape = Literal["double", "angle", "single"]
Way = Literal["open", "close", "either"]


class Mark(NamedTuple):
    """One mark. `written` is the way its own form faces, `stands` the way its neighbours let it face;
    `line` tells that it is the first of its line."""

    start: int
    end: int
    shape: Shape
    written: Way
    stands: Way
    line: bool = False


_FORMS = {
    "none": r"\"{4,}|'{4,}",
    "double_open": r"[“„‟❝〝]|``|‘‘|(?<![\w,]),,(?=\w)",
    "double_close": r"[”❞〞]|’’",
    "double_either": r"\"{1,3}|''|[″＂]",
    "angle_open": r"[«‹]|<<(?=\w)",
    "angle_close": r"[»›]|(?<=[\w.,!?…])>>",
    "single_open": r"[‘‚‛`]",
    "single_close": r"’",
    "single_either": r"['′]",
}
_DAMAGED = {
    # Dashes and dots whose damaged form has a quotation mark inside.
    "none": r"â€[“”¦¢]",
    "double_open": r"\x93|&(?:amp;)?(?:[lb]dquo|#822[02]|#x201[ce]);|â€œ|â€ž|â\x80\x9c|‚Äú|вЂњ",
    "double_close": r"\x94|&(?:amp;)?(?:rdquo|#8221|#x201d);|â€(?:\x9d|\ufffd|(?![\w˜™]))|â\x80\x9d|‚Äù|вЂќ",
    "double_either": r"&(?:amp;)?(?:quot|#0?34|#x22);",
    "angle_open": r"&laquo;",
    "angle_close": r"&raquo;",
    "single_open": r"\x91|&(?:amp;)?(?:lsquo|#8216|#x2018);|â€˜|â\x80\x98|‚Äò|вЂ\x98",
    "single_close": r"\x92|&(?:amp;)?(?:rsquo|#8217|#x2019);|â€™|â\x80\x99|‚Äô|вЂ™",
    "single_either": r"&(?:amp;)?(?:apos|#0?39|#x27);",
}
_MARK = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS.items()))
_ANY_MARK = re.compile(
    "|".join(f"(?P<{name}>{_DAMAGED[name]}|{form})" for name, form in _FORMS.items()), re.IGNORECASE
)
_FIRST = re.compile("[\"'`“”„‟❝❞〝〞″＂‘’‚‛′«»‹›<>]|,,")
_DAMAGE = re.compile(r"[\x80-\x9f]|&[a-z#]|â€|‚Ä|вЂ", re.IGNORECASE)
# A mark that could not be written became "?": before a word it can be nothing else.
_LOST_OPEN = re.compile(r"(?<![^\s(\[])[?\ufffd](?=[A-Za-z])")
_LOST_CLOSE = re.compile(r"(?<=[,.!?…])[?\ufffd](?=\s|$)|(?<=\w)[?\ufffd](?=\s+[a-z]|[,.;:]|$)")
_MOST = 5000  # marks read at once: no paragraph has as many, and a page made of marks must not fill memory
_BRACKETS = "([{\u200b\ufeff"
_LEADS = "—–―-/:;*_>|"  # may stand before an opening mark and after what a closing one ends
_AFTER_CLOSING = ",;:!?)]}"


def read_marks(text: str, span: Span) -> Iterator[list[Mark]]:
    """Yield the marks of a paragraph in reading order, apostrophes inside words left out.

    They come in one list; only a paragraph of thousands of marks is cut into several.
    """
    found = _found(text, span)
    while chunk := list(islice(found, _MOST)):
        yield list(_standing(text, span, chunk))


def _found(text: str, span: Span) -> Iterator[tuple[int, int, str]]:
    lost = _LOST_OPEN.search(text, span.start, span.end) is not None
    if lost:
        yield from sorted([*_written(text, span), *_lost(text, span)])
    else:
        yield from _written(text, span)


def _written(text: str, span: Span) -> Iterator[tuple[int, int, str]]:
    """Yield where each mark begins and ends, and its form."""
    start, end = span
    if _DAMAGE.search(text, start, end) is not None:
        matches = _ANY_MARK.finditer(text, start, end)
    else:
        matches = _plain_marks(text, start, end)
    for match in matches:
        form = match.lastgroup or "none"
        first, last = match.span()
        if form != "none" and not (form[0] == "s" and _in_word(text, first, last, span)):
            yield first, last, form


def _plain_marks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Look at no character twice: most of a text can begin no mark."""
    at = start
    while (first := _FIRST.search(text, at, end)) is not None:
        match = _MARK.match(text, first.start(), end)
        if match is not None:
            yield match
        at = match.end() if match is not None else first.end()


def _lost(text: str, span: Span) -> Iterator[tuple[int, int, str]]:
    """Yield the question marks that stand for quotation marks, by turns opening and closing."""
    at, wanted, form = span.start, _LOST_OPEN, "double_open"
    while (match := wanted.search(text, at, span.end)) is not None:
        yield match.start(), match.end(), form
        at = match.end()
        wanted, form = (_LOST_CLOSE, "double_close") if wanted is _LOST_OPEN else (_LOST_OPEN, "double_open")


def _in_word(text: str, start: int, end: int, span: Span) -> bool:
    return start > span.start and end < span.end and text[start - 1].isalnum() and text[end].isalnum()


def _standing(text: str, span: Span, found: list[tuple[int, int, str]]) -> Iterator[Mark]:
    """Tell of each mark which way it can face; marks that touch are judged by what stands around them
    all."""
    first = 0
    while first < len(found):
        last = first
        while last + 1 < len(found) and found[last + 1][0] == found[last][1]:
            last += 1
        begin, end = found[first][0], found[last][1]
        before = text[begin - 1] if begin > span.start else ""
        way = _way(before, text[end : min(end + 3, span.end)])
        line = before in ("", "\n")
        for start, stop, form in found[first : last + 1]:
            if way == "either" and text[start:stop] == '""':
                continue
            shape, _, written = form.partition("_")
            yield Mark(start, stop, shape, written, way, line and start == begin)  # type: ignore[arg-type]
        first = last + 1


def _way(before: str, after: str) -> Way:
    parted = before == "" or before.isspace() or before in _BRACKETS
    stop = after[:1] == "." and not re.match(r"\.(?:\.|\s\.|[@\w])", after)
    word = after != "" and not after[0].isspace() and after[0] not in _AFTER_CLOSING and not stop
    if word:
        return "open" if parted or before in _LEADS else "either"
    return "either" if (parted or before == ":") and after[:1].isspace() else "close"
