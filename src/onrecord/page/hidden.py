"""What stands in the middle of a line and is never seen: cards that open under the mouse, words for screen
readers alone.

A page says so in its own style sheets (`.card {display: none}`), in an element's style, or by a name that
all style sheets hide. Only words inside a line are left out: a whole block that is hidden is mostly one that
a script shows, and keeps its words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

__all__ = [
    "COMMENT",
    "MOST_PARENTS",
    "MOST_STYLE",
    "Hidden",
    "is_clipped",
    "is_cut_away",
    "is_for_the_ear",
    "list_rules",
    "read_hidden",
]

# Style sheets longer than this are not read to their end; there are no more rules than this, and no more for
# one name.
MOST_STYLE = 1_000_000
MOST_RULES = 20_000
MOST_FOR_NAME = 50
MOST_PARENTS = 200
DEEPEST = 20  # rules in rules
MOST_NAMES = 500  # characters of an element's names

# Names that every style sheet hides from the eye and leaves to screen readers.
FOR_THE_EAR = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-?only|screen-?reader(?:-?(?:text|only))?|assistive-?text|a11y-?hidden)"
    r"(?=$|[\s_])",
    re.IGNORECASE,
)
# The same as the fourth walk knows it: run into a longer name, in other orders of the words.
EAR_TOO = re.compile(
    r"visually-?hidden|hidden-?visually|(?:^|[\s_-])(?:screen-?reader|sr)-?(?:only|text|message|label)"
    r"|screen-?reader-?(?:only|text)|(?:^|[\s_-])(?:off-?screen|element-invisible|a11y-?(?:text|only|label)"
    r"|accessib(?:le|ility)-?(?:text|hidden|only)|text-assistive|for-?screen-?readers?|vh|only-sr|u-vh)(?=$|[\s_])",
    re.IGNORECASE,
)
# What a reader may open: the rest of a text, and no card over it.
OPENED = re.compile(
    r"(?:^|[\s_-])(?:more|rest|full|expand\w*|collaps\w*|truncat\w*|continu\w*|read\w*|toggl\w*|reveal\w*|spoiler|fade\w*"
    r"|lazy\w*|anim\w*|load\w*|hydrat\w*)(?=$|[\s_-])",
    re.IGNORECASE,
)
COMMENT = re.compile(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|\Z)")
# ".card", "span.card", "#tip", ".card.small": an element by its own names.
COMPOUND = re.compile(r"(?:[a-z][a-z0-9]*+|\*)?((?:[.#][\w-]++)+)", re.IGNORECASE)
NAME = re.compile(r"[.#]([\w-]++)")
DISPLAY = re.compile(r"(?:^|;)display:([a-z-]++)(!important)?")
VISIBILITY = re.compile(r"(?:^|;)visibility:(hidden|collapse|visible)(!important)?")
CLIPPED = re.compile(r"clip:rect\([01px,]+\)|clip-path:inset\((?:50|100)%|visibility:hidden")
# A pixel that shows nothing of its words, words pushed off the screen, and letters of no size.
CUT_AWAY = re.compile(
    r"(?:^|;)(?:left|top|right|text-indent):-\d{3,}(?:px|em|rem)|(?:^|;)font-size:0(?:px)?(?:;|\Z|!)"
)
PIXEL = re.compile(r"(?:^|;)(?:width|height):[01]px")
# What a rule that hides, shows or cuts off has one of.
SAYING = ("display", "visibility", "clip", "absolute")
IMPORTANT = 1_000
NARROW = 10_000
"""A rule for some screens alone may show what others hide; it is taken to be in force where it shows."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector: the names of the element, those of an element around it, and whether it hides. What has
    more names, then what comes later, wins."""

    names: frozenset[str]
    around: frozenset[str] | None
    hides: bool
    weight: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hidden:
    """The rules of a page's own style sheets that show or hide, by one of the names they are for."""

    rules: dict[str, list[Rule]]
    clipped: dict[str, list[Rule]] = field(default_factory=dict)

    def hides(self, names: str, parents: Iterable[str]) -> bool:
        """Tell whether an element of these names (class and id), inside parents of those, is not seen."""
        told = tell_by_name(names[:MOST_NAMES])
        if told is not None or not self.rules:
            return bool(told)
        return weigh_rules(self.rules, names, parents)

    def clips(self, names: str, parents: Iterable[str]) -> bool:
        """Tell whether the sheets cut an element of these names down to nothing, for screen readers alone."""
        return bool(self.clipped) and weigh_rules(self.clipped, names, parents)


def weigh_rules(rules: dict[str, list[Rule]], names: str, parents: Iterable[str]) -> bool:
    """Tell what the rule says that wins of those that are for an element of these names."""
    own = frozenset(names[:MOST_NAMES].split())
    mine = [rule for name in own for rule in rules.get(name, ()) if rule.names <= own]
    if not any(rule.hides for rule in mine):
        return False
    around = [frozenset(parent[:MOST_NAMES].split()) for parent in parents]
    fit = [r for r in mine if r.around is None or any(r.around <= parent for parent in around)]
    return bool(fit) and max(fit, key=lambda rule: rule.weight).hides


