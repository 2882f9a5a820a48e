"""However pages are added, all at once, one by one, in any order, the links over them are the same."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest
from asking import ask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ledger_pages import new_ledger
from made_news import Told, make_told, told_pages
from web_client import ask as browse
from web_client import text_of

from onrecord.across import link_pages, reviewed
from onrecord.across.average_link import join_alike
from onrecord.ledger import (
    Ledger,
    check_ledger,
    get_story,
    iter_entries,
    list_stories,
    record_reading,
)
from onrecord.views.web import make_app

QUICK = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def add(ledger: Ledger, *pages: Told) -> None:
    for page in pages:
        record_reading(ledger, *make_told(page))
    link_pages(ledger)


def groups(rows: Sequence[Any]) -> set[frozenset[str]]:
    """Return the sets of members: (member, group) without the names of the groups."""
    found: dict[str, set[str]] = defaultdict(set)
    for member, group in rows:
        found[group].add(member)
    return set(map(frozenset, found.values()))


def links(ledger: Ledger) -> dict[str, Any]:
    """Return all that linking found, without the ids that may differ."""
    with ledger.reading() as connection:

        def ask(query: str) -> list[tuple[Any, ...]]:
            return sorted(map(tuple, connection.exec_driver_sql(query)), key=repr)

        return {
            "copies": ask("SELECT page_id, of_page_id, share, spans FROM copies"),
            "articles": ask("SELECT page_id, article_id FROM article_pages"),
            "stories": groups(ask("SELECT page_id, story_id FROM story_pages")),
            "told": ask(
                "SELECT min(page_id), title, since, until FROM stories "
                "JOIN story_pages ON story_id = id GROUP BY id"
            ),
            "remarks": groups(ask("SELECT id, remark_id FROM entries WHERE remark_id IS NOT NULL")),
            "people": groups(ask("SELECT id, speaker_id FROM entries WHERE speaker_id IS NOT NULL")),
            "days": ask("SELECT id, published, published_known FROM pages"),
            "said": ask("SELECT id, said_on, said_on_known, said_on_anchor, day FROM entries"),
            "prints": ask("SELECT hash, id FROM fingerprints JOIN pages USING (n)"),
            "waiting": ask("SELECT id FROM pages WHERE linked != 1"),
            "remark rows": ask(
                "SELECT min(e.id), r.said_on, p.name FROM remarks r JOIN entries e ON e.remark_id = r.id "
                "LEFT JOIN speakers p ON p.id = r.speaker_id GROUP BY r.id"
            ),
        }


@QUICK
@given(data=st.data(), pages=told_pages())
def test_in_whatever_order_and_batches_pages_are_added_their_links_are_the_same(
    data: st.DataObject, pages: list[Told], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("order")
    order = data.draw(st.permutations(pages))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(pages) - 1)) if len(pages) > 1 else st.just(set())))
    with new_ledger(folder / "once") as ledger:
        add(ledger, *pages)
        once = links(ledger)
        assert list(check_ledger(ledger)) == []
    with new_ledger(folder / "single") as ledger:
        for page in order:
            add(ledger, page)
        single = links(ledger)
    assert single == once
    with new_ledger(folder / "batches") as ledger:
        for start, end in zip([0, *cuts], [*cuts, len(pages)], strict=True):
            add(ledger, *reversed(order[start:end]))
        assert links(ledger) == once


@QUICK
@given(data=st.data(), pages=told_pages())
def test_what_people_decide_outlasts_what_comes_later(
    data: st.DataObject, pages: list[Told], tmp_path_factory: pytest.TempPathFactory
) -> None:
    cut = data.draw(st.integers(1, len(pages) - 1))
    with new_ledger(tmp_path_factory.mktemp("decided") / "ledger") as ledger:
        add(ledger, *pages[:cut])
        decided = list(decide(ledger, data))
        add(ledger, *pages[cut:])
        for kind, one, other in decided:
            table = "story_pages" if kind == "not-one-story" else "entries"
            column, key = ("story_id", "page_id") if kind == "not-one-story" else ("remark_id", "id")
            with ledger.reading() as connection:
                rows = connection.exec_driver_sql(f"SELECT {key}, {column} FROM {table}")
                homes = {row[0]: row[1] for row in rows}
            together = homes.get(one) is not None and homes.get(one) == homes.get(other)
            assert together == (kind == "one-remark")
        assert list(check_ledger(ledger)) == []
        # And whoever looks again finds the same.
        before = links(ledger)
        with ledger.writing() as connection:
            connection.exec_driver_sql("UPDATE pages SET linked = 0")
        link_pages(ledger)
        assert links(ledger) == before


def decide(ledger: Ledger, data: st.DataObject) -> Iterator[tuple[str, str, str]]:
    """Let people take a page out of a story, a statement out of a remark, and join two; yield what they said
    of which two."""
    stories = sorted(map(sorted, links(ledger)["stories"]))
    if stories and data.draw(st.booleans()):
        page, *others = data.draw(st.permutations(data.draw(st.sampled_from(stories))))
        reviewed.not_one_story(ledger, page)
        yield from (("not-one-story", page, other) for other in others)
    remarks = sorted(map(sorted, links(ledger)["remarks"]))
    if remarks and data.draw(st.booleans()):
        entry, *others = data.draw(st.permutations(data.draw(st.sampled_from(remarks))))
        reviewed.not_one_remark(ledger, entry)
        yield from (("not-one-remark", entry, other) for other in others)
        return
    found = sorted(entry.id for entry in iter_entries(ledger) if entry.remark is None)
    if len(found) > 1:
        one, other = data.draw(st.permutations(found))[:2]
        reviewed.one_remark(ledger, one, other)
        yield "one-remark", one, other


def test_who_is_held_apart_stays_so_in_a_ring_of_reprints() -> None:
    """Three pages of open day each seem to reprint the next; people say that two of them are two events."""
    ring = {"a": "b", "b": "c", "c": "a"}
    for order, (one, two) in product(permutations("abc"), permutations("abc", 2)):
        held = {one: {two}, two: {one}}
        groups = join_alike(order, {}, ring, {}, held).groups
        assert not any({one, two} <= set(group) for group in groups), (order, one, two, groups)
    (whole,) = join_alike(sorted(ring), {}, ring, {}).groups
    assert whole == ["a", "b", "c"]


def test_ids_stay_and_what_is_merged_is_told(tmp_path: Path) -> None:
    """What was told of an event a week apart is two stories until it turns out to have been told between."""
    one = [Told(0, 0, n, (0,), (), serial=n) for n in range(2)]
    two = [Told(0, 7, n, (0,), (), serial=n + 2) for n in range(2)]
    with new_ledger(tmp_path / "ledger") as ledger:
        add(ledger, *one, *two)
        before = {story.id for story in list_stories(ledger)}
        for n in range(4):
            add(ledger, Told(0, 3 + n % 2, n, (0,), (), serial=n + 4))
        after = {story.id for story in list_stories(ledger)}
        gone = before - after
        assert (len(before), len(after), len(gone)) == (2, 1, 1)
        (kept,) = after
        assert kept in before
        story = get_story(ledger, gone.pop())
        (change,) = story.changes
        assert (story.id, change.change, change.into, change.members) == (kept, "merge", kept, 2)
        assert change.page in {page.page.id for page in story.pages}
    told = f"2 pages came from story {change.of}, which ended, when page {change.page} came"
    assert told in " ".join(ask("story", change.of, ledger=tmp_path / "ledger").out.split())
    app = make_app(tmp_path / "ledger")
    shown = " ".join(text_of(browse(app, f"/story/{kept}").text).split())
    assert f"2 pages came here from story {change.of}, which ended, when page {change.page} came" in shown
    assert browse(app, f"/story/{change.of}").headers["location"] == f"/story/{kept}"
