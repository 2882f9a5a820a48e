"""The posts of a live blog: what is told over days under one headline, each post with its own time.

"Today" in a post of Tuesday is Tuesday, whenever the page was opened. Of a post that gives only a time of
day, on a page that goes on over days, nobody can tell which day is meant: it stays open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.article.calendar import day_of, is_iso_prefix
from onrecord.article.json_ld import Node, node_date, node_text, read_nodes
from onrecord.article.machine_dates import normal_date
from onrecord.article.printed import find_day, find_printed_dates
from onrecord.article.tagger import find_times
from onrecord.types import Article, Block, Page, Span

__all__ = ["Post", "find_posts"]

FEWEST = 2
FEWEST_UNTOLD = 3
"""A page that machines are not told to be a live blog has so many times of day on lines of their own."""

MOST_HEAD = 60
_CLOCK = re.compile(
    r"\W*(?:(?:at|um|à|kl\.?)\s+)?(?P<hour>\d{1,2})\s?[:.h]\s?(?P<minute>[0-5]\d)(?::[0-5]\d)?\s*"
    r"(?P<half>[ap]\.?\s?m\b\.?)?\s*(?:uhr\b|[A-Z]{2,4}\b)?\W*",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:.h](?P<minute>[0-5]\d)(?!\d)\s*(?P<half>[ap]\.?\s?m\b\.?)?", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where a post begins, and its day; None where the page leaves it open."""

    start: int
    day: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    start: int
    day: str | None
    minutes: int | None


def find_posts(page: Page, article: Article) -> tuple[Post, ...]:
    """Return the posts of a page that goes on over days; () for any other page."""
    published = article.published.value[:10] if article.published else None
    told = [script for script in page.head.json_ld if "LiveBlogPosting" in script]
    heads = list(_find_heads(page, _updates(told), published))
    if len(heads) < (FEWEST if told else FEWEST_UNTOLD):
        return ()
    updated = article.updated.value[:10] if article.updated else None
    days = {day for day in (published, updated, *(head.day for head in heads)) if day}
    if len(days) < 2 and not _turns(heads):
        return ()
    return tuple(Post(start=head.start, day=head.day) for head in heads)


def _turns(heads: Sequence[_Head]) -> bool:
    """Tell whether times of day go both up and down, as they do only over midnight."""
    clocks = [head.minutes for head in heads if head.minutes is not None]
    return any(a < b for a, b in pairwise(clocks)) and any(a > b for a, b in pairwise(clocks))


def _updates(scripts: Sequence[str]) -> dict[str, str]:
    """Return the days of the posts that machines are told of, by what each post opens with."""
    days: dict[str, str] = {}
    for node in read_nodes(scripts) if scripts else ():
        posts = node.get("liveBlogUpdate")
        for post in posts if isinstance(posts, list) else [posts]:
            if not isinstance(post, dict):
                continue
            value = node_date(post.get("datePublished"))
            if value and len(value) >= 10:
                days |= dict.fromkeys(_openings(post), value[:10])
    return days


def _openings(post: Node) -> Iterator[str]:
    for key in ("headline", "name", "articleBody"):
        bare = _bare((node_text(post.get(key)) or "")[: 2 * MOST_HEAD])[:MOST_HEAD]
        if len(bare) > 8:
            yield bare


def _find_heads(page: Page, told: dict[str, str], published: str | None) -> Iterator[_Head]:
    """Yield the lines at which posts begin: a time of day, with its day or without, or a title that machines
    are told."""
    current: str | None = None
    below = False
    for block in page.blocks:
        if block.role == "headline":
            below = True
            continue
        if not below or block.role in ("comment", "related", "menu", "advert", "newsletter"):
            continue
        words = block.span.of(page.text)[: 2 * MOST_HEAD]
        day = told.get(_bare(words)[:MOST_HEAD]) if told else None
        if day:
            yield _Head(start=block.span.start, day=day, minutes=None)
        elif block.span.end - block.span.start <= MOST_HEAD and any(c.isdigit() for c in words):
            if clock := _CLOCK.fullmatch(words):
                yield _Head(
                    start=block.span.start,
                    day=_machine_day(page, block) or current,
                    minutes=_minutes(clock),
                )
            elif (day := _machine_day(page, block) or _printed_day(page, block, published)) is not None:
                clock = _BEFORE.search(words)
                current = day if clock is None else current
                yield _Head(start=block.span.start, day=day, minutes=_minutes(clock) if clock else None)


def _machine_day(page: Page, block: Block) -> str | None:
    for value, span in page.head.times:
        if span is not None and block.span.start <= span.start and span.end <= block.span.end:
            iso = normal_date(value)
            return iso[:10] if iso and len(iso) >= 10 else None
    return None


def _printed_day(page: Page, block: Block, published: str | None) -> str | None:
    """Return the day that a short line prints and little else; one without a year is of the page's year."""
    start, end = block.span
    for date in find_printed_dates(page.text, start=start, end=end, language=page.head.language):
        return date.value[:10] if _is_most(date.span, block.span) else None
    words = next(find_times(page.text, start=start, end=end), None) or find_day(page.text, block.span)
    if words is None or words.unit != "monthday" or published is None or not _is_most(words.span, block.span):
        return None
    value = f"{published[:4]}-{words.number:02d}-{words.day:02d}"
    return value if is_iso_prefix(value) and day_of(value) else None


def _is_most(inner: Span, outer: Span) -> bool:
    return 2 * (inner.end - inner.start) > outer.end - outer.start


def _minutes(clock: re.Match[str]) -> int:
    hour = int(clock["hour"])
    if clock["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    return 60 * hour + int(clock["minute"])


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))
