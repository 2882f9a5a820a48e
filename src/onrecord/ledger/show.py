"""The records of a ledger one by one, and in lists: pages, speakers, stories, remarks, problems, counts."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, Table, and_, func, or_, select

from onrecord.ledger.accounts import entry_as_read
from onrecord.ledger.comments import read_comments
from onrecord.ledger.lookup import find_page_id, find_speaker, find_speaker_ids
from onrecord.ledger.reasons import explain_names, find_apart
from onrecord.ledger.records import (
    CaptureRecord,
    CopyLink,
    Counts,
    NameUse,
    PageRecord,
    RoleSpan,
    SpeakerRecord,
)
from onrecord.ledger.rows import (
    ARTICLE_ID,
    article_of,
    blocks_of,
    entry_from_row,
    is_filed_from,
    page_from_row,
    problem_from_row,
    read_entries,
    read_pages,
    select_entries,
    select_pages,
)
from onrecord.ledger.schema import (
    article_pages,
    captures,
    copies,
    entries,
    joint_speakers,
    pages,
    problems,
    remarks,
    speaker_names,
    speakers,
    stories,
    story_pages,
)
from onrecord.ledger.store import Ledger
from onrecord.ledger.telling import told_facts
from onrecord.ledger.versions import Order, find_versions
from onrecord.types import Entry, EntryPage, EntrySpeaker, Problem, Span

__all__ = [
    "count",
    "count_articles",
    "find_speakers",
    "get_page",
    "get_speaker",
    "get_versions",
    "list_filed_from",
    "list_pages",
    "list_problems",
    "list_speakers",
    "list_versions",
]

# Of an entry, where its page is one article with others.
_ARTICLE_OF_ENTRY = (
    select(article_pages.c.article_id)
    .where(article_pages.c.page_id == entries.c.page_id)
    .correlate(entries)
    .scalar_subquery()
)
_copy_spans = msgspec.json.Decoder(tuple[tuple[Span, Span], ...])


def count(ledger: Ledger) -> Counts:
    """Return how much the ledger holds."""
    tables = {
        "captures": captures,
        "pages": pages,
        "entries": entries,
        "speakers": speakers,
        "stories": stories,
        "remarks": remarks,
        "copies": copies,
        "problems": problems,
    }
    with ledger.reading() as connection:
        counts = {name: _size(connection, table) for name, table in tables.items()}
        hidden = select(func.count()).select_from(entries).where(entries.c.hidden == 1)
        counts["entries"] -= int(connection.execute(hidden).scalar_one())
        named = int(
            connection.execute(select(func.count(speaker_names.c.speaker_id.distinct()))).scalar_one()
        )
        silent = select(func.count()).select_from(_silent().subquery())
        return Counts(**counts | {"speakers": named - int(connection.execute(silent).scalar_one())})


def _silent() -> Select[Any]:
    """Return the question for the ids of those who speak no more: people say that somebody else said it."""
    corrected = select(entries.c.page_id).where(entries.c.read.is_not(None))
    who = speaker_names.c.speaker_id
    alone = select(entries.c.n).where(entries.c.speaker_id == who, entries.c.hidden == 0)
    joint = (
        select(joint_speakers.c.entry_id)
        .join(entries, entries.c.id == joint_speakers.c.entry_id)
        .where(joint_speakers.c.speaker_id == who, entries.c.hidden == 0)
    )
    named = select(who).where(speaker_names.c.page_id.in_(corrected)).distinct()
    return named.where(~alone.exists(), ~joint.exists())


def get_page(ledger: Ledger, asked: str) -> PageRecord:
    """Return a page by its id, the beginning of its id, its address or the place it was read from."""
    with ledger.reading() as connection:
        return _page_record(connection, find_page_id(connection, asked))


def get_versions(ledger: Ledger, asked: str) -> tuple[PageRecord, Order, list[PageRecord]]:
    """Return a page, in which order its versions came, and these in that order, itself among them."""
    with ledger.reading() as connection:
        id = find_page_id(connection, asked)
        uri = connection.execute(select(pages.c.uri).where(pages.c.id == id)).scalar()
        order = find_versions(connection, id, uri)
        records = [_page_record(connection, one, order) for one in order.ids]
    return next(one for one in records if one.page.id == id), order, records


def list_pages(
    ledger: Ledger,
    *,
    filed_from: Collection[str] | None = None,
    fold: bool = False,
    limit: int | None = 100,
    offset: int = 0,
) -> list[EntryPage]:
    """Return the pages of the ledger, the newest first: all, or those filed from one of these places.

    The places are given as pages print them; `list_filed_from` has them all. With `fold`, several pages that
    are one article are listed once, by the newest; `list_versions` tells how many there are.
    """
    newest = select_pages().order_by(pages.c.published.is_(None), pages.c.published.desc(), pages.c.n.desc())
    if filed_from is not None:
        newest = newest.where(is_filed_from(filed_from))
    with ledger.reading() as connection:
        if fold:
            return list(islice(_folded(connection, newest, offset), limit))
        return [page_from_row(row) for row in connection.execute(newest.limit(limit).offset(offset))]


def count_articles(ledger: Ledger, *, filed_from: Collection[str] | None = None) -> int:
    """Return how many articles the pages of the ledger are, or those filed from one of these places."""
    # All pages, less those that are a further one of their article.
    several = select(article_pages.c.article_id)
    total = select(func.count()).select_from(pages)
    if filed_from is not None:
        total = total.where(is_filed_from(filed_from))
        several = several.join(pages, pages.c.id == article_pages.c.page_id).where(is_filed_from(filed_from))
    inside = several.subquery()
    once = select(func.count(), func.count(inside.c.article_id.distinct()))
    with ledger.reading() as connection:
        found, articles = connection.execute(once).one()
        return int(connection.execute(total).scalar_one()) - found + articles


def list_versions(ledger: Ledger, found: Iterable[EntryPage]) -> dict[str, tuple[str, ...]]:
    """Return for pages that are one article with others, by id, the ids of all of them."""
    articles = {page.id: page.article for page in found if page.article is not None}
    members: dict[str, list[str]] = {}
    ids = sorted(set(articles.values()))
    with ledger.reading() as connection:
        for at in range(0, len(ids), 500):
            query = select(article_pages).where(article_pages.c.article_id.in_(ids[at : at + 500]))
            for row in connection.execute(query.order_by(article_pages.c.page_id)):
                members.setdefault(row.article_id, []).append(row.page_id)
    return {id: tuple(members.get(article, ())) for id, article in articles.items()}


def _folded(connection: Connection, query: Select[Any], offset: int) -> Iterator[EntryPage]:
    """Yield pages, of each article the first; leave out so many."""
    seen: set[str] = set()
    for row in connection.execute(query, execution_options={"yield_per": 200}):
        if row.article_id is not None:
            if row.article_id in seen:
                continue
            seen.add(row.article_id)
        if offset:
            offset -= 1
        else:
            yield page_from_row(row)


def list_filed_from(ledger: Ledger) -> dict[str, int]:
    """Return the places of filing as pages print them, the most common first, each with its pages' number."""
    often = func.count().label("often")
    place = pages.c.filed_from
    query = select(place, often).where(place.is_not(None)).group_by(place).order_by(often.desc(), place)
    with ledger.reading() as connection:
        return {row.filed_from: row.often for row in connection.execute(query)}


