"""The day of each saying: the temporal expression of its page that a trained model links to it, be it in its
own sentence or where the page dates the occasion."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from onrecord.article.calendar import day_of
from onrecord.models.days import rate_days
from onrecord.statements.days.expressions import Expression, find_expressions
from onrecord.statements.days.questions import Question, ask_days
from onrecord.statements.days.when import TimeWords, find_times, resolve_when
from onrecord.statements.model.states import States
from onrecord.statements.quotations.set_off import find_day_posted
from onrecord.statements.rules.attribution import Said
from onrecord.statements.text.document import Document
from onrecord.types import When

__all__ = ["date_all"]

# How likely a day has to be where its words stand in the saying's own sentence, and where elsewhere; chosen
# on outlets left out of the training, so that three in a hundred of what has no day are given one.
LEAST_HERE, LEAST_ELSEWHERE = 0.5, 0.65
_DAY = len("2031-03-14")
_DAYS = frozenset({"day", "weekday", "monthday"})
_TO_COME = re.compile(
    r"\b(?:will|shall|['’]ll|(?:is|are|going|due|set|scheduled|expected|plans?|intends?) to)"
    r"(?:\s+(?:also|then|be|formally))?\s+$",
    re.IGNORECASE,
)


def date_all(document: Document, said: Sequence[Said], states: States) -> Iterator[tuple[Said, When | None]]:
    """Yield each saying with its day, None where the page does not tell it. When somebody said what another
    retells is not when it was retold: of those none is told."""
    found = find_expressions(document)
    plain = [one for one in said if not one.what.nested]
    days: dict[int, When] = {}
    for question in ask_days(document, plain, found, states):
        rates = rate_days(*question.arrays())
        for row, number in enumerate(question.sayings):
            when = _choose(document, plain[number], question, found, rates[row])
            if when is not None:
                days[id(plain[number])] = when
    for one in said:
        yield one, _day_posted(document, one) or days.get(id(one))


def _day_posted(document: Document, one: Said) -> When | None:
    """Read the day that a post prints beside the name of who wrote it."""
    if one.what.cue or one.what.source is None or not one.what.content:
        return None
    day = find_day_posted(document.text, one.what.content[-1].end, one.paragraph.span.end)
    if day is None:
        return None
    words = next(find_times(document.text, start=day.start, end=day.end), None)
    anchor = document.anchor.at(day.start) if document.anchor else None
    return resolve_when(words, anchor) if words is not None else None


def _choose(
    document: Document, one: Said, question: Question, found: Sequence[Expression], rates: NDArray[np.float32]
) -> When | None:
    """Return the likeliest day, expressions of one meaning taken together. What stands elsewhere on the page
    tells it by inference."""
    likely: dict[tuple[str | None, tuple[str, ...]], float] = {}
    best: dict[tuple[str | None, tuple[str, ...]], tuple[float, Expression]] = {}
    for rate, number in zip(rates[1:].tolist(), question.expressions, strict=True):
        expression = found[number]
        meaning = (expression.when.value, expression.when.candidates)
        if any(meaning) and _may_date(document, one, expression):
            likely[meaning] = likely.get(meaning, 0.0) + rate
            best[meaning] = max(best.get(meaning, (0.0, expression)), (rate, expression), key=_rate_of)
    if not likely:
        return None
    meaning = max(likely, key=likely.__getitem__)
    expression = best[meaning][1]
    when = expression.when
    here = _stands_in(one, expression)
    if likely[meaning] <= (LEAST_HERE if here else LEAST_ELSEWHERE):
        return None
    if here and _is_to_come(document.text, one):
        anchor = document.anchor.at(expression.words.span.start) if document.anchor else None
        return resolve_when(expression.words, anchor, ahead=True)
    return when if here or when.value is None else replace(when, known="inferred")


def _may_date(document: Document, one: Said, expression: Expression) -> bool:
    """Can an expression date a saying at all? Elsewhere on the page only one of a single day can, and nothing
    is said later than its page but what is still to be said."""
    here = _stands_in(one, expression)
    if not here and not _is_one_day(expression.words):
        return False
    told = day_of(expression.when.value)
    anchor = document.anchor.at(one.sentence.start) if document.anchor else None
    page = day_of(anchor.value) if anchor is not None and not anchor.latest else None
    if told is None or page is None or anchor is None or told <= (day_of(anchor.updated) or page):
        return True
    return here and _is_to_come(document.text, one)


def _stands_in(one: Said, expression: Expression) -> bool:
    return one.sentence.start <= expression.words.span.start < one.sentence.end


def _is_one_day(words: TimeWords) -> bool:
    """Do words mean a day, be it an open one? "In January", told elsewhere, is background: of the sayings of
    the training that it was to date on outlets left out, it dated one in five."""
    if words.value is not None:
        return len(words.value) >= _DAY
    return words.unit in _DAYS or bool(words.possible)


def _is_to_come(text: str, one: Said) -> bool:
    """Does a saying lie ahead: "will tell parliament on Friday"?"""
    if not one.what.cue:
        return False
    cue = one.what.cue[0]
    before = text[one.sentence.start : cue.start]
    return bool(_TO_COME.search(before) or re.match(r"(?:will|shall|is to|are to)\b", cue.of(text)))


def _rate_of(rated: tuple[float, Expression]) -> float:
    return rated[0]
