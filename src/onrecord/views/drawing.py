"""A story's days as a drawing: one dot a day, as far apart as the days were.

Places are per cent of the width, so that the letters keep their size on a telephone; labels that would run
into each other are left out there, or everywhere. The list below the drawing has every remark.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.views.dates import day_range, long_day

__all__ = ["Dot", "Drawing", "Label", "draw_days"]

_EDGE = 6.0  # per cent left free at either end
_WIDE, _NARROW = 640, 270  # drawing's width in pixels beside the articles, and on the narrowest telephone
_LETTER = 6.6  # a letter's width in pixels, on the generous side
_GAP = 10


@dataclass(frozen=True, slots=True)
class Dot:
    """One day, or one month or year where the words say no more: then it reaches from `x` to `until`.

    `beside` is set where another dot has the place already: it is drawn a little to the right.
    """

    x: float
    until: float
    radius: float
    kind: Literal["remarks", "articles", "unresolved"]
    title: str
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Words above (what) or below (when) a dot. `wide` ones are left out on a telephone."""

    x: float
    row: Literal["what", "when"]
    anchor: Literal["start", "middle", "end"]
    text: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of days; `summary` says the same in words."""

    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    summary: str


def draw_days(
    said: Iterable[str], published: Iterable[str], unresolved: Iterable[str] = ()
) -> Drawing | None:
    """Draw the days of remarks, of articles, and those that an unresolved remark could mean."""
    remarks, articles, maybe = _count(said), _count(published), _count(unresolved)
    days = [day for counts in (remarks, articles, maybe) for value in counts for day in _days(value)]
    if not days:
        return None
    first, last = min(days), max(days)
    dots: list[tuple[Dot, str, str]] = []
    for counts, kind in ((articles, "article"), (maybe, "possible day"), (remarks, "remark")):
        for value, number in sorted(counts.items()):
            if kind == "article" and value in remarks:
                continue
            what = f"{number} {kind}{'' if number == 1 else 's'}"
            beside = kind == "possible day" and (value in remarks or value in articles)
            dots.append((_dot(value, number, kind, what, first, last, beside), what, value))
    one_year = first.year == last.year
    return Drawing(
        dots=tuple(dot for dot, _, _ in dots),
        labels=tuple(_place_labels(dots, one_year=one_year)),
        summary=_summary(remarks, articles, maybe, first, last),
    )


def _count(values: Iterable[str]) -> Counter[str]:
    """Count the days, months or years; what is no date is left out."""
    return Counter(value[:10] for value in values if list(_days(value)))


def _days(value: str) -> Iterator[date]:
    """Yield the first and the last day of an ISO prefix; nothing when it names no day there can be."""
    try:
        numbers = [int(part) for part in value[:10].split("-")]
        year, month, day = (*numbers, None, None)[:3]
        if year is None:
            return
        end_month = month or 12
        first = date(year, month or 1, day or 1)
        last = date(year, end_month, day or monthrange(year, end_month)[1])
    except (ValueError, TypeError):
        return
    yield first
    yield last


def _dot(value: str, number: int, kind: str, what: str, first: date, last: date, beside: bool) -> Dot:
    start, end = _days(value)
    radius = {"article": 4.5, "possible day": 4.5}.get(kind) or min(4.5 + number**0.5, 9.0)
    name: Literal["remarks", "articles", "unresolved"] = (
        "remarks" if kind == "remark" else "articles" if kind == "article" else "unresolved"
    )
    return Dot(
        _x(start, first, last), _x(end, first, last), radius, name, f"{long_day(value)}: {what}", beside
    )


def _x(day: date, first: date, last: date) -> float:
    length = (last - first).days
    return round(_EDGE + (100 - 2 * _EDGE) * ((day - first).days / length if length else 0.5), 2)


def _place_labels(dots: list[tuple[Dot, str, str]], *, one_year: bool) -> Iterator[Label]:
    """Yield the labels that fit, those of the days with most remarks first."""
    wide: dict[str, list[tuple[float, float]]] = {"what": [], "when": []}
    narrow: dict[str, list[tuple[float, float]]] = {"what": [], "when": []}
    rank = {"remarks": 0, "articles": 1, "unresolved": 2}
    for dot, what, value in sorted(dots, key=lambda d: (rank[d[0].kind], -d[0].radius, d[0].x)):
        when = long_day(value)
        if one_year and len(value) > 4:
            when = when.removesuffix(f" {value[:4]}")
        x = (dot.x + dot.until) / 2
        anchor: Literal["start", "middle", "end"] = "start" if x < 16 else "end" if x > 84 else "middle"
        if _fits(wide, x, anchor, what, when, _WIDE):
            small = not _fits(narrow, x, anchor, what, when, _NARROW)
            yield Label(round(x, 2), "what", anchor, what, small)
            yield Label(round(x, 2), "when", anchor, when, small)


def _fits(
    taken: dict[str, list[tuple[float, float]]], x: float, anchor: str, what: str, when: str, width: int
) -> bool:
    """Take the place of a day's two labels if both are free."""
    places = {"what": _reach(x, anchor, what, width), "when": _reach(x, anchor, when, width)}
    for row, (start, end) in places.items():
        if start < -_GAP or end > width + _GAP:
            return False
        if any(start < other_end and end > other_start for other_start, other_end in taken[row]):
            return False
    for row, place in places.items():
        taken[row].append(place)
    return True


def _reach(x: float, anchor: str, text: str, width: int) -> tuple[float, float]:
    length = len(text) * _LETTER + _GAP
    start = x / 100 * width - {"start": _GAP / 2, "middle": length / 2, "end": length - _GAP / 2}[anchor]
    return start, start + length


def _summary(
    remarks: Counter[str], articles: Counter[str], maybe: Counter[str], first: date, last: date
) -> str:
    days = day_range(first.isoformat(), last.isoformat())
    parts = [f"{n} {'remark' if n == 1 else 'remarks'} on {long_day(v)}" for v, n in sorted(remarks.items())]
    if articles:
        parts.append(f"articles of {', '.join(long_day(value) for value in sorted(articles))}")
    if maybe:
        parts.append(f"unresolved remarks, perhaps of {', '.join(long_day(v) for v in sorted(maybe))}")
    return f"{days}: {'; '.join(parts)}"
