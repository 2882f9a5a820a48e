"""Who is who once people have spoken: printed names and reviews in, speakers out. Pure: no database here.

The machine's groups come first, then every review in the order in which they were given: so the newest wins,
and without a review everything is as if it had never been given.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

__all__ = ["Decided", "Decision", "Mark", "Use", "decide", "holds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A form of a name (`key`) that the machine, with what stories tell, takes for one speaker's (`machine`).

    `digest` is of a page that some review means; None stands for all other pages that print it so: nothing
    that is decided tells them apart.
    """

    machine: str
    key: str
    digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a review points at: a form of a name, on the page of these bytes; on every page without a digest.

    Neither hangs on what else a ledger holds, so a review means the same in every ledger. `name` is as one
    page prints it.
    """

    key: str
    name: str
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A review as it is carried out. `merge` (and `trust`): all sides are one. `split`: the first side is
    taken out of the second.
    """

    id: str
    kind: Literal["merge", "split", "trust"]
    sides: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Whose a printed name is, and the review that decided it last; None where the machine did."""

    speaker: str
    review: str | None


def decide(uses: Iterable[Use], decisions: Iterable[Decision]) -> dict[Use, Decided]:
    """Return whose every printed name is. Decisions come oldest first."""
    known = _Known(uses)
    for decision in decisions:
        if decision.kind == "split":
            known.split(decision)
        else:
            known.merge(decision)
    return {use: Decided(speaker=known.group[use], review=known.review.get(use)) for use in known.group}


def holds(decision: Decision, decided: dict[Use, Decided]) -> bool:
    """Say whether a decision is what came out; a newer one may have gone against it.

    Two sides are one as long as they have a speaker in common: a name that went elsewhere since says nothing
    of the others.
    """
    known = _Known(decided)
    speakers = [{decided[use].speaker for use in known.find(side)} for side in decision.sides]
    if decision.kind == "split":
        return not (speakers[0] & speakers[1])
    return bool(set.intersection(*filter(None, speakers))) if any(speakers) else True


def split_id(review: str, group: str) -> str:
    """Return the id of what a review takes out of a speaker."""
    return "k" + sha256(f"split {review} {group}".encode()).hexdigest()[:16]


class _Known:
    """The printed names by what marks them, and the groups they are in so far."""

    def __init__(self, uses: Iterable[Use]) -> None:
        order = sorted(set(uses), key=lambda use: (use.machine, use.key, use.digest or ""))
        self.group: dict[Use, str] = {use: use.machine for use in order}
        self.members: dict[str, dict[Use, None]] = {}
        self.by_key: dict[str, list[Use]] = {}
        self.review: dict[Use, str] = {}
        for use in order:
            self.members.setdefault(use.machine, {})[use] = None
            self.by_key.setdefault(use.key, []).append(use)

    def find(self, marks: Iterable[Mark]) -> Iterator[Use]:
        for mark in marks:
            uses = self.by_key.get(mark.key, ())
            yield from (use for use in uses if mark.digest in (None, use.digest))

    def merge(self, decision: Decision) -> None:
        marks = [mark for side in decision.sides for mark in side]
        groups = list(dict.fromkeys(self.group[use] for use in self.find(marks)))
        if len(groups) < 2:
            return
        for use in [use for group in groups for use in self.members[group]]:
            self._move(use, groups[0], decision)

    def split(self, decision: Decision) -> None:
        out, rest = decision.sides
        taken = dict.fromkeys(self.find(out))
        for group in dict.fromkeys(self.group[use] for use in self.find(rest) if use not in taken):
            moving = [use for use in self.members[group] if use in taken]
            for use in moving:
                self._move(use, split_id(decision.id, group), decision)

    def _move(self, use: Use, group: str, decision: Decision) -> None:
        del self.members[self.group[use]][use]
        self.members.setdefault(group, {})[use] = None
        self.group[use] = group
        self.review[use] = decision.id
