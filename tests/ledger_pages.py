"""Captures and readings made by hand, so that a test of the ledger shows what it puts in."""

from atexit import register
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

from making import make_capture

from onrecord.ledger import Ledger, open_ledger
from onrecord.types import (
    Article,
    Block,
    Capture,
    Found,
    Kind,
    Page,
    Reading,
    Relay,
    Role,
    Span,
    Speaker,
    SpeakerType,
    Statement,
    When,
)

__all__ = ["make_reading", "new_ledger", "put_ledger", "say"]


def say(
    text: str,
    *content: str,
    kind: Kind = "direct",
    who: str | None = None,
    cue: str | None = None,
    name: str | None = None,
    type: SpeakerType = "person",
    role: str | None = None,
    when: When | None = None,
    via: Sequence[str] = (),
) -> Statement:
    """Return a statement whose words stand in this text; the first place of each is meant."""
    return Statement(
        kind=kind,
        source=_spans(text, who),
        cue=_spans(text, cue),
        content=_spans(text, *content),
        speaker=Speaker(name=name, type=type, role=role) if name else None,
        said_on=when,
        via=tuple(Relay(name=one, span=_spans(text, one)[0]) for one in via),
    )


def make_reading(
    lines: Sequence[tuple[Role, str]],
    statements: Iterable[Statement] = (),
    *,
    uri: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    captured_at: str | None = None,
) -> tuple[Capture, Reading]:
    """Return a capture and its reading, from lines with their roles."""
    text = "\n".join(words for _, words in lines)
    blocks, at = [], 0
    for role, words in lines:
        blocks.append(Block(span=Span(at, at + len(words)), role=role))
        at += len(words) + 1
    capture = make_capture(text, uri=uri, captured_at=captured_at, place=f"saved/{uri or len(text)}")
    article = Article(
        headline=_found(next((words for role, words in lines if role == "headline"), None)),
        outlet=_found(outlet),
        published=_found(published),
        body=tuple(block for block in blocks if block.role in ("headline", "paragraph")),
    )
    digest = capture.payload_digest
    page = Page(
        payload_digest=digest, text=text, text_version="text-1", blocks=tuple(blocks), encoding="utf-8"
    )
    return capture, Reading(page=page, article=article, statements=tuple(statements), problems=())


def new_ledger(folder: Path | str) -> Ledger:
    """Return a new ledger, open for writing."""
    put_ledger(Path(folder))
    return open_ledger(folder, write=True)


def put_ledger(folder: Path) -> None:
    """Put an empty ledger into a folder: a copy, because making the tables takes longer than most tests."""
    copytree(_empty(), folder, dirs_exist_ok=True)


@cache
def _empty() -> Path:
    folder = Path(mkdtemp(prefix="onrecord-test-"))
    open_ledger(folder, create=True).close()
    register(rmtree, folder)
    return folder


def _spans(text: str, *words: str | None) -> tuple[Span, ...]:
    return tuple(Span(text.index(one), text.index(one) + len(one)) for one in words if one is not None)


def _found(value: str | None) -> Found | None:
    return None if value is None else Found(value=value, known="printed", where="text")
