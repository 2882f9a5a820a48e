"""The ledger as pages for people: search, stories, speakers, remarks, and whether words are on record."""

from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from onrecord.across import read_versions
from onrecord.across.related import find_related
from onrecord.checks.articles import fold_pages
from onrecord.checks.first_hands import render_first_hand, render_first_hands
from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import (
    Ledger,
    count,
    count_articles,
    find_speakers,
    get_entry,
    get_page,
    get_remark,
    get_speaker,
    get_story,
    list_pages,
    list_problems,
    list_speakers,
    list_stories,
    list_versions,
    search_entries,
)
from onrecord.ledger.giving import find_entry_row
from onrecord.ledger.reasons import OWN_NAME
from onrecord.ledger.reviewing import list_reviews
from onrecord.types import Entry, EntryPage
from onrecord.views.ask import KINDS, Question, parse_question, render_question
from onrecord.views.checking import show_check
from onrecord.views.dates import day_range
from onrecord.views.done import find_done
from onrecord.views.drawing import draw_days
from onrecord.views.filed_from import find_filed_from, find_filters
from onrecord.views.headlines import find_headline_only
from onrecord.views.line import MOVES, draw_line, find_line, name_kinds
from onrecord.views.reader import Reader
from onrecord.views.reading_room import show_page
from onrecord.views.render import render_outlet
from onrecord.views.saying import group_wordings, show_entries, show_wordings, tell_once
from onrecord.views.show import show
from onrecord.views.subject import NEWEST, find_subjects_of
from onrecord.views.turning import PAGE_LENGTH, Offset, Turning, turn
from onrecord.views.versions import (
    HOW_TO_ORDER,
    UNORDERED,
    render_alone,
    render_counts,
    render_notice,
    render_told,
)
from onrecord.views.wording import compare_renderings

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_FIELDS = ("words", "by", "about", "since", "until", "kind", "least", "outlet", "story", "page", "filed_from")


@router.get("/")
def search(request: Request, ledger: Reader, q: str = "", offset: Offset = 0) -> Response:
    """Show what was said, newest first. The form's fields become one question, which the address keeps."""
    fields = {name: value for name in _FIELDS if (value := request.query_params.get(name))}
    if any(name in request.query_params for name in _FIELDS):
        asked = render_question(parse_question(q, **fields))
        return RedirectResponse("/?" + urlencode({"q": asked}) if asked else "/", 303)
    question = Question()
    try:
        question = parse_question(q)
        filters, note = find_filters(ledger, question)
        found = search_entries(
            ledger, question.words, **filters, fold=True, limit=PAGE_LENGTH + 1, offset=offset
        )
    except (BadRequest, NotFound) as trouble:
        # The question stays in its box: it is nearly right, and the message says what to change.
        return _show_search(request, ledger, q, question, (), Turning(), str(trouble))
    entries, turning = turn(request, found, offset=offset)
    return _show_search(request, ledger, render_question(question), question, entries, turning, note=note)


def _show_search(
    request: Request,
    ledger: Ledger,
    asked: str,
    question: Question,
    entries: Sequence[Entry],
    turning: Turning,
    trouble: str | None = None,
    note: str | None = None,
) -> HTMLResponse:
    return show(
        request,
        "search.html",
        status=400 if trouble else 200,
        asked=asked,
        question=question,
        json_link="/api/entries?" + urlencode({"q": asked}),
        kinds=KINDS,
        sayings=tell_once(show_entries(ledger, entries)),
        turning=turning,
        trouble=trouble,
        note=note,
        counts=None if asked else count(ledger),
        articles=0 if asked else count_articles(ledger),
        stories=() if asked else list_stories(ledger, limit=6, offset=0),
    )


@router.get("/stories")
def stories(request: Request, ledger: Reader, offset: Offset = 0) -> HTMLResponse:
    """Show the stories, newest first."""
    found, turning = turn(request, list_stories(ledger, limit=PAGE_LENGTH + 1, offset=offset), offset=offset)
    return show(request, "stories.html", stories=found, turning=turning)


