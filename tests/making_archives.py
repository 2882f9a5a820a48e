"""Web archives made by hand for tests: records of our own writing, put together byte by byte."""

import gzip
from collections.abc import Iterable

from making import html_page

__all__ = ["news_page", "news_records", "pack", "record", "response"]


def record(
    block: bytes,
    *,
    kind: str = "response",
    uri: str | None = "https://harbour.example/a",
    date: str = "2025-05-16T09:30:00Z",
    content_type: str = "application/http; msgtype=response",
    extra: str = "",
) -> bytes:
    """Return one WARC record."""
    address = f"WARC-Target-URI: {uri}\r\n" if uri else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{address}WARC-Date: {date}\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n{extra}\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(
    body: bytes,
    *,
    uri: str = "https://harbour.example/a",
    status: str = "200 OK",
    content_type: str | None = "text/html; charset=utf-8",
    headers: str = "",
    extra: str = "",
) -> bytes:
    """Return a WARC record of a web server's answer."""
    kind = f"Content-Type: {content_type}\r\n" if content_type else ""
    return record(f"HTTP/1.1 {status}\r\n{kind}{headers}\r\n".encode() + body, uri=uri, extra=extra)


def news_page(number: int) -> str:
    """Return a page of the invented event, different for every number, with one thing said on it."""
    return html_page(
        f"“Pump {number} will run again by Monday,” spokeswoman Mara Ostrey said on Friday.",
        "The ministry of water did not say what the repair would cost, and the Selm valley waits since May.",
        headline=f"Pump {number} in the Selm valley to run again",
        head='<meta property="article:published_time" content="2025-05-16T08:00:00Z">',
    )


def news_records(numbers: Iterable[int]) -> list[bytes]:
    """Return one record for each of these pages."""
    return [response(news_page(n).encode(), uri=f"https://harbour.example/pump/{n}") for n in numbers]


def pack(records: Iterable[bytes]) -> bytes:
    """Compress each record as a piece of its own, as archives do."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
