"""Readers' comments in the ledger: kept as spans, shown with readers by number unless asked otherwise."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select

from onrecord.ledger.lookup import find_page_id
from onrecord.ledger.records import CommentRecord, CommentSpans
from onrecord.ledger.rows import blocks_of, page_from_row, select_pages, to_json
from onrecord.ledger.schema import comments, pages
from onrecord.ledger.store import Ledger
from onrecord.types import Block, Comment, EntryPage

__all__ = [
    "comment_from_row",
    "comment_rows",
    "insert_comments",
    "iter_comments",
    "list_comments",
    "read_comments",
    "show_comments",
]

_spans = msgspec.json.Decoder(CommentSpans)
_GROUP = 200


def comment_rows(page_id: str, found: Iterable[Comment]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a page's comments. Only spans and numbers are in them: no handle, no words."""
    for comment in found:
        spans = CommentSpans(handle=comment.handle, time=comment.time, text=comment.text)
        yield {
            "page_id": page_id,
            "seq": comment.order,
            "parent": comment.parent,
            "depth": comment.depth,
            "reader": comment.reader,
            "posted": comment.posted,
            "likes": comment.likes,
            "spans": to_json(spans),
        }


def comment_from_row(row: Any) -> Comment:
    """Return a comment from its row."""
    spans = _spans.decode(row.spans)
    return Comment(
        order=row.seq,
        parent=row.parent,
        depth=row.depth,
        reader=row.reader,
        posted=row.posted,
        likes=row.likes,
        handle=spans.handle,
        time=spans.time,
        text=spans.text,
    )


def insert_comments(connection: Connection, page_id: str, found: Sequence[Comment]) -> None:
    """Put a new page's comments on record, in the transaction that is open."""
    if found:
        connection.execute(insert(comments), list(comment_rows(page_id, found)))


def read_comments(connection: Connection, page_id: str) -> tuple[Comment, ...]:
    """Return the comments of a page, in the page's order."""
    query = select(comments).where(comments.c.page_id == page_id).order_by(comments.c.seq)
    return tuple(map(comment_from_row, connection.execute(query)))


def list_comments(ledger: Ledger, asked: str, *, handles: bool = False) -> list[CommentRecord]:
    """Return the readers' comments of a page (its id, address or place), with readers by number.

    `handles` gives the names they go by, and their words as printed.
    """
    with ledger.reading() as connection:
        page_id = find_page_id(connection, asked)
        query = _select_texts().where(pages.c.id == page_id)
        return list(_of_page(connection, connection.execute(query).one(), handles))


def iter_comments(ledger: Ledger, *, handles: bool = False) -> Iterator[CommentRecord]:
    """Yield the readers' comments of all pages, page by page in the order of adding."""
    last = 0
    with ledger.reading() as connection:
        commented = select(comments.c.page_id).distinct()
        query = _select_texts().add_columns(pages.c.n).where(pages.c.id.in_(commented)).order_by(pages.c.n)
        while rows := connection.execute(query.where(pages.c.n > last).limit(_GROUP)).all():
            for row in rows:
                yield from _of_page(connection, row, handles)
            last = rows[-1].n


def _select_texts() -> Any:
    return select_pages().add_columns(pages.c.text, pages.c.blocks)


def _of_page(connection: Connection, row: Row[Any], handles: bool) -> Iterator[CommentRecord]:
    found = read_comments(connection, row.page_id)
    yield from show_comments(page_from_row(row), row.text, blocks_of(row), found, handles=handles)


def show_comments(
    page: EntryPage, text: str, blocks: Sequence[Block], found: Sequence[Comment], *, handles: bool = False
) -> Iterator[CommentRecord]:
    """Yield a page's comments with their words; `handle` is None unless handles are asked for."""
    # A ledger is opened and searched without the readers of pages in memory.
    from onrecord.page.readers import find_namings, hide_handles

    namings = () if handles or not found else find_namings(text, blocks, found)
    for comment in found:
        yield CommentRecord(
            page=page,
            order=comment.order,
            parent=comment.parent,
            depth=comment.depth,
            reader=None if comment.reader is None else f"Reader {comment.reader}",
            handle=comment.handle.of(text) if handles and comment.handle else None,
            time=comment.time.of(text) if comment.time else None,
            posted=comment.posted,
            likes=comment.likes,
            text=tuple(hide_handles(text, span, namings) for span in comment.text),
            spans=CommentSpans(handle=comment.handle, time=comment.time, text=comment.text),
        )
