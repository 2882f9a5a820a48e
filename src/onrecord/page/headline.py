"""Which line of an HTML page is its headline."""

import re
from collections.abc import Sequence

from onrecord.page.place import HEADINGS, OUTSIDE, Place

__all__ = ["find_headline"]

WORD = re.compile(r"\w+")
MAX_WORDS = 60
# Below this nothing but its looks speaks for a line.
LEAST = 0.5
# A headline stands above the text.
EARLY = 0.6
# A line that agrees so well with what the page calls itself is its headline, even in a header or a footer.
WHOLE = 1.0
# Under a page's only h1, other headings share words with its title because they are its chapters.
UNDER = 0.5


def find_headline(place: Place, titles: Sequence[str]) -> int | None:
    """Find the one headline: the heading that agrees with what the page calls itself."""
    known = [(title, set(WORD.findall(title))) for title in {title.lower(): None for title in titles}]
    headings = [at for at, marks in enumerate(place.marks) if "h1" in marks]
    # Pages print their headline twice, for wide screens and narrow ones: it is one headline all the same.
    sole = headings if len({place.lines[at] for at in headings}) == 1 else []
    first = find_first(place)
    best, best_score = None, LEAST
    for at in range(len(place.lines)):
        look = rate_looks(place, at, sole=at in sole)
        if look <= 0.0:
            continue
        agrees = max((match_title(place.lines[at], *title) for title in known), default=0.0)
        if place.marks[at] & OUTSIDE:
            look -= 0.3 if at in sole or (agrees >= WHOLE and look >= 0.8) else 1.0
            if look <= 0.0:
                continue
        if sole and at not in sole and "headline" not in place.marks[at]:
            agrees *= UNDER
        where = (EARLY if at < first else 0.0) + (0.2 if place.inside[at] else 0.0)
        score = look + where + agrees
        if score > best_score:
            best, best_score = at, score
    return best


def find_first(place: Place) -> int:
    """Return the first line of running text in the article's container."""
    solid = (at for at, look in enumerate(place.looks) if place.inside[at] and look.prose > 0.6)
    return next(solid, len(place.lines))


def rate_looks(place: Place, at: int, *, sole: bool) -> float:
    """Rate what makes a line a heading: its tag, its name, its bold letters; 0 where it can't be one."""
    marks, look = place.marks[at], place.looks[at]
    if look.words > MAX_WORDS or "://" in place.lines[at]:
        return 0.0
    if place.linked[at] > 0.9 and "h1" not in marks:
        return 0.0
    score = (
        1.0 if "h1" in marks else 0.8 if "headline" in marks else 0.4 if place.tags[at] in HEADINGS else 0.0
    )
    score += 0.3 if sole else 0.0
    return score + (0.3 if place.bold[at] > 0.8 else 0.0)


def match_title(line: str, title: str, words: set[str]) -> float:
    """Tell how well a line agrees with what the page calls itself: most of it stands there."""
    line = line.lower()
    mine = set(WORD.findall(line))
    if len(mine) < 3 or len(words) < 3:
        # A language without spaces has few words: then one must stand in the other.
        held = min(len(line), len(title)) > 5 and (line in title or title in line)
        return 0.5 + min(len(line), len(title)) / max(len(line), len(title)) if held else 0.0
    shared = len(mine & words)
    return 0.5 + shared / len(words) if shared > 0.65 * len(mine) else 0.0
