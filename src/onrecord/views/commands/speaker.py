"""`onrecord speaker`: who speaks in the ledger, under which names, and what they said in date order."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import BadRequest
from onrecord.types import Entry
from onrecord.views.commands.review import Note, Reviewer, say_outcome
from onrecord.views.commands.said import Least, say_left_out, show_entries
from onrecord.views.render import day_of, render_outlet
from onrecord.views.settings import open_for_reading, open_for_writing, settings
from onrecord.views.terminal import bold, count_of, dim, say, say_more, show_json, show_table, warn

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.ledger.records import SpeakerRecord

__all__ = ["speaker"]


def speaker(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="A name or an id; without it all speakers are listed."),
    ] = None,
    least: Least = None,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="List at most so many; 0 lists all.")] = 50,
    merge: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Say that two speakers are one; A's name and id stay."),
    ] = None,
    split: Annotated[
        str | None,
        typer.Option(
            metavar="A", help="Say that some names of A are somebody else's: those of --named and --on."
        ),
    ] = None,
    named: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="With --split: what is printed so, now and on pages to come."),
    ] = None,
    on: Annotated[
        list[str] | None, typer.Option(metavar="PAGE", help="With --split: what this page prints.")
    ] = None,
    trust: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Take over names that belong together from a table you trust."),
    ] = None,
    by: Reviewer = None,
    note: Note = None,
) -> None:
    """List the speakers, or show one: names as printed, why they are one, all remarks in date order.

    What you decide with --merge, --split and --trust wins over the program, also on pages that are added
    later. `onrecord review` lists it, and undoes it.
    """
    asked = [
        option for option, given in (("--merge", merge), ("--split", split), ("--trust", trust)) if given
    ]
    if len(asked) + (name is not None) > 1:
        raise BadRequest(f"{asked[0]} stands alone: one thing at a time, and no NAME beside it")
    if (named or on) and split is None:
        raise BadRequest("--named and --on say what --split takes away; name the speaker with --split")
    if (by or note) and not asked:
        raise BadRequest("--by and --note go with --merge, --split and --trust; `said --by` asks who said it")
    if asked:
        _review(context, merge, split, named or [], on or [], trust, by, note)
        return
    _show_or_list(context, name, least, limit)


def _review(
    context: typer.Context,
    merge: tuple[str, str] | None,
    split: str | None,
    named: list[str],
    on: list[str],
    trust: Path | None,
    by: str | None,
    note: str | None,
) -> None:
    """Put what somebody decided on record and say what it did."""
    from onrecord.across import reviewed
    from onrecord.ledger.trusted import read_trusted

    as_json = settings(context).as_json
    if split is not None and not named and not on:
        raise BadRequest(
            f"--split {split} needs to know what is somebody else's: --named NAME, --on PAGE, or both; "
            f"`onrecord speaker {split!r}` lists the names and pages"
        )
    table = read_trusted(trust) if trust is not None else None
    for problem in table.problems if table else ():
        warn(f"onrecord: {problem}")
    with open_for_writing(context) as ledger:
        if merge is not None:
            outcome = reviewed.merge(ledger, *merge, by=by, note=note)
        elif split is not None:
            outcome = reviewed.split(ledger, split, names=named, pages=on, by=by, note=note)
        else:
            rows, file = (table.rows, trust.name) if table and trust else ((), "")
            outcome = reviewed.trust(ledger, rows, file=file, by=by)
    say_outcome(outcome, as_json=as_json)


def _show_or_list(context: typer.Context, name: str | None, least: float | None, limit: int) -> None:
    from onrecord.ledger import find_again, find_speakers, get_speaker
    from onrecord.views.saying import count_versions

    if name is None and least is not None:
        raise BadRequest(
            "--least narrows what one speaker said; name the speaker, or ask `onrecord said --least`"
        )
    as_json = settings(context).as_json
    with open_for_reading(context) as ledger:
        if name is None:
            _list(ledger, limit, as_json)
            return
        try:
            record = get_speaker(ledger, name)
        except BadRequest:
            if not as_json:
                _show_fitting(find_speakers(ledger, name))
                say()
            raise
        entries = find_entries(ledger, record, least=least)
        again = find_again(ledger, entries)
        counts = count_versions(ledger, entries, again)
    if as_json:
        from onrecord.views.answers import ids_of

        show_json({"speaker": record, "entries": entries, "versions": ids_of(again)})
    else:
        _show(record, entries, counts)
        say_left_out(record.entries - len(entries), least)


def find_entries(ledger: "Ledger", record: "SpeakerRecord", *, least: float | None) -> list[Entry]:
    """Return all that a speaker said, oldest first; undated remarks stand at their page's day."""
    from onrecord.ledger import search_entries

    found = search_entries(ledger, by=record.speaker.id, least=least, fold=True, limit=None)
    return sorted(found, key=moment_of)


