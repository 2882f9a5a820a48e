"""Timelines for a spreadsheet: a line each, those whose day is open last."""

from typing import BinaryIO

from onrecord.views.export import csv_line
from onrecord.views.timeline import Line, Timeline

__all__ = ["COLUMNS", "export_timeline"]

COLUMNS = (
    *("day", "day_known", "day_how", "day_candidates", "kind", "words", "speaker_name", "speaker_id"),
    *("outlets", "independent", "articles", "page_id", "page_outlet", "page_headline", "page_published"),
    *("page_uri", "spans", "also", "cue", "entry", "remark"),
)
"""The columns of a timeline, in order."""


def export_timeline(timeline: Timeline, out: BinaryIO) -> int:
    """Write a timeline as CSV and return how many lines it has."""
    out.write(csv_line(COLUMNS))
    lines = (*timeline.lines, *timeline.open)
    for line in lines:
        out.write(csv_line(_cells(line)))
    return len(lines)


def _cells(line: Line) -> list[object]:
    page, entry = line.place.page, line.entry
    speaker = entry.speaker if entry else None
    return [
        *(line.day, line.known, line.how, " ".join(line.candidates), line.kind, " … ".join(line.place.words)),
        *(speaker.name if speaker else None, speaker.id if speaker else None),
        *("; ".join(line.outlets), line.independent, line.articles),
        *(page.id, page.outlet, page.headline, page.published, page.uri, _spans(line.place.spans)),
        "; ".join(f"{place.page.id} {_spans(place.spans)}" for place in line.also),
        *((entry.cue, entry.id, entry.remark) if entry else (None, None, None)),
    ]


def _spans(spans: tuple[tuple[int, int], ...]) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)
