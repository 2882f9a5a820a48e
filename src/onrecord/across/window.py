"""The window: the pages beside which new pages are put, as word counts and days, never all pages of a
ledger.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from sys import intern

from sqlalchemy import Connection

from onrecord.across.settle import read_day
from onrecord.across.stories import DAYS
from onrecord.across.weights import count_words, keep_telling
from onrecord.across.words import find_names, find_words
from onrecord.article import find_anchor
from onrecord.ledger.links import LinkPage, pages_by_id, recent_pages
from onrecord.types import Page

__all__ = ["KnownPage", "Window", "know_page"]

MOST_PAGES = 3_000  # of known, and as many of unknown day: what bounds the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """What the grouping needs of a page. `days` are those on which it may have been published: one when its
    page tells, several when the page leaves them open, none when nothing is known.
    """

    id: str
    words: Mapping[str, int]
    names: frozenset[str]
    days: tuple[str, ...]
    age: tuple[str, str, str]


class Window:
    """The pages at hand, kept from one batch to the next so that each is read once."""

    def __init__(self) -> None:
        self.pages: dict[str, KnownPage] = {}

    def move(self, connection: Connection, coming: Sequence[KnownPage]) -> None:
        """Take the new pages in, with the linked pages around their days, and let go of the rest."""
        days = sorted(
            day for page in coming for day in map(read_day, page.days) if day and len(page.days) == 1
        )
        since, until = (_shift(days[0], -DAYS), _shift(days[-1], DAYS)) if days else (None, None)
        before = self.pages
        self.pages = {id: page for id, page in before.items() if _is_inside(page, since, until)}
        around = recent_pages(connection, since, until, limit=MOST_PAGES)
        missing = around.keys() - self.pages.keys()
        # What only dates its last change comes back with every batch: its words are here already.
        again = {id for id in missing if id in before and before[id].age[0] == (around[id] or "9999")}
        self.take(before[id] for id in sorted(again))
        self.take(know_page(page) for page in pages_by_id(connection, missing - again))
        self.take(coming)

    def take(self, pages: Iterable[KnownPage]) -> None:
        """Take pages in."""
        self.pages.update((page.id, page) for page in pages)


def know_page(page: LinkPage, found: Sequence[str] | None = None) -> KnownPage:
    """Return what the grouping needs of a page; `found` are the words of its paragraphs, where at hand."""
    found = find_words(page.text, page.paragraphs) if found is None else found
    words = keep_telling(count_words(page.headline, found))
    return KnownPage(
        id=page.id,
        words={intern(word): count for word, count in words.items()},
        names=frozenset(map(intern, find_names(page.text, page.paragraphs))),
        days=find_days(page),
        age=(page.published or "9999", page.captured_at or "9999", page.id),
    )


def find_days(page: LinkPage) -> tuple[str, ...]:
    """Return the days on which a page may have been published, by what the page itself says."""
    whole = Page(payload_digest="", text=page.text, text_version="", blocks=page.blocks)
    anchor = find_anchor(whole, page.article, page.captured_at)
    if anchor is None:
        return ()
    return tuple(day for day in ((anchor.value,) if anchor.value else anchor.candidates) if read_day(day))


def _shift(day: date, days: int) -> str:
    return (day + timedelta(days)).isoformat()


def _is_inside(page: KnownPage, since: str | None, until: str | None) -> bool:
    if len(page.days) != 1 or since is None or until is None:
        return True
    return since <= page.days[0][:10] <= until
