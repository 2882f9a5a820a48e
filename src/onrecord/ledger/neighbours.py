"""Which pages lie near each other, kept: what of a page is compared, its days, and how alike two pages are.

Every function works on a connection that the caller opened. Pages are numbers inside, since there are
many pairs of them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.ledger.rows import to_json

__all__ = [
    "SketchRow",
    "ages_of",
    "known_days",
    "links_of",
    "loose_pages",
    "pages_beside",
    "relinked",
    "save_pairs",
    "save_sketches",
]

_NUMBERS = "(SELECT n FROM pages WHERE id IN (SELECT value FROM json_each(?)))"
_DROP = (
    f"DELETE FROM story_links WHERE other IN {_NUMBERS} "
    f"AND n IN (SELECT other FROM story_links WHERE n IN {_NUMBERS})",
    f"DELETE FROM story_links WHERE n IN {_NUMBERS}",
    f"DELETE FROM story_days WHERE n IN {_NUMBERS}",
)
_NEW = (
    "INSERT OR REPLACE INTO story_sketches (n, age, day, loose, sketch) "
    "SELECT n, ?, ?, ?, ? FROM pages WHERE id = ?"
)
_NEW_DAY = "INSERT OR IGNORE INTO story_days (day, n) SELECT ?, n FROM pages WHERE id = ?"
_PAIR = (
    "INSERT OR REPLACE INTO story_links (n, other, value) "
    "SELECT one.n, two.n, ? FROM pages one, pages two WHERE one.id = ? AND two.id = ?"
)
_BESIDE = (
    "SELECT p.id, s.sketch FROM story_sketches s JOIN pages p ON p.n = s.n WHERE s.n IN "
    "(SELECT n FROM story_days WHERE day IN (SELECT value FROM json_each(?)) {}) ORDER BY p.id"
)
# Of pages of which no day is known there may be any number: so many are compared, the first in the ledger.
_UNDATED = "UNION SELECT n FROM (SELECT n FROM story_days WHERE day = 0 ORDER BY n LIMIT {})"
_LINKS = (
    "SELECT p.id, o.id, l.value FROM pages p JOIN story_links l ON l.n = p.n JOIN pages o ON o.n = l.other "
    "WHERE p.id IN (SELECT value FROM json_each(?))"
)
_AGES = (
    "SELECT p.id, s.age FROM pages p JOIN story_sketches s ON s.n = p.n "
    "WHERE p.id IN (SELECT value FROM json_each(?))"
)
_DAYS = (
    "SELECT p.id, s.day FROM pages p JOIN story_sketches s ON s.n = p.n "
    "WHERE p.id IN (SELECT value FROM json_each(?)) AND s.day IS NOT NULL"
)
_LOOSE = (
    "SELECT p.id FROM pages p JOIN story_sketches s ON s.n = p.n "
    "WHERE p.id IN (SELECT value FROM json_each(?)) AND s.loose"
)
_AGAIN = "SELECT p.id FROM pages p JOIN story_sketches s ON s.n = p.n WHERE p.linked = 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchRow:
    """What is kept of a page: `age` orders pages, `days` are those on which it may have been published.
    `loose` is one whose age does not settle whom it can reprint: it tells no day, or whose copy it is."""

    page: str
    age: str
    days: tuple[int, ...]
    loose: bool
    sketch: bytes


def save_sketches(connection: Connection, rows: Iterable[SketchRow]) -> None:
    """Keep these in place of what there was of their pages; their pairs go."""
    rows = list(rows)
    asked = to_json(sorted(row.page for row in rows))
    for drop in _DROP:
        connection.exec_driver_sql(drop, (asked,) * drop.count("?"))
    new = [
        (row.age, row.days[0] if len(row.days) == 1 else None, int(row.loose), row.sketch, row.page)
        for row in rows
    ]
    days = [(day, row.page) for row in rows for day in row.days or (0,)]
    if new:
        connection.exec_driver_sql(_NEW, new)
        connection.exec_driver_sql(_NEW_DAY, days)


def pages_beside(
    connection: Connection, days: Collection[int], *, undated: bool, limit: int
) -> dict[str, bytes]:
    """Return what is compared of the pages that may be from one of these days; with `undated` of so many of
    unknown day too."""
    query = _BESIDE.format(_UNDATED.format(int(limit)) if undated else "")
    return {row[0]: row[1] for row in connection.exec_driver_sql(query, (to_json(sorted(days)),))}


def save_pairs(connection: Connection, pairs: Mapping[tuple[str, str], int]) -> None:
    """Keep how alike two pages are, for each pair."""
    rows = [(value, a, b) for (one, other), value in pairs.items() for a, b in ((one, other), (other, one))]
    if rows:
        connection.exec_driver_sql(_PAIR, rows)


def links_of(connection: Connection, page_ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return for each of these pages how alike it is to all those that it is like at all."""
    found: dict[str, dict[str, int]] = {id: {} for id in sorted(set(page_ids))}
    for one, other, value in connection.exec_driver_sql(_LINKS, (to_json(list(found)),)).all():
        found[one][other] = value
    return found


def ages_of(connection: Connection, page_ids: Iterable[str]) -> dict[str, str]:
    """Return what these pages are ordered by: the older, the less."""
    asked = to_json(sorted(set(page_ids)))
    return {row[0]: row[1] for row in connection.exec_driver_sql(_AGES, (asked,))}


def loose_pages(connection: Connection, page_ids: Iterable[str]) -> set[str]:
    """Return those of these pages that are `loose`."""
    return {row[0] for row in connection.exec_driver_sql(_LOOSE, (to_json(sorted(set(page_ids))),))}


def known_days(connection: Connection, page_ids: Iterable[str]) -> dict[str, int]:
    """Return the day of each of these pages whose day is known, as a number."""
    asked = to_json(sorted(set(page_ids)))
    return {row[0]: row[1] for row in connection.exec_driver_sql(_DAYS, (asked,))}


def relinked(connection: Connection) -> set[str]:
    """Return the pages that wait to be linked and were linked before."""
    return {row[0] for row in connection.exec_driver_sql(_AGAIN)}
