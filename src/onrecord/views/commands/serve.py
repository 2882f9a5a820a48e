"""`onrecord serve`: the ledger as pages in a browser."""

from ipaddress import ip_address
from typing import Annotated

import typer

from onrecord.errors import BadRequest
from onrecord.views.settings import settings
from onrecord.views.terminal import warn

__all__ = ["is_loopback", "parse_auth", "serve"]


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
    from onrecord.ledger import open_ledger
    from onrecord.views.web import serve

    login = parse_auth(auth)
    if not is_loopback(host) and login is None:
        raise BadRequest(
            f"{host} can be reached from other machines, and nobody would be asked who they are; "
            "add --auth USER:PASSWORD, or stay on --host 127.0.0.1"
        )
    folder = settings(context).ledger
    with open_ledger(folder):
        pass  # a missing or newer ledger is told before the server starts
    warn(f"The ledger {folder} is at http://{host}:{port}/ (Ctrl-C stops)")
    serve(folder, host=host, port=port, auth=login, open_browser=open_browser)


def is_loopback(host: str) -> bool:
    """Tell whether an address is this machine's own, so that nobody else can reach it."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def parse_auth(auth: str | None) -> tuple[str, str] | None:
    """Return the name and password of "USER:PASSWORD"."""
    if auth is None:
        return None
    user, colon, password = auth.partition(":")
    if not (user and colon and password):
        raise BadRequest(
            "--auth takes USER:PASSWORD, a name and a password with a colon between; one of them is missing"
        )
    return user, password
