"""Reviews in a real Chromium: by keyboard, without a script, on small screens, with pages that mean harm."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_pages import make_reading, new_ledger, say
from playwright.sync_api import Browser, Page
from test_browser import CONTRAST, LOUD, chromium, page, serving

from onrecord.ledger import get_speaker, open_ledger, record_reading

pytestmark = pytest.mark.browser
__all__ = ["chromium", "page"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ledger"
    with new_ledger(folder) as ledger:
        for n, name in enumerate(("Mara Ostrey", "M. Ostrey", "Mara Lind", f"Mara {LOUD} Vorn")):
            line = f"“Sentence {n} of the day,” {name} said."
            words = f"Sentence {n} of the day,"
            statement = say(line, words, who=name, cue="said", name=name, role=f"engineer {n}")
            lines = [("headline", LOUD), ("paragraph", line)]
            record_reading(
                ledger, *make_reading(lines, [statement], published="2031-03-11", outlet="Northline")
            )  # type: ignore[arg-type]
    return folder


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with serving(folder) as served:
        yield served


def speaker(folder: Path, name: str) -> str:
    with open_ledger(folder) as ledger:
        return f"/speaker/{get_speaker(ledger, name).speaker.id}"


def test_merging_and_undoing_by_keyboard_alone(page: Page, address: str, folder: Path) -> None:
    page.goto(address + speaker(folder, "Mara Ostrey"))
    page.get_by_text("Two speakers are one").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Mara Lind")
    page.keyboard.press("Tab")
    page.keyboard.type("Ada Brill")
    page.keyboard.press("Tab")
    page.keyboard.type("married in May")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Make them one"
    page.keyboard.press("Enter")
    page.wait_for_url("**?done=v*")
    assert page.get_by_role("status").inner_text().startswith("Two speakers are one now.")
    assert page.get_by_text("merged by Ada Brill on").count() == 1
    page.get_by_role("link", name="See the review, or undo it").click()
    page.get_by_text("Undo", exact=True).click()
    page.get_by_role("button", name="Undo this review").click()
    page.wait_for_url("**/reviews#v*")
    assert page.get_by_text("undone").is_visible()
    page.goto(address + speaker(folder, "Mara Lind"))
    assert page.get_by_role("heading", level=1).inner_text() == "Mara Lind"


def test_a_name_is_ticked_and_taken_out(page: Page, address: str, folder: Path) -> None:
    page.goto(address + speaker(folder, "Mara Ostrey"))
    page.get_by_text("Some of this is somebody else").click()
    page.get_by_label("M. Ostrey", exact=True).check()
    page.get_by_role("button", name="Take it out").click()
    page.wait_for_url("**?done=v*")
    assert page.get_by_role("status").inner_text().startswith("One speaker is two now.")
    page.get_by_role("link", name="M. Ostrey", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "M. Ostrey"
    assert page.get_by_text("Two, since: split off").is_visible()


def test_the_forms_work_without_a_script(chromium: Browser, address: str, folder: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address + speaker(folder, "Mara Ostrey"))
    tab.get_by_text("Two speakers are one").click()
    tab.get_by_label("The other one (name or id)").fill("Mara Lind")
    tab.get_by_role("button", name="Make them one").click()
    tab.wait_for_url("**?done=v*")
    assert tab.get_by_role("status").is_visible()
    context.close()


def test_another_site_cannot_send_the_form(chromium: Browser, address: str, folder: Path) -> None:
    """A page of another origin posts to this server from the visitor's own browser."""
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto("data:text/html,<p>elsewhere")
    path = speaker(folder, "Mara Ostrey")
    tab.evaluate(
        """target => {
            const form = document.createElement('form');
            form.method = 'post'; form.action = target;
            form.innerHTML = '<input name=other value="Mara Lind">';
            document.body.append(form); form.submit();
        }""",
        f"{address}{path}/merge",
    )
    tab.get_by_text("nothing was changed").wait_for()
    tab.goto(address + "/reviews")
    assert tab.get_by_text("Nobody has reviewed anything yet.").is_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forms_and_list_fit_and_can_be_read(
    chromium: Browser, address: str, folder: Path, width: int, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(address + speaker(folder, "Mara Ostrey"))
    for summary in tab.locator("details.review summary").all():
        summary.click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(CONTRAST) == []
    tab.get_by_label("The other one (name or id)").fill("Vorn")
    tab.get_by_role("button", name="Make them one").click()
    tab.goto(address + "/reviews")
    tab.locator("details.review summary").click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(CONTRAST) == []
    context.close()


def test_the_datalist_names_those_of_one_name(page: Page, address: str, folder: Path) -> None:
    page.goto(address + speaker(folder, "Mara Ostrey"))
    page.get_by_text("Some of this is somebody else").click()
    page.get_by_label("M. Ostrey", exact=True).check()
    page.get_by_role("button", name="Take it out").click()
    page.wait_for_url("**?done=v*")
    assert page.locator("#others option").count() == 1
