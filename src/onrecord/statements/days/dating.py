"""The day of each saying: from the time words beside its cue, else from the occasion it was said on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.article import Anchor
from onrecord.article.calendar import day_of
from onrecord.statements.days.daywords import day_of_event, find_day, is_to_come, name_writing
from onrecord.statements.days.occasions import ELSEWHERE, LOOKS_BACK, Occasion, find_occasion
from onrecord.statements.rules.attribution import Said
from onrecord.statements.text.paragraphs import Paragraph
from onrecord.types import Span, Speaker, When

__all__ = ["date_all"]

# Paragraphs after which a page has moved on to something else.
_FAR = 6
# Days after which a saying is background: what its speaker says next is of another day,
# unless it stands beside it.
_BACKGROUND = 7
_BESIDE = 100  # characters

# What is told of a speaker: ", who has led the office since 2029,".
_ASIDE = re.compile(r",\s*(?:who|which|whose)\b[^,]*,")
_CHANNEL = re.compile(
    r"\b(?:[Oo]n (?:Telegram|Twitter|X|Facebook|Instagram|TikTok|Truth Social|Weibo|LinkedIn|YouTube|"
    r"social media)|"
    r"[Ii]n an? (?:[\w’'-]+ )?(?:statement|post|tweet|letter|message|e-?mail|report|interview|"
    r"release)|website|tweeted|posted|wrote|interviewed|by (?:e-?mail|phone|telephone))\b"
)
_OTHER_TIME = re.compile(
    r"\b(?:earlier|previously|past|ago|later|afterwards?|once|recently|repeatedly|often|always|"
    r"had (?:(?:also|already|just|then|long|previously|earlier) )?\w+(?:ed|aid|old|itten)|has long)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"\b(?:has|have)\s+(?:(?:\w+ly|also|long|often)\s+)?$", re.IGNORECASE)
_AFTER = re.compile(r"^\W*(?:After|When|Once|Following|Before|Until)\b[^,]*,")
_WHILE = re.compile(r"\b(?:after|before|since|until|when)\s+[^,;.]{1,60}$", re.IGNORECASE)
_THEN = re.compile(r"\b(?:back then|at the time|the same day|that day)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Last:
    """When a speaker last spoke, in which paragraph, and up to which character."""

    when: When
    paragraph: int
    end: int


def date_all(
    text: str,
    said: Iterable[Said],
    anchor: Anchor | None,
    *,
    masked: str | None = None,
    paragraphs: Sequence[Paragraph] = (),
) -> Iterator[tuple[Said, When | None]]:
    """Yield each saying with its day, or None when the page tells nothing of it."""
    said = tuple(said)
    masked = text if masked is None else masked
    taken: dict[Span, list[Span]] = {}
    for one in said:
        taken.setdefault(one.sentence, []).extend(one.what.content)
    around = [_around(masked, one, taken[one.sentence]) for one in said]
    occasion = find_occasion(masked, paragraphs, list(zip(said, around, strict=True)), anchor)
    numbers = {p.span.end: number for number, p in enumerate(paragraphs)}
    last: dict[str, _Last] = {}
    left: set[str] = set()
    for one, outside in zip(said, around, strict=True):
        here = numbers.get(one.paragraph.span.end, 0)
        when = find_day(text, one, taken[one.sentence], anchor) or day_of_event(masked, one, anchor)
        if when is not None and one.speaker is not None:
            if occasion is None or when.value != occasion.when.value:
                left.add(one.speaker.name)
            if not is_to_come(text, one):
                last[one.speaker.name] = _Last(when, here, one.sentence.end)
                if when.span and (writing := name_writing(text, one, when.span)):
                    last[writing] = last[one.speaker.name]  # "The report alleged"
        elif one.speaker is not None:
            before = _same_occasion(one.speaker, last)
            if (
                before is not None
                and not _has_said(text, one)
                and _goes_on(one, outside, before, here, anchor)
            ):
                when = replace(before.when, known="inferred" if before.when.value else None, span=None)
                last[one.speaker.name] = _Last(before.when, here, one.sentence.end)
            else:
                last.pop(one.speaker.name, None)
                if occasion is not None and _is_there(masked, one, outside, occasion, left):
                    when = replace(occasion.when, span=None)
        yield one, when


def _around(masked: str, one: Said, taken: Sequence[Span]) -> str:
    """Return the words of a sentence that are not what was said in it, nor told of its speaker."""
    start, end = one.sentence
    words = list(masked[start:end])
    for span in taken:
        for at in range(max(span.start, start), min(span.end, end)):
            words[at - start] = " "
    return _ASIDE.sub(", ", "".join(words))


def _is_there(masked: str, one: Said, around: str, occasion: Occasion, left: set[str]) -> bool:
    """Tell whether something was said on the page's occasion. `left` are those last shown elsewhere."""
    if one.speaker is None or one.paragraph.role == "headline" or not one.what.cue:
        return False
    name = one.speaker.name
    if occasion.speakers is not None and name not in occasion.speakers:
        return False
    if occasion.shows is not None and occasion.shows.search(around):
        left.discard(name)
        return True
    if one.sentence.start < occasion.start:
        return False
    looks_back = any(LOOKS_BACK.search(masked, *content) for content in one.what.content)
    if looks_back or ELSEWHERE.search(around) or _CHANNEL.search(around):
        left.add(name)
    return name not in left


def _same_occasion(speaker: Speaker, last: dict[str, "_Last"]) -> "_Last | None":
    """Whatever a speaker says next is said on the same occasion.

    A spokesman goes on where his institution was dated.
    """
    if speaker.name in last:
        return last[speaker.name]
    if speaker.role and "spoke" in speaker.role.lower():
        for name, before in reversed(last.items()):
            if re.search(rf"\b{re.escape(name.split()[-1])}\b", speaker.role):
                return before
    return None


def _goes_on(one: Said, around: str, before: "_Last", here: int, anchor: Anchor | None) -> bool:
    """Tell whether a speaker is still on the occasion of before: not elsewhere, nor in another part of the
    page."""
    if _THEN.search(around):
        return True
    if (
        _AFTER.search(around)
        or _OTHER_TIME.search(around)
        or _CHANNEL.search(around)
        or here - before.paragraph > _FAR
    ):
        return False
    beside = here == before.paragraph and one.sentence.start - before.end < _BESIDE
    return beside or not _is_background(before.when, anchor)


def _has_said(text: str, one: Said) -> bool:
    """Tell what was said some other time: "has long said", "in the days after Brill announced"."""
    start = one.what.cue[0].start if one.what.cue else one.sentence.start
    before = text[one.sentence.start : start]
    return _PERFECT.search(before) is not None or _WHILE.search(before) is not None


def _is_background(when: When, anchor: Anchor | None) -> bool:
    day, today = (
        day_of(when.value or next(iter(when.candidates), None)),
        day_of(anchor.value) if anchor else None,
    )
    if day is None:
        day = day_of(next(iter(when.candidates), None))
    if today is None:
        return day is None
    return day is None or (today - day).days > _BACKGROUND
