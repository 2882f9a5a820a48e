"""What browsers and programs send to change something: only from our own pages, only what can be read.

A page elsewhere could send a form here with the visitor's password. So a form must carry the token that only
our own pages show, and JSON must say that it is JSON, which another site may not send without asking first.
"""

import secrets
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from fastapi import Depends, Request

from onrecord.errors import BadRequest
from onrecord.ledger.giving import check_name

__all__ = ["Fields", "Form", "check_json", "check_line", "check_signature", "first", "read_signature"]

Fields = dict[str, list[str]]
"""What was typed and chosen in a form, by the names of its fields. What was left empty is not there."""

_MOST = 1_000_000  # bytes of a form; a speaker with ten thousand names fills less
_LONGEST_NOTE = 2000
_LONGEST_LINE = 2000


async def _read_form(request: Request) -> Fields:
    """Return the fields of a form that one of our own pages has sent."""
    _check_site(request)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST:
            raise BadRequest(
                f"the form has more than {_MOST:,} bytes, so nothing was changed; go back and send less at "
                "a time"
            )
    try:
        fields = parse_qs(body.decode(), max_num_fields=20_000)
    except ValueError as why:
        raise BadRequest(f"the form can't be read ({why}); go back, load the page again, send it") from why
    if not secrets.compare_digest(fields.get("token", [""])[0].encode(), request.app.state.token.encode()):
        raise BadRequest(
            "this form is not from this server, or from before it was started anew, so nothing was changed; "
            "go back, load the page again and send it"
        )
    # A browser sends every line end as CR LF, whatever the page has.
    return {
        name: [value.replace("\r\n", "\n") for value in values if value.strip()]
        for name, values in fields.items()
        if any(value.strip() for value in values)
    }


Form = Annotated[Fields, Depends(_read_form)]


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


def check_json(request: Request) -> None:
    """Raise BadRequest for what another site sends, and for what doesn't say that it is JSON."""
    _check_site(request)
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != "application/json":
        raise BadRequest(f"the review was sent as {sent or 'nothing'}; send it as application/json")


def first(form: Fields, name: str) -> str | None:
    """Return what was typed into a field; None where nothing was."""
    values: Sequence[str] = form.get(name, ())
    return (values[0].strip() or None) if values else None


def check_line(value: str, what: str) -> str:
    """Return a name, an id or an address that was sent; none is as long as a page."""
    if len(value) > _LONGEST_LINE:
        raise BadRequest(
            f"what was sent as {what} has {len(value):,} characters, and may have {_LONGEST_LINE:,}; give a "
            "name, an id or an address"
        )
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise BadRequest(f"what was sent as {what} holds half a character, {value[:40]!a}; send it whole")
    return value


def read_signature(form: Fields) -> tuple[str | None, str | None]:
    """Return who decides, and why."""
    return check_signature(first(form, "by"), first(form, "note"))


def check_signature(by: str | None, note: str | None) -> tuple[str | None, str | None]:
    """Return who decides and why, as the log may keep them."""
    if note is not None and len(note) > _LONGEST_NOTE:
        raise BadRequest(
            f"the reason has {len(note):,} characters, and may have {_LONGEST_NOTE:,}; say it in fewer words"
        )
    who = check_name(by, "name of who decides") if by and by.strip() else None
    return who, note
