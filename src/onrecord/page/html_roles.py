"""Which part a line plays on an HTML page: the elements it stands in first, then its own words."""

from dataclasses import dataclass

from onrecord.page.features import Look, look_at
from onrecord.page.walk import Walk
from onrecord.page.words import read_marks
from onrecord.types import Role

__all__ = ["label_html"]

TAG_MARKS = {
    "nav": frozenset(("menu",)),
    "header": frozenset(("header",)),
    "footer": frozenset(("footer",)),
    "aside": frozenset(("related",)),
    "form": frozenset(("form",)),
    "figcaption": frozenset(("caption",)),
    "figure": frozenset(("caption",)),
    "caption": frozenset(("caption",)),
    "button": frozenset(("menu",)),
    "time": frozenset(("dateline",)),
    "address": frozenset(("byline",)),
    "h1": frozenset(("h1",)),
    "blockquote": frozenset(("blockquote",)),
}
# These marks put a line outside the article wherever they stand, unless they wrap the article itself.
OUTSIDE = ("comment", "related", "newsletter", "advert", "menu", "footer", "bio")
ROLE_OF: dict[str, Role] = {
    "comment": "comment",
    "related": "related",
    "newsletter": "newsletter",
    "advert": "advert",
    "menu": "menu",
    "footer": "other",
    "bio": "other",
    "caption": "caption",
    "pullquote": "pullquote",
    "correction": "correction",
    "byline": "byline",
    "dateline": "dateline",
}
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class Place:
    """Where each line of a page stands: the marks of the elements around it, and its main container."""

    looks: list[Look]
    marks: list[frozenset[str]]
    inside: list[bool]
    tags: list[str]


def label_html(walk: Walk, title: str | None, body: str | None) -> list[tuple[Role, int]]:
    """Give each line its role, and each comment its depth."""
    place = find_place(walk)
    roles = [label_line(place, at, walk) for at in range(len(walk.lines))]
    set_headline(roles, walk, place, title)
    return [(role, 0) for role in roles]


def find_place(walk: Walk) -> Place:
    looks = [look_at(line.span.of(walk.text)) for line in walk.lines]
    own = [
        read_marks(e.names) | TAG_MARKS.get(e.tag, frozenset()) if e.names else TAG_MARKS.get(e.tag, frozenset())
        for e in walk.elements
    ]
    weights = [
        look.prose * min(look.chars, 1000) if look.prose > 0.5 and line.link_chars < 0.5 * look.chars else 0.0
        for line, look in zip(walk.lines, looks, strict=True)
    ]
    mass = sum_up(walk, weights)
    total = mass[0] or 1.0
    around: list[frozenset[str]] = []
    for at, element in enumerate(walk.elements):
        held = around[element.parent] if element.parent >= 0 else frozenset()
        mine = own[at]
        if mine and (mass[at] > 0.5 * total or element.tag in ("html", "body")):
            mine = mine & {"body", "headline"}
        around.append(held | mine if mine else held)
    clean = [
        0.0 if around[line.element] & {"comment", "related", "newsletter", "advert", "menu", "footer", "bio"} else w
        for line, w in zip(walk.lines, weights, strict=True)
    ]
    main = find_main(walk, sum_up(walk, clean), own)
    inside_element = [False] * len(walk.elements)
    for at, element in enumerate(walk.elements):
        inside_element[at] = at == main or (element.parent >= 0 and inside_element[element.parent])
    return Place(
        looks,
        [around[line.element] for line in walk.lines],
        [inside_element[line.element] for line in walk.lines],
        [block_tag(walk, line.element) for line in walk.lines],
    )


def block_tag(walk: Walk, at: int) -> str:
    """Return the tag of the nearest element that says what kind of text a line is."""
    while walk.elements[at].parent >= 0 and walk.elements[at].tag in ("span", "a", "b", "strong", "em", "i", "font", "u"):
        at = walk.elements[at].parent
    return walk.elements[at].tag


def sum_up(walk: Walk, weights: list[float]) -> list[float]:
    """Add the weights of the lines up through the elements around them."""
    mass = [0.0] * len(walk.elements)
    for line, weight in zip(walk.lines, weights, strict=True):
        mass[line.element] += weight
    for at in range(len(mass) - 1, 0, -1):
        mass[walk.elements[at].parent] += mass[at]
    return mass


def find_main(walk: Walk, mass: list[float], own: list[frozenset[str]]) -> int:
    """Find the element that holds the article: the deepest one with most of the page's running text."""
    total = mass[0]
    best = 0
    for at, element in enumerate(walk.elements):
        if total and mass[at] >= 0.75 * mass[best] and (element.parent == best or at == 0):
            best = at
    return best


def label_line(place: Place, at: int, walk: Walk) -> Role:
    look, marks, line = place.looks[at], place.marks[at], walk.lines[at]
    linked = line.link_chars / max(1, look.chars)
    for mark in (*OUTSIDE, "pullquote", "caption", "correction"):
        if mark in marks:
            return ROLE_OF[mark]
    if look.phrase and look.chars < 160:
        return look.phrase
    if place.inside[at]:
        if "byline" in marks and look.words < 25:
            return "byline"
        if "dateline" in marks and look.words < 15:
            return "dateline"
        if linked > 0.6:
            return "related"
        if look.prose > 0.4 or place.tags[at] in ("p", "h2", "h3", "h4", "li", "blockquote"):
            return "paragraph"
    if "lede" in marks and look.prose > 0.4 and linked < 0.5:
        return "paragraph"
    return "related" if linked > 0.5 else "other"


def set_headline(roles: list[Role], walk: Walk, place: Place, title: str | None) -> None:
    """Name one line the headline: the h1, best the one that agrees with the page's title."""
    titles = " ".join((title or "").lower().split())
    best, best_score = -1, 0.0
    for at, line in enumerate(walk.lines):
        text = line.span.of(walk.text)
        tag = place.tags[at]
        if tag not in HEADINGS and "h1" not in place.marks[at] and "headline" not in place.marks[at]:
            continue
        score = 1.0 if "h1" in place.marks[at] else 0.3
        score += 2.0 if titles and len(text) > 10 and text.lower() in titles else 0.0
        if score > best_score:
            best, best_score = at, score
    if best >= 0:
        roles[best] = "headline"
