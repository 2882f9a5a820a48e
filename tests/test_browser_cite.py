"""A statement's box in a real Chromium: beside its words, its citations copied with a script and without."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import ask
from playwright.sync_api import Browser, Page
from test_browser import CONTRAST, LOUD, chromium, page, serving

from onrecord import cite, open_ledger, search_entries
from onrecord.types import Entry

pytestmark = pytest.mark.browser
__all__ = ["chromium", "page"]

LINES = [
    f"The river stood at {n} feet when it was read, and nobody in the town went near it." for n in range(40)
]
TEXT = "\n\n".join(
    [
        "Bridge row grows in Selm",
        "By Ida Korr March 11, 2031",
        *LINES,
        "Council leader Dana Ruel denied that the north bridge had been closed by mistake.",
        f"“We will open it when it is safe {LOUD},” Ruel told reporters on Tuesday.",
        *LINES,
    ]
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cite")
    (folder / "bridge.txt").write_text(TEXT, encoding="utf-8")
    assert ask("add", folder / "bridge.txt", ledger=folder / "ledger").code == 0
    return folder / "ledger"


@pytest.fixture(scope="module")
def entry(ledger: Path) -> Entry:
    with open_ledger(ledger) as opened:
        [found] = search_entries(opened, '"closed by mistake"')
    return found


@pytest.fixture(scope="module")
def address(ledger: Path) -> Iterator[str]:
    with serving(ledger) as served:
        yield served


def test_the_box_of_a_statement_starts_in_the_window_beside_its_words(
    page: Page, address: str, entry: Entry
) -> None:
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(f"{address}/entry/{entry.id}")
    assert page.evaluate("scrollY") > 500
    words = page.locator(f"[id='{entry.id}']").bounding_box()
    box = page.locator("#statement").bounding_box()
    assert words
    assert box
    assert 0 <= words["y"] < 700
    assert 0 <= box["y"] < 200
    assert page.get_by_role("link", name="Permanent link").is_visible()
    # What stands below it is reached by scrolling the box's own column.
    page.locator("aside .key").scroll_into_view_if_needed()
    assert page.evaluate("document.querySelector('aside').scrollTop") > 0
    last = page.locator("aside .key").bounding_box()
    assert last
    assert 0 <= last["y"] < 700
    assert not page.get_by_role("link", name="About this statement").is_visible()


def test_on_a_telephone_a_link_leads_to_the_box_and_back(page: Page, address: str, entry: Entry) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(f"{address}/entry/{entry.id}")
    link = page.get_by_role("link", name="About this statement")
    place = link.bounding_box()
    assert place
    assert place["y"] + place["height"] <= 700
    assert place["height"] >= 24
    link.click()
    box = page.locator("#statement").bounding_box()
    assert box
    assert 0 <= box["y"] < 350
    page.get_by_role("link", name="Its words").click()
    words = page.locator(f"[id='{entry.id}']").bounding_box()
    assert words
    assert 0 <= words["y"] < 700
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_format_is_copied_by_keyboard(
    chromium: Browser, address: str, ledger: Path, entry: Entry
) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    trouble: list[str] = []
    tab.on("console", lambda message: trouble.append(message.text))
    tab.goto(f"{address}/entry/{entry.id}")
    tab.locator("summary", has_text="Cite").focus()
    tab.keyboard.press("Enter")
    with open_ledger(ledger) as opened:
        given = {
            format: cite(opened, entry.id, format=format) for format in ("text", "markdown", "csl", "bibtex")
        }  # type: ignore[arg-type]
    for format, words in given.items():
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.textContent") == "Copy"
        tab.keyboard.press("Enter")
        tab.locator(f"#copied-{format}", has_text="Copied").wait_for()
        assert tab.evaluate("navigator.clipboard.readText()") == words
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.id") == f"cite-{format}"
    assert json.loads(given["csl"])[0]["id"] == f"onrecord-{entry.id}"
    assert trouble == []
    context.close()


def test_where_the_clipboard_is_refused_the_words_are_marked(page: Page, address: str, entry: Entry) -> None:
    page.goto(f"{address}/entry/{entry.id}")
    page.evaluate(
        "navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false"
    )
    page.get_by_text("Cite", exact=True).click()
    page.get_by_role("button", name="Copy BibTeX").click()
    page.get_by_text("Marked: copy it with Ctrl+C or Cmd+C").wait_for()
    field = page.locator("#cite-bibtex")
    assert field.evaluate(
        "e => e.value.slice(e.selectionStart, e.selectionEnd) === e.value && e.value.length > 200"
    )


def test_without_a_script_the_citation_can_be_marked(chromium: Browser, address: str, entry: Entry) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/entry/{entry.id}")
    tab.get_by_text("Cite", exact=True).click()
    assert (
        tab.get_by_label("Text", exact=True)
        .input_value()
        .startswith("Dana Ruel (Council leader) denied that")
    )
    assert not tab.get_by_role("button", name="Copy BibTeX").is_visible()
    context.close()


def test_no_other_script_runs_beside_ours(page: Page, address: str, ledger: Path, entry: Entry) -> None:
    with open_ledger(ledger) as opened:
        [loud] = search_entries(opened, '"when it is safe"')
    page.goto(f"{address}/entry/{loud.id}")
    assert page.locator("script").count() == 1
    assert page.locator("main img, main svg").count() == 0
    assert "<script>alert(1)</script>" in page.locator("#cite-text").input_value()
    page.close()


_SCRIPT = "const s = document.createElement('script'); "
_ADDED = "document.body.append(s)"
ATTACKS = [
    _SCRIPT + "s.textContent = 'window.ran = 1'; " + _ADDED,
    _SCRIPT + "s.src = '/static/copy.js?x'; s.onload = () => { window.ran = 1 }; " + _ADDED,
    "const s = document.createElement('b'); s.setAttribute('onclick', 'window.ran = 1'); "
    + _ADDED
    + "; s.click()",
    "const s = document.createElement('a'); s.href = 'javascript:window.ran = 1'; " + _ADDED + "; s.click()",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_browser_refuses_every_other_script(
    chromium: Browser, address: str, entry: Entry, attack: str
) -> None:
    """Were a page's words markup by a mistake of ours, they would still do nothing."""
    tab = chromium.new_page()
    tab.goto(f"{address}/entry/{entry.id}")
    tab.evaluate(attack)
    tab.wait_for_timeout(150)
    assert tab.evaluate("window.ran") is None
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_citations_stand_out_by_day_and_night(
    chromium: Browser, address: str, entry: Entry, scheme: str
) -> None:
    tab = chromium.new_page(viewport={"width": 390, "height": 700}, color_scheme=scheme)  # type: ignore[arg-type]
    tab.goto(f"{address}/entry/{entry.id}")
    tab.get_by_text("Cite", exact=True).click()
    assert tab.evaluate(CONTRAST) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.close()
