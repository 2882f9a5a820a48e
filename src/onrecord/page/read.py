"""One capture in, its page out: the text of record, cut into blocks with their roles."""

import re
from dataclasses import replace

from onrecord.documents import Document
from onrecord.page.comments import find_comments
from onrecord.page.decode import decode, is_read_anew
from onrecord.page.document import is_document, read_document
from onrecord.page.elements import BLOCK
from onrecord.page.limits import MAX_BYTES, cut_payload, cut_text
from onrecord.page.lines import Walk
from onrecord.page.markdown import read_markdown
from onrecord.page.roles import role_html, role_text
from onrecord.page.shown import show_html
from onrecord.page.text_heads import read_text_head, role_labels
from onrecord.page.told import find_body
from onrecord.types import Block, Capture, Comment, Head, Page, Problem, Span

__all__ = ["article_text", "read_page"]

TEXT_VERSION = "text-1"
MARKDOWN_VERSION = "markdown-1"
# What a version has behind it where a page's bytes are read otherwise than they were: encodings that were not
# found, and files in a long page's source that took the room of its words.
ANEW, LEAN = "-anew", "-lean"
# A text dump prints an answer to a comment as a list inside the numbered one.
REPLY = "•◦▪‣"
LINE = re.compile(r"[^\n]+")

Read = tuple[str, str, tuple[Block, ...], tuple[Comment, ...], Head, tuple[str, ...]]
"""A page's text and its version, its blocks, its readers' comments, what its head says, and what was wrong
with it."""


def read_page(capture: Capture, document: Document | None = None) -> tuple[Page, tuple[Problem, ...]]:
    """Turn a capture into its text of record and blocks, and tell what was wrong with it."""
    if is_document(capture):
        return read_held(capture, document)
    payload, cut = cut_payload(capture.payload)
    source, encoding, trouble = decode(payload, capture.charset, capture.media_type)
    read = read_html if capture.media_type == "text/html" else read_text
    text, version, blocks, comments, head, messages = read(source)
    if is_read_anew(payload, capture.charset, capture.media_type, encoding):
        version += ANEW
    if len(payload) < min(len(capture.payload), MAX_BYTES):
        version += LEAN
    if not blocks:
        messages = (*messages, "no text: the page shows no words, so nothing could be read from it")
    page = Page(
        payload_digest=capture.payload_digest,
        text=text,
        text_version=version,
        blocks=blocks,
        head=head,
        encoding=encoding,
        comments=comments,
    )
    messages = (cut, *messages) if cut else messages
    placed = (replace(one, place=capture.place, payload_digest=capture.payload_digest) for one in trouble)
    return page, (*placed, *(note(capture, message) for message in messages))


def read_held(capture: Capture, document: Document | None = None) -> tuple[Page, tuple[Problem, ...]]:
    """Read a document that is no web page: an article of an export, a PDF, a mail."""
    page, messages = read_document(capture, role_text, read_page, document)
    text, cut = cut_text(page.text)
    if cut:
        blocks = tuple(block for block in page.blocks if block.span.end <= len(text))
        places = tuple(place for place in page.places if place.span.end <= len(text))
        page, messages = replace(page, text=text, blocks=blocks, places=places), (*messages, cut)
    return page, tuple(note(capture, message) for message in messages)


def note(capture: Capture, message: str) -> Problem:
    return Problem(stage="page", message=message, place=capture.place, payload_digest=capture.payload_digest)


def read_html(source: str) -> Read:
    """Read an HTML page: parse it within limits, walk what it shows, then tell the lines' roles."""
    walk, head, version, messages = show_html(source)
    roles = role_html(walk, list_titles(head), find_body(head.json_ld))
    blocks = tuple(
        Block(span=line.span, role=role, tag=block_tag(walk, line.element), depth=depth)
        for line, (role, depth) in zip(walk.lines, roles, strict=True)
    )
    return walk.text, version, blocks, find_comments(walk.text, blocks, walk, head.json_ld), head, messages


def list_titles(head: Head) -> tuple[str, ...]:
    """Return what the page calls itself, in its head."""
    named = [
        content for name, content in head.meta if name in ("og:title", "twitter:title", "headline", "title")
    ]
    return tuple(title for title in (*named, head.title) if title)


def block_tag(walk: Walk, at: int) -> str:
    """Return the tag of the block element that made a line."""
    while walk.elements[at].tag not in BLOCK and walk.elements[at].parent >= 0:
        at = walk.elements[at].parent
    return walk.elements[at].tag


def read_text(source: str) -> Read:
    """Read plain text: it is its own text of record, every line with words in it a block."""
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    if (page := read_markdown(text)) is not None:
        text, _, blocks, comments, head, messages = read_html(page)
        return text, MARKDOWN_VERSION, blocks, comments, head, messages
    text, cut = cut_text(text)
    spans = find_lines(text)
    roles = role_labels(text, spans, role_text(list_lines(text, spans)))
    blocks = tuple(
        Block(span=span, role=role, depth=int(role == "comment" and text[span.start] in REPLY))
        for span, role in zip(spans, roles, strict=True)
    )
    return (
        text,
        TEXT_VERSION,
        blocks,
        find_comments(text, blocks),
        read_text_head(text),
        (cut,) if cut else (),
    )


def find_lines(text: str) -> list[Span]:
    """Find the lines of a text that have words, without the white space around them."""
    return [span for line in LINE.finditer(text) if (span := strip(line.start(), line[0])) is not None]


def list_lines(text: str, spans: list[Span]) -> list[str]:
    """Return the lines with the white space before them: what is indented may be an answer."""
    return [text[text.rfind("\n", 0, span.start) + 1 : span.end] for span in spans]


def strip(start: int, line: str) -> Span | None:
    """Return the span of a line without the white space around it; None when nothing is left."""
    words = line.strip()
    if not words:
        return None
    at = start + len(line) - len(line.lstrip())
    return Span(at, at + len(words))


def article_text(page: Page) -> str:
    """Return the article's own paragraphs, one a line, without headline, comments and furniture."""
    return "\n".join(block.span.of(page.text) for block in page.blocks if block.role == "paragraph")
