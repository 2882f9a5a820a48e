"""The pages in a real Chromium: keyboard, telephone, dark rooms, and pages that mean harm."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from browser import CHROMIUM_ARGS, find_chromium
from made_ledger import Line, make_ledger, make_reading, say
from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.ledger import get_page, list_speakers, open_ledger, record_reading, search_entries
from onrecord.types import Entry, Speaker
from onrecord.views.scripts import COPY_SCRIPT
from onrecord.views.web import make_app

pytestmark = pytest.mark.browser

LOUD = (
    "<script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)>"
    "<svg onload=alert(3)>\u202egnorw"
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: `python tests/browser.py` finds or installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a ledger on a free port of this machine and give its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(make_app(folder), log_level="warning", access_log=False, ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("browser") / "ledger"
    return folder, make_ledger(folder)


@pytest.fixture(scope="module")
def address(ledger: tuple[Path, dict[str, str]]) -> Iterator[str]:
    with serving(ledger[0]) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab that complains of any script error, dialog, or request to another host."""
    if "address" in request.fixturenames:
        # Asked for first, the server goes last: a tab that still loads would complain of one that is gone.
        request.getfixturevalue("address")
    context = chromium.new_context(viewport={"width": 1200, "height": 800})
    tab = context.new_page()
    trouble: list[str] = []
    tab.on("console", lambda message: trouble.append(f"console: {message.text}"))
    tab.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    tab.on("dialog", lambda dialog: (trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    tab.on(
        "request",
        lambda request: None if request.url.startswith("http://127.0.0.1:") else trouble.append(request.url),
    )
    yield tab
    context.close()
    assert trouble == [] or all("404" in one or "400" in one for one in trouble)


def every_path(ledger: tuple[Path, dict[str, str]]) -> list[str]:
    folder, ids = ledger
    with open_ledger(folder) as opened:
        who = list_speakers(opened)[0].speaker.id
        entry = search_entries(opened, by="Ostrey")[-1]
    return [
        "/",
        "/?q=by:ostrey",
        "/?q=heron",
        "/stories",
        "/story/e01",
        "/story/e01/perhaps",
        "/speakers",
        "/subjects",
        "/subject?about=order",
        f"/speaker/{who}",
        "/pages",
        f"/page/{ids['northline']}",
        f"/page/{entry.page.id}?s={entry.id}",
        "/remark/r01",
        "/check?quotation=There+is+no+change+and+there+never+will+be&by=Ostrey",
        "/ledger",
        "/nothing",
    ]


def test_search_by_typing_and_enter(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("searchbox", name="Search what was said").fill("by:ostrey since:2031-04")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    assert page.get_by_role("searchbox").input_value() == "by:ostrey since:2031-04"
    assert page.locator("ol.line > li").count() == 1
    assert page.get_by_label("Who").input_value() == "ostrey"


def test_the_forms_fields_are_searched_together(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Who").fill("council")
    page.get_by_label("Kind").select_option("direct")
    page.get_by_label("Kind").press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    assert page.get_by_role("searchbox").input_value() == "by:council kind:direct"
    assert page.locator("ol.line > li").count() == 2


def test_the_tab_key_reaches_search_box_and_results(page: Page, address: str) -> None:
    page.goto(f"{address}/?q=by:ostrey")
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("(e => e.name || e.textContent.trim().slice(0, 30))(document.activeElement)")
        )
        visible = page.evaluate(
            "(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)"
            "(getComputedStyle(document.activeElement))"
        )
        assert visible, f"no focus ring on {reached[-1]!r}"
    assert reached[0] == "Skip to the content"
    assert reached.index("q") < reached.index("Stories") < reached.index("Mara Ostrey")
    assert any(name.startswith("Council crews enter") for name in reached)


def test_the_skip_link_leads_past_the_head(page: Page, address: str) -> None:
    page.goto(f"{address}/stories")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def entry_of(ledger: tuple[Path, dict[str, str]], words: str, kind: str) -> Entry:
    with open_ledger(ledger[0]) as opened:
        [entry] = [e for e in search_entries(opened, f'"{words}"') if e.kind == kind]
    return entry


def test_marks_stand_on_exactly_the_words_of_their_spans(
    page: Page, address: str, ledger: tuple[Path, dict[str, str]]
) -> None:
    id = ledger[1]["northline"]
    page.goto(f"{address}/page/{id}")
    with open_ledger(ledger[0]) as opened:
        record = get_page(opened, id)
    for entry in record.entries:
        of = entry.spans
        spans = (*of.content, *of.source, *of.cue, *of.via, *of.said_on)
        marked = {at for span in spans for at in range(*span)}
        shown = page.locator(f"mark[data-s~='{entry.id}']").all_text_contents()
        assert "".join(shown) == "".join(record.text[at] for at in sorted(marked))


def test_every_character_of_the_text_of_record_is_on_the_page(
    page: Page, address: str, ledger: tuple[Path, dict[str, str]]
) -> None:
    id = ledger[1]["northline"]
    page.goto(f"{address}/page/{id}")
    shown = page.locator(".block > p:not(.src), .block > h1").all_text_contents()
    with open_ledger(ledger[0]) as opened:
        assert "\n".join(shown) == get_page(opened, id).text


def test_a_statements_link_scrolls_to_its_words_and_outlines_them(
    chromium: Browser, address: str, ledger: tuple[Path, dict[str, str]]
) -> None:
    entry = entry_of(ledger, "lower gates stay open", "direct")
    tab = chromium.new_page(viewport={"width": 800, "height": 300})
    tab.goto(f"{address}/entry/{entry.id}")
    assert tab.url.endswith(f"/page/{entry.page.id}?s={entry.id}#{entry.id}")
    box = tab.locator(f"[id='{entry.id}']").bounding_box()
    assert box
    assert 0 <= box["y"] < 300
    assert tab.evaluate("scrollY") > 0
    outlined = tab.locator("mark.asked")
    assert outlined.first.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert "the lower gates stay open" in outlined.all_text_contents()
    tab.close()


def test_a_mark_leads_to_its_statement(page: Page, address: str, ledger: tuple[Path, dict[str, str]]) -> None:
    entry = entry_of(ledger, "lower gates stay open", "direct")
    page.goto(f"{address}/page/{entry.page.id}")
    page.get_by_role("link", name="the lower gates stay open").click()
    page.wait_for_url(f"**?s={entry.id}#*")
    assert page.get_by_role("heading", name=f"Statement {entry.id}").is_visible()


def test_a_quotation_checked_leads_to_its_place(page: Page, address: str) -> None:
    page.goto(f"{address}/check")
    page.get_by_label("Quotation", exact=True).fill("The order is fixed in mud")
    page.get_by_role("button", name="Check").click()
    assert page.get_by_role("heading", name="Only outside the article").is_visible()
    page.get_by_role("link", name=re.compile("Northline: .* characters")).first.click()
    assert page.locator("mark.place").text_content() == "The order is fixed in mud"
    assert page.locator("mark.place").evaluate("e => e.closest('.block').dataset.role") == "comment"


# The contrast of every piece of text with what lies behind it, as WCAG 2 counts it.
CONTRAST = """
() => {
  const part = c => { c /= 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4 };
  const light = ([r, g, b]) => .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
  const numbers = s => s.match(/[\\d.]+/g).map(Number);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = numbers(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.getClientRects().length) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(numbers(e instanceof SVGElement ? style.fill : style.color)), light(behind(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${e.tagName}.${e.getAttribute('class')}: ${walk.currentNode.data.trim().slice(0, 40)}`);
  }
  return poor;
}
"""  # noqa: E501


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1200)])
def test_text_stands_out_by_day_and_night_and_nothing_scrolls_sideways(
    chromium: Browser,
    address: str,
    ledger: tuple[Path, dict[str, str]],
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    tab = chromium.new_page(viewport={"width": width, "height": 640}, color_scheme=scheme)
    papers = set()
    for path in every_path(ledger):
        tab.goto(address + path)
        assert tab.evaluate(CONTRAST) == [], path
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
        papers.add(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert papers == {"rgb(23, 22, 20)" if scheme == "dark" else "rgb(252, 251, 248)"}
    tab.close()


def test_every_page_has_its_landmarks_title_labels_and_headings_in_order(
    page: Page, address: str, ledger: tuple[Path, dict[str, str]]
) -> None:
    titles = set()
    for path in every_path(ledger):
        page.goto(address + path)
        titles.add(page.title())
        assert page.locator("html").get_attribute("lang") == "en"
        for role in ("banner", "main", "contentinfo", "search"):
            assert page.get_by_role(role).count() == 1, (path, role)  # type: ignore[arg-type]
        levels = page.locator("h1, h2, h3").evaluate_all("hs => hs.map(h => +h.tagName[1])")
        assert levels.count(1) == 1, path
        assert levels[0] == 1 or "/page/" in path, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path
        unnamed = page.locator("input:not([type=hidden]), textarea, select").evaluate_all(
            "es => es.filter(e => !e.labels.length && !e.ariaLabel).length"
        )
        assert unnamed == 0, path
        ids = page.locator("[id]").evaluate_all("es => es.map(e => e.id)")
        assert len(ids) == len(set(ids)), path
    assert len(titles) > 10


def test_a_page_that_is_not_there_says_so_and_leads_on(page: Page, address: str) -> None:
    answer = page.goto(f"{address}/page/p00000000")
    assert answer
    assert answer.status == 404
    assert page.get_by_role("heading", name="Not found").is_visible()
    page.get_by_role("main").get_by_role("link", name="stories").click()
    page.wait_for_url("**/stories")


def test_on_paper_only_the_record_is_left(
    page: Page, address: str, ledger: tuple[Path, dict[str, str]]
) -> None:
    page.goto(f"{address}/page/{ledger[1]['northline']}")
    page.emulate_media(media="print")
    assert not page.get_by_role("searchbox").is_visible()
    assert page.get_by_text("It is a matter of record").is_visible()


def test_a_hostile_page_runs_nothing_and_calls_nobody(page: Page, tmp_path: Path) -> None:
    text = f"“{LOUD}” {'w' * 3000}"
    who = Speaker(name=LOUD, type="person", role=LOUD)
    with open_ledger(tmp_path / "ledger", create=True) as opened:
        lines: list[Line] = [("headline", LOUD), ("paragraph", text), ("comment", LOUD)]
        said = say(f"{LOUD}\n{text}", LOUD, speaker=who, after=len(LOUD))
        made = make_reading(lines, [said], uri="javascript:alert(4)", outlet=LOUD, published="2031-03-11")
        id = record_reading(opened, *made)
        [entry] = get_page(opened, id).entries
        speaker = list_speakers(opened)[0].speaker.id
    with serving(tmp_path / "ledger") as address:
        asked = ("/?q=<script>alert(5)</script>", "/check?quotation=<script>alert(6)</script>")
        for path in ("/", "/speakers", "/pages", f"/speaker/{speaker}", f"/page/{id}?s={entry.id}", *asked):
            page.goto(address + path)
            assert page.locator("img, svg:not(.when)").count() == 0
            ours = [str(COPY_SCRIPT)] if "?s=" in path else []
            assert page.locator("script").evaluate_all("all => all.map(e => e.outerHTML)") == ours
            assert page.get_by_text("onerror").first.is_visible() or "script" in path
        page.goto(f"{address}/page/{id}")
        assert page.get_by_text("javascript:alert(4)", exact=True).evaluate("e => e.closest('a')") is None
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
