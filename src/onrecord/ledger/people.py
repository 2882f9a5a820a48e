"""Who is who over all pages: printed names that fit together become one speaker."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Connection, insert, select, update

from onrecord.ledger.fold import words_of
from onrecord.ledger.names import match_names, name_key, read_name, split_joint
from onrecord.ledger.rows import storable
from onrecord.ledger.schema import name_words, speaker_names, speakers
from onrecord.types import Speaker, SpeakerType

__all__ = ["assign_speaker", "assign_speakers", "match_names"]


def assign_speakers(connection: Connection, speaker: Speaker, page_id: str) -> tuple[str, ...]:
    """Return the ids of a speaker over all pages: several when people spoke together, none of an unnamed source."""
    if speaker.type == "unnamed":
        return ()
    names = split_joint(storable(speaker.name))
    # A role printed for two people together belongs to neither alone.
    role = storable(speaker.role) if len(names) == 1 else None
    found = (_assign(connection, name, speaker.type, role, page_id) for name in names)
    return tuple(dict.fromkeys(id for id in found if id))


def assign_speaker(connection: Connection, speaker: Speaker, page_id: str) -> str | None:
    """Return the id of a speaker over all pages (of people who spoke together the first one's), making it when new."""
    return next(iter(assign_speakers(connection, speaker, page_id)), None)


def _assign(
    connection: Connection, name: str, type: SpeakerType, role: str | None, page_id: str
) -> str | None:
    if not words_of(name):
        return None
    id = _find(connection, name, type) or _make(connection, name, type, page_id)
    known = connection.execute(
        select(speaker_names.c.name).where(
            speaker_names.c.speaker_id == id, speaker_names.c.page_id == page_id, speaker_names.c.name == name
        )
    ).first()
    if known is None:
        row = {"speaker_id": id, "page_id": page_id, "name": name, "role": role}
        connection.execute(insert(speaker_names), row)
        _keep_words(connection, id, name)
    return id


def _find(connection: Connection, name: str, type: SpeakerType) -> str | None:
    """Return the one known speaker whose name fits; None when there is none, or several."""
    key = name_key(name, type)
    if type == "person" and not read_name(name).given:
        return None
    known = connection.execute(select(speakers.c.id, speakers.c.name).where(speakers.c.key == key)).all()
    same = [row for row in known if _plain(row.name) == _plain(name)]
    fitting = same or [row for row in known if match_names(row.name, name, type=type)]
    if len(fitting) != 1:
        return None
    if type == "person" and _fullness(name) > _fullness(fitting[0].name):
        connection.execute(update(speakers).where(speakers.c.id == fitting[0].id).values(name=name))
    return str(fitting[0].id)


def _make(connection: Connection, name: str, type: SpeakerType, page_id: str) -> str:
    # A bare last name is one person on its own page only; another page's may be somebody else.
    bare = type == "person" and not read_name(name).given
    words = [type, _plain(name), *([page_id] if bare else [])]
    id = "k" + sha256(" ".join(words).encode()).hexdigest()[:16]
    if connection.execute(select(speakers.c.id).where(speakers.c.id == id)).first() is None:
        row = {"id": id, "name": name, "type": type, "key": name_key(name, type)}
        connection.execute(insert(speakers), row)
    return id


def _keep_words(connection: Connection, id: str, name: str) -> None:
    words = set(words_of(name))
    known = select(name_words.c.word).where(name_words.c.speaker_id == id, name_words.c.word.in_(words))
    new = words - set(connection.execute(known).scalars())
    if new:
        connection.execute(insert(name_words), [{"word": word, "speaker_id": id} for word in sorted(new)])


def _plain(name: str) -> str:
    return " ".join(words_of(name))


def _fullness(name: str) -> Sequence[int]:
    parts = read_name(name)
    return (len(parts.given), sum(map(len, parts.given)))
