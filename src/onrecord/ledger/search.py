"""What was said: entries by words, speaker, subject, time and place."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select

from onrecord.checks.articles import statement_key
from onrecord.errors import BadRequest, NotFound
from onrecord.ledger.fulltext import entries_with, pages_with
from onrecord.ledger.lookup import find_page_id, find_speaker_ids, near_names
from onrecord.ledger.rows import entry_from_row, is_filed_from, select_entries
from onrecord.ledger.schema import article_pages, entries, joint_speakers, pages, stories, story_pages
from onrecord.ledger.store import Ledger
from onrecord.people.fold import words_of
from onrecord.types import Entry, Kind

__all__ = ["check_day", "find_again", "get_entry", "iter_entries", "search_entries", "select_headed"]

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


def search_entries(
    ledger: Ledger,
    words: str | None = None,
    *,
    by: str | None = None,
    about: str | None = None,
    on_page: bool = False,
    since: str | None = None,
    until: str | None = None,
    kind: Kind | None = None,
    least: float | None = None,
    outlet: str | None = None,
    story: str | None = None,
    page: str | None = None,
    filed_from: Collection[str] | None = None,
    fold: bool = False,
    limit: int | None = 100,
    offset: int = 0,
) -> list[Entry]:
    """Return what was said, newest first: entries that hold all the words and pass every filter.

    `words` are looked for in content, source and speaker; words in double quotes stand side by side. `by` is
    any printed name of a speaker, or the last name. `about` looks in the content, the page's headline and the
    story's title; with `on_page` in the content and the page's whole text. `since` and `until` are days,
    months or years ("2022-11"), both included, of the day of saying, else of publication. `least` keeps
    entries whose confidence is at least so high, from 0 to 1; entries without a confidence are then left out,
    but for those that a person has corrected. `filed_from` are places of filing as pages print them
    (`list_filed_from`), of which the page has one. With `fold`, what several versions of a page say in the
    same words is listed once; `find_again` tells where else it stands.
    """
    if (limit is not None and limit < 0) or offset < 0:
        raise BadRequest(f"a limit of {limit} from {offset} makes no sense; both must be 0 or more")
    if least is not None and not 0 <= least <= 1:  # NaN is not either
        raise BadRequest(f"least {least} is not from 0 to 1; write how sure at least: 0.8")
    with ledger.reading() as connection:
        wanted: list[ColumnElement[bool]] = []
        if words is not None and words.strip():
            wanted.append(entries_with(connection, words))
        if by is not None and by.strip():
            wanted.append(_by(connection, by))
        if about is not None and about.strip():
            wanted.append(_on_page(connection, about) if on_page else _about(connection, about))
        wanted += _days(since, until)
        if kind is not None:
            wanted.append(entries.c.kind == kind)
        if least is not None:
            # Where a person said who spoke, or what, the program's figure is gone and theirs counts.
            person = and_(entries.c.confidence.is_(None), entries.c.read.is_not(None))
            wanted.append(or_(entries.c.confidence >= least, person))
        if outlet is not None:
            wanted.append(func.lower(pages.c.outlet) == outlet.lower())
        if story is not None:
            wanted.append(story_pages.c.story_id == story)
        if page is not None:
            wanted.append(entries.c.page_id == find_page_id(connection, page))
        if filed_from is not None:
            wanted.append(is_filed_from(filed_from))
        query = _newest_first(select_entries().where(*wanted))
        if fold:
            return list(islice(_folded(connection, query, offset), limit))
        return [entry_from_row(row) for row in connection.execute(query.limit(limit).offset(offset))]


def find_again(ledger: Ledger, said: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Return for statements, by id, the same words as other versions of their pages have them."""
    versioned = [entry for entry in said if entry.page.article]
    found: dict[str, list[Entry]] = {}
    with ledger.reading() as connection:
        ids = sorted({entry.page.article for entry in versioned if entry.page.article})
        for at in range(0, len(ids), 500):
            inside = select(article_pages.c.page_id).where(article_pages.c.article_id.in_(ids[at : at + 500]))
            query = select_entries().where(entries.c.page_id.in_(inside)).order_by(pages.c.n, entries.c.seq)
            for entry in map(entry_from_row, connection.execute(query)):
                found.setdefault(entry.page.article or "", []).append(entry)
    return {
        entry.id: again
        for entry in versioned
        if (again := _same_elsewhere(entry, found.get(entry.page.article or "", ())))
    }


