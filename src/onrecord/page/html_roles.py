"""Which part a line plays on an HTML page, told from its elements, then its words and neighbours."""

from functools import lru_cache

from onrecord.page.place import HEADINGS, OUTSIDE, Place
from onrecord.page.tells import is_byline, is_caption
from onrecord.types import Role

__all__ = ["find_role", "label_html"]

ROLE_OF: dict[str, Role] = {
    "dialog": "other",
    "comment": "comment",
    "pullquote": "pullquote",
    "correction": "correction",
    "newsletter": "newsletter",
    "advert": "advert",
    "related": "related",
    "menu": "menu",
    "footer": "other",
    "bio": "other",
    "caption": "caption",
}
# What a page tells machines is its article may hold its captions too.
HELD = frozenset(("caption", "pullquote", "newsletter", "correction"))
# How many lines of other things may stand between a heading and its text.
REACH = 3
NO_BYLINE = OUTSIDE - {"menu"} | {"caption", "pullquote"}
NO_LEDE = OUTSIDE - {"related"} | {"caption", "pullquote", "correction"}
ASKS = 0.5
MENU_WORDS = 3
TOLD_COMPANY = 0.3
SENTENCE_WORDS = 5
RUNNING = frozenset(("p", "li", "blockquote", "dd", "dt", "pre"))


def label_html(place: Place, headline: int | None) -> list[Role]:
    """Give each line a role by the rules; `headline` is the line that was found to be it."""
    roles = [label_line(place, at) for at in range(len(place.lines))]
    trim_ends(roles, place)
    check_headings(roles, place)
    if headline is not None:
        roles[headline] = "headline"
        add_lede(roles, place, headline)
    drop_repeats(roles, place)
    return roles


def label_line(place: Place, at: int) -> Role:
    """Tell a line's role by where it stands and what it looks like."""
    look, marks = place.looks[at], place.marks[at]
    if "comment" in marks:
        return "comment"
    if (
        place.told[at]
        and place.inside[at]
        and HELD.isdisjoint(marks)
        and look.phrase not in ("newsletter", "correction")
    ):
        return "paragraph"
    if (named := name_author_or_date(place, at)) is not None:
        return named
    if (role := find_role(marks)) is not None:
        # A correction stands below the article, in its footer.
        if look.phrase == "correction" and role == "other":
            return "correction"
        # What a box beside the text quotes, it takes from the text.
        return "pullquote" if role == "related" and place.tags[at] == "blockquote" else role
    if look.phrase and look.chars < 200:
        return look.phrase
    if not place.told[at] and is_caption(place.lines[at], look):
        return "caption"
    if look.asks and place.company[at] < ASKS and not place.told[at]:
        return "newsletter"
    if is_paragraph(place, at):
        return "paragraph"
    if place.linked[at] > 0.5:
        return "related" if look.words > MENU_WORDS else "menu"
    return "other"


@lru_cache(maxsize=1_000)
def find_role(marks: frozenset[str]) -> Role | None:
    """Return the role that the elements around a line give it, None where they give none."""
    return next((role for mark, role in ROLE_OF.items() if mark in marks), None)


def name_author_or_date(place: Place, at: int) -> Role | None:
    """Tell a line that gives who wrote the article or when; it may stand among buttons for sharing it."""
    look, marks = place.looks[at], place.marks[at]
    if look.phrase or not NO_BYLINE.isdisjoint(marks):
        return None
    signed = look.words < 25 and is_byline(place.lines[at], look)
    if look.sentences > 2 and not signed:
        return None
    if signed or (look.words < 25 and "byline" in marks):
        return "byline"
    return "dateline" if "dateline" in marks and look.words < 15 else None


def is_paragraph(place: Place, at: int) -> bool:
    """Tell whether a line is the article's own."""
    look, tag, linked = place.looks[at], place.tags[at], place.linked[at]
    if not place.inside[at]:
        return "lede" in place.marks[at] and look.prose > 0.5 and linked < 0.5
    company = place.company[at]
    if place.tells and not place.told[at] and look.prose > 0.5 and company < TOLD_COMPANY:
        return False
    if linked > (0.4 if tag == "li" else 0.6):
        return company > 0.2 and look.prose > 0.75 and look.chars > 120
    if tag in HEADINGS:
        return linked < 0.3 and look.words > 0
    if company > 0.1:
        return tag in RUNNING or look.prose > 0.3
    return look.prose > 0.55 or (tag in RUNNING and look.prose > 0.3)


def trim_ends(roles: list[Role], place: Place) -> None:
    """Take back what stands outside the first and last whole paragraph and is no running text itself.

    A sentence in a paragraph right beside them is: of a language few small words may be known, or few stand
    in a line.
    """
    solid = [at for at, role in enumerate(roles) if role == "paragraph" and place.looks[at].prose > 0.6]
    if not solid:
        return
    first, last = solid[0], solid[-1]
    while first > 0 and is_sentence(roles, place, first - 1):
        first -= 1
    while last + 1 < len(roles) and is_sentence(roles, place, last + 1):
        last += 1
    for at, role in enumerate(roles):
        if (
            role == "paragraph"
            and not first <= at <= last
            and place.looks[at].prose < 0.35
            and not place.told[at]
        ):
            roles[at] = "other"


def is_sentence(roles: list[Role], place: Place, at: int) -> bool:
    look = place.looks[at]
    return roles[at] == "paragraph" and place.tags[at] == "p" and look.ends and look.words >= SENTENCE_WORDS


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
        if (
            look.prose > 0.55
            and look.chars > 50
            and place.linked[at] < 0.3
            and not place.marks[at] & NO_LEDE
            and not look.phrase
            and not (roles[at] == "byline" and is_byline(place.lines[at], look))
        ):
            roles[at] = "paragraph"


def drop_repeats(roles: list[Role], place: Place) -> None:
    """Keep only the first of lines that the page prints twice, as boxes and print versions do."""
    seen: set[str] = set()
    for at, role in enumerate(roles):
        if role == "paragraph" and place.looks[at].words > 3:
            if place.lines[at] in seen:
                roles[at] = "other"
            seen.add(place.lines[at])
