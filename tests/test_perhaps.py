"""What is perhaps one remark: shown for a person to decide, and never joined before."""

from dataclasses import replace
from pathlib import Path

import pytest
from asking import ask
from making import news_page
from test_remarks import entry
from test_web_corrections import send
from web_client import ask as browse
from web_client import text_of

from onrecord.across.perhaps import find_perhaps
from onrecord.ledger import list_stories, open_ledger
from onrecord.types import Entry
from onrecord.views.web import make_app

ORDER = "the minister's order to leave the dam"
SILENT = entry("a", ORDER, page="p1", kind="no-comment", said_on="2031-03-11")
NOTHING = entry("b", "it was the minister's order and she had “nothing to add”", page="p2", kind="mixed")


def pairs(*entries: Entry, apart: frozenset[frozenset[str]] = frozenset()) -> list[tuple[str, str, str]]:
    return [(one.one.id, one.other.id, one.why) for one in find_perhaps(entries, apart=apart)]


def test_no_comment_and_nothing_to_add_are_perhaps_one_moment() -> None:
    assert pairs(SILENT, NOTHING) == [("a", "b", "no comment")]


def test_another_speaker_another_day_or_words_that_tell_something_are_no_such_moment() -> None:
    other = entry("c", "she had nothing to add", page="p2", who="Ivo Lann")
    later = entry("d", "she had nothing to add", page="p2", said_on="2031-03-18")
    tells = entry("e", "the mill opens", page="p2")
    for one in (other, later, tells):
        assert [why for _, _, why in pairs(SILENT, one) if why == "no comment"] == []


def test_what_people_hold_for_two_is_not_shown_again() -> None:
    assert pairs(SILENT, NOTHING, apart=frozenset({frozenset("ab")})) == []


def test_what_is_one_already_is_not_shown() -> None:
    def joined(one: Entry) -> Entry:
        return replace(one, remark="r1")

    assert pairs(joined(SILENT), joined(NOTHING)) == []


PAGES = {
    "northline": (
        "Ministry gives up Orrin Dam, keeps the order",
        "Mara Ostrey, spokeswoman for the ministry of water, told reporters in Selm on 11 March 2031 that "
        "the crews had left Orrin Dam and that the valley order stood.",
        "Others gave that order and she had “nothing to add”, Ostrey said.",
    ),
    "courier": (
        "Ministry keeps valley order as crews leave Orrin Dam",
        "The crews have left Orrin Dam, and the valley order stands, Mara Ostrey, spokeswoman for the "
        "ministry of water, said in Selm on 11 March 2031.",
        "Ostrey declined to comment on why the crews were called home.",
    ),
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("perhaps")
    for name, (headline, *lines) in PAGES.items():
        page = news_page(*lines, headline=headline, outlet=name.title(), day="2031-03-11")
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    assert ask("add", *sorted(folder.glob("*.html")), ledger=folder / "ledger").code == 0
    return folder / "ledger"


def story_of(ledger: Path) -> str:
    with open_ledger(ledger) as opened:
        (story,) = list_stories(opened, limit=None, offset=0)
    return story.id


def test_a_story_shows_them_on_the_command_line_and_as_json(ledger: Path) -> None:
    story = story_of(ledger)
    out = ask("story", story, "--perhaps", ledger=ledger).out
    assert "one report tells of no comment, the other of words that give none" in out
    assert "onrecord correct ID --same-remark ID" in out
    answer = ask("--json", "story", story, "--perhaps", ledger=ledger).json
    assert {one["why"] for one in answer["perhaps"]} >= {"no comment"}
    assert browse(make_app(ledger), f"/api/stories/{story}/perhaps").json() == answer


def test_perhaps_needs_one_story(ledger: Path) -> None:
    refused = ask("story", "--perhaps", ledger=ledger)
    assert refused.code != 0
    assert "onrecord story ID --perhaps" in refused.err


def test_a_person_makes_them_one_in_the_browser(ledger: Path) -> None:
    app, story = make_app(ledger), story_of(ledger)
    path = f"/story/{story}/perhaps"
    shown = browse(app, path)
    assert "One report tells of no comment" in text_of(shown.text)
    pair = next(
        one
        for one in ask("--json", "story", story, "--perhaps", ledger=ledger).json["perhaps"]
        if one["why"] == "no comment"
    )
    answer = send(app, path, f"/entry/{pair['one']['id']}/same", other=pair["other"]["id"])
    assert answer.status_code in (200, 303)
    left = ask("--json", "story", story, "--perhaps", ledger=ledger).json["perhaps"]
    assert pair["one"]["id"] not in {one["one"]["id"] for one in left if one["why"] == "no comment"}
