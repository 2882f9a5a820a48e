"""What people tell of a page in the browser: what is known of it, and that it is not of its story."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from onrecord.across import reviewed
from onrecord.across.reviewed import Facts
from onrecord.errors import BadRequest, OnrecordError
from onrecord.ledger import Ledger, get_page, open_ledger
from onrecord.ledger.records import Outcome, PageRecord, ToldFact
from onrecord.views.changing import carry_out, status_of, tell_typed
from onrecord.views.done import lead_back
from onrecord.views.forms import Fields, Form, read_signature
from onrecord.views.reader import Reader
from onrecord.views.reading_room import tell_itself
from onrecord.views.show import show
from onrecord.views.statement_form import changed_fields, write_shown

__all__ = ["FACT_NAMES", "router"]

router = APIRouter(include_in_schema=False)

FACT_NAMES = {
    "published": "Published",
    "outlet": "Outlet",
    "authors": "Authors",
    "uri": "Address",
    "captured_at": "Saved",
}
"""What can be told of a page, as the form names it."""


@router.get("/page/{id}/facts")
def facts_form(request: Request, ledger: Reader, id: str) -> Response:
    """Show what is known of a page, in a form that says what is wrong with it."""
    return _show_form(request, ledger, id)


@router.post("/page/{id}/facts")
def tell(request: Request, form: Form, id: str) -> Response:
    """Write down what the form tells of a page."""
    done = carry_out(request, lambda ledger: _tell(ledger, id, form))
    if isinstance(done, Outcome):
        return lead_back(request, done)
    try:
        with open_ledger(request.app.state.folder) as ledger:
            return _show_form(request, ledger, id, form, done)
    except OnrecordError as gone:
        return tell_typed(request, gone, form)


@router.post("/page/{id}/apart")
def take_out(request: Request, form: Form, id: str) -> Response:
    """Say that a page does not belong to its story."""

    def act(ledger: Ledger) -> Outcome:
        by, note = read_signature(form)
        return reviewed.not_one_story(ledger, id, by=by, note=note)

    done = carry_out(request, act)
    return lead_back(request, done) if isinstance(done, Outcome) else tell_typed(request, done, form)


def _tell(ledger: Ledger, id: str, form: Fields) -> Outcome:
    by, note = read_signature(form)
    facts = _read_facts(form, get_page(ledger, id))
    done = reviewed.tell(ledger, [id], facts, by=by, note=note)
    if done is None:
        raise BadRequest("the ledger has all of that already, so nothing was written down")
    return done


def _read_facts(form: Fields, record: PageRecord) -> Facts:
    """Return what somebody changed in the form; an emptied field is as the page itself has it again."""
    changed = changed_fields(form)
    told = {one.fact for one in record.told}
    values: dict[str, Any] = {}
    unset = [name for name in form.get("unset", []) if name in FACT_NAMES]
    for name, label in FACT_NAMES.items():
        if name not in changed:
            continue
        if name in unset:
            raise BadRequest(
                f"“{label}” was changed and taken back at once; untick the box, or leave the field as it was"
            )
        if not changed[name]:
            if name not in told:
                raise BadRequest(
                    f"“{label}” was emptied. What a page says itself can be told otherwise and not be taken "
                    "away: write what is right"
                )
            unset.append(name)
        elif name == "authors":
            values[name] = tuple(
                line.strip() for value in changed[name] for line in value.split("\n") if line.strip()
            )
        else:
            values[name] = changed[name][0]
    if not values and not unset:
        raise BadRequest("nothing was changed in the form, so nothing was written down; write what is right")
    return Facts(**values, unset=tuple(unset))


def _show_form(
    request: Request,
    ledger: Ledger,
    id: str,
    form: Fields | None = None,
    trouble: OnrecordError | None = None,
) -> Response:
    record = get_page(ledger, id)
    if record.page.id != id:
        return RedirectResponse(f"/page/{record.page.id}/facts", 303)
    fields = _fields_of(record)
    told: dict[str, ToldFact] = {one.fact: one for one in record.told}
    return show(
        request,
        "facts.html",
        status=status_of(trouble),
        trouble=str(trouble) if trouble else None,
        page=record.page,
        record=record,
        names=FACT_NAMES,
        filled=form if form is not None else fields,
        shown=write_shown(fields),
        told=told,
        tell_itself=tell_itself,
        unset=set((form or {}).get("unset", [])),
        where=_where(record),
    )


def _fields_of(record: PageRecord) -> Fields:
    page = record.page
    values = {
        "published": page.published,
        "outlet": " ".join((page.outlet or "").split()),
        "authors": "\n".join(" ".join(author.split()) for author in page.authors),
        "uri": page.uri,
        "captured_at": page.captured_at,
    }
    return {name: [value] for name, value in values.items() if value}


def _where(record: PageRecord) -> dict[str, str]:
    """Return how each fact is known, where nobody told it."""
    article = record.article
    found = {"published": article.published, "outlet": article.outlet}
    known = {name: f"{one.known}: {one.where}" for name, one in found.items() if one is not None}
    if "published" not in known and record.page.published:
        known["published"] = "inferred from its story"
    if article.authors:
        known["authors"] = ", ".join(dict.fromkeys(f"{one.known}: {one.where}" for one in article.authors))
    return known