def moment_of(entry: Entry) -> tuple[str, bool, str, str, int]:
    """Return what orders entries in time: the day of saying (else the page's), copies last, then place."""
    day = entry.said_on or day_of(entry.page.published) or ""
    start = min((span.start for span in (*entry.spans.content, *entry.spans.cue)), default=0)
    return day, entry.copy_of is not None, entry.page.published or "", entry.page.id, start


def _list(ledger: "Ledger", limit: int, as_json: bool) -> None:
    from onrecord.ledger import count, list_speakers

    records = list_speakers(ledger, limit=limit or None, offset=0)
    if as_json:
        show_json({"speakers": records, "total": count(ledger).speakers})
        return
    _show_rows(records)
    more = count(ledger).speakers - len(records)
    say_more(more)


def _show_rows(records: "Sequence[SpeakerRecord]") -> None:
    rows = [
        (
            bold(record.speaker.name),
            record.speaker.type,
            f"{record.entries:,}",
            _days(record),
            dim(record.speaker.id or ""),
        )
        for record in records
    ]
    show_table(("name", "type", "statements", "said between", "id"), rows, wide="name")


def _show_fitting(records: "Sequence[SpeakerRecord]") -> None:
    """Show the speakers whom a name fits, with what tells them apart."""
    rows = [
        (
            bold(record.speaker.name),
            "; ".join(role.role for role in record.roles[:3]),
            f"{record.entries:,}",
            _days(record),
            dim(record.speaker.id or ""),
        )
        for record in records
    ]
    show_table(("name", "role", "statements", "said between", "id"), rows, wide="role")


def _days(record: "SpeakerRecord") -> str:
    return _between(record.since, record.until)


def _show(record: "SpeakerRecord", entries: list[Entry], counts: Mapping[str, tuple[int, int]]) -> None:
    who = record.speaker
    unresolved = sum(entry.said_on is None and bool(entry.said_on_candidates) for entry in entries)
    days = _days(record) + (f" and {count_of(unresolved, 'unresolved day')}" if unresolved else "")
    head = f" ({who.type}, {count_of(record.entries, 'statement')}, {days}, id {who.id})"
    say(bold(who.name), head)
    say()
    rows = [
        (
            use.name,
            use.role or "",
            render_outlet(use.page),
            day_of(use.page.published) or "no date",
            use.why,
            use.page.id,
        )
        for use in record.names
    ]
    stacks = (("printed as", "role"), ("outlet", "published"), ("why",), ("page",))
    headers = ("printed as", "role", "outlet", "published", "why", "page")
    show_table(headers, rows, wide="why", stacks=stacks)
    _show_roles(record)
    _show_apart(record)
    if entries:
        say()
        show_entries(entries, counts)


def _show_roles(record: "SpeakerRecord") -> None:
    if len(record.roles) < 2:
        return
    say()
    say(bold("Roles over time"))
    rows = [
        (role.role, count_of(role.pages, "page"), _between(role.since, role.until)) for role in record.roles
    ]
    show_table(("role", "printed on", "between"), rows, wide="role")


def _show_apart(record: "SpeakerRecord") -> None:
    if not record.apart:
        return
    say()
    say(bold("Others of this name"))
    rows = [
        (one.speaker.name, "; ".join(one.roles), one.why, dim(one.speaker.id or "")) for one in record.apart
    ]
    show_table(("name", "role", "why they are two", "id"), rows, wide="why they are two")


def _between(since: str | None, until: str | None) -> str:
    if since == until:
        return since or "no dates"
    return f"{since or '?'} to {until or '?'}"
