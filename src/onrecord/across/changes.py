"""What became of statements between the versions of pages, over a whole ledger, a stretch at a time.

A long list is never made whole: it is walked from the newest version on, and tells where it goes on.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.checks.changes import ChangeKind, compare_statements
from onrecord.checks.differences import Difference
from onrecord.checks.said_in import wording_of
from onrecord.errors import BadRequest
from onrecord.ledger import Ledger
from onrecord.ledger.digest import change_id
from onrecord.ledger.search import check_day
from onrecord.ledger.version_pages import (
    StatementsBy,
    VersionPage,
    VersionReader,
    find_statements_by,
    list_version_pages,
)
from onrecord.types import Entry, EntryPage

__all__ = ["MOST_STEPS", "Change", "Changes", "find_changes"]

MOST_STEPS = 500  # pairs of versions that are compared for one answer
_START = re.compile(r"(p[0-9a-f]{16})\.(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one statement from one version of a page to the next.

    `id` is the same on any machine, whichever version came first. `before` and `after` are the statement on
    `before_page` and on `after_page`, None where there is no such; where not `order_known` nobody knows which
    of the pages came first. `words` are the two wordings as they are compared, `differences` have their
    places in these; of a statement that was altered to words which are read as none, they are those of the
    text. `cut`: the version without the statement has so few words that it may be cut off.
    `recorded_at` is when the later of the two pages was put on record.
    """

    id: str
    kind: ChangeKind
    order_known: bool
    cut: bool
    before_page: EntryPage
    after_page: EntryPage
    before: Entry | None
    after: Entry | None
    words: tuple[str | None, str | None]
    differences: tuple[Difference, ...]
    recorded_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """A stretch of the list of changes; `next` says where it goes on, None at its end.

    `compared` counts the pairs of versions that were compared for it.
    """

    changes: tuple[Change, ...]
    next: str | None
    compared: int


def find_changes(
    ledger: Ledger,
    *,
    by: str | None = None,
    outlet: str | None = None,
    since: str | None = None,
    page: str | None = None,
    recorded: bool = False,
    limit: int | None = 50,
    most: int | None = MOST_STEPS,
    start: str | None = None,
) -> Changes:
    """Return what became of statements in later versions of their pages, the newest version first.

    A version is as new as the time at which it was saved, else published; with `recorded` what was put on
    record last comes first. `by` is a speaker that either version names, `outlet` who printed it, `since` the
    day, month or year since which the later version was saved, `page` one of the versions of one page.
    At most `limit` changes are given, and at most `most` pairs of versions compared; `start` is the `next` of
    the stretch before.
    """
    check_day("since", since)
    if limit is not None and limit < 1:
        raise BadRequest(f"a limit of {limit} makes no sense; it must be 1 or more")
    with ledger.reading() as connection:
        said = find_statements_by(connection, by) if by is not None else None
        listed = list_version_pages(
            connection,
            recorded=recorded,
            articles=said.articles if said else None,
            page=page,
            outlet=outlet,
            since=since,
        )
        at, skip = _read_start(start, listed)
        reader = VersionReader(connection)
        found: list[Change] = []
        compared = 0
        for number, version in enumerate(listed[at:], at):
            if most is not None and compared >= most:
                return Changes(changes=tuple(found), next=f"{version.id}.0", compared=compared)
            steps = list(_steps_to(reader, version, recorded=recorded))
            compared += len(steps)
            here = [
                change
                for one, other, known in steps
                for change in _compare(reader, one, other, said, order_known=known)
            ][skip if number == at else 0 :]
            room = len(here) if limit is None else limit - len(found)
            found += here[:room]
            if len(here) > room:
                told = room + (skip if number == at else 0)
                return Changes(changes=tuple(found), next=f"{version.id}.{told}", compared=compared)
    return Changes(changes=tuple(found), next=None, compared=compared)


def _read_start(start: str | None, listed: Sequence[VersionPage]) -> tuple[int, int]:
    """Return at which version a list goes on, and how many changes of that were told already."""
    if start is None:
        return 0, 0
    read = _START.fullmatch(start)
    at = next((n for n, one in enumerate(listed) if read and one.id == read[1]), None)
    if read is None or at is None:
        raise BadRequest(
            f"this list has no place {start[:40]!r} to go on from; it takes the `next` of the stretch "
            "before it, asked with the same filters. Leave out `start` to begin anew"
        )
    return at, int(read[2])


def _steps_to(
    reader: VersionReader, version: VersionPage, *, recorded: bool
) -> Iterator[tuple[str, str, bool]]:
    """Yield the pairs of versions that are told of with this one: it and the one before. By the order of
    recording, those that there were once it was put on record: a version may come between two others."""
    order = reader.order(version.article)
    if version.id not in order.ids:
        return
    at = order.ids.index(version.id)
    if at:
        before = order.ids[at - 1]
        if not recorded or reader.number(before) < version.number:
            yield before, version.id, order.steps[at - 1]
    if recorded and at + 1 < len(order.ids):
        after = order.ids[at + 1]
        if reader.number(after) < version.number:
            yield version.id, after, order.steps[at]


def _compare(
    reader: VersionReader, one: str, other: str, said: StatementsBy | None, *, order_known: bool
) -> Iterator[Change]:
    """Yield what became of the statements of one version in another: of all, or of a speaker's."""
    if _count_said(reader, one, said) == _count_said(reader, other, said):
        return
    (page, before, first), (later, after, last) = reader.page(one), reader.page(other)
    if page.payload_digest == later.payload_digest:
        return  # the same bytes: what differs is only how they were read
    for change in compare_statements(before, after, order_known=order_known):
        entries = change.before, change.after
        ids = [entry.id if entry else None for entry in entries]
        if said is not None and not said.entries.intersection(ids):
            continue
        yield Change(
            id=change_id((one, ids[0]), (other, ids[1])),
            kind=change.kind,
            order_known=order_known,
            cut=change.cut,
            before_page=page,
            after_page=later,
            before=change.before,
            after=change.after,
            words=(
                wording_of(change.before) if change.before else change.instead,
                wording_of(change.after) if change.after else change.instead,
            ),
            differences=change.differences,
            recorded_at=max(first, last),
        )


def _count_said(
    reader: VersionReader, page: str, said: StatementsBy | None
) -> Counter[tuple[str | None, ...]]:
    """Count what a page says, or what one speaker says there."""
    rows = reader.said(page).items()
    return Counter(row for id, row in rows if said is None or id in said.entries)
