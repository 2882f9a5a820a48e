"""`onrecord serve`: the ledger as pages in a browser."""

from typing import Annotated

import typer

from onrecord.errors import BadRequest
from onrecord.views.settings import settings

__all__ = ["serve"]


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(help="The address to listen on; any but this machine's own needs --auth.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    auth: Annotated[
        str | None,
        typer.Option(
            metavar="USER:PASSWORD",
            envvar="ONRECORD_AUTH",
            help="Ask every visitor for this name and password.",
        ),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the pages in a browser.")] = False,
) -> None:
    """Show the ledger as pages in a browser, read-only, at http://127.0.0.1:8000."""
    from onrecord.views.web import serve

    serve(settings(context).ledger, host=host, port=port, auth=_parse_auth(auth), open_browser=open_browser)


def _parse_auth(auth: str | None) -> tuple[str, str] | None:
    """Return the name and password of "USER:PASSWORD"."""
    if auth is None:
        return None
    user, colon, password = auth.partition(":")
    if not (user and colon and password):
        raise BadRequest(
            "--auth takes USER:PASSWORD, a name and a password with a colon between; one of them is missing"
        )
    return user, password
