"""Changed statements in a real Chromium: keyboard, small screens, dark rooms, pages that mean harm."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from changed_ledger import make_changed
from playwright.sync_api import Browser, Page
from test_browser import CONTRAST, chromium, page, serving
from test_browser_targets import PLAIN_LINKS, SMALL_TARGETS

pytestmark = pytest.mark.browser
__all__ = ["chromium", "page"]


@pytest.fixture(scope="module")
def ids(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("changes") / "ledger"
    return folder, make_changed(folder)


@pytest.fixture(scope="module")
def address(ids: tuple[Path, dict[str, str]]) -> Iterator[str]:
    with serving(ids[0]) as served:
        yield served


def test_the_versions_of_a_page_lead_to_its_changes_by_keyboard(
    page: Page, address: str, ids: tuple[Path, dict[str, str]]
) -> None:
    page.goto(f"{address}/page/{ids[1]['given']}/versions")
    link = page.get_by_role("link", name="what became of its statements")
    link.focus()
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/changes?page=*")
    assert page.locator("h2.item").all_text_contents() == ["Given to somebody else", "Withdrawn", "Added"]
    page.get_by_role("link", name="Hanne Dorvik").click()
    page.wait_for_url("**/speaker/*")


def test_the_list_is_narrowed_by_typing_and_a_mistake_stays_in_its_field(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Changes", exact=True).click()
    page.get_by_label("Who").fill("dorvig")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    assert "no speaker is named" in (alert.text_content() or "")
    assert page.get_by_label("Who").input_value() == "dorvig"
    page.get_by_label("Who").fill("dorvik")
    page.get_by_label("Since").fill("2031-03")
    page.keyboard.press("Enter")
    page.wait_for_url("**by=dorvik*")
    assert page.locator("ol.line > li").count() == 1
    assert (
        page.get_by_role("link", name="as a feed").get_attribute("href")
        == "/changes.atom?by=dorvik&since=2031-03"
    )


def test_a_feed_item_leads_to_its_change(page: Page, address: str, ids: tuple[Path, dict[str, str]]) -> None:
    page.goto(f"{address}/changes?page={ids[1]['order']}")
    item = page.locator("ol.line > li").first
    id = item.get_attribute("id")
    page.goto(f"{address}/changes?page={ids[1]['order']}#{id}")
    assert page.locator(f"#{id}:target").count() == 1
    words = item.locator("blockquote")
    assert words.locator("del").text_content() == "law"
    assert words.locator("ins").text_content() == "writing"


def test_what_a_page_says_is_never_obeyed(page: Page, address: str) -> None:
    page.goto(f"{address}/changes")
    assert page.locator("script, img, svg").count() == 0
    assert page.get_by_text("onerror").first.is_visible()


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 320), ("dark", 390), ("light", 1280), ("dark", 1280)]
)
def test_it_can_be_read_by_day_and_night(
    chromium: Browser, address: str, scheme: Literal["light", "dark"], width: int
) -> None:
    tab = chromium.new_page(viewport={"width": width, "height": 640}, color_scheme=scheme)
    tab.goto(f"{address}/changes")
    tab.get_by_text("What each word means").click()
    assert tab.evaluate(CONTRAST) == []
    assert tab.evaluate(PLAIN_LINKS) == []
    assert tab.evaluate(SMALL_TARGETS) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    levels = tab.locator("h1, h2, h3").evaluate_all("hs => hs.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    tab.close()
