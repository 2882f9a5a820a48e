"""Linking pages in a ledger: what one page tells of another, however and whenever they were added."""

from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from making import html_page, make_capture
from sqlalchemy import text

import onrecord.across.link as link
from onrecord.across import LinkCounts, link_pages
from onrecord.across.link_dates import link_dates
from onrecord.capture import read_captures
from onrecord.ledger import get_page, open_ledger, record_reading, search_entries
from onrecord.ledger.linked_stories import StoryRow
from onrecord.reading import read
from onrecord.types import Capture

WIRE = (
    "The ministry of water withdrew its last crews from the Orrin dam at Selm, leaving the dam and its "
    "two spillways "
    "to the care of the valley council for the first time in nineteen years.",
    "“The order is fixed in law. There is no change and there will be none,” ministry spokeswoman Mara "
    "Ostrey said on "
    "Tuesday.",
    "Lorries carrying pumps, cable drums and kitchen tents rolled north along the river road from seven "
    "in the evening, "
    "while a few dozen residents watched from the bridge and counted them aloud.",
    "Ostrey said the crews would return to the Orrin dam before the autumn flood.",
    "Engineers on both sides warned that the eastern spillway needs a new chain before the spring "
    "flood, and that "
    "nobody has yet agreed to pay for it.",
)
PAPER = (
    "Volunteers of the valley council opened the gates of the Orrin dam at sunrise after the ministry "
    "of water pulled "
    "its crews out of Selm.",
    "“The order is fixed in law. There is no change and there will be none,” said Mara Ostrey, a "
    "spokeswoman of the "
    "ministry, on Tuesday.",
    "Hanne Dorvik, who leads the council, said the valley returns to those who live in it, and that the "
    "spillway will "
    "be mended with or without the ministry.",
    "The lorries had gone by midnight, and the lamps on the dam were out for the first time since it "
    "was built.",
)
FERRY = (
    "The ferry Albatross ran aground off Dellmoor pier in thick fog and forty passengers were taken "
    "ashore in boats.",
    "“Nobody was hurt and the bar stayed open,” harbour master Teo Wick said on Wednesday.",
    "A tug will try to free the ship at high water, and the line to Karsk is closed until then.",
)
NORTHLINE = make_capture(
    html_page(
        f"SELM, March 11 (Northline) – {WIRE[0]}", *WIRE[1:], headline="Ministry quits Orrin dam, keeps order"
    ),
    uri="https://northline.example/orrin",
)
REPRINT = make_capture(
    html_page(*WIRE[:4], "Additional reporting by our staff.", headline="Order stays as crews go"),
    uri="https://gazette.example/orrin",
    published="2031-03-12",
)
COURIER = make_capture(
    html_page(*PAPER, headline="Council opens the gates of Orrin dam"),
    uri="https://courier.example/gates",
    published="2031-03-11",
)
HARBOUR = make_capture(
    html_page(*FERRY, headline="Ferry aground at Dellmoor"),
    uri="https://harbour.example/1",
    published="2031-03-12",
)
ALL = (NORTHLINE, REPRINT, COURIER, HARBOUR)


