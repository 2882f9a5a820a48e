"""Which part a line of plain text plays, told from its words, its neighbours and the page's order."""

from collections.abc import Sequence

from onrecord.page.features import Look, look_at_all
from onrecord.page.joins import join_lines
from onrecord.page.stretch import find_stretch
from onrecord.page.tells import find_comments, is_byline, is_caption, is_dateline, is_reader
from onrecord.types import Role

__all__ = ["label_lines"]

NEAR = 25
SOLID = 0.55
RUN = 3
WINDOW = 2
MIX = 0.5
ALONE_LONG = 0.3
ALONE = 0.35
SECTION = 200.0
COST = 40.0
PHRASE = 20.0
SHORT = 15.0
FEW, LEAST_WORDS = 20, 8


def label_lines(lines: Sequence[str]) -> list[Role]:
    """Tell the article from comments, menus and other stories by the lines' words and neighbours."""
    units = join_lines(lines)
    roles = label_units(
        [" ".join(lines[start:end]) if end - start > 1 else lines[start] for start, end in units]
    )
    return [role for (start, end), role in zip(units, roles, strict=True) for _ in range(start, end)]


def label_units(lines: Sequence[str]) -> list[Role]:
    """Tell the roles of lines that each hold whole sentences."""
    looks = look_at_all(lines)
    comments = find_comments(lines, looks)
    roles = [label_alone(line, look) for line, look in zip(lines, looks, strict=True)]
    weights = weigh_all(roles, looks)
    for at in range(*comments):
        weights[at] = -1000.0
    start, end = find_stretch(weights)
    if start == end and len(lines) < FEW:
        start, end = find_lone(roles, looks, comments)
    start, end = widen(roles, looks, start, end)
    fill_stretch(roles, lines, looks, start, end)
    label_after(roles, looks, end)
    label_comments(roles, lines, looks, comments)
    headline = find_headline(lines, looks, roles, start)
    if headline is not None:
        roles[headline] = "headline"
    return roles


def label_alone(line: str, look: Look) -> Role:
    """Tell the role that a line's own words show; "other" where they show none."""
    if look.phrase and look.chars < 250:
        return look.phrase
    if is_byline(line, look):
        return "byline"
    if is_dateline(line, look):
        return "dateline"
    if is_caption(line, look):
        return "caption"
    if look.asks:
        return "newsletter"
    return "other"


def weigh_all(roles: list[Role], looks: list[Look]) -> list[float]:
    """Weigh the lines for or against the article: running text beside running text for, furniture against.

    A list of teasers has its sentences one by one, each under its title: alone, one sentence says little.
    """
    plain = [at for at, role in enumerate(roles) if role == "other"]
    solid = [looks[at].prose > SOLID for at in plain]
    weights = [
        -SECTION if opens_section(role, look) else -PHRASE for role, look in zip(roles, looks, strict=True)
    ]
    for order, at in enumerate(plain):
        look = looks[at]
        if not solid[order]:
            weights[at] = -SHORT
            continue
        near = solid[max(0, order - WINDOW) : order] + solid[order + 1 : order + 1 + WINDOW]
        beside = solid[max(0, order - 1) : order] + solid[order + 1 : order + 2]
        company = MIX * sum(near) / (2 * WINDOW) + (1 - MIX) * sum(beside) / 2
        alone = ALONE if look.sentences == 1 and look.chars < 250 else ALONE_LONG
        weights[at] = min(look.chars, 500) * look.prose * (company + alone) - COST
    return weights


def find_lone(roles: list[Role], looks: list[Look], comments: tuple[int, int]) -> tuple[int, int]:
    """Take the longest whole sentence of a few lines that hold no running text: a note of a paragraph has
    nothing beside it that could speak for it."""
    alone = [
        at
        for at, (role, look) in enumerate(zip(roles, looks, strict=True))
        if is_sentence(role, look) and look.words >= LEAST_WORDS and not comments[0] <= at < comments[1]
    ]
    if not alone:
        return 0, 0
    at = max(alone, key=lambda one: looks[one].chars)
    return at, at + 1


def widen(roles: list[Role], looks: list[Look], start: int, end: int) -> tuple[int, int]:
    """Take in the whole sentences beside the article's stretch: short ones weigh too little for it."""
    while start > 0 and end > start and is_sentence(roles[start - 1], looks[start - 1]):
        start -= 1
    while 0 < end < len(roles) and is_sentence(roles[end], looks[end]):
        end += 1
    return start, end


def is_sentence(role: Role, look: Look) -> bool:
    """Tell a line that is nothing but a sentence."""
    return role == "other" and look.prose > SOLID and look.ends


def opens_section(role: Role, look: Look) -> bool:
    """Tell a heading of other stories ("More News") or the hour before one of them ("5:15 AM")."""
    return (role == "related" and look.words <= 4 and not look.ends) or (
        role == "dateline" and look.chars <= 9
    )


def fill_stretch(roles: list[Role], lines: Sequence[str], looks: list[Look], start: int, end: int) -> None:
    """Name the paragraphs in the article's stretch: running text and the short lines between."""
    seen: set[str] = set()
    solid = [roles[at] == "other" and looks[at].prose > 0.5 for at in range(len(roles))]
    for at in range(start, end):
        look = looks[at]
        if roles[at] != "other" or lines[at] in seen:
            continue
        if solid[at] or (look.words > 0 and is_between(solid, at, start, end)):
            roles[at] = "paragraph"
            seen.add(lines[at])


def is_between(solid: list[bool], at: int, start: int, end: int) -> bool:
    """Tell whether a short line stands between running text: a heading, a short answer, a list's item."""
    before = next((gap for gap in range(1, RUN + 1) if at - gap >= start and solid[at - gap]), None)
    after = next((gap for gap in range(1, RUN + 1) if at + gap < end and solid[at + gap]), None)
    return before is not None and after is not None and before + after <= RUN + 1


def label_after(roles: list[Role], looks: list[Look], end: int) -> None:
    """Name what follows the article by the heading it stands under: other stories, sign-up forms."""
    under: Role | None = None
    for at in range(end, len(roles)):
        if looks[at].phrase and looks[at].words < 8:
            under = looks[at].phrase
        elif roles[at] in ("other", "dateline", "byline") and under == "related":
            roles[at] = "related"


def label_comments(
    roles: list[Role], lines: Sequence[str], looks: list[Look], comments: tuple[int, int]
) -> None:
    """Name the readers' part of a page: what they wrote, and the form under which they write as "other"."""
    form = False
    for at in range(*comments):
        look = looks[at]
        if look.phrase == "comment" and not is_reader(lines[at]):
            form = True
            roles[at] = "other"
        elif form and look.prose <= SOLID:
            roles[at] = "other"
        elif roles[at] not in ("menu", "advert", "newsletter"):
            form = False
            roles[at] = "comment"


def find_headline(lines: Sequence[str], looks: list[Look], roles: list[Role], start: int) -> int | None:
    """Find the line that reads like a title, nearest above the article's first paragraph."""
    best, best_score = None, 0.0
    for at in range(max(0, start - NEAR), start):
        look = looks[at]
        if roles[at] not in ("other", "paragraph") or not 4 <= look.words <= 30 or look.chars > 200:
            continue
        score = (
            min(look.words, 9) / 9 - 0.01 * (start - at) - (0.3 if look.ends and look.prose > 0.5 else 0.0)
        )
        if score > best_score:
            best, best_score = at, score
    return best
