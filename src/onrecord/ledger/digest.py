"""Permanent names: the same bytes, walk and spans always get the same id, on any machine."""

from collections.abc import Iterable
from hashlib import sha256

from onrecord.types import Span

__all__ = ["change_id", "entry_id", "page_id"]


def page_id(digest: str, text_version: str) -> str:
    """Return the id of a page: "p" and 16 hex digits of its payload digest and the version of its text."""
    return "p" + sha256(f"{digest} {text_version}".encode()).hexdigest()[:16]


def entry_id(digest: str, text_version: str, content: Iterable[Span], cue: Iterable[Span]) -> str:
    """Return the id of a statement: "s" and 16 hex digits of payload digest, text version and content spans.

    A refused comment may have no content; it is named by its cue.
    """
    spans = tuple(content)
    what, where = ("content", spans) if spans else ("cue", tuple(cue))
    places = " ".join(f"{start}-{end}" for start, end in where)
    return "s" + sha256(f"{digest} {text_version} {what} {places}".encode()).hexdigest()[:16]


def change_id(one: tuple[str, str | None], other: tuple[str, str | None]) -> str:
    """Return the id of what became of a statement in two versions: "c" and 16 hex digits of both pages, each
    with the statement on it or None. It is no matter which version came first."""
    pages = sorted(f"{page} {entry or '-'}" for page, entry in (one, other))
    return "c" + sha256("\n".join(pages).encode()).hexdigest()[:16]
