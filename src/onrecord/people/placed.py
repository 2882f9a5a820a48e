"""A name where a page prints it, and who bears it: what a room is asked about, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.types import SpeakerType

__all__ = ["Bearer", "Placed", "follow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A name on a page, and whom it is taken for by itself (`id`, which all names of one speaker share)."""

    id: str
    page: str
    name: str
    type: SpeakerType = "person"
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Whose a name is, and why."""

    id: str
    why: str


def follow(bearers: Mapping[str, Bearer]) -> dict[str, Bearer]:
    """Return bearers who are nobody else's name: where A is B's name and B is C's, A is C's."""
    found: dict[str, Bearer] = {}
    for id, bearer in bearers.items():
        seen, last = {id}, bearer.id
        while last in bearers and last not in seen:
            seen.add(last)
            last = bearers[last].id
        # In a ring the first id stays as it is.
        if last not in bearers or last == min(seen) != id:
            found[id] = Bearer(id=last, why=bearer.why)
    return found
