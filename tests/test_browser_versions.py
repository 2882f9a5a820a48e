"""The versions of a page in a real Chromium: keyboard, small screens, dark rooms, pages that mean harm."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from made_ledger import Line, make_reading
from playwright.sync_api import Browser, Page
from test_browser import CONTRAST, LOUD, chromium, page, serving

from onrecord.ledger import open_ledger, record_reading

pytestmark = pytest.mark.browser
__all__ = ["chromium", "page"]

ADDRESS = "https://gazette.example/gates"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the later of two versions of a page; one of their lines is an attack."""
    folder = tmp_path_factory.mktemp("versions") / "ledger"
    gates = "The gates of the dam were closed at nine by two men and a dog, as on any other day."
    before: list[Line] = [("headline", "Gates closed for good"), ("paragraph", gates)]
    after: list[Line] = [
        ("headline", "Gates closed until Friday"),
        ("paragraph", gates.replace("two", "three")),
        ("correction", f"Correction: {LOUD} {'w' * 600}"),
    ]
    with open_ledger(folder, create=True) as opened:
        record_reading(opened, *make_reading(before, uri=ADDRESS, captured_at="2031-03-11T08:00:00Z"))
        made = make_reading(after, uri=ADDRESS, captured_at="2031-03-14T08:00:00Z")
        id = record_reading(opened, *made)
    with serving(folder) as served:
        yield f"{served}/page/{id}"


def test_a_page_leads_to_its_versions_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    link = page.get_by_role("link", name="2 versions compared")
    link.focus()
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/versions")
    assert page.get_by_role("heading", name="From version 1 to version 2").is_visible()
    assert "for good" in page.locator("del").all_text_contents()
    assert "until Friday" in page.locator("ins").all_text_contents()


def test_correction_notices_stand_first(page: Page, address: str) -> None:
    page.goto(f"{address}/versions")
    rows = page.locator("table.render tbody th b").all_text_contents()
    assert rows == ["headline changed", "correction notice added", "paragraph changed"]


def test_what_a_version_says_is_never_obeyed(page: Page, address: str) -> None:
    page.goto(f"{address}/versions")
    assert page.locator("script, img, svg").count() == 0
    assert page.get_by_text("onerror").first.is_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1200)])
def test_it_can_be_read_by_day_and_night(
    chromium: Browser, address: str, scheme: Literal["light", "dark"], width: int, tmp_path: Path
) -> None:
    tab = chromium.new_page(viewport={"width": width, "height": 640}, color_scheme=scheme)
    tab.goto(f"{address}/versions")
    assert tab.evaluate(CONTRAST) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    levels = tab.locator("h1, h2, h3").evaluate_all("hs => hs.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    tab.close()
