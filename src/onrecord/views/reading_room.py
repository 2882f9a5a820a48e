"""One page of the ledger on the screen: its text with roles and marks, and what is known of it beside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import Ledger, get_story
from onrecord.ledger.captured import read_places
from onrecord.ledger.records import PageRecord, ToldFact
from onrecord.types import Block, Found, Span
from onrecord.views.citation import make_citation
from onrecord.views.citation_formats import FORMAT_NAMES, FORMATS, CitationFormat, render_citation
from onrecord.views.comments import count_comments, cover_page, name_readers
from onrecord.views.dates import moment
from onrecord.views.done import find_done
from onrecord.views.filed_from import resolve_filed_from
from onrecord.views.headline_notes import note_headlines
from onrecord.views.mark import Mark, MarkedBlock, mark_blocks, marks_of
from onrecord.views.open_days import find_open_anchor
from onrecord.views.render import chain_words, render_days, render_filed_day
from onrecord.views.saying import Saying, show_entries
from onrecord.views.show import show
from onrecord.views.turning import Turning

__all__ = ["PART_LENGTH", "show_page", "tell_itself"]

# A browser lays out some thousand blocks at once; a hundred thousand would hold it up for minutes.
PART_LENGTH = 1000

_FURNITURE = ("menu", "related", "newsletter", "advert", "other")
_FOLD_FROM = 5


def show_page(
    request: Request,
    ledger: Ledger,
    record: PageRecord,
    *,
    statement: str | None,
    at: str | None,
    part: int | None,
    done: str | None = None,
) -> HTMLResponse:
    """Show a page; `statement` or the characters `at` ("412-509") are outlined and jumped to.

    A statement that somebody says is none is shown only where it is asked for. `done` is a review that led
    here: what it did is told.
    """
    sayings = show_entries(ledger, record.entries, with_versions=False)
    dropped = [one for one in record.dropped if one.id == statement]
    asked = _find_asked([*sayings, *show_entries(ledger, dropped, with_versions=False)], statement, record)
    marks = marks_of([*record.entries, *dropped])
    jump = asked.entry.spans.content or asked.entry.spans.cue if asked else ()
    if at is not None:
        place = _read_place(at, record)
        marks.append(Mark(place, "place", "at"))
        jump = (place,)
    shown, before, turning = _cut(request, record.blocks, jump[0].start if jump else None, part)
    blocks = list(
        mark_blocks(
            record.text,
            shown,
            marks,
            asked=statement,
            before=before,
            namings=name_readers(record),
            dropped=statement if dropped else None,
        )
    )
    heads = [block.span.start for block in shown if block.role == "headline"]
    return show(
        request,
        "page.html",
        record=record,
        runs=_fold(blocks, jump),
        part=turning,
        headed=bool(heads),
        first_headline=heads[0] if heads else None,
        sayings=sayings,
        chosen=asked,
        dropped=bool(dropped),
        done=find_done(request, ledger, done),
        told={one.fact: one for one in record.told},
        tell_itself=tell_itself,
        meant=chain_words(asked.entry, record.text) if asked else (),
        citations=_cite(ledger, asked, record) if asked else (),
        comments=count_comments(record),
        facts=_facts(record),
        filed_from=resolve_filed_from(record),
        notes=note_headlines(cover_page(record)),
        story_title=get_story(ledger, record.story).title if record.story else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Blocks shown together; `label` names a folded run of furniture, `open` shows it all the same."""

    blocks: list[MarkedBlock]
    label: str | None
    open: bool


def _fold(blocks: Iterable[MarkedBlock], jump: Sequence[Span]) -> list[_Run]:
    """Fold up long menus and lists of other stories: they are of the record, but nobody reads them."""
    runs = []
    for furniture, group in groupby(blocks, key=lambda marked: marked.block.role in _FURNITURE):
        run = list(group)
        label = None
        if furniture and len(run) > _FOLD_FROM:
            label = f"{len(run)} lines: " + ", ".join(dict.fromkeys(marked.block.role for marked in run))
        first, last = run[0].block.span.start, run[-1].block.span.end
        runs.append(_Run(blocks=run, label=label, open=any(first <= span.start < last for span in jump)))
    return runs


