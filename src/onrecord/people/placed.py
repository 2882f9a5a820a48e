"""A name where a page prints it, and who bears it: what a room is asked about, and what it answers."""

from dataclasses import dataclass

from onrecord.types import SpeakerType

__all__ = ["Bearer", "Placed"]


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
