"""What else a ledger has on the subject of a story: earlier and later stories, and pages in none.

A follow-up is another event with the same names: the trial after the fire. Its words need not be alike, or it
would be the same story; names that every page has ("Reuters") tell nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import log
from typing import Literal

from onrecord.across.subjects import list_subjects
from onrecord.ledger import Ledger, count, get_story
from onrecord.ledger.records import StoryRecord
from onrecord.ledger.related import Home, find_homes, find_pages_naming
from onrecord.ledger.texts import read_texts

__all__ = ["Related", "find_related"]

NAMES = 12  # of a story that are looked for: those that most of its pages have
SHARED = 3  # that another story or page must have of these
MOST_PAGES = 400  # a name that more pages have tells nothing
COMMON, FEW = 0.25, 40  # nor does one that this share of a ledger of more than FEW pages has
MOST = 12  # stories and pages shown
READ = 30  # pages of a story whose names are looked for

When = Literal["earlier", "later", "the same days", "not known"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another story on the subject, or a page that is in none (`home.story` is None): the `names` that it has
    in common, and `when` it is told, beside the story."""

    home: Home
    when: When
    names: tuple[str, ...]


def find_related(ledger: Ledger, story: str) -> list[Related]:
    """Return what else is on the subject of a story, what has the most telling names in common first."""
    record = get_story(ledger, story)
    own = {one.page.id: one.page for one in record.pages}
    texts = {one.page.id: one.text for one in read_texts(ledger, sorted(own)[:READ])}
    outlets = {page.outlet for page in own.values() if page.outlet}
    subjects = list_subjects(
        ((id, "", text) for id, text in texts.items()), without=outlets, most=NAMES, fewest=1
    )
    total = count(ledger).pages
    shared: dict[str, list[str]] = defaultdict(list)
    weights: dict[str, float] = defaultdict(float)
    for subject in subjects:
        having = find_pages_naming(ledger, subject.name, most=MOST_PAGES + 1)
        if len(having) > MOST_PAGES or (total > FEW and len(having) - len(own) > COMMON * total):
            continue
        for id in set(having) - own.keys():
            shared[id].append(subject.name)
            weights[id] += log((total + 1) / len(having))
    near = sorted((id for id in shared if len(shared[id]) >= SHARED), key=lambda id: (-weights[id], id))
    homes = find_homes(ledger, near[:MOST_PAGES])
    firsts: dict[str, str] = {}  # the page of each story that has most in common
    for id in near[:MOST_PAGES]:
        firsts.setdefault(homes[id].story or id, id)
    return [
        Related(home=homes[id], when=_find_when(record, homes[id]), names=tuple(shared[id]))
        for id in list(firsts.values())[:MOST]
    ]


def _find_when(story: StoryRecord, other: Home) -> When:
    if not (story.since and story.until and other.since and other.until):
        return "not known"
    if other.since[:10] > story.until[:10]:
        return "later"
    return "earlier" if other.until[:10] < story.since[:10] else "the same days"
