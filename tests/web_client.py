"""Asking the web application without a network: one request, one answer."""

import asyncio
from collections.abc import Mapping
from html import unescape
from re import sub
from typing import Any

import httpx
from fastapi import FastAPI

__all__ = ["ask", "text_of"]


def ask(
    app: FastAPI,
    path: str,
    *,
    host: str = "127.0.0.1:8000",
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
    body: bytes | None = None,
    json: Any = None,
) -> httpx.Response:
    """Return the answer to one request; redirects are not followed."""

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            given = {"host": host} | dict(headers or {})
            return await client.request(method, path, headers=given, auth=auth, content=body, json=json)

    return asyncio.run(go())


def text_of(html: str) -> str:
    """Return what a browser would show of HTML, roughly: no tags, entities undone, white space folded."""
    apart = sub(
        r"</?(?:article|br|dd|div|dl|dt|h\d|li|ol|p|td|th|tr|ul|blockquote|title|option)\b[^>]*>", " ", html
    )
    return " ".join(unescape(sub(r"<[^>]+>", "", apart)).split())
