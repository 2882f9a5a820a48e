"""People decide: one speaker or two, and back again; and the list of all that they decided.

Every function works inside the caller's transaction.
"""

import os
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, select

from onrecord.errors import BadRequest
from onrecord.ledger.correcting import carry_out, decide_again, pages_of_digests
from onrecord.ledger.decide import Decision, Mark, holds
from onrecord.ledger.facts import compare_facts, facts_before
from onrecord.ledger.lookup import find_page_id, find_speaker
from onrecord.ledger.records import Outcome, ReviewedName, ReviewRecord, ReviewState
from onrecord.ledger.regroup import Component, decided_names, find_roots, marks_in
from onrecord.ledger.review_checks import check_review
from onrecord.ledger.reviewed_things import find_corrected, find_thing, state_of
from onrecord.ledger.reviews import (
    NAMING,
    Review,
    add_review,
    decision_of,
    find_review,
    make_review,
    next_moment,
    read_reviews,
    standing,
)
from onrecord.ledger.rows import page_from_row, select_pages, to_json
from onrecord.ledger.schema import pages, speaker_names, speakers
from onrecord.ledger.store import Ledger
from onrecord.ledger.telling import carry_out_told
from onrecord.ledger.trouble import ledger_trouble
from onrecord.people.fold import words_of
from onrecord.people.names import is_bare

FILE = "reviews.jsonl"
LINKING = ("not-one-story", "not-one-remark", "one-remark")  # what `across` carries out
MOVING = ("tell", "not-one-story")  # after these a page may belong to another story

__all__ = [
    "FILE",
    "LINKING",
    "MOVING",
    "Outcome",
    "export_reviews",
    "keep_file",
    "list_reviews",
    "load_reviews",
    "merge_speakers",
    "moved_by",
    "split_speaker",
    "trust_names",
    "turn_review",
]


def merge_speakers(
    connection: Connection, one: str, other: str, *, by: str | None = None, note: str | None = None
) -> Outcome:
    """Say that two speakers (ids or names) are one; the first one's name and id stay."""
    first, second = find_speaker(connection, one), find_speaker(connection, other)
    if first == second:
        raise BadRequest(
            f"{one!r} and {other!r} are one speaker already ({first}); `onrecord speaker {first}` shows the "
            "names that it goes by"
        )
    sides = [_marks_of(connection, first), _marks_of(connection, second)]
    return _give(connection, "merge", sides, by=by, note=note)


def split_speaker(
    connection: Connection,
    who: str,
    *,
    names: Sequence[str] = (),
    on_pages: Sequence[str] = (),
    by: str | None = None,
    note: str | None = None,
) -> Outcome:
    """Say that some of a speaker's printed names are somebody else's.

    Which: those that read so (`names`), wherever they are printed, now and later; or all on these pages; or,
    with both, those that read so on these pages.
    """
    id = find_speaker(connection, who)
    uses = connection.execute(_select_names(id)).all()
    if not names and not on_pages:
        raise BadRequest("say which names or pages of the speaker are somebody else's")
    there = {find_page_id(connection, page) for page in on_pages}
    wanted = {tuple(words_of(name)) for name in names}
    printed = {tuple(words_of(use.name)) for use in uses}
    if unknown := [name for name in names if tuple(words_of(name)) not in printed]:
        known = ", ".join(repr(name) for name in dict.fromkeys(use.name for use in uses))
        raise BadRequest(f"no page prints {unknown[0]!r} for {who!r}; the names printed are {known}")
    if missing := sorted(there - {use.page_id for use in uses}):
        raise BadRequest(
            f"the page {missing[0]} prints no name of {who!r}; `onrecord speaker {id}` lists those that do"
        )
    out = [
        use
        for use in uses
        if (not wanted or tuple(words_of(use.name)) in wanted) and (not there or use.page_id in there)
    ]
    # A form of a name goes as a whole: "Ms Ostrey" and "Ostrey" are one form.
    keys = {use.key for use in out}
    if not there:
        out = [use for use in uses if use.key in keys]
    rest = [use for use in uses if use not in out]
    if not out or not rest:
        what = "all names" if out else "none of the names"
        raise BadRequest(
            f"that would take {what} of {who!r} away, so nothing would be split; choose some of them"
        )
    marks = [
        Mark(key=use.key, name=use.name, digest=use.payload_digest if there or _is_bare(use) else None)
        for use in out
    ]
    stay = [Mark(key=use.key, name=use.name, digest=use.payload_digest) for use in _one_each(rest)]
    return _give(connection, "split", [marks, stay], by=by, note=note)


def turn_review(
    connection: Connection,
    asked: str,
    turn: Literal["undo", "redo"],
    *,
    by: str | None = None,
    note: str | None = None,
) -> Outcome:
    """Undo a review, or redo one that was undone. Neither takes anything out of the log."""
    review = find_review(connection, asked)
    if review.kind in ("undo", "redo"):
        raise BadRequest(
            f"{review.id} is itself the {review.kind}ing of {review.of}; {turn} {review.of} instead"
        )
    undone = standing(read_reviews(connection))[review.id]
    if (turn == "undo") == (undone is not None):
        state = "undone already" if undone else "in force: only an undone review can be redone"
        raise BadRequest(f"the review {review.id} is {state}; `onrecord review` lists them all")
    if review.kind not in NAMING:
        return _turn(connection, review, turn, by=by, note=note)
    return _give(connection, turn, (), of=review, by=by, note=note)


