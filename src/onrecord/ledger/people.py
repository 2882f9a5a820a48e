"""Who is who over all pages: printed names that fit together become one speaker."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from onrecord.ledger.fold import words_of
from onrecord.ledger.names import match_names, name_key, read_name, split_joint
from onrecord.ledger.rows import storable
from onrecord.ledger.schema import name_words, speaker_names, speakers
from onrecord.types import Speaker, SpeakerType

__all__ = ["assign_speaker", "assign_speakers", "match_names"]

# Made once: putting a question together costs more than asking it.
_NAMED = select(speakers.c.id, speakers.c.name).where(
    speakers.c.name == bindparam("printed"), speakers.c.type == bindparam("kind")
)
_LIKE_KEY = select(speakers.c.id, speakers.c.name).where(speakers.c.key == bindparam("key"))
_WITH_ID = select(speakers.c.id).where(speakers.c.id == bindparam("who"))
_PRINTED = select(speaker_names.c.name).where(
    speaker_names.c.speaker_id == bindparam("who"),
    speaker_names.c.page_id == bindparam("page"),
    speaker_names.c.name == bindparam("printed"),
)
_WORDS = select(name_words.c.word).where(name_words.c.speaker_id == bindparam("who"))
_RENAME = update(speakers).where(speakers.c.id == bindparam("who")).values(name=bindparam("fuller"))
_NEW, _NEW_NAME, _NEW_WORDS = insert(speakers), insert(speaker_names), insert(name_words)


def assign_speaker(connection: Connection, speaker: Speaker, page_id: str) -> str | None:
    """Return the id of a speaker over all pages (of several who spoke together the first)."""
    return next(iter(assign_speakers(connection, speaker, page_id)), None)


def assign_speakers(connection: Connection, speaker: Speaker, page_id: str) -> tuple[str, ...]:
    """Return the ids of a speaker over all pages: several who spoke together, none of an unnamed source."""
    if speaker.type == "unnamed":
        return ()
    names = [name for name in split_joint(storable(speaker.name)) if words_of(name)]
    # A role printed for two people together belongs to neither alone.
    role = storable(speaker.role) if len(names) == 1 else None
    return tuple(dict.fromkeys(_assign(connection, name, speaker.type, role, page_id) for name in names))


def _assign(connection: Connection, name: str, type: SpeakerType, role: str | None, page_id: str) -> str:
    known = _find(connection, name, type)
    id, is_new = (known.id, False) if known else _make(connection, name, type, page_id)
    printed = {"who": id, "page": page_id, "printed": name}
    if is_new or connection.execute(_PRINTED, printed).first() is None:
        connection.execute(_NEW_NAME, {"speaker_id": id, "page_id": page_id, "name": name, "role": role})
    if known and words_of(known.name) != words_of(name):
        _keep_words(connection, id, name)
        if type == "person" and _fullness(name) > _fullness(known.name):
            connection.execute(_RENAME, {"who": id, "fuller": name})
    return str(id)


def _find(connection: Connection, name: str, type: SpeakerType) -> Any | None:
    """Return the row of the one known speaker whose name fits; None when there is none, or several."""
    if _is_bare(name, type):
        return None
    # Most names come again as they were; only a new form of a name is compared with all that share its key.
    named = connection.execute(_NAMED, {"printed": name, "kind": type}).all()
    if len(named) == 1:
        return named[0]
    known = connection.execute(_LIKE_KEY, {"key": name_key(name, type)}).all()
    same = [row for row in known if words_of(row.name) == words_of(name)]
    fitting = same or [row for row in known if match_names(row.name, name, type=type)]
    return fitting[0] if len(fitting) == 1 else None


def _make(connection: Connection, name: str, type: SpeakerType, page_id: str) -> tuple[str, bool]:
    """Return the id of a new speaker, the same whenever this name is new, and whether it was made now."""
    words = [type, *words_of(name), *([page_id] if _is_bare(name, type) else [])]
    id = _hash(words)
    while connection.execute(_WITH_ID, {"who": id}).first() is not None:
        if _is_bare(name, type):
            return id, False
        # Somebody was new under this name, has a fuller one now, and by now it fits somebody else as well.
        words.append("apart")
        id = _hash(words)
    connection.execute(_NEW, {"id": id, "name": name, "type": type, "key": name_key(name, type)})
    _new_words(connection, id, _words_of_name(name))
    return id, True


def _hash(words: Iterable[str]) -> str:
    return "k" + sha256(" ".join(words).encode()).hexdigest()[:16]


def _is_bare(name: str, type: SpeakerType) -> bool:
    """Say whether this is a last name alone: one person on its own page, perhaps somebody else on another."""
    return type == "person" and not read_name(name).given


def _keep_words(connection: Connection, id: str, name: str) -> None:
    _new_words(connection, id, _words_of_name(name) - set(connection.execute(_WORDS, {"who": id}).scalars()))


def _words_of_name(name: str) -> set[str]:
    last = read_name(name).last
    return {*words_of(name), last} if last else set(words_of(name))


def _new_words(connection: Connection, id: str, words: Iterable[str]) -> None:
    if rows := [{"word": word, "speaker_id": id} for word in sorted(words)]:
        connection.execute(_NEW_WORDS, rows)


def _fullness(name: str) -> tuple[int, int]:
    given = read_name(name).given
    return len(given), sum(map(len, given))
