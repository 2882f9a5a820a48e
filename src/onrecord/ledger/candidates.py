"""Which pages may hold a quotation: asked of the text index, so that a check reads few pages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log

from sqlalchemy import Connection, func, select

from onrecord.checks.passages import PageText
from onrecord.checks.question import Question
from onrecord.checks.words import is_stable
from onrecord.ledger.comments import read_comments
from onrecord.ledger.fulltext import entries_with, pages_of_word, pages_with, rarest
from onrecord.ledger.rows import blocks_of, entry_from_row, page_from_row, select_entries, select_pages
from onrecord.ledger.schema import entries, pages
from onrecord.types import Entry

__all__ = ["count_pages", "find_pages", "find_pages_like", "weigh"]

_MOST_PAGES = 200
_MOST_LIKE = 60
_RARE_WORDS = 8
_MOST_IDS = 500  # speakers whom one name fits; a database takes only so many at once


def find_pages(connection: Connection, question: Question) -> Iterator[PageText]:
    """Yield the pages on which all parts may stand, in the text or in what a statement quotes.

    Of very many the newest, and of those with a statement by the speaker asked for the newest beside them.
    """
    phrases = " ".join(f'"{phrase}"' for phrase in _phrases(question))
    if not phrases:
        return
    in_text = select(pages.c.n).where(pages_with(connection, phrases))
    in_entry = (
        select(pages.c.n)
        .join(entries, entries.c.page_id == pages.c.id)
        .where(entries_with(connection, phrases, content_only=True))
    )
    asked = [in_text, in_entry]
    if question.by_ids:
        spoke = select(entries.c.page_id).where(entries.c.speaker_id.in_(sorted(question.by_ids)[:_MOST_IDS]))
        asked.append(in_text.where(pages.c.id.in_(spoke)))
    # Several questions, because one with OR makes the database read every page.
    newest = (query.order_by(pages.c.n.desc()).limit(_MOST_PAGES) for query in asked)
    numbers = {n for query in newest for n in connection.execute(query).scalars()}
    yield from _read(connection, numbers)


def _phrases(question: Question) -> Iterator[str]:
    """Yield the runs of asked words that stand side by side on every page that has the quotation.

    Words that can be written in several ways are left out, and at every sign a run ends: there a cue may
    stand.
    """
    for part in question.parts:
        run: list[str] = []
        for n, word in enumerate(part):
            gap = question.words[part[n - 1].end : word.start] if n else ""
            stable = is_stable(question.words, word)
            if run and (not stable or not gap.isspace()):
                yield " ".join(run)
                run = []
            if stable:
                run.append(word.key)
        if run:
            yield " ".join(run)


def find_pages_like(connection: Connection, words: Iterable[str]) -> Iterator[PageText]:
    """Yield the pages that have the most of the rarest words; a word weighs more the fewer pages have it."""
    total = count_pages(connection)
    score: Counter[int] = Counter()
    for word, often in rarest(connection, words)[:_RARE_WORDS]:
        for n in pages_of_word(connection, word):
            score[n] += round(1000 * _weight(often, total))
    best = [n for n, _ in score.most_common(_MOST_LIKE)]
    yield from _read(connection, best)


def weigh(connection: Connection, words: Sequence[str]) -> list[float]:
    """Return how much each word tells: more, the fewer pages have it."""
    total = count_pages(connection)
    often = dict(rarest(connection, words))
    return [_weight(often.get(word, 1), total) for word in words]


def _weight(often: int, total: int) -> float:
    return max(0.1, log((total + 1) / (often + 0.5)))


def count_pages(connection: Connection) -> int:
    """Return how many pages the ledger holds."""
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
