"""The temporal expressions of an article, each with the day that it means there."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.article import Anchor
from onrecord.article.calendar import day_of, is_iso_prefix
from onrecord.statements.days.when import TimeWords, find_times, resolve_when
from onrecord.statements.text.document import Document
from onrecord.types import When

__all__ = ["Expression", "find_expressions"]

# Characters over which a text goes on in the year, or from the day, that it has named.
_YEAR_HOLDS = 400
_BOUND_REACH = 40  # characters before the words; a capture may join a whole article into one paragraph
_BOUND = re.compile(r"\b(?:since|until|till)\s+(?:(?:the|late|early)\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """Words that say when, what they mean on this page, and whether they stand inside marks."""

    words: TimeWords
    when: When
    quoted: bool


def find_expressions(document: Document) -> list[Expression]:
    """Return the temporal expressions of an article's paragraphs in reading order, but for those on which
    nothing is said: the end of what is over ("the year ended March 31"), and bounds ("since last week")."""
    found: list[Expression] = []
    for words, quoted in _find_words(document):
        anchor = document.anchor.at(words.span.start) if document.anchor else None
        when = _in_year_told(words, found, anchor) or resolve_when(
            words,
            anchor,
            told=_day_told(words, found) if words.told else None,
            ahead=words.ahead,
        )
        found.append(Expression(words=words, when=when, quoted=quoted))
    return found


def _find_words(document: Document) -> Iterator[tuple[TimeWords, bool]]:
    quotations = sorted(one.outer for one in document.quotations)
    starts = [one.start for one in quotations]
    for paragraph in document.paragraphs:
        for words in find_times(document.text, start=paragraph.span.start, end=paragraph.span.end):
            at = bisect_right(starts, words.span.start) - 1
            near = max(paragraph.span.start, words.span.start - _BOUND_REACH)
            bounds = _BOUND.search(document.text, near, words.span.start)
            if not words.ended and bounds is None:
                yield words, at >= 0 and words.span.start < quotations[at].end


def _day_told(words: TimeWords, before: list[Expression]) -> str | None:
    """Return the day that a text told of last, from which "the next day" counts."""
    for one in reversed(before):
        if one.words.span.start < words.span.start - _YEAR_HOLDS:
            return None
        if not one.words.told and day_of(one.when.value):
            return one.when.value
    return None


def _in_year_told(words: TimeWords, before: list[Expression], anchor: Anchor | None) -> When | None:
    """Read a day without a year in the year just named: "on June 29, 2021, ... on June 30"."""
    if words.unit != "monthday" or anchor is None or anchor.value is None:
        return None
    named = [
        one.words.value
        for one in before[-12:]
        if len(one.words.value or "") == 10 and one.words.span.start >= words.span.start - _YEAR_HOLDS
    ]
    year = (named[-1] or "")[:4] if named else anchor.value[:4]
    value = f"{year}-{words.number:02d}-{words.day:02d}"
    if year == anchor.value[:4] or not is_iso_prefix(value) or value > anchor.value:
        return None
    return When(value=value, known="inferred", span=words.span, anchor=f"the year {year}, named just before")
