"""Values made by hand for tests, so that each test shows only what it is about."""

from hashlib import sha256
from typing import Literal

from onrecord.article import Anchor
from onrecord.statements.text.document import Document, read_document
from onrecord.types import Block, Capture, Span

__all__ = ["html_page", "make_capture", "make_document", "news_page"]


def make_capture(
    content: str | bytes,
    *,
    uri: str | None = None,
    captured_at: str | None = None,
    published: str | None = None,
    media_type: Literal["text/html", "text/plain"] | None = None,
    charset: str | None = None,
    place: str = "made-in-a-test",
) -> Capture:
    """Return a capture of this text. It is HTML where it opens with "<", plain text otherwise."""
    payload = content.encode("utf-8") if isinstance(content, str) else content
    looks_html = payload.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return Capture(
        payload=payload,
        payload_digest="sha256:" + sha256(payload).hexdigest(),
        place=place,
        media_type=media_type or ("text/html" if looks_html else "text/plain"),
        uri=uri,
        charset=charset,
        captured_at=captured_at,
        published=published,
    )


def html_page(*paragraphs: str, headline: str = "A headline", head: str = "", lang: str = "en") -> str:
    """Return the plainest article page there can be: a headline and these paragraphs."""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html>\n<html lang="{lang}">\n'
        f'<head><meta charset="utf-8"><title>{headline}</title>{head}</head>\n'
        f"<body><article><h1>{headline}</h1>\n{body}\n</article></body></html>\n"
    )


def news_page(*paragraphs: str, headline: str, outlet: str, day: str) -> str:
    """Return an article page that tells whose it is and its day."""
    head = (
        f'<meta property="og:site_name" content="{outlet}">'
        f'<meta property="article:published_time" content="{day}T09:00:00Z">'
    )
    return html_page(*paragraphs, headline=headline, head=head)


def make_document(*paragraphs: str, anchor: Anchor | None = None) -> Document:
    """Return an article of these paragraphs, as the rules of statements see it."""
    text = "\n".join(paragraphs)
    blocks, start = [], 0
    for words in paragraphs:
        blocks.append(Block(span=Span(start, start + len(words)), role="paragraph"))
        start += len(words) + 1
    return read_document(text, blocks, anchor)[0]
