"""Changed statements in the browser, as JSON and as a feed: one list, three forms."""

from typing import Annotated, TypedDict
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from onrecord.across import find_changes
from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import get_page
from onrecord.types import EntryPage
from onrecord.views.answers import answer_with
from onrecord.views.api import RESPONSES, Limit, Name, OnPage, Outlet
from onrecord.views.changes import CHANGE_KINDS, ChangeList, answer_changes
from onrecord.views.export import encode_json
from onrecord.views.feed import ATOM_TYPE, make_feed
from onrecord.views.reader import Reader
from onrecord.views.show import show
from onrecord.views.turning import PAGE_LENGTH

__all__ = ["router"]

router = APIRouter()


class Asked(TypedDict, total=False):
    """The filters that were given; what is not asked for is not there."""

    by: str
    outlet: str
    since: str
    page: str


Since = Annotated[
    str | None,
    Query(
        description="First day, month or year in which the later version was saved, else published.",
        examples=["2031-03"],
    ),
]
Start = Annotated[
    str | None, Query(description="Where the list goes on: `next` has it.", examples=["p0123456789abcdef.0"])
]


@router.get("/changes", include_in_schema=False)
def changes(
    request: Request,
    ledger: Reader,
    by: str = "",
    outlet: str = "",
    since: str = "",
    page: str = "",
    start: str | None = None,
) -> Response:
    """Show what became of statements in later versions of their pages, the newest version first."""
    asked = _asked(by=by, outlet=outlet, since=since, page=page)
    found, of, trouble = ChangeList(changes=(), next=None, compared=0), None, None
    try:
        of = _find_page(ledger, asked.get("page"))
        stretch = find_changes(ledger, **asked, limit=PAGE_LENGTH, start=start)
        found = answer_changes(stretch, _next(request, stretch.next, asked))
    except (BadRequest, NotFound) as wrong:
        # What was typed stays in its fields: it is nearly right, and the message says what to change.
        trouble = str(wrong)
    return show(
        request,
        "changes.html",
        status=400 if trouble else 200,
        found=found,
        of=of,
        typed={"by": by, "outlet": outlet, "since": since, "page": page},
        query=f"?{urlencode(asked)}" if asked else "",
        begun=start is None,
        kinds=CHANGE_KINDS,
        trouble=trouble,
    )


@router.get("/changes.atom", include_in_schema=False)
def feed(
    request: Request,
    ledger: Reader,
    by: str = "",
    outlet: str = "",
    since: str = "",
    page: str = "",
    limit: Limit = PAGE_LENGTH,
) -> Response:
    """Give the same as an Atom feed: what was put on record last stands first."""
    asked = _asked(by=by, outlet=outlet, since=since, page=page)
    found = answer_changes(find_changes(ledger, **asked, recorded=True, limit=limit))
    made = make_feed(
        found.changes, base=str(request.base_url), ledger=str(ledger.folder.resolve()), asked=asked
    )
    return Response(made, media_type=ATOM_TYPE)


@router.get("/api/changes", responses={**RESPONSES, 200: answer_with(ChangeList)}, tags=["pages"])
def list_changes(
    request: Request,
    ledger: Reader,
    by: Name = None,
    outlet: Outlet = None,
    since: Since = None,
    page: OnPage = None,
    limit: Limit = 100,
    start: Start = None,
) -> Response:
    """List what became of statements in later versions of their pages, the newest version first."""
    asked = _asked(by=by, outlet=outlet, since=since, page=page)
    found = find_changes(ledger, **asked, limit=limit, start=start)
    return Response(
        encode_json(answer_changes(found, _next(request, found.next, asked, limit=limit))),
        media_type="application/json",
    )


def _asked(*, by: str | None, outlet: str | None, since: str | None, page: str | None) -> Asked:
    """Return the filters that say something: an empty field of a form asks for nothing."""
    asked = Asked()
    if by := (by or "").strip():
        asked["by"] = by
    if outlet := (outlet or "").strip():
        asked["outlet"] = outlet
    if since := (since or "").strip():
        asked["since"] = since
    if page := (page or "").strip():
        asked["page"] = page
    return asked


def _next(request: Request, start: str | None, asked: Asked, **more: object) -> str | None:
    return f"{request.url.path}?{urlencode({**asked, **more, 'start': start})}" if start else None


def _find_page(ledger: Reader, asked: str | None) -> EntryPage | None:
    return get_page(ledger, asked).page if asked else None
