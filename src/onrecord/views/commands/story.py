"""`onrecord story`: the articles about one event, and who said what in them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
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
    render_versions,
    render_what,
)
from onrecord.views.settings import open_for_reading, open_for_writing, settings
from onrecord.views.terminal import Cell, bold, count_of, dim, join, say, say_more, show_json, show_table

if TYPE_CHECKING:
    from onrecord.across.related import Related
    from onrecord.checks.first_hands import FirstHand
    from onrecord.ledger import Ledger
    from onrecord.ledger.changes import LinkChange
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
    perhaps: Annotated[
        bool,
        typer.Option("--perhaps", help="Of a story, what is perhaps one remark: for you to decide."),
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
    from onrecord.across.related import find_related
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
    if perhaps and (id is None or wordings or least is not None):
        raise BadRequest("--perhaps goes with a story's id alone: onrecord story ID --perhaps")
    as_json = settings(context).as_json
    with open_for_reading(context) as ledger:
        if perhaps and id is not None:
            _show_perhaps(ledger, _find(ledger, id), as_json)
            return
        if id is None:
            _list(ledger, limit, as_json)
            return
        record = _find(ledger, id)
        entries = sorted(search_entries(ledger, story=record.id, least=least, limit=None), key=moment_of)
        related = [] if as_json or wordings else find_related(ledger, record.id)
    remarks = _group(entries, _sizes(record))
    if as_json:
        from onrecord.views.answers import answer_story

        show_json(answer_story(record, entries))
    else:
        _show(record, remarks, wordings)
        _show_related(related)
        say_left_out(record.entries - sum(len(one.renderings) for one in remarks), least)


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
            f"{record.articles:,}",
            f"{record.outlets:,}",
            f"{record.copies:,}",
            f"{record.entries:,}",
            dim(record.id),
        )
        for record in records
    ]
    headers = ("days", "story", "articles", "outlets", "copies", "statements", "id")
    stacks = (("story", "days", "id"), *((header,) for header in headers[2:6]))
    show_table(headers, rows, wide="story", stacks=stacks)
    say_more(total - len(records))


def _days(record: "StoryRecord") -> str:
    since, until = day_of(record.since), day_of(record.until)
    return (since or "no dates") if since == until else f"{since or '?'} to {until or '?'}"


def _show(record: "StoryRecord", remarks: "Sequence[_Remark]", wordings: bool) -> None:
    say(bold(record.title or "no title"))
    counts = (
        _days(record),
        count_of(record.articles, "article"),
        count_of(record.outlets, "outlet"),
        "1 copy" if record.copies == 1 else f"{record.copies:,} copies",
        *(
            [f"{count_of(record.versions, 'page')} more of these in other versions"]
            if record.versions
            else []
        ),
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
    for change in record.changes:
        say(dim(_tell_change(change, record.id)))
    if remarks and not wordings:
        say()
        show_entry_rows([_remark_row(remark) for remark in remarks])
    for remark in remarks:
        if len({entry.content for entry in remark.renderings}) > 1:
            say()
            _show_wordings(remark)


def _tell_change(change: "LinkChange", id: str) -> str:
    """Return what a merge or split did to a story: "2031-03-14: 2 pages came from story t01..."."""
    pages = count_of(change.members, "page")
    here = change.into == id
    what = f"{pages} came from story {change.of}" if here else f"{pages} went to story {change.into}"
    ended = ", which ended" if here and change.change == "merge" else ""
    why = f", when page {change.page} came" if change.page else ""
    return f"{change.at[:10]}: {what}{ended}{why}"


def _page_rows(record: "StoryRecord") -> Iterator[tuple[Cell, ...]]:
    """Yield the story's articles; a copy names whose it is and how much of its words stand there too."""
    from onrecord.checks.articles import fold_pages

    outlets = {page.page.id: render_outlet(page.page) for page in record.pages}
    folded = fold_pages([page.page for page in record.pages])
    links = {page.page.id: page for page in record.pages}
    for article in folded.articles:
        # The newest version that is known stands for all.
        page = links[article[-1].id]
        whose = outlets.get(page.copy_of or "", "a page outside this story")
        copy = f"copies {whose} ({page.share or 0:.0%})" if page.copy_of else ""
        day = day_of(page.page.published) or "no date"
        outlet = join(outlets[page.page.id], render_versions(len(article)))
        yield day, outlet, page.page.headline or "no headline", copy, dim(page.page.id)


