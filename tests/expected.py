"""What a careful reader records from the made-up pages, and how a reading of ours is set beside it.

A page's expectation is the `.json` of its name: in `tests/pages/` beside the page, in `tests/pages/demo/` for
the pages of the demo. It was written by hand from the page, never from the program's output. Keys that are
absent are not compared.

    headline, outlet, section, authors, published, updated, place, filed, agency, credit, language, uri,
    captured_at
        dates are prefixes; null says that the page does not tell
    roles             [first words of a line, [roles that a reader may give it]]
    statements        every act of saying; `must`: no reader would leave it out; `..._or`: as good
    not_statements    words that are in the page and no statement, or no statement of this article
    missed            what we do not get right yet, with the reason: {"outlet": "...", "statement 3": "..."}
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.capture import read_captures
from onrecord.reading import read
from onrecord.types import Capture, Reading, Statement

PAGES = Path(__file__).parent / "pages"
DEMO = Path(__file__).parent.parent / "src" / "onrecord" / "data" / "demo"
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One page and what is to be recorded from it."""

    page: Path
    wanted: dict[str, Any]

    @property
    def name(self) -> str:
        return self.page.stem

    @property
    def missed(self) -> dict[str, str]:
        found: dict[str, str] = self.wanted.get("missed", {})
        return found


def find_expected() -> Iterator[Expected]:
    """Yield every page that has an expectation."""
    for folder, notes in ((DEMO, PAGES / "demo"), (PAGES, PAGES)):
        for page in sorted(folder.iterdir()):
            note = notes / f"{page.stem}.json"
            if page != note and note.is_file():
                yield Expected(page=page, wanted=json.loads(note.read_text(encoding="utf-8")))


@cache
def reading_of(page: Path) -> tuple[Capture, Reading]:
    """Return the capture of a page and its reading; each page is read once for all tests."""
    (capture,) = read_captures(page)
    assert isinstance(capture, Capture), capture
    return capture, read(capture)


def words_of(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def likeness(a: str, b: str) -> float:
    """Return the Dice coefficient of the words of two texts; two texts without words are alike."""
    first, second = Counter(words_of(a)), Counter(words_of(b))
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 1.0


def content_of(statement: Statement, text: str) -> str:
    return " ".join(span.of(text) for span in statement.content)


def pair_statements(expected: Expected, reading: Reading) -> dict[int, Statement]:
    """Pair wanted statements with found ones, best likeness of content first, .5 at least.

    The keys are places in the list of wanted ones. A refused comment may have no content of its own: it pairs
    with a refusal of the same speaker.
    """
    text = reading.page.text
    scored = []
    for number, wanted in enumerate(expected.wanted["statements"]):
        for place, found in enumerate(reading.statements):
            score = likeness(wanted["content"], content_of(found, text))
            if wanted.get("kind") == found.kind == "no-comment" and not wanted["content"]:
                score = max(score, 0.75 * (name_matches(wanted, found)))
            if score >= 0.5:
                # Of two with the same words (a remark and its headline) the right speaker's comes first.
                scored.append((score + 0.01 * name_matches(wanted, found), -number, -place))
    pairs: dict[int, Statement] = {}
    used = set[int]()
    for _, number, place in sorted(scored, reverse=True):
        if -number not in pairs and -place not in used:
            pairs[-number] = reading.statements[-place]
            used.add(-place)
    return pairs


def name_matches(wanted: dict[str, Any], found: Statement) -> bool:
    """Tell whether the speaker is the one wanted; articles and case of the first letter do not matter."""
    names = [wanted["speaker"], *wanted.get("speaker_or", [])]
    name = found.speaker.name if found.speaker else None
    return bare(name) in [bare(one) for one in names]


def bare(name: str | None) -> str | None:
    return None if name is None else re.sub(r"^(the|a|an|its|their) ", "", name.casefold())


def find_wrongs(wanted: dict[str, Any], found: Statement, text: str) -> Iterator[str]:
    """Yield what a found statement has wrong, in words."""
    if not name_matches(wanted, found):
        yield f"speaker {found.speaker.name if found.speaker else None!r}, not {wanted['speaker']!r}"
    if "kind" in wanted and found.kind != wanted["kind"]:
        yield f"kind {found.kind}, not {wanted['kind']}"
    if wanted.get("polarity", "said") not in (None, found.polarity):
        yield f"polarity {found.polarity}"
    if "via" in wanted and [bare(relay.name) for relay in found.via] != [bare(v) for v in wanted["via"]]:
        yield f"via {[relay.name for relay in found.via]}, not {wanted['via']}"
    days = [wanted["said_on"], *wanted.get("said_on_or", [])] if "said_on" in wanted else []
    if days and (found.said_on.value if found.said_on else None) not in days:
        yield f"said_on {found.said_on and found.said_on.value}, not {wanted['said_on']}"
    if wanted.get("kind") == "direct" and words_of(content_of(found, text)) != words_of(wanted["content"]):
        yield f"the words {content_of(found, text)!r}, not {wanted['content']!r}"