def trust_names(
    connection: Connection,
    rows: Iterable[Sequence[Mark]],
    *,
    file: str,
    by: str | None = None,
) -> Outcome:
    """Take a file of names that somebody trusts: the names of each row are one speaker's, now and later."""
    at = next_moment(connection)
    head = make_review("trust", by=by, note=f"names of {file}", at=at)
    add_review(connection, head)
    given: list[Mark] = []
    for marks in rows:
        add_review(
            connection, make_review("trust", [marks], of=head.id, by=by, note=f"names of {file}", at=at)
        )
        given += marks
    touched = decide_again(connection, find_roots(connection, given))
    return Outcome(review=head, pages=frozenset(touched), speakers=(), against=())


def load_reviews(
    connection: Connection, given: Iterable[Review]
) -> tuple[int, frozenset[str], frozenset[str]]:
    """Take over reviews from another ledger; return how many were new, the pages that changed, and those of
    them that may belong to another story now.
    """
    checked = list(given)
    for review in checked:
        if wrong := check_review(review):
            raise BadRequest(f"the review {review.id} can't be carried out: {wrong}; nothing was loaded")
    new = [review for review in checked if add_review(connection, review)]
    known = {review.id: review for review in read_reviews(connection)}
    about = [
        known[review.of] if review.kind in ("undo", "redo") and review.of in known else review
        for review in new
    ]
    rows = [
        review
        for review in known.values()
        if review.kind == "trust" and review.of in {one.id for one in about}
    ]
    roots = find_roots(connection, marks_in((*about, *rows)))
    changed = decide_again(connection, roots)
    carry_out_reviews(connection, (one for one in about if one.kind in MOVING))
    moved = {page for one in about for page in moved_by(connection, one)}
    changed |= carry_out_reviews(connection, (one for one in about if one.kind not in MOVING))
    return len(new), frozenset(changed | moved), frozenset(moved)


def carry_out_reviews(connection: Connection, given: Iterable[Review]) -> set[str]:
    """Let reviews of pages and statements hold, or no more; return the pages on which something changed."""
    digests: dict[str, set[str]] = {}
    for review in given:
        about = {target.digest for side in review.about for target in side}
        digests.setdefault(review.kind, set()).update(about)
    corrected = carry_out(connection, pages_of_digests(connection, digests.get("correct", ())))
    told = carry_out_told(connection, pages_of_digests(connection, digests.get("tell", ())))
    linked = [digest for kind in LINKING for digest in digests.get(kind, ())]
    return corrected | told | pages_of_digests(connection, linked)


def moved_by(connection: Connection, review: Review) -> set[str]:
    """Return the pages that may belong to another story after a review was given, undone or redone."""
    if review.kind not in MOVING:
        return set()
    sides = review.about[:1]  # What a page is taken out of stays together.
    return pages_of_digests(connection, {target.digest for side in sides for target in side})


def _turn(
    connection: Connection,
    review: Review,
    turn: Literal["undo", "redo"],
    *,
    by: str | None,
    note: str | None,
) -> Outcome:
    """Undo or redo a review of pages or statements."""
    given = make_review(turn, of=review.id, by=by, note=note, at=next_moment(connection))
    before, was_hidden = find_corrected(connection, review)
    about = {target.digest for side in review.about for target in side} if review.kind == "tell" else set()
    facts = facts_before(connection, sorted(pages_of_digests(connection, about)))
    add_review(connection, given)
    changed = carry_out_reviews(connection, [review])
    after, hidden = find_corrected(connection, review)
    told, redated = compare_facts(connection, facts)
    return Outcome(
        review=given,
        pages=frozenset(changed),
        speakers=(),
        against=(),
        before=before,
        after=after,
        hidden=hidden and not was_hidden,
        shown_again=was_hidden and not hidden,
        told=told,
        redated=redated,
    )


def keep_file(ledger: Ledger) -> None:
    """Write the log beside the captures: with both a ledger whose database is lost can be made again."""
    lines = [to_json(review) for review in export_reviews(ledger)]
    place = ledger.folder / FILE
    part = place.with_name(place.name + ".part")
    with ledger_trouble(ledger.folder):
        with part.open("wb") as out:
            out.write("".join(f"{line}\n" for line in lines).encode())
            out.flush()
            os.fsync(out.fileno())
        part.replace(place)


def export_reviews(ledger: Ledger) -> list[Review]:
    """Return the whole log of a ledger, oldest first: what `load_reviews` takes."""
    with ledger.reading() as connection:
        return read_reviews(connection)


