"""`onrecord timeline`: what happened and what was said, day by day."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import BadRequest
from onrecord.views.render import render_days, render_speaker, render_what
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import Cell, bold, count_of, dim, join, say, say_more, show_json, styled, warn

if TYPE_CHECKING:
    from onrecord.views.timeline import Line, Timeline

__all__ = ["timeline"]


def timeline(
    context: typer.Context,
    story: Annotated[
        str | None, typer.Option(metavar="ID", help="Of a story: its id, or a page of it.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of a speaker: a full name, a last name or an id.")
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Of a subject: words of headlines, stories' titles, statements."),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer for a spreadsheet.")] = False,
    limit: Annotated[
        int, typer.Option(metavar="N", min=0, help="Keep at most so many, those told most; 0 keeps all.")
    ] = 50,
) -> None:
    """Show the timeline of a story, a speaker or a subject: events and remarks with a day, a line each.

    An event is a sentence in which an article tells, in its own words, of a day; what articles tell alike is
    one line. It is what pages print: nothing is judged true. Lines whose day is open stand last.
    """
    from onrecord.views.timeline import read_timeline

    if as_csv and settings(context).as_json:
        raise BadRequest("--csv and --json are two answers to one question; leave one of them away")
    with open_for_reading(context) as ledger:
        found = read_timeline(ledger, story=story, by=by, about=about, limit=limit or None)
    if as_csv:
        from onrecord.views.timeline_csv import export_timeline

        sys.stdout.flush()
        export_timeline(found, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    elif settings(context).as_json:
        show_json(found)
    else:
        _show(found)
    if not (found.lines or found.open):
        raise typer.Exit(1)


def _show(found: "Timeline") -> None:
    from onrecord.views.timeline_matter import MOST_SAID

    if not (found.lines or found.open):
        warn(
            f"onrecord: {count_of(found.pages, 'article')} of {found.title!r} tell of no day, and no remark "
            "has one; `onrecord page PAGE` shows what a page gives as its date"
        )
        return
    events = sum(line.kind == "event" for line in (*found.lines, *found.open))
    remarks = len(found.lines) + len(found.open) - events
    say(bold(found.title))
    counts = (count_of(events, "event"), count_of(remarks, "remark"), count_of(found.pages, "article"))
    say(" · ".join(counts))
    say()
    for line in found.lines:
        _show_line(line)
    if found.open:
        say(bold("Day open"))
        say()
    for line in found.open:
        _show_line(line)
    say_more(found.more + found.more_open)
    if found.undated:
        say(dim(f"Not shown: {count_of(found.undated, 'remark')} that no page gives a day."))
    if found.newest:
        say(dim(f"Too many statements; these are of the newest {MOST_SAID:,} statements."))
    if found.unread:
        say(dim(f"Not read for events, as too many: {count_of(found.unread, 'older article')}."))
    say(
        dim(
            "Events and remarks are what pages print; how many tell them says nothing of whether they are so."
        )
    )


def _show_line(line: "Line") -> None:
    place, entry = line.place, line.entry
    say(_when(line), "  ", render_speaker(entry.speaker, entry.source) if entry else dim("event"))
    say(render_what(entry) if entry else " ".join(place.words[0].split()), indent=2)
    independent = count_of(line.independent, "first hand" if entry else "independent outlet")
    told = f"{count_of(line.articles, 'article')}, {independent}" if line.articles > 1 else ""
    where = entry.id if entry else f"{place.page.id} {place.spans[0].start}-{place.spans[0].end}"
    say(dim("; ".join(filter(None, (", ".join(line.outlets), told, line.how, where)))), indent=2)
    say()


def _when(line: "Line") -> Cell:
    if line.day:
        return join(line.day, dim(f" ({line.known})" if line.known else ""))
    return join(styled(render_days(line.candidates), "yellow"), dim(" (unresolved)"))
