"""The page on which a quotation is checked: the question, the verdict, and every place that bears on it."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import Ledger, check_quotation
from onrecord.views.saying import show_entries
from onrecord.views.show import show
from onrecord.views.verdicts import (
    render_left_out,
    render_part,
    render_sentence,
    render_sure,
    render_turned,
    render_whose,
)

__all__ = ["show_check"]

_MOST = 50  # places shown; the JSON answer has all


def show_check(request: Request, ledger: Ledger, quotation: str, by: str) -> HTMLResponse:
    """Show the form and, where something was asked, the answer. What can't be answered is told above it."""
    if not quotation.strip():
        return show(request, "check.html", check=None, trouble=None, quotation=quotation, by=by)
    try:
        checked = check_quotation(ledger, quotation, by=by.strip() or None)
    except (BadRequest, NotFound) as trouble:
        # What was asked stays in the form: it is nearly right, and the message says what to change.
        status = 404 if isinstance(trouble, NotFound) else 400
        return show(
            request, "check.html", status=status, check=None, trouble=str(trouble), quotation=quotation, by=by
        )
    hits = checked.hits[:_MOST]
    sayings = show_entries(ledger, [hit.entry for hit in hits if hit.entry])
    return show(
        request,
        "check.html",
        check=checked,
        trouble=None,
        hits=hits,
        more=len(checked.hits) - len(hits),
        sayings={one.entry.id: one for one in sayings},
        sentence=_upper(render_sentence(checked)),
        left_out=render_left_out,
        part=render_part,
        sure=render_sure,
        turned=lambda hit: _upper(render_turned(hit).lstrip("; ")),
        whose=render_whose,
        quotation=quotation,
        by=by,
    )


def _upper(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
