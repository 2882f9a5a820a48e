"""The names of speakers on pages as `across` reads them, and what it writes back: who bears a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select, update

from onrecord.ledger.correcting import decide_again
from onrecord.ledger.people import GIVEN
from onrecord.ledger.rows import to_json
from onrecord.ledger.schema import speakers
from onrecord.people import Placed

__all__ = ["NameBearer", "StoredName", "names_of_pages", "save_bearers"]

# A name that a correction gives is no page's.
_NAMES = (
    "SELECT n.page_id, n.name, n.role, s.id, s.type, s.bearer_id, s.bearer_story, s.bearer_why "
    "FROM speaker_names n JOIN speakers s ON s.id = n.machine_id "
    "WHERE n.page_id IN (SELECT value FROM json_each(?)) "
    f"AND s.key NOT LIKE '{GIVEN} %' ORDER BY n.page_id, n.machine_id, n.name"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBearer:
    """Whose a name is (the id of the machine's speaker), the story that says so (None: its page), and why."""

    machine: str
    story: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredName:
    """A name on a page with the speaker whom the machine takes it for, and what a story has said so far."""

    placed: Placed
    bearer: NameBearer | None


def names_of_pages(connection: Connection, page_ids: Iterable[str]) -> list[StoredName]:
    """Return the names that these pages print for speakers."""
    found: list[StoredName] = []
    for page, printed, role, id, type, *told in connection.exec_driver_sql(
        _NAMES, (to_json(sorted(set(page_ids))),)
    ):
        machine, story, why = told
        bearer = NameBearer(machine=machine, story=story, why=why) if machine else None
        placed = Placed(id=id, page=page, name=printed, type=type, role=role)
        found.append(StoredName(placed=placed, bearer=bearer))
    return found


def save_bearers(connection: Connection, bearers: Mapping[str, NameBearer | None]) -> set[str]:
    """Keep who bears these names, None of nobody; return the pages on which a speaker changed."""
    roots: set[str] = set()
    for machine, given in sorted(bearers.items()):
        bearer = _root(connection, machine, given) if given else None
        # Before and after: those who lose a name hang together with it too.
        roots |= {machine, *_bearer_of(connection, machine), *([bearer.machine] if bearer else [])}
        values = {
            "bearer_id": bearer.machine if bearer else None,
            "bearer_story": bearer.story if bearer else None,
            "bearer_why": bearer.why if bearer else None,
        }
        connection.execute(update(speakers).where(speakers.c.id == machine).values(values))
        if bearer:
            theirs = update(speakers).where(speakers.c.bearer_id == machine)
            connection.execute(theirs.values(bearer_id=bearer.machine))
    return decide_again(connection, roots) if roots else set()


def _root(connection: Connection, machine: str, bearer: NameBearer) -> NameBearer | None:
    """Return a bearer who is nobody else's name; None where that would be the name itself."""
    query = select(speakers.c.bearer_id).where(speakers.c.id == bearer.machine)
    further = connection.execute(query).scalar()
    found = replace(bearer, machine=further) if further else bearer
    return None if found.machine == machine else found


def _bearer_of(connection: Connection, machine: str) -> list[str]:
    query = select(speakers.c.bearer_id).where(speakers.c.id == machine, speakers.c.bearer_id.is_not(None))
    return list(connection.execute(query).scalars())
