"""Which pages may hold a quotation: asked of the text index, so that a check reads few pages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from sqlalchemy import Connection, func, select

from onrecord.checks.wording import Word
from onrecord.ledger.comments import read_comments
from onrecord.ledger.fulltext import entries_with, pages_of_word, pages_with, rarest
from onrecord.ledger.rows import blocks_of, entry_from_row, page_from_row, select_entries, select_pages
from onrecord.ledger.schema import entries, pages
from onrecord.types import Block, Comment, Entry, EntryPage

__all__ = ["PageText", "find_pages", "find_pages_like", "weigh"]

_MOST_PAGES = 200
_MOST_LIKE = 60
_RARE_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A page as far as a quotation is looked for in it."""

    page: EntryPage
    text: str
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    comments: tuple[Comment, ...]


def find_pages(connection: Connection, parts: Sequence[Sequence[Word]]) -> Iterator[PageText]:
    """Yield the pages on which every part stands as a phrase, in the text or in what a statement quotes."""
    phrases = " ".join('"' + " ".join(word.key for word in part) + '"' for part in parts)
    in_text = select(pages.c.n).where(pages_with(connection, phrases))
    in_entry = (
        select(pages.c.n)
        .join(entries, entries.c.page_id == pages.c.id)
        .where(entries_with(connection, phrases, content_only=True))
    )
    # Two questions, because one with OR makes the database read every page.
    newest = (query.order_by(pages.c.n.desc()).limit(_MOST_PAGES) for query in (in_text, in_entry))
    numbers = {n for query in newest for n in connection.execute(query).scalars()}
    yield from _read(connection, numbers)


def find_pages_like(connection: Connection, words: Iterable[str]) -> Iterator[PageText]:
    """Yield the pages that have the most of the rarest words; a word weighs more the fewer pages have it."""
    total = _count(connection)
    score: Counter[int] = Counter()
    for word, often in rarest(connection, words)[:_RARE_WORDS]:
        for n in pages_of_word(connection, word):
            score[n] += round(1000 * _weight(often, total))
    best = [n for n, _ in score.most_common(_MOST_LIKE)]
    yield from _read(connection, best)


def weigh(connection: Connection, words: Sequence[str]) -> list[float]:
    """Return how much each word tells: more, the fewer pages have it."""
    total = _count(connection)
    often = dict(rarest(connection, words))
    return [_weight(often.get(word, 0), total) for word in words]


def _weight(often: int, total: int) -> float:
    return max(0.1, log((total + 1) / (often + 0.5)))


def _count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(pages)).scalar_one())


def _read(connection: Connection, numbers: Iterable[int]) -> Iterator[PageText]:
    query = select_pages().add_columns(pages.c.text, pages.c.blocks).where(pages.c.n.in_(list(numbers)))
    for row in connection.execute(query.order_by(pages.c.n.desc())).all():
        yield PageText(
            page=page_from_row(row),
            text=row.text,
            blocks=blocks_of(row),
            entries=tuple(_entries(connection, row.page_id)),
            comments=read_comments(connection, row.page_id),
        )


def _entries(connection: Connection, page_id: str) -> Iterator[Entry]:
    query = select_entries().where(entries.c.page_id == page_id).order_by(entries.c.seq)
    yield from (entry_from_row(row) for row in connection.execute(query))
