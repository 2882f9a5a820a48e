"""After a review: where to lead whoever gave it, and what it did, with a button that takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import Ledger, get_entry, get_remark, get_story, open_ledger
from onrecord.ledger.giving import find_entry_row
from onrecord.ledger.records import Outcome
from onrecord.ledger.reviewed_things import find_thing
from onrecord.ledger.reviews import NAMING, Review, find_review, read_reviews, standing
from onrecord.views.decided import find_differences, tell_change, tell_facts

__all__ = ["Done", "find_done", "lead_back"]

_MOST_KEPT = 200
_TITLES = {
    "correct": "Corrected.",
    "tell": "Put right.",
    "not-one-story": "Taken out of the story.",
    "not-one-remark": "Taken out of the remark.",
    "one-remark": "One remark now.",
    "undo": "Undone.",
    "redo": "In force again.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a review did, in words; `turn` is what can be done about the review with the id `of` now."""

    id: str
    of: str
    title: str
    lines: tuple[str, ...]
    turn: str | None


def lead_back(request: Request, outcome: Outcome) -> Response:
    """Lead to what a review is about, as it is now, where what it did is told."""
    folder = request.app.state.folder
    _keep(request, outcome)
    with open_ledger(folder) as ledger:
        path = _find_path(ledger, outcome)
    mark = "&" if "?" in path else "?"
    return RedirectResponse(f"{path}{mark}done={outcome.review.id}#done", 303)


def find_done(request: Request, ledger: Ledger, id: str | None) -> Done | None:
    """Return what a review did, for the page to which it led; None where there is none with this id."""
    if id is None:
        return None
    try:
        with ledger.reading() as connection:
            review = find_review(connection, id)
            if review.kind in NAMING or review.id != id:
                return None
            undone = standing(read_reviews(connection))
    except (BadRequest, NotFound):
        return None  # An address that somebody typed: the page is shown all the same.
    of = review.of or review.id
    turn = None if of not in undone else "undo" if undone[of] is None else "redo"
    # The log has what was said, not how the thing stood before: that is known for a while, then no more.
    kept = request.app.state.outcomes.get(review.id)
    lines = kept if kept is not None else tuple(tell_change(review.change or {}))
    return Done(id=review.id, of=of, title=_TITLES[review.kind], lines=tuple(lines), turn=turn)


def _keep(request: Request, outcome: Outcome) -> None:
    kept: dict[str, Sequence[str]] = request.app.state.outcomes
    kept[outcome.review.id] = _tell(outcome)
    while len(kept) > _MOST_KEPT:
        kept.pop(next(iter(kept)), None)


def _tell(outcome: Outcome) -> tuple[str, ...]:
    apart = outcome.review.kind in ("not-one-story", "not-one-remark")
    lines = [f"“{target.name}”" for target in outcome.review.about[0]] if apart else []
    lines += [f"{what}: {before} → {after}" for what, before, after in find_differences(outcome)]
    lines += [line.strip() for line in tell_facts(outcome)]
    if not lines and not outcome.pages and outcome.review.kind in ("undo", "redo"):
        lines.append("Nothing is other than before: a newer review decides about this.")
    if outcome.against:
        lines.append(
            f"{'An older review says' if len(outcome.against) == 1 else 'Older reviews say'} otherwise; the "
            "newest counts."
        )
    return tuple(lines)


def _find_path(ledger: Ledger, outcome: Outcome) -> str:
    """Return the address of what a review is about."""
    with ledger.reading() as connection:
        review = find_review(connection, outcome.review.of) if outcome.review.of else outcome.review
        page, entry = _find_subject(connection, review)
    if review.kind in NAMING or page is None:
        return "/reviews"
    undone = outcome.review.kind == "undo"
    if review.kind == "not-one-story":
        return _story_path(ledger, review, page, undone=undone)
    if entry is not None and review.kind in ("not-one-remark", "one-remark"):
        return _remark_path(ledger, review, entry, page)
    return f"/page/{page}?s={quote(entry, safe='')}" if entry else f"/page/{page}"


def _find_subject(connection: Connection, review: Review, side: int = 0) -> tuple[str | None, str | None]:
    """Return the page, and the statement, that a side of a review is about."""
    if len(review.about) <= side:
        return None, None
    for target in review.about[side]:
        thing = find_thing(connection, target)
        if thing.entry is not None:
            # The bytes may be read as several texts: the statement's own page has it.
            return find_entry_row(connection, thing.entry).page_id, thing.entry
        if thing.page is not None:
            return thing.page.id, None
    return None, None


def _story_path(ledger: Ledger, review: Review, page: str, *, undone: bool) -> str:
    """Return the story that a page was taken out of, or is in again."""
    if not undone:
        with ledger.reading() as connection:
            page = _find_subject(connection, review, side=1)[0] or page
    try:
        return f"/story/{get_story(ledger, page).id}"
    except NotFound:
        return f"/page/{page}"


def _remark_path(ledger: Ledger, review: Review, entry: str, page: str) -> str:
    """Return the remark from which a statement was taken, or of which it is one; else the statement."""
    with ledger.reading() as connection:
        rest = _find_subject(connection, review, side=1)[1]
    for id in (rest, entry) if review.kind == "not-one-remark" else (entry, rest):
        try:
            remark = get_entry(ledger, id).remark if id else None
            if remark is not None and len(get_remark(ledger, remark).renderings) > 1:
                return f"/remark/{remark}"
        except NotFound:
            continue
    return f"/page/{page}?s={quote(entry, safe='')}"
