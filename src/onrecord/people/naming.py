"""May two namings be one, with what their pages tell beside the name? Pure.

A naming is a printed name with the role and the day of its page. Roles keep two of one name apart (the mayor
of one town and the mayor of another), and tell whose a name is that says little alone (the mayor Ostrey of
Selm). Who is called by an office alone is whoever holds it: nobody over pages.
"""

from dataclasses import dataclass

from onrecord.people.clash import Bearing, days_between, find_clash, same_office, same_role
from onrecord.people.names import compare_names, is_bare
from onrecord.people.offices import compare_offices, is_office
from onrecord.people.verdict import Verdict, one, two
from onrecord.types import SpeakerType

__all__ = ["Known", "Naming", "compare", "find_fitting"]

_ONE_TERM = 365  # days in which an office is taken to have one holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A name as a page prints it, with the role and the day that stand there."""

    name: str
    type: SpeakerType = "person"
    role: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody whom a ledger knows: by which id, by which names, and in which roles on which days."""

    id: str
    names: tuple[str, ...]
    bearings: tuple[Bearing, ...] = ()


def compare(a: Naming, b: Naming) -> Verdict:
    """Say whether two namings are one's, may be, or are two's, and why."""
    if a.type != b.type:
        return two("one is a person, the other is none")
    if a.type == "person" and (is_office(a.name) or is_office(b.name)):
        role = b.role if is_office(a.name) else a.role
        return compare_offices(a.name, b.name, days=(a.day, b.day), role=role)
    found = compare_names(a.name, b.name, a.type)
    if found.answer == "two" or a.type != "person" or not a.role or not b.role:
        return found
    if clash := find_clash((a.role, a.day), (b.role, b.day)):
        return two(clash)
    days = days_between(a.day, b.day)
    known = found.needs in ("nobody else", "page or story")
    # One town has one mayor of that name; every town has a mayor, so that the place must be told.
    if known and days is not None and days <= _ONE_TERM and same_office(a.role, b.role):
        return one(f"{found.why}; the same office: “{a.role}”")
    return found


def find_fitting(naming: Naming, known: tuple[Known, ...]) -> tuple[str, ...]:
    """Return the ids of those whose name may be this: whose it is, is clear only if there is one.

    Who has this role comes before who has none; nobody counts whose role clashes, or any of whose names is
    another's.
    """
    if is_bare(naming.name, naming.type):
        return ()
    fitting = [one for one in known if _fits(naming, one)]
    if naming.role is None or naming.type != "person":
        return tuple(one.id for one in fitting)
    bearing = (naming.role, naming.day)
    fitting = [one for one in fitting if not any(find_clash(bearing, other) for other in one.bearings)]
    # Of two people of one name it is the one who has this role.
    same = [one for one in fitting if any(same_role(naming.role, role) for role, _ in one.bearings)]
    return tuple(one.id for one in same or fitting)


def _fits(naming: Naming, known: Known) -> bool:
    verdicts = [compare_names(name, naming.name, naming.type) for name in known.names]
    return verdicts[0].fits and all(found.answer != "two" and found.needs != "story" for found in verdicts)
