"""The dateline: where a story was filed, when, and by which agency. "SELM, March 11 (Northline) -"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.article.agencies import is_agency
from onrecord.article.printed import find_day
from onrecord.article.tagger import find_times
from onrecord.article.timewords import TimeWords
from onrecord.types import Block, Span

__all__ = ["Dateline", "find_dateline"]

_DASH = r"(?:[-–—]{1,3}|―|:)"
# No character stands both in a word and between words: "AB-AB-AB" must not be read in a million ways.
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’]+"
_PLACE = (
    rf"(?P<place>{_CAPITALS}(?:[ -](?:{_CAPITALS}|de|la|of|al)){{0,6}}"
    r"(?:, (?:[A-Z][a-zé]+\.?(?: [A-Z][a-zé]+\.?)?|[A-Z][A-Za-z]\.?[A-Z]?\.?))?(?:/[A-Z][A-Z ]{1,30})?)"
)
_PLACE_TITLE = (
    r"(?P<place>[A-ZÀ-ÖØ-Þ][\w.'’-]+(?: [A-ZÀ-ÖØ-Þ][\w.'’-]+){0,2}(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?)"
)
_DATE = (
    r"(?P<date>(?:[A-Z][a-z]+day,? )?"
    r"(?:[A-Z][A-Za-z]{2,8}\.? \d{1,2}|\d{1,2}\.? (?:de )?[^\W\d_]{3,10}\.?)(?:,?(?: de)? \d{4})?)"
)
_AGENCY = r"[(\[](?P<agency>[A-Z][\w .&/'’-]{1,40})[)\]]"
MOST_PLACE = 5
# What opens a story in capitals, or before a date, and is no place: "UPDATE -", "Mittwoch, 16. April -".
_NO_PLACE = re.compile(
    r"^(?:UPDA|BREAKING|EXCLUSIVE|LIVE|WATCH|VIDEO|OPINION|ANALYSIS|EDITOR|NOTE|PHOTOS|EXPLAINER|NEWS|POLITICS)"
    r"|^(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|^(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|"
    r"sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[ée]rcoles|jueves|"
    r"viernes|s[áa]bado|domingo|luned[ìi]|marted[ìi]|mercoled[ìi]|gioved[ìi]|venerd[ìi]|sabato|domenica)\b",
    re.IGNORECASE,
)
# "AP —", "SELM, dpa –": without brackets only the names of known agencies tell a dateline.
_BARE = r"(?P<bare>(?:[A-Z]{2,5}|dpa|epd|kna|sda|apa|Reuters|Xinhua|Bernama)(?:/[A-Za-z]{2,9})?)"
_FORMS = (
    *tuple(
        re.compile(rf"\s*{form}\s*{_DASH}\s*(?=\S)")
        for form in (
            rf"{_PLACE}(?:[,.:]? {_DATE})?,? *{_AGENCY}",
            rf"{_PLACE}[,.:]? *{_DATE}",
            rf"{_PLACE_TITLE}[,.]? *{_DATE},? *{_AGENCY}",
            rf"{_PLACE_TITLE},? *{_AGENCY}",
            rf"{_PLACE_TITLE}, {_DATE}",
            rf"{_AGENCY}",
            rf"{_PLACE}[,.:]? *{_BARE}",
        )
    ),
    re.compile(rf"\s*{_BARE}\s*(?:[–—]|-{{1,2}})\s+(?=\S)"),
    re.compile(rf"\s*{_PLACE} *(?:[–—]|-{{1,2}}) (?=\S)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The parts of a dateline, each with its words in the text of record."""

    span: Span
    place: Span | None = None
    agency: Span | None = None
    date: TimeWords | None = None


def find_dateline(text: str, blocks: Sequence[Block]) -> Dateline | None:
    """Return the dateline of an article: a line of its own, or the opening of one of its first paragraphs."""
    openings = [block for block in blocks if block.role == "dateline"]
    openings += [block for block in blocks if block.role == "paragraph"][:3]
    for block in openings:
        found = _match(text, block.span)
        if found is not None:
            return found
    return None


def _match(text: str, span: Span) -> Dateline | None:
    opening = text[span.start : min(span.end, span.start + 160)]
    for form in _FORMS:
        match = form.match(opening if opening.endswith((" ", "x")) else opening + " x")
        if match is None:
            continue
        parts = match.groupdict()
        if parts.get("bare") and not all(is_agency(part) for part in parts["bare"].split("/")):
            continue
        if _NO_PLACE.search(parts.get("place") or "") or len((parts.get("place") or "").split()) > MOST_PLACE:
            continue
        agency = "bare" if parts.get("bare") else "agency" if parts.get("agency") else None
        return Dateline(
            span=Span(span.start + match.start(), min(span.start + match.end(), span.end)),
            place=_part(match, "place", span) if parts.get("place") else None,
            agency=_part(match, agency, span) if agency else None,
            date=_date(text, _part(match, "date", span)) if parts.get("date") else None,
        )
    return None


def _part(match: re.Match[str], name: str, span: Span) -> Span:
    return Span(span.start + match.start(name), span.start + match.end(name))


def _date(text: str, span: Span) -> TimeWords | None:
    found = next(find_times(text, start=span.start, end=span.end), None)
    return found or find_day(text, span)
