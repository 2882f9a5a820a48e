"""`onrecord said`: who said what, when, as reported by whom."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.types import Entry, Kind
from onrecord.views.ask import read_least
from onrecord.views.render import ENTRY_HEADERS, ENTRY_STACKS, render_entry
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import Cell, count_of, dim, plain, say, show_json, show_table, warn

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

__all__ = [
    "About",
    "AllVersions",
    "Least",
    "Since",
    "Until",
    "find_places",
    "said",
    "say_left_out",
    "show_entries",
    "show_entry_rows",
]

COUNTED = 1000  # more hits than this are "1,000 or more": counting them all could take long in a large ledger

Least = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        parser=read_least,
        help="Only statements at least so sure (0.8 or 80%); those without a figure are left out.",
    ),
]


About = Annotated[
    str | None,
    typer.Option(metavar="WORDS", help="Words in what was said, in the headline or in the story's title."),
]
Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="Said on or after (2031, 2031-03, 2031-03-11).")
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Said on or before.")]

AllVersions = Annotated[
    bool,
    typer.Option(
        "--all-versions", help="List each version of a page by itself, also where it says the same again."
    ),
]


def said(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words that were said.")] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Said by: a full name or a last name.")
    ] = None,
    about: About = None,
    since: Since = None,
    until: Until = None,
    kind: Annotated[
        Kind | None, typer.Option(help="How the page gives the words.", show_choices=True)
    ] = None,
    least: Least = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Printed by this outlet.")] = None,
    filed_from: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="On pages whose dateline has this place or country."),
    ] = None,
    all_versions: AllVersions = False,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="Show at most so many; 0 shows all.")] = 50,
) -> None:
    """List what was said, newest first: when, who, what, as reported by whom.

    Quotation marks stand only where the page prints a quotation; without them the words are the outlet's own.
    A day is "printed" on the page or "inferred" from what it prints. "The Selm Courier < Northline": the
    Courier had it from Northline. "(2 versions)": two versions of the page say so. "92%" is how sure Onrecord
    is that the page says so: not whether it is so.
    """
    from onrecord.ledger import find_again, search_entries
    from onrecord.views.saying import count_versions

    def search(limit: int | None, offset: int = 0, least: float | None = least) -> list[Entry]:
        return search_entries(
            ledger,
            " ".join(words or ()) or None,
            by=by,
            about=about,
            since=since,
            until=until,
            kind=kind,
            least=least,
            outlet=outlet,
            filed_from=places,
            fold=not all_versions,
            limit=limit,
            offset=offset,
        )

    asked = settings(context)
    with open_for_reading(context) as ledger:
        places = None if filed_from is None else find_places(ledger, filed_from)
        entries = search(limit or None)
        more = len(search(COUNTED, offset=limit)) if limit and len(entries) == limit else 0
        others = len(search(COUNTED, least=None)) if least is not None and not entries else 0
        nothing = "" if entries else _nothing(ledger)
        again = {} if all_versions else find_again(ledger, entries)
        counts = {} if all_versions else count_versions(ledger, entries, again)
    if asked.as_json:
        from onrecord.views.answers import ids_of

        show_json({"entries": entries, "more": more, "versions": ids_of(again)})
    elif entries:
        show_entries(entries, counts)
        _show_more(more, limit)
    else:
        warn(f"onrecord: {_too_unsure(others, least) if least is not None and others else nothing}")
    if not entries:
        raise typer.Exit(1)


def find_places(ledger: "Ledger", filed_from: str) -> tuple[str, ...]:
    """Return the printed places of filing that are meant; says so where nothing else was compared."""
    from onrecord.views.filed_from import find_filed_from

    found = find_filed_from(ledger, filed_from)
    if found.note:
        warn(f"onrecord: {found.note}")
    return found.places


def show_entries(entries: Sequence[Entry], versions: Mapping[str, tuple[int, int]] | None = None) -> None:
    """Print entries as a table. `versions` counts for some the versions of their page that have them, and all
    of these.
    """
    counts = versions or {}
    show_entry_rows([render_entry(entry, counts.get(entry.id, (1, 1))) for entry in entries])


def show_entry_rows(rows: Sequence[Sequence[Cell]]) -> None:
    """Print rows as `render_entry` makes them; a ledger without figures gets no column for them."""
    headers: tuple[str, ...] = ENTRY_HEADERS
    stacks: tuple[tuple[str, ...], ...] = ENTRY_STACKS
    at = headers.index("sure")
    if not any(plain(row[at]) for row in rows):
        headers = headers[:at] + headers[at + 1 :]
        rows = [[*row[:at], *row[at + 1 :]] for row in rows]
        stacks = tuple(tuple(name for name in stack if name != "sure") for stack in stacks)
    show_table(headers, rows, wide="what", stacks=stacks)


def say_left_out(left_out: int, least: float | None) -> None:
    """Print how many statements `--least` left out, if any."""
    if left_out and least is not None:
        less = f"less sure than {least * 100:g}%, or without a figure"
        say()
        say(dim(f"{count_of(left_out, 'statement')} left out: {less}."))


def _show_more(more: int, limit: int) -> None:
    if more:
        number = f"{COUNTED:,} or more" if more == COUNTED else f"{more:,}"
        say()
        say(dim(f"{number} more; --limit 0 shows all, --since, --until and --outlet narrow the search."))


def _too_unsure(others: int, least: float) -> str:
    number = f"{COUNTED:,} or more statements" if others == COUNTED else count_of(others, "statement")
    return (
        f"nothing found that is at least {least * 100:g}% sure; without --least the same question finds "
        f"{number}, less sure or without a figure"
    )


def _nothing(ledger: "Ledger") -> str:
    from onrecord.ledger import count

    counts = count(ledger)
    return (
        f"nothing found among {count_of(counts.entries, 'statement')} of {count_of(counts.pages, 'page')}; "
        "try fewer words or filters, or see `onrecord speaker` for the names"
    )
