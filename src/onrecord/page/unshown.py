"""Running text that a page has and does not show: behind "read more", until its script has run, for browsers
without scripts.

What a reader opens is kept, as what a <details> holds is. A page that shows next to nothing is read as it
will look once its script has run, or for who has none, and says so. Else what is hidden is left out; where it
is more than what is shown, that is told.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.page.hidden import OPENED
from onrecord.page.lines import Dark, Walk

__all__ = ["BARE", "Shown", "choose_shown", "measure_prose"]

# A page that shows fewer characters of running text shows none to speak of, and one that hides so many has an
# article.
BARE = 250
ARTICLE = 400
# A line of so many characters is one of running text.
LINE = 60
LEAST = 100
NEVER = frozenset("dialog template iframe object video audio canvas select textarea svg math".split())
ATTRIBUTES = re.compile(r' (?:class|id)="([^"]*+)"')
ID = re.compile(r' id="([^"]++)"')
# How a button or a link names what it opens.
OPENS = r'(?:aria-controls|data-(?:bs-)?target|data-toggle-target|href)="#?{}"'
# What pages hide beside their text that is none of it.
BESIDE = re.compile(
    r"cookie|consent|gdpr|privacy|modal|popup|overlay|newsletter|subscri|login|sign-?(?:in|up)|share|social"
    r"|comment|nav|menu|search|banner|advert|promo|tooltip|lightbox|gallery|caption|embed|print",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """The tags whose words are kept though the page does not show them, and what is told of that."""

    tags: frozenset[int]
    message: str | None = None


NOTHING = Shown(frozenset())


def choose_shown(walk: Walk, html: str) -> Shown:
    """Choose what of a page's hidden text is kept."""
    dark = [one for one in walk.dark if one.tag not in NEVER]
    if sum(one.prose for one in dark) < LEAST:
        return NOTHING
    prose = measure_prose(walk)
    if prose < BARE:
        return choose_instead(dark, prose)
    near = list_near(walk)
    beside = [one for one in dark if one.tag != "noscript" and one.parent in near and not is_beside(one)]
    opened = frozenset(one.at for one in beside if one.prose >= LEAST and is_opened(one, html))
    left = sum(one.prose for one in beside if one.at not in opened)
    if left < prose or left < ARTICLE:
        return Shown(opened)
    message = (
        f"the page hides {left:,} characters of running text beside the {prose:,} that it shows; they are "
        "not in the text. If a reader can open them, save the page again with all of it open."
    )
    return Shown(opened, message)


def choose_instead(dark: Sequence[Dark], prose: int) -> Shown:
    """Choose what stands for the text of a page that shows none."""
    waiting = [one for one in dark if one.tag != "noscript" and not is_beside(one)]
    hidden = sum(one.prose for one in waiting)
    if hidden >= ARTICLE and hidden > 2 * prose:
        return Shown(
            frozenset(one.at for one in waiting if one.prose >= LEAST),
            f"the page shows no running text until its script has run, but holds {hidden:,} characters of it "
            "hidden; they were read as if they were shown.",
        )
    without = [one for one in dark if one.tag == "noscript"]
    held = sum(one.prose for one in without)
    if held >= ARTICLE and held > 2 * prose:
        return Shown(
            frozenset(one.at for one in without if one.prose >= LEAST),
            f"the page shows running text ({held:,} characters) only to browsers without scripts; it was "
            "read as these show it.",
        )
    return NOTHING


def measure_prose(walk: Walk) -> int:
    """Count the characters of a page's lines of running text."""
    sizes = ((line.span.end - line.span.start, line.link_chars) for line in walk.lines)
    return sum(size for size, linked in sizes if size >= LINE and 2 * linked < size)


def list_near(walk: Walk) -> frozenset[int]:
    """List the elements right around the lines of running text: their block, and two around it."""
    near: set[int] = set()
    for line in walk.lines:
        if line.span.end - line.span.start >= LINE and 2 * line.link_chars < line.span.end - line.span.start:
            near.update(list_around(walk, line.element))
    return frozenset(near)


def list_around(walk: Walk, at: int) -> Iterable[int]:
    for _ in range(3):
        if at < 0 or walk.elements[at].tag in ("body", "html"):
            return
        yield at
        at = walk.elements[at].parent


def is_beside(one: Dark) -> bool:
    """Tell whether an element's names say that it is none of the text."""
    return any(BESIDE.search(names) for names in ATTRIBUTES.findall(one.attributes))


def is_opened(one: Dark, html: str) -> bool:
    """Tell whether a reader opens an element: its names say so, or a button names it."""
    if any(OPENED.search(names) for names in ATTRIBUTES.findall(one.attributes)):
        return True
    name = ID.search(one.attributes)
    return name is not None and re.search(OPENS.format(re.escape(name[1])), html) is not None
