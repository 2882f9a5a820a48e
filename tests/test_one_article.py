"""One article however often it was saved: in lists, stories, remarks, versions; in any order of adding."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from asking import ask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ledger_pages import new_ledger
from making import html_page, make_capture
from web_client import ask as ask_web
from web_client import text_of

from onrecord.across import link_pages, read_versions
from onrecord.checks.articles import find_article_keys, fold_pages, group_by_keys
from onrecord.ledger import (
    Ledger,
    count,
    count_articles,
    find_again,
    get_page,
    get_remark,
    get_speaker,
    get_story,
    list_pages,
    list_stories,
    list_versions,
    record_reading,
    search_entries,
)
from onrecord.reading import read
from onrecord.types import Capture, Reading
from onrecord.views.web import make_app

BODY = (
    "“The north bridge will open in June, whatever the river does until then,” Council leader Dana Ruel "
    "said on Tuesday.",
    "The bridge of Selm was closed in January, when the flood had carried two of its piers away and left the "
    "third leaning towards the mill.",
    "Lorries have gone round by Dellmoor since, which takes forty minutes and has emptied the market of its "
    "cheese.",
)
COST = "She said the cost was {} million crowns."
WIRE = (
    "SELM, March 11 (Northline) – The council of Selm will open its north bridge in June, its leader said.",
    "“The north bridge will open in June, whatever the river does until then,” Council leader Dana Ruel "
    "said on Tuesday.",
    "Ruel told the council of Selm that the piers of the bridge were being set again by a yard from Karsk, "
    "and that the mill below it would be propped before the spring flood comes down.",
    "Nobody on the council voted against the plan, which costs more than was set aside; the rest is to come "
    "from the ferry tolls of Dellmoor, and from whoever sends a lorry the long way round in the meantime.",
)
BRIDGE, FERRY = "https://slope.example/bridge-opens-in-june", "https://slope.example/ferry"


def a_page(
    *paragraphs: str,
    outlet: str | None = "The Slope",
    uri: str | None = BRIDGE,
    headline: str = "Ruel: bridge opens in June",
    day: str | None = "2031-03-11",
    updated: str | None = None,
    canonical: str | None = None,
    saved: str | None = None,
    nonce: int = 0,
) -> Capture:
    head = f'<meta name="request" content="{nonce}">' if nonce else ""
    head += f'<meta property="og:site_name" content="{outlet}">' if outlet else ""
    head += f'<meta property="article:published_time" content="{day}T08:00:00Z">' if day else ""
    head += f'<meta property="article:modified_time" content="{updated}">' if updated else ""
    head += f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return make_capture(html_page(*paragraphs, headline=headline, head=head), uri=uri, captured_at=saved)


def bridge(cost: int, *more: str, **told: Any) -> Capture:
    return a_page(BODY[0], COST.format(cost), *BODY[1:], *more, **told)


FOUR, SEVEN = (
    bridge(4),
    bridge(7, headline="Ruel: bridge to open in June"),
)
TWICE = bridge(4, uri="https://slope.example/news/4711", saved="2031-03-14", nonce=1)
NO_ADDRESS = bridge(4, uri=None, saved="2031-03-15", nonce=2)
AMP = bridge(9, uri="https://amp.slope.example/bridge-opens-in-june?utm_source=x")
NORTHLINE = a_page(*WIRE, outlet="Northline", uri="https://northline.example/1", headline="Bridge to open")
GAZETTE = a_page(
    *WIRE[1:],
    outlet="Harbour Gazette",
    uri="https://gazette.example/9",
    headline="Selm gets bridge",
    day="2031-03-12",
)
OTHER = a_page(
    "The ferry of Karsk ran aground in the fog.",
    "“Nobody was hurt,” harbour master Teo Wick said on Wednesday.",
    uri=FERRY,
)


@cache
def read_once(capture: Capture) -> Reading:
    return read(capture)


def make(folder: Path, captures: Sequence[Capture], *, one_by_one: bool = False) -> Ledger:
    ledger = new_ledger(folder)
    for capture in captures:
        record_reading(ledger, capture, read_once(capture))
        if one_by_one:
            link_pages(ledger)
    link_pages(ledger)
    return ledger


SAME: list[tuple[str, Capture, Capture, bool]] = [
    ("two versions", FOUR, SEVEN, True),
    ("saved twice, at two addresses", FOUR, TWICE, True),
    ("saved again without an address", FOUR, NO_ADDRESS, True),
    ("for telephones", FOUR, AMP, True),
    (
        "by its own canonical link",
        FOUR,
        bridge(8, uri="https://slope.example/?p=4711", canonical=BRIDGE),
        True,
    ),
    (
        "a reprint that names its original",
        FOUR,
        bridge(4, outlet="Harbour Gazette", uri="https://gazette.example/1", canonical=BRIDGE),
        False,
    ),
    (
        "the same words on another day",
        FOUR,
        bridge(4, uri="https://slope.example/again", day="2031-03-18"),
        False,
    ),
    (
        "the same words under another headline",
        FOUR,
        bridge(4, uri="https://slope.example/again", headline="A bridge at last"),
        False,
    ),
    ("a short notice", a_page("Read on.", uri=BRIDGE), a_page("Read on.", uri=FERRY, nonce=3), False),
    ("another article", FOUR, OTHER, False),
    (
        "every page's canonical link is the front page",
        a_page(*BODY, uri=BRIDGE, canonical="https://slope.example/"),
        a_page("The ferry ran aground in the fog off Karsk.", uri=FERRY, canonical="https://slope.example/"),
        False,
    ),
]


@pytest.mark.parametrize(("one", "other", "same"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_which_pages_are_one_article(tmp_path: Path, one: Capture, other: Capture, same: bool) -> None:
    with make(tmp_path, [one, other]) as ledger:
        pages = list_pages(ledger)
        assert len(pages) == 2
        assert len(list_pages(ledger, fold=True)) == count_articles(ledger) == (1 if same else 2)
        assert [page.article is not None for page in pages] == [same] * 2
        if same:
            ids = {page.id for page in pages}
            assert {page.article for page in pages} == {min(ids)}
            assert set(get_page(ledger, pages[0].id).versions) == ids
            assert list_versions(ledger, pages) == dict.fromkeys(ids, tuple(sorted(ids)))
            assert not list_stories(ledger)
            assert not get_page(ledger, pages[0].id).copy_of


def test_the_same_bytes_at_a_second_address_join_two_pages(tmp_path: Path) -> None:
    moved = bridge(7, uri="https://slope.example/moved-to-here")
    with make(tmp_path, [FOUR, moved]) as ledger:
        assert count_articles(ledger) == 2
        again = make_capture(FOUR.payload.decode(), uri=moved.uri)
        record_reading(ledger, again, read(again))
        link_pages(ledger)
        assert count_articles(ledger) == 1


def test_versions_are_listed_once_and_counted(tmp_path: Path) -> None:
    with make(tmp_path, [FOUR, SEVEN, OTHER]) as ledger:
        every = search_entries(ledger, by="Ruel")
        once = search_entries(ledger, by="Ruel", fold=True)
        assert (len(every), len(once)) == (4, 3)
        assert get_speaker(ledger, "Ruel").entries == 3
        again = find_again(ledger, once)
        [quoted] = [entry for entry in once if entry.kind == "direct"]
        assert again == {
            quoted.id: tuple(one for one in every if one.kind == "direct" and one.id != quoted.id)
        }
        # Turned page by page nothing is told twice, and nothing is lost.
        turned = [search_entries(ledger, by="Ruel", fold=True, limit=1, offset=n) for n in range(4)]
        assert [one.id for some in turned for one in some] == [one.id for one in once]


def test_two_statements_of_one_page_stay_two(tmp_path: Path) -> None:
    page = a_page("“We will see,” Dana Ruel said.", "It rained.", "“We will see,” Dana Ruel said.")
    with make(tmp_path, [page]) as ledger:
        assert len(search_entries(ledger, fold=True)) == len(search_entries(ledger))


def test_a_story_and_its_remarks_count_articles_and_first_hands(tmp_path: Path) -> None:
    with make(tmp_path, [FOUR, SEVEN, TWICE, NORTHLINE, GAZETTE]) as ledger:
        [story] = list_stories(ledger)
        assert (len(story.pages), story.articles, story.versions) == (5, 3, 2)
        assert (story.outlets, story.copies) == (3, 1)
        [id] = {e.remark for e in search_entries(ledger, '"open in June" river', limit=None) if e.remark}
        remark = get_remark(ledger, id)
        assert (remark.articles, remark.outlets, remark.copies) == (3, 3, 1)
        assert len(remark.renderings) == 4  # the wire tells it once more in its own words
        assert len(remark.again) == 2
        assert [(hand.name, hand.how) for hand in remark.first_hands] == [
            ("The Slope", "own"),
            ("Northline", "own"),
        ]
        assert len(remark.first_hands) <= remark.articles <= len(remark.renderings) + len(remark.again)


def test_two_versions_alone_are_no_story_and_no_remark(tmp_path: Path) -> None:
    with make(tmp_path, [FOUR, SEVEN, AMP]) as ledger:
        found = count(ledger)
        assert (found.pages, found.stories, found.remarks, found.copies) == (3, 0, 0, 0)


def test_the_order_of_versions_is_what_the_pages_say(tmp_path: Path) -> None:
    later = bridge(7, updated="2031-03-12T09:00:00Z", saved="2031-03-13")
    first = bridge(4, saved="2031-03-20")
    with make(tmp_path, [later, first]) as ledger:
        found = read_versions(ledger, BRIDGE)
        assert found.order_known
        assert [page.captured_at for page in found.versions] == ["2031-03-20", "2031-03-13"]
        # Asked by its address, the newest is meant.
        assert get_page(ledger, BRIDGE).page.captured_at == "2031-03-13"
        assert get_page(ledger, f"{BRIDGE}?utm_source=x").page.captured_at == "2031-03-13"


def test_the_order_is_not_known_where_one_version_alone_tells_when_it_was_saved(tmp_path: Path) -> None:
    saved = bridge(7, headline="Ruel: bridge to open in June", saved="2025-03-15")
    for at, order in enumerate(([FOUR, saved], [saved, FOUR])):
        with make(tmp_path / str(at), order) as ledger:
            found = read_versions(ledger, BRIDGE)
            assert not found.order_known
            assert not get_page(ledger, BRIDGE).order_known
            [step] = found.steps
            assert not step.order_known
            only = sorted(" ".join(e.content) for e in (*step.entries_gone, *step.entries_new))
            assert only == ["the cost was 4 million crowns", "the cost was 7 million crowns"]


def test_what_both_versions_print_is_in_both(tmp_path: Path) -> None:
    # In the second version the words stand outside marks, and nobody is named for them beside them.
    one = a_page(BODY[0], BODY[1])
    other = a_page(
        BODY[1], "The north bridge will open in June, whatever the river does until then. So it goes."
    )
    curly = a_page(BODY[0].replace("bridge", "bridge’s ford"), BODY[1])
    straight = a_page(BODY[0].replace("bridge", "bridge's ford").replace("“", '"').replace("”", '"'), BODY[1])
    for at, pair in enumerate(([one, other], [curly, straight])):
        with make(tmp_path / str(at), pair) as ledger:
            [step] = read_versions(ledger, BRIDGE).steps
            assert (step.entries_gone, step.entries_new, step.entries_changed) == ((), (), ())


def test_other_speakers_of_the_same_words_are_told(tmp_path: Path) -> None:
    other = a_page(BODY[0].replace("Council leader Dana Ruel", "Mayor Teo Wick"), BODY[1])
    with make(tmp_path, [a_page(BODY[0], BODY[1]), other]) as ledger:
        [step] = read_versions(ledger, BRIDGE).steps
        assert (step.entries_gone, step.entries_new) == ((), ())
        [pair] = step.entries_changed
        assert {one.speaker.name for one in pair if one.speaker} == {"Dana Ruel", "Teo Wick"}


def test_a_correction_notice_that_tells_old_words_does_not_say_them(tmp_path: Path) -> None:
    notice = "Correction: An earlier version of this article said that the cost was 4 million crowns."
    with make(tmp_path, [FOUR, bridge(7, notice, updated="2031-03-12")]) as ledger:
        [step] = read_versions(ledger, BRIDGE).steps
        assert ["the cost was 4 million crowns"] in [list(entry.content) for entry in step.entries_gone]


def test_the_command_marks_versions_and_shows_each_when_asked(tmp_path: Path) -> None:
    with make(tmp_path, [FOUR, SEVEN]):
        pass
    shown = ask("said", ledger=tmp_path).out
    assert shown.count("open in June") == 1
    assert "The Slope (2 versions)" in shown
    assert shown.count("The Slope (1 of 2 versions)") == 2
    assert ask("said", "--all-versions", ledger=tmp_path).out.count("open in June") == 2
    assert len(ask("page", ledger=tmp_path).out.strip().splitlines()) == 2
    assert len(ask("page", "--all-versions", ledger=tmp_path).out.strip().splitlines()) == 3
    answer = json.loads(ask("--json", "said", ledger=tmp_path).out)
    assert [len(ids) for ids in answer["versions"].values()] == [1]
    assert "order not known" in ask("page", BRIDGE, ledger=tmp_path).out
    compared = ask("page", BRIDGE, "--versions", ledger=tmp_path).out
    assert "Order not known." in compared
    assert "nobody knows which came first" in compared
    assert "only in the second" in compared
    assert "added" not in compared.replace("onrecord add", "")


_ALL = [FOUR, SEVEN, TWICE, NO_ADDRESS, AMP, NORTHLINE, GAZETTE, OTHER]


def test_a_story_s_page_has_a_statement_of_two_versions_once(tmp_path: Path) -> None:
    with make(tmp_path, [FOUR, SEVEN, NORTHLINE]) as ledger:
        [story] = list_stories(ledger)
    html = ask_web(make_app(tmp_path), f"/story/{story.id}").text
    shown = text_of(html)
    assert "2 articles from 2 outlets" in shown
    assert "saved on 3 pages: versions count once" in shown
    assert html.count("whatever the river does") == 1
    assert "2 articles, 2 first hands" in shown
    assert shown.count("1 of 2 versions") == 2
    assert '/versions">2 versions</a>' in html


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(st.sampled_from(_ALL), min_size=3, max_size=8, unique=True), st.randoms(), st.booleans())
def test_the_order_of_adding_changes_no_count(
    captures: list[Capture], random: Random, one_by_one: bool
) -> None:
    told = []
    for _ in range(2):
        with TemporaryDirectory() as folder, make(Path(folder), captures, one_by_one=one_by_one) as ledger:
            entries = search_entries(ledger, fold=True, limit=None)
            remarks = {entry.remark for entry in search_entries(ledger, limit=None) if entry.remark}
            hands = sorted(
                (sorted(hand.pages), hand.how, hand.why)
                for id in remarks
                for hand in get_remark(ledger, id).first_hands
            )
            stories = sorted(
                (one.articles, one.outlets, one.copies, one.versions, one.entries)
                for one in list_stories(ledger)
            )
            versions = sorted(
                {
                    (get_page(ledger, page.id).versions, get_page(ledger, page.id).order_known)
                    for page in list_pages(ledger)
                }
            )
            told.append((count_articles(ledger), len(entries), hands, stories, versions))
        random.shuffle(captures)
        one_by_one = not one_by_one
    assert told[0] == told[1]


_keys = st.builds(
    lambda page, uri, outlet, day, body: list(
        find_article_keys(
            page,
            addresses=[uri] if uri else [],
            canonical=None,
            outlet=outlet,
            headline="Bridge",
            day=day,
            body=body.split(),
        )
    ),
    page=st.sampled_from("pqrstu"),
    uri=st.sampled_from([None, "https://a.example/1", "https://b.example/2"]),
    outlet=st.sampled_from([None, "A", "B"]),
    day=st.sampled_from([None, "2031-03-11", "2031-03-12"]),
    body=st.sampled_from(["x " * 40, "y " * 40, ""]),
)


@given(st.lists(_keys, max_size=8), st.randoms())
def test_groups_do_not_depend_on_the_order_of_keys(some: list[list[object]], random: Random) -> None:
    keys = [key for one in some for key in one]
    groups = group_by_keys(keys)  # type: ignore[arg-type]
    random.shuffle(keys)
    assert group_by_keys(keys) == groups  # type: ignore[arg-type]


def test_a_page_of_unknown_outlet_goes_with_the_one_outlet_that_prints_the_same() -> None:
    def keys(*rows: tuple[str, str | None]) -> dict[str, str]:
        return group_by_keys(
            key
            for page, outlet in rows
            for key in find_article_keys(
                page,
                addresses=[],
                canonical=None,
                outlet=outlet,
                headline="Bridge",
                day=None,
                body=BODY[0].split(),
            )
        )

    assert keys(("p", "A"), ("q", None)) == {"p": "p", "q": "p"}
    assert keys(("p", "A"), ("q", None), ("r", "B")) == {"p": "p", "q": "q", "r": "r"}


def test_a_story_folds_as_its_pages_do(tmp_path: Path) -> None:
    with make(tmp_path, [FOUR, SEVEN, NORTHLINE]) as ledger:
        story = get_story(ledger, BRIDGE)
        assert len(fold_pages([page.page for page in story.pages]).articles) == story.articles == 2
