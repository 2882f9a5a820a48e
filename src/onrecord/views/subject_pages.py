"""What is talked about, who spoke of one thing, and what is perhaps one remark, as pages for people."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from onrecord.ledger import get_story
from onrecord.types import Entry
from onrecord.views.perhaps import find_perhaps_in, render_why
from onrecord.views.reader import Reader
from onrecord.views.saying import group_wordings, show_entries, show_wordings
from onrecord.views.show import show
from onrecord.views.subject import find_subjects_of, read_subject
from onrecord.views.turning import PAGE_LENGTH, Offset, turn

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/story/{id}/perhaps")
def perhaps(request: Request, ledger: Reader, id: str) -> HTMLResponse:
    """Show which statements of a story are perhaps one remark, for a person to decide."""
    record = get_story(ledger, id)
    pairs = find_perhaps_in(ledger, record.id)
    shown = show_entries(ledger, [entry for pair in pairs for entry in (pair.one, pair.other)])
    sayings = {saying.entry.id: saying for saying in shown}
    return show(request, "perhaps.html", story=record, pairs=pairs, sayings=sayings, why=render_why)


@router.get("/subjects")
def subjects(request: Request, ledger: Reader) -> HTMLResponse:
    """Show what the newest statements are about."""
    return show(request, "subjects.html", subjects=find_subjects_of(ledger))


@router.get("/subject")
def subject(request: Request, ledger: Reader, about: str = "", offset: Offset = 0) -> Response:
    """Show what is on record about a subject: who spoke of it, in which stories, and every remark by day."""
    if not about.strip():
        return RedirectResponse("/subjects", 303)
    record = read_subject(ledger, about.strip())
    groups = sorted(group_wordings(one.entry for one in record.found), key=_day_of, reverse=True)
    some, turning = turn(request, groups[offset : offset + PAGE_LENGTH + 1], offset=offset)
    around = {one.entry.id for one in record.found if one.where == "around"}
    return show(
        request,
        "subject.html",
        record=record,
        named=len(record.found) - len(around),
        around=around,
        remarks=show_wordings(ledger, some),
        turning=turning,
    )


def _day_of(wordings: Sequence[Entry]) -> str:
    lead = wordings[0]
    return lead.said_on or ("" if lead.said_on_candidates else lead.page.published or "")[:10]
