"""Timelines in the browser: the drawing, the lines, and the same as CSV."""

import io
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from onrecord.errors import BadRequest, NotFound
from onrecord.views.columns import make_columns
from onrecord.views.reader import Reader
from onrecord.views.show import show
from onrecord.views.timeline import Line, read_timeline
from onrecord.views.timeline_csv import export_timeline

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

LINES = 100  # shown at once; `limit` asks for others

Limit = Annotated[int, Query(ge=0, le=100_000)]


@router.get("/timeline")
def timeline(
    request: Request, ledger: Reader, story: str = "", by: str = "", about: str = "", limit: Limit = LINES
) -> HTMLResponse:
    """Show the timeline of a story, a speaker or a subject, or the form that asks for one."""
    typed = {"by": by, "about": about}
    if not (story.strip() or by.strip() or about.strip()):
        return _ask(request, typed)
    try:
        found = read_timeline(ledger, story=story, by=by, about=about, limit=limit or None)
    except (BadRequest, NotFound) as trouble:
        # What was typed stays in the form: it is nearly right, and the message says what to change.
        status = 404 if isinstance(trouble, NotFound) else 400
        return _ask(request, typed, status, str(trouble))
    asked = {"story": found.story, "by": found.speaker, "about": found.about}
    query = {name: value for name, value in asked.items() if value}
    return show(
        request,
        "timeline.html",
        found=found,
        trouble=None,
        typed=typed,
        columns=make_columns(found.lines),
        place_link=place_link,
        links={
            "json": "/api/timeline?" + urlencode(query),
            "csv": "/timeline.csv?" + urlencode(query),
            "all": "/timeline?" + urlencode(query | {"limit": "0"}),
        },
    )


def _ask(
    request: Request, typed: dict[str, str], status: int = 200, trouble: str | None = None
) -> HTMLResponse:
    return show(request, "timeline.html", status=status, found=None, trouble=trouble, typed=typed)


@router.get("/timeline.csv")
def timeline_as_csv(ledger: Reader, story: str = "", by: str = "", about: str = "") -> Response:
    """Give a whole timeline for a spreadsheet."""
    out = io.BytesIO()
    export_timeline(read_timeline(ledger, story=story, by=by, about=about), out)
    heads = {"content-disposition": 'attachment; filename="timeline.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=heads)


def place_link(line: Line, number: int | None = None) -> str:
    """Return the address of a line's words on their page, or of one of the others that tell the same."""
    place = line.place if number is None else line.also[number]
    if line.entry is not None and number is None:
        return f"/page/{place.page.id}?s={line.entry.id}#{line.entry.id}"
    if not place.spans:
        return f"/page/{place.page.id}"
    start, end = place.spans[0]
    return f"/page/{place.page.id}?at={start}-{end}#at"
