"""Which elements of an HTML page hold one reader's comment each, told from what repeats in the markup."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.page.comment_parts import CommentLine, is_furniture, is_prose, sees_head
from onrecord.page.lines import Walk

__all__ = ["Unit", "find_units", "iter_up", "read_hint"]

# Names that programs give their comments carry a number: "comment-812", "post-4031", "c56899", "t1_c95f5".
NUMBERED = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f-]{10,}|(?<![0-9a-z])(?=[a-f]*\d)[0-9a-f]{8,}(?![0-9a-z])|\d[0-9a-z]*",
    re.IGNORECASE,
)
COMMENT = re.compile(
    r"comment|kommentar|commentaire|comentario|reactie|commento|antwort|opinion", re.IGNORECASE
)
OWN_ID = re.compile(
    r"^(?:(?:[a-z]+[-_])*(?:comment|kommentar|commentaire|comentario|reactie|reply|antwort|post|message|msg|dsq)"
    r"(?:[-_](?:id|item|box|body|content))?[-_]?|c|rc|t#_c?)#(?:[-_]#)*$",
    re.IGNORECASE,
)
MANY = re.compile(
    r"s$|s[-_]|list|area|thread|container|wrap|section|children|body|content|text|box|holder|block|meta|inner|header",
    re.IGNORECASE,
)
NESTS = re.compile(
    r"children|replies|answers|antworten|nested|respuestas|réponses|sub-?comments?", re.IGNORECASE
)
LEVEL = re.compile(r"\b(?:depth|level|indent|nesting|tier)[-_]?(\d{1,3})\b")
PASSES = 6
MAX_NAMES = 300
FOLD = 0.3
# Words left outside all comments may be notes of the page; a name that says "comment" outweighs two of them.
LOST = 0.1
HINTED = 0.2


@dataclass(slots=True)
class Unit:
    """An element that holds one comment, with the lines that are its own and those of its answers."""

    element: int
    lines: list[CommentLine] = field(default_factory=list)
    level: int = 0


@dataclass(frozen=True, slots=True)
class Sign:
    """What a line tells, before it is known which comment it belongs to.

    `written` tells one that may be what a reader wrote: no mere name, date or number, nothing to press or
    go to.
    """

    named: bool
    dated: bool
    prose: bool
    furniture: bool
    written: bool


def find_units(walk: Walk, lines: Sequence[CommentLine], closed: frozenset[int]) -> list[Unit]:
    """Find the elements of the page that each hold one comment, in the page's order.

    `closed` are the elements around the article: none of these is a comment.
    """
    signs = {line.at: read_sign(line) for line in lines}
    free, held = list(lines), list[CommentLine]()
    units: dict[int, Unit] = {}
    for _ in range(PASSES):
        elements = choose(walk, free, signs, closed | units.keys(), least=-1)
        # What has a comment's own number is one comment, unless others with numbers stand inside.
        elements = elements or choose(walk, held, signs, closed | units.keys(), least=3)
        if not elements:
            break
        units |= {at: Unit(at) for at in elements}
        free, held = deal_out(walk, lines, units, signs)
    set_levels(walk, units)
    return [unit for _, unit in sorted(units.items()) if unit.lines]


def read_sign(line: CommentLine) -> Sign:
    furniture = is_furniture(line)
    named, dated, begun = sees_head(line)
    head = (named or dated) and not begun
    written = not (furniture or head or line.linked) and any(map(str.isalpha, line.words))
    return Sign(named, dated, not furniture and not head and is_prose(line), furniture, line.sure and written)


def deal_out(
    walk: Walk, lines: Sequence[CommentLine], units: dict[int, Unit], signs: dict[int, Sign]
) -> tuple[list[CommentLine], list[CommentLine]]:
    """Give each line to the innermost unit around it; return the lines that need another look.

    These are the lines outside all units and those of a unit that seems to hold several comments; apart
    from them, those of such a unit with a number of its own.
    """
    for unit in units.values():
        unit.lines = []
    left, held = list[CommentLine](), list[CommentLine]()
    for line in lines:
        owner = next((at for at in iter_up(walk, walk.lines[line.at].element) if at in units), None)
        if owner is None:
            left.append(line)
        else:
            units[owner].lines.append(line)
    for unit in units.values():
        if count_heads([signs[line.at] for line in unit.lines], dates=True) > 1:
            (held if read_hint(walk.elements[unit.element].names) == 3 else left).extend(unit.lines)
    return left, held


def choose(
    walk: Walk, lines: Sequence[CommentLine], signs: dict[int, Sign], closed: frozenset[int], *, least: int
) -> list[int]:
    """Return the elements that part the lines best into one comment each; none when nothing does."""
    groups = group_elements(walk, lines, closed)
    dates = sum(signs[line.at].dated for line in lines) > 0
    prose = sum(signs[line.at].prose for line in lines)
    best: tuple[float, int, int] | None = None
    chosen: list[int] = []
    for token, held in groups.items():
        hint = hint_of(token)
        if hint < least:
            continue
        value, good = rate(held, signs, dates=dates, prose=prose, own_id=hint == 3)
        # One alone is a comment only if its name says so, and it has more than somebody's name in it.
        if good < (1 if hint == 3 or (hint > 0 and dates) else 2) or value <= 0:
            continue
        rated = (round(value, 3) + HINTED * hint, hint, -min(held))
        if best is None or rated > best:
            best, chosen = rated, [at for at, own in held.items() if is_comment(own, signs)]
    return chosen


def group_elements(
    walk: Walk, lines: Sequence[CommentLine], closed: frozenset[int]
) -> dict[str, dict[int, list[CommentLine]]]:
    """Group the elements around the lines by what they have in common, each with its own lines.

    A line is its innermost element's of a group: what stands in an answer is not the answered comment's.
    """
    groups: dict[str, dict[int, list[CommentLine]]] = {}
    for line in lines:
        seen: set[str] = set()
        for at in iter_up(walk, walk.lines[line.at].element):
            if at in closed:
                break
            element = walk.elements[at]
            for token in (*read_tokens(element.names), f"@{element.parent}>{element.tag}"):
                if token not in seen:
                    seen.add(token)
                    groups.setdefault(token, {}).setdefault(at, []).append(line)
    return groups


@lru_cache(maxsize=4_000)
def read_tokens(names: str) -> tuple[str, ...]:
    """Return the names of an element without their numbers: "comment-812" and "comment-977" are the same."""
    return tuple({NUMBERED.sub("#", name): None for name in names[:MAX_NAMES].split()})


@lru_cache(maxsize=4_000)
def hint_of(token: str) -> int:
    """Tell how much a name by itself looks like that of one comment: from -1 to 3."""
    if token[0] == "@":
        return 0
    if OWN_ID.match(token):
        return 3
    if not COMMENT.search(token):
        return -1 if MANY.search(token) else 0
    return 1 if MANY.search(token) else 2


def rate(
    held: dict[int, list[CommentLine]], signs: dict[int, Sign], *, dates: bool, prose: int, own_id: bool
) -> tuple[float, int]:
    """Rate how well elements part the lines: one head and some words in each is right."""
    value, good, covered = 0.0, 0, 0
    for own in held.values():
        if not is_comment(own, signs):
            continue
        told = [signs[line.at] for line in own]
        written = sum(sign.prose for sign in told)
        words = written or any(not (s.furniture or s.named or s.dated) for s in told)
        heads = count_heads(told, dates=dates)
        covered += written
        value -= FOLD * min(sum(sign.furniture and not sign.dated for sign in told), 1) * (heads > 1)
        if heads == 1 and words:
            value += 1
            good += 1
        elif heads == 0 and words and own_id:
            value += 0.5
        elif heads > 1:
            value -= heads - 1
        else:
            value -= 0.5
    return value - LOST * (prose - covered), good


def count_heads(told: Sequence[Sign], *, dates: bool) -> int:
    """Count who-and-when lines; two lines in a row, a name and its date, are one."""
    if dates and any(sign.dated for sign in told):
        return sum(sign.dated for sign in told)
    return sum(sign.named for sign in told)


def is_comment(own: Sequence[CommentLine], signs: dict[int, Sign]) -> bool:
    """Tell whether an element holds anything that a reader may have written."""
    return any(signs[line.at].written for line in own)


def read_hint(names: str) -> int:
    """Tell how much an element's names look like those of one comment; 3 is a number of its own."""
    return max(map(hint_of, read_tokens(names)), default=0)


def set_levels(walk: Walk, units: dict[int, Unit]) -> None:
    """Tell how deep each comment stands: by the page's own numbers, else by what it stands in."""
    told: dict[int, int] = {}
    lists: dict[int, int] = {}
    inside: dict[int, int] = {}
    for at in units:
        lists[at] = inside[at] = 0
        for above in iter_up(walk, at):
            element = walk.elements[above]
            if (
                at not in told
                and (above == at or above not in units)
                and (found := LEVEL.search(element.names))
            ):
                told[at] = int(found[1])
            inside[at] += above != at and above in units
            lists[at] += element.tag in ("ul", "ol") or NESTS.search(element.names) is not None
    levels = told if len(told) == len(units) else inside if any(inside.values()) else lists
    for at, unit in units.items():
        unit.level = levels[at]


def iter_up(walk: Walk, at: int) -> Iterator[int]:
    """Yield an element and those around it, the innermost first."""
    while at >= 0:
        yield at
        at = walk.elements[at].parent
