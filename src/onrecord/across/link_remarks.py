"""Find the remarks of stories that changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.across.link_stories import keep_ids
from onrecord.across.remarks import group_remarks
from onrecord.ledger.belonging import RemarkPairs, remark_pairs
from onrecord.ledger.changes import find_changes, save_changes
from onrecord.ledger.linked_remarks import (
    RemarkRow,
    entries_of_pages,
    known_remarks,
    pages_of_entries,
    save_remarks,
)
from onrecord.ledger.linked_stories import StoryRow, pages_of_stories, stories_of_pages
from onrecord.types import Entry

__all__ = ["link_remarks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """Stories, and pages in none, between which people say that statements are one remark."""

    stories: list[StoryRow]
    alone: list[str]

    @property
    def pages(self) -> list[str]:
        return [*(page for row in self.stories for page in row.pages), *self.alone]


def link_remarks(connection: Connection, names: Iterable[str], rows: Iterable[StoryRow]) -> None:
    """Group the statements of each story into remarks. `names` are all pages looked at: those left alone
    have none, unless people say that a statement there is the same as another.
    """
    looked_at, rows = set(names), list(rows)
    rows, pairs = _with_joined(connection, looked_at, rows)
    rooms = _find_rooms(connection, rows, pairs)
    save_remarks(connection, looked_at - {page for room in rooms for page in room.pages}, ())
    for room in rooms:
        _link_room(connection, room, pairs)


def _with_joined(
    connection: Connection, names: set[str], rows: list[StoryRow]
) -> tuple[list[StoryRow], RemarkPairs]:
    """Return the stories with those to whose statements people join theirs, and what people say of all."""
    looked_at = names | {page for row in rows for page in row.pages}
    while True:
        pairs = remark_pairs(connection, looked_at)
        joined = {id for pair in pairs.together for id in pair}
        far = set(pages_of_entries(connection, joined).values()) - looked_at
        if not far:
            return rows, pairs
        stories = set(stories_of_pages(connection, far).values()) - {row.id for row in rows}
        found = pages_of_stories(connection, stories)
        rows = [*rows, *(StoryRow(id=id, pages=tuple(pages)) for id, pages in sorted(found.items()))]
        looked_at |= far | {page for pages in found.values() for page in pages}


def _find_rooms(connection: Connection, rows: Sequence[StoryRow], pairs: RemarkPairs) -> list[_Room]:
    """Return each story as a room of its own, but those between which people join statements as one."""
    known = {row.id: row for row in rows}
    home = {page: row.id for row in rows for page in row.pages}
    links = [
        {home.get(page, page) for page in pages_of_entries(connection, pair).values()}
        for pair in pairs.together
    ]
    group = {id: id for id in sorted({*known, *(id for ends in links for id in ends)})}
    for ends in links:
        roots = {group[id] for id in ends}
        group = {id: min(roots) if root in roots else root for id, root in group.items()}
    rooms: dict[str, list[str]] = defaultdict(list)
    for id, root in group.items():
        rooms[root].append(id)
    return [
        _Room(stories=[known[id] for id in ids if id in known], alone=[id for id in ids if id not in known])
        for ids in rooms.values()
    ]


def _link_room(connection: Connection, room: _Room, pairs: RemarkPairs) -> None:
    entries = {entry.id: entry for entry in entries_of_pages(connection, room.pages)}
    pages = {page: row.id for row in room.stories for page in row.pages}
    groups: dict[str, list[str]] = defaultdict(list)
    for row in room.stories:
        some = [entry for entry in entries.values() if pages.get(entry.page.id) == row.id]
        for id, first in group_remarks(some, pairs=pairs).items():
            groups[first].append(id)
    members = _join(list(groups.values()), entries, pairs)
    old = {entry.id: entry.remark for entry in entries.values() if entry.remark}
    ids = keep_ids(members, old, "r", lambda some: known_remarks(connection, some))
    remarks = [
        _remark(id, [entries[one] for one in group], pages.get(entries[group[0]].page.id))
        for id, group in zip(ids, members, strict=True)
    ]
    save_remarks(connection, room.pages, remarks)
    after = {one: row.id for row in remarks for one in row.entries}
    # The newest first: what came last is what changed them.
    new = {entry.id: entry.page.id for entry in reversed(entries.values()) if entry.id not in old}
    save_changes(connection, find_changes("remark", old, after, new))


def _join(groups: list[list[str]], entries: dict[str, Entry], pairs: RemarkPairs) -> list[list[str]]:
    """Join groups of which people say that a statement of one is the same as one of another."""
    for pair in sorted(pairs.together, key=sorted):
        if not pair <= entries.keys():
            continue
        ends = [group for group in groups if pair & set(group)]
        if len(ends) == 1 and pair <= set(ends[0]):
            continue
        groups = [group for group in groups if group not in ends]
        groups.append(list(dict.fromkeys([*(id for group in ends for id in group), *sorted(pair)])))
    return groups


def _remark(id: str, renderings: list[Entry], story: str | None) -> RemarkRow:
    speakers = Counter(one.speaker.id for one in renderings if one.speaker and one.speaker.id)
    days = sorted(one.said_on for one in renderings if one.said_on)
    return RemarkRow(
        id=id,
        speaker_id=min(speakers, key=lambda name: (-speakers[name], name), default=None),
        said_on=days[0] if days else None,
        story_id=story,
        entries=tuple(one.id for one in renderings),
    )
