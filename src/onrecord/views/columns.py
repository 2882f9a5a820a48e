"""A timeline as a drawing: columns of dots, a dot for each line, each column a link to its first line.

A column is a day on which something stands; days that lie next to each other share one where there are more
than have room on a telephone, each as wide as a finger needs. So the drawing has few stops for who uses the
keyboard, and one line of years ago does not push all others together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from onrecord.views.dates import day_range, short_day
from onrecord.views.timeline import Line

__all__ = ["Column", "make_columns"]

MOST = 10  # columns of 24 pixels on the narrowest telephone
HIGH = 8  # dots; how many there are beyond that is told in words
_MONTH = len("2031-03")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The lines of one day, or of several: `first` is the number of the first of them in the list.

    `labels` stand under the dots: day, month and year, the last two where they are other than before. `title`
    says all in words. `apart`: days without a line lie before it.
    """

    title: str
    labels: tuple[str, str, str]
    first: int
    dots: tuple[Literal["event", "remark"], ...]
    more: int
    apart: bool


def make_columns(lines: Sequence[Line]) -> list[Column]:
    """Return the columns of dated lines, which are in the order of their days."""
    groups = [[number] for number, line in enumerate(lines) if _first_day(line.day) is not None]
    groups = _share(groups, lines)
    return [_make_column(group, lines, groups[at - 1] if at else None) for at, group in enumerate(groups)]


def _share(groups: list[list[int]], lines: Sequence[Line]) -> list[list[int]]:
    """Put lines of one day into one group, then those of days next to each other until there is room."""
    joined: list[list[int]] = []
    for group in groups:
        if joined and lines[joined[-1][-1]].day == lines[group[0]].day:
            joined[-1] += group
        else:
            joined.append(list(group))
    gaps = [
        (_days_between(lines[one[-1]], lines[other[0]]), at)
        for at, (one, other) in enumerate(pairwise(joined))
    ]
    shared = {at for _, at in sorted(gaps)[: max(len(joined) - MOST, 0)]}
    columns: list[list[int]] = []
    for at, group in enumerate(joined):
        if at and at - 1 in shared:
            columns[-1] += group
        else:
            columns.append(group)
    return columns


def _make_column(group: Sequence[int], lines: Sequence[Line], before: Sequence[int] | None) -> Column:
    inside = [lines[number] for number in group]
    first, last = inside[0].day or "", inside[-1].day or ""
    events = sum(line.kind == "event" for line in inside)
    told = [_count(events, "event"), _count(len(inside) - events, "remark")]
    previous = lines[before[-1]] if before else None
    return Column(
        title=f"{day_range(first, last)}: {', '.join(filter(None, told))}",
        labels=_label(first, last, (previous.day or "") if previous else ""),
        first=group[0],
        dots=tuple(line.kind for line in inside[:HIGH]),
        more=max(len(inside) - HIGH, 0),
        apart=previous is not None and _days_between(previous, inside[0]) > 1,
    )


def _label(first: str, last: str, before: str) -> tuple[str, str, str]:
    """Return day, month and year under a column: "9–12", "Mar", "2031"; of a month its name alone."""
    year = first[:4] if first[:4] != before[:4] else ""
    if len(first) <= _MONTH:
        return (short_day(first).split()[0], "", year) if len(first) == _MONTH else (first, "", "")
    day, month, _ = short_day(first[:10]).split()
    if last[:10] != first[:10]:
        day += f"–{short_day(last[:10]).split()[0]}"
    return day, month if first[:_MONTH] != before[:_MONTH] else "", year


def _days_between(one: Line, other: Line) -> int:
    first, second = _first_day(one.day), _first_day(other.day)
    return (second - first).days if first and second else 0


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}" if number else ""


def _first_day(value: str | None) -> date | None:
    """Return the first day of an ISO prefix: of "2031-03" the first of March."""
    try:
        numbers = [int(part) for part in (value or "")[:10].split("-")]
        return date(*(*numbers, 1, 1)[:3])
    except (ValueError, TypeError):
        return None
