"""`onrecord said`: who said what, when, as reported by whom."""

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.types import Entry, Kind
from onrecord.views.render import ENTRY_HEADERS, ENTRY_STACKS, render_entry
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import count_of, dim, say, show_json, show_table, warn

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

__all__ = ["said", "show_entries"]

COUNTED = 1000  # more hits than this are "1,000 or more": counting them all could take long in a large ledger


def said(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words that were said.")] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Said by: a full name or a last name.")
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(
            metavar="WORDS", help="Words in what was said, in the headline or in the story's title."
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Said on or after (2031, 2031-03, 2031-03-11).")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Said on or before.")] = None,
    kind: Annotated[
        Kind | None, typer.Option(help="How the page gives the words.", show_choices=True)
    ] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Printed by this outlet.")] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="Show at most so many; 0 shows all.")] = 50,
) -> None:
    """List what was said, newest first: when, who, what, as reported by whom.

    Quotation marks stand only where the page prints a quotation; without them the words are the outlet's own.
    A day is "printed" on the page or "inferred" from what it prints. "The Selm Courier < Northline": the
    Courier had it from Northline.
    """
    from onrecord.ledger import search_entries

    def search(limit: int | None, offset: int = 0) -> list[Entry]:
        return search_entries(
            ledger,
            " ".join(words or ()) or None,
            by=by,
            about=about,
            since=since,
            until=until,
            kind=kind,
            outlet=outlet,
            limit=limit,
            offset=offset,
        )

    asked = settings(context)
    with open_for_reading(context) as ledger:
        entries = search(limit or None)
        more = len(search(COUNTED, offset=limit)) if limit and len(entries) == limit else 0
        nothing = "" if entries else _nothing(ledger)
    if asked.as_json:
        show_json({"entries": entries, "more": more})
    elif entries:
        show_entries(entries)
        _show_more(more, limit)
    else:
        warn(f"onrecord: {nothing}")
    if not entries:
        raise typer.Exit(1)


def show_entries(entries: list[Entry]) -> None:
    """Print entries as a table."""
    show_table(ENTRY_HEADERS, [render_entry(entry) for entry in entries], wide="what", stacks=ENTRY_STACKS)


def _show_more(more: int, limit: int) -> None:
    if more:
        number = f"{COUNTED:,} or more" if more == COUNTED else f"{more:,}"
        say()
        say(dim(f"{number} more; --limit 0 shows all, --since, --until and --outlet narrow the search."))


def _nothing(ledger: "Ledger") -> str:
    from onrecord.ledger import count

    counts = count(ledger)
    return (
        f"nothing found among {count_of(counts.entries, 'statement')} of {count_of(counts.pages, 'page')}; "
        "try fewer words or filters, or see `onrecord speaker` for the names"
    )
