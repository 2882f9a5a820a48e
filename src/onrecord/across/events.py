"""Dated events: sentences in which an article tells, in its own words, what happened on a day.

“The ferry sank on Tuesday.” is one. “The ferry sank on Tuesday,” the mayor said, is none: those are the
mayor's words, and a remark. Nor is one whose day stands in a quotation, or only dates the saying.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.statements.days.expressions import Expression, find_expressions
from onrecord.statements.days.when import resolve_when
from onrecord.statements.text.document import Document
from onrecord.types import Span, When

__all__ = ["DatedSentence", "Told", "find_events"]

FEWEST = 4  # words of the article's own; "Updated Tuesday" tells of no event
FEWEST_LOWER = 2  # of these, beside the words of time, such as a sentence has and a list of names has not
MOST = 80  # words; a longer sentence is a list or a table without stops
_DAY = len("2031-03-11")
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_BESIDE_TODAY = re.compile(r"\b(?:yesterday|today|tomorrow)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|shall|['’]ll|(?:is|are|was|were) (?:due|set|scheduled|expected|going|planned) to|"
    r"(?:is|are) to|plans? to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Where one statement stands on its page: `said` are the words said, `around` those that name who spoke,
    how, by whom it was carried and when it was said."""

    said: tuple[Span, ...]
    around: tuple[Span, ...]
    when: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedSentence:
    """A sentence of a page that tells of a day. `place` counts the article's sentences from 0.

    `when` gives the day as an ISO date, how it is known, the words of time and what these were counted from;
    where the words leave it open, `candidates` are the days that they could mean. `aside`: the sentence has
    told of another day, and means this one by "overnight" or "a day earlier"; that says that the day is told
    of, and is no event of its own.
    """

    page: str
    span: Span
    words: str
    place: int
    when: When
    aside: bool = False

    @property
    def day(self) -> str | None:
        """Return the day; None while it is open."""
        return None if self.when.candidates or self.when.value is None else self.when.value[:_DAY]


def find_events(page: str, document: Document, told: Iterable[Told] = ()) -> Iterator[DatedSentence]:
    """Yield the dated events of an article in reading order; a sentence that tells of two days comes twice.

    `told` are the statements of the page: what is only reported speech is left out. So are headlines: they
    are no sentences, and the article below says the same.
    """
    sentences = _own_sentences(document)
    starts = [span.start for span, _ in sentences]
    said = _by_sentence(sentences, starts, told)
    days: set[tuple[int, str | tuple[str, ...]]] = set()
    found: set[int] = set()
    for expression in find_expressions(document):
        at = bisect_right(starts, expression.words.span.start) - 1
        if at < 0 or expression.quoted or expression.words.span.start >= sentences[at][0].end:
            continue
        span, place = sentences[at]
        when = _resolve(document, span, expression)
        day = _day_or_candidates(when)
        if day is None or (at, day) in days:
            continue
        if _is_event(document, span, expression, said[at]):
            days.add((at, day))
            yield DatedSentence(
                page=page,
                span=span,
                words=span.of(document.text),
                place=place,
                when=when,
                aside=at in found and not _names_a_day(document.text, expression),
            )
            found.add(at)


def _own_sentences(document: Document) -> list[tuple[Span, int]]:
    """Return the sentences of the paragraphs, each with its number."""
    own = [
        sentence.span
        for paragraph, sentences in zip(document.paragraphs, document.sentences, strict=True)
        if paragraph.role == "paragraph" and not paragraph.set_off
        for sentence in sentences
    ]
    return [(span, place) for place, span in enumerate(own)]


def _by_sentence(
    sentences: Sequence[tuple[Span, int]], starts: Sequence[int], told: Iterable[Told]
) -> dict[int, list[Told]]:
    """Return the statements that each sentence has a part in, by the sentence's place in the list."""
    found: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        numbers = {
            number
            for span in (*one.said, *one.around)
            for number in range(max(bisect_right(starts, span.start) - 1, 0), bisect_left(starts, span.end))
            if _meets(sentences[number][0], (span,))
        }
        for number in sorted(numbers):
            found[number].append(one)
    return found


def _resolve(document: Document, sentence: Span, expression: Expression) -> When:
    """Return the day that words of time mean: "will open on Friday" is the next one."""
    words = expression.words
    ahead = _AHEAD.search(document.masked, sentence.start, words.span.start)
    if ahead and words.value is None and words.unit in ("weekday", "monthday"):
        return resolve_when(words, document.anchor, ahead=True)
    return expression.when


def _names_a_day(text: str, expression: Expression) -> bool:
    words = expression.words
    named = words.value is not None or words.unit in ("weekday", "monthday")
    return named or _BESIDE_TODAY.search(words.span.of(text)) is not None


def _day_or_candidates(when: When) -> str | tuple[str, ...] | None:
    if when.candidates:
        return when.candidates
    return when.value[:_DAY] if when.value is not None and len(when.value) >= _DAY else None


def _is_event(document: Document, sentence: Span, expression: Expression, here: Sequence[Told]) -> bool:
    """Say whether a sentence tells of the day itself: not somebody in it, and not when somebody spoke."""
    when = expression.words.span
    if any(_meets(when, one.said) or _dates_only(document.text, when, one) for one in here):
        return False
    masked = document.masked
    every = [Span(*word.span()) for word in _WORD.finditer(document.text, *sentence)]
    parts = [span for one in here for span in (*one.said, *one.around)]
    own = [word for word in every if masked[word.start].isalnum() and not _meets(word, parts)]
    lower = [word for word in own if masked[word.start].islower() and not _meets(word, (when,))]
    # "LOWER DELL, 11 March." is a dateline that a page prints as a sentence.
    if len(lower) < FEWEST_LOWER:
        return False
    return len(own) >= FEWEST and 2 * len(own) >= len(every) and len(every) <= MOST


def _dates_only(text: str, when: Span, one: Told) -> bool:
    """Say whether words of time tell when somebody spoke, and no more: "took it away on Tuesday, although the
    council had called it a mistake" has them in another clause."""
    if not _meets(when, one.when):
        return False
    gaps = [text[when.end : span.start] or text[span.end : when.start] for span in one.around]
    nearest = min(gaps, key=len, default="")
    return not ("," in nearest and _WORD.search(nearest))


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
