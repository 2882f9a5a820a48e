"""The window: what new pages are put beside, those from around their days, never all pages of a ledger."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from onrecord.across.likeness import DAYS, compare_sketches, make_sketch, pack_sketch, unpack_sketch
from onrecord.across.settle import read_day
from onrecord.across.weights import count_words
from onrecord.across.words import find_names, find_words
from onrecord.article import find_anchor
from onrecord.ledger.links import LinkPage
from onrecord.ledger.neighbours import SketchRow, pages_beside, save_pairs, save_sketches
from onrecord.types import Page

__all__ = ["find_days", "link_likes", "own_day", "sketch_page"]

MOST_UNDATED = 3_000  # pages of unknown day that a page of unknown day is compared with


def sketch_page(page: LinkPage, found: Sequence[str] | None = None) -> SketchRow:
    """Return what is kept of a page to compare it; `found` are the words of its paragraphs, where at hand."""
    found = find_words(page.text, page.paragraphs) if found is None else found
    days = [day for day in map(read_day, find_days(page)) if day]
    sketch = make_sketch(count_words(page.headline, found), find_names(page.text, page.paragraphs), days)
    # By what the page says itself: the day that a story settles must not make another story.
    age = f"{own_day(page) or '9999'} {page.captured_at or '9999'} {page.id}"
    loose = own_day(page) is None or page.credit is not None
    return SketchRow(page=page.id, age=age, days=sketch.days, loose=loose, sketch=pack_sketch(sketch))


def link_likes(connection: Connection, rows: Iterable[SketchRow]) -> None:
    """Keep these pages' sketches, and how alike they are to one another and to those around their days."""
    rows = list(rows)
    save_sketches(connection, rows)
    days = {day + step for row in rows for day in row.days for step in range(-DAYS, DAYS + 1)}
    undated = any(not row.days for row in rows)
    beside = pages_beside(connection, days, undated=undated, limit=MOST_UNDATED)
    beside |= {row.page: row.sketch for row in rows}
    names = sorted(beside)
    sketches = [unpack_sketch(beside[name]) for name in names]
    new = {row.page for row in rows}
    found = compare_sketches(sketches, {at for at, name in enumerate(names) if name in new})
    # A page of unknown day is beside dated ones only as a copy: there may be any number of them.
    pairs = {
        (names[a], names[b]): value
        for a, b, value in found
        if bool(sketches[a].days) == bool(sketches[b].days)
    }
    save_pairs(connection, pairs)


def own_day(page: LinkPage) -> str | None:
    """Return the day on which a page says it was published."""
    return page.article.published.value if page.article.published else None


def find_days(page: LinkPage) -> tuple[str, ...]:
    """Return the days on which a page may have been published, by what the page itself says."""
    whole = Page(payload_digest="", text=page.text, text_version="", blocks=page.blocks)
    anchor = find_anchor(whole, page.article, page.captured_at)
    if anchor is None:
        return ()
    return tuple(day for day in ((anchor.value,) if anchor.value else anchor.candidates) if read_day(day))
