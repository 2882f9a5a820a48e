"""`onrecord line`: how a speaker's line on a subject moved."""

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.views.commands.check import render_changes
from onrecord.views.commands.said import Least, Since, Until
from onrecord.views.render import (
    render_days,
    render_outlet,
    render_percent,
    render_speaker,
    render_what,
    render_when,
)
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import Cell, bold, count_of, dim, join, say, show_json, styled, warn

if TYPE_CHECKING:
    from onrecord.types import Entry
    from onrecord.views.line import Step

__all__ = ["line"]


def line(
    context: typer.Context,
    by: Annotated[str, typer.Option(metavar="NAME", help="Whose line: a full name or a last name.")],
    about: Annotated[
        str | None,
        typer.Option(
            metavar="SUBJECT", help="Words that the remark has, or its paragraph and the one before."
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    least: Least = None,
) -> None:
    """Show how a speaker's line moved: remarks in date order, each beside the last one that is like it.

    "Same", "Added", "Shorter", "Narrowed" (a condition came), "Widened" (one went), "Turned" (a word that
    says no came or went), "Reworded": with the words that moved. "In other words": about the subject asked
    for, and the nearest to it in meaning. What is not said again is not taken back. Remarks whose day is open
    stand last, with the days that they may be of.
    """
    from onrecord.views.answers import answer_line
    from onrecord.views.line import draw_line, find_line

    with open_for_reading(context) as ledger:
        steps = draw_line(ledger, find_line(ledger, by, about=about, since=since, until=until, least=least))
    if settings(context).as_json:
        show_json(answer_line(steps))
    elif steps:
        _show(steps)
    else:
        what = f" about {about!r}" if about else ""
        warn(f"onrecord: nothing by {by!r}{what} is on record; try fewer words, or `onrecord speaker {by!r}`")
    if not steps:
        raise typer.Exit(1)


def _show(steps: "list[Step]") -> None:
    from onrecord.views.line import is_open

    dated = [step for step in steps if not is_open(step)]
    for step in dated:
        _show_step(step)
    if len(dated) < len(steps):
        say(bold("Day open"))
        say()
    for step in steps[len(dated) :]:
        _show_step(step)
    say(dim("What is not said again is not taken back. Remarks are compared by their words alone."))


def _show_step(step: "Step") -> None:
    remark = step.wordings
    entry = remark.lead.entry
    say(_render_day(step), "  ", render_speaker(entry.speaker, entry.source))
    say(render_what(entry), indent=2)
    sure = "" if entry.confidence is None else f", {render_percent(entry.confidence)} sure"
    around = "; the subject is named beside it" if step.around else ""
    told = f"{count_of(remark.articles, 'article')}, {count_of(len(remark.first_hands), 'first hand')}"
    say(dim(f"{render_outlet(entry.page)}; {told}{sure}{around}; {entry.remark or entry.id}"), indent=2)
    if step.since is not None:
        _show_move(step, step.since)
    say()


def _render_day(step: "Step") -> Cell:
    if not step.by_page:
        return render_when(step.wordings.lead.entry)
    return join(styled(render_days(step.open_days), "yellow"), dim(" (of its page, unresolved)"))


def _show_move(step: "Step", since: "Entry") -> None:
    from onrecord.views.line import MOVES, name_kinds

    label = styled(MOVES[step.move.kind] if step.move else "In other words", "bold")
    day = since.said_on or "the page of " + (since.page.published or "?")[:10]
    when = dim(f" since {day}" if step.surely_later else f" beside {day}; which came first is not known")
    if step.move is not None and step.move.kind == "same":
        say(label, when, indent=2)
    else:
        kinds = ", ".join(name_kinds(step)) or "too far apart to tell the kinds of difference"
        say(label, when, ": ", render_changes(step.changes), dim(f" ({kinds})"), indent=2)
