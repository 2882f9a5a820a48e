"""What else is on the subject of a story: earlier, later, and what only shares a name or two."""

from pathlib import Path

import pytest
from asking import ask
from making import news_page
from web_client import ask as browse
from web_client import text_of

from onrecord.across.related import find_related
from onrecord.ledger import list_stories, open_ledger
from onrecord.views.web import make_app

FIRE = (
    "The old mill at Lower Dell burned down in the night, Mara Ostrey of the Valley Council told reporters.",
    "The fire brigade of Harrow Point came late, since the bridge at Karsk was shut, Ostrey said.",
)
TRIAL = (
    "A carter from Karsk stood before the court at Harrow Point, a year after the mill of Lower Dell burned.",
    "The council asks for the price of a new roof, Mara Ostrey told the court.",
)
PAGES = {
    "fire-a": ("Mill burns at Lower Dell", "2031-03-11", FIRE),
    "fire-b": ("Fire takes mill at Lower Dell", "2031-03-11", (*FIRE[::-1], "Nobody was hurt at the mill.")),
    "trial": ("Carter on trial", "2032-03-09", TRIAL),
    "market": ("Prices up at Karsk", "2031-03-20", ("Apples cost more at Karsk market this week.",)),
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("related")
    for name, (headline, day, lines) in PAGES.items():
        page = news_page(*lines, headline=headline, outlet=f"{name.title()} Post", day=day)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    assert ask("add", *sorted(folder.glob("*.html")), ledger=folder / "ledger").code == 0
    return folder / "ledger"


def story_of(ledger: Path) -> str:
    with open_ledger(ledger) as opened:
        (story,) = list_stories(opened, limit=None, offset=0)
    return story.id


def test_the_trial_after_the_fire_is_later_on_the_same_subject(ledger: Path) -> None:
    with open_ledger(ledger) as opened:
        (found,) = find_related(opened, story_of(ledger))
    assert (found.home.title, found.when, found.home.story) == ("Carter on trial", "later", None)
    assert {"Lower Dell", "Karsk", "Mara Ostrey"} <= set(found.names)


def test_every_view_shows_it(ledger: Path) -> None:
    story = story_of(ledger)
    assert "On the same subject" in (out := ask("story", story, ledger=ledger).out)
    assert "Carter on trial" in out.partition("On the same subject")[2]
    answer = browse(make_app(ledger), f"/api/stories/{story}/related").json()
    assert [one["when"] for one in answer["related"]] == ["later"]
    page = text_of(browse(make_app(ledger), f"/story/{story}").text)
    assert "On the same subject later, 9 Mar 2032 Carter on trial" in page
    assert "Prices up at Karsk" not in page
