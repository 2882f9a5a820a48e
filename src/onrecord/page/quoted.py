"""The marks of <q>: a browser prints quotation marks around its words that stand nowhere in the bytes.

Which ones goes by the page's language, as the HTML standard has it, unless the page's own style sheet says
otherwise. A page that types its own marks at the edge of a <q> shows them twice at the most; it has none put
there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.page.hidden import COMMENT, MOST_STYLE, list_rules

__all__ = ["Marks", "Quote", "choose_marks", "make_quote", "types_marks"]

Marks = tuple[str, ...]
"""Opening and closing by turns, the outermost pair first; () where the page shows none."""

ENGLISH: Marks = ("“", "”", "‘", "’")
LOW: Marks = ("„", "“", "‚", "‘")
POLISH: Marks = ("„", "”", "«", "»")
ANGLES: Marks = ("«", "»", "“", "”")
SWEDISH: Marks = ("”", "”", "’", "’")
CORNERS: Marks = ("「", "」", "『", "』")
LANGUAGES: dict[str, Marks] = {
    **dict.fromkeys("de cs sk sl bg is et lt lv mk sq ka lb".split(), LOW),
    **dict.fromkeys("pl hu ro hr sr bs".split(), POLISH),
    **dict.fromkeys("fr it es pt ca gl eu no nb nn ru uk be el fa am hy az".split(), ANGLES),
    **dict.fromkeys("sv fi".split(), SWEDISH),
    **dict.fromkeys(("ja",), CORNERS),
    "pt-br": ENGLISH,
    "de-ch": ANGLES,
    "nl": ("‘", "’", "“", "”"),
    "da": ("“", "”", "‘", "’"),
}
QUOTES = re.compile(r"(?:^|;)\s*quotes\s*:([^;]*)", re.IGNORECASE)
STRING = re.compile(r""""([^"]*)"|'([^']*)'""")
NO_CONTENT = re.compile(r"(?:^|;)\s*content\s*:\s*(?:none|normal|\"\"|'')", re.IGNORECASE)
BEFORE = ("q:before", "q::before")
OPENING = frozenset("“„«‹\"‘‚'「『”»")


@dataclass(slots=True)
class Quote:
    """One <q> in which the walk stands: its marks, whether they wait for its first words, and whether they
    were printed."""

    opens: str
    closes: str
    waits: bool = True
    printed: bool = False


def make_quote(marks: Marks, depth: int) -> Quote:
    """Return a <q> inside so many others; the last pair of marks is used for all that are deeper."""
    at = min(2 * depth, len(marks) - 2)
    return Quote(marks[at], marks[at + 1])


def types_marks(before: str, words: str) -> bool:
    """Tell whether the page has typed a mark where one would be printed."""
    return words[:1] in OPENING or (before[-1:] in OPENING and before[-1:] not in "'’")


def choose_marks(language: str | None, styles: Iterable[str]) -> Marks:
    """Return the marks that the page prints around a <q>, and around one inside it."""
    marks = marks_of(language)
    for style in styles:
        if "quotes" not in style and "q:" not in style:
            continue
        for selector, block, _ in list_rules(COMMENT.sub("", style[:MOST_STYLE])):
            parts = [part.strip().lower() for part in selector.split(",")]
            if "q" in parts and (said := QUOTES.search(block)):
                marks = read_quotes(said[1], marks_of(language))
            elif NO_CONTENT.search(block) and any(part in BEFORE for part in parts):
                marks = ()
    return marks


def marks_of(language: str | None) -> Marks:
    """Return the marks of a language; of one that is not known, the English ones, as browsers do."""
    tag = (language or "").strip().lower().replace("_", "-")
    return LANGUAGES.get(tag) or LANGUAGES.get(tag.split("-")[0]) or ENGLISH


def read_quotes(value: str, usual: Marks) -> Marks:
    """Read what a style sheet says of marks: "none", "auto", or pairs of strings."""
    if value.strip().lower().startswith("none"):
        return ()
    strings = tuple(first or second for first, second in STRING.findall(value))
    return strings[: len(strings) // 2 * 2] or usual
