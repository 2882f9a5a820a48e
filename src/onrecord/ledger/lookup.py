"""From what a person types to an id of the ledger; and, when there is none, to the names that are near it."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, Connection, or_, select

from onrecord.checks.articles import address_key
from onrecord.errors import BadRequest, NotFound
from onrecord.ledger.schema import article_keys, captures, name_words, pages, speaker_names, speakers
from onrecord.ledger.versions import order_pages
from onrecord.people.fold import fold, words_of
from onrecord.people.names import match_names, name_key, read_name, split_joint
from onrecord.people.spelling import spell

__all__ = ["find_page_id", "find_speaker", "find_speaker_ids", "near", "near_names"]

_MOST_NAMES = 50_000
_OF_SOMEBODY = re.compile(r"[^\W_][\w.-]*(?:['’]s|s['’])(?=\s)")


def find_page_id(connection: Connection, asked: str) -> str:
    """Return the id of the page with this id (or its beginning), address or place; of versions the newest."""
    for exact in (pages.c.id == asked, pages.c.uri == asked):
        found = _newest(connection, exact)
        if found:
            return found
    named = (captures.c.uri, captures.c.place, captures.c.payload_digest)
    of_capture = select(captures.c.page_id).where(or_(*(column == asked for column in named)))
    found = _newest(connection, pages.c.id.in_(of_capture))
    if found:
        return found
    # "https://slope.example/bridge?utm_source=x" is the page of "https://www.slope.example/bridge".
    same = select(article_keys.c.page_id).where(article_keys.c.key == address_key(asked))
    if found := _newest(connection, pages.c.id.in_(same)):
        return found
    begins = connection.execute(
        select(pages.c.id).where(pages.c.id.startswith(asked[:80], autoescape=True)).limit(6)
    ).scalars()
    ids = list(begins) if len(asked) > 1 else []
    if len(ids) > 1:
        raise BadRequest(
            f"several pages have ids that begin with {asked!r}: {', '.join(ids)}; give more of it"
        )
    if ids:
        return str(ids[0])
    places = connection.execute(select(captures.c.place).limit(_MOST_NAMES)).scalars()
    uris = connection.execute(
        select(pages.c.uri).where(pages.c.uri.is_not(None)).limit(_MOST_NAMES)
    ).scalars()
    raise NotFound(
        f"no page of the ledger has the id, address or place {asked!r}{near(asked, [*places, *uris])}; "
        "`onrecord page` without a name lists them"
    )


def find_speaker_ids(connection: Connection, asked: str) -> list[str]:
    """Return the ids of all speakers that bear a name: in full, with initials, or its last name.

    Where nobody does, those are meant of whose names it is any part ("Dmitry", "water ministry"). An id
    names its speaker.
    """
    if ids := _with_id(connection, asked):
        return ids
    words = words_of(asked)
    if not words:
        return []
    last = read_name(asked).last or words[-1]
    wanted = {words[-1], last, spell(last)}
    candidates = select(name_words.c.speaker_id).where(name_words.c.word.in_(wanted))
    # A public body is found under a name that no page prints, too.
    keys = {name_key(asked, type) for type in ("institution", "group")}
    bearing = candidates.union(select(speakers.c.id).where(speakers.c.key.in_(keys)))
    names = connection.execute(
        select(speaker_names.c.speaker_id, speaker_names.c.name, speakers.c.type)
        .join(speakers, speakers.c.id == speaker_names.c.machine_id)
        .where(speaker_names.c.machine_id.in_(bearing))
        .distinct()
    ).all()
    fitting = {row.speaker_id for row in names if match_names(asked, row.name, type=row.type)}
    part = {row.speaker_id for row in names if set(words) <= set(words_of(row.name))}
    # Of an institution any words do: nobody types "Ministry of Water and Valleys" in full.
    # "Ruel's office" is not Ruel.
    wider = {row.speaker_id for row in names if row.type != "person" and _has_words(row.name, words, asked)}
    persons = {row.speaker_id for row in names if row.type == "person"} & fitting
    # Where a person is called so, what is named after them is not meant.
    return sorted((persons and fitting) or (fitting | wider) or part)


def _has_words(name: str, words: Sequence[str], asked: str) -> bool:
    """Say whether all words are a name's own, and not of those whose it is."""
    own = name if _OF_SOMEBODY.search(asked) else _OF_SOMEBODY.sub(" ", name)
    return set(words) <= set(words_of(own))


def find_speaker(connection: Connection, asked: str) -> str:
    """Return the id of the one speaker with this id or name; `BadRequest` lists them when several fit."""
    ids = find_speaker_ids(connection, asked)
    found = connection.execute(
        select(speakers.c.id, speakers.c.name).where(speakers.c.id.in_(ids)).order_by(speakers.c.name)
    ).all()
    same = [one for one in found if one.name == asked]
    found = same if len(same) == 1 else found
    if len(found) > 1:
        names = ", ".join(f"{one.name} ({one.id})" for one in found[:20])
        raise BadRequest(f"several speakers bear the name {asked!r}: {names}; give the id of one")
    if not found:
        raise NotFound(f"no speaker is named {asked!r}{near_names(connection, asked)}")
    return str(found[0].id)


def _with_id(connection: Connection, asked: str) -> list[str]:
    """Return the speaker with this id; when all names went from it to others, those."""
    if connection.execute(select(speakers.c.id).where(speakers.c.id == asked)).first() is None:
        return []
    if connection.execute(select(speaker_names.c.name).where(speaker_names.c.speaker_id == asked)).first():
        return [asked]
    moved = select(speaker_names.c.speaker_id).where(speaker_names.c.machine_id == asked).distinct()
    return sorted(connection.execute(moved).scalars())


def near(asked: str, known: Iterable[str]) -> str:
    """Return "; near it: ..." with the few known names that are most like what was asked; "" when none is."""
    found = process.extract(asked, set(known), scorer=fuzz.WRatio, processor=fold, limit=3, score_cutoff=70)
    return "; near it: " + ", ".join(repr(name) for name, _, _ in found) if found else ""


def near_names(connection: Connection, asked: str) -> str:
    """Return the same for the names of speakers."""
    names = connection.execute(select(speakers.c.name).limit(_MOST_NAMES)).scalars()
    return near(asked, (part for name in names for part in split_joint(name)))


def _newest(connection: Connection, condition: ColumnElement[bool]) -> str | None:
    """Return the newest of the versions of a page, as far as their order is known."""
    ids = list(connection.execute(select(pages.c.id).where(condition)).scalars())
    return order_pages(connection, ids).ids[-1] if ids else None
