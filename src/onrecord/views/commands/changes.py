"""`onrecord changes`: which statements were altered, withdrawn or given to others in a later version."""

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.views.commands.check import render_changes
from onrecord.views.commands.page import find_page
from onrecord.views.render import render_outlet
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import Cell, bold, dim, join, say, show_json, styled, warn

if TYPE_CHECKING:
    from onrecord.types import Entry, EntryPage
    from onrecord.views.changes import ChangeAnswer

__all__ = ["changes"]


def changes(
    context: typer.Context,
    page: Annotated[
        str | None,
        typer.Argument(metavar="PAGE", help="A page's id, address or file; without it all are looked at."),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Said by, in either version: a full or a last name.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Printed by this outlet.")] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The later version was saved (else published) on or after."),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="Show at most so many; 0 shows all.")] = 50,
) -> None:
    """List which statements changed between two versions of a page, the newest version first.

    "Altered": other words. "Given to somebody else", "Said, now denied": the same words, told otherwise.
    "Withdrawn", "Added": the words stand nowhere in the other version. Where nobody knows which version came
    first, nothing is called withdrawn. A paragraph that only moved is no change.
    """
    from onrecord.across import find_changes
    from onrecord.views.changes import NOTHING, answer_changes

    with open_for_reading(context) as ledger:
        of = None if page is None else find_page(ledger, page).page.id
        found = find_changes(
            ledger, by=by, outlet=outlet, since=since, page=of, limit=limit or None, most=None
        )
    answer = answer_changes(found)
    if settings(context).as_json:
        show_json({"changes": answer.changes, "more": found.next is not None})
    else:
        for change in answer.changes:
            _show(change)
        if found.next is not None:
            say(dim("There are more; --limit 0 shows all, --by, --outlet and --since narrow the list."))
        if not answer.changes:
            narrowed = [of, by, outlet, since] != [None] * 4
            warn(f"onrecord: {'with these filters ' if narrowed else ''}{NOTHING}")
    if not answer.changes:
        raise typer.Exit(1)


_STYLES = {"withdrawn": "bold red", "added": "bold green", "only in one of them": "bold"}


def _show(change: "ChangeAnswer") -> None:
    """Print what became of one statement: what happened, whose words they are, both wordings, both pages."""
    from onrecord.views.changes import are_quoted, render_differences, render_kind, render_notes, render_who
    from onrecord.views.saying import render_words

    say(styled(render_kind(change), _STYLES.get(change.kind, "bold yellow")), dim(f"  {change.id}"))
    say(bold(render_who(change)), indent=2)
    if change.changes:
        marks = ("“", "”") if are_quoted(change) else ("", "")
        say(marks[0], render_changes(change.changes), marks[1], indent=2)
    else:
        say(
            *(render_words(entry) or entry.cue or "" for entry in (change.before, change.after) if entry),
            indent=2,
        )
    for told in render_differences(change):
        say(dim(told), indent=4)
    for note in render_notes(change):
        say(styled(note, "yellow"), indent=2)
    names = ("before", "after") if change.order_known else ("one", "other")
    say(_place(names[0], change.before_page, change.before), indent=2)
    say(_place(names[1], change.after_page, change.after), indent=2)
    say()


def _place(name: str, page: "EntryPage", entry: "Entry | None") -> Cell:
    """Return a version: outlet, headline, when it was saved and published, its ids and address."""
    from onrecord.views.changes import render_version

    statement = f"statement {entry.id}" if entry else "no such statement"
    ids = f"; page {page.id}, {statement}{f'; {page.uri}' if page.uri else ''}"
    headline = f": {page.headline}" if page.headline else ""
    return join(dim(f"{name:6}  "), f"{render_outlet(page)}{headline}; {render_version(page)}", dim(ids))
