"""Reviews of who is who in the browser and under /api: the one thing that may be changed from outside.

A page elsewhere could send a form here with the visitor's password. So a form must carry the token that only
our own pages show, and JSON must say that it is JSON, which another site may not send without asking first.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import parse_qs, quote, urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.across import reviewed
from onrecord.errors import BadRequest
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger.records import ReviewRecord
from onrecord.ledger.reviewing import Outcome, list_reviews
from onrecord.views.answers import answer_with
from onrecord.views.api import RESPONSES
from onrecord.views.export import encode_json
from onrecord.views.reader import Reader
from onrecord.views.show import show
from onrecord.views.turning import PAGE_LENGTH, Offset, turn

__all__ = ["router"]

router = APIRouter(responses=RESPONSES)

_MOST = 1_000_000  # bytes of a form; a speaker with ten thousand names fills less


def _open(request: Request) -> Iterator[Ledger]:
    with open_ledger(request.app.state.folder, write=True) as ledger:
        yield ledger


async def _read_form(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form that one of our own pages has sent."""
    _check_site(request)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST:
            raise BadRequest(f"the form has more than {_MOST:,} bytes; choose fewer names at a time")
    try:
        fields = parse_qs(body.decode(), max_num_fields=20_000)
    except ValueError as why:
        raise BadRequest(f"the form can't be read ({why}); go back, load the page again, send it") from why
    if not secrets.compare_digest(fields.get("token", [""])[0].encode(), request.app.state.token.encode()):
        raise BadRequest(
            "this form is not from this server, or from before it was started anew, so nothing was changed; "
            "go back, load the page again and send it"
        )
    return fields


def _check_site(request: Request) -> None:
    """Raise BadRequest for what a page of another site sends."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    # Our pages tell nobody where they are (Referrer-Policy), so a browser gives the origin of our own forms
    # as "null".
    foreign = origin not in (None, "null") and urlsplit(origin or "").netloc != request.headers.get("host")
    if foreign or site not in (None, "same-origin", "none"):
        raise BadRequest(
            f"this was sent from another site ({origin or site}), so nothing was changed; reviews are sent "
            "from the pages of this server"
        )


Writer = Annotated[Ledger, Depends(_open, scope="function")]
Form = Annotated[dict[str, list[str]], Depends(_read_form)]


def _first(form: dict[str, list[str]], name: str) -> str | None:
    return form.get(name, [""])[0].strip() or None


@router.get("/reviews", include_in_schema=False)
def reviews(request: Request, ledger: Reader, offset: Offset = 0) -> Response:
    """Show what people decided, the newest first."""
    found = list_reviews(ledger)
    some, turning = turn(request, found[offset : offset + PAGE_LENGTH + 1], offset=offset)
    return show(request, "reviews.html", reviews=some, turning=turning)


@router.post("/speaker/{id}/merge", include_in_schema=False)
def merge(form: Form, ledger: Writer, id: str) -> Response:
    """Take a speaker and another one for one; this one's name stays."""
    other = _first(form, "other")
    if other is None:
        raise BadRequest("the form names nobody; write the name or the id of the speaker who is the same")
    done = reviewed.merge(ledger, id, other, by=_first(form, "by"), note=_first(form, "note"))
    return _lead(done, id)


@router.post("/speaker/{id}/split", include_in_schema=False)
def split(form: Form, ledger: Writer, id: str) -> Response:
    """Take some of a speaker's names, or pages, for somebody else's."""
    names, pages = form.get("named", []), form.get("on", [])
    if not names and not pages:
        raise BadRequest("no name and no page was chosen; go back and mark what is somebody else's")
    by, note = _first(form, "by"), _first(form, "note")
    return _lead(reviewed.split(ledger, id, names=names, pages=pages, by=by, note=note), id)


@router.post("/reviews/{id}/{turn}", include_in_schema=False)
def turn_review(form: Form, ledger: Writer, id: str, turn: Literal["undo", "redo"]) -> Response:
    """Undo a review, or put it in force again."""
    act = reviewed.undo if turn == "undo" else reviewed.redo
    done = act(ledger, id, by=_first(form, "by"), note=_first(form, "note"))
    return RedirectResponse(f"/reviews#{done.review.of}", 303)


def _lead(done: Outcome, id: str) -> Response:
    """Lead to the speaker as they are now, with what was done."""
    who = id if id in done.speakers or not done.speakers else done.speakers[0]
    return RedirectResponse(f"/speaker/{quote(who, safe='')}?done={done.review.id}", 303)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """A review to be given. `merge`: `speaker` and `other` are one. `split`: of `speaker`'s names those in
    `names`, on the `pages`, are somebody else's. `undo` and `redo`: of the `review` with this id.
    """

    kind: Literal["merge", "split", "undo", "redo"]
    speaker: str | None = None
    other: str | None = None
    names: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    review: str | None = None
    by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewList:
    """What people decided, the newest first, and what has become of it."""

    reviews: tuple[ReviewRecord, ...]


def _check_json(request: Request) -> None:
    _check_site(request)
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != "application/json":
        raise BadRequest(f"the review was sent as {sent or 'nothing'}; send it as application/json")


@router.get("/api/reviews", responses={200: answer_with(ReviewList)}, tags=["speakers"])
def all_reviews(ledger: Reader) -> Response:
    """List what people decided about who is who, the newest first."""
    found = ReviewList(reviews=tuple(list_reviews(ledger)))
    return Response(encode_json(found), media_type="application/json")


@router.post(
    "/api/reviews",
    responses={200: answer_with(Outcome)},
    dependencies=[Depends(_check_json)],
    tags=["speakers"],
)
def give_review(asked: NewReview, ledger: Writer) -> Response:
    """Say that two speakers are one, or one is two; undo or redo a review. The newest review wins."""
    done = _give(ledger, asked)
    return Response(encode_json(done), media_type="application/json")


def _give(ledger: Ledger, asked: NewReview) -> Outcome:
    if asked.kind in ("undo", "redo"):
        if asked.review is None:
            raise BadRequest(f"{asked.kind} needs `review`, the id of one; /api/reviews lists them")
        act = reviewed.undo if asked.kind == "undo" else reviewed.redo
        return act(ledger, asked.review, by=asked.by, note=asked.note)
    if asked.speaker is None:
        raise BadRequest(f"{asked.kind} needs `speaker`, an id or a name; /api/speakers lists them")
    if asked.kind == "split":
        return reviewed.split(
            ledger, asked.speaker, names=asked.names, pages=asked.pages, by=asked.by, note=asked.note
        )
    if asked.other is None:
        raise BadRequest("merge needs `other`, the id or name of the speaker who is the same")
    return reviewed.merge(ledger, asked.speaker, asked.other, by=asked.by, note=asked.note)
