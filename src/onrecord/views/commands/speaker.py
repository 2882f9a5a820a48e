"""`onrecord speaker`: who speaks in the ledger, under which names, and what they said in date order."""

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import BadRequest
from onrecord.types import Entry
from onrecord.views.commands.said import Least, say_left_out, show_entries
from onrecord.views.render import day_of, render_outlet
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import bold, count_of, dim, say, say_more, show_json, show_table

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
) -> None:
    """List the speakers, or show one: the names and roles that pages print, and all remarks in date order."""
    from onrecord.ledger import get_speaker

    if name is None and least is not None:
        raise BadRequest(
            "--least narrows what one speaker said; name the speaker, or ask `onrecord said --least`"
        )
    as_json = settings(context).as_json
    with open_for_reading(context) as ledger:
        if name is None:
            _list(ledger, limit, as_json)
            return
        record = get_speaker(ledger, name)
        entries = find_entries(ledger, record, least=least)
    if as_json:
        show_json({"speaker": record, "entries": entries})
    else:
        _show(record, entries)
        say_left_out(record.entries - len(entries), least)


def find_entries(ledger: "Ledger", record: "SpeakerRecord", *, least: float | None) -> list[Entry]:
    """Return all that a speaker said, oldest first; undated remarks stand at their page's day."""
    from onrecord.ledger import search_entries

    return sorted(search_entries(ledger, by=record.speaker.id, least=least, limit=None), key=moment_of)


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
    more = count(ledger).speakers - len(records)
    say_more(more)


def _days(record: "SpeakerRecord") -> str:
    if record.since == record.until:
        return record.since or "no dates"
    return f"{record.since or '?'} to {record.until or '?'}"


def _show(record: "SpeakerRecord", entries: list[Entry]) -> None:
    who = record.speaker
    head = f" ({who.type}, {count_of(record.entries, 'statement')}, {_days(record)}, id {who.id})"
    say(bold(who.name), head)
    say()
    rows = [
        (
            use.name,
            use.role or "",
            render_outlet(use.page),
            day_of(use.page.published) or "no date",
            use.page.id,
        )
        for use in record.names
    ]
    stacks = (("printed as", "role"), ("outlet", "published"), ("page",))
    show_table(("printed as", "role", "outlet", "published", "page"), rows, wide="role", stacks=stacks)
    if entries:
        say()
        show_entries(entries)
