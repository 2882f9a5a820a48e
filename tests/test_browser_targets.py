"""Links can be told from the words around them without colour, and everything to be pressed is big enough.

These are axe's rules `link-in-text-block` and `target-size` (WCAG 2.2, 1.4.1 and 2.5.8), over every kind of
page of the demo's ledger, wide and narrow, by day and by night.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser
from test_browser import chromium, serving

from onrecord import add_pages
from onrecord.across import reviewed
from onrecord.ledger import get_page, list_pages, list_speakers, list_stories, open_ledger, search_entries

__all__ = ["chromium"]

pytestmark = pytest.mark.browser

# Every link among words that no line and no border shows; `innermost` counts, as the words around have none.
PLAIN_LINKS = """
() => [...document.querySelectorAll('main a[href], footer a[href]')].filter(a => {
  if (!a.getClientRects().length || getComputedStyle(a).display !== 'inline') return false;
  let block = a.parentElement;
  while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
  const words = [...block.childNodes].length ? block.innerText : '';
  const linked = [...block.querySelectorAll('a')].map(e => e.innerText).join('');
  if (!/[\\p{L}\\p{N}]/u.test(words.replace(linked, '')) && words.length <= linked.length) return false;
  const style = getComputedStyle(a);
  const lined = style.textDecorationLine.includes('underline') && parseFloat(style.opacity) > 0;
  return !lined && !(style.borderBottomStyle !== 'none' && parseFloat(style.borderBottomWidth) >= 1);
}).map(a => a.outerHTML.slice(0, 120))
"""

# Everything to be pressed that is under 24 by 24 pixels, stands in no line of words, and has another so near
# that circles of 24 pixels around them touch.
SMALL_TARGETS = """
() => {
  const size = 24;
  const inWords = e => {
    if (!getComputedStyle(e).display.startsWith('inline') || !e.matches('a')) return false;
    let block = e.parentElement;
    while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
    const own = [...block.querySelectorAll('a')].reduce((sum, a) => sum + a.innerText.trim().length, 0);
    return block.innerText.trim().length > own + 3;
  };
  const pressed = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const seen = [...document.querySelectorAll(pressed)].filter(e => {
    if (!e.getClientRects().length) return false;
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > 0 && !e.closest('.away');
  }).map(e => {
    // A label is pressed like its box.
    const area = e.closest('label') || e;
    const box = area.getBoundingClientRect();
    return { e, box, x: box.left + box.width / 2, y: box.top + box.height / 2,
             small: (box.width < size || box.height < size) };
  });
  const gap = (p, b) => Math.hypot(Math.max(b.left - p.x, 0, p.x - b.right), Math.max(b.top - p.y, 0, p.y - b.bottom));
  return seen.filter(one => one.small && !inWords(one.e) && seen.some(other => other !== one
      && !other.e.contains(one.e) && !one.e.contains(other.e)
      && (gap(one, other.box) < size / 2
          || (other.small && Math.hypot(one.x - other.x, one.y - other.y) < size))))
    .map(one => `${Math.round(one.box.width)}x${Math.round(one.box.height)} ${one.e.outerHTML.slice(0, 120)}`);
}
"""  # noqa: E501


@pytest.fixture(scope="module")
def folder(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("targets") / "ledger"
    with open_ledger(folder, create=True) as ledger:
        add_pages(ledger, [demo])
        one, other, *_ = [who.speaker.id for who in list_speakers(ledger) if who.speaker.type == "person"]
        assert one
        assert other
        reviewed.merge(ledger, one, other, by="Ada Brill", note="the same desk")
    return folder


@pytest.fixture(scope="module")
def paths(folder: Path) -> list[str]:
    """Every kind of page there is, and the details of a statement."""
    with open_ledger(folder) as ledger:
        entries = search_entries(ledger, limit=None)
        denied = next(entry for entry in entries if entry.polarity == "denied")
        carried = next(entry for entry in entries if entry.via)
        remark = next(entry.remark for entry in entries if entry.remark)
        pages = [page.id for page in list_pages(ledger)]
        versions = next(id for id in pages if len(get_page(ledger, id).versions) > 1)
        speaker = list_speakers(ledger)[0].speaker.id
        story = list_stories(ledger)[0].id
    asked = [f"/page/{entry.page.id}?s={entry.id}" for entry in (denied, carried)]
    lists = [
        "/",
        "/?q=by:ostrey",
        "/?q=by:",
        "/stories",
        "/speakers",
        "/subjects",
        "/subject?about=order",
        "/pages",
        "/changes",
        "/reviews",
        "/ledger",
        "/nothing",
    ]
    checks = ["/check", "/check?quotation=There+is+no+change+and+there+never+will+be&by=Ostrey"]
    timelines = ["/timeline", f"/timeline?story={story}", "/timeline?about=order"]
    single = [
        f"/story/{story}",
        f"/story/{story}/perhaps",
        f"/speaker/{speaker}",
        f"/remark/{remark}",
        f"/page/{versions}/versions",
    ]
    pages = [f"/page/{versions}", f"/page/{versions}?at=10-20#at"]
    return [*lists, *checks, *timelines, *single, *asked, *pages]


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(folder) as served:
        yield served


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]
)
def test_links_have_a_line_and_targets_have_room(
    chromium: Browser, address: str, paths: list[str], scheme: Literal["light", "dark"], width: int
) -> None:
    tab = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in paths:
        tab.goto(address + path)
        tab.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
        assert tab.evaluate(PLAIN_LINKS) == [], path
        assert tab.evaluate(SMALL_TARGETS) == [], path
    tab.close()


def test_the_check_sees_links_without_a_line_and_targets_without_room(chromium: Browser) -> None:
    tab = chromium.new_page()
    tab.set_content(
        "<main><p>Words and <a href='#a' style='text-decoration: none'>a link</a> in them.</p>"
        "<ul style='line-height: 1; font-size: 12px; list-style: none'>"
        "<li><a href='#b'>one</a></li><li><a href='#c'>two</a></li></ul></main>"
    )
    assert len(tab.evaluate(PLAIN_LINKS)) == 1
    assert len(tab.evaluate(SMALL_TARGETS)) == 2
    tab.close()
