"""What tells the day of a saying: the signals of each day that the page prints.

Candidates are the time expressions of the article, those that mean one day taken together, and no day at all.
A saying is dated by words beside its cue, or by the occasion that the page dates elsewhere; the signals are
where a day's expressions stand, what stands around them, which sayings before had this day, and how the
saying's own verb is put. No signal knows a page or an outlet.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.article import Anchor
from onrecord.article.calendar import day_of
from onrecord.statements.paragraphs import Paragraph
from onrecord.statements.said import Said
from onrecord.statements.when import TimeWords, find_times, resolve_when
from onrecord.types import Span, When

__all__ = ["NO_DAY", "Day", "Diary", "find_days", "is_same", "measure_at_first", "measure_when"]

_OCCASION = re.compile(
    r"\b(?:conference|briefing|speech|address|session|meeting|hearing|interview|debate|trial|court|rally|summit|forum|panel|"
    r"testimony|event|ceremony|inquest|appearance|visit|call|show|broadcast|podcast|vote)s?\b",
    re.IGNORECASE,
)
_WRITING = re.compile(
    r"\b(?:statement|post(?:ed)?|tweet(?:ed)?|letter|message|e-?mail|report|release[ds]?|study|paper|memo|wrote|published|"
    r"blog|filing|lawsuit|announce(?:d|ment)|told|said|says)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:has|have|had)\s+(?:(?:\w+ly|also|long|often|already|since|previously|repeatedly)\s+)*$",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"(?:says|say|tells|writes|argues|thinks|believes|adds|explains|insists|claims|notes|according)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:since|until|till|from|between|before|by|through|after|for|as of|effective)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_ON = re.compile(r"\b(?:on|late|early|in)\s+(?:\w+\s+)?$", re.IGNORECASE)
_OTHER_TIME = re.compile(
    r"\b(?:earlier|previously|past|ago|later|afterwards?|once|recently|repeatedly|often|always|last)\b",
    re.IGNORECASE,
)
_CHANNEL = re.compile(
    r"\b(?:Twitter|Facebook|Instagram|Telegram|TikTok|YouTube|X|statement|post|tweet(?:ed)?|letter|message|e-?mail|interview|report|"
    r"release|website|wrote|told|phone)\b"
)
_AHEAD = re.compile(r"\b(?:will|would|shall|scheduled|expected|due|set|plans?|going) (?:to )?", re.IGNORECASE)
_NAME = re.compile(r"(?:the\s+)?[A-Z]")
_NEAR = 70
_BEFORE = 200
NO_DAY = "none"
_MOST_TIMES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day that a page prints, or words that leave it open (`when.value` None): every place that prints
    it."""

    key: str
    when: When
    words: tuple[TimeWords, ...]

    @property
    def places(self) -> list[int]:
        return [one.span.start for one in self.words]


@dataclass
class Diary:
    """A page as the question "when?" sees it: its sayings, the day that rules give each, and how likely each
    day was held for each at first sight, by the day's key."""

    text: str
    masked: str
    sentences: Sequence[Span]
    lines: Sequence[Paragraph]
    anchor: Anchor | None
    days: Sequence[Day]
    said: Sequence[Said] = ()
    ruled: Sequence[When | None] = ()
    guesses: Sequence[Mapping[str, float]] = ()
    _about: dict[str, dict[str, float]] = field(default_factory=dict)
    _noun: dict[str, str | None] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _paragraphs: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [span.start for span in self.sentences]
        self._paragraphs = [one.span.start for one in self.lines]

    @cached_property
    def leading(self) -> str | None:
        """The day that is likeliest over all sayings."""
        totals: Counter[str] = Counter()
        for guess in self.guesses:
            totals.update({key: rate for key, rate in guess.items() if key != NO_DAY})
        return max(totals, key=totals.__getitem__) if totals else None

    @cached_property
    def leading_share(self) -> float:
        """How likely a saying of the page is of that day."""
        return _mean([guess.get(self.leading or "", 0.0) for guess in self.guesses])

    @cached_property
    def nouns(self) -> Counter[str]:
        """How often the page prints each noun of an occasion ("debate", "hearing")."""
        return Counter(_noun(found) for found in _OCCASION.finditer(self.masked))

    def noun_of(self, day: Day) -> str | None:
        """Return the noun of an occasion that stands nearest to a day's words."""
        if day.key not in self._noun:
            self._noun[day.key] = _find_noun(self.masked, day)
        return self._noun[day.key]

    def sentence_at(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)

    def about(self, day: Day) -> dict[str, float]:
        """What a day is, worked out once."""
        if day.key not in self._about:
            self._about[day.key] = _of_day(self, day)
        return self._about[day.key]

    def paragraph_at(self, place: int) -> int:
        return max(0, bisect_right(self._paragraphs, place) - 1)


