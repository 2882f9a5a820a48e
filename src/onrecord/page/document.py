"""Documents that are no web pages as pages: their paragraphs as lines, each with its role.

What a document is made of is told by `documents`; the same bytes and part give the same text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from onrecord.documents import Document, Mail, find_document, part_of
from onrecord.types import Block, Capture, Found, Head, Page, Place, Problem, Role, Span

__all__ = ["is_document", "read_document"]

ReadBody = Callable[[Capture], tuple[Page, tuple[Problem, ...]]]
"""How the body of a mail is read: as the page of text or HTML that it is."""

GONE = "document-0"  # of bytes that no reader makes a document of any more


def is_document(capture: Capture) -> bool:
    """Tell a capture that `documents` reads: no page of the web, or one article of several."""
    return (
        capture.media_type not in ("text/html", "text/plain") or part_of(capture.payload_digest) is not None
    )


def read_document(
    capture: Capture,
    role_text: Callable[[Sequence[str]], list[Role]],
    read_body: ReadBody,
    given: Document | None = None,
) -> tuple[Page, tuple[str, ...]]:
    """Return the page of a document, and what was wrong with it; `given` is the document where it was found
    in the bytes before."""
    document = given or find_document(capture)
    if isinstance(document, str):
        page = Page(payload_digest=capture.payload_digest, text="", text_version=GONE, blocks=())
        return page, (document,)
    made = _make(document, role_text)
    text, blocks, head, version = made.text, made.blocks, Head(), document.version
    messages = document.messages
    if document.mail is not None:
        body, trouble = _read_mail(capture, document.mail, read_body)
        messages = (*messages, *(one.message for one in trouble))
        shift = len(text) + 1 if text else 0
        text = f"{text}\n{body.text}" if text else body.text
        blocks = (*blocks, *_under(body.blocks, shift))
        head = _moved(body.head, shift)
        version = f"{version}+{body.text_version}"
    return Page(
        payload_digest=capture.payload_digest,
        text=text,
        text_version=version,
        blocks=blocks,
        head=replace(head, stated=tuple(_state(document, made))),
        encoding=None,
        places=made.places,
    ), messages


@dataclass(frozen=True, slots=True)
class _Made:
    """The text of a document, with where its paragraphs and its printed lines stand."""

    text: str
    blocks: tuple[Block, ...]
    places: tuple[Place, ...]


def _make(document: Document, role_text: Callable[[Sequence[str]], list[Role]]) -> _Made:
    spans, at = list[Span](), 0
    for paragraph in document.paragraphs:
        spans.append(Span(at, at + len(paragraph.text)))
        at += len(paragraph.text) + 1
    roles = _roles(document, role_text)
    return _Made(
        text="\n".join(paragraph.text for paragraph in document.paragraphs),
        blocks=tuple(Block(span=span, role=role) for span, role in zip(spans, roles, strict=True)),
        places=tuple(
            replace(place, span=Span(place.span.start + span.start, place.span.end + span.start))
            for paragraph, span in zip(document.paragraphs, spans, strict=True)
            for place in paragraph.places
        ),
    )


def _roles(document: Document, role_text: Callable[[Sequence[str]], list[Role]]) -> list[Role]:
    """Return the role of each paragraph: as its layout tells it, else as that of a line of text."""
    told = [paragraph.role for paragraph in document.paragraphs]
    open_at = [at for at, role in enumerate(told) if role is None]
    guessed = (
        dict(zip(open_at, role_text([document.paragraphs[at].text for at in open_at]), strict=True))
        if open_at
        else {}
    )
    headed = "headline" in told
    roles: list[Role] = []
    for at, role in enumerate(told):
        one = role or guessed[at]
        # A document has one headline, and no readers who comment on it.
        if role is None and (one == "comment" or (headed and one == "headline")):
            one = "paragraph" if one == "comment" else "other"
        roles.append(one)
    return roles


def _read_mail(capture: Capture, mail: Mail, read_body: ReadBody) -> tuple[Page, tuple[Problem, ...]]:
    """Read the body of a mail as the page of text or HTML that it is."""
    inner = Capture(
        payload=mail.payload,
        payload_digest=capture.payload_digest.partition("#")[0],
        place=capture.place,
        media_type="text/html" if mail.media_type == "text/html" else "text/plain",
        charset=mail.charset,
    )
    return read_body(inner)


def _under(blocks: Sequence[Block], shift: int) -> tuple[Block, ...]:
    """Return the blocks of a body that stands under the heads of its mail: the subject is the headline."""
    return tuple(
        replace(
            block,
            span=_shifted(block.span, shift),
            role="paragraph"
            if block.role == "comment"
            else "other"
            if block.role == "headline"
            else block.role,
            depth=0,
        )
        for block in blocks
    )


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _moved(head: Head, by: int) -> Head:
    """Return the head of a body whose text stands further down. A newsletter's own title is the program's."""
    times = tuple((value, span and _shifted(span, by)) for value, span in head.times)
    return replace(head, times=times, title=None)


def _state(document: Document, made: _Made) -> list[tuple[str, Found]]:
    found = []
    for stated in document.stated:
        span = None
        if stated.line is not None and stated.line < len(made.blocks):
            within = made.blocks[stated.line].span
            at = made.text.find(stated.words, within.start, within.end)
            span = Span(at, at + len(stated.words)) if at >= 0 else None
        found.append((stated.name, Found(value=stated.words, known="printed", where=stated.where, span=span)))
    return found