def list_reviews(ledger: Ledger) -> list[ReviewRecord]:
    """Return everything that people decided, the newest first, and what has become of it."""
    with ledger.reading() as connection:
        found = read_reviews(connection)
        undone = standing(found)
        shown = [
            review for review in found if review.id in undone and (review.kind != "trust" or not review.of)
        ]
        rows: dict[str | None, int] = {}
        for review in found:
            if review.kind == "trust" and review.of:
                rows[review.of] = rows.get(review.of, 0) + 1
        return [
            ReviewRecord(
                id=review.id,
                kind=review.kind,
                state=_state(connection, review, undone[review.id]),
                by=review.by,
                at=review.at,
                note=review.note,
                names=tuple(_names(connection, side) for side in review.sides),
                rows=rows.get(review.id, 0),
                undone_by=undoing.by if undoing else None,
                undone_at=undoing.at if undoing else None,
                undone_note=undoing.note if undoing else None,
                about=tuple(
                    tuple(find_thing(connection, target) for target in side) for side in review.about
                ),
                change=review.change,
            )
            for review in reversed(shown)
            for undoing in [undone[review.id]]
        ]


def _give(
    connection: Connection,
    kind: Literal["merge", "split", "undo", "redo"],
    sides: Sequence[Sequence[Mark]],
    *,
    of: Review | None = None,
    by: str | None,
    note: str | None,
) -> Outcome:
    """Write a review down and carry it out."""
    # The second side of a split keeps the speaker: it comes first in what is told.
    target = list(of.sides if of else sides)[:: -1 if kind == "split" else 1]
    marks = [mark for side in target for mark in side]
    if of and of.kind == "trust":
        marks += marks_in(review for review in read_reviews(connection) if review.of == of.id)
    roots = find_roots(connection, marks)
    held = {one.id for one in _holding(decided_names(connection, roots))}
    review = make_review(kind, sides, of=of.id if of else None, by=by, note=note, at=next_moment(connection))
    add_review(connection, review)
    touched = decide_again(connection, roots)
    now = decided_names(connection, roots)
    still = {one.id for one in _holding(now)}
    standing_now = {one.id for one in now.order}
    return Outcome(
        review=review,
        pages=frozenset(touched),
        speakers=_speakers_of(now, marks),
        against=tuple(sorted(held & standing_now - still)),
    )


def _speakers_of(component: Component, marks: Iterable[Mark]) -> tuple[str, ...]:
    """Return whose the names are at which these marks point, in their order."""
    by_key: dict[str, dict[str | None, list[str]]] = {}
    for use, to in component.decided.items():
        by_key.setdefault(use.key, {}).setdefault(use.digest, []).append(to.speaker)
    found: dict[str, None] = {}
    for mark in marks:
        there = by_key.get(mark.key, {})
        everywhere = [speaker for speakers in there.values() for speaker in speakers]
        here = there.get(mark.digest) or there.get(None, []) if mark.digest else everywhere
        found |= dict.fromkeys(here)
    return tuple(found)


def _holding(component: Component) -> list[Decision]:
    return [one for one in component.order if holds(one, component.decided)]


def _state(connection: Connection, review: Review, undoing: Review | None) -> ReviewState:
    if undoing is not None:
        return "undone"
    if review.kind not in NAMING:
        return state_of(connection, review)
    if not review.sides:
        return "in force"
    decided = decided_names(connection, find_roots(connection, marks_in([review]))).decided
    if not decided:
        return "of no name here"
    return "in force" if holds(decision_of(review), decided) else "overruled"


def _marks_of(connection: Connection, id: str) -> list[Mark]:
    """Return what marks a speaker: each form of each name, on the first page that prints it.

    Names that came to the speaker by a review are left out: when that review is undone, they go again.
    """
    uses = connection.execute(_select_names(id)).all()
    own = [use for use in uses if (use.bearer_id or use.machine_id) == id]
    full = [use for use in own or uses if not _is_bare(use)]
    return [
        Mark(key=use.key, name=use.name, digest=use.payload_digest) for use in _one_each(full or own or uses)
    ]


def _select_names(id: str) -> Select[Any]:
    return (
        select(speaker_names, speakers.c.bearer_id, speakers.c.type, pages.c.payload_digest)
        .join(speakers, speakers.c.id == speaker_names.c.machine_id)
        .join(pages, pages.c.id == speaker_names.c.page_id)
        .where(speaker_names.c.speaker_id == id)
        .order_by(pages.c.n, speaker_names.c.name)
    )


def _one_each(uses: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Return the first use of each form of name that each of the machine's speakers has."""
    first: dict[tuple[str, str], Row[Any]] = {}
    for use in uses:
        first.setdefault((use.key, use.bearer_id or use.machine_id), use)
    return list(first.values())


def _is_bare(use: Row[Any]) -> bool:
    """Say whether a name says nothing of another page that prints it, too."""
    return is_bare(use.name, use.type)


def _names(connection: Connection, side: Sequence[Mark]) -> tuple[ReviewedName, ...]:
    digests = sorted({mark.digest for mark in side if mark.digest})
    query = select_pages().where(pages.c.payload_digest.in_(digests)).order_by(pages.c.n)
    known = {row.payload_digest: page_from_row(row) for row in connection.execute(query)}
    return tuple(ReviewedName(name=mark.name, page=known.get(mark.digest or "")) for mark in side)
