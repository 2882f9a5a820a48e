"""Readers' comments for people: readers by number, since nobody asked them to be on record."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.types import Comment
from onrecord.views.terminal import Cell, count_of, dim, join

if TYPE_CHECKING:
    from onrecord.ledger.records import PageRecord
    from onrecord.page.readers import Naming

__all__ = ["WHY_NOT_HANDLES", "count_comments", "cover_page", "name_readers", "render_comments"]

WHY_NOT_HANDLES = (
    "Readers are shown by number: nobody asked them to be on record, and a handle leads to a person. "
    "The same number is another reader on another page."
)


def name_readers(record: "PageRecord") -> tuple["Naming", ...]:
    """Return where a page of the ledger names its readers."""
    if not any(block.role == "comment" for block in record.blocks):
        return ()
    from onrecord.page.readers import find_namings

    return find_namings(record.text, record.blocks, record.comments)


def cover_page(record: "PageRecord") -> "PageRecord":
    """Return a page whose text has readers' handles blacked out; its spans hold as before."""
    namings = name_readers(record)
    if not namings:
        return record
    from onrecord.page.readers import cover_handles

    return replace(record, text=cover_handles(record.text, namings))


def count_comments(record: "PageRecord") -> str | None:
    """Return how many comments a page has: "5 comments", or in how many lines when nothing parts them."""
    lines = sum(block.role == "comment" for block in record.blocks)
    if record.comments:
        return count_of(len(record.comments), "comment")
    return f"{count_of(lines, 'line')} of comments" if lines else None


def render_comments(record: "PageRecord", *, handles: bool) -> Iterator[tuple[Cell, Cell]]:
    """Yield the comments of a page as margin and words: who, when, how many liked it, then the text.

    The lines of a page whose comments nothing parts from one another come as they are.
    """
    from onrecord.page.readers import hide_handles

    namings = () if handles else name_readers(record)
    if not record.comments:
        for block in record.blocks:
            if block.role == "comment":
                yield dim("comment"), dim(hide_handles(record.text, block.span, namings))
        return
    for comment in record.comments:
        indent = "  " * min(comment.depth, 8)
        yield dim("comment"), join(indent, render_head(record.text, comment, handles=handles))
        for span in comment.text:
            yield "", dim(indent + hide_handles(record.text, span, namings))


def render_head(text: str, comment: Comment, *, handles: bool) -> str:
    """Return who wrote a comment, when, and how many liked it: "Reader 1, 2031-03-11, 2 likes"."""
    who = None if comment.reader is None else f"Reader {comment.reader}"
    if handles and comment.handle is not None:
        who = comment.handle.of(text)
    when = comment.posted or (comment.time.of(text) if comment.time else None)
    liked = None if comment.likes is None else count_of(comment.likes, "like")
    return ", ".join(part for part in (who or "a reader", when, liked) if part)