def _noun(found: re.Match[str]) -> str:
    return found.group().lower().removesuffix("s")


def _find_noun(masked: str, day: Day) -> str | None:
    best: tuple[int, str] | None = None
    for words in day.words:
        start, end = words.span
        for found in _OCCASION.finditer(masked, max(0, start - _NEAR), end + _NEAR):
            away = max(start - found.end(), found.start() - end)
            if best is None or away < best[0]:
                best = (away, _noun(found))
    return best[1] if best is not None else None


def find_days(text: str, paragraphs: Sequence[Span], anchor: Anchor | None) -> tuple[Day, ...]:
    """Return the days that the paragraphs print, in reading order; none that is later than the page."""
    groups: dict[str, tuple[When, list[TimeWords]]] = {}
    told: str | None = None
    count = 0
    for paragraph in paragraphs:
        for words in find_times(text, start=paragraph.start, end=paragraph.end):
            count += 1
            if (
                count > _MOST_TIMES
                or words.kind in ("duration", "set")
                or words.value in ("PRESENT_REF", "FUTURE_REF")
            ):
                continue
            when = resolve_when(words, anchor, told=told if words.told else None)
            if (
                anchor is not None
                and when.value
                and anchor.value
                and when.value[:10] > _latest(anchor)[: len(when.value)]
            ):
                continue
            if when.value is not None and day_of(when.value) is not None:
                told = when.value[:10]
            value = when.value[:10] if when.value else None
            key = value or f"{words.unit}:{words.number}:{words.day}:{words.shift}:{words.value or ''}"
            if value is None and words.unit is None:
                continue
            groups.setdefault(key, (when, []))[1].append(words)
    return tuple(Day(key=key, when=when, words=tuple(words)) for key, (when, words) in groups.items())


def _latest(anchor: Anchor) -> str:
    return max(anchor.value or "9999", anchor.updated or "")


def measure_when(diary: Diary, at: int, day: Day | None) -> Mapping[str, float]:
    """Return the signals of one day, or of none, for the saying at a place, when all were guessed at."""
    return {**measure_at_first(diary, at, day), **_of_others(diary, at, day)}


def measure_at_first(diary: Diary, at: int, day: Day | None) -> Mapping[str, float]:
    """Return the signals of one day, or of none, for the saying at a place, that need no other saying's
    day."""
    one, ruled = diary.said[at], diary.ruled[at]
    learned = one.what.day
    cue = one.what.cue[0] if one.what.cue else None
    here = cue.start if cue is not None else one.sentence.start
    signals = _of_saying(diary, one, here)
    signals |= _of_rules(day, ruled)
    if day is None:
        return signals | {
            "n:none": 1.0,
            "n:words here": float(
                any(one.sentence.start <= p < one.sentence.end for d in diary.days for p in d.places)
            ),
            "n:linked": float(bool(learned)),
            "n:days": math.log1p(len(diary.days)),
            "n:noun often": math.log1p(max(diary.nouns.values(), default=0)),
        }
    signals |= diary.about(day)
    signals |= _of_place(diary, one, day, here, learned)
    return signals


def _of_rules(day: Day | None, ruled: When | None) -> dict[str, float]:
    told = ruled is not None and (ruled.value is not None or bool(ruled.candidates))
    if day is None:
        return {"u:none too": float(not told), "u:some": float(told)}
    if not told or ruled is None:
        return {"u:none": 1.0}
    return {"u:same": float(is_same(day, ruled)), "u:another": float(not is_same(day, ruled))}


