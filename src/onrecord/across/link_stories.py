"""Put new pages into stories: those around them are joined anew, the rest of the ledger stays as it is."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256

from sqlalchemy import Connection

from onrecord.across.stories import ALIKE, compare_articles, join_alike
from onrecord.across.weights import in_articles, weigh
from onrecord.across.window import Window, know_page
from onrecord.ledger.links import (
    LinkPage,
    StoryRow,
    copies_of,
    pages_by_id,
    pages_of_stories,
    save_stories,
    stories_of_pages,
)

__all__ = ["keep_ids", "link_stories"]


def link_stories(
    connection: Connection, window: Window, new: Sequence[LinkPage]
) -> tuple[set[str], list[StoryRow]]:
    """Join the new pages with those around them; return all pages that were looked at and the stories they
    make.
    """
    originals = set(copies_of(connection, [page.id for page in new]).values()) - window.pages.keys()
    window.take(know_page(page) for page in pages_by_id(connection, originals))
    counts = {id: page.words for id, page in window.pages.items()}
    weights = in_articles(counts.values())
    vectors = {id: weigh(words, weights, len(counts)) for id, words in counts.items()}
    days = {id: page.days for id, page in window.pages.items()}
    names = {page.id for page in new} | originals
    likeness = dict(compare_articles(vectors, days, only=names))
    names |= {name for pair, value in likeness.items() if value >= ALIKE / 2 for name in pair}
    old = stories_of_pages(connection, names)
    members = pages_of_stories(connection, set(old.values()))
    names |= {id for story in members.values() for id in story if id in window.pages}
    old = stories_of_pages(connection, names)
    some = {id: vectors[id] for id in names}
    likeness |= dict(compare_articles(some, days))
    order = sorted(names, key=lambda id: window.pages[id].age)
    inside = {pair: value for pair, value in likeness.items() if pair[0] in names and pair[1] in names}
    groups = join_alike(order, inside, copies_of(connection, names))
    return names, _save(connection, names, groups, old)


def _save(
    connection: Connection, names: set[str], groups: Sequence[list[str]], old: Mapping[str, str]
) -> list[StoryRow]:
    beyond = {
        story: [id for id in ids if id not in names]
        for story, ids in pages_of_stories(connection, set(old.values())).items()
    }
    ids = keep_ids(groups, old, lambda first: "t" + sha256(first.encode()).hexdigest()[:16])
    rows = [
        StoryRow(id=id, pages=tuple(group))
        for id, group in zip(ids, groups, strict=True)
        if len(group) + len(beyond.get(id, ())) > 1  # One article alone is no story yet.
    ]
    save_stories(connection, names, rows)
    return [StoryRow(id=row.id, pages=(*row.pages, *beyond.get(row.id, ()))) for row in rows]


def keep_ids(
    groups: Sequence[Sequence[str]], old: Mapping[str, str], make: Callable[[str], str]
) -> list[str]:
    """Name groups so that ids stay: each old id goes to the group with most of its members, new groups get
    new ids.
    """
    held: dict[tuple[str, int], int] = {}
    for at, group in enumerate(groups):
        for name in group:
            if name in old:
                held[old[name], at] = held.get((old[name], at), 0) + 1
    ids: dict[int, str] = {}
    for id, at in sorted(held, key=lambda key: (-held[key], key)):
        if at not in ids and id not in ids.values():
            ids[at] = id
    taken = set(ids.values()) | set(old.values())
    for at, group in enumerate(groups):
        if at not in ids:
            ids[at] = next(id for id in map(make, group) if id not in taken)
            taken.add(ids[at])
    return [ids[at] for at in range(len(groups))]