@router.get("/story/{id}")
def story(request: Request, ledger: Reader, id: str, done: str | None = None) -> Response:
    """Show the articles about one event, its days, and who said what in date order.

    `done` is a review that led here: what it did is told.
    """
    record = get_story(ledger, id)
    if record.id != id:
        return RedirectResponse(f"/story/{record.id}", 303)
    remarks = show_wordings(ledger, group_wordings(search_entries(ledger, story=id, limit=None)))
    ids = {page.page.id for page in record.pages}
    links = {page.page.id: page for page in record.pages}
    # The newest version that is known stands for all.
    articles = [
        (links[pages[-1].id], len(pages)) for pages in fold_pages(one.page for one in record.pages).articles
    ]
    heads = {
        page.id: pages[-1].id
        for pages in fold_pages(one.page for one in record.pages).articles
        for page in pages
    }
    return show(
        request,
        "story.html",
        story=record,
        done=find_done(request, ledger, done),
        ids=ids,
        articles=articles,
        copies=[(page, heads[page.copy_of]) for page, _ in articles if page.copy_of in ids],
        days=day_range(record.since, record.until),
        remarks=remarks,
        drawing=draw_days(
            [remark.lead.entry.said_on for remark in remarks if remark.lead.entry.said_on],
            [page.page.published for page in record.pages if page.page.published],
            [
                day
                for remark in remarks
                if not remark.lead.iso
                for day in remark.lead.entry.said_on_candidates
            ],
        ),
        headline_only=list(find_headline_only(get_page(ledger, page_id) for page_id in sorted(ids))),
        related=find_related(ledger, record.id),
    )


@router.get("/speakers")
def speakers(request: Request, ledger: Reader, offset: Offset = 0) -> HTMLResponse:
    """Show the speakers."""
    found, turning = turn(request, list_speakers(ledger, limit=PAGE_LENGTH + 1, offset=offset), offset=offset)
    return show(request, "speakers.html", speakers=found, turning=turning, named=None)


@router.get("/speaker/{id}")
def speaker(
    request: Request,
    ledger: Reader,
    id: str,
    offset: Offset = 0,
    about: str | None = None,
    done: str | None = None,
) -> Response:
    """Show a speaker's names and roles as printed, why they are one, and their line: all their remarks in
    date order, or those about some words, each beside the last one that is like it.

    `done` is the review that led here: what it did is told.
    """
    try:
        who = get_speaker(ledger, id)
    except BadRequest:
        # Several bear the name: whoever asked chooses.
        return show(request, "speakers.html", speakers=find_speakers(ledger, id), turning=Turning(), named=id)
    if who.speaker.id != id:
        return RedirectResponse(f"/speaker/{who.speaker.id}", 303)
    names: dict[tuple[str, str | None, str], list[EntryPage]] = {}
    for use in who.names:
        names.setdefault((use.name, use.role, use.why), []).append(use.page)
    on_pages = list({use.page.id: use.page for use in who.names}.values())
    found = find_line(ledger, id, about=about)
    some, turning = turn(request, found.groups[offset : offset + PAGE_LENGTH + 1], offset=offset)
    return show(
        request,
        "speaker.html",
        about=about or "",
        moves=MOVES,
        name_kinds=name_kinds,
        who=who,
        days=day_range(who.since, who.until),
        names=[
            # That a name is its own needs no reason, unless somebody decided so.
            {"name": name, "role": role, "pages": pages, "why": None if why == OWN_NAME else why}
            for (name, role, why), pages in names.items()
        ],
        forms=list(dict.fromkeys(use.name for use in who.names)),
        pages=on_pages[:PAGE_LENGTH],
        more_pages=len(on_pages[PAGE_LENGTH:]),
        done=_tell_done(ledger, done) if done else None,
        line=draw_line(ledger, found, first=offset, last=offset + len(some)),
        subjects=find_subjects_of(ledger, search_entries(ledger, by=id, limit=NEWEST)),
        turning=turning,
    )


def _tell_done(ledger: Ledger, id: str) -> dict[str, str] | None:
    """Return in words what a review did, and whether older ones say otherwise."""
    given = list_reviews(ledger)
    found = next((review for review in given if review.id == id), None)
    if found is None or found.state != "in force":
        return None
    words = "Two speakers are one now." if found.kind == "merge" else "One speaker is two now."
    if any(review.state == "overruled" for review in given):
        words += " An older review says otherwise; of two the newest counts."
    return {"id": id, "words": words}


