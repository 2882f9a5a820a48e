"""The day that a page's own "on Friday" counts from, when the page gives one."""

from dataclasses import dataclass
from datetime import timedelta

from onrecord.article.calendar import day_of, find_years
from onrecord.article.dateline import find_dateline
from onrecord.article.dates import find_lead_weekday
from onrecord.article.posts import find_posts
from onrecord.article.tagger import find_times
from onrecord.types import Article, Known, Page

__all__ = ["Anchor", "find_anchor", "find_bound", "find_earliest"]

FIRST_YEAR, LAST_YEAR = 1995, 2035


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The day a page's time words count from: one day, or the days it could be when no year is known.

    Candidates are newest first. `where` tells in words what it was taken from: "published 2022-11-11",
    "dateline Nov 11". With `latest` it only bounds: the page was written on that day or before it, or, where
    there are candidates, hardly later than these. `updated`
    is the day on which the page says it was last changed, where that is a later one of the same week: its
    words may be of any day up to then. `posts` are those of a page that goes on over days: where each begins,
    and the day that its words count from, which may be open.
    """

    value: str | None
    candidates: tuple[str, ...] = ()
    known: Known | None = None
    where: str = ""
    latest: bool = False
    updated: str | None = None
    posts: tuple[tuple[int, "Anchor"], ...] = ()

    def at(self, place: int) -> "Anchor":
        """Return what the words at a place of the text count from: the post's day, or the page's."""
        before = [anchor for start, anchor in self.posts if start <= place]
        return before[-1] if before else self


def find_anchor(page: Page, article: Article, captured_at: str | None) -> Anchor | None:
    """Return the day that an article's time words count from; None when nothing on the page or outside tells.

    The article's own date comes first. A dateline without a year gives its candidates, unless the page names
    just one year that fits. A capture date alone only bounds: a page may be saved years after it was
    written.
    """
    if article.published is not None:
        value = article.published.value
        return Anchor(
            value=value,
            known=article.published.known,
            where=f"published {value}",
            updated=_changed_soon(value, article.updated.value if article.updated else None),
            posts=_find_posts(page, article),
        )
    if article.updated is not None:
        value = article.updated.value
        return Anchor(value=value, known="inferred", where=f"updated {value}")
    dateline = find_dateline(page.text, article.body)
    words = dateline.date if dateline else None
    if words is None or words.unit != "monthday":
        return None
    weekday = find_lead_weekday(page, words) if words.weekday is None else words.weekday
    captured = day_of(captured_at)
    days = find_years(
        words.number, words.day, weekday, first=FIRST_YEAR, last=captured.year if captured else LAST_YEAR
    )
    where = f"dateline {words.span.of(page.text)}"
    years = _years_named(page)
    named = [day for day in days if day[:4] in years]
    if len(named) == 1:
        return Anchor(
            value=named[0], known="inferred", where=f"{where}, the year {named[0][:4]} named on the page"
        )
    return Anchor(value=None, candidates=tuple(days), where=where) if days else None


def _find_posts(page: Page, article: Article) -> tuple[tuple[int, Anchor], ...]:
    return tuple(
        (
            post.start,
            Anchor(value=post.day, known="printed", where=f"posted {post.day}")
            if post.day
            else Anchor(value=None, where="a post without a day, on a page of several days"),
        )
        for post in find_posts(page, article)
    )


_WEEK = 7


def _changed_soon(published: str, updated: str | None) -> str | None:
    """Return the day of an update that is not the day of publication, and less than a week after it."""
    first, last = day_of(published), day_of(updated)
    if first is None or last is None or not 0 < (last - first).days < _WEEK:
        return None
    return last.isoformat()


def find_bound(captured_at: str | None) -> Anchor | None:
    """Return the day on which a page was saved, for pages that tell no day at all.

    Only a weekday or a day without a year may count from it, as the latest that fits: "on Friday" is the last
    one before the page was saved. It is inferred, and says from what.
    """
    day = day_of(captured_at)
    if day is None:
        return None
    where = f"captured {day.isoformat()}, the latest that fits"
    return Anchor(value=day.isoformat(), known="inferred", where=where, latest=True)


SOON = 6  # weeks; of pages that print a day, 10 in 13 were written so soon after the latest of them


def find_earliest(page: Page) -> Anchor | None:
    """Return the days from the latest that an article prints, for pages that tell nothing else of when they
    were written.

    A weekday that counts from them stays open, between one day of each week: "on Thursday" of a page that
    prints "13 November 2022" is one of the Thursdays after it.
    """
    days = (
        day
        for block in page.blocks
        if block.role in _OF_THE_ARTICLE
        for words in find_times(page.text, start=block.span.start, end=block.span.end)
        if (day := day_of(words.value)) is not None and FIRST_YEAR <= day.year <= LAST_YEAR
    )
    latest = max(days, default=None)
    if latest is None:
        return None
    candidates = [(latest + timedelta(days=after)).isoformat() for after in range(SOON * 7)]
    where = f"{latest.isoformat()}, the latest day that the page prints; {SOON} weeks from then, or later"
    return Anchor(value=None, candidates=tuple(reversed(candidates)), where=where, latest=True)


_OF_THE_ARTICLE = frozenset({"headline", "standfirst", "subhead", "paragraph", "caption"})


def _years_named(page: Page) -> set[str]:
    return {
        words.value[:4]
        for block in page.blocks
        for words in find_times(page.text, start=block.span.start, end=block.span.end)
        if words.value and words.value[:4].isdigit()
    }
