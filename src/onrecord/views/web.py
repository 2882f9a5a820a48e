"""The ledger in a browser and as JSON, on this machine alone unless a password is asked for.

All is read-only but one thing: people can say what is wrong, as reviews (`reviewing`, `correcting`,
`putting_right`).

Nothing is loaded from anywhere else, and no script runs but the one of `scripts`, which copies a citation:
pages of the ledger are text, also when they try to be more.
"""

import secrets
import socket
import webbrowser
from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException

from onrecord import __version__
from onrecord.errors import BadRequest, LedgerError, NotFound, OnrecordError
from onrecord.ledger import open_ledger
from onrecord.views import (
    api,
    api_reviews,
    change_pages,
    correcting,
    pages,
    putting_right,
    reviewing,
    subject_pages,
    timeline_page,
)
from onrecord.views.guard import LOOPBACK, AskPassword, LoopbackOnly, SafeHeaders, ShortOnly
from onrecord.views.show import FOLDER, show

__all__ = ["make_app", "serve"]

_ABOUT = """What was said on the record, when, by whom and as reported by whom, as a ledger keeps it.
Read-only, but for reviews: what people say is wrong.

A statement's fields are the same in this API, in `onrecord export --format jsonl` and in Python. Unknown is
null. Spans are [start, end] in Unicode code points, half open, into the page's text of record, which
`/api/pages/{id}` gives. Dates are ISO prefixes: "2031-03" is a month, not its first day."""


# FastAPI can report every request to an observer that the environment names. Whoever reads news for a
# living is not reported on: all of it is off, and an explicit "off" wins over the environment.
_SILENT: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


def make_app(folder: Path, *, auth: tuple[str, str] | None = None) -> FastAPI:
    """Return the web application of a ledger; `auth` is the name and password that visitors must give."""
    with open_ledger(folder):
        pass  # A ledger that is missing or damaged is told now, not to the first visitor.
    app = FastAPI(
        title="Onrecord",
        version=__version__,
        description=_ABOUT,
        openapi_url="/api/openapi.json",
        docs_url=None,  # FastAPI's own pages load their scripts from another company's server.
        redoc_url=None,
        telemetry=_SILENT,
    )
    app.state.folder = folder
    app.state.token = secrets.token_urlsafe(32)
    app.state.outcomes = {}  # what the newest reviews given here changed, for the page that tells it
    # A page's name may be an address with slashes: what stands behind a page's id is asked for first.
    forms = (correcting, putting_right, reviewing)
    for part in (*forms, api_reviews, change_pages, api, subject_pages, timeline_page, pages):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    app.add_exception_handler(OnrecordError, _show_trouble)
    app.add_exception_handler(HTTPException, _show_trouble)
    app.add_exception_handler(RequestValidationError, _show_trouble)
    # The last one added is the first one met.
    app.add_middleware(ShortOnly)
    if auth is None:
        app.add_middleware(LoopbackOnly)
    else:
        app.add_middleware(AskPassword, auth=auth)
    app.add_middleware(SafeHeaders)
    return app


def _show_trouble(request: Request, trouble: Exception) -> Response:
    """Answer what can't be answered: to a browser in words, under /api in JSON."""
    status, message = _explain(request, trouble)
    if request.url.path.startswith("/api"):
        return JSONResponse({"error": message}, status_code=status)
    title = {404: "Not found", 400: "That can’t be answered", 405: "Read only"}.get(
        status, "Nothing was changed" if request.method == "POST" else "The ledger can’t be read"
    )
    return show(request, "error.html", status=status, title=title, message=message, typed=())


def _explain(request: Request, trouble: Exception) -> tuple[int, str]:
    match trouble:
        case NotFound():
            return 404, str(trouble)
        case BadRequest():
            return 400, str(trouble)
        case LedgerError():
            return 503, str(trouble)
        case RequestValidationError():
            return 400, _explain_input(trouble.errors()[0])
        case HTTPException(status_code=404):
            return (
                404,
                f"there is no page {request.url.path!r} here; the head of this page leads to all there are",
            )
        case HTTPException(status_code=400):
            return 400, "what was sent can't be read; send it as docs/api.md shows"
        case HTTPException():
            phrase = HTTPStatus(trouble.status_code).phrase.lower()
            return trouble.status_code, f"{phrase}: this can be read (GET) and not be changed here"
        case _:
            return 400, str(trouble)


def _explain_input(wrong: Mapping[str, Any]) -> str:
    """Return what is wrong with a part of an address, or of what was sent."""
    if wrong["type"] == "json_invalid":
        return f"what was sent is no JSON ({wrong['ctx']['error']}); send it as docs/api.md shows"
    sent = wrong["loc"][0] == "body"
    found = repr(wrong.get("input"))
    shown = found if len(found) <= 80 else f"{found[:80]}…"
    where = "in what you send" if sent else "in the address"
    return f"{str(wrong['loc'][-1])!r} was {shown} here: {wrong['msg'].lower()}. Change it {where}."


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    auth: tuple[str, str] | None = None,
    open_browser: bool = False,
) -> None:
    """Serve a ledger until Ctrl-C; prints its address. Any address but this machine's own needs `auth`."""
    if auth is None and not _is_loopback(host):
        raise BadRequest(
            f"{host} can be reached from other machines and nobody would be asked who they are; "
            "serve with a name and a password (--auth NAME:PASSWORD), or on 127.0.0.1"
        )
    app = make_app(folder, auth=auth)
    with _listen(host, port) as listening:
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listening.getsockname()[1]}/"
        print(f"{folder} is at {address} (Ctrl-C ends it)", flush=True)
        if open_browser:
            # The socket listens already, so that the browser is answered as soon as the server runs.
            webbrowser.open(address)
        config = uvicorn.Config(app, log_level="warning", access_log=False, ws="none", server_header=False)
        try:
            uvicorn.Server(config).run(sockets=[listening])
        except KeyboardInterrupt:
            return


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK


def _listen(host: str, port: int) -> socket.socket:
    """Open the door: a socket at this address, or a message that says why not."""
    try:
        family, kind, number, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, number)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(place)
            listening.listen(128)
        except BaseException:
            listening.close()
            raise
    except OSError as fault:
        raise BadRequest(
            f"can't listen at {host} port {port}: {fault.strerror or fault}; another program may use it. "
            "Choose another port with --port (0 takes any that is free)"
        ) from fault
    return listening
