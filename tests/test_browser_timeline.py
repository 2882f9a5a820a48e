"""A timeline in a real Chromium: the drawing by keyboard and by touch, and its words for who can't see it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from test_browser import chromium, page, serving

from onrecord import add_pages
from onrecord.ledger import list_stories, open_ledger

__all__ = ["chromium", "page"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("timeline") / "ledger"
    with open_ledger(folder, create=True) as ledger:
        add_pages(ledger, [demo])
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def path(folder: Path) -> str:
    with open_ledger(folder) as ledger:
        return f"/timeline?story={next(one.id for one in list_stories(ledger) if 'Gates' in str(one.title))}"


def tab_to_column(page: Page, number: int) -> None:
    """Press the tab key until a column of the drawing has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(
            "n => document.activeElement === document.querySelectorAll('ol.columns a')[n]", number
        ):
            return
    raise AssertionError(f"forty times Tab does not reach column {number}")


def test_the_keyboard_reaches_each_column_and_its_first_line(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    columns = page.locator("ol.columns a")
    assert columns.count() > 2
    for number in range(columns.count()):
        page.goto(address + path)
        tab_to_column(page, number)
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        target = columns.nth(number).get_attribute("href")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{target}")
        line = page.locator(f"ol.line > li{target}")
        assert line.is_visible()
        box = line.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 800
        # The next stop is in the line that it led to.
        page.keyboard.press("Tab")
        assert page.evaluate("t => !!document.activeElement.closest(t)", target)


def test_a_column_says_in_words_what_it_shows(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    names = page.locator("ol.columns a").evaluate_all("all => all.map(a => a.innerText.split('\\n')[0])")
    assert "10 March 2031: 2 events, 1 remark" in names
    assert page.get_by_role("link", name="10 March 2031: 2 events, 1 remark").count() == 1
    # What is only drawn is not read out.
    hidden = page.locator("ol.columns .stack, ol.columns .label")
    assert set(hidden.evaluate_all("all => all.map(e => e.getAttribute('aria-hidden'))")) == {"true"}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_columns_are_as_wide_as_a_finger_and_nothing_sticks_out(
    chromium: Browser, address: str, path: str, scheme: Literal["light", "dark"], width: int
) -> None:
    tab = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    tab.goto(address + path)
    sizes = tab.locator("ol.columns a").evaluate_all(
        "all => all.map(a => [a.getBoundingClientRect().width, a.getBoundingClientRect().height])"
    )
    assert all(wide >= 24 and high >= 24 for wide, high in sizes)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


def test_a_line_leads_to_its_words_on_the_page(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    event = page.locator("ol.line > li", has_text="Two of the six gates").first
    event.get_by_role("link", name="The Selm Courier").click()
    mark = page.locator("mark#at, mark[id='at'], #at").first
    assert mark.is_visible()
    assert "Two of the six gates" in page.locator("mark.place").first.inner_text()


def test_a_subject_is_asked_for_in_a_form(page: Page, address: str) -> None:
    page.goto(f"{address}/timeline")
    page.get_by_label("About").fill("gates")
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline?about=gates")
    assert page.get_by_role("heading", level=1).inner_text() == "gates"
