"""Corrections in a real Chromium: three clicks, the keyboard alone, no script, a telephone, and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from test_browser import CONTRAST, chromium, page, serving
from test_browser_targets import PLAIN_LINKS, SMALL_TARGETS
from test_web_corrections import find, folder

from onrecord.ledger import get_page, list_stories, open_ledger, search_entries
from onrecord.types import Entry

pytestmark = pytest.mark.browser
__all__ = ["chromium", "find", "folder", "page"]


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with serving(folder) as served:
        yield served


def entry_of(folder: Path, words: str) -> Entry:
    with open_ledger(folder) as ledger:
        return search_entries(ledger, words)[0]


def place(entry: Entry) -> str:
    return f"/page/{entry.page.id}?s={entry.id}#{entry.id}"


def name_of(folder: Path, words: str) -> str | None:
    speaker = entry_of(folder, words).speaker
    return speaker.name if speaker else None


def test_a_wrong_speaker_takes_three_clicks_and_one_to_undo(page: Page, address: str, folder: Path) -> None:
    page.goto(address + place(entry_of(folder, "boats stay")))
    page.get_by_role("link", name="Correct", exact=True).click()
    page.get_by_label("Mara Ostrey, engineer").click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**?s=*done=v*")
    status = page.locator("#done")
    assert "said by: Tobin Vale, engineer → Mara Ostrey, engineer" in status.inner_text()
    assert status.is_visible()
    assert name_of(folder, "boats stay") == "Mara Ostrey"
    status.get_by_role("button", name="Undo").click()
    page.locator("#done", has_text="Undone.").wait_for()
    assert name_of(folder, "boats stay") == "Tobin Vale"
    status.get_by_role("button", name="Put in force again").click()
    page.locator("#done", has_text="In force again.").wait_for()
    assert name_of(folder, "boats stay") == "Mara Ostrey"


def test_from_the_list_it_is_three_clicks_too(page: Page, address: str, folder: Path) -> None:
    entry = entry_of(folder, "boats stay")
    page.goto(f"{address}/?q=boats")
    page.get_by_role("link", name=f"Correct statement {entry.id}").click()
    page.get_by_label("Nobody who is named").click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**done=v*")
    assert name_of(folder, "boats stay") is None


def test_a_wrong_day_is_put_right_and_undone(page: Page, address: str, folder: Path) -> None:
    page.goto(address + place(entry_of(folder, "count the boats")))
    page.get_by_role("link", name="Correct", exact=True).click()
    page.get_by_label("4 March 2031").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**done=v*")
    assert "said on: 2031-03-03 or 2031-03-04 → 2031-03-04" in page.locator("#done").inner_text()
    assert entry_of(folder, "count the boats").said_on == "2031-03-04"
    page.locator("#done").get_by_role("button", name="Undo").click()
    page.locator("#done", has_text="Undone.").wait_for()
    assert entry_of(folder, "count the boats").said_on is None


def test_a_false_statement_is_hidden_and_put_back(page: Page, address: str, folder: Path) -> None:
    entry = entry_of(folder, "boats stay")
    page.goto(f"{address}/entry/{entry.id}/correct")
    page.get_by_label("Nobody said this").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**done=v*")
    words = page.locator("mark.dropped.said").first
    assert "line-through" in words.evaluate("e => getComputedStyle(e).textDecorationLine")
    page.goto(f"{address}/page/{entry.page.id}")
    assert page.locator("mark.dropped").count() == 0
    page.goto(f"{address}/reviews")
    page.get_by_role("link", name="The boats stay where they are until May,").click()
    page.get_by_role("button", name="Put back").click()
    page.wait_for_url("**done=v*")
    assert "it is shown again" in page.locator("#done").inner_text()
    assert entry_of(folder, "boats stay").content == entry.content


def test_by_keyboard_alone(page: Page, address: str, folder: Path) -> None:
    page.goto(address + place(entry_of(folder, "boats stay")))
    page.get_by_role("link", name="Correct", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/correct")

    def reach(what: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.matches({what!r})"):
                return
        raise AssertionError(what)

    reach("input[name=who]")
    page.keyboard.press("ArrowUp")  # Round to the last one: somebody else.
    assert page.evaluate("document.activeElement.value") == "other"
    reach("#name")
    page.keyboard.type("Lena Aske")
    reach("#by-correct")
    page.keyboard.type("Ada Brill")
    reach("form.correct button")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=v*")
    assert "Tobin Vale, engineer → Lena Aske" in page.locator("#done").inner_text()
    reach("#done button")
    page.keyboard.press("Enter")
    page.locator("#done", has_text="Undone.").wait_for()
    assert name_of(folder, "boats stay") == "Tobin Vale"


def test_without_a_script_on_a_telephone(chromium: Browser, address: str, folder: Path) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    tab = context.new_page()
    entry = entry_of(folder, "boats stay")
    tab.goto(address + place(entry))
    tab.get_by_role("link", name="Correct", exact=True).click()
    tab.locator("#name").fill("Jana " + "F" * 400)
    tab.locator("#note-correct").fill("I was there")
    assert tab.get_by_role("button", name="Save").is_visible()
    tab.get_by_role("button", name="Save").click()
    trouble = tab.get_by_role("alert")
    assert "Nothing was changed." in trouble.inner_text()
    assert tab.locator("#note-correct").input_value() == "I was there"
    tab.locator("#name").fill("Jana Friel")
    tab.get_by_role("button", name="Save").click()
    tab.wait_for_url("**done=v*")
    box = tab.locator("#done").bounding_box()
    assert box
    assert 0 <= box["y"] < 800  # It is what the telephone shows.
    tab.locator("#done").get_by_role("button", name="Undo").click()
    tab.wait_for_url("**done=v*")
    assert name_of(folder, "boats stay") == "Tobin Vale"
    context.close()


def test_words_are_cut_where_they_stand_and_others_are_told(page: Page, address: str, folder: Path) -> None:
    entry = entry_of(folder, "boats stay")
    page.goto(f"{address}/entry/{entry.id}/correct")
    page.get_by_text("The words", exact=True).click()
    page.get_by_label("Words", exact=True).fill("The boats stay where they lie")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("#trouble")
    assert "do not stand in the lines of this statement" in page.locator("#trouble").inner_text()
    words = page.get_by_label("Words", exact=True)
    assert words.is_visible()
    assert words.input_value() == "The boats stay where they lie"
    words.fill("The boats stay where they are")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**done=v*")
    assert entry_of(folder, "boats stay").content == ("The boats stay where they are",)


def test_a_page_is_put_right_and_says_who_told_it(page: Page, address: str, folder: Path) -> None:
    entry = entry_of(folder, "boats stay")
    page.goto(f"{address}/page/{entry.page.id}")
    page.get_by_role("link", name="Put right").click()
    page.get_by_label("Outlet").fill("The Slope")
    page.get_by_label("Who decides").fill("Ada Brill")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**done=v*")
    assert "outlet: Northline → The Slope" in page.locator("#done").inner_text()
    assert page.get_by_text("the page itself: Northline").is_visible()
    page.locator("#done").get_by_role("button", name="Undo").click()
    page.locator("#done", has_text="Undone.").wait_for()
    with open_ledger(folder) as ledger:
        assert get_page(ledger, entry.page.id).page == entry.page


def test_an_article_and_a_wording_are_taken_out_and_put_back(page: Page, address: str, folder: Path) -> None:
    entry = entry_of(folder, "gate")
    page.goto(f"{address}/remark/{entry.remark}")
    page.get_by_text("Another remark", exact=True).first.click()
    page.get_by_role("button", name="This is another remark").first.click()
    page.wait_for_url("**done=v*")
    page.locator("#done").get_by_role("button", name="Undo").click()
    page.locator("#done", has_text="Undone.").wait_for()
    assert "/remark/" in page.url
    with open_ledger(folder) as ledger:
        (story,) = list_stories(ledger)
    page.goto(f"{address}/story/{story.id}")
    page.get_by_text("Does not belong here").first.click()
    page.get_by_role("button", name="Take it out of this story").first.click()
    page.wait_for_url("**done=v*")
    page.locator("#done").get_by_role("button", name="Undo").click()
    page.wait_for_url("**/story/**done=v*")
    assert page.locator("#articles + ul > li").count() == 2


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_forms_are_read_and_pressed_by_everybody(
    chromium: Browser, address: str, folder: Path, width: int, scheme: str
) -> None:
    entry = entry_of(folder, "gate")
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(f"{address}/entry/{entry.id}/correct")
    tab.get_by_label("Nobody said this").check()
    tab.get_by_role("button", name="Save").click()
    tab.wait_for_url("**done=v*")
    dropped = tab.url
    other = entry_of(folder, "count the boats")
    for path in (
        f"{address}/entry/{other.id}/correct",
        f"{address}/entry/{entry.id}/correct",
        f"{address}/page/{entry.page.id}/facts",
        f"{address}/reviews",
        dropped,
    ):
        tab.goto(path)
        for summary in tab.locator("main details:not([open]) > summary").all():
            if summary.is_visible():
                summary.click()
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
        assert tab.evaluate(PLAIN_LINKS) == [], path
        assert tab.evaluate(SMALL_TARGETS) == [], path
        assert tab.evaluate(CONTRAST) == [], path
        unnamed = tab.locator(
            "main :is(input:not([type=hidden]), textarea, select):not([aria-label])"
        ).evaluate_all("fields => fields.filter(e => !e.labels.length).map(e => e.outerHTML)")
        assert unnamed == [], path
        ids = tab.locator("[id]").evaluate_all("found => found.map(e => e.id)")
        assert len(ids) == len(set(ids)), path
    context.close()
