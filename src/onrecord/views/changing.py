"""Changing a ledger from the browser: what is sent is carried out, or it is told why nothing was changed."""

import re
from collections.abc import Callable, Iterable

from fastapi import Request
from fastapi.responses import Response

from onrecord.errors import LedgerError, NotFound, OnrecordError
from onrecord.ledger import Ledger, get_speaker, open_ledger
from onrecord.ledger.records import Outcome
from onrecord.views.forms import Fields
from onrecord.views.show import show

__all__ = ["carry_out", "check_ids", "status_of", "tell_typed"]

_ID = re.compile(r"k[0-9a-f]{3,}")

_TYPED = {
    "name": "Somebody else",
    "role": "Role",
    "said_on": "Day",
    "words": "Words",
    "edges": "Characters",
    "via": "Carried by",
    "addressee": "Said to",
    "other": "The same remark as",
    "published": "Published",
    "outlet": "Outlet",
    "authors": "Authors",
    "uri": "Address",
    "captured_at": "Saved",
    "by": "Who decides",
    "note": "Why",
}


def carry_out(request: Request, act: Callable[[Ledger], Outcome]) -> Outcome | OnrecordError:
    """Do something with the ledger open for writing; return what it did, or why it did nothing."""
    try:
        with open_ledger(request.app.state.folder, write=True) as ledger:
            return act(ledger)
    except OnrecordError as trouble:
        return trouble


def check_ids(ledger: Ledger, speakers: Iterable[str]) -> None:
    """Raise NotFound for the id of a speaker who is not here any more: it would be taken for a new name."""
    for one in speakers:
        if _ID.fullmatch(one.strip()):
            get_speaker(ledger, one.strip())


def tell_typed(request: Request, trouble: OnrecordError, form: Fields) -> Response:
    """Tell why nothing was changed where no form can be shown any more, with what was typed into it."""
    typed = [(label, form[name]) for name, label in _TYPED.items() if name in form]
    return show(
        request,
        "error.html",
        status=status_of(trouble),
        title="Nothing was changed",
        message=str(trouble),
        typed=typed,
    )


def status_of(trouble: OnrecordError | None) -> int:
    """Return the status of an answer."""
    match trouble:
        case None:
            return 200
        case NotFound():
            return 404
        case LedgerError():
            return 503
        case _:
            return 400
