"""Reviews in the browser: the list of all that people decided, undoing and redoing, and who is who."""

from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.across import reviewed
from onrecord.errors import BadRequest
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.reviewing import Outcome, list_reviews
from onrecord.views.done import lead_back
from onrecord.views.forms import Form, check_line, first, read_signature
from onrecord.views.reader import Reader
from onrecord.views.show import show
from onrecord.views.turning import PAGE_LENGTH, Offset, turn

__all__ = ["Writer", "router"]

router = APIRouter(include_in_schema=False)


def _open(request: Request) -> Iterator[Ledger]:
    with open_ledger(request.app.state.folder, write=True) as ledger:
        yield ledger


Writer = Annotated[Ledger, Depends(_open, scope="function")]


@router.get("/reviews")
def reviews(request: Request, ledger: Reader, offset: Offset = 0) -> Response:
    """Show what people decided, the newest first."""
    found = list_reviews(ledger)
    some, turning = turn(request, found[offset : offset + PAGE_LENGTH + 1], offset=offset)
    return show(request, "reviews.html", reviews=some, turning=turning)


@router.post("/speaker/{id}/merge")
def merge(form: Form, ledger: Writer, id: str) -> Response:
    """Take a speaker and another one for one; this one's name stays."""
    other = first(form, "other")
    if other is None:
        raise BadRequest("the form names nobody; write the name or the id of the speaker who is the same")
    check_line(other, "the other speaker")
    by, note = read_signature(form)
    return _lead(reviewed.merge(ledger, id, other, by=by, note=note), id)


@router.post("/speaker/{id}/split")
def split(form: Form, ledger: Writer, id: str) -> Response:
    """Take some of a speaker's names, or pages, for somebody else's."""
    names, pages = form.get("named", []), form.get("on", [])
    if not names and not pages:
        raise BadRequest("no name and no page was chosen; go back and mark what is somebody else's")
    by, note = read_signature(form)
    return _lead(reviewed.split(ledger, id, names=names, pages=pages, by=by, note=note), id)


@router.post("/reviews/{id}/{turn}")
def turn_review(
    request: Request, form: Form, ledger: Writer, id: str, turn: Literal["undo", "redo"]
) -> Response:
    """Undo a review, or put it in force again. A form beside what a review is about leads back there."""
    act = reviewed.undo if turn == "undo" else reviewed.redo
    by, note = read_signature(form)
    done = act(ledger, id, by=by, note=note)
    if first(form, "back") is not None:
        return lead_back(request, done)
    return RedirectResponse(f"/reviews#{done.review.of}", 303)


def _lead(done: Outcome, id: str) -> Response:
    """Lead to the speaker as they are now, with what was done."""
    who = id if id in done.speakers or not done.speakers else done.speakers[0]
    return RedirectResponse(f"/speaker/{quote(who, safe='')}?done={done.review.id}", 303)
