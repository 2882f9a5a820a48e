"""`onrecord story`: the articles about one event, and who said what in them."""

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import NotFound
from onrecord.types import Entry
from onrecord.views.commands.page import find_page
from onrecord.views.commands.said import show_entries
from onrecord.views.commands.speaker import moment_of
from onrecord.views.render import day_of, render_chain, render_outlet, render_speaker, render_what
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import Cell, count_of, say, show_json, show_table

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.ledger.records import StoryPage, StoryRecord

__all__ = ["story"]


def story(
    context: typer.Context,
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="A story's id, or a page of it; without it all stories are listed."
        ),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="List at most so many; 0 lists all.")] = 50,
) -> None:
    """List the stories, or show one: its articles, copies, statements, and remarks in several wordings."""
    from onrecord.ledger import search_entries

    as_json = settings(context).as_json
    with open_for_reading(context) as ledger:
        if id is None:
            _list(ledger, limit, as_json)
            return
        record = _find(ledger, id)
        entries = sorted(search_entries(ledger, story=record.id, limit=None), key=moment_of)
    if as_json:
        show_json({"story": record, "entries": entries})
    else:
        _show(record, entries)


def _find(ledger: "Ledger", name: str) -> "StoryRecord":
    """Return the story that bears this id, or that this page (its id, address or file) belongs to."""
    from onrecord.ledger import get_story

    try:
        return get_story(ledger, name)
    except NotFound:
        if not Path(name).is_file():
            raise
    return get_story(ledger, find_page(ledger, name).page.id)


def _list(ledger: "Ledger", limit: int, as_json: bool) -> None:
    from onrecord.ledger import count, list_stories

    records = list_stories(ledger, limit=limit or None, offset=0)
    total = count(ledger).stories
    if as_json:
        show_json({"stories": records, "total": total})
        return
    rows = [
        (
            _days(record),
            ((record.title or "no title", "bold"),),
            f"{len(record.pages):,}",
            f"{record.outlets:,}",
            f"{record.chains:,}",
            f"{record.entries:,}",
            ((record.id, "dim"),),
        )
        for record in records
    ]
    headers = ("days", "story", "articles", "outlets", "chains", "statements", "id")
    stacks = (("story", "days"), *((header,) for header in headers[2:]))
    show_table(headers, rows, wide="story", stacks=stacks)
    if total > len(records):
        say(((f"{total - len(records):,} more; --limit 0 lists all.", "dim"),))


def _days(record: "StoryRecord") -> str:
    since, until = day_of(record.since), day_of(record.until)
    return (since or "no dates") if since == until else f"{since or '?'} to {until or '?'}"


def _show(record: "StoryRecord", entries: list[Entry]) -> None:
    say(((record.title or "no title", "bold"),))
    counts = (
        _days(record),
        count_of(len(record.pages), "article"),
        count_of(record.outlets, "outlet"),
        count_of(record.chains, "independent chain"),
        count_of(record.speakers, "speaker"),
        count_of(record.entries, "statement"),
    )
    say(f"{' · '.join(counts)} · id {record.id}")
    say()
    show_table(
        ("published", "outlet", "headline", "copy", "page"),
        list(map(_page_row, record.pages)),
        wide="headline",
        stacks=(("published", "outlet"), ("headline", "copy"), ("page",)),
    )
    if entries:
        say()
        show_entries(entries)
    _show_remarks(entries)


def _page_row(page: "StoryPage") -> tuple[Cell, ...]:
    share = f"{page.share:.0%} " if page.share is not None else ""
    copy = f"{share}of {page.copy_of}" if page.copy_of else ""
    return (
        day_of(page.page.published) or "no date",
        render_outlet(page.page),
        page.page.headline or "",
        copy,
        page.page.id,
    )


def _show_remarks(entries: list[Entry]) -> None:
    """Print each remark that several articles report in different words, its wordings side by side."""
    remarks: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.remark:
            remarks[entry.remark].append(entry)
    for id, renderings in remarks.items():
        if len({entry.content for entry in renderings}) > 1:
            say()
            who = render_speaker(renderings[0].speaker, renderings[0].source)
            say(
                (
                    ("One remark, several wordings: ", "bold"),
                    *(((who, ""),) if isinstance(who, str) else who),
                    (f" · {id}", "dim"),
                )
            )
            rows = [(render_chain(entry), render_what(entry), ((entry.id, "dim"),)) for entry in renderings]
            show_table(
                ("as reported by", "what", "id"),
                rows,
                wide="what",
                stacks=(("as reported by", "id"), ("what",)),
            )
