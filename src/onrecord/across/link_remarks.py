"""Find the remarks of stories that changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from onrecord.across.link_stories import keep_ids
from onrecord.across.remarks import group_remarks
from onrecord.ledger.links import RemarkRow, StoryRow, entries_of_pages, remark_exists, save_remarks
from onrecord.types import Entry

__all__ = ["link_remarks"]


def link_remarks(connection: Connection, names: Iterable[str], rows: Iterable[StoryRow]) -> None:
    """Group the statements of each story into remarks. `names` are all pages looked at: those left alone
    have none.
    """
    alone = set(names) - {page for row in rows for page in row.pages}
    save_remarks(connection, alone, ())
    for row in rows:
        known = {entry.id: entry for entry in entries_of_pages(connection, row.pages)}
        groups: dict[str, list[str]] = defaultdict(list)
        for id, first in group_remarks(known.values()).items():
            groups[first].append(id)
        members = list(groups.values())
        old = {entry.id: entry.remark for entry in known.values() if entry.remark}
        ids = keep_ids(members, old, "r", lambda id: remark_exists(connection, id))
        remarks = [
            _remark(id, [known[one] for one in group], row.id) for id, group in zip(ids, members, strict=True)
        ]
        save_remarks(connection, row.pages, remarks)


def _remark(id: str, renderings: list[Entry], story: str) -> RemarkRow:
    speakers = Counter(one.speaker.id for one in renderings if one.speaker and one.speaker.id)
    days = sorted(one.said_on for one in renderings if one.said_on)
    return RemarkRow(
        id=id,
        speaker_id=min(speakers, key=lambda name: (-speakers[name], name), default=None),
        said_on=days[0] if days else None,
        story_id=story,
        entries=tuple(one.id for one in renderings),
    )
