"""Which part each line of a page plays: what the model says, and what only the whole page can tell."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.models.roles import rate_roles
from onrecord.page.headline import find_headline
from onrecord.page.html_roles import find_role, label_html
from onrecord.page.lines import Element, Walk
from onrecord.page.names import read_names
from onrecord.page.place import Place, find_place, stay_home
from onrecord.page.signals import measure_html, measure_text
from onrecord.page.text_roles import label_lines
from onrecord.types import ROLES, Role

__all__ = ["role_html", "role_text"]

HEADLINE, PARAGRAPH, COMMENT, OTHER = map(ROLES.index, ("headline", "paragraph", "comment", "other"))
SIGNS: tuple[Role, ...] = ("byline", "dateline")
NEWSLETTER = ROLES.index("newsletter")
DEPTH = re.compile(r"\bdepth-(\d{1,3})\b")
MAX_DEPTH = 100
# Behind the article so much running text is another story's, if nothing says otherwise.
TELLING = 0.7
# A text prints no tags: the surest line above the article is its headline, if it is sure enough.
LEAST = 0.2
# So few lines give the model no neighbours to go by; so many are no article and would take too much memory.
FEW, MANY = 20, 4_000
# How much surer than a rule the model must be to overrule it, where the rule goes by what is printed on the
# line or marked around it. A comment taken for the article would be on the record: never overruled.
TRUST: dict[Role, float] = dict.fromkeys(("caption", "newsletter", "byline", "dateline", "advert"), 0.6)
TRUST |= {"comment": 2.0, "related": 0.9, "pullquote": 2.0, "correction": 2.0}
TRUSTED = np.diag([TRUST.get(role, 0.0) for role in ROLES]).astype(np.float32)


def role_html(walk: Walk, titles: Sequence[str], body: str | None) -> list[tuple[Role, int]]:
    """Give each line of an HTML page its role, and each comment its depth.

    `titles` and `body` are what the page says of itself, in its head and its JSON-LD.
    """
    place = find_place(walk, body)
    headline = find_headline(place, titles)
    stay_home(walk, place, headline)
    roles = label_html(place, headline)
    if FEW <= len(roles) <= MANY:
        rates = rate_roles(measure_html(walk, place, titles, roles).arrays(), dom=True)
        roles = choose_roles(rates, roles, place.lines, headline)
    leave_out(roles, place)
    return [(role, measure_depth(walk, at) if role == "comment" else 0) for at, role in enumerate(roles)]


def role_text(lines: Sequence[str]) -> list[Role]:
    """Give each line of a plain text its role."""
    roles = label_lines(lines)
    if FEW <= len(roles) <= MANY:
        rates = rate_roles(measure_text(lines, roles).arrays(), dom=False)
        roles = choose_roles(rates, roles, lines, find_first(rates))
    return roles


def find_first(rates: NDArray[np.float32]) -> int | None:
    """Find the line above the article's text that is most likely its headline."""
    best = int(rates[:, HEADLINE].argmax())
    return best if rates[best, HEADLINE] > LEAST else None


def choose_roles(
    rates: NDArray[np.float32], rough: Sequence[Role], lines: Sequence[str], headline: int | None
) -> list[Role]:
    """Choose each line's role from the model's rates, [lines, roles], and the rules' rough verdict.

    A page has one headline, and no paragraph twice.
    """
    rates = rates + TRUSTED[[ROLES.index(role) for role in rough]]
    rates[:, HEADLINE] = 0.0
    if headline is not None:
        rates[headline, HEADLINE] = 2.0
    chosen = rates.argmax(axis=1)
    if "comment" in rough:
        # Where the rules know the readers' part, they know it whole: all else there are forms and buttons.
        chosen[(chosen == COMMENT) & np.array([role != "comment" for role in rough])] = OTHER
        chosen[(chosen == NEWSLETTER) & np.array([role == "other" for role in rough])] = OTHER
    seen: set[str] = set()
    for at in np.flatnonzero(chosen == PARAGRAPH).tolist():
        if lines[at] in seen and len(lines[at]) > 20:
            chosen[at] = OTHER
        seen.add(lines[at])
    return [ROLES[role] for role in chosen]


def leave_out(roles: list[Role], place: Place) -> None:
    """Take nothing for the article's that stands outside the element of headline and article, or in a dialog;
    a byline or a date behind it belongs to another story, if the article has one of its own."""
    home = place.home
    signed = {role for role in roles[: home.stop] if role in SIGNS}
    dialogs = (at for at in home if "dialog" in place.marks[at])
    for at in (*range(home.start), *dialogs, *range(home.stop, len(roles))):
        behind = at >= home.stop
        told = roles[at] == "other" and behind and place.looks[at].prose > TELLING
        if roles[at] == "paragraph" or told or (behind and roles[at] in signed):
            roles[at] = find_role(place.marks[at]) or ("related" if behind else "other")


def measure_depth(walk: Walk, at: int) -> int:
    """Tell how deep a comment is nested: by the page's own "depth-2", else by the lists it stands in."""
    lists = 0
    for element in iter_around(walk, at):
        if depth := DEPTH.search(element.names):
            return max(0, min(int(depth[1]) - 1, MAX_DEPTH))
        lists += element.tag in ("ol", "ul")
        if lists and element.tag in ("div", "section") and "comment" in read_names(element.names).marks:
            break
    return max(0, min(lists - 1, MAX_DEPTH))


def iter_around(walk: Walk, at: int) -> Iterator[Element]:
    """Yield the elements around a line, the innermost first."""
    element = walk.lines[at].element
    while element >= 0:
        yield walk.elements[element]
        element = walk.elements[element].parent
