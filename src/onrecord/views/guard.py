"""What stands between a browser and the ledger: who may ask, under which name, and what the answer may load.

The ledger is served on this machine alone. A page elsewhere could still point its own name at 127.0.0.1 and
read the answers as its own (DNS rebinding), so only loopback names are answered. With a name and password
asked for, any host name may be used.
"""

import secrets
from base64 import b64decode
from binascii import Error as NotBase64

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.views.scripts import SCRIPT_RULE

__all__ = ["LOOPBACK", "AskPassword", "LoopbackOnly", "SafeHeaders", "ShortOnly"]

_MOST_SENT = 2_000_000  # bytes

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_RULES = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_SCRIPTED = "/page/"  # pages under this address have our one script; no other answer has any
_HEADERS = {
    "Content-Security-Policy": _RULES,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "private, no-cache",
}


class SafeHeaders:
    """Give every answer the headers that keep a page's text from doing anything."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                if scope["path"].startswith(_SCRIPTED):
                    headers["Content-Security-Policy"] = f"{_RULES}; {SCRIPT_RULE}"
            await send(message)

        await self.app(scope, receive, send_safely)


class ShortOnly:
    """Take no more bytes than any form or review has."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else {}
        length = headers.get("content-length", "0")
        # What comes in pieces of unknown number could be without end; no browser sends a form so.
        if "transfer-encoding" not in headers and length.isdecimal() and int(length) <= _MOST_SENT:
            await self.app(scope, receive, send)
            return
        message = (
            f"what is sent here may have {_MOST_SENT:,} bytes and has to say how many (Content-Length); this "
            f"says {length if 'transfer-encoding' not in headers else 'nothing'}. Nothing was changed; send "
            "less at a time"
        )
        refusal = (
            JSONResponse({"error": message}, status_code=413)
            if scope["path"].startswith("/api")
            else PlainTextResponse(f"{message}\n", status_code=413)
        )
        await refusal(scope, receive, send)


class LoopbackOnly:
    """Answer only to this machine's own names."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            host = Headers(scope=scope).get("host", "")
            if _name_of(host) not in LOOPBACK:
                refusal = PlainTextResponse(
                    f"this ledger was asked for under the name {host!r}; it answers to 127.0.0.1 and "
                    "localhost only. Use one of these, or start it with a name and a password (--auth) to "
                    "use another.\n",
                    status_code=400,
                )
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _name_of(host: str) -> str:
    """Return the name in a Host header without its port: "::1" of "[::1]:8000"."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


class AskPassword:
    """Answer only those who give the name and the password (HTTP Basic)."""

    def __init__(self, app: ASGIApp, *, auth: tuple[str, str]) -> None:
        self.app = app
        self.auth = tuple(part.encode() for part in auth)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._knows(Headers(scope=scope).get("authorization", "")):
            refusal = PlainTextResponse(
                "this ledger asks for a name and a password: the ones it was started with (--auth).\n",
                status_code=401,
                headers={"WWW-Authenticate": 'Basic realm="Onrecord", charset="UTF-8"'},
            )
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _knows(self, header: str) -> bool:
        scheme, _, coded = header.partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            name, _, password = b64decode(coded, validate=True).partition(b":")
        except (NotBase64, ValueError):
            return False
        # Both are always compared, so that the time taken tells nothing about either.
        right_name = secrets.compare_digest(name, self.auth[0])
        return secrets.compare_digest(password, self.auth[1]) and right_name
