"""Which pages are one story, kept. SQL only, no judgement.

Every function works on a connection that the caller opened.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.ledger.rows import to_json

__all__ = ["StoryRow", "let_go", "pages_of_stories", "refresh_stories", "save_stories", "stories_of_pages"]

_HOMES = "SELECT page_id, story_id FROM story_pages WHERE page_id IN (SELECT value FROM json_each(?))"
_MEMBERS = (
    "SELECT story_id, page_id FROM story_pages WHERE story_id IN (SELECT value FROM json_each(?)) "
    "ORDER BY page_id"
)
_TAKE_OUT = "DELETE FROM story_pages WHERE page_id IN (SELECT value FROM json_each(?))"
_NEW = "INSERT INTO stories (id) VALUES (?) ON CONFLICT DO NOTHING"
_PUT_IN = "INSERT INTO story_pages (page_id, story_id) VALUES (?, ?)"
# A remark of statements that people join may outlive its story.
_END = (
    "UPDATE remarks SET story_id = NULL WHERE story_id IN (SELECT value FROM json_each(?))",
    "DELETE FROM stories WHERE id IN (SELECT value FROM json_each(?))",
)
_TOLD = (
    "SELECT s.story_id, p.headline, p.published FROM story_pages s JOIN pages p ON p.id = s.page_id "
    "WHERE s.story_id IN (SELECT value FROM json_each(?)) "
    "ORDER BY s.story_id, p.published IS NULL, p.published, p.captured_at, p.id"
)
_TELL = "UPDATE stories SET title = ?, since = ?, until = ? WHERE id = ?"
_LINK_AGAIN = "UPDATE pages SET linked = 0 WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story to be kept, with its pages in order."""

    id: str
    pages: tuple[str, ...]


def stories_of_pages(connection: Connection, page_ids: Iterable[str]) -> dict[str, str]:
    """Return the story of each of these pages that has one."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(_HOMES, (to_json(sorted(set(page_ids))),))}


def pages_of_stories(connection: Connection, story_ids: Iterable[str]) -> dict[str, list[str]]:
    """Return the pages of each of these stories."""
    found: dict[str, list[str]] = defaultdict(list)
    for story, page in connection.exec_driver_sql(_MEMBERS, (to_json(sorted(set(story_ids))),)):
        found[story].append(page)
    return found


def save_stories(connection: Connection, page_ids: Collection[str], rows: Iterable[StoryRow]) -> None:
    """Put these pages into these stories; a story that no page is left in goes."""
    rows = list(rows)
    before = set(stories_of_pages(connection, page_ids).values())
    connection.exec_driver_sql(_TAKE_OUT, (to_json(sorted(page_ids)),))
    if rows:
        connection.exec_driver_sql(_NEW, [(row.id,) for row in rows])
        connection.exec_driver_sql(_PUT_IN, [(page, row.id) for row in rows for page in row.pages])
    _end(connection, before - pages_of_stories(connection, before).keys())


def refresh_stories(connection: Connection, story_ids: Iterable[str]) -> None:
    """Give stories the headline of their first page, and the days of their first and last."""
    told: dict[str, list[tuple[str | None, str | None]]] = {id: [] for id in sorted(set(story_ids))}
    for story, headline, published in connection.exec_driver_sql(_TOLD, (to_json(list(told)),)):
        told[story].append((headline, published))
    values = []
    for id, pages in told.items():
        days = [day for _, day in pages if day]
        title = next((headline for headline, _ in pages if headline), None)
        values.append((title, days[0] if days else None, days[-1] if days else None, id))
    if values:
        connection.exec_driver_sql(_TELL, values)


def let_go(connection: Connection, page_ids: Iterable[str]) -> None:
    """Take pages out of their stories, and let these and the pages they leave behind be linked anew.

    What people decided holds when they are linked: so a page comes back where nothing is against it.
    """
    gone = sorted(set(page_ids))
    mates = pages_of_stories(connection, set(stories_of_pages(connection, gone).values()))
    connection.exec_driver_sql(_TAKE_OUT, (to_json(gone),))
    again = sorted({*gone, *(page for members in mates.values() for page in members)})
    connection.exec_driver_sql(_LINK_AGAIN, (to_json(again),))
    _end(connection, {story for story, members in mates.items() if not set(members) - set(gone)})


def _end(connection: Connection, story_ids: Iterable[str]) -> None:
    if asked := sorted(story_ids):
        for sql in _END:
            connection.exec_driver_sql(sql, (to_json(asked),))
