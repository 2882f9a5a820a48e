"""What a quotation leaves out of the statement it stands in, and what of that can turn the sense. Pure."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.checks.passages import PageText, Passage
from onrecord.checks.question import Question
from onrecord.checks.sense import find_before, find_behind, has_turning, turning_in
from onrecord.checks.verdicts import LeftOut
from onrecord.checks.wording import Word
from onrecord.checks.words import ELLIPSIS
from onrecord.types import Span

__all__ = ["Places", "find_left_out"]

# Marks inside a quotation; an apostrophe opens nothing: a space or a sign stands before a mark that does.
_INNER_OPEN = re.compile(r"(?:^|(?<=[\s(,:;–—“]))[‘'“\"](?=[\w\[])")
_INNER_CLOSE = re.compile(r"(?<=[\w,.!?])[’'”\"](?!\w)")

Places = tuple[tuple[int, int], ...]
"""Where the parts of a quotation stand in a passage: the numbers of the first word and of the one behind."""


def find_left_out(
    question: Question, page: PageText, passage: Passage, places: Places, span: Span
) -> tuple[LeftOut, ...]:
    """Return what is left out between the parts, by the page, in brackets, and right before or behind."""
    return (
        *_between(page, passage, places),
        *_cut_by_page(page, passage, places),
        *_bracketed(question, page, passage, places),
        *(_round_inner(page, passage, span) or _beside(page, passage, places)),
    )


def _between(page: PageText, passage: Passage, places: Places) -> Iterator[LeftOut]:
    for (_, end), (begin, _) in itertools.pairwise(places):
        out = passage.words[end:begin]
        if out:
            yield _left_out(page, "between", out, has_turning(out))


def _beside(page: PageText, passage: Passage, places: Places) -> Iterator[LeftOut]:
    """Yield what stands right before or behind the words and turns their sense: as the page prints it, and as
    the statement goes over a cue in its middle."""
    first, last = places[0][0], places[-1][1]
    words, at = _on_page(page, passage.words[first])
    before = find_before(page.text, passage.words, first, told=True) or find_before(page.text, words, at)
    if before:
        yield _left_out(page, "before", before, True)
    words, at = _on_page(page, passage.words[last - 1])
    behind = find_behind(page.text, passage.words, last, told=True) or find_behind(page.text, words, at + 1)
    if behind:
        yield _left_out(page, "behind", behind, True)


def _bracketed(question: Question, page: PageText, passage: Passage, places: Places) -> Iterator[LeftOut]:
    """Yield the words that the outlet put in square brackets, where the asked words leave out a "[not]"."""
    for (first, last), part in zip(places, question.parts, strict=False):
        out = (
            [word for word in passage.words[first:last] if word.bracketed] if last - first > len(part) else []
        )
        if has_turning(out):
            yield _left_out(page, "between", out, True)


def _cut_by_page(page: PageText, passage: Passage, places: Places) -> Iterator[LeftOut]:
    """Yield where the page itself leaves out words, “We will … go”, and the asked words do not say so."""
    for first, last in places:
        for one, other in itertools.pairwise(passage.words[first:last]):
            gap = page.text[one.end : other.start] if one.end < other.start else ""
            found = ELLIPSIS.search(gap) if gap else None
            if found is not None:
                span = Span(one.end + found.start(), one.end + found.end())
                yield LeftOut(where="between", span=span, words=span.of(page.text), turns=())


def _round_inner(page: PageText, passage: Passage, span: Span) -> tuple[LeftOut, ...]:
    """Return what leads to a quotation in a quotation, where the words stand in it: “You hear ‘...’ there”.

    “I said, ‘...’” gives the speaker's own words.
    """
    for entry in passage.entries:
        for outer in page.in_marks(entry):
            if outer.start <= span.start and span.end <= outer.end:
                return _inner_lead(page, passage, outer, span)
    return ()


def _inner_lead(page: PageText, passage: Passage, outer: Span, span: Span) -> tuple[LeftOut, ...]:
    opening = _INNER_OPEN.search(page.text, outer.start, span.start + 1)
    for found in _INNER_OPEN.finditer(page.text, outer.start, span.start):
        opening = found
    if opening is None or _INNER_CLOSE.search(page.text, opening.end(), span.start):
        return ()
    if _INNER_CLOSE.search(page.text, span.end, outer.end) is None:
        return ()
    mark = opening.end() - 1
    before = [word for word in passage.words if outer.start <= word.start < mark][-8:]
    if before:
        if any(word.key in ("i", "we") for word in before[-4:]):
            return ()
        return (_left_out(page, "before", before, True),)
    behind = [word for word in passage.words if span.end <= word.start < outer.end][:8]
    return (_left_out(page, "behind", behind, True),) if behind else ()


def _on_page(page: PageText, word: Word) -> tuple[Sequence[Word], int]:
    """Return the words of the block in which a word stands, and its number among them."""
    words = page.words_at(word.start)
    return words, bisect_left(words, word.start, key=lambda one: one.start)


def _left_out(page: PageText, where: str, words: Sequence[Word], turning: bool) -> LeftOut:
    span = Span(words[0].start, words[-1].end)
    found = turning_in(words) if turning else ()
    turns = tuple(dict.fromkeys(page.text[w.start : w.end] for w in found))
    # "Brandt says": no word of it turns, all of it does.
    if where != "between" and not turns:
        turns = (span.of(page.text),)
    return LeftOut(where=where, span=span, words=span.of(page.text), turns=turns)  # type: ignore[arg-type]
