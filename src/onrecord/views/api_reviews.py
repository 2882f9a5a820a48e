"""Reviews as JSON: what people decided, and one more decision; the one thing that the API changes."""

from dataclasses import dataclass, fields
from typing import Literal, TypeVar

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from pydantic import ConfigDict

from onrecord.across import reviewed
from onrecord.across.reviewed import Correction, Facts
from onrecord.errors import BadRequest
from onrecord.ledger import Ledger
from onrecord.ledger.records import Outcome, ReviewRecord
from onrecord.ledger.reviewing import list_reviews
from onrecord.views.answers import answer_with
from onrecord.views.api import RESPONSES
from onrecord.views.changing import check_ids
from onrecord.views.export import encode_json
from onrecord.views.forms import check_json, check_line, check_signature
from onrecord.views.reader import Reader
from onrecord.views.reviewing import Writer

__all__ = ["router"]

router = APIRouter(prefix="/api", responses=RESPONSES)

# What is misspelt would else be left out without a word.
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementChange(Correction):
    """What is wrong with a statement; what is not given is not spoken of.

    `statement`: false says that it is none. `speaker`: names or ids, several where several spoke together;
    `type`: what a new name is; `nobody`: the page names nobody. `content`: the words said, as they stand on
    the page; `edges`: the same as characters of its text. `via`: the carriers, outermost first. `no_role`,
    `no_day`, `no_via` and `no_addressee` say that there is none.
    """

    __pydantic_config__ = _STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts(Facts):
    """What is known of pages: day of publication, outlet, authors, address, time of saving; `unset` names
    what is to be as the page has it again.
    """

    __pydantic_config__ = _STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """A review to be given. `merge`: `speaker` and `other` are one. `split`: of `speaker`'s names those in
    `names`, on the `pages`, are somebody else's. `correct`: `change` holds for the `statement`. `tell`:
    `facts` hold for the `pages`. `not-one-story`: the one page in `pages` does not belong to its story.
    `not-one-remark`: the `statement` is not the remark it is taken for; `one-remark`: it and the statement
    `other` are one. `undo` and `redo`: of the `review` with this id.
    """

    __pydantic_config__ = _STRICT

    kind: Literal[
        "merge",
        "split",
        "correct",
        "tell",
        "not-one-story",
        "not-one-remark",
        "one-remark",
        "undo",
        "redo",
    ]
    speaker: str | None = None
    other: str | None = None
    names: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    statement: str | None = None
    change: StatementChange | None = None
    facts: PageFacts | None = None
    review: str | None = None
    by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewList:
    """What people decided, the newest first, and what has become of it."""

    reviews: tuple[ReviewRecord, ...]


@router.get("/reviews", responses={200: answer_with(ReviewList)}, tags=["reviews"])
def all_reviews(ledger: Reader) -> Response:
    """List what people decided about speakers, statements, pages and what belongs together, newest first."""
    found = ReviewList(reviews=tuple(list_reviews(ledger)))
    return Response(encode_json(found), media_type="application/json")


@router.post(
    "/reviews",
    responses={200: answer_with(Outcome)},
    dependencies=[Depends(check_json)],
    tags=["reviews"],
)
def give_review(asked: NewReview, ledger: Writer) -> Response:
    """Say what is wrong with a statement, a page, a link or a name; undo or redo it. The newest wins."""
    _check_fields(asked)
    done = _give(ledger, asked)
    return Response(encode_json(done), media_type="application/json")


_NEEDS = {
    "merge": ("speaker", "other"),
    "split": ("speaker",),
    "correct": ("statement", "change"),
    "tell": ("pages", "facts"),
    "not-one-story": ("pages",),
    "not-one-remark": ("statement",),
    "one-remark": ("statement", "other"),
    "undo": ("review",),
    "redo": ("review",),
}
_MOST = 1000
_MAY = {"split": ("names", "pages")}
_WHAT = {
    "speaker": "an id or a name; /api/speakers lists them",
    "other": "the id of the other one that is the same",
    "statement": "a statement's id; /api/entries lists them",
    "change": 'what is wrong with the statement, such as {"said_on": "2031-03-11"}',
    "pages": "the ids or addresses of pages; /api/pages lists them",
    "facts": 'what is known of the pages, such as {"published": "2031-03-11"}',
    "review": "the id of one; /api/reviews lists them",
}


def _check_fields(asked: NewReview) -> None:
    """Raise BadRequest where a field is missing, or one is given that this kind of review leaves unread."""
    needed = _NEEDS[asked.kind]
    taken = (*needed, *_MAY.get(asked.kind, ()))
    given = {field.name for field in fields(asked) if getattr(asked, field.name) not in (None, ())}
    if missing := [name for name in needed if name not in given]:
        raise BadRequest(f"{asked.kind} needs `{missing[0]}`, {_WHAT[missing[0]]}")
    if unread := sorted(given - {"kind", "by", "note", *taken}):
        raise BadRequest(f"{asked.kind} takes no `{unread[0]}`; it takes {', '.join(taken)}, by and note")
    for name in ("speaker", "other", "statement", "review", "names", "pages"):
        value = getattr(asked, name) or ()
        for one in (value,) if isinstance(value, str) else value:
            check_line(one, f"`{name}`")
    if len(asked.pages) > _MOST or len(asked.names) > _MOST:
        raise BadRequest(f"more than {_MOST:,} pages or names were sent; send less at a time")
    if asked.kind == "not-one-story" and len(asked.pages) > 1:
        raise BadRequest(f"not-one-story takes one page at a time, and {len(asked.pages)} were given")


Told = TypeVar("Told", Correction, Facts)


def _as(kind: type[Told], given: Told) -> Told:
    """Return what was sent as the value that the ledger knows."""
    return kind(**{field.name: getattr(given, field.name) for field in fields(kind)})


def _give(ledger: Ledger, asked: NewReview) -> Outcome:
    by, note = check_signature(asked.by, asked.note)
    match asked:
        case NewReview(kind="undo", review=str(id)):
            return reviewed.undo(ledger, id, by=by, note=note)
        case NewReview(kind="redo", review=str(id)):
            return reviewed.redo(ledger, id, by=by, note=note)
        case NewReview(kind="merge", speaker=str(one), other=str(other)):
            return reviewed.merge(ledger, one, other, by=by, note=note)
        case NewReview(kind="split", speaker=str(who), names=names, pages=pages):
            return reviewed.split(ledger, who, names=names, pages=pages, by=by, note=note)
        case NewReview(kind="correct", statement=str(id), change=StatementChange() as change):
            check_ids(ledger, change.speaker)
            return reviewed.correct(ledger, id, _as(Correction, change), by=by, note=note)
        case NewReview(kind="tell", pages=pages, facts=PageFacts() as facts):
            done = reviewed.tell(ledger, pages, _as(Facts, facts), by=by, note=note)
            if done is None:
                raise BadRequest("the ledger has all of that already, so nothing was written down")
            return done
        case NewReview(kind="not-one-story", pages=(page,)):
            return reviewed.not_one_story(ledger, page, by=by, note=note)
        case NewReview(kind="not-one-remark", statement=str(id)):
            return reviewed.not_one_remark(ledger, id, by=by, note=note)
        case NewReview(kind="one-remark", statement=str(id), other=str(other)):
            return reviewed.one_remark(ledger, id, other, by=by, note=note)
        case _:
            raise BadRequest(f"{asked.kind} can't be given so; docs/api.md shows how")
