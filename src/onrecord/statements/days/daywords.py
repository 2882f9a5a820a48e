"""The words that tell the day of one saying: beside its cue, or in what is told of."""

import re

from onrecord.article import Anchor
from onrecord.article.calendar import day_of, is_iso_prefix
from onrecord.statements.days.otherdays import dates_something_else
from onrecord.statements.days.when import TimeWords, find_times, resolve_when
from onrecord.statements.quotations.set_off import find_day_posted
from onrecord.statements.rules.attribution import Said
from onrecord.types import Span, When

__all__ = ["day_of_event", "find_day", "is_to_come", "name_writing"]

# Characters between the cue and its time words: "said in a statement to the state agency on Friday".
_NEAR = 60
_HEAD = 12
# Characters over which a text goes on in the year, or from the day, that it has named.
_YEAR_HOLDS = 400

_TO_COME = re.compile(
    r"\b(?:will|shall|['’]ll|(?:is|are|going|due|set|scheduled|expected|plans?|intends?) to)"
    r"(?:\s+(?:also|then|be|formally))?\s+$",
    re.IGNORECASE,
)
_IN_WRITING = re.compile(
    r"\bin (?:an?|the|his|her|its|their)?\s*(?:[\w’'-]+ )?(?P<writing>statement|letter|post|interview|report|"
    r"message|speech|note|tweet|e-?mail|memo|briefing|(?:press|news) conference)s?"
    r"(?: (?:published|released|issued|posted|sent|made|given|held|late|early))*(?: (?:on|over|during))?\s+$",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:\w{2,}ed|was|were|had|fell|rose|took|came|went|struck|hit|left|began|broke|won|lost|held|met|shot|"
    r"found|fought|caught|brought|made)\b"
)
_OPEN = re.compile(
    r"\b(?:will|would|shall|should|could|may|might|must|can|if|unless|plans?|expect\w*|due|scheduled|set)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:since|until|till|from|between|before|by|into|through|for|after)\s+(?:\w+\s+)?$", re.IGNORECASE
)


def is_to_come(text: str, one: Said) -> bool:
    """Tell whether a saying lies ahead: "will tell parliament on Friday"."""
    if not one.what.cue:
        return False
    cue = one.what.cue[0]
    before = text[one.sentence.start : cue.start]
    return bool(_TO_COME.search(before) or re.match(r"(?:will|shall|is to|are to)\b", cue.of(text)))


def name_writing(text: str, one: Said, words: Span) -> str | None:
    """Return what somebody put words in on a day: "report" for "In a report published on Friday"."""
    found = _IN_WRITING.search(text[one.sentence.start : words.start])
    return found["writing"].lower() if found else None


def find_day(text: str, one: Said, taken: list[Span], anchor: Anchor | None) -> When | None:
    """Read the time words that stand outside what was said, beside the cue or at the head of the sentence.

    A headline dates nothing: its time words belong to the story.
    """
    if one.paragraph.role == "headline":
        return None
    if not one.what.cue:
        return _day_posted(text, one, anchor)
    cue = one.what.cue[0]
    near: list[tuple[int, When]] = []
    for words in find_times(text, start=one.sentence.start, end=one.sentence.end):
        inside = any(c.start < words.span.end and words.span.start < c.end for c in taken)
        if name_writing(text, one, words.span):
            away = 0 if words.span.start > cue.end else _NEAR
        elif inside:
            continue
        else:
            away = words.span.start - cue.end if words.span.start >= cue.end else cue.start - words.span.end
        if away > _NEAR and words.span.start - one.sentence.start > _HEAD:
            continue
        if dates_something_else(text, one, words):
            continue
        when = _in_year_told(text, one, words, anchor) or resolve_when(
            words,
            anchor,
            told=_day_told(text, words, anchor) if words.told else None,
            ahead=is_to_come(text, one),
        )
        if when.value is not None or when.candidates:
            near.append((away, when))
    return min(near, key=lambda x: x[0])[1] if near else None


def _day_posted(text: str, one: Said, anchor: Anchor | None) -> When | None:
    """Read the day under a post, beside the name of who wrote it."""
    if one.what.source is None or not one.what.content:
        return None
    day = find_day_posted(text, one.what.content[-1].end, one.paragraph.span.end)
    if day is None:
        return None
    return next(
        (resolve_when(words, anchor) for words in find_times(text, start=day.start, end=day.end)), None
    )


def _day_told(text: str, words: TimeWords, anchor: Anchor | None) -> str | None:
    """Return the day that a text told of last, from which "the next day" counts."""
    start = max(0, words.span.start - _YEAR_HOLDS)
    days = [
        when.value
        for before in find_times(text, start=start, end=words.span.start)
        if not before.told and (when := resolve_when(before, anchor)).value and day_of(when.value)
    ]
    return days[-1] if days else None


def _in_year_told(text: str, one: Said, words: TimeWords, anchor: Anchor | None) -> When | None:
    """Read a day without a year in the year just named: "on June 29, 2021, ... on June 30"."""
    if words.unit != "monthday" or anchor is None or anchor.value is None:
        return None
    start = max(0, one.sentence.start - _YEAR_HOLDS)
    named = [w for w in find_times(text, start=start, end=words.span.start) if len(w.value or "") == 10]
    year = (named[-1].value or "")[:4] if named else anchor.value[:4]
    value = f"{year}-{words.number:02d}-{words.day:02d}"
    if year == anchor.value[:4] or not is_iso_prefix(value) or value > anchor.value:
        return None
    return When(value=value, known="inferred", span=words.span, anchor=f"the year {year}, named just before")


def day_of_event(masked: str, one: Said, anchor: Anchor | None) -> When | None:
    """What happened on the day of publication was told on that day: "The gates broke on Nov. 11, according to
    the ministry" in a page of 11 November."""
    published = day_of(anchor.value) if anchor else None
    if published is None or anchor is None or not anchor.where.startswith("published") or not one.what.cue:
        return None
    for content in one.what.content:
        for words in find_times(masked, start=content.start, end=content.end):
            before = masked[content.start : words.span.start]
            told = masked[content.start : content.end]
            if (
                words.ahead
                or words.told
                or _OPEN.search(told)
                or _BOUND.search(before)
                or not _HAPPENED.search(before)
            ):
                continue
            if words.unit in ("weekday", "monthday") or len(words.value or "") >= 10:
                when = resolve_when(words, anchor)
                if when.value and day_of(when.value) == published:
                    where = f"{anchor.where}, the day of what is told"
                    return When(value=published.isoformat(), known="inferred", anchor=where)
    return None