@lru_cache(maxsize=2_000)  # a page has few names, each many times
def tell_by_name(names: str) -> bool | None:
    """Tell what an element's names alone say: hidden from the eye, opened by a reader (False), or neither."""
    if FOR_THE_EAR.search(names):
        return True
    return False if OPENED.search(names) else None


@lru_cache(maxsize=2_000)
def is_for_the_ear(names: str) -> bool:
    """Tell whether an element's names say that screen readers alone read it."""
    names = names[:MOST_NAMES]
    return EAR_TOO.search(names) is not None or FOR_THE_EAR.search(names) is not None


def read_hidden(styles: Iterable[str]) -> Hidden:
    """Read what a page's style sheets hide by name."""
    found = Hidden({})
    left = MOST_STYLE
    count = 0
    for style in styles:
        for selector, block, narrow in list_rules(COMMENT.sub("", style[:left]), SAYING):
            hides, important = read_declarations(block)
            clips = read_clip(block)
            if hides is None and clips is None:
                continue
            for one in selector.split(","):
                parsed = parse_selector(one.strip())
                if parsed is None or count >= MOST_RULES:
                    continue
                names, around = parsed
                for rules, said in ((found.rules, hides), (found.clipped, clips)):
                    if said is None or (narrow and said):
                        continue
                    kept = rules.setdefault(min(names), [])
                    if len(kept) < MOST_FOR_NAME:
                        count += 1
                        size = len(names) + len(around or ()) + IMPORTANT * important + NARROW * narrow
                        kept.append(Rule(names, around, said, (size, count)))
        left = max(0, left - len(style))
    return found


def list_rules(style: str, words: Sequence[str] = ()) -> Iterator[tuple[str, str, bool]]:
    """Yield (selector, declarations, whether only some screens have it), but for what is for paper alone.

    Of the rules in which none of some `words` stands, only the brackets are read: most say nothing of what is
    asked.
    """
    around: list[str] = []
    for part in style.split("}")[:-1]:
        head, *inner = part.split("{")
        plain = len(inner) == 1 and bool(head.strip()) and ";" not in head
        if plain and words and not any(map(inner[0].lower().__contains__, words)):
            continue
        selector = ""
        for declarations in inner:
            if selector:
                around.append(selector)
            if len(around) > DEEPEST:
                return
            selector = head.rpartition(";")[2].strip()
            head = declarations
        if not selector:
            del around[-1:]
        elif not selector.startswith("@") and is_for_screens(around):
            yield selector, head, bool(around)


def is_for_screens(around: Iterable[str]) -> bool:
    """Tell whether what stands around a rule is no rule itself, and none for paper."""
    return all(one.startswith("@") and "print" not in one.lower() for one in around)


def read_declarations(block: str) -> tuple[bool | None, bool]:
    """Tell whether declarations hide an element (None where they say nothing of it), and how firmly."""
    block = block.lower()
    if "display" not in block and "visibility" not in block:
        return None, False
    words = "".join(block.split())
    shown = list(DISPLAY.finditer(words))
    if shown:
        return shown[-1][1] == "none", shown[-1][2] is not None
    seen = list(VISIBILITY.finditer(words))
    return (seen[-1][1] != "visible", seen[-1][2] is not None) if seen else (None, False)


def parse_selector(selector: str) -> tuple[frozenset[str], frozenset[str] | None] | None:
    """Return the names that a plain selector asks of an element and of one around it; None for any other."""
    parts = selector.replace(">", " ").split()
    if not 0 < len(parts) < 3:
        return None
    found = [COMPOUND.fullmatch(part) for part in parts]
    if any(one is None for one in found):
        return None
    names = [frozenset(NAME.findall(one[1])) for one in found if one is not None]
    return names[-1], names[0] if len(names) > 1 else None


def read_clip(block: str) -> bool | None:
    """Tell whether declarations cut an element down to nothing; None where they say nothing of it."""
    if "clip" not in block and "px" not in block:
        return None
    block = block.lower()
    if "clip" not in block and "absolute" not in block:
        return None
    words = "".join(block.split())
    if "clip:rect(" in words or "clip-path:inset(" in words or "position:absolute" in words:
        return True if CLIPPED.search(words) or is_pixel(words) else None
    return False if "clip:auto" in words else None


def is_clipped(style: str) -> bool:
    """Tell whether an element's own style cuts it down to nothing, for screen readers alone."""
    return CLIPPED.search("".join(style.lower().split())) is not None


def is_cut_away(style: str) -> bool:
    """Tell whether an element's own style lets nothing of it be seen, in another way: one pixel, off the
    screen, letters of no size."""
    words = "".join(style.lower().split())
    return is_pixel(words) or CUT_AWAY.search(words) is not None


def is_pixel(words: str) -> bool:
    return "overflow:hidden" in words and len(PIXEL.findall(words)) > 1