@router.get("/remark/{id}")
def remark(request: Request, ledger: Reader, id: str, done: str | None = None) -> HTMLResponse:
    """Show one remark as each article put it, compared word by word. `done` is a review that led here."""
    record = get_remark(ledger, id)
    every = (*record.renderings, *record.again)
    [wordings] = show_wordings(ledger, group_wordings(every))
    pages = {entry.page.id: entry.page for entry in every}
    names = {id: render_outlet(page) for id, page in pages.items()}
    return show(
        request,
        "remark.html",
        remark=record,
        done=find_done(request, ledger, done),
        lead=wordings.lead,
        rows=compare_renderings(wordings),
        hands=[
            (render_first_hand(hand, names.get(hand.page)), hand.why, [pages[id] for id in hand.pages])
            for hand in record.first_hands
        ],
        sentence=render_first_hands(record.first_hands, names),
        story=wordings.lead.entry.story,
    )


@router.get("/page/{id}/versions")
def versions(request: Request, ledger: Reader, id: str) -> Response:
    """Show how the versions of a page differ, block by block."""
    found = read_versions(ledger, id)
    if found.page != id:
        return RedirectResponse(f"/page/{found.page}/versions", 303)
    return show(
        request,
        "versions.html",
        found=found,
        page=next(page for page in found.versions if page.id == found.page),
        alone=render_alone(found),
        counts=render_counts,
        notice=render_notice,
        told=render_told,
        unordered=UNORDERED,
        how_to_order=HOW_TO_ORDER,
    )


@router.get("/page/{id:path}")
def page(
    request: Request,
    ledger: Reader,
    id: str,
    s: str | None = None,
    at: str | None = None,
    part: int | None = None,
    done: str | None = None,
) -> Response:
    """Show a page's text with roles and statements marked; `s` or `at` names what to jump to."""
    record = get_page(ledger, id)
    if record.page.id != id:
        return RedirectResponse(f"/page/{record.page.id}", 303)
    return show_page(request, ledger, record, statement=s, at=at, part=part, done=done)


@router.get("/pages")
def pages(request: Request, ledger: Reader, filed_from: str = "", offset: Offset = 0) -> HTMLResponse:
    """Show the saved pages: all, or those filed from a place."""
    asked = filed_from.strip()
    try:
        wanted = find_filed_from(ledger, asked) if asked else None
    except NotFound as trouble:
        # The place stays in its field: it is nearly right, and the message says what to change.
        nothing = {"pages": (), "turning": Turning(), "wanted": None, "versions": {}}
        return show(request, "pages.html", status=400, asked_from=asked, trouble=str(trouble), **nothing)
    places = wanted.places if wanted else None
    some = list_pages(ledger, filed_from=places, fold=True, limit=PAGE_LENGTH + 1, offset=offset)
    found, turning = turn(request, some, offset=offset)
    return show(
        request,
        "pages.html",
        pages=found,
        versions={id: len(ids) for id, ids in list_versions(ledger, found).items()},
        turning=turning,
        asked_from=asked,
        wanted=wanted,
        trouble=None,
    )


@router.get("/entry/{id}")
def entry(ledger: Reader, id: str, reviewed: bool = False) -> RedirectResponse:
    """Lead from a statement's permanent link to its words in the page.

    `reviewed`: also where somebody decided that it is no statement, for whoever looks at reviews.
    """
    if reviewed:
        with ledger.reading() as connection:
            row = find_entry_row(connection, id)
        return RedirectResponse(f"/page/{row.page_id}?s={row.id}#{row.id}", 303)
    found = get_entry(ledger, id)
    return RedirectResponse(f"/page/{found.page.id}?s={found.id}#{found.id}", 303)


@router.get("/check")
def check(request: Request, ledger: Reader, quotation: str = "", by: str = "") -> HTMLResponse:
    """Tell whether words are on record, where, and from whom."""
    return show_check(request, ledger, quotation, by)


@router.get("/ledger")
def ledger_page(request: Request, ledger: Reader, offset: Offset = 0) -> HTMLResponse:
    """Show how much the ledger holds and what trouble there was with it."""
    counts = count(ledger)
    problems, turning = turn(request, list_problems(ledger)[offset : offset + PAGE_LENGTH + 1], offset=offset)
    rows = (
        ("captures", counts.captures, None),
        ("pages", counts.pages, "/pages"),
        ("statements", counts.entries, "/"),
        ("speakers", counts.speakers, "/speakers"),
        ("stories", counts.stories, "/stories"),
        ("remarks", counts.remarks, None),
        ("copies", counts.copies, None),
        ("problems", counts.problems, "#problems"),
    )
    return show(
        request, "ledger.html", folder=str(ledger.folder), rows=rows, problems=problems, turning=turning
    )
