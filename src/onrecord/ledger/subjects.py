"""What is on record about a subject: statements that name it, and those whose paragraph does.

"The region's status is fixed" names no region: the paragraph that it stands in does, or the one before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from sqlalchemy import Select, select

from onrecord.ledger.fulltext import cut_phrases
from onrecord.ledger.rows import blocks_of
from onrecord.ledger.schema import pages
from onrecord.ledger.search import search_entries
from onrecord.ledger.store import Ledger
from onrecord.people.fold import words_of
from onrecord.types import Block, Entry

__all__ = ["About", "Where", "find_about", "read_around"]

Where = Literal["said", "around"]
"""Where a subject is named: in what was said, or in the paragraph around it and the one before."""

AT_ONCE = 500  # statements looked through at a time
MOST = 20_000  # statements looked through for one subject
_POINTING = frozenset({"it", "this", "that", "these", "those", "they"})
_RUNNING = frozenset({"paragraph", "headline"})


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A statement about a subject, and where the subject is named. `around` are the words around it."""

    entry: Entry
    where: Where
    around: str


def find_about(
    ledger: Ledger,
    about: str,
    *,
    by: str | None = None,
    since: str | None = None,
    until: str | None = None,
    least: float | None = None,
    limit: int | None = None,
) -> list[About]:
    """Return the statements about a subject, newest first: those that hold all its words, or whose paragraph
    and the one before it do. Words in double quotes stand side by side; the rest is as in `search_entries`.

    At most MOST statements of pages that have the words are looked through.
    """
    return list(islice(_find(ledger, about, by=by, since=since, until=until, least=least), limit))


def _find(
    ledger: Ledger, about: str, *, by: str | None, since: str | None, until: str | None, least: float | None
) -> Iterator[About]:
    phrases = [tuple(words_of(phrase)) for phrase in cut_phrases(about)]
    for at in range(0, MOST, AT_ONCE):
        some = search_entries(
            ledger,
            by=by,
            about=about,
            on_page=True,
            since=since,
            until=until,
            least=least,
            limit=AT_ONCE,
            offset=at,
        )
        around = read_around(ledger, some)
        where = _find_where(some, around, phrases)
        yield from (
            About(entry=entry, where=where[entry.id], around=around[entry.id])
            for entry in some
            if entry.id in where
        )
        if len(some) < AT_ONCE:
            return


def _find_where(
    entries: Iterable[Entry], around: Mapping[str, str], phrases: Sequence[tuple[str, ...]]
) -> dict[str, Where]:
    """Return where each statement about the subject has it named. "It is fixed in law" is about whatever the
    statement right before by the same speaker was about."""
    found: dict[str, Where] = {}
    last: dict[str, Entry] = {}  # of each page the statement before
    for entry in sorted(entries, key=_place):
        said = words_of(" ".join(entry.content))
        before = last.get(entry.page.id)
        if _has_all(said, phrases):
            found[entry.id] = "said"
        elif _has_all(words_of(around[entry.id]), phrases) or (
            before is not None
            and before.id in found
            and before.speaker == entry.speaker
            and said[:1]
            and said[0] in _POINTING
        ):
            found[entry.id] = "around"
        last[entry.page.id] = entry
    return found


def _place(entry: Entry) -> tuple[str, int]:
    return entry.page.id, min((span.start for span in entry.spans.content), default=0)


def read_around(ledger: Ledger, entries: Iterable[Entry]) -> dict[str, str]:
    """Return for each statement, by its id, the text of its paragraph and of the one before."""
    by_page: dict[str, list[Entry]] = {}
    for entry in entries:
        by_page.setdefault(entry.page.id, []).append(entry)
    found: dict[str, str] = {}
    ids = sorted(by_page)
    with ledger.reading() as connection:
        for at in range(0, len(ids), AT_ONCE):
            query: Select[Any] = select(pages.c.id, pages.c.text, pages.c.blocks).where(
                pages.c.id.in_(ids[at : at + AT_ONCE])
            )
            for row in connection.execute(query):
                blocks = [block for block in blocks_of(row) if block.role in _RUNNING]
                for entry in by_page[row.id]:
                    found[entry.id] = _around(row.text, blocks, entry)
    return found


def _around(text: str, blocks: Sequence[Block], entry: Entry) -> str:
    spans = entry.spans.content or entry.spans.cue or entry.spans.source
    if not spans:
        return ""
    first, last = spans[0].start, spans[-1].end
    own = [at for at, block in enumerate(blocks) if block.span.start < last and first < block.span.end]
    if not own:
        return ""
    lines = [blocks[at] for at in own]
    before = blocks[own[0] - 1] if own[0] else None
    # A headline right above the first paragraph tells what the page is about, not the statement.
    if before is not None and before.role == lines[0].role == "paragraph":
        lines.insert(0, before)
    return "\n".join(line.span.of(text) for line in lines)


def _has_all(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> bool:
    return bool(phrases) and all(_has(words, phrase) for phrase in phrases)


def _has(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(tuple(words[at : at + size]) == phrase for at in range(len(words) - size + 1))