def is_same(day: Day, when: When) -> bool:
    """Do both mean one day, or where they leave it open, stand on the same words?"""
    if day.when.value is not None or when.value is not None:
        return day.when.value is not None and when.value is not None and day.key == when.value[:10]
    if when.span is not None:
        return any(words.span == when.span for words in day.words)
    return bool(when.candidates) and when.candidates == day.when.candidates


def _of_saying(diary: Diary, one: Said, here: int) -> dict[str, float]:
    start = one.sentence.start
    before = diary.masked[max(start, here - _NEAR) : here]
    cue = one.what.cue[0].of(diary.text) if one.what.cue else ""
    around = diary.masked[start : one.sentence.end]
    return {
        "constant": 1.0,
        "s:no cue": float(not cue),
        "s:perfect": float(
            _PERFECT.search(before) is not None or cue.lower().startswith(("has ", "have ", "had "))
        ),
        "s:present": float(_PRESENT.match(cue) is not None),
        "s:other time": float(_OTHER_TIME.search(around) is not None),
        "s:channel": float(_CHANNEL.search(around) is not None),
        "s:headline": float(one.paragraph.role == "headline"),
        "s:told an outlet": float(
            any(s.of(diary.text)[:5].strip("the ")[:1].isupper() for s in one.what.hearers)
        ),
        "s:nested": float(one.what.nested or bool(one.via)),
        "s:secondary": float(one.what.cls == "think" or "s" in one.what.flags),
        "s:unnamed": float(one.speaker is None or one.speaker.type == "unnamed"),
        "s:to come": float(_AHEAD.search(before) is not None),
        "s:first part": float(diary.paragraph_at(start) < 5),
    }


def _of_day(diary: Diary, day: Day) -> dict[str, float]:
    """What a day is, and what stands around its expressions."""
    value, words = day.when.value, day.words
    published = (
        day_of(diary.anchor.value)
        if diary.anchor and diary.anchor.value and not diary.anchor.latest
        else None
    )
    exact = day_of(value) if value and len(value) >= 10 else None
    away = (published - exact).days if published is not None and exact is not None else None
    lead = [diary.masked[max(0, w.span.start - 40) : w.span.start] for w in words]
    around = [diary.masked[max(0, w.span.start - _NEAR) : w.span.end + _NEAR] for w in words]
    first = diary.paragraph_at(words[0].span.start)
    noun = diary.noun_of(day)
    often = diary.nouns[noun] if noun is not None else 0
    return {
        "d:day": 1.0,
        "d:noun often": math.log1p(often),
        "d:noun share": often / (1 + len(diary.sentences)),
        "d:noun leads": float(often > 2 and often == max(diary.nouns.values())),
        "d:share": len(words) / sum(len(other.words) for other in diary.days),
        "d:opens page": float(diary.sentence_at(words[0].span.start) < 3),
        "d:open": float(value is None),
        "d:month": float(value is not None and len(value) == 7),
        "d:year": float(value is not None and len(value) == 4),
        "d:published": float(away == 0),
        "d:eve": float(away == 1),
        "d:week": float(away is not None and 1 < away <= 7),
        "d:month ago": float(away is not None and 7 < away <= 60),
        "d:long ago": float(away is not None and away > 60),
        "d:weekday": float(any(w.unit == "weekday" for w in words)),
        "d:today": float(any(w.unit == "day" and w.shift == 0 for w in words)),
        "d:relative": float(any(w.shift is not None for w in words)),
        "d:places": math.log1p(len(words)),
        "d:in lede": float(first < 3),
        "d:first": float(day is diary.days[0]),
        "d:rivals": math.log1p(len(diary.days)),
        "d:occasion": float(any(_OCCASION.search(a) for a in around)),
        "d:writing": float(any(_WRITING.search(a) for a in around)),
        "d:bound": float(all(_BOUND.search(a) for a in lead)),
        "d:on": float(any(_ON.search(a) for a in lead)),
        "d:ahead": float(all(w.ahead for w in words)),
        "d:compared": float(all(w.told or w.compared or w.ended for w in words)),
    }


