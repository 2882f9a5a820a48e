"""Two versions of one page compare by block: added, removed, changed, correction notices, statements."""

import json
from itertools import chain
from pathlib import Path
from time import process_time

import pytest
from adding import Shell
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from ledger_pages import make_reading
from making import html_page
from web_client import ask, text_of

from onrecord.across import apply_difference, compare_versions, read_versions
from onrecord.across.versions import ARTICLE, VersionDifference
from onrecord.ledger import open_ledger
from onrecord.types import Page, Role
from onrecord.views.web import make_app

ADDRESS = "https://gazette.example/2031/03/11/gates"
GATES = "The gates of the dam were closed at nine by two men and a dog, as on any other day of that month."
SAID = "“The order is fixed in law,” Mara Ostrey told reporters on Tuesday."
CHANGED = "“The order is fixed in writing,” Mara Ostrey told reporters on Tuesday."
NOTICE = "Correction: an earlier version of this article gave the wrong number of men at the gates."

Lines = list[tuple[Role, str]]
BEFORE: Lines = [
    ("menu", "Home"),
    ("headline", "Gates closed for good"),
    ("byline", "By Ansel Krey"),
    ("paragraph", GATES),
    ("paragraph", SAID),
    ("paragraph", "Nobody was seen on the eastern spillway after that."),
    ("related", "Ten things to do in Selm"),
]
AFTER: Lines = [
    ("menu", "Home"),
    ("headline", "Gates closed until Friday"),
    ("byline", "By Ansel Krey"),
    ("paragraph", CHANGED),
    ("paragraph", GATES),
    ("correction", NOTICE),
    ("related", "Eleven things to do in Selm"),
]


def page_of(lines: Lines) -> Page:
    return make_reading(lines)[1].page


def told(difference: VersionDifference) -> list[tuple[str, Role]]:
    return [(change.what, change.role) for change in difference.blocks]


def test_blocks_that_came_went_and_changed_are_told_in_reading_order() -> None:
    difference = compare_versions(page_of(BEFORE), page_of(AFTER))
    assert told(difference) == [
        ("changed", "headline"),
        ("changed", "paragraph"),
        ("removed", "paragraph"),
        ("added", "correction"),
    ]


def test_the_words_that_changed_inside_a_block_are_told() -> None:
    [_, quotation, *_] = compare_versions(page_of(BEFORE), page_of(AFTER)).blocks
    assert [pair for pair in quotation.changes if pair[0] != pair[1]] == [("law,”", "writing,”")]
    assert " ".join(after for _, after in quotation.changes if after) == CHANGED


def test_correction_notices_and_a_silently_changed_headline_come_first() -> None:
    corrections = compare_versions(page_of(BEFORE), page_of(AFTER)).corrections
    assert [(one.what, one.role, one.after) for one in corrections] == [
        ("changed", "headline", "Gates closed until Friday"),
        ("added", "correction", NOTICE),
    ]


def test_a_headline_in_quite_other_words_is_one_that_changed() -> None:
    lines: Lines = [("headline", "Dam"), ("paragraph", GATES)]
    other: Lines = [("headline", "Selm council meets on Friday"), ("paragraph", GATES)]
    assert told(compare_versions(page_of(lines), page_of(other))) == [("changed", "headline")]


def test_a_block_that_moved_is_not_removed() -> None:
    lines: Lines = [("paragraph", f"At gate {n} the water stood {n} feet high.") for n in range(9)]
    difference = compare_versions(page_of(lines), page_of([*lines[3:], *lines[:3]]))
    assert difference.same
    assert (len(difference.kept), difference.moved) == (9, 3)


def test_furniture_and_comments_are_only_counted() -> None:
    later: Lines = [*BEFORE, ("comment", "That is not so."), ("advert", "Boats for sale")]
    difference = compare_versions(page_of(BEFORE), page_of(later))
    assert difference.same
    assert (difference.furniture_added, difference.furniture_removed) == (2, 0)


def test_thousands_of_changed_blocks_compare_in_seconds() -> None:
    before: Lines = [
        ("paragraph", " ".join(f"w{n * m % 997}" for m in range(1, 40))) for n in range(1, 1_501)
    ]
    after: Lines = [(role, words.replace("w7", "x7", 1) + " more") for role, words in before]
    start = process_time()
    difference = compare_versions(page_of(before), page_of(after))
    assert process_time() - start < 20
    assert {change.what for change in difference.blocks} == {"changed"}


ROLES: tuple[Role, ...] = ("headline", "paragraph", "paragraph", "correction", "caption", "menu", "comment")
WORDS = st.lists(
    st.sampled_from("gates were closed at nine by two men and a dog".split()), min_size=1, max_size=6
)
PAGES = st.lists(st.tuples(st.sampled_from(ROLES), WORDS.map(" ".join)), max_size=8).map(page_of)


@given(PAGES)
def test_a_page_does_not_differ_from_itself(page: Page) -> None:
    difference = compare_versions(page, page)
    assert difference.same
    assert (difference.moved, difference.furniture_added, difference.furniture_removed) == (0, 0, 0)


@given(PAGES, PAGES)
def test_the_difference_makes_the_later_version_from_the_earlier(before: Page, after: Page) -> None:
    made = apply_difference(before, compare_versions(before, after))
    assert made == tuple(block.span.of(after.text) for block in after.blocks if block.role in ARTICLE)


