"""Carry out what people decided: printed names, and the statements under them, get the speakers they have.

Only names that hang together with those asked about are looked at: by the machine, or by a review.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select, update

from onrecord.ledger.decide import Decided, Decision, Use, decide
from onrecord.ledger.fold import words_of
from onrecord.ledger.names import fullness, split_joint
from onrecord.ledger.reviews import Review, decision_of, read_reviews, read_turns, standing
from onrecord.ledger.schema import (
    entries,
    joint_speakers,
    pages,
    remarks,
    review_names,
    speaker_names,
    speakers,
)

__all__ = [
    "Component",
    "decided_names",
    "find_reviewed",
    "names_of_page",
    "regroup",
    "who_said",
]

_AT_ONCE = 500


class Component(NamedTuple):
    """Names that hang together: whose they are now, whose the rows say they are, and the reviews in force."""

    decided: dict[Use, Decided]
    before: dict[Use, tuple[str, str | None]]
    order: list[Decision]


def regroup(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Give the names of these forms, and all that hangs together with them, the speakers they have now.

    Returns the pages on which a speaker changed.
    """
    decided, before, _ = decided_names(connection, keys)
    changed = {use: to for use, to in decided.items() if before[use] != (to.speaker, to.review)}
    touched = {speaker for speaker, _ in before.values()} | {to.speaker for to in decided.values()}
    _make_speakers(connection, decided)
    for use, to in changed.items():
        here = (
            (speaker_names.c.machine_id == use.machine_of)
            & (speaker_names.c.page_id == use.page)
            & (speaker_names.c.name == use.name)
        )
        values = {"speaker_id": to.speaker, "review_id": to.review}
        connection.execute(update(speaker_names).where(here).values(values))
    for page in sorted({use.page for use in changed}):
        _assign_entries(connection, page)
    _rename(connection, touched)
    _assign_remarks(connection, {use.page for use in changed})
    _drop_empty(connection, touched)
    return {use.page for use in changed}


def decided_names(connection: Connection, keys: Iterable[str]) -> Component:
    """Return whose the names are that hang together with these forms, and whose the ledger says they are."""
    found = set(keys)
    uses: dict[Use, tuple[str, str | None]] = {}
    known: list[Review] = []
    waiting = set(found)
    while waiting:
        new = dict(_uses_of(connection, waiting))
        uses |= new
        touched = {use.key for use in new} | waiting
        met = find_reviewed(connection, touched) - {review.id for review in known}
        given = read_reviews(connection, met)
        known += given
        further = {mark.key for review in given for side in review.sides for mark in side}
        further |= touched
        waiting, found = further - found, found | further
    undone = standing([*known, *read_turns(connection)]) if known else {}
    known.sort(key=lambda review: review.at)
    order = [decision_of(review) for review in known if undone[review.id] is None]
    return Component(decide(uses, order), uses, order)


