"""Stories: which articles are about one event.

Words weighed by TF-IDF say how alike two articles are, what they name keeps look-alikes apart, and a time
window the same people's next event (`likeness`). Groups are then joined from the most alike on, by the mean
likeness of all their pairs (`average_link`), so that one article in between can't chain two events together.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.across.average_link import join_alike
from onrecord.across.likeness import compare_sketches, make_sketch
from onrecord.across.settle import read_day
from onrecord.across.weights import count_words
from onrecord.across.words import find_names, find_words

__all__ = ["StoryArticle", "group_stories"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """What the grouping needs of an article. `days` are the days on which it may have been published: one
    when that is known, several when the page leaves them open, none when nothing is known. `copy_of` names
    the article it reprints.
    """

    id: str
    headline: str | None
    text: str
    days: tuple[str, ...] = ()
    copy_of: str | None = None


def group_stories(articles: Iterable[StoryArticle]) -> dict[str, str]:
    """Name for every article its story, by the id of the story's first article. The order they come in
    doesn't matter.
    """
    known = sorted(articles, key=lambda one: (min(one.days, default="9999"), one.id))
    names = [one.id for one in known]
    days = {one.id: [day for day in map(read_day, one.days) if day] for one in known}
    sketches = [
        make_sketch(count_words(one.headline, find_words(one.text)), find_names(one.text), days[one.id])
        for one in known
    ]
    likeness = {(names[a], names[b]): value for a, b, value in compare_sketches(sketches)}
    copies = {one.id: one.copy_of for one in known if one.copy_of in days}
    dated = {id: some[0].toordinal() for id, some in days.items() if len(some) == 1}
    groups = join_alike(names, likeness, copies, dated).groups
    return {name: group[0] for group in groups for name in group}
