"""Finding words fast. All of SQLite's FTS5 is here; another database is asked the same with LIKE.

The tables hold no text of their own: `entries_words` keeps only the index, `pages_words` points at `pages`.
What a user types is data: every word is quoted, so that no word can be an operator.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, and_, bindparam, false, func, select, text

from onrecord.ledger.schema import entries, pages
from onrecord.people.fold import words_of
from onrecord.unseen import has_unseen, strip_unseen

__all__ = [
    "catch_up",
    "cut_phrases",
    "defer",
    "entries_with",
    "fulltext_behind",
    "index_entries",
    "index_page",
    "pages_of_word",
    "pages_with",
    "rarest",
    "reindex_entry",
]


_SIGNS = [chr(code) for code in range(0x10000) if has_unseen(chr(code))]


def _plain(column: str) -> str:
    """Return the SQL for a column without what nobody sees in words."""
    for sign in _SIGNS:
        column = f"replace({column}, char({ord(sign)}), '')"
    return column


# The words of a JSON list without its marks; of a refused comment the words of refusing.
_CONTENT = "coalesce((SELECT group_concat(value, ' ') FROM json_each(content)), cue)"
_INDEX_ENTRIES = (
    "INSERT INTO entries_words (rowid, content, source, speaker) "
    f"SELECT n, {_plain(_CONTENT)}, {_plain('source')}, speaker_name FROM entries"
)
_INDEX_PAGES = (
    f"INSERT INTO pages_words (rowid, text, headline) SELECT n, {_plain('text')}, headline FROM pages"
)

_Indexed = tuple[str | None, str | None, str | None]

_OFTEN = text("SELECT doc FROM pages_vocabulary WHERE term = :word")
_MOST_OF_WORD = 3000


def index_page(connection: Connection, n: int, words: str, headline: str | None) -> None:
    """Put a page into the text index, unless a bulk load makes it anew at the end."""
    if _is_ready(connection):
        connection.exec_driver_sql(
            "INSERT INTO pages_words (rowid, text, headline) VALUES (?, ?, ?)",
            (n, strip_unseen(words), headline),
        )


def index_entries(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put the rows of entries into the text index, unless a bulk load makes it anew at the end."""
    if rows and _is_ready(connection):
        connection.exec_driver_sql(
            f"{_INDEX_ENTRIES} WHERE n >= ? ORDER BY n", (min(row["n"] for row in rows),)
        )


def reindex_entry(connection: Connection, n: int, before: _Indexed, now: _Indexed) -> None:
    """Put an entry into the text index as it is now, in place of what stood there: (content, source, who).

    The index keeps no text, so it must be told what to forget.
    """
    if before == now or not _is_ready(connection):
        return
    forget = (
        "INSERT INTO entries_words (entries_words, rowid, content, source, speaker) "
        "VALUES ('delete', ?, ?, ?, ?)"
    )
    before, now = _plain_of(before), _plain_of(now)
    connection.exec_driver_sql(forget, (n, *before))
    connection.exec_driver_sql(
        "INSERT INTO entries_words (rowid, content, source, speaker) VALUES (?, ?, ?, ?)", (n, *now)
    )


def _plain_of(indexed: _Indexed) -> _Indexed:
    content, source, who = (words and strip_unseen(words) for words in indexed)
    return content, source, who


def defer(connection: Connection) -> None:
    """Note in the database that its text index is behind: a crash before `catch_up` is not forgotten."""
    if _has_fts(connection):
        connection.exec_driver_sql("PRAGMA user_version = 1")


def fulltext_behind(connection: Connection) -> bool:
    """Say whether the text index misses rows (a bulk load is going on, or was cut short)."""
    return _has_fts(connection) and connection.exec_driver_sql("PRAGMA user_version").scalar() == 1


def catch_up(connection: Connection) -> None:
    """Make the text index anew when a bulk load left it behind."""
    if not fulltext_behind(connection):
        return
    connection.exec_driver_sql("INSERT INTO pages_words (pages_words) VALUES ('delete-all')")
    connection.exec_driver_sql(f"{_INDEX_PAGES} ORDER BY n")
    connection.exec_driver_sql("INSERT INTO entries_words (entries_words) VALUES ('delete-all')")
    connection.exec_driver_sql(f"{_INDEX_ENTRIES} ORDER BY n")
    connection.exec_driver_sql("PRAGMA user_version = 0")


def entries_with(connection: Connection, asked: str, *, content_only: bool = False) -> ColumnElement[bool]:
    """Return the condition that an entry holds all these words; words in double quotes stand side by side."""
    phrases = cut_phrases(asked)
    if _is_ready(connection):
        return _match("entries.n", "entries_words", "content" if content_only else None, phrases)
    columns = (
        [entries.c.content] if content_only else [entries.c.content, entries.c.source, entries.c.speaker_name]
    )
    return _like(columns, phrases)


def pages_with(connection: Connection, asked: str, *, in_headline: bool = False) -> ColumnElement[bool]:
    """Return the condition that a page's text (or its headline) holds all these words."""
    phrases = cut_phrases(asked)
    if _is_ready(connection):
        return _match("pages.n", "pages_words", "headline" if in_headline else "text", phrases)
    return _like([pages.c.headline if in_headline else pages.c.text], phrases)


def rarest(connection: Connection, words: Iterable[str]) -> list[tuple[str, int]]:
    """Return words with the number of pages that have each, the rarest first, those on no page left out."""
    distinct = sorted(set(words))
    if not _is_ready(connection):
        # Long words are rare words, near enough.
        return [(word, 1) for word in sorted(distinct, key=len, reverse=True)]
    found = ((word, connection.execute(_OFTEN, {"word": word}).scalar()) for word in distinct)
    return sorted(((word, int(often)) for word, often in found if often), key=lambda pair: pair[1])


def pages_of_word(connection: Connection, word: str) -> list[int]:
    """Return the numbers of pages that have a word, the first few thousand of them."""
    query = select(pages.c.n).where(pages_with(connection, word)).limit(_MOST_OF_WORD)
    return [int(n) for n in connection.execute(query).scalars()]


def cut_phrases(asked: str) -> list[str]:
    """Cut what was asked into phrases: each word alone, and what stands in double quotes as one."""
    parts = re.split(r'["“”„«»]', strip_unseen(asked))
    phrases = [word for part in parts[::2] for word in part.split()] + parts[1::2]
    return [phrase for phrase in phrases if words_of(phrase)]


def _match(number: str, table: str, only: str | None, phrases: Sequence[str]) -> ColumnElement[bool]:
    if not phrases:
        return false()  # FTS5 would call an empty question a mistake in the query.
    quoted = " ".join(
        '"' + "".join(c if c.isprintable() else " " for c in phrase) + '"' for phrase in phrases
    )
    asked = f"{only} : ({quoted})" if only else quoted
    condition = text(f"{number} IN (SELECT rowid FROM {table} WHERE {table} MATCH :asked)")
    return cast(ColumnElement[bool], condition.bindparams(bindparam("asked", asked, unique=True)))


def _like(columns: Sequence[ColumnElement[Any]], phrases: Sequence[str]) -> ColumnElement[bool]:
    """The same question without a text index: slower, and accents count."""
    if not phrases:
        return false()
    together: ColumnElement[str] = func.coalesce(columns[0], "")
    for more in columns[1:]:
        together = together + " " + func.coalesce(more, "")
    return and_(
        *(func.lower(together).contains(phrase.strip().lower(), autoescape=True) for phrase in phrases)
    )


def _is_ready(connection: Connection) -> bool:
    return _has_fts(connection) and not fulltext_behind(connection)


def _has_fts(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
