"""Which part a line plays on an HTML page: the elements it stands in first, then its own words and its neighbours."""

from onrecord.page.place import OUTSIDE, Place, find_place
from onrecord.page.walk import Walk
from onrecord.types import Role

__all__ = ["label_html"]

ROLE_OF: dict[str, Role] = {
    "comment": "comment",
    "newsletter": "newsletter",
    "advert": "advert",
    "related": "related",
    "menu": "menu",
    "footer": "other",
    "bio": "other",
    "pullquote": "pullquote",
    "correction": "correction",
    "caption": "caption",
}
# What a page tells machines is its article may hold its captions too.
HELD = frozenset(("caption", "pullquote", "newsletter", "correction"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# How many lines of other things may stand between a heading and its text.
REACH = 3
NO_LEDE = OUTSIDE - {"related"} | {"caption", "pullquote", "correction"}
ASKS = 0.5
TOLD_COMPANY = 0.1
RUNNING = frozenset(("p", "li", "blockquote", "dd", "dt", "pre"))


def label_html(walk: Walk, title: str | None, body: str | None) -> list[tuple[Role, int]]:
    """Give each line its role, and each comment its depth. `title` and `body` are what the page says of itself."""
    place = find_place(walk, body)
    roles = [label_line(place, at) for at in range(len(walk.lines))]
    trim_ends(roles, place)
    check_headings(roles, place)
    headline = find_headline(place, title)
    if headline is not None:
        roles[headline] = "headline"
        add_lede(roles, place, headline)
    drop_repeats(roles, place)
    return [(role, place.depth(at) if role == "comment" else 0) for at, role in enumerate(roles)]


def label_line(place: Place, at: int) -> Role:
    """Tell a line's role by where it stands and what it looks like."""
    look, marks = place.looks[at], place.marks[at]
    if "comment" in marks:
        return "comment"
    if place.told[at] and place.inside[at] and not marks & HELD and look.phrase not in ("newsletter", "correction"):
        return "paragraph"
    for mark, role in ROLE_OF.items():
        if mark in marks:
            return role
    if look.phrase and look.chars < 200:
        return look.phrase
    if look.asks and place.company[at] < ASKS and not place.told[at]:
        return "newsletter"
    if "byline" in marks and look.words < 25 and not place.told[at]:
        return "byline"
    if "dateline" in marks and look.words < 15:
        return "dateline"
    if is_paragraph(place, at):
        return "paragraph"
    return "related" if place.linked[at] > 0.5 else "other"


def is_paragraph(place: Place, at: int) -> bool:
    """Tell whether a line is the article's own."""
    look, tag, linked = place.looks[at], place.tags[at], place.linked[at]
    if not place.inside[at]:
        return "lede" in place.marks[at] and look.prose > 0.5 and linked < 0.5
    company = place.company[at]
    if place.tells and not place.told[at] and look.prose > 0.5 and company < TOLD_COMPANY:
        return False
    if linked > 0.6:
        return company > 0.2 and look.prose > 0.75 and look.chars > 120
    if tag in HEADINGS:
        return linked < 0.3 and look.words > 0
    if company > 0.1:
        return tag in RUNNING or look.prose > 0.3
    return look.prose > 0.55 or (tag in RUNNING and look.prose > 0.3)


def trim_ends(roles: list[Role], place: Place) -> None:
    """Take back what stands before the first whole paragraph or after the last one and is no running text itself."""
    solid = [at for at, role in enumerate(roles) if role == "paragraph" and place.looks[at].prose > 0.6]
    if not solid:
        return
    for at, role in enumerate(roles):
        if role == "paragraph" and not solid[0] <= at <= solid[-1] and place.looks[at].prose < 0.35 and not place.told[at]:
            roles[at] = "other"


def check_headings(roles: list[Role], place: Place) -> None:
    """Keep a heading as a paragraph only where the article goes on under it."""
    gap = REACH + 1
    for at in range(len(roles) - 1, -1, -1):
        if place.tags[at] in HEADINGS:
            if roles[at] == "paragraph" and gap > REACH:
                roles[at] = "other"
        elif roles[at] == "paragraph":
            gap = 0
        elif roles[at] not in ("caption", "advert", "pullquote"):
            gap += 1


def add_lede(roles: list[Role], place: Place, headline: int) -> None:
    """Find the standfirst: the running text between the headline and the article's first paragraph."""
    first = next((at for at in range(headline + 1, len(roles)) if roles[at] == "paragraph"), headline)
    for at in range(headline + 1, min(first, headline + 30)):
        look = place.looks[at]
        if look.prose > 0.55 and look.chars > 50 and place.linked[at] < 0.3 and not place.marks[at] & NO_LEDE and not look.phrase:
            roles[at] = "paragraph"


def drop_repeats(roles: list[Role], place: Place) -> None:
    """Keep only the first of lines that the page prints twice, as boxes and print versions do."""
    seen: set[str] = set()
    for at, role in enumerate(roles):
        if role == "paragraph" and place.looks[at].words > 3:
            if place.lines[at] in seen:
                roles[at] = "other"
            seen.add(place.lines[at])


def find_headline(place: Place, title: str | None) -> int | None:
    """Find the one headline: the heading that agrees with the page's title, near the article's start."""
    titles = " ".join((title or "").lower().split())
    best, best_score = None, 0.0
    for at, tag in enumerate(place.tags):
        if place.marks[at] & OUTSIDE and "h1" not in place.marks[at]:
            continue
        score = {"h1": 1.0, "h2": 0.3}.get(tag, 0.0) or ("h1" in place.marks[at]) * 0.9 or ("headline" in place.marks[at]) * 0.4
        if not score:
            continue
        text = place.lines[at].lower()
        score += 2.0 if len(text) > 10 and text in titles else 0.0
        score += 0.2 if place.inside[at] else 0.0
        if score > best_score:
            best, best_score = at, score
    return best
