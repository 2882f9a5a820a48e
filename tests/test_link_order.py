"""However pages are added, all at once, one by one, in any order, the links over them are the same."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ledger_pages import new_ledger
from made_news import Told, make_told, told_pages

from onrecord.across import link_pages
from onrecord.ledger import Ledger, check_ledger, record_reading

QUICK = settings(
    max_examples=25,
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
                "SELECT min(page_id), title, since, until FROM stories JOIN story_pages ON story_id = id GROUP BY id"
            ),
            "remarks": groups(ask("SELECT id, remark_id FROM entries WHERE remark_id IS NOT NULL")),
            "people": groups(ask("SELECT id, speaker_id FROM entries WHERE speaker_id IS NOT NULL")),
            "days": ask("SELECT id, published, published_known FROM pages"),
            "said": ask("SELECT id, said_on, said_on_known, said_on_anchor, day FROM entries"),
            "prints": ask("SELECT hash, page_id FROM fingerprints"),
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