def get_speaker(ledger: Ledger, asked: str) -> SpeakerRecord:
    """Return a speaker by id or by name; `BadRequest` lists them when several bear the name."""
    with ledger.reading() as connection:
        id = find_speaker(connection, asked)
        row = connection.execute(select(speakers).where(speakers.c.id == id)).one()
        return replace(_speaker_record(connection, row), apart=tuple(find_apart(connection, id)))


def find_speakers(ledger: Ledger, asked: str) -> list[SpeakerRecord]:
    """Return all speakers whom a name fits, those with the most entries first."""
    with ledger.reading() as connection:
        ids = find_speaker_ids(connection, asked)
        rows = connection.execute(select(speakers).where(speakers.c.id.in_(ids))).all()
        found = [_speaker_record(connection, row) for row in rows]
    return sorted(found, key=lambda one: (-one.entries, one.speaker.name, one.speaker.id or ""))


def list_speakers(ledger: Ledger, *, limit: int | None = 100, offset: int = 0) -> list[SpeakerRecord]:
    """Return the speakers of the ledger, those with the most entries first."""
    often = (
        select(entries.c.speaker_id, func.count().label("often")).group_by(entries.c.speaker_id).subquery()
    )
    hidden = (
        select(entries.c.speaker_id, func.count().label("often"))
        .where(entries.c.hidden == 1)
        .group_by(entries.c.speaker_id)
        .subquery()
    )
    query = (
        select(speakers)
        .outerjoin(often, often.c.speaker_id == speakers.c.id)
        .outerjoin(hidden, hidden.c.speaker_id == speakers.c.id)
        # A name that a review, or its story, gave to somebody else has nobody under it.
        .where(speakers.c.id.in_(select(speaker_names.c.speaker_id)), speakers.c.id.not_in(_silent()))
        .order_by(
            (func.coalesce(often.c.often, 0) - func.coalesce(hidden.c.often, 0)).desc(),
            speakers.c.name,
            speakers.c.id,
        )
    )
    with ledger.reading() as connection:
        rows = connection.execute(query.limit(limit).offset(offset)).all()
        return [_speaker_record(connection, row) for row in rows]


def list_problems(ledger: Ledger) -> list[Problem]:
    """Return everything that went wrong with pages, oldest first."""
    with ledger.reading() as connection:
        return [problem_from_row(row) for row in connection.execute(select(problems).order_by(problems.c.id))]