def _of_place(diary: Diary, one: Said, day: Day, here: int, learned: Sequence[Span]) -> dict[str, float]:
    """Where a day's expressions stand from the saying."""
    start, end = one.sentence
    content = one.what.content
    inside = [w.span for w in day.words if start <= w.span.start < end]
    outside = [s for s in inside if not any(c.start <= s.start < c.end for c in content)]
    at = bisect_left(day.places, start)
    last = day.words[at - 1].span if at else None
    linked = any(s.start < k.end and k.start < s.end for s in (w.span for w in day.words) for k in learned)
    near = min((min(abs(s.start - here), abs(s.end - here)) for s in outside), default=999)
    number, paragraph = diary.sentence_at(start), diary.paragraph_at(start)
    source = one.what.source
    noun = diary.noun_of(day)
    return {
        "p:linked": float(linked),
        "p:another linked": float(bool(learned) and not linked),
        "p:here": float(bool(outside)),
        "p:near cue": float(near <= 12),
        "p:near": float(12 < near <= 60),
        "p:behind cue": float(any(0 <= s.start - here <= 40 for s in outside)),
        "p:opens": float(any(s.start - start <= 4 for s in outside)),
        "p:in content": float(bool(inside) and not outside),
        "p:in source": float(
            source is not None and any(source.start <= s.start < source.end for s in outside)
        ),
        "p:occasion here": float(
            any(
                _OCCASION.search(diary.masked[max(start, s.start - 50) : min(end, s.end + 40)])
                for s in outside
            )
        ),
        "p:noun here": float(noun is not None and noun in diary.masked[start:end].lower()),
        "p:noun beside": float(
            noun is not None and noun in diary.masked[max(0, start - 200) : start].lower()
        ),
        "p:gap": math.log1p(number - diary.sentence_at(last.start)) if last is not None else 0.0,
        "p:before": float(last is not None),
        "p:same paragraph": float(last is not None and diary.paragraph_at(last.start) == paragraph),
        "p:paragraph before": float(last is not None and diary.paragraph_at(last.start) == paragraph - 1),
        "p:only later": float(last is None and not inside),
        "p:latest": float(
            last is not None
            and not any(
                last.start < w.span.start < start
                for other in diary.days
                if other is not day
                for w in other.words
            )
        ),
        "p:last quoted": float(last is not None and diary.masked[last.start] != diary.text[last.start]),
    }


def _of_others(diary: Diary, at: int, day: Day | None) -> dict[str, float]:
    """How likely were the other sayings of the page held to be of this day at first sight?"""
    key = day.key if day is not None else NO_DAY
    guesses, said = diary.guesses, diary.said
    one = said[at]
    name = one.speaker.name if one.speaker is not None else None
    rates = [guess.get(key, 0.0) for guess in guesses]
    others = rates[:at] + rates[at + 1 :]
    mine = [
        rate
        for place, (other, rate) in enumerate(zip(said, rates, strict=True))
        if place != at and name and other.speaker is not None and other.speaker.name == name
    ]
    beside = [
        rate
        for place, (other, rate) in enumerate(zip(said, rates, strict=True))
        if place != at and other.paragraph.span == one.paragraph.span
    ]
    best = diary.leading
    return {
        "b:own": rates[at],
        "b:own odds": math.log(max(rates[at], 0.001) / max(1 - rates[at], 0.001)),
        "b:page": _mean(others),
        "b:page most": max(others, default=0.0),
        "b:before": rates[at - 1] if at else 0.0,
        "b:two before": rates[at - 2] if at > 1 else 0.0,
        "b:behind": rates[at + 1] if at + 1 < len(rates) else 0.0,
        "b:speaker": _mean(mine),
        "b:speaker most": max(mine, default=0.0),
        "b:speaker alone": float(not mine),
        "b:paragraph": _mean(beside),
        "b:leading": float(best is not None and best == key),
        "b:leading share": diary.leading_share * float(best is not None and best == key),
    }


def _mean(rates: Sequence[float]) -> float:
    return sum(rates) / len(rates) if rates else 0.0
