"""Carry out what people corrected: the columns of statements hold what counts, `read` what was read.

A page at a time: all that was said of its statements is carried out anew upon what the program read. So it
is the same whatever came before: a review given, undone or loaded, a page added, a name that went elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, func, insert, not_, or_, select, update

from onrecord.ledger.accounts import account_columns, read_of
from onrecord.ledger.comments import read_comments
from onrecord.ledger.corrections import Account, Placed, TextOfRecord, correct, find_target, fits
from onrecord.ledger.decide import Mark
from onrecord.ledger.entries import find_namings_in
from onrecord.ledger.fulltext import reindex_entry
from onrecord.ledger.people import GIVEN, given_id, make_given
from onrecord.ledger.regroup import find_reviewed, find_roots, marks_in, names_of_page, regroup, who_said
from onrecord.ledger.reviews import Review, Target, read_reviews, reviews_of_pages
from onrecord.ledger.rows import blocks_of, select_entries, to_json
from onrecord.ledger.schema import (
    entries,
    joint_speakers,
    name_words,
    pages,
    remarks,
    review_names,
    review_pages,
    reviews,
    speaker_names,
    speakers,
)

__all__ = [
    "carry_out",
    "change_read",
    "decide_again",
    "find_wrong",
    "is_spoken_of",
    "pages_of_digests",
    "place_corrections",
    "place_target",
    "review_page",
    "text_of",
]


# Made once: putting a question together costs more than asking it.
_PAGE = select(pages).where(pages.c.id == bindparam("page"))
_KEYS = (
    select(speaker_names.c.key)
    .where(
        speaker_names.c.machine_id.in_(
            select(speaker_names.c.machine_id).where(speaker_names.c.page_id == bindparam("page"))
        )
    )
    .distinct()
)
_ROOTS = (
    select(func.coalesce(speakers.c.bearer_id, speakers.c.id))
    .join(speaker_names, speaker_names.c.machine_id == speakers.c.id)
    .where(speaker_names.c.page_id == bindparam("page"))
    .distinct()
)
_ANY = select(reviews.c.n).limit(1)
_SPOKEN_OF = (
    select(review_pages.c.review_id).where(review_pages.c.payload_digest == bindparam("digest")).limit(1)
)
_REVIEWED = select(review_names.c.key).where(review_names.c.key.in_(_KEYS)).limit(1)
# Pages on which a correction gives a name that may be that of somebody whom a page names.
_named = select(speaker_names.c.machine_id).where(speaker_names.c.page_id == bindparam("page"))
_GIVEN_LIKE = (
    select(speaker_names.c.page_id)
    .join(speakers, speakers.c.id == speaker_names.c.machine_id)
    .where(speakers.c.key.in_(select(f"{GIVEN} " + speakers.c.key).where(speakers.c.id.in_(_named))))
    .distinct()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worked:
    """A statement as it should stand: what was read, what counts, who spoke, and what decided it last."""

    row: Row[Any]
    read: Account
    account: Account
    speakers: tuple[str, ...]
    review: str | None
    corrected: bool


def is_spoken_of(connection: Connection, digest: str) -> bool:
    """Say whether any review speaks of a page with these bytes."""
    return connection.execute(_SPOKEN_OF, {"digest": digest}).first() is not None


def review_page(connection: Connection, page_id: str, digest: str) -> bool:
    """Let what people decided hold for the statements of a new page; False when that is nothing."""
    if connection.execute(_ANY).first() is None:
        return False
    alike = connection.execute(_GIVEN_LIKE, {"page": page_id}).scalars().all()
    own = [page_id] if is_spoken_of(connection, digest) else []
    corrected = bool(carry_out(connection, [*own, *alike]))
    if connection.execute(_REVIEWED, {"page": page_id}).first() is None:
        return corrected
    decide_again(connection, connection.execute(_ROOTS, {"page": page_id}).scalars(), page=page_id)
    return True


def decide_again(connection: Connection, roots: Iterable[str], *, page: str | None = None) -> set[str]:
    """Give names, and the statements under them, the speakers they have now; also those statements of which
    people said who spoke. Returns the pages on which a speaker changed.
    """
    changed = regroup(connection, roots, page=page)
    touched = changed | ({page} if page else set())
    return changed | carry_out(connection, touched | _pages_named_on(connection, touched))


def _pages_named_on(connection: Connection, page_ids: Iterable[str]) -> set[str]:
    """Return the pages of corrections that say who spoke by a name that stands on these pages."""
    given = to_json(sorted(page_ids))
    there = select(func.json_each(given).table_valued("value").c.value)
    keys = connection.execute(
        select(speaker_names.c.key).where(speaker_names.c.page_id.in_(there)).distinct()
    ).scalars()
    ids = find_reviewed(connection, keys)
    return pages_of_digests(connection, _digests(read_reviews(connection, ids)))


def _digests(given: Iterable[Review]) -> set[str]:
    """Return which pages corrections are about."""
    about = [side for review in given if review.kind == "correct" for side in review.about]
    return {target.digest for side in about for target in side}


def pages_of_digests(connection: Connection, digests: Iterable[str]) -> set[str]:
    """Return the ids of the pages that have these bytes."""
    given = func.json_each(to_json(sorted(set(digests)))).table_valued("value")
    query = select(pages.c.id).where(pages.c.payload_digest.in_(select(given.c.value)))
    return set(connection.execute(query).scalars())


def carry_out(connection: Connection, page_ids: Iterable[str]) -> set[str]:
    """Let what was corrected hold for the statements of these pages; return those on which one changed."""
    return {id for id in sorted(set(page_ids)) if _carry_out(connection, id)}


def _carry_out(connection: Connection, page_id: str) -> bool:
    page = connection.execute(_PAGE, {"page": page_id}).one()
    used: set[str] = set()
    changed = False
    for one in _work_out(connection, page, used=used):
        values = _columns(one, page.published)
        before = {name: getattr(one.row, name) for name in values}
        further = _further(connection, one.row.id)
        if before == values and further == set(one.speakers[1:]):
            continue
        connection.execute(update(entries).where(entries.c.id == one.row.id).values(values))
        if further != set(one.speakers[1:]):
            _save_further(connection, one.row.id, one.speakers[1:])
        reindex_entry(connection, one.row.n, _indexed(before, one.row), _indexed(values, one.row))
        changed = True
    return _drop_given(connection, page_id, used) or changed


def find_wrong(connection: Connection, page: Row[Any]) -> Iterator[str]:
    """Yield in words where the statements of a page are not what was read and what people said make them."""
    for one in _work_out(connection, page, used=None):
        values = _columns(one, page.published)
        for name, expected in values.items():
            if (kept := getattr(one.row, name)) != expected:
                yield (
                    f"the column {name} of the entry {one.row.id} is {kept!r}, but what was read and the "
                    f"reviews give {expected!r}"
                )
        further = _further(connection, one.row.id)
        if further != set(one.speakers[1:]):
            yield (
                f"the entry {one.row.id} has the further speakers {sorted(further)}, but what was read and "
                f"the reviews give {sorted(one.speakers[1:])}"
            )


def change_read(connection: Connection, row: Row[Any], **values: Any) -> None:
    """Change what was read of a statement: in its columns, or beside them where somebody has corrected it."""
    read = replace(read_of(row), **values)
    kept: dict[str, Any] = {"read": to_json(read)}
    if row.read is None:
        published = select(pages.c.published).where(pages.c.id == row.page_id).scalar_subquery()
        kept = {**account_columns(read), "day": func.coalesce(read.said_on, published)}
    connection.execute(update(entries).where(entries.c.id == row.id).values(kept))
    if row.read is not None:
        carry_out(connection, [row.page_id])


def place_corrections(connection: Connection, page: Row[Any], given: Iterable[Review]) -> dict[str, Placed]:
    """Return which statement of a page each of these corrections means; those of none are left out."""
    return _place(text_of(connection, page), _read_on(connection, page), given)


def place_target(connection: Connection, page: Row[Any], target: Target) -> Placed | None:
    """Return which statement of a page a target means; None of a page, or where no statement is meant."""
    if target.entry is None:
        return None
    spans = [(id, account.spans) for id, account in _read_on(connection, page).items()]
    return find_target(target, text_of(connection, page), spans)


def _read_on(connection: Connection, page: Row[Any]) -> dict[str, Account]:
    """Return the statements of a page as the program read them."""
    query = select_entries(hidden=True).where(entries.c.page_id == page.id).order_by(entries.c.seq)
    return {row.id: read_of(row) for row in connection.execute(query)}


def text_of(connection: Connection, page: Row[Any]) -> TextOfRecord:
    """Return the text of a page, with where it names its readers."""
    hidden = find_namings_in(page.text, blocks_of(page), read_comments(connection, page.id))
    return TextOfRecord(digest=page.payload_digest, version=page.text_version, text=page.text, hidden=hidden)


def _place(text: TextOfRecord, read: Mapping[str, Account], given: Iterable[Review]) -> dict[str, Placed]:
    spans = [(id, account.spans) for id, account in read.items()]
    found: dict[str, Placed] = {}
    for review in given:
        target = review.about[0][0]
        place = find_target(target, text, spans)
        if place is not None and fits(review, place.shift, text):
            found[review.id] = place
    return found


def _work_out(connection: Connection, page: Row[Any], *, used: set[str] | None) -> Iterator[_Worked]:
    """Yield the statements of a page that somebody has corrected, or had, as they should stand.

    With `used`, speakers who are known by corrections alone are made, and their ids put in there.
    """
    given = reviews_of_pages(connection, [page.payload_digest], "correct")
    query = select_entries(hidden=True).where(entries.c.page_id == page.id).order_by(entries.c.seq)
    rows = connection.execute(query).all() if given else ()
    if not given:
        rows = connection.execute(query.where(entries.c.read.is_not(None))).all()
        if not rows:
            return
    text = text_of(connection, page)
    read = {row.id: read_of(row) for row in rows}
    placed = _place(text, read, given)
    by_entry: dict[str, list[tuple[Review, int]]] = defaultdict(list)
    for review in given:
        if place := placed.get(review.id):
            by_entry[place.entry].append((review, place.shift))
    concerned = [row for row in rows if row.id in by_entry or row.read is not None]
    accounts = {row.id: correct(read[row.id], by_entry.get(row.id, ()), text) for row in concerned}
    if used is not None:
        # Before the names of the page are read: they are among them.
        for account in accounts.values():
            _make_names(connection, account, page, used)
    names = names_of_page(connection, page.id)
    for row in concerned:
        account, mine = accounts[row.id], by_entry.get(row.id, [])
        ids, by_name = _whose(connection, account, page, names)
        yield _Worked(
            row=row,
            read=read[row.id],
            account=account,
            speakers=ids,
            review=_newest(connection, mine[-1][0] if mine else None, by_name),
            corrected=bool(mine),
        )


def _newest(connection: Connection, correction: Review | None, by_name: str | None) -> str | None:
    """Return the id of the newer of two reviews: of the statement, and of whose its printed name is."""
    if correction is None or by_name is None:
        return correction.id if correction else by_name
    (other,) = read_reviews(connection, [by_name]) or [correction]
    return max((correction, other), key=lambda review: (review.at, review.id)).id


def _make_names(connection: Connection, account: Account, page: Row[Any], used: set[str]) -> None:
    who = account.speaker
    for mark in account.names or ():
        if who is None or _find_mark(connection, mark, page) is not None:
            continue
        before = connection.execute(
            select(speakers).where(speakers.c.id == given_id(mark, who.type, page.id))
        )
        old = before.first()
        id = make_given(connection, mark, who.type, page.id)
        used.add(id)
        new = connection.execute(select(speakers).where(speakers.c.id == id)).one()
        if old is None or old.bearer_id != new.bearer_id:
            roots = {id, *(row.bearer_id for row in (old, new) if row is not None and row.bearer_id)}
            decide_again(connection, roots)
            # Elsewhere the same name may have been chosen from this page.
            carry_out(connection, _pages_named_on(connection, [page.id]) - {page.id})


def _whose(
    connection: Connection,
    account: Account,
    page: Row[Any],
    names: Mapping[tuple[str, str], tuple[str, str | None]],
) -> tuple[tuple[str, ...], str | None]:
    """Return the speakers of a statement, and the review that decided whose their printed name is."""
    who = account.speaker
    if who is None or who.type == "unnamed":
        return (), None
    if account.names is None:
        return who_said(names, who.name, who.type)
    found = [
        _find_mark(connection, mark, page)
        or _find_given(connection, given_id(mark, who.type, page.id), page)
        or (given_id(mark, who.type, page.id), None)
        for mark in account.names
    ]
    ids = tuple(dict.fromkeys(id for id, _ in found))
    return ids, next((review for _, review in found if review), None)


def _find_mark(connection: Connection, mark: Mark, page: Row[Any]) -> tuple[str, str | None] | None:
    """Return whose a printed name is: on the page that a mark means, else on this one; None where neither
    prints it.
    """
    given = speakers.c.key.like(f"{GIVEN} %")
    query = (
        select(speaker_names.c.speaker_id, speaker_names.c.review_id)
        .join(pages, pages.c.id == speaker_names.c.page_id)
        .join(speakers, speakers.c.id == speaker_names.c.machine_id)
        .where(speaker_names.c.key == mark.key, or_(not_(given), pages.c.id != page.id))
        .order_by(given, pages.c.n, speaker_names.c.name)
    )
    for condition in (pages.c.payload_digest == mark.digest, pages.c.id == page.id):
        if row := connection.execute(query.where(condition)).first():
            return row.speaker_id, row.review_id
    return None


def _find_given(connection: Connection, id: str, page: Row[Any]) -> tuple[str, str | None] | None:
    query = select(speaker_names.c.speaker_id, speaker_names.c.review_id)
    row = connection.execute(
        query.where(speaker_names.c.machine_id == id, speaker_names.c.page_id == page.id)
    ).first()
    return (row.speaker_id, row.review_id) if row else None


def _drop_given(connection: Connection, page_id: str, used: set[str]) -> bool:
    """Drop the names on a page that no correction in force gives any more; say whether there were any."""
    query = (
        select(speakers.c.id, speakers.c.bearer_id, speaker_names.c.key)
        .join(speaker_names, speaker_names.c.machine_id == speakers.c.id)
        .where(speaker_names.c.page_id == page_id, speakers.c.key.like(f"{GIVEN} %"))
    )
    gone = [row for row in connection.execute(query).all() if row.id not in used]
    for row in gone:
        given = read_reviews(connection, find_reviewed(connection, [row.key]))
        roots = find_roots(connection, marks_in(given)) | ({row.bearer_id} if row.bearer_id else set())
        connection.execute(delete(speaker_names).where(speaker_names.c.machine_id == row.id))
        decide_again(connection, roots - {row.id})
        carry_out(connection, pages_of_digests(connection, _digests(given)) - {page_id})
        connection.execute(update(remarks).where(remarks.c.speaker_id == row.id).values(speaker_id=None))
        connection.execute(delete(name_words).where(name_words.c.speaker_id == row.id))
        connection.execute(delete(speakers).where(speakers.c.id == row.id))
    return bool(gone)


def _columns(one: _Worked, published: str | None) -> dict[str, Any]:
    return {
        **account_columns(one.account),
        "day": one.account.said_on or published,
        "speaker_id": one.speakers[0] if one.speakers else None,
        "review_id": one.review,
        "hidden": int(one.account.hidden),
        "read": to_json(one.read) if one.corrected else None,
    }


def _indexed(values: Mapping[str, Any], row: Row[Any]) -> tuple[str | None, str | None, str | None]:
    """Return what the text index holds of an entry: of a refusal without content its words of refusing."""
    words = msgspec.json.decode(values["content"])
    return " ".join(words) if words else row.cue, row.source, values["speaker_name"]


def _further(connection: Connection, entry_id: str) -> set[str]:
    query = select(joint_speakers.c.speaker_id).where(joint_speakers.c.entry_id == entry_id)
    return set(connection.execute(query).scalars())


def _save_further(connection: Connection, entry_id: str, ids: Sequence[str]) -> None:
    connection.execute(delete(joint_speakers).where(joint_speakers.c.entry_id == entry_id))
    if rows := [{"entry_id": entry_id, "speaker_id": id} for id in ids]:
        connection.execute(insert(joint_speakers), rows)