def _same_elsewhere(entry: Entry, others: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return of each other version the first statement of the same words."""
    key = statement_key(entry)
    again: dict[str, Entry] = {}
    for other in others:
        if other.page.id != entry.page.id and statement_key(other) == key:
            again.setdefault(other.page.id, other)
    return tuple(again.values())


def _folded(connection: Connection, query: Select[Any], offset: int) -> Iterator[Entry]:
    """Yield entries, but once each that several versions of a page have in the same words; skip the first."""
    first: dict[tuple[str, ...], str] = {}  # the page that each was met on first
    for row in connection.execute(query, execution_options={"yield_per": 200}):
        entry = None
        if row.article_id is not None:
            entry = entry_from_row(row)
            # Two statements of one page are two, whatever their words.
            if first.setdefault((row.article_id, *statement_key(entry)), entry.page.id) != entry.page.id:
                continue
        if offset:
            offset -= 1
        else:
            yield entry or entry_from_row(row)


def get_entry(ledger: Ledger, id: str) -> Entry:
    """Return one entry by its permanent id."""
    with ledger.reading() as connection:
        row = connection.execute(select_entries(hidden=True).where(entries.c.id == id)).first()
    if row is not None and row.hidden:
        raise NotFound(
            f"somebody decided that {id!r} is no statement (review {row.review_id}); `onrecord page "
            f"{row.page_id}` shows it, `onrecord review undo {row.review_id}` takes the decision back"
        )
    if row is None:
        raise NotFound(f"no entry has the id {id!r}; `onrecord said` lists entries with their ids")
    return entry_from_row(row)


def iter_entries(ledger: Ledger) -> Iterator[Entry]:
    """Yield every entry of the ledger, in the order in which they were added."""
    with ledger.reading() as connection:
        query = select_entries().order_by(entries.c.n)
        for row in connection.execution_options(yield_per=1000).execute(query):
            yield entry_from_row(row)


def _newest_first(query: Select[Any]) -> Select[Any]:
    # Entries that nobody can date come last; on one day the page added last first, and on a page in reading
    # order.
    return query.order_by(entries.c.day.desc().nulls_last(), pages.c.n.desc(), entries.c.seq)


def _by(connection: Connection, by: str) -> ColumnElement[bool]:
    ids = find_speaker_ids(connection, by)
    if not ids:
        raise NotFound(f"no speaker is named {by!r}{near_names(connection, by)}")
    joint = select(joint_speakers.c.entry_id).where(joint_speakers.c.speaker_id.in_(ids))
    return or_(entries.c.speaker_id.in_(ids), entries.c.id.in_(joint))


def _on_page(connection: Connection, about: str) -> ColumnElement[bool]:
    here = select(pages.c.id).where(pages_with(connection, about))
    return or_(entries_with(connection, about, content_only=True), entries.c.page_id.in_(here))


def _about(connection: Connection, about: str) -> ColumnElement[bool]:
    if not words_of(about):
        return false()
    headed, in_story = select_headed(connection, about)
    return or_(
        entries_with(connection, about, content_only=True),
        entries.c.page_id.in_(headed),
        entries.c.page_id.in_(in_story),
    )


def select_headed(connection: Connection, about: str) -> tuple[Select[Any], Select[Any]]:
    """Return the questions for the ids of pages that have words in their headline, and of those in whose
    story's title they stand."""
    headed = select(pages.c.id).where(pages_with(connection, about, in_headline=True))
    # A story's title is the headline of one of its pages.
    titled = (
        select(story_pages.c.story_id)
        .join(pages, pages.c.id == story_pages.c.page_id)
        .join(stories, and_(stories.c.id == story_pages.c.story_id, stories.c.title == pages.c.headline))
        .where(pages.c.id.in_(headed))
    )
    return headed, select(story_pages.c.page_id).where(story_pages.c.story_id.in_(titled))


def _is_day(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


def check_day(name: str, value: str | None) -> None:
    """Refuse what is neither a year nor a month nor a day."""
    if value is not None and not _is_day(value):
        raise BadRequest(
            f"{name} {value!r} is no day; write a year, a month or a day: 2022, 2022-11 or 2022-11-11"
        )


def _days(since: str | None, until: str | None) -> Iterator[ColumnElement[bool]]:
    check_day("since", since)
    check_day("until", until)
    if since is not None:
        # "2022-11" is known to the month only: it may be a day since 2022-11-11.
        coarser = [since[:length] for length in (4, 7) if length < len(since)]
        yield or_(entries.c.day >= since, entries.c.day.in_(coarser))
    if until is not None:
        # Everything that begins with `until` is included: "2022-11-30T10:00" in "2022-11".
        yield entries.c.day < until[:-1] + chr(ord(until[-1]) + 1)