def add(folder: Path, captures: Iterable[Capture], *, linking: bool = True) -> LinkCounts | None:
    """Record these captures in a ledger and link them."""
    with open_ledger(folder, create=True) as ledger:
        for capture in captures:
            record_reading(ledger, capture, read(capture))
        return link_pages(ledger) if linking else None


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with open_ledger(folder) as ledger, ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def links(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that linking wrote, in an order of its own."""
    tables = {
        "copies": "SELECT page_id, of_page_id, share, spans FROM copies",
        "stories": "SELECT id, title, since, until FROM stories",
        "story_pages": "SELECT page_id, story_id FROM story_pages",
        "remarks": "SELECT id, said_on, story_id FROM remarks",
        "entries": "SELECT id, remark_id, said_on, said_on_known, said_on_anchor FROM entries",
        "pages": "SELECT id, published, published_known, linked FROM pages",
        "fingerprints": "SELECT hash, id FROM fingerprints JOIN pages USING (n)",
    }
    return {name: sorted(rows(folder, query), key=repr) for name, query in tables.items()}


def test_a_reprint_points_at_the_wire_story_with_the_spans_they_share(tmp_path: Path) -> None:
    add(tmp_path, (NORTHLINE, REPRINT))
    with open_ledger(tmp_path) as ledger:
        page = get_page(ledger, "https://gazette.example/orrin")
        wire = get_page(ledger, "https://northline.example/orrin")
        assert page.copy_of is not None
        assert page.copy_of.of_page.id == wire.page.id
        assert page.copy_of.share > 0.8
        for here, there in page.copy_of.spans:
            assert here.of(page.text).split() == there.of(wire.text).split()
        assert [copy.page.id for copy in wire.copies] == [page.page.id]


def test_pages_about_one_event_are_a_story_and_others_are_not(tmp_path: Path) -> None:
    counts = add(tmp_path, ALL)
    assert counts is not None
    assert (counts.pages, counts.copies, counts.stories) == (4, 1, 1)
    with open_ledger(tmp_path) as ledger:
        stories = {capture.uri: get_page(ledger, capture.uri or "").story for capture in ALL}
    assert len({stories[capture.uri] for capture in (NORTHLINE, REPRINT, COURIER)}) == 1
    assert stories[HARBOUR.uri] is None


def test_an_undated_page_is_settled_by_its_story(tmp_path: Path) -> None:
    add(tmp_path, [NORTHLINE])
    (before,) = rows(tmp_path, "SELECT published FROM pages")
    assert before == (None,)
    add(tmp_path, [COURIER])
    with open_ledger(tmp_path) as ledger:
        wire = get_page(ledger, "https://northline.example/orrin")
        assert (wire.page.published, wire.page.published_known) == ("2031-03-11", "inferred")
        said = [entry for entry in wire.entries if "fixed in law" in " ".join(entry.content)]
        assert [(entry.said_on, entry.said_on_known) for entry in said] == [("2031-03-11", "inferred")]
        assert len(said[0].said_on_candidates) > 1
        courier = get_page(ledger, "https://courier.example/gates").page.id
    anchors = {
        row[0]
        for row in rows(tmp_path, "SELECT said_on_anchor FROM entries WHERE said_on_candidates != '[]'")
    }
    assert len(anchors) == 1
    assert f"the only date that fits the other articles of its story (page {courier}" in anchors.pop()


def test_settling_is_taken_back_when_the_story_goes(tmp_path: Path) -> None:
    add(tmp_path, [NORTHLINE, COURIER])
    settled = links(tmp_path)
    with open_ledger(tmp_path, write=True) as ledger, ledger.writing() as connection:
        story, wire, paper = settled["stories"][0][0], *(page for page, _ in settled["story_pages"])
        assert len(link_dates(connection, [wire, paper], [])) == 1
    open_again = links(tmp_path)
    assert sorted(row[1:3] for row in open_again["pages"] if row[1] is None) == [(None, None)]
    assert not [row for row in open_again["entries"] if "the only date" in (row[4] or "")]
    with open_ledger(tmp_path, write=True) as ledger, ledger.writing() as connection:
        link_dates(connection, [wire, paper], [StoryRow(id=story, pages=(wire, paper))])
    assert links(tmp_path) == settled


def test_nothing_is_settled_when_the_story_has_two_fitting_days(tmp_path: Path) -> None:
    # One paper printed the article of the other years before, on the same day of the month and of the week.
    old = make_capture(html_page(*PAPER), uri="https://courier.example/old", published="2025-03-11")
    add(tmp_path, [NORTHLINE, COURIER])
    add(tmp_path, [old])
    assert rows(tmp_path, "SELECT count(*), count(DISTINCT story_id) FROM story_pages") == [(3, 1)]
    assert rows(tmp_path, f"SELECT published FROM pages WHERE uri = '{NORTHLINE.uri}'") == [(None,)]
    assert rows(tmp_path, "SELECT count(*) FROM entries WHERE said_on_anchor LIKE '%the only date%'") == [
        (0,)
    ]


def test_a_remark_of_two_outlets_is_one(tmp_path: Path) -> None:
    add(tmp_path, ALL)
    with open_ledger(tmp_path) as ledger:
        found = [entry for entry in search_entries(ledger, "fixed in law") if entry.kind == "direct"]
    assert len(found) == 3
    assert len({entry.remark for entry in found}) == 1
    assert found[0].remark is not None
    assert found[0].remark.startswith("r")


def test_linking_again_changes_nothing(tmp_path: Path) -> None:
    add(tmp_path, ALL)
    before = links(tmp_path)
    assert add(tmp_path, ALL) == LinkCounts(pages=0, copies=0, stories=0, remarks=0)
    assert links(tmp_path) == before


def test_all_at_once_and_one_by_one_give_the_same_groups(tmp_path: Path) -> None:
    add(tmp_path / "once", ALL)
    for seed in range(2):
        captures = list(ALL)
        Random(seed).shuffle(captures)
        for capture in captures:
            add(tmp_path / str(seed), [capture])
        once, apart = links(tmp_path / "once"), links(tmp_path / str(seed))
        for name in ("copies", "pages", "fingerprints"):
            assert apart[name] == once[name]
        assert [page for page, _ in apart["story_pages"]] == [page for page, _ in once["story_pages"]]
        assert [row[2:] for row in apart["entries"]] == [row[2:] for row in once["entries"]]
        assert [row[1] is None for row in apart["entries"]] == [row[1] is None for row in once["entries"]]


def test_ids_stay_when_a_page_comes_to_a_story(tmp_path: Path) -> None:
    add(tmp_path, [REPRINT, COURIER])
    before = rows(tmp_path, "SELECT id FROM stories"), rows(tmp_path, "SELECT id FROM remarks")
    assert [len(ids) for ids in before] == [1, 1]
    add(tmp_path, [NORTHLINE])
    after = rows(tmp_path, "SELECT id FROM stories"), rows(tmp_path, "SELECT id FROM remarks")
    assert after[0] == before[0]
    assert set(before[1]) <= set(after[1])


def test_linking_cut_short_is_completed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "BATCH", 1)
    add(tmp_path / "whole", ALL)
    add(tmp_path / "cut", ALL, linking=False)

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with open_ledger(tmp_path / "cut", write=True) as ledger:
        with pytest.raises(KeyboardInterrupt):
            link_pages(ledger, progress=stop)
        assert link_pages(ledger).pages == 2
    assert links(tmp_path / "cut") == links(tmp_path / "whole")


def test_a_fault_in_a_batch_leaves_nothing_half_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, ALL, linking=False)
    before = links(tmp_path)

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(link, "link_stories", fail)
    with open_ledger(tmp_path, write=True) as ledger, pytest.raises(RuntimeError):
        link_pages(ledger)
    assert links(tmp_path) == before


def test_what_stories_tell_is_found_by_the_next_where_it_was_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path / "whole", ALL)
    add(tmp_path / "cut", ALL, linking=False)

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    with open_ledger(tmp_path / "cut", write=True) as ledger:
        with monkeypatch.context() as patched:
            patched.setattr(link, "link_remarks", fail)
            with pytest.raises(RuntimeError):
                link_pages(ledger)
        assert link_pages(ledger).pages == 0
    assert links(tmp_path / "cut") == links(tmp_path / "whole")


def test_comments_and_furniture_make_no_copy(tmp_path: Path) -> None:
    quoted = "".join(f'<div class="comment"><p>{paragraph}</p></div>' for paragraph in WIRE)
    page = html_page(*FERRY, headline="Ferry aground").replace(
        "</article>", f'</article><section id="comments" class="comments"><h2>Comments</h2>{quoted}</section>'
    )
    add(tmp_path, [NORTHLINE, make_capture(page, uri="https://harbour.example/2", published="2031-03-12")])
    assert links(tmp_path)["copies"] == []


def test_a_new_version_of_a_page_is_no_copy_of_it(tmp_path: Path) -> None:
    newer = make_capture(html_page(*PAPER, "Corrected."), uri=COURIER.uri, published="2031-03-11")
    add(tmp_path, [COURIER, newer])
    assert links(tmp_path)["copies"] == []
    assert links(tmp_path)["stories"] == []
    assert links(tmp_path)["remarks"] == []


def test_a_page_without_words_is_linked_to_nothing(tmp_path: Path) -> None:
    counts = add(tmp_path, [make_capture("<html><body></body></html>"), make_capture("x"), COURIER])
    assert counts == LinkCounts(pages=3, copies=0, stories=0, remarks=0)


@pytest.mark.data
def test_the_two_seeds_of_one_day_are_a_story_and_the_third_is_not(tmp_path: Path, data: Path) -> None:
    add(tmp_path, (one for one in read_captures(data / "seeds") if isinstance(one, Capture)))
    assert rows(tmp_path, "SELECT count(*), count(DISTINCT story_id) FROM story_pages") == [(2, 1)]
    days = rows(tmp_path, "SELECT substr(published, 1, 10) FROM pages ORDER BY published IS NULL, published")
    assert days == [("2022-11-11",), ("2022-11-11",), (None,)]
