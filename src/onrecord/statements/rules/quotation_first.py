"""The quotation before its cue: "Q," S said; "Q," said S; words "Q," S said; "Q," S said, "Q"."""

import re
from dataclasses import replace

from onrecord.statements.quotations.scare_quotes import find_use
from onrecord.statements.rules.attribution import Attribution, Place, carried, made_of
from onrecord.statements.rules.sources import find_source_after, find_source_before
from onrecord.statements.text.contents import find_content_after
from onrecord.statements.text.sentences import CLOSE, OPEN, QUOTED
from onrecord.types import Span

__all__ = ["content_up_to", "quotation_first"]


def quotation_first(place: Place) -> Attribution | None:
    """Read "Q," S said; "Q," said S; and words "Q," S said."""
    masked, cue, start = place.masked, place.cue, place.sentence.span.start
    closing = masked.rfind(CLOSE, start, cue.span.start)
    if closing < 0 or place.cue.cls == "object":
        return None
    close_end = closing + 1
    between = masked[close_end : cue.span.start]
    inner_last = _last_inside(place, closing)
    if len(between.split()) > 26 or re.search(r"[;:.?!]\s", _ABBREVIATION.sub(" ", between)):
        return None
    last = next((q for q in reversed(place.sentence.quotations) if q.outer.end == close_end), None)
    if last is not None and find_use(place.text, last) == "title":
        return None
    comma = between.lstrip().startswith(",") or inner_last in ",?!…—-–"
    if not comma and inner_last != ".":
        return None
    if re.match(r"\s*,?\s*(?:and|but|while|which|who|when|as|that)\b", between):
        return None
    if between.strip(" ,\n") == "":
        source = find_source_after(masked, cue.span.end, place.sentence.span.end)
        after = source.end if source else cue.span.end
        if source is None:
            source = carried(place)
    else:
        source = find_source_before(masked, close_end, cue.span.start)
        after = cue.span.end
        if source is None or (
            re.search(r"\S", masked[close_end : source.start].strip(" ,\n"))
            and not _only_day(masked[close_end : source.start])
        ):
            return None
    contents = [*(_retold(place, source) or content_up_to(place, close_end)), *_after_break(place, after)]
    to = find_content_after(
        masked, cue.span.end, place.sentence.span.end, addressee="t" in cue.flags
    ).addressee
    made = made_of(
        place,
        source,
        tuple(contents),
        addressee=to if "t" in cue.flags and source and source.end <= cue.span.start else None,
    )
    # “Nobody left,” Ostrey denied: these are her words, and what she denies was told before.
    return replace(made, denied=False)


# A stop that ends no sentence: a title, an initial, a party and state ("Rep. Ada R. Brill, D-Selm., said").
_ABBREVIATION = re.compile(
    r"\b(?:M[rsx]|Mrs|Messrs|Dr|Profs?|Reps?|Sens?|Govs?|Lt|Gen|Col|Sgt|Capt|Maj|Cmdr|Adm|Const|Det|Supt|Insp|Cllr"
    r"|Rev|Hon|Pres|Atty|Del|Ald|St|Jr|Sr|No|[DRI]-[A-Z]\w+|[A-Z]|[A-Z]\.[A-Z])\.(?=\s)"
)


def _only_day(words: str) -> bool:
    return re.fullmatch(r"[\s,]*(?:(?:on|late|early)\s+)*\w*day[\s,]*", words) is not None


def _last_inside(place: Place, closing: int) -> str:
    """The last character said, before the closing marks, those of a quotation inside it too."""
    at = closing
    while at > place.sentence.span.start and (
        place.masked[at] == CLOSE or place.text[at].isspace() or place.text[at] in _INNER_MARKS
    ):
        at -= 1
    return place.text[at : at + 1]


_INNER_MARKS = "'’‘\"”“»"


def content_up_to(place: Place, close_end: int) -> list[Span]:
    """The content that ends with the quotation before the cue; the words before its marks belong to it
    too."""
    start = place.sentence.span.start
    if place.before is not None:
        start = max(start, *(c.end for c in place.before.cue))
    quotes = [q for q in place.sentence.quotations if start <= q.outer.start < close_end]
    if not quotes:
        return []
    lead = place.masked[start : quotes[0].outer.start]
    if re.search(r"\w", lead) is None:
        if len(quotes) == 1 or not re.search(
            r"\w", place.masked[quotes[0].outer.end : quotes[-1].outer.start].replace(QUOTED, "")
        ):
            return [q.inner for q in quotes]
        return [Span(quotes[0].outer.start, quotes[-1].outer.end)]
    if lead.rstrip().endswith(":"):
        return [q.inner for q in quotes]
    lead_start = re.match(r"[\s,;:–—-]*(?:(?:But|And|So|Yet)\s+)?", lead)
    return [Span(start + (lead_start.end() if lead_start else 0), quotes[-1].outer.end)]


def _retold(place: Place, source: Span | None) -> tuple[Span, ...]:
    """What is retold with the words that give it to somebody: of "Lann said, “We stay,” the court heard" the
    whole of "Lann said, “We stay,”", if the quotation is his already."""
    before = place.before
    if before is None or source is None or not before.content or before.source in {None, source}:
        return ()
    last = place.sentence.quotations
    quoted = [q for q in last if q.inner == before.content[-1] and q.outer.end <= source.start]
    if not quoted or quoted[0].outer.start < before.cue[-1].end:
        return ()
    return (Span(place.sentence.span.start, quoted[0].outer.end),)


def _after_break(place: Place, after: int) -> list[Span]:
    """The second half of a quotation that its cue broke: "A," he said, "B"."""
    masked, end = place.masked, place.sentence.span.end
    opening = masked.find(OPEN, after, end)
    if opening < 0 or opening > place.right:
        return []
    between = masked[after:opening]
    if re.search(r"[,:.–—]\s*$", between) is None or len(between.split()) > 22:
        return []
    return [q.inner for q in place.sentence.quotations if q.outer.start >= opening][:1]
