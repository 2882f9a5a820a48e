"""What a story tells of names that say little alone: a last name by itself, a short form, a misprint."""

from collections.abc import Iterable

from sqlalchemy import Connection

from onrecord.ledger.linked_stories import StoryRow
from onrecord.ledger.namings import NameBearer, StoredName, names_of_pages, save_bearers
from onrecord.people import find_bearers

__all__ = ["link_people"]


def link_people(connection: Connection, names: Iterable[str], rows: Iterable[StoryRow]) -> set[str]:
    """Say for the people of these stories who they are, where only their story tells.

    `names` are all pages looked at: on those that are in no story a name is looked for on its own page only.
    Returns the pages on which a speaker changed.
    """
    rooms: dict[str, tuple[str, ...]] = {row.id: row.pages for row in rows}
    told = {page for pages in rooms.values() for page in pages}
    rooms |= {page: (page,) for page in names if page not in told}
    found: dict[str, NameBearer] = {}
    before: dict[str, StoredName] = {}
    for room, pages in sorted(rooms.items()):
        printed = names_of_pages(connection, pages)
        before |= {one.placed.id: one for one in printed}
        story = room if room not in pages else None
        bearers = find_bearers([one.placed for one in printed])
        found |= {id: NameBearer(machine=one.id, story=story, why=one.why) for id, one in bearers.items()}
    changed = {
        id: found.get(id)
        for id, one in before.items()
        if (bearer := found.get(id)) != one.bearer
        # What another story says of a name stands until that story changes.
        and (bearer is not None or one.bearer is None or one.bearer.story in (None, *rooms))
    }
    return save_bearers(connection, changed)
