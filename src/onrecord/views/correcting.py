"""One statement corrected in the browser: the form, and what is sent with it.

Whatever can't be carried out is told above the form, which keeps what was typed; nothing is changed then.
"""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.across import reviewed
from onrecord.errors import BadRequest, OnrecordError
from onrecord.ledger import Ledger, get_page, get_remark, open_ledger
from onrecord.ledger.giving import find_entry_row
from onrecord.ledger.records import Outcome, PageRecord
from onrecord.ledger.rows import entry_from_row
from onrecord.types import Block, Entry, Span
from onrecord.views.changing import carry_out, check_ids, status_of, tell_typed
from onrecord.views.comments import name_readers
from onrecord.views.decided import KIND_NAMES, POLARITY_NAMES, TYPE_NAMES
from onrecord.views.done import lead_back
from onrecord.views.forms import Fields, Form, check_line, first, read_signature
from onrecord.views.mark import MarkedBlock, mark_blocks, marks_of
from onrecord.views.reader import Reader
from onrecord.views.saying import show_entries
from onrecord.views.show import show
from onrecord.views.statement_form import (
    changed_fields,
    fields_of,
    find_alike,
    find_others,
    read_correction,
    read_statement,
    write_shown,
)

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_MOST_BLOCKS = 20


@router.get("/entry/{id}/correct")
def correction_form(request: Request, ledger: Reader, id: str) -> Response:
    """Show how a statement stands, in a form that says what is wrong with it."""
    return _show_form(request, ledger, id)


@router.post("/entry/{id}/correct")
def correct(request: Request, form: Form, id: str) -> Response:
    """Correct a statement, as the form says."""
    return _change(request, form, id, _correct)


@router.post("/entry/{id}/apart")
def take_apart(request: Request, form: Form, id: str) -> Response:
    """Say that a statement is another remark than it is taken for."""
    return _change(request, form, id, _take_apart)


@router.post("/entry/{id}/same")
def join(request: Request, form: Form, id: str) -> Response:
    """Say that two statements are one remark."""
    return _change(request, form, id, _join)


def _correct(ledger: Ledger, id: str, form: Fields) -> Outcome:
    by, note = read_signature(form)
    said = read_correction(form)
    check_ids(ledger, said.speaker)
    return reviewed.correct(ledger, id, said, by=by, note=note)


def _take_apart(ledger: Ledger, id: str, form: Fields) -> Outcome:
    by, note = read_signature(form)
    return reviewed.not_one_remark(ledger, id, by=by, note=note)


def _join(ledger: Ledger, id: str, form: Fields) -> Outcome:
    by, note = read_signature(form)
    chosen, typed = first(form, "one"), first(form, "other")
    if chosen is not None and typed is not None:
        raise BadRequest("a statement was chosen and another one typed; give one of the two")
    if chosen is None and typed is None:
        raise BadRequest("no statement was chosen; choose one, or give the id or the link of one")
    other = read_statement(check_line(chosen or typed or "", "the other statement"))
    return reviewed.one_remark(ledger, id, other, by=by, note=note)


def _change(
    request: Request, form: Fields, id: str, act: Callable[[Ledger, str, Fields], Outcome]
) -> Response:
    done = carry_out(request, lambda ledger: act(ledger, id, form))
    if isinstance(done, Outcome):
        return lead_back(request, done)
    try:
        with open_ledger(request.app.state.folder) as ledger:
            return _show_form(request, ledger, id, form, done, part=act.__name__.removeprefix("_"))
    except OnrecordError as gone:
        # Of a statement that is gone there is no form to show; what was typed is not lost all the same.
        return tell_typed(request, gone, form)


def _show_form(
    request: Request,
    ledger: Ledger,
    id: str,
    form: Fields | None = None,
    trouble: OnrecordError | None = None,
    *,
    part: str = "correct",
) -> Response:
    with ledger.reading() as connection:
        row = find_entry_row(connection, id)
    entry, dropped = entry_from_row(row), bool(row.hidden)
    if entry.id != id:
        return RedirectResponse(f"/entry/{entry.id}/correct", 303)
    record = get_page(ledger, entry.page.id)
    here, elsewhere = find_others(ledger, record, entry)
    [saying] = show_entries(ledger, [entry])
    # After a trouble the form shows what was typed; what it says of how the statement stands is new.
    filled = form if form is not None and part == "correct" else fields_of(entry)
    wordings = get_remark(ledger, entry.remark).renderings if entry.remark else ()
    return show(
        request,
        "correct.html",
        status=status_of(trouble),
        trouble=str(trouble) if trouble else None,
        part=part,
        saying=saying,
        entry=entry,
        dropped=dropped,
        blocks=_context(record, entry, dropped=dropped),
        on_page=here,
        elsewhere=elsewhere,
        shown=write_shown(fields_of(entry)),
        filled=filled,
        changed=_changed(filled),
        typed=form or {},
        kinds=KIND_NAMES,
        polarities=POLARITY_NAMES,
        types=TYPE_NAMES,
        wordings=show_entries(ledger, [one for one in wordings if one.id != entry.id]),
        alike=show_entries(ledger, [] if dropped else find_alike(ledger, entry)),
    )


def _changed(form: Fields) -> set[str]:
    """Return which fields of a form somebody changed, so that they are seen."""
    try:
        return set(changed_fields(form))
    except BadRequest:
        return set()


def _context(record: PageRecord, entry: Entry, *, dropped: bool) -> list[MarkedBlock]:
    """Return the lines in which a statement stands, marked."""
    spans = entry.spans
    places = [*spans.content, *spans.cue, *spans.source]
    touched = [block for block in record.blocks if _touches(block, places)][:_MOST_BLOCKS]
    return list(
        mark_blocks(
            record.text,
            touched,
            marks_of([entry]),
            asked=entry.id,
            namings=name_readers(record),
            page=f"/page/{record.page.id}",
            dropped=entry.id if dropped else None,
        )
    )


def _touches(block: Block, places: list[Span]) -> bool:
    return any(span.start < block.span.end and span.end > block.span.start for span in places)
