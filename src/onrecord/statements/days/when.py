"""When something was said: the time words of a sentence against the day its article counts from. Never a
guess."""

import re
from dataclasses import replace
from datetime import timedelta

from onrecord.article import Anchor
from onrecord.article.calendar import day_of, is_iso_prefix, previous_weekday
from onrecord.article.counting import count_from, days_within
from onrecord.article.tagger import find_times
from onrecord.article.timewords import TimeWords
from onrecord.types import When

__all__ = ["Anchor", "TimeWords", "find_times", "resolve_when"]

_BOUNDED = ("weekday", "monthday")
_PREFIX = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?")


def resolve_when(
    words: TimeWords | str, anchor: Anchor | None, *, told: str | None = None, ahead: bool = False
) -> When:
    """Return when a saying happened: "on Friday" is the last one up to and including the article's own day.

    With `ahead` it is still to come: "will tell parliament on Friday" is the next one.

    What the words leave open stays open: `value` is None, or the one month they can mean ("last weekend"),
    and `candidates` are the days they could mean, newest first. `told` is the day that the text last told of;
    "a day earlier" counts from it.
    """
    if isinstance(words, str):
        found = next(find_times(words), None)
        if found is None:
            return When(value=None)
        words = found
    if words.kind in ("duration", "set"):
        return When(value=None, span=words.span)
    if words.value is not None:
        value = _iso(words.value)
        return When(value=value, known="printed" if value else None, span=words.span)
    if words.possible:
        return When(value=None, span=words.span, candidates=tuple(sorted(words.possible, reverse=True)))
    if words.told and told is None and (words.shift or 0) >= 0:
        return When(value=None, span=words.span)  # "that day": some day, and the text has not said which
    if words.told and told is not None:
        anchor = Anchor(value=told, known="inferred", where=f"the day told of, {told}")
    bounded = _BOUNDED if anchor is None or anchor.value else ("weekday",)
    if anchor is not None and anchor.latest and (words.unit not in bounded or words.shift == 1 or ahead):
        return When(value=None, span=words.span)  # "yesterday" of a page that may be years older
    later = None if ahead else _since_then(words, anchor)
    return later or _count(replace(words, ahead=ahead), anchor)


def _since_then(words: TimeWords, anchor: Anchor | None) -> When | None:
    """Read "on Tuesday" in a page of Monday that was changed on Tuesday: who tells of it now means that day.

    Where the page was changed later in the week the words may be of either week, and both days stay open.
    """
    if anchor is None or anchor.value is None or anchor.updated is None:
        return None
    published, updated = day_of(anchor.value), day_of(anchor.updated)
    if words.unit != "weekday" or words.shift is not None or published is None or updated is None:
        return None
    day = previous_weekday(updated, words.number)
    if day <= published:
        return None
    if (day - published).days == 1:
        where = f"updated {anchor.updated}, {anchor.where}"
        return When(value=day.isoformat(), known="inferred", span=words.span, anchor=where)
    days = (day.isoformat(), (day - timedelta(days=7)).isoformat())
    month = days[0][:7] if days[0][:7] == days[1][:7] else None
    return When(
        value=month,
        known="inferred" if month else None,
        span=words.span,
        candidates=days,
        anchor=anchor.where or None,
    )


def _count(words: TimeWords, anchor: Anchor | None) -> When:
    if anchor is None:
        return When(value=None, span=words.span)
    days = (anchor.value,) if anchor.value else anchor.candidates
    meanings: dict[str, None] = {}
    for day in days:
        for meaning in _meanings(words, day):
            meanings.setdefault(meaning)
    # On a Monday "this week" may be that day, or the Sunday before it: a week is never one day.
    if len(meanings) == 1 and words.unit not in ("week", "weekend"):
        return When(
            value=next(iter(meanings)), known="inferred", span=words.span, anchor=anchor.where or None
        )
    # Days of one month tell the month: what was said "at the weekend" was said in April.
    months = {meaning[:7] for meaning in meanings}
    month = months.pop() if len(months) == 1 and anchor.value else None
    return When(
        value=month,
        known="inferred" if month else None,
        span=words.span,
        candidates=tuple(meanings),
        anchor=anchor.where or None,
    )


def _meanings(words: TimeWords, anchor: str) -> tuple[str, ...]:
    """What words can mean on one day: one ISO prefix, or the days of "last week"."""
    day = day_of(anchor)
    if day is None:
        return _coarse(words, anchor)
    value = count_from(words, day, lean="told" if words.ahead else "past")
    if value is None:
        return ()
    iso = _iso(value)
    return (iso,) if iso else days_within(value, day)


def _coarse(words: TimeWords, anchor: str) -> tuple[str, ...]:
    """An article known only by its month or year still tells which year "this year" is."""
    if words.unit != "year" or words.shift is None or words.number > 1 or not is_iso_prefix(anchor):
        return ()
    year = f"{int(anchor[:4]) + words.shift:04d}"
    return (year,) if is_iso_prefix(year) else ()


def _iso(value: str) -> str | None:
    """Keep of a TIMEX3 value what is an ISO prefix: "2022-11-11TMO" is 2022-11-11, "P2W" is nothing."""
    found = _PREFIX.match(value)
    if found is None or value[found.end() :].startswith(("-", "X")):
        return None
    return found[0] if is_iso_prefix(found[0]) else None