def _size(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _entries_where(connection: Connection, condition: Any, *, hidden: bool = False) -> list[Entry]:
    query = select_entries(hidden=hidden).where(condition).order_by(pages.c.n, entries.c.seq)
    return [entry_from_row(row) for row in connection.execute(query)]


def _read_otherwise(connection: Connection, page: str) -> Iterator[Entry]:
    """Yield the statements of a page that people corrected, as the program read them."""
    query = select_entries(hidden=True).where(entries.c.page_id == page, entries.c.read.is_not(None))
    for row in connection.execute(query.order_by(entries.c.seq)):
        yield entry_as_read(row)


def _page_record(connection: Connection, id: str, order: Order | None = None) -> PageRecord:
    row = connection.execute(
        select(pages, pages.c.id.label("page_id"), ARTICLE_ID).where(pages.c.id == id)
    ).one()
    links, versions = _copy_links(connection, id), order or find_versions(connection, id, row.uri)
    digest = row.payload_digest
    of_digest = select(captures).where(captures.c.payload_digest == digest).order_by(captures.c.id)
    of_trouble = select(problems).where(problems.c.payload_digest == digest).order_by(problems.c.id)
    story = connection.execute(select(story_pages.c.story_id).where(story_pages.c.page_id == id)).scalar()
    return PageRecord(
        page=page_from_row(row),
        text=row.text,
        blocks=blocks_of(row),
        article=article_of(row),
        comments=read_comments(connection, id),
        place=row.place,
        encoding=row.encoding,
        entries=tuple(read_entries(connection, entries.c.page_id == id)),
        dropped=tuple(
            _entries_where(connection, (entries.c.page_id == id) & (entries.c.hidden == 1), hidden=True)
        ),
        captures=tuple(_capture_record(found) for found in connection.execute(of_digest)),
        versions=versions.ids,
        order_known=versions.known,
        copy_of=next((link for link in links if link.page.id == id), None),
        copies=tuple(link for link in links if link.of_page.id == id),
        story=story,
        problems=tuple(problem_from_row(found) for found in connection.execute(of_trouble)),
        told=told_facts(row),
        read=tuple(_read_otherwise(connection, id)),
    )


def _copy_links(connection: Connection, id: str) -> list[CopyLink]:
    query = select(copies).where(or_(copies.c.page_id == id, copies.c.of_page_id == id))
    rows = connection.execute(query.order_by(copies.c.share.desc(), copies.c.page_id)).all()
    known = read_pages(connection, (page for row in rows for page in (row.page_id, row.of_page_id)))
    return [
        CopyLink(
            page=known[row.page_id],
            of_page=known[row.of_page_id],
            share=row.share,
            spans=_copy_spans.decode(row.spans),
        )
        for row in rows
    ]


def _capture_record(row: Row[Any]) -> CaptureRecord:
    return CaptureRecord(
        payload_digest=row.payload_digest,
        uri=row.uri,
        place=row.place,
        captured_at=row.captured_at,
        size=row.size,
        warc_file=row.warc_file,
        warc_offset=row.warc_offset,
        added_at=row.added_at,
    )


def _entry_speaker(row: Row[Any]) -> EntrySpeaker:
    return EntrySpeaker(id=row.id, name=row.name, type=row.type, role=None)


def _speaker_record(connection: Connection, row: Row[Any]) -> SpeakerRecord:
    joint = select(joint_speakers.c.entry_id).where(joint_speakers.c.speaker_id == row.id)
    theirs = and_(entries.c.hidden == 0, or_(entries.c.speaker_id == row.id, entries.c.id.in_(joint)))
    # What several versions of a page say in the same words is one statement.
    once = func.coalesce(
        _ARTICLE_OF_ENTRY + "\n" + entries.c.polarity + "\n" + entries.c.content, entries.c.id
    )
    totals = connection.execute(
        select(func.count(once.distinct()), func.min(entries.c.said_on), func.max(entries.c.said_on)).where(
            theirs
        )
    ).one()
    uses = connection.execute(
        select(
            speaker_names.c.name,
            speaker_names.c.role,
            speaker_names.c.machine_id,
            speaker_names.c.review_id,
            *select_pages().selected_columns,
        )
        .join(pages, pages.c.id == speaker_names.c.page_id)
        .where(speaker_names.c.speaker_id == row.id)
        .order_by(pages.c.published.is_(None), pages.c.published, pages.c.n, speaker_names.c.name)
    ).all()
    why = explain_names(connection, row, uses)
    return SpeakerRecord(
        speaker=_entry_speaker(row),
        names=tuple(
            NameUse(name=use.name, role=use.role, page=page_from_row(use), why=reason, review=use.review_id)
            for use, reason in zip(uses, why, strict=True)
        ),
        entries=totals[0],
        since=totals[1],
        until=totals[2],
        roles=_roles(uses),
    )


def _roles(uses: Iterable[Row[Any]]) -> tuple[RoleSpan, ...]:
    """Return the roles that pages print for a speaker, with the days between which they do. "Mayor" before a
    name and "mayor" behind it are one, as first printed."""
    days: dict[str, list[str | None]] = {}
    first: dict[str, str] = {}
    for use in uses:
        if use.role:
            role = first.setdefault(use.role.casefold(), use.role)
            days.setdefault(role, []).append(use.published)
    return tuple(
        RoleSpan(
            role=role,
            pages=len(printed),
            since=min((day[:10] for day in printed if day), default=None),
            until=max((day[:10] for day in printed if day), default=None),
        )
        for role, printed in days.items()
    )