@dataclass(frozen=True, slots=True)
class _Remark:
    """What several articles report as one utterance, by wordings and first hands; `versions` tells for each
    wording on how many versions of its page it stands, and how many there are.
    """

    renderings: tuple[Entry, ...]
    versions: tuple[tuple[int, int], ...]
    hands: "tuple[FirstHand, ...]"


def _sizes(record: "StoryRecord") -> dict[str, int]:
    """Return for each page how many versions of it are in the story."""
    from onrecord.checks.articles import fold_pages

    articles = fold_pages(page.page for page in record.pages).articles
    return {page.id: len(pages) for pages in articles for page in pages}


def _group(entries: list[Entry], sizes: Mapping[str, int]) -> list[_Remark]:
    """Return entries by remark: what several articles report as one utterance stands together."""
    from onrecord.checks.articles import fold_statements
    from onrecord.checks.first_hands import find_first_hands

    remarks: dict[str, list[tuple[Entry, ...]]] = defaultdict(list)
    for first, others in fold_statements(entries):
        group = (first, *others)
        remarks[next((one.remark for one in group if one.remark), first.id)].append(group)
    return [
        _Remark(
            renderings=tuple(group[0] for group in groups),
            versions=tuple((len(group), sizes.get(group[0].page.id, 1)) for group in groups),
            hands=find_first_hands(chain.from_iterable(groups)),
        )
        for groups in remarks.values()
    ]


def _remark_row(remark: _Remark) -> tuple[Cell, ...]:
    """Return a remark's row: its first direct rendering, else its first, and everybody who reports it."""
    when, who, _, *rest = render_entry(min(remark.renderings, key=lambda one: one.kind != "direct"))
    counted = zip(remark.renderings, remark.versions, strict=True)
    ways = dict.fromkeys(join(render_chain(entry), render_versions(*number)) for entry, number in counted)
    parts = [part for way in ways for part in ("; ", way)]
    hands = f" [{count_of(len(remark.hands), 'first hand')}]" if len(remark.renderings) > 1 else ""
    return when, who, join(*parts[1:], dim(hands)), *rest


def _show_related(related: "Sequence[Related]") -> None:
    """Print what else is on the subject of a story, earlier or later."""
    if not related:
        return
    say()
    say(bold("On the same subject"))
    rows = [
        (
            one.when,
            day_of(one.home.since) or "no date",
            one.home.title or "no headline",
            ", ".join(one.names),
            dim(one.home.story or one.home.page.id),
        )
        for one in related
    ]
    stacks = (("when", "day"), ("headline",), ("in common",), ("id",))
    show_table(("when", "day", "headline", "in common", "id"), rows, wide="in common", stacks=stacks)


def _show_perhaps(ledger: "Ledger", record: "StoryRecord", as_json: bool) -> None:
    """Print what is perhaps one remark, and how to say that it is."""
    from onrecord.views.answers import answer_perhaps
    from onrecord.views.perhaps import find_perhaps_in, render_why

    pairs = find_perhaps_in(ledger, record.id)
    if as_json:
        show_json(answer_perhaps(pairs))
        return
    say(bold(record.title or "no title"), dim(f" · id {record.id}"))
    if not pairs:
        say("No two statements here that are not one remark already are likely one.")
        return
    for pair in pairs:
        say()
        for entry in (pair.one, pair.other):
            who = render_speaker(entry.speaker, entry.source)
            say(render_chain(entry), ": ", who, " ", render_what(entry), dim(f"  {entry.id}"))
        say(dim(f"Perhaps one: {render_why(pair)}"), indent=2)
    say()
    say(dim("Where they are one: `onrecord correct ID --same-remark ID`. Nothing is joined before that."))


def _show_wordings(remark: _Remark) -> None:
    """Print the wordings that several articles give one remark, and by whose hands it reached print."""
    from onrecord.checks.first_hands import render_first_hand, render_first_hands

    renderings = remark.renderings
    who = render_speaker(renderings[0].speaker, renderings[0].source)
    say(bold("One remark, several wordings: "), who, dim(f" · {renderings[0].remark}"))
    names = {entry.page.id: render_outlet(entry.page) for entry in renderings}
    say(f"Reached print by {render_first_hands(remark.hands, names)}")
    for hand in remark.hands:
        say(dim(f"  {render_first_hand(hand, names.get(hand.page))}: {hand.why}"))
    rows = [
        (join(render_chain(entry), render_versions(*number)), render_what(entry), dim(entry.id))
        for entry, number in zip(renderings, remark.versions, strict=True)
    ]
    stacks = (("as reported by", "id"), ("what",))
    show_table(("as reported by", "what", "id"), rows, wide="what", stacks=stacks)
