"""Carry out what people decided: printed names, and the statements under them, get the speakers they have.

Only names that hang together with those asked about are looked at: by the machine, or by a review.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from onrecord.ledger.decide import Decided, Decision, Mark, Use, decide
from onrecord.ledger.reviews import NAMING, Review, decision_of, read_reviews, read_turns, standing
from onrecord.ledger.schema import (
    entries,
    joint_speakers,
    pages,
    remarks,
    review_names,
    speaker_names,
    speakers,
)
from onrecord.people.fold import words_of
from onrecord.people.names import find_fullest, split_joint

__all__ = [
    "Component",
    "decided_names",
    "find_reviewed",
    "find_roots",
    "marks_in",
    "names_of_page",
    "printed_names",
    "regroup",
    "who_said",
]

_AT_ONCE = 500
_ROOT = func.coalesce(speakers.c.bearer_id, speakers.c.id).label("root")

# Made once, and carried out for many rows: a speaker may have thousands of pages.
_NAMES = (
    update(speaker_names)
    .where(
        speaker_names.c.machine_id == bindparam("on_machine"),
        speaker_names.c.page_id == bindparam("on_page"),
        speaker_names.c.name == bindparam("printed"),
    )
    .values(speaker_id=bindparam("who"), review_id=bindparam("review"))
)
_ENTRIES = (
    update(entries)
    .where(
        entries.c.page_id == bindparam("on_page"),
        entries.c.speaker_name == bindparam("printed"),
        entries.c.speaker_type == bindparam("of_type"),
        # Whose a corrected statement is, `correcting` says.
        entries.c.read.is_(None),
    )
    .values(speaker_id=bindparam("who"), review_id=bindparam("review"))
)


class Component(NamedTuple):
    """Names that hang together: the machine's speakers, whose each form is now, and the reviews in force.

    `often` counts the pages on which a form stands and that no review means in particular.
    """

    roots: set[str]
    decided: dict[Use, Decided]
    order: list[Decision]
    often: dict[tuple[str, str], int]

    def whose(self, name: "Printed") -> Decided:
        """Return whose a printed name is."""
        use = Use(machine=name.root, key=name.key, digest=name.digest)
        return self.decided.get(use) or self.decided[Use(machine=name.root, key=name.key, digest=None)]


class Printed(NamedTuple):
    """A row of the table of printed names, with the machine's speaker that it counts for, and its page's
    bytes.
    """

    machine: str
    page: str
    name: str
    key: str
    speaker: str
    review: str | None
    root: str
    digest: str


def regroup(connection: Connection, roots: Iterable[str], *, page: str | None = None) -> set[str]:
    """Give the names of these speakers of the machine, and all that hangs together with them, the speakers
    they have now. Returns the pages on which a speaker changed.

    With a page, which is new, only its names are looked at where reviews don't mean it: neither the page, nor
    a form of a name that stood nowhere before.
    """
    found = decided_names(connection, roots)
    names = printed_names(connection, found.roots, page=page)
    anywhere = {mark.key for one in found.order for side in one.sides for mark in side if not mark.digest}
    new = [
        name
        for name in names
        if (name.key in anywhere and found.often[name.root, name.key] < 2)
        or Use(machine=name.root, key=name.key, digest=name.digest) in found.decided
    ]
    if page is not None and new:
        names = printed_names(connection, found.roots)
    changed = [
        (name, to)
        for name in names
        if (to := found.whose(name)) != Decided(speaker=name.speaker, review=name.review)
    ]
    touched = {name.speaker for name, _ in changed} | {to.speaker for _, to in changed}
    # Whom a new page names where its name stays may be called by it now.
    touched |= {name.speaker for name in names if name.page == page}
    _make_speakers(connection, changed)
    _assign(connection, changed)
    pages_changed = {name.page for name, _ in changed}
    _rename(connection, touched)
    _assign_remarks(connection, pages_changed)
    return pages_changed | _drop_empty(connection, touched)


def decided_names(connection: Connection, roots: Iterable[str]) -> Component:
    """Return whose the names are that hang together with these speakers of the machine."""
    known: dict[str, Review] = {}
    found, waiting = set[str](), set(roots)
    counts: dict[tuple[str, str], int] = {}
    while waiting:
        new = _count_forms(connection, waiting)
        counts |= new
        met = find_reviewed(connection, {key for _, key in new}) - known.keys()
        given = read_reviews(connection, met)
        known |= {review.id: review for review in given}
        found |= waiting
        waiting = find_roots(connection, marks_in(given)) - found
    undone = standing([*known.values(), *read_turns(connection)]) if known else {}
    order = sorted(known.values(), key=lambda review: (review.at, review.id))
    decisions = [decision_of(one) for one in order if one.kind in NAMING and undone[one.id] is None]
    digests = {mark.digest for one in decisions for side in one.sides for mark in side if mark.digest}
    meant = printed_names(connection, found, digests=digests)
    uses = {Use(machine=name.root, key=name.key, digest=name.digest): None for name in meant}
    for name in meant:
        counts[name.root, name.key] -= 1
    uses |= {Use(machine=root, key=key, digest=None): None for (root, key), n in counts.items() if n > 0}
    return Component(found, decide(uses, decisions), decisions, counts)


def _count_forms(connection: Connection, roots: Iterable[str]) -> dict[tuple[str, str], int]:
    """Return for every form of name of these speakers on how many pages it stands."""
    found: dict[tuple[str, str], int] = {}
    for ids in _some(sorted(set(roots))):
        query = (
            select(_ROOT, speaker_names.c.key, func.count())
            .join(speaker_names, speaker_names.c.machine_id == speakers.c.id)
            .where(or_(speakers.c.id.in_(ids), speakers.c.bearer_id.in_(ids)))
            .group_by(_ROOT, speaker_names.c.key)
        )
        for root, key, often in connection.execute(query):
            found[root, key] = found.get((root, key), 0) + often
    return found


def printed_names(
    connection: Connection,
    roots: Iterable[str],
    *,
    page: str | None = None,
    digests: Collection[str] | None = None,
) -> list[Printed]:
    """Return the printed names of these speakers of the machine: all, those of a page, or of pages with these
    digests.
    """
    found: list[Printed] = []
    wanted = [None] if digests is None else list(_some(sorted(digests)))
    for ids in _some(sorted(set(roots))):
        query = (
            select(
                speaker_names.c.machine_id,
                speaker_names.c.page_id,
                speaker_names.c.name,
                speaker_names.c.key,
                speaker_names.c.speaker_id,
                speaker_names.c.review_id,
                _ROOT,
                pages.c.payload_digest,
            )
            .join(speakers, speakers.c.id == speaker_names.c.machine_id)
            .join(pages, pages.c.id == speaker_names.c.page_id)
            .where(or_(speakers.c.id.in_(ids), speakers.c.bearer_id.in_(ids)))
        )
        if page is not None:
            query = query.where(speaker_names.c.page_id == page)
        for some in wanted:
            here = query if some is None else query.where(pages.c.payload_digest.in_(some))
            found += (Printed(*row) for row in connection.execute(here))
    return found


def marks_in(given: Iterable[Review]) -> list[Mark]:
    """Return all that these reviews point at."""
    return [mark for review in given for side in review.sides for mark in side]


def find_roots(connection: Connection, marks: Iterable[Mark]) -> set[str]:
    """Return whom the machine takes the names for at which these marks point."""
    wanted: dict[str, set[str | None]] = defaultdict(set)
    for mark in marks:
        wanted[mark.key].add(mark.digest)
    anywhere = sorted(key for key, digests in wanted.items() if None in digests)
    on_pages = sorted(wanted.keys() - set(anywhere))
    query = select(_ROOT).join(speaker_names, speaker_names.c.machine_id == speakers.c.id).distinct()
    found: set[str] = set()
    for some in _some(anywhere):
        found.update(connection.execute(query.where(speaker_names.c.key.in_(some))).scalars())
    there = query.join(pages, pages.c.id == speaker_names.c.page_id)
    for key in on_pages:
        # From the pages to the names: a last name may stand on many more pages than are meant.
        for digests in _some(sorted(digest for digest in wanted[key] if digest)):
            here = there.where(pages.c.payload_digest.in_(digests), speaker_names.c.key == key)
            found.update(connection.execute(here).scalars())
    return found


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


def _make_speakers(connection: Connection, changed: Iterable[tuple[Printed, Decided]]) -> None:
    """Make those speakers that a review splits off: until now nobody bore their id."""
    wanted = {to.speaker: name for name, to in changed}
    known: set[str] = set()
    for some in _some(sorted(wanted)):
        known.update(connection.execute(select(speakers.c.id).where(speakers.c.id.in_(some))).scalars())
    rows = [
        {"id": id, "name": wanted[id].name, "type": wanted[id].key.partition(" ")[0], "key": ""}
        for id in sorted(wanted.keys() - known)
    ]
    if rows:
        connection.execute(insert(speakers), rows)


def _assign(connection: Connection, changed: Iterable[tuple[Printed, Decided]]) -> None:
    """Write whose these names are, and whose the statements are that their pages print under them."""
    rows = [
        {
            "on_machine": name.machine,
            "on_page": name.page,
            "printed": name.name,
            "of_type": name.key.partition(" ")[0],
            "who": to.speaker,
            "review": to.review,
        }
        for name, to in changed
    ]
    if not rows:
        return
    connection.execute(_NAMES, [{k: v for k, v in row.items() if k != "of_type"} for row in rows])
    connection.execute(_ENTRIES, [{k: v for k, v in row.items() if k != "on_machine"} for row in rows])
    for some in _some(sorted({row["on_page"] for row in rows if row["on_page"]})):
        joint = select(entries.c.page_id).where(
            entries.c.page_id.in_(some), entries.c.speaker_name.contains(";"), entries.c.read.is_(None)
        )
        for page in connection.execute(joint.distinct()).scalars().all():
            _assign_joint(connection, page)


def _assign_joint(connection: Connection, page: str) -> None:
    """Give the statements of a page that several made together the speakers that their names have."""
    names = names_of_page(connection, page)
    query = select(entries.c.id, entries.c.speaker_name, entries.c.speaker_type).where(
        entries.c.page_id == page, entries.c.speaker_name.contains(";"), entries.c.read.is_(None)
    )
    for row in connection.execute(query).all():
        ids, review = who_said(names, row.speaker_name, row.speaker_type)
        values = {"speaker_id": ids[0] if ids else None, "review_id": review}
        connection.execute(update(entries).where(entries.c.id == row.id).values(values))
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
        name = who.fullest if who.fullest in own else find_fullest(own, who.type)
        if name != who.name:
            connection.execute(update(speakers).where(speakers.c.id == id).values(name=name))


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


def _drop_empty(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Drop those that a review had split off once nobody is left under their id; the machine's own stay.

    Returns the pages with corrected statements that were theirs: whose these are now, `correcting` says.
    """
    left: set[str] = set()
    for id in sorted(set(ids)):
        used = select(speaker_names.c.name).where(speaker_names.c.speaker_id == id)
        empty = connection.execute(used.limit(1)).first() is None
        if empty:
            # A remark that no page of these has may still name it.
            connection.execute(update(remarks).where(remarks.c.speaker_id == id).values(speaker_id=None))
            left |= _let_go_of(connection, id)
            connection.execute(delete(speakers).where(speakers.c.id == id, speakers.c.fullest.is_(None)))
    return left


def _let_go_of(connection: Connection, id: str) -> set[str]:
    """Take a speaker off the corrected statements that name them; return the pages of these."""
    joint = select(joint_speakers.c.entry_id).where(joint_speakers.c.speaker_id == id)
    theirs = entries.c.read.is_not(None) & or_(entries.c.speaker_id == id, entries.c.id.in_(joint))
    found = set(connection.execute(select(entries.c.page_id).where(theirs)).scalars())
    if found:
        mine = entries.c.read.is_not(None) & (entries.c.speaker_id == id)
        connection.execute(delete(joint_speakers).where(joint_speakers.c.speaker_id == id))
        connection.execute(update(entries).where(mine).values(speaker_id=None))
    return found


def _some(values: list[str]) -> Iterator[list[str]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
