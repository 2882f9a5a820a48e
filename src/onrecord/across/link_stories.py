"""Put new pages into stories: those around them are joined anew, the rest of the ledger stays as it is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import chain, count, permutations

from sqlalchemy import Connection

from onrecord.across.average_link import ALIKE, join_alike
from onrecord.across.naming import NameShares
from onrecord.across.stories import compare_articles
from onrecord.across.weights import weigh_articles
from onrecord.across.window import Window, know_page
from onrecord.ledger.articles import articles_of
from onrecord.ledger.belonging import apart_pages
from onrecord.ledger.links import (
    StoryRow,
    copies_of,
    pages_by_id,
    pages_of_stories,
    save_stories,
    stories_of_pages,
)

__all__ = ["keep_ids", "link_stories"]


def link_stories(
    connection: Connection, window: Window, new: Iterable[str]
) -> tuple[set[str], list[StoryRow]]:
    """Join these pages with those around them; return all pages looked at, and the stories they make."""
    names = set(new)
    window.take(know_page(page) for page in pages_by_id(connection, names - window.pages.keys()))
    vectors = weigh_articles({id: page.words for id, page in window.pages.items()})
    days = {id: page.days for id, page in window.pages.items()}
    shares = NameShares({id: page.names for id, page in window.pages.items()})
    likeness = dict(compare_articles(vectors, days, shares, only=names))
    names |= {name for pair, value in likeness.items() if value >= ALIKE / 2 for name in pair}
    old = stories_of_pages(connection, names)
    members = pages_of_stories(connection, set(old.values()))
    names |= {id for story in members.values() for id in story if id in window.pages}
    some = {id: vectors[id] for id in names}
    likeness |= dict(compare_articles(some, days, shares))
    order = sorted(names, key=lambda id: window.pages[id].age)
    inside = {pair: value for pair, value in likeness.items() if pair[0] in names and pair[1] in names}
    groups = join_alike(order, inside, copies_of(connection, names), days, _find_apart(connection, names))
    return names, _save(connection, window, names, groups)


def _find_apart(connection: Connection, names: set[str]) -> dict[str, set[str]]:
    """Return for pages those that people say are not of their story, and what these are in one story with."""
    apart: dict[str, set[str]] = defaultdict(set)
    pairs = apart_pages(connection, names)
    stories = stories_of_pages(connection, {page for pair in pairs for page in pair})
    members = pages_of_stories(connection, set(stories.values()))
    for pair in pairs:
        for one, other in permutations(pair):
            both = stories.get(one) is not None and stories.get(one) == stories.get(other)
            apart[one] |= {other} if both else {other, *members.get(stories.get(other, ""), ())}
    return {page: others - {page} for page, others in apart.items()}


def _save(
    connection: Connection, window: Window, names: set[str], groups: Sequence[list[str]]
) -> list[StoryRow]:
    """Keep the groups as stories; return these with the pages that they have beyond those looked at."""
    old = stories_of_pages(connection, names)
    members = pages_of_stories(connection, set(old.values()))
    beyond = {story: [id for id in ids if id not in names] for story, ids in members.items()}
    groups = [group for group in groups if len(group) > 1 or beyond.get(old.get(group[0], ""))]
    ids = keep_ids(groups, old, "t", lambda id: bool(pages_of_stories(connection, [id])))
    articles = articles_of(connection, {*names, *chain.from_iterable(beyond.values())})
    rows = [
        StoryRow(id=id, pages=tuple(group))
        for id, group in zip(ids, groups, strict=True)
        # One article alone is no story yet, nor are two versions of it.
        if len({articles.get(name, name) for name in (*group, *beyond.get(id, ()))}) > 1
    ]
    save_stories(connection, names, rows)
    return [StoryRow(id=row.id, pages=(*row.pages, *beyond.get(row.id, ()))) for row in rows]


def keep_ids(
    groups: Sequence[Sequence[str]], old: Mapping[str, str], letter: str, is_used: Callable[[str], bool]
) -> list[str]:
    """Name groups so that ids stay: each old id goes to the group with most of its members.

    A new group is named by its first member; where that id `is_used`, by the next that is free.
    """
    held = Counter((old[name], at) for at, group in enumerate(groups) for name in group if name in old)
    ids: dict[int, str] = {}
    taken = set(old.values())
    given: set[str] = set()
    for id, at in sorted(held, key=lambda key: (-held[key], key)):
        if at not in ids and id not in given:
            ids[at] = id
            given.add(id)
    for at, group in enumerate(groups):
        if at not in ids:
            more = (f"{group[0]} {number}" for number in count(2))
            made = (letter + sha256(name.encode()).hexdigest()[:16] for name in chain(group, more))
            ids[at] = next(id for id in made if id not in taken and not is_used(id))
            taken.add(ids[at])
    return [ids[at] for at in range(len(groups))]
