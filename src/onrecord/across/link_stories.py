"""Put new pages into stories: those whose groups they can change are joined anew, and no others.

Which stories a ledger has hangs on its pages alone, not on when each was added: see `average_link`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import chain, count

from sqlalchemy import Connection

from onrecord.across.average_link import ALIKE, Joined, cut_chains, join_alike
from onrecord.ledger.articles import articles_of, pages_of_articles
from onrecord.ledger.belonging import apart_pages
from onrecord.ledger.changes import find_changes, save_changes
from onrecord.ledger.linked_copies import copies_beside, copies_of
from onrecord.ledger.linked_stories import StoryRow, pages_of_stories, save_stories, stories_of_pages
from onrecord.ledger.neighbours import ages_of, known_days, links_of

__all__ = ["keep_ids", "link_stories"]

MOST = 3_000  # pages joined at once: what bounds the time; in a tangle of more the rest stays as it was


def link_stories(connection: Connection, touched: Iterable[str], new: Sequence[str]) -> set[str]:
    """Put these pages into stories; return them with all pages whose story has changed. `new` are those of
    them that have just come."""
    touched = set(touched)
    names = _with_mates(connection, touched)
    around = _Around(connection)
    while True:
        joined = around.join(names)
        beside = _with_mates(connection, joined.drawn) - names
        if not beside or len(names) + len(beside) > MOST:
            break
        # Those that may be nearer: are they? Where none is joined with one of ours, nothing changes.
        mixed = {
            name
            for group in around.join(names | beside).groups
            if not names.isdisjoint(group) and not beside.isdisjoint(group)
            for name in group
        }
        if mixed <= names:
            break
        names |= _with_mates(connection, mixed)
    return touched | _save(connection, names, joined.groups, new)


class _Around:
    """What is known of pages that are joined, read once; and how those were joined that hang together."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.links: dict[str, dict[str, int]] = {}
        self.beside: dict[str, set[str]] = defaultdict(set)
        self.ages: dict[str, str] = {}
        self.days: dict[str, int] = {}
        self.copies: dict[str, str] = {}
        self.apart: dict[str, set[str]] = defaultdict(set)
        self.joined: dict[frozenset[str], Joined] = {}

    def join(self, names: set[str]) -> Joined:
        """Join these pages, as if there were no others."""
        if missing := names - self.links.keys():
            self._read(missing)
        groups: list[list[str]] = []
        drawn: set[str] = set()
        for part in cut_chains(self._order(names), self.beside):
            if part not in self.joined:
                self.joined[part] = self._join(part)
            groups += self.joined[part].groups
            drawn |= self.joined[part].drawn
        return Joined(groups, drawn)

    def _order(self, names: Iterable[str]) -> list[str]:
        return sorted(names, key=lambda id: (self.ages.get(id, "9999"), id))

    def _join(self, part: frozenset[str]) -> Joined:
        order = self._order(part)
        likeness = {
            (name, other): value
            for name in order
            for other, value in self.links[name].items()
            if name < other or other not in part
        }
        return join_alike(order, likeness, self.copies, self.days, self.apart)

    def _read(self, missing: set[str]) -> None:
        links = links_of(self.connection, missing)
        self.links.update(links)
        self.ages.update(ages_of(self.connection, missing))
        for pair in apart_pages(self.connection, missing):
            for one in pair:
                self.apart[one] |= pair - {one}
        beside = missing.union(*links.values())
        self.days.update(known_days(self.connection, beside))
        copies = copies_of(self.connection, beside)
        self.copies.update(copies)
        near = ((name, other) for name, some in links.items() for other in some if some[other] >= ALIKE)
        for one, other in chain(near, copies.items()):
            self.beside[one].add(other)
            self.beside[other].add(one)


def _with_mates(connection: Connection, names: Iterable[str]) -> set[str]:
    """Return these pages with the whole groups that they are in: their stories, what reprints them or is
    reprinted, and of those in no story what is one article with them, for that makes no story alone."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        found |= waiting
        homes = stories_of_pages(connection, waiting)
        stories = pages_of_stories(connection, set(homes.values()))
        versions = pages_of_articles(connection, waiting - homes.keys())
        near = {page for pages in stories.values() for page in pages}
        near |= copies_beside(connection, waiting) | (
            versions - stories_of_pages(connection, versions).keys()
        )
        waiting = ages_of(connection, near - found).keys() - found
    return found


def _save(
    connection: Connection, names: set[str], groups: Sequence[list[str]], new: Sequence[str]
) -> set[str]:
    """Keep the groups as stories; return the pages of those that are not as they were."""
    old = stories_of_pages(connection, names)
    members = pages_of_stories(connection, set(old.values()))
    articles = articles_of(connection, names)
    # One article alone is no story yet, nor are two versions of it.
    told = [group for group in groups if len({articles.get(name, name) for name in group}) > 1]
    same = {frozenset(pages) for pages in members.values()}
    changed = [group for group in told if frozenset(group) not in same]
    left = set(old) - set(chain.from_iterable(told))
    pages = left | set(chain.from_iterable(changed))
    if not pages:
        return set()
    before = {page: old[page] for page in pages if page in old}
    ids = keep_ids(changed, before, "t", lambda some: pages_of_stories(connection, some).keys())
    rows = [StoryRow(id=id, pages=tuple(group)) for id, group in zip(ids, changed, strict=True)]
    save_stories(connection, pages, rows)
    after = {page: row.id for row in rows for page in row.pages}
    save_changes(connection, find_changes("story", before, after, {page: page for page in new}))
    return pages


def keep_ids(
    groups: Sequence[Sequence[str]],
    old: Mapping[str, str],
    letter: str,
    find_used: Callable[[Collection[str]], Collection[str]],
) -> list[str]:
    """Name groups so that ids stay: each old id goes to the group with most of its members.

    A new group is named by its first member; where that id is used already, by the next that is free.
    `find_used` tells which of some ids are.
    """
    held = Counter((old[name], at) for at, group in enumerate(groups) for name in group if name in old)
    ids: dict[int, str] = {}
    taken = set(old.values())
    given: set[str] = set()
    for id, at in sorted(held, key=lambda key: (-held[key], key)):
        if at not in ids and id not in given:
            ids[at] = id
            given.add(id)
    new = [at for at in range(len(groups)) if at not in ids]
    taken |= set(find_used([_make_id(letter, groups[at][0]) for at in new]))
    for at in new:
        group = groups[at]
        made = (_make_id(letter, name) for name in chain(group, (f"{group[0]} {n}" for n in count(2))))
        ids[at] = next(id for n, id in enumerate(made) if id not in taken and (n == 0 or not find_used([id])))
        taken.add(ids[at])
    return [ids[at] for at in range(len(groups))]


def _make_id(letter: str, name: str) -> str:
    return letter + sha256(name.encode()).hexdigest()[:16]
