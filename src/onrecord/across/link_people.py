"""What a story tells of names that say little alone: a last name by itself, a name that is one letter off."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from onrecord.across.people import find_bearer, find_near
from onrecord.ledger.links import StoryRow
from onrecord.ledger.namings import Bearer, Naming, namings_of_pages, save_bearers
from onrecord.people.names import bare_words, is_bare, makes_short

__all__ = ["link_people"]


def link_people(connection: Connection, names: Iterable[str], rows: Iterable[StoryRow]) -> set[str]:
    """Say for the people of these stories who they are, where only their story tells.

    `names` are all pages looked at: on those that are in no story a name is looked for on its own page only.
    Returns the pages on which a speaker changed.
    """
    rooms: dict[str, tuple[str, ...]] = {row.id: row.pages for row in rows}
    told = {page for pages in rooms.values() for page in pages}
    rooms |= {page: (page,) for page in names if page not in told}
    found: dict[str, Bearer] = {}
    before: dict[str, Naming] = {}
    for room, pages in sorted(rooms.items()):
        people = namings_of_pages(connection, pages)
        before |= {one.machine: one for one in people}
        found |= _find_bearers(room if room not in pages else None, people)
    changed = {
        one.machine: found.get(one.machine)
        for one in before.values()
        if (bearer := found.get(one.machine)) != one.bearer
        # What another story says of a name stands until that story changes.
        and (bearer is not None or one.bearer is None or one.bearer.story in (None, *rooms))
    }
    return save_bearers(connection, changed)


def _find_bearers(story: str | None, people: Iterable[Naming]) -> dict[str, Bearer]:
    """Return for the names of one story (or one page) who bears them."""
    everybody = list(people)
    known = [one for one in everybody if one.type == "person"]
    full = [one for one in known if not is_bare(one.name)]
    forms: dict[str, set[str]] = defaultdict(set)
    on_page: dict[str, set[str]] = defaultdict(set)
    for one in full:
        forms[one.machine].add(one.name)
        on_page[one.page].add(one.machine)
    near = _join_near(full)
    found = {machine: Bearer(machine=to, story=story, why=why) for machine, (to, why) in near.items()}
    for one in known:
        if not is_bare(one.name):
            continue
        if who := find_bearer(one.name, on_page[one.page], forms):
            why = "a last name alone, of the one person of its page who bears it"
        elif who := find_bearer(one.name, forms, forms):
            why = "a last name alone, of the one person of its story who bears it"
        if who:
            found[one.machine] = Bearer(machine=near.get(who, (who, ""))[0], story=story, why=why)
    return found | _find_long([one for one in everybody if one.type != "person"], story)


def _find_long(bodies: list[Naming], story: str | None) -> dict[str, Bearer]:
    """Return for short forms ("FWO") the one body of the page, else of the story, whose letters they are."""
    found = {}
    for one in bodies:
        if not _is_short(one.name):
            continue
        long = {other.machine: other for other in bodies if makes_short(bare_words(other.name), one.name)}
        here = {machine for machine, other in long.items() if other.page == one.page}
        for room, fitting in (("page", here), ("story", set(long))):
            if len(fitting) == 1 and one.machine not in fitting:
                why = f"the first letters of the one body of its {room} that they fit"
                found[one.machine] = Bearer(machine=fitting.pop(), story=story, why=why)
                break
    return found


def _is_short(name: str) -> bool:
    word = name.removeprefix("the ").removeprefix("The ")
    return " " not in word and sum(map(str.isupper, word)) > 1


def _join_near(full: list[Naming]) -> dict[str, tuple[str, str]]:
    """Return for those whose name is near one other person's who that is, and why: the more often named."""
    pages: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for one in full:
        pages[one.machine].add(one.page)
        names[one.machine] = max(names.get(one.machine, ""), one.name, key=len)
    near = {
        one: {other: why for other in names if other != one and (why := find_near(names[one], names[other]))}
        for one in sorted(names)
    }
    joined: dict[str, tuple[str, str]] = {}
    for machine, others in near.items():
        for other, why in others.items():
            rank = sorted((machine, other), key=lambda id: (-len(pages[id]), names[id]))
            # Never a chain: who is somebody else's name bears nobody's.
            if len(others) == len(near[other]) == 1 and machine == rank[1]:
                joined[machine] = (other, why)
    return joined