def find_reviewed(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return the ids of the reviews that speak of names of these forms."""
    found: set[str] = set()
    for some in _some(sorted(set(keys))):
        query = select(review_names.c.review_id).where(review_names.c.key.in_(some))
        found.update(connection.execute(query).scalars())
    return found


def who_said(
    names: Mapping[tuple[str, str], tuple[str, str | None]], printed: str, type: str
) -> tuple[tuple[str, ...], str | None]:
    """Return the speakers of a statement by its printed name, and the review that decided about one of them.

    `names` are those of its page: (type, name) to (speaker, review).
    """
    if type == "unnamed":
        return (), None
    parts = [part for part in split_joint(printed) if words_of(part)]
    whose = [names[type, part] for part in parts if (type, part) in names]
    ids = tuple(dict.fromkeys(speaker for speaker, _ in whose))
    return ids, next((review for _, review in whose if review), None)


def names_of_page(connection: Connection, page: str) -> dict[tuple[str, str], tuple[str, str | None]]:
    """Return whose the names of a page are, as `who_said` takes them."""
    query = (
        select(speaker_names, speakers.c.type)
        .join(speakers, speakers.c.id == speaker_names.c.machine_id)
        .where(speaker_names.c.page_id == page)
    )
    return {(row.type, row.name): (row.speaker_id, row.review_id) for row in connection.execute(query)}


def _uses_of(connection: Connection, keys: Iterable[str]) -> Iterator[tuple[Use, tuple[str, str | None]]]:
    """Yield all names of the machine's speakers that have a name of one of these forms."""
    machines: set[str] = set()
    for some in _some(sorted(set(keys))):
        root = func.coalesce(speakers.c.bearer_id, speakers.c.id)
        query = (
            select(root)
            .join(speaker_names, speaker_names.c.machine_id == speakers.c.id)
            .where(speaker_names.c.key.in_(some))
            .distinct()
        )
        machines.update(connection.execute(query).scalars())
    for ids in _some(sorted(machines)):
        for row in connection.execute(
            _select_uses(or_(speakers.c.id.in_(ids), speakers.c.bearer_id.in_(ids)))
        ):
            yield _use(row), (row.speaker_id, row.review_id)


def _select_uses(condition: ColumnElement[bool]) -> Any:
    return (
        select(speaker_names, speakers.c.bearer_id, pages.c.payload_digest)
        .join(speakers, speakers.c.id == speaker_names.c.machine_id)
        .join(pages, pages.c.id == speaker_names.c.page_id)
        .where(condition)
    )


def _use(row: Row[Any]) -> Use:
    return Use(
        machine=row.bearer_id or row.machine_id,
        machine_of=row.machine_id,
        page=row.page_id,
        name=row.name,
        key=row.key,
        digest=row.payload_digest,
    )


def _make_speakers(connection: Connection, decided: Mapping[Use, Decided]) -> None:
    """Make those speakers that a review splits off: until now nobody bore their id."""
    wanted = {to.speaker: use for use, to in decided.items()}
    known: set[str] = set()
    for some in _some(sorted(wanted)):
        known.update(connection.execute(select(speakers.c.id).where(speakers.c.id.in_(some))).scalars())
    for id in sorted(wanted.keys() - known):
        use = wanted[id]
        type = connection.execute(select(speakers.c.type).where(speakers.c.id == use.machine_of)).scalar_one()
        connection.execute(insert(speakers), {"id": id, "name": use.name, "type": type, "key": ""})


def _assign_entries(connection: Connection, page: str) -> None:
    """Give the statements of a page the speakers that its names have."""
    names = names_of_page(connection, page)
    query = select(
        entries.c.id,
        entries.c.speaker_id,
        entries.c.speaker_name,
        entries.c.speaker_type,
        entries.c.review_id,
    ).where(entries.c.page_id == page, entries.c.speaker_name.is_not(None))
    for row in connection.execute(query).all():
        ids, review = who_said(names, row.speaker_name, row.speaker_type)
        first = ids[0] if ids else None
        if (first, review) != (row.speaker_id, row.review_id):
            values = {"speaker_id": first, "review_id": review}
            connection.execute(update(entries).where(entries.c.id == row.id).values(values))
        if ";" in row.speaker_name:
            connection.execute(delete(joint_speakers).where(joint_speakers.c.entry_id == row.id))
            if further := [{"entry_id": row.id, "speaker_id": id} for id in ids[1:]]:
                connection.execute(insert(joint_speakers), further)


def _rename(connection: Connection, ids: Iterable[str]) -> None:
    """Show every speaker under the fullest name that its pages print."""
    for id in sorted(set(ids)):
        query = select(speaker_names.c.name, speaker_names.c.machine_id).where(
            speaker_names.c.speaker_id == id
        )
        rows = connection.execute(query).all()
        who = connection.execute(select(speakers).where(speakers.c.id == id)).first()
        if not rows or who is None:
            continue
        own = [row.name for row in rows if row.machine_id == id] or [row.name for row in rows]
        name = who.fullest if who.fullest in own else min(own, key=lambda name: _rank(name, who.type))
        if name != who.name:
            connection.execute(update(speakers).where(speakers.c.id == id).values(name=name))


def _rank(name: str, type: str) -> tuple[int, int, str]:
    words, letters = fullness(name) if type == "person" else (0, 0)
    return -words, -letters, name


def _assign_remarks(connection: Connection, page_ids: Iterable[str]) -> None:
    """Give the remarks of these pages the speaker that most of their wordings have."""
    ids: set[str] = set()
    for some in _some(sorted(set(page_ids))):
        query = select(entries.c.remark_id).where(
            entries.c.page_id.in_(some), entries.c.remark_id.is_not(None)
        )
        ids.update(connection.execute(query).scalars())
    whose: dict[str, Counter[str]] = defaultdict(Counter)
    for some in _some(sorted(ids)):
        query = select(entries.c.remark_id, entries.c.speaker_id).where(entries.c.remark_id.in_(some))
        for row in connection.execute(query):
            whose[row.remark_id].update([row.speaker_id] if row.speaker_id else [])
    for id, counts in whose.items():
        who = min(counts, key=lambda name: (-counts[name], name), default=None)
        connection.execute(update(remarks).where(remarks.c.id == id).values(speaker_id=who))


def _drop_empty(connection: Connection, ids: Iterable[str]) -> None:
    """Drop those that a review had split off once nobody is left under their id; the machine's own stay."""
    for id in sorted(set(ids)):
        used = select(speaker_names.c.name).where(speaker_names.c.speaker_id == id)
        empty = connection.execute(used.limit(1)).first() is None
        if empty:
            # A remark that no page of these has may still name it.
            connection.execute(update(remarks).where(remarks.c.speaker_id == id).values(speaker_id=None))
            connection.execute(delete(speakers).where(speakers.c.id == id, speakers.c.fullest.is_(None)))


def _some(values: list[str]) -> Iterator[list[str]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
