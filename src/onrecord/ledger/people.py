"""Who is who over all pages: printed names that fit together become one speaker."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from onrecord.ledger.decide import Mark
from onrecord.ledger.rows import storable
from onrecord.ledger.schema import name_words, pages, speaker_names, speakers
from onrecord.people import Known, Naming
from onrecord.people import find_fitting as choose_fitting
from onrecord.people.clash import tells_apart
from onrecord.people.fold import words_of
from onrecord.people.forms import letters_key, lookup_keys
from onrecord.people.names import (
    form_key,
    fullness,
    is_bare,
    match_names,
    name_key,
    read_name,
    split_joint,
)
from onrecord.people.spelling import spell
from onrecord.types import Speaker, SpeakerType

__all__ = [
    "GIVEN",
    "UNCLEAR",
    "assign_speaker",
    "assign_speakers",
    "find_fitting",
    "given_id",
    "make_given",
    "match_names",
]

GIVEN = "given"  # opens the key of a speaker whose name no page prints: a correction gives it
UNCLEAR = "unclear"  # opens the key of a speaker who is one of several people of one name

# Made once: putting a question together costs more than asking it.
_NAMED = select(speakers.c.id, speakers.c.fullest, speakers.c.key).where(
    speakers.c.fullest == bindparam("printed"), speakers.c.type == bindparam("kind")
)
_LIKE_KEY = select(speakers.c.id, speakers.c.fullest, speakers.c.key).where(
    speakers.c.key.in_(bindparam("keys", expanding=True)), speakers.c.fullest.is_not(None)
)
_LIKE_LETTERS = (
    select(speakers.c.id, speakers.c.fullest, speakers.c.key)
    .join(name_words, name_words.c.speaker_id == speakers.c.id)
    .where(name_words.c.word == bindparam("letters"), speakers.c.fullest.is_not(None))
)
_FORMS = (
    select(speaker_names.c.name).distinct().where(speaker_names.c.machine_id == bindparam("who")).limit(50)
)
_WITH_ID = select(speakers.c.id).where(speakers.c.id == bindparam("who"))
_ON_PAGE = (
    select(speakers.c.id, speakers.c.fullest, speakers.c.key)
    .join(speaker_names, speaker_names.c.machine_id == speakers.c.id)
    .where(
        speaker_names.c.page_id == bindparam("page"),
        speaker_names.c.name == bindparam("printed"),
        speakers.c.type == bindparam("kind"),
    )
)
_ROOT = select(func.coalesce(speakers.c.bearer_id, speakers.c.id)).where(speakers.c.id == bindparam("who"))
_WORDS = select(name_words.c.word).where(name_words.c.speaker_id == bindparam("who"))
_RENAME = (
    update(speakers)
    .where(speakers.c.id == bindparam("who"))
    .values(name=bindparam("fuller"), fullest=bindparam("fuller"))
)
_DAY = select(pages.c.published).where(pages.c.id == bindparam("page"))
_ROLES = (
    select(speaker_names.c.role, func.substr(pages.c.published, 1, 10).label("published"))
    .distinct()
    .join(pages, pages.c.id == speaker_names.c.page_id)
    .where(speaker_names.c.machine_id == bindparam("who"), speaker_names.c.role.is_not(None))
    .order_by(func.substr(pages.c.published, 1, 10).desc())
    .limit(200)
)
_NEW, _NEW_NAME, _NEW_WORDS = insert(speakers), insert(speaker_names), insert(name_words)


def assign_speaker(connection: Connection, speaker: Speaker, page_id: str) -> str | None:
    """Return the id of a speaker over all pages (of several who spoke together the first)."""
    return next(iter(assign_speakers(connection, speaker, page_id)), None)


def assign_speakers(connection: Connection, speaker: Speaker, page_id: str) -> tuple[str, ...]:
    """Return the ids of a speaker over all pages: several who spoke together, none of an unnamed source.

    This is whom the machine takes them for; `correcting.review_page` tells what people have decided.
    """
    if speaker.type == "unnamed":
        return ()
    names = [name for name in split_joint(storable(speaker.name)) if words_of(name)]
    # A role printed for two people together belongs to neither alone.
    role = storable(speaker.role) if len(names) == 1 else None
    return tuple(dict.fromkeys(_assign(connection, name, speaker.type, role, page_id) for name in names))


def make_given(connection: Connection, mark: Mark, type: SpeakerType, page_id: str) -> str:
    """Return the id of the speaker whom a correction names on a page that prints no such name.

    It stands like a printed name, but one of this page alone: where the ledger knows one speaker whose name
    it fits it is theirs, and new names are not compared with it.
    """
    id = given_id(mark, type, page_id)
    fitting = find_fitting(connection, mark.name, type)
    bearer = connection.execute(_ROOT, {"who": fitting[0].id}).scalar() if len(fitting) == 1 else None
    if connection.execute(_WITH_ID, {"who": id}).first() is None:
        key = f"{GIVEN} {name_key(mark.name, type)}"
        connection.execute(
            _NEW, {"id": id, "name": mark.name, "fullest": mark.name, "type": type, "key": key}
        )
        _new_words(connection, id, _words_of_name(mark.name, type))
        row = {"machine_id": id, "speaker_id": id, "page_id": page_id, "name": mark.name, "role": None}
        connection.execute(_NEW_NAME, {**row, "key": mark.key})
    why = "the one speaker whose name the correction gives" if bearer else None
    connection.execute(update(speakers).where(speakers.c.id == id).values(bearer_id=bearer, bearer_why=why))
    return id


def given_id(mark: Mark, type: SpeakerType, page_id: str) -> str:
    """Return the id that `make_given` gives to a name."""
    return _hash([GIVEN, type, *words_of(mark.name), page_id])


def find_fitting(connection: Connection, name: str, type: SpeakerType) -> Sequence[Any]:
    """Return the speakers of the program whose name fits this one, its role left aside."""
    return _find(connection, name, type, None, "")


def _assign(connection: Connection, name: str, type: SpeakerType, role: str | None, page_id: str) -> str:
    here = connection.execute(_ON_PAGE, {"page": page_id, "printed": name, "kind": type}).first()
    if here is not None:
        return str(here.id)
    found = _find(connection, name, type, role, page_id)
    known = found[0] if len(found) == 1 else None
    namesakes = len(found) > 1 and all(words_of(row.fullest) == words_of(name) for row in found)
    id = str(known.id) if known else _make(connection, name, type, page_id, unclear=namesakes)
    row = {"machine_id": id, "speaker_id": id, "page_id": page_id, "name": name, "role": role}
    connection.execute(_NEW_NAME, {**row, "key": form_key(name, type)})
    if known and words_of(known.fullest) != words_of(name):
        _keep_words(connection, id, name, type)
        if type == "person" and fullness(name) > fullness(known.fullest):
            connection.execute(_RENAME, {"who": id, "fuller": name})
    return id


def _find(
    connection: Connection, name: str, type: SpeakerType, role: str | None, page_id: str
) -> Sequence[Any]:
    """Return the rows of the known speakers whose name fits: whose it is, is clear only if there is one."""
    if is_bare(name, type):
        return ()
    # Most names come again as they were; only a new form of a name is compared with all that share its key.
    keys = lookup_keys(name, type)
    fitting = [row for row in connection.execute(_NAMED, {"printed": name, "kind": type}) if row.key in keys]
    if len(fitting) != 1:
        known = _alike(connection, name, type, keys)
        same = [row for row in known if words_of(row.fullest) == words_of(name)]
        fitting = same or [row for row in known if match_names(row.fullest, name, type=type)]
    elif role is None or type != "person" or not tells_apart(role):
        # Most roles tell nobody apart: then there is nothing to look up.
        return fitting
    bearing = Naming(name=name, type=type, role=role, day=_day(connection, role, page_id))
    ids = choose_fitting(bearing, tuple(_know(connection, row, role) for row in fitting))
    return [row for row in fitting if row.id in ids]


def _alike(connection: Connection, name: str, type: SpeakerType, keys: tuple[str, ...]) -> list[Any]:
    """Return the known speakers whose name is worth comparing: it shares a key, or all its letters."""
    rows = list(connection.execute(_LIKE_KEY, {"keys": list(keys)}))
    if letters := letters_key(name, type):
        seen = {row.id for row in rows}
        found = connection.execute(_LIKE_LETTERS, {"letters": letters}).all()
        rows += [
            row
            for row in found
            if row.id not in seen and not row.key.startswith((f"{GIVEN} ", f"{UNCLEAR} "))
        ]
    return rows


def _know(connection: Connection, row: Any, role: str | None) -> Known:
    """Return a speaker as the names are compared: under the fullest name first."""
    forms = connection.execute(_FORMS, {"who": row.id}).scalars()
    bearings = connection.execute(_ROLES, {"who": row.id}).all() if role else ()
    return Known(
        id=row.id,
        names=tuple(dict.fromkeys((row.fullest, *forms))),
        bearings=tuple((one.role, one.published) for one in bearings),
    )


def _day(connection: Connection, role: str | None, page_id: str) -> str | None:
    return connection.execute(_DAY, {"page": page_id}).scalar() if role else None


def _make(connection: Connection, name: str, type: SpeakerType, page_id: str, *, unclear: bool) -> str:
    """Return the id of a new speaker, the same whenever this name is new.

    Where two people bear the name, and the page does not tell whose it is, all such pages share one that is
    neither: new names are not compared with it.
    """
    words = [type, *words_of(name), *([page_id] if is_bare(name, type) else []), *["unclear"] * unclear]
    id = _hash(words)
    while connection.execute(_WITH_ID, {"who": id}).first() is not None:
        if unclear or is_bare(name, type):
            return id
        # Somebody was new under this name and has a fuller one now, or has another role.
        words.append("apart")
        id = _hash(words)
    key = name_key(name, type)
    row = {"id": id, "name": name, "fullest": name, "type": type}
    connection.execute(_NEW, {**row, "key": f"{UNCLEAR} {key}" if unclear else key})
    _new_words(connection, id, _words_of_name(name, type))
    return id


def _hash(words: Iterable[str]) -> str:
    return "k" + sha256(" ".join(words).encode()).hexdigest()[:16]


def _keep_words(connection: Connection, id: str, name: str, type: SpeakerType) -> None:
    _new_words(
        connection, id, _words_of_name(name, type) - set(connection.execute(_WORDS, {"who": id}).scalars())
    )


def _words_of_name(name: str, type: SpeakerType) -> set[str]:
    """Return the words by which a name is found, and its letters, by which its other spellings are."""
    last, letters = read_name(name).last, letters_key(name, type)
    return {*words_of(name), *([last, spell(last)] if last else []), *([letters] if letters else [])}


def _new_words(connection: Connection, id: str, words: Iterable[str]) -> None:
    if rows := [{"word": word, "speaker_id": id} for word in sorted(words)]:
        connection.execute(_NEW_WORDS, rows)