def _find_asked(sayings: Sequence[Saying], statement: str | None, record: PageRecord) -> Saying | None:
    if statement is None:
        return None
    found = next((saying for saying in sayings if saying.entry.id == statement), None)
    if found is None:
        raise NotFound(
            f"page {record.page.id} has no statement {statement!r}; it has {len(sayings)}, "
            f"and its address without “?s=” shows them"
        )
    return found


def _read_place(at: str, record: PageRecord) -> Span:
    """Read "412-509" as a span of the page's text."""
    start, dash, end = at.partition("-")
    if not (dash and start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(record.text)):
        raise BadRequest(
            f"“{at}” names no characters of this page; write for example 412-509, at most {len(record.text)}"
        )
    return Span(int(start), int(end))


def _cut(
    request: Request, blocks: Sequence[Block], jump: int | None, part: int | None
) -> tuple[Sequence[Block], Block | None, Turning]:
    """Return the part of a page to show, the block before it, and the way to the other parts."""
    if part is None:
        number = next((n for n, b in enumerate(blocks) if jump is not None and b.span.end > jump), 0)
        part = number // PART_LENGTH + 1
    last = max((len(blocks) - 1) // PART_LENGTH + 1, 1)
    if not 1 <= part <= last:
        raise BadRequest(f"this page has no part {part}; it has {last}")
    start = (part - 1) * PART_LENGTH

    def address(number: int) -> str:
        return request.url.path + "?" + urlencode({"part": number})

    turning = Turning(
        before=address(part - 1) if part > 1 else None, after=address(part + 1) if part < last else None
    )
    return blocks[start : start + PART_LENGTH], blocks[start - 1] if start else None, turning


def _cite(ledger: Ledger, saying: Saying, record: PageRecord) -> list[tuple[CitationFormat, str, str]]:
    """Return a statement's citation in every format: its name for programs, for people, and the text."""
    citation = make_citation(saying, cover_page(record).text, read_places(ledger, record.page.id))
    return [(format, FORMAT_NAMES[format], render_citation(citation, format)) for format in FORMATS]


def _facts(record: PageRecord) -> list[tuple[str, Found]]:
    """Return what the page says of itself, each with the place that says so, and what was told of it."""
    article = record.article
    authors = [("By", author) for author in article.authors]
    if authors:
        authors[-1] = ("By", _beside(record, "authors", authors[-1][1]))
    named = (
        ("Outlet", article.outlet and _beside(record, "outlet", article.outlet)),
        ("Section", article.section),
        *authors,
        ("Filed from", article.place),
        ("Filed on", article.filed and _filed_on(article.filed)),
        ("Credit", article.credit),
        (
            "Published",
            _beside(record, "published", article.published) if article.published else _open_days(record),
        ),
        ("Updated", article.updated),
        ("Language", article.language),
    )
    return [(name, found) for name, found in named if found is not None]


def _beside(record: PageRecord, fact: str, found: Found) -> Found:
    """Put beside what somebody told what the page says itself."""
    told = next((one for one in record.told if one.fact == fact), None)
    return replace(found, where=f"{found.where}; {tell_itself(told)}") if told else found


def tell_itself(told: ToldFact) -> str:
    """Return what a page says itself of what somebody told otherwise."""
    if told.itself is None:
        return "the page itself does not say"
    dated = told.fact in ("published", "captured_at")
    return f"the page itself: {moment(told.itself) if dated else told.itself}"


def _filed_on(found: Found) -> Found:
    """Return the dateline's day in words where no year is known."""
    return replace(found, value=render_filed_day(found.value))


def _open_days(record: PageRecord) -> Found | None:
    """Return the days on which a page may have been published, where its dateline prints no year."""
    anchor = find_open_anchor(record)
    if anchor is None:
        return None
    days = render_days(anchor.candidates)
    return Found(value=f"unresolved: {days}", known="inferred", where=anchor.where)
