"""Stories and remarks: what pages of a ledger tell together, and by whose hands it reached print."""

from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.checks.articles import fold_pages, fold_statements
from onrecord.checks.first_hands import find_first_hands
from onrecord.errors import NotFound
from onrecord.ledger.changes import changes_of, find_successor
from onrecord.ledger.lookup import find_page_id
from onrecord.ledger.records import RemarkRecord, StoryPage, StoryRecord
from onrecord.ledger.rows import read_entries, read_pages
from onrecord.ledger.schema import copies, entries, remarks, speakers, stories, story_pages
from onrecord.ledger.store import Ledger
from onrecord.types import EntrySpeaker

__all__ = ["get_remark", "get_story", "list_stories"]


def list_stories(ledger: Ledger, *, limit: int | None = 100, offset: int = 0) -> list[StoryRecord]:
    """Return the stories of the ledger, the newest first."""
    query = select(stories).order_by(stories.c.until.is_(None), stories.c.until.desc(), stories.c.id)
    with ledger.reading() as connection:
        rows = connection.execute(query.limit(limit).offset(offset)).all()
        return [_story_record(connection, row) for row in rows]


def get_story(ledger: Ledger, asked: str) -> StoryRecord:
    """Return a story by its id, or the story of a page (its id, address or place)."""
    with ledger.reading() as connection:
        row = connection.execute(select(stories).where(stories.c.id == asked)).first()
        if row is None and (now := find_successor(connection, asked)) != asked:
            row = connection.execute(select(stories).where(stories.c.id == now)).first()
        if row is None:
            page = find_page_id(connection, asked)
            of_page = select(story_pages.c.story_id).where(story_pages.c.page_id == page)
            row = connection.execute(select(stories).where(stories.c.id.in_(of_page))).first()
        if row is None:
            raise NotFound(f"the page {asked!r} is in no story yet; `onrecord story` lists the stories")
        return _story_record(connection, row)


def get_remark(ledger: Ledger, id: str) -> RemarkRecord:
    """Return a remark by its id, with every rendering of it, oldest page first."""
    with ledger.reading() as connection:
        row = connection.execute(select(remarks).where(remarks.c.id == id)).first()
        if row is None and (now := find_successor(connection, id)) != id:
            row = connection.execute(select(remarks).where(remarks.c.id == now)).first()
        if row is None:
            raise NotFound(f"no remark has the id {id!r}; entries that `onrecord said` lists name theirs")
        found = read_entries(connection, entries.c.remark_id == row.id)
        speaker = connection.execute(select(speakers).where(speakers.c.id == row.speaker_id)).first()
        changes = tuple(changes_of(connection, row.id))
        originals = read_pages(connection, {entry.copy_of for entry in found if entry.copy_of})
    renderings = sorted(found, key=lambda entry: (entry.page.published or "9", entry.page.id, entry.id))
    folded = fold_statements(renderings)
    counted = fold_pages(
        [entry.page for entry in found], {entry.page.id: entry.copy_of for entry in found if entry.copy_of}
    )
    return RemarkRecord(
        id=row.id,
        speaker=EntrySpeaker(id=speaker.id, name=speaker.name, type=speaker.type, role=None)
        if speaker
        else next((entry.speaker for entry in found), None),
        said_on=row.said_on,
        renderings=tuple(first for first, _ in folded),
        again=tuple(entry for _, others in folded for entry in others),
        articles=len(counted.articles),
        outlets=counted.outlets,
        copies=counted.copies,
        first_hands=find_first_hands(found, originals),
        changes=changes,
    )


def _story_record(connection: Connection, row: Row[Any]) -> StoryRecord:
    linked = connection.execute(
        select(story_pages.c.page_id, copies.c.of_page_id, copies.c.share)
        .outerjoin(copies, copies.c.page_id == story_pages.c.page_id)
        .where(story_pages.c.story_id == row.id)
    ).all()
    known = read_pages(connection, (link.page_id for link in linked))
    found = read_entries(connection, entries.c.page_id.in_(known))
    listed = (
        StoryPage(page=known[link.page_id], copy_of=link.of_page_id, share=link.share) for link in linked
    )
    counted = fold_pages(known.values(), {link.page_id: link.of_page_id for link in linked})
    return StoryRecord(
        id=row.id,
        title=row.title,
        since=row.since,
        until=row.until,
        pages=tuple(sorted(listed, key=lambda one: (one.page.published or "9", one.page.id))),
        articles=len(counted.articles),
        outlets=counted.outlets,
        copies=counted.copies,
        versions=len(known) - len(counted.articles),
        speakers=len({entry.speaker.id for entry in found if entry.speaker and entry.speaker.id}),
        entries=len(fold_statements(found)),
        changes=tuple(changes_of(connection, row.id)),
    )
