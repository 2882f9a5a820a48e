"""Which stories and remarks became one, or several: what happened to an id that somebody wrote down."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, insert, or_, select

from onrecord.ledger.schema import link_changes

__all__ = ["LinkChange", "changes_of", "find_changes", "find_successor", "save_changes"]

MOST = 100  # changes of one story or remark that are told

Kind = Literal["story", "remark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChange:
    """So many `members` of the story or remark `of` are now in `into`: by a merge, which ends `of`, or by a
    split, after which both are there. `page` is the page by whose arrival; None where people decided. `at`
    is when."""

    kind: Kind
    change: Literal["merge", "split"]
    of: str
    into: str
    members: int
    page: str | None
    at: str


def find_changes(
    kind: Kind, before: Mapping[str, str], after: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[LinkChange]:
    """Yield what became of the ids of groups. `before` and `after` say in which group each page or statement
    was and is; `new` are members that have just come, with their pages: the first that is in one of the
    groups is what changed them."""
    left = set(after.values())
    moved = Counter((before[one], id) for one, id in after.items() if one in before and before[one] != id)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for (of, into), members in sorted(moved.items()):
        page = next((page for one, page in new.items() if after.get(one) in (of, into)), None)
        change: Literal["merge", "split"] = "split" if of in left else "merge"
        yield LinkChange(kind=kind, change=change, of=of, into=into, members=members, page=page, at=now)


def save_changes(connection: Connection, changes: Iterable[LinkChange]) -> None:
    """Keep these changes behind those there are."""
    rows = [
        {
            "kind": one.kind,
            "change": one.change,
            "of": one.of,
            "into": one.into,
            "members": one.members,
            "page_id": one.page,
            "at": one.at,
        }
        for one in changes
    ]
    if rows:
        connection.execute(insert(link_changes), rows)


def changes_of(connection: Connection, id: str) -> list[LinkChange]:
    """Return what happened to a story or remark by merges and splits, the oldest first, the last of many."""
    here = or_(link_changes.c.of == id, link_changes.c.into == id)
    newest = select(link_changes).where(here).order_by(link_changes.c.id.desc()).limit(MOST)
    return [
        LinkChange(
            kind=row.kind,
            change=row.change,
            of=row.of,
            into=row.into,
            members=row.members,
            page=row.page_id,
            at=row.at,
        )
        for row in reversed(connection.execute(newest).all())
    ]


def find_successor(connection: Connection, id: str) -> str:
    """Return the id that a story or remark has now, where it was merged into another; else its own."""
    seen = {id}
    while True:
        query = select(link_changes.c.into).where(link_changes.c.of == id, link_changes.c.change == "merge")
        into = connection.execute(query.order_by(link_changes.c.id.desc()).limit(1)).scalar()
        if into is None or into in seen:
            return id
        seen.add(into)
        id = into
