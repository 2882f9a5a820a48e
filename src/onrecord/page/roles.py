"""Which part each line of a page plays: what the model says, and what only the whole page can tell."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.models.roles import rate_roles
from onrecord.page.headline import find_headline
from onrecord.page.html_roles import label_html
from onrecord.page.place import find_place
from onrecord.page.signals import measure_html, measure_text
from onrecord.page.text_roles import label_lines
from onrecord.page.walk import Element, Walk
from onrecord.page.words import read_marks
from onrecord.types import ROLES, Role

__all__ = ["role_html", "role_text"]

HEADLINE, PARAGRAPH, OTHER = (ROLES.index(role) for role in ("headline", "paragraph", "other"))
DEPTH = re.compile(r"\bdepth-(\d{1,3})\b")
MAX_DEPTH = 100
# A text prints no tags: the surest line above the article is its headline, if it is sure enough.
LEAST = 0.2


def role_html(walk: Walk, titles: Sequence[str], body: str | None) -> list[tuple[Role, int]]:
    """Give each line of an HTML page its role, and each comment its depth.

    `titles` and `body` are what the page says of itself, in its head and its JSON-LD.
    """
    if not walk.lines:
        return []
    place = find_place(walk, body)
    headline = find_headline(place, titles)
    rough = label_html(place, headline)
    if not has_model():
        return [(role, measure_depth(walk, at) if role == "comment" else 0) for at, role in enumerate(rough)]
    rates = rate_roles(measure_html(walk, place, titles, rough).arrays())
    roles = choose_roles(rates, place.lines, headline)
    return [(role, measure_depth(walk, at) if role == "comment" else 0) for at, role in enumerate(roles)]


def role_text(lines: Sequence[str]) -> list[Role]:
    """Give each line of a plain text its role."""
    if not lines:
        return []
    if not has_model():
        return label_lines(lines)
    rates = rate_roles(measure_text(lines, label_lines(lines)).arrays())
    return choose_roles(rates, lines, find_first(rates))


def find_first(rates: NDArray[np.float32]) -> int | None:
    """Find the line above the article's text that is most likely its headline."""
    best = int(rates[:, HEADLINE].argmax())
    return best if rates[best, HEADLINE] > LEAST else None


def choose_roles(rates: NDArray[np.float32], lines: Sequence[str], headline: int | None) -> list[Role]:
    """Choose the likeliest role of each line; a page has one headline, and no paragraph twice."""
    rates[:, HEADLINE] = 0.0
    if headline is not None:
        rates[headline, HEADLINE] = 2.0
    chosen = rates.argmax(axis=1)
    seen: set[str] = set()
    for at in np.flatnonzero(chosen == PARAGRAPH).tolist():
        if lines[at] in seen and len(lines[at]) > 20:
            chosen[at] = OTHER
        seen.add(lines[at])
    return [ROLES[role] for role in chosen]


def measure_depth(walk: Walk, at: int) -> int:
    """Tell how deep a comment is nested: by the page's own "depth-2", else by the lists it stands in."""
    lists = 0
    for element in iter_around(walk, at):
        if depth := DEPTH.search(element.names):
            return max(0, min(int(depth[1]) - 1, MAX_DEPTH))
        lists += element.tag in ("ol", "ul")
        if lists and element.tag in ("div", "section") and "comment" in read_marks(element.names):
            break
    return max(0, min(lists - 1, MAX_DEPTH))


def iter_around(walk: Walk, at: int) -> Iterator[Element]:
    """Yield the elements around a line, the innermost first."""
    element = walk.lines[at].element
    while element >= 0:
        yield walk.elements[element]
        element = walk.elements[element].parent


def has_model() -> bool:
    from importlib.resources import files

    return (files("onrecord") / "models" / "roles.onnx").is_file()