@given(PAGES, PAGES)
def test_backwards_what_came_went_and_what_went_came(before: Page, after: Page) -> None:
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    there, back = compare_versions(before, after), compare_versions(after, before)
    assert sorted((one.what, one.before or "", one.after or "") for one in there.blocks) == sorted(
        (turned[one.what], one.after or "", one.before or "") for one in back.blocks
    )
    assert there.furniture_added == back.furniture_removed


@given(PAGES, PAGES)
def test_every_block_of_the_article_is_told_of_once(before: Page, after: Page) -> None:
    difference = compare_versions(before, after)
    for page, kept, changed in (
        (before, [one for one, _ in difference.kept], [one.before_at for one in difference.blocks]),
        (after, [one for _, one in difference.kept], [one.after_at for one in difference.blocks]),
    ):
        numbers = [at for at in chain(kept, changed) if at is not None]
        assert sorted(numbers) == [n for n, block in enumerate(page.blocks) if block.role in ARTICLE]


def save(folder: Path, name: str, *paragraphs: str, headline: str) -> Path:
    page = folder / name
    head = f'<link rel="canonical" href="{ADDRESS}">'
    page.write_text(html_page(*paragraphs, headline=headline, head=head), encoding="utf-8")
    return page


@pytest.fixture
def twice(shell: Shell, tmp_path: Path) -> Shell:
    """A ledger with two captures of one address."""
    first = save(tmp_path, "first.html", GATES, SAID, headline="Gates closed for good")
    second = save(tmp_path, "second.html", NOTICE, GATES, CHANGED, headline="Gates closed until Friday")
    for page, day in ((first, "2031-03-11"), (second, "2031-03-14")):
        assert shell("add", "--url", ADDRESS, "--captured-at", f"{day}T08:00:00Z", page) == 0
    return shell


def test_the_command_shows_what_differs(twice: Shell) -> None:
    assert twice("page", "--versions", ADDRESS) == 0
    assert f"2 versions of {ADDRESS}" in twice.out
    assert "headline changed: Gates closed [-for good-] {+until Friday+}" in twice.out
    assert "The order is fixed in [-law,”-] {+writing,”+} Mara Ostrey" in twice.out
    assert NOTICE in twice.out


def test_the_command_answers_with_json(twice: Shell) -> None:
    assert twice("--json", "page", "--versions", ADDRESS) == 0
    found = json.loads(twice.out)
    [step] = found["steps"]
    assert [page["id"] for page in found["versions"]] == [step["before"], step["after"]]
    assert {"headline"} <= {change["role"] for change in step["difference"]["corrections"]}


def test_statements_that_only_one_version_has_are_named(twice: Shell) -> None:
    with open_ledger(twice.ledger) as ledger:
        [step] = read_versions(ledger, ADDRESS).steps
    assert [entry.content for entry in step.entries_gone] == [("The order is fixed in law,",)]
    assert [entry.content for entry in step.entries_new] == [("The order is fixed in writing,",)]
    assert twice("page", "--versions", ADDRESS) == 0
    assert all(entry.id in twice.out for entry in (*step.entries_gone, *step.entries_new))


def test_one_version_alone_is_told_with_what_to_do(shell: Shell, good: Path) -> None:
    assert shell("add", good) == 0
    assert shell("page", "--versions", str(good)) == 0
    assert "only one version" in shell.out
    assert "onrecord add" in shell.out


def test_without_a_page_there_is_nothing_to_compare(shell: Shell, good: Path) -> None:
    assert shell("add", good) == 0
    assert shell("page", "--versions") == 2
    assert "--versions" in shell.err


@pytest.fixture
def served(twice: Shell) -> tuple[FastAPI, str]:
    with open_ledger(twice.ledger) as ledger:
        return make_app(twice.ledger), read_versions(ledger, ADDRESS).page


def test_the_api_gives_the_same_as_the_command(served: tuple[FastAPI, str], twice: Shell) -> None:
    app, id = served
    assert twice("--json", "page", "--versions", ADDRESS) == 0
    assert ask(app, f"/api/pages/{id}/versions").json() == json.loads(twice.out)


def test_the_web_page_shows_the_difference_and_is_linked(served: tuple[FastAPI, str]) -> None:
    app, id = served
    assert f'href="/page/{id}/versions">2 versions compared' in ask(app, f"/page/{id}").text
    answer = ask(app, f"/page/{id}/versions")
    assert answer.status_code == 200
    assert "Gates closed <del>for good</del> <ins>until Friday</ins>" in answer.text
    assert "only in version 1, direct" in text_of(answer.text)


def test_a_page_that_is_not_there_has_no_versions(served: tuple[FastAPI, str]) -> None:
    assert ask(served[0], "/api/pages/p00000000/versions").status_code == 404
    assert ask(served[0], "/page/p00000000/versions").status_code == 404


def test_what_pages_say_is_escaped(tmp_path: Path) -> None:
    loud = "<script>alert(1)</script>"
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        from onrecord.ledger import record_reading

        for n in (1, 2):
            lines: Lines = [("headline", f"{loud} {n}"), ("paragraph", f"{loud} gates {n}")]
            id = record_reading(ledger, *make_reading(lines, uri=f"{ADDRESS}?{loud}"))
    answer = ask(make_app(tmp_path / "ledger"), f"/page/{id}/versions")
    assert answer.status_code == 200
    assert "<script" not in answer.text
