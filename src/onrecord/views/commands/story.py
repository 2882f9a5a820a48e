"""`onrecord story`: the articles about one event, and who said what in them."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import BadRequest, NotFound
from onrecord.types import Entry
from onrecord.views.commands.page import find_page
from onrecord.views.commands.review import Note, Reviewer, say_outcome
from onrecord.views.commands.said import Least, say_left_out, show_entry_rows
from onrecord.views.commands.speaker import moment_of
from onrecord.views.render import (
    day_of,
    render_chain,
    render_entry,
    render_outlet,
    render_speaker,
    render_what,
)
from onrecord.views.settings import open_for_reading, open_for_writing, settings
from onrecord.views.terminal import Cell, bold, count_of, dim, join, say, say_more, show_json, show_table

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.ledger.records import StoryRecord

__all__ = ["story"]


def story(
    context: typer.Context,
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="A story's id, or a page of it; without it all stories are listed."
        ),
    ] = None,
    wordings: Annotated[
        bool,
        typer.Option("--wordings", help="Of a story, only remarks that articles word differently."),
    ] = False,
    not_here: Annotated[
        str | None,
        typer.Option(metavar="PAGE", help="Say that this page does not belong to the story it is in."),
    ] = None,
    by: Reviewer = None,
    note: Note = None,
    least: Least = None,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="List at most so many; 0 lists all.")] = 50,
) -> None:
    """List the stories, or show one: its articles, copies, statements, and remarks in several wordings."""
    from onrecord.ledger import search_entries

    if not_here is not None:
        _take_out(context, id, not_here, by, note)
        return
    if by or note:
        raise BadRequest("--by and --note go with --not-here; they say who decides it, and why")
    if id is None and least is not None:
        raise BadRequest(
            "--least narrows what was said in one story; give its id, or ask `onrecord said --least`"
        )
    as_json = settings(context).as_json
    with open_for_reading(context) as ledger:
        if id is None:
            _list(ledger, limit, as_json)
            return
        record = _find(ledger, id)
        entries = sorted(search_entries(ledger, story=record.id, least=least, limit=None), key=moment_of)
    if as_json:
        show_json({"story": record, "entries": entries})
    else:
        _show(record, entries, wordings)
        say_left_out(record.entries - len(entries), least)


def _take_out(context: typer.Context, id: str | None, page: str, by: str | None, note: str | None) -> None:
    """Write down that a page is not of its story, and say so."""
    from onrecord.across import reviewed

    with open_for_writing(context) as ledger:
        record = find_page(ledger, page)
        if id is not None and (story := _find(ledger, id).id) != record.story:
            raise BadRequest(
                f"the page {record.page.id} is in the story {record.story or 'none'}, not in {story}"
            )
        outcome = reviewed.not_one_story(ledger, record.page.id, by=by, note=note)
    say_outcome(outcome, as_json=settings(context).as_json)


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
            bold(record.title or "no title"),
            f"{len(record.pages):,}",
            f"{record.outlets:,}",
            f"{record.chains:,}",
            f"{record.entries:,}",
            dim(record.id),
        )
        for record in records
    ]
    headers = ("days", "story", "articles", "outlets", "chains", "statements", "id")
    stacks = (("story", "days", "id"), *((header,) for header in headers[2:6]))
    show_table(headers, rows, wide="story", stacks=stacks)
    say_more(total - len(records))


def _days(record: "StoryRecord") -> str:
    since, until = day_of(record.since), day_of(record.until)
    return (since or "no dates") if since == until else f"{since or '?'} to {until or '?'}"


def _show(record: "StoryRecord", entries: list[Entry], wordings: bool) -> None:
    say(bold(record.title or "no title"))
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
        list(_page_rows(record)),
        wide="headline",
        stacks=(("published", "outlet"), ("headline", "copy"), ("page",)),
    )
    remarks = _group(entries)
    if remarks and not wordings:
        say()
        show_entry_rows([_remark_row(renderings) for renderings in remarks])
    for renderings in remarks:
        if len({entry.content for entry in renderings}) > 1:
            say()
            _show_wordings(renderings)


def _page_rows(record: "StoryRecord") -> Iterator[tuple[Cell, ...]]:
    """Yield the story's articles; a copy names whose it is and how much of its words stand there too."""
    outlets = {page.page.id: render_outlet(page.page) for page in record.pages}
    for page in record.pages:
        whose = outlets.get(page.copy_of or "", "a page outside this story")
        copy = f"copies {whose} ({page.share or 0:.0%})" if page.copy_of else ""
        day = day_of(page.page.published) or "no date"
        yield day, outlets[page.page.id], page.page.headline or "no headline", copy, dim(page.page.id)


def _group(entries: list[Entry]) -> list[list[Entry]]:
    """Return entries by remark: what several articles report as one utterance stands together."""
    remarks: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        remarks[entry.remark or entry.id].append(entry)
    return list(remarks.values())


def _remark_row(renderings: list[Entry]) -> tuple[Cell, ...]:
    """Return a remark's row: its first direct rendering, else its first, and everybody who reports it."""
    when, who, _, *rest = render_entry(min(renderings, key=lambda one: one.kind != "direct"))
    chains = dict.fromkeys(render_chain(entry) for entry in renderings)
    parts = [part for chain in chains for part in ("; ", chain)]
    return when, who, join(*parts[1:]), *rest


def _show_wordings(renderings: list[Entry]) -> None:
    """Print the wordings that several articles give one remark."""
    who = render_speaker(renderings[0].speaker, renderings[0].source)
    say(bold("One remark, several wordings: "), who, dim(f" · {renderings[0].remark}"))
    rows = [(render_chain(entry), render_what(entry), dim(entry.id)) for entry in renderings]
    stacks = (("as reported by", "id"), ("what",))
    show_table(("as reported by", "what", "id"), rows, wide="what", stacks=stacks)
