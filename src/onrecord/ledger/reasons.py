"""Why a printed name is a speaker's, and why two speakers whom one name fits stay two: in words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from sqlalchemy import Connection, Row, select

from onrecord.ledger.people import GIVEN, UNCLEAR
from onrecord.ledger.records import Apart
from onrecord.ledger.reviews import Review, read_reviews
from onrecord.ledger.schema import pages, speaker_names, speakers
from onrecord.people.clash import Bearing, find_clash
from onrecord.people.fold import words_of
from onrecord.people.names import BARE, explain_match, is_bare, match_names
from onrecord.people.offices import is_office
from onrecord.types import EntrySpeaker

__all__ = ["OWN_NAME", "explain_names", "find_apart", "tell_review"]

OWN_NAME = "the name itself"
_MOST = 50  # namesakes that are told of; of a common last name there may be thousands


def explain_names(connection: Connection, who: Row[Any], uses: Sequence[Row[Any]]) -> list[str]:
    """Return for every printed name of a speaker why it is theirs."""
    given = {
        review.id: review
        for review in read_reviews(connection, (use.review_id for use in uses if use.review_id))
    }
    machines = {use.machine_id for use in uses}
    rows = connection.execute(select(speakers).where(speakers.c.id.in_(machines))).all() if machines else []
    known = {row.id: row for row in rows}
    shown = _shown_of_machine(known, who)
    return [
        tell_review(given[use.review_id])
        if use.review_id in given and not _is_own(use, known, who.id)
        else _explain(use, known, shown, who)
        for use in uses
    ]


def _is_own(use: Row[Any], known: dict[str, Row[Any]], id: str) -> bool:
    """Say whether a name was this speaker's before any review: to it others were merged."""
    machine = known.get(use.machine_id)
    return machine is not None and id in (machine.id, machine.bearer_id)


def _shown_of_machine(known: dict[str, Row[Any]], who: Row[Any]) -> str:
    return str(known[who.id].fullest) if who.id in known else str(who.name)


def _explain(use: Row[Any], known: dict[str, Row[Any]], shown: str, who: Row[Any]) -> str:
    machine = known.get(use.machine_id)
    if machine is not None and machine.bearer_id is not None:
        return str(machine.bearer_why)
    if machine is not None and machine.key.startswith(f"{GIVEN} "):
        return "a correction names this speaker; the page prints no such name"
    if is_bare(use.name, who.type):
        if is_office(use.name):
            return "an office, and not who holds it; who that is, only its page tells"
        if who.type == "person":
            return "a last name alone, with nobody in the story whose it is"
        return "says what kind of body it is; which one, only its page tells"
    if words_of(use.name) == words_of(shown):
        return OWN_NAME
    if not match_names(use.name, shown, type=who.type):
        # The fullest name has grown since: the two are joined by a third.
        return "fits another name of this speaker"
    return explain_match(use.name, shown, type=who.type)


def tell_review(review: Review) -> str:
    """Return a review as a reason: "reviewed by Ada Brill on 2031-03-11: two spellings (v01...)"."""
    what = {
        "merge": "merged",
        "split": "split off",
        "trust": "joined by a list of trusted names",
    }[review.kind]
    by = f" by {review.by}" if review.by else ""
    note = f": {review.note}" if review.note else ""
    return f"{what}{by} on {review.at[:10]}{note} ({review.id})"


def find_apart(connection: Connection, id: str) -> Iterator[Apart]:
    """Yield the other speakers whom a name of this speaker fits, and why they are not this one."""
    who = connection.execute(select(speakers).where(speakers.c.id == id)).one()
    own = _bearings(connection, [id]).get(id, [])
    machines = select(speaker_names.c.machine_id).where(speaker_names.c.speaker_id == id)
    keys = connection.execute(select(speakers.c.key).where(speakers.c.id.in_(machines)).distinct()).scalars()
    plain = {
        key.removeprefix(f"{GIVEN} ").removeprefix(f"{UNCLEAR} ").removeprefix(f"{BARE} ")
        for key in keys
        if key
    }
    wanted = plain | {f"{kind} {key}" for key in plain for kind in (GIVEN, UNCLEAR, BARE)}
    near = select(speakers.c.id).where(speakers.c.key.in_(wanted))
    query = (
        select(speakers)
        .where(
            speakers.c.id.in_(select(speaker_names.c.speaker_id).where(speaker_names.c.machine_id.in_(near))),
            speakers.c.id != id,
        )
        .order_by(speakers.c.name, speakers.c.id)
        .limit(_MOST)
    )
    others = connection.execute(query).all()
    bearings = _bearings(connection, [other.id for other in others])
    for other in others:
        names = sorted({name for name, *_ in bearings.get(other.id, [])})
        if who.type != "person" and all(is_bare(name, who.type) for name in names):
            continue  # The police of every other page: nobody takes them for these.
        if any(match_names(a, b, type=who.type) for (a, *_), b in product(own, names)):
            review, why = _explain_apart(connection, who, own, other, bearings.get(other.id, []))
            roles = dict.fromkeys(role for _, role, _, _ in bearings.get(other.id, []) if role)
            yield Apart(
                speaker=EntrySpeaker(id=other.id, name=other.name, type=other.type, role=None),
                roles=tuple(roles),
                why=why,
                review=review,
            )


_Printed = tuple[str, str | None, str | None, str | None]  # name, role, the page's day, review


def _bearings(connection: Connection, ids: Iterable[str]) -> dict[str, list[_Printed]]:
    query = (
        select(speaker_names, pages.c.published)
        .join(pages, pages.c.id == speaker_names.c.page_id)
        .where(speaker_names.c.speaker_id.in_(sorted(ids)))
        .order_by(pages.c.published, pages.c.n)
    )
    found: dict[str, list[_Printed]] = {}
    for row in connection.execute(query):
        found.setdefault(row.speaker_id, []).append((row.name, row.role, row.published, row.review_id))
    return found


def _explain_apart(
    connection: Connection, who: Row[Any], own: list[_Printed], other: Row[Any], theirs: list[_Printed]
) -> tuple[str | None, str]:
    """Return the review that keeps two speakers apart, if one does, and the reason in words."""
    ids = {review for *_, review in (*own, *theirs) if review}
    splits = [review for review in read_reviews(connection, ids) if review.kind == "split"]
    if splits:
        return splits[-1].id, tell_review(splits[-1])
    for one, two in product(own, theirs):
        if one[1] and two[1] and (clash := find_clash(_bearing(one), _bearing(two))):
            return None, clash
    if UNCLEAR in (str(who.key).partition(" ")[0], str(other.key).partition(" ")[0]):
        return None, "two people bear this name, and these pages don't tell which is meant"
    full = [name for name, *_ in own], [name for name, *_ in theirs]
    if any(all(is_bare(name, who.type) for name in names) for names in full):
        if who.type != "person":
            return None, "only its own page tells which one is meant"
        return None, "a last name alone says nothing outside its page and its story"
    return None, "this name fits several people, and the page does not tell which is meant"


def _bearing(printed: _Printed) -> Bearing:
    return printed[1] or "", printed[2]
