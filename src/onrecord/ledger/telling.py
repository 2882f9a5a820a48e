"""What people tell of a page: when it was published, by whom, where. It counts before what the page says.

As with statements, what the page says itself is kept beside (`pages.read`), and all that was told is carried
out upon it anew. The days of the page's statements are then found again in its text, from the day told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select, update

from onrecord.ledger.accounts import read_of
from onrecord.ledger.correcting import change_read
from onrecord.ledger.corrections import tell_who
from onrecord.ledger.digest import entry_id
from onrecord.ledger.records import ToldFact
from onrecord.ledger.reviews import Review, reviews_of_pages
from onrecord.ledger.rows import article_of, article_to_json, blocks_of, select_entries, storable, to_json
from onrecord.ledger.schema import captures, entries, pages
from onrecord.types import Article, Capture, Found, Known, Page, Span, Statement, When

__all__ = ["FACTS", "carry_out_told", "find_wrong_facts", "told_facts", "told_of"]

FACTS = ("published", "outlet", "authors", "uri", "captured_at")
"""What can be told of a page."""

_DATING = ("published", "uri", "captured_at")  # what the days of statements hang on


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A fact that somebody told, and who that was, in words."""

    value: str | tuple[str, ...]
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """The day of a statement as its page alone gives it."""

    said_on: str | None
    said_on_known: Known | None
    said_on_candidates: tuple[str, ...]
    said_on_anchor: str | None
    span: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _PageRead:
    """What a page says itself (its article, and the days of its statements), and what was told of it."""

    uri: str | None
    captured_at: str | None
    article: str
    told: Mapping[str, Told]
    days: Mapping[str, _Day] | None = None


_read = msgspec.json.Decoder(_PageRead)


def told_of(given: Iterable[Review]) -> dict[str, Told]:
    """Return what counts of all that was told of a page, oldest first: of each fact the newest.

    A fact told as None is as the page has it again.
    """
    found: dict[str, Told] = {}
    for review in given:
        for name, value in (review.change or {}).items():
            if value is None:
                found.pop(name, None)
            else:
                kept = tuple(value) if isinstance(value, list | tuple) else value
                found[name] = Told(value=kept, who=tell_who(review))
    return {name: found[name] for name in FACTS if name in found}


def told_facts(row: Row[Any]) -> tuple[ToldFact, ...]:
    """Return what was told of a page, from its row."""
    if not row.read:
        return ()
    read = _read.decode(row.read)
    itself = _itself(read)
    return tuple(
        ToldFact(
            fact=name,
            value=one.value if isinstance(one.value, str) else ", ".join(one.value),
            who=one.who,
            itself=itself[name],
        )
        for name, one in read.told.items()
    )


def _itself(read: _PageRead) -> dict[str, str | None]:
    """Return what a page says itself of all that can be told of it."""
    article = article_of(_Row(article=read.article))
    return {
        "published": article.published.value if article.published else None,
        "outlet": article.outlet.value if article.outlet else None,
        "authors": ", ".join(author.value for author in article.authors) or None,
        "uri": read.uri,
        "captured_at": read.captured_at,
    }


def carry_out_told(connection: Connection, page_ids: Iterable[str]) -> set[str]:
    """Let what was told hold for these pages; return those on which something changed."""
    return {id for id in sorted(set(page_ids)) if _carry_out(connection, id)}


def _carry_out(connection: Connection, page_id: str) -> bool:
    page = connection.execute(select(pages).where(pages.c.id == page_id)).one()
    told = told_of(reviews_of_pages(connection, [page.payload_digest], "tell"))
    before = _read.decode(page.read) if page.read else None
    if (before.told if before else {}) == told:
        return False
    read = before or _PageRead(
        uri=page.uri, captured_at=page.captured_at, article=page.article, told={}, days=None
    )
    days = read.days if read.days is not None else _days_read(connection, page_id)
    read = replace(read, told=told, days=days)
    values = _columns(connection, page, read)
    connection.execute(update(pages).where(pages.c.id == page_id).values(values))
    _date(connection, page, read, values)
    return True


def find_wrong_facts(connection: Connection, page: Row[Any]) -> Iterator[str]:
    """Yield in words where a page's row is not what the page says and what people told make it."""
    told = told_of(reviews_of_pages(connection, [page.payload_digest], "tell"))
    read = _read.decode(page.read) if page.read else None
    if read is None and not told:
        return
    if read is None or read.told != told:
        yield f"the page {page.id} does not have what people told of it: {', '.join(told) or 'nothing'}"
        return
    for name, expected in _columns(connection, page, read).items():
        if (kept := getattr(page, name)) != expected:
            yield (
                f"the column {name} of the page {page.id} is {kept!r}, but what it says itself and what was "
                f"told of it give {expected!r}"
            )


def _columns(connection: Connection, page: Row[Any], read: _PageRead) -> dict[str, Any]:
    """Return the columns of a page as they should be."""
    uri, captured_at = (_of_captures(connection, page.id, name) for name in ("uri", "captured_at"))
    told = read.told
    uri = _value(told, "uri") or read.uri or uri
    article = _tell(page, read, uri if "uri" in told else None)
    published = article.published
    values = {
        "uri": uri,
        "captured_at": _value(told, "captured_at") or read.captured_at or captured_at,
        "outlet": article.outlet.value if article.outlet else None,
        "authors": to_json([author.value for author in article.authors]),
        "article": article_to_json(article),
        "read": to_json(read) if told else None,
    }
    if published is not None or article_of(page).published is not None:
        # Else the page has the day that its story gave it, or none.
        values["published"] = published.value if published else None
        values["published_known"] = published.known if published else None
    return {name: storable(value) for name, value in values.items()}


def _of_captures(connection: Connection, page_id: str, name: str) -> str | None:
    column = captures.c[name]
    query = select(column).where(captures.c.page_id == page_id, column.is_not(None))
    return connection.execute(query.order_by(captures.c.id).limit(1)).scalar()


def _value(told: Mapping[str, Told], name: str) -> str | None:
    found = told.get(name)
    return found.value if found is not None and isinstance(found.value, str) else None


def _tell(page: Row[Any], read: _PageRead, uri: str | None) -> Article:
    """Return the article as it is with what was told. `uri` is an address that was told."""
    article = article_of(_Row(article=read.article))
    told = read.told
    found = {
        name: Found(value=value, known="outside", where=told[name].who)
        for name in ("published", "outlet")
        if (value := _value(told, name)) is not None
    }
    if uri is not None:
        found = _by_address(page, article, uri, told["uri"].who) | found
    changed: dict[str, Any] = dict(found)
    if "authors" in told:
        changed["authors"] = tuple(
            Found(value=name, known="outside", where=told["authors"].who) for name in told["authors"].value
        )
    if "published" in changed and article.filed is not None:
        changed["filed"] = _file(page, article, changed["published"])
    return replace(article, **changed)


def _by_address(page: Row[Any], article: Article, uri: str, who: str) -> dict[str, Found]:
    """Return what a told address tells of a page that doesn't say it: the outlet by its host, the day."""
    from onrecord.article.dates import find_published
    from onrecord.article.outlet import find_outlet

    plain, capture = _plain_page(page), _capture(page, uri)
    found = {
        "outlet": find_outlet(plain, capture, {}, ()) if article.outlet is None else None,
        "published": find_published(plain, capture, {}, (), None) if article.published is None else None,
    }
    return {
        name: replace(value, where=f"{value.where}, {who}")
        for name, value in found.items()
        if value is not None
    }


def _file(page: Row[Any], article: Article, published: Found) -> Found | None:
    from onrecord.article import find_dateline
    from onrecord.article.filed import find_filed

    plain = _plain_page(page)
    dateline = find_dateline(
        plain.text, [block for block in plain.blocks if block.role in ("dateline", "paragraph")]
    )
    return find_filed(plain, dateline, published)


def _plain_page(page: Row[Any]) -> Page:
    """Return a page of the ledger; its head is not kept, and what it said is in the article."""
    return Page(
        payload_digest=page.payload_digest,
        text=page.text,
        text_version=page.text_version,
        blocks=blocks_of(page),
    )


def _capture(page: Row[Any], uri: str) -> Capture:
    return Capture(
        payload=b"", payload_digest=page.payload_digest, place=page.place, media_type="text/plain", uri=uri
    )


@dataclass(frozen=True, slots=True)
class _Row:
    article: str


def _days_read(connection: Connection, page_id: str) -> dict[str, _Day]:
    query = select_entries(hidden=True).where(entries.c.page_id == page_id)
    return {row.id: _day_of(row) for row in connection.execute(query)}


def _day_of(row: Row[Any]) -> _Day:
    read = read_of(row)
    return _Day(
        said_on=read.said_on,
        said_on_known=read.said_on_known,
        said_on_candidates=read.said_on_candidates,
        said_on_anchor=read.said_on_anchor,
        span=read.spans.said_on,
    )


def _date(connection: Connection, page: Row[Any], read: _PageRead, values: Mapping[str, Any]) -> None:
    """Give the statements of a page their days anew."""
    days = dict(read.days or {})
    if any(name in read.told for name in _DATING):
        days |= _find_days(page, values)
    query = select_entries(hidden=True).where(entries.c.page_id == page.id)
    for row in connection.execute(query).all():
        day = days.get(row.id)
        if day is not None and day != _day_of(row):
            spans = replace(read_of(row).spans, said_on=day.span)
            change_read(
                connection,
                row,
                said_on=day.said_on,
                said_on_known=day.said_on_known,
                said_on_candidates=day.said_on_candidates,
                said_on_anchor=day.said_on_anchor,
                spans=spans,
            )
    published = select(pages.c.published).where(pages.c.id == page.id).scalar_subquery()
    newest = {"day": func.coalesce(entries.c.said_on, published)}
    connection.execute(update(entries).where(entries.c.page_id == page.id).values(newest))


def _find_days(page: Row[Any], values: Mapping[str, Any]) -> dict[str, _Day]:
    """Read the text of a page again, with what was told of it, for the days of its statements."""
    # Only who tells something of a page waits until the readers are in memory.
    from onrecord.statements import find_statements

    article = article_of(_Row(article=values["article"]))
    found: dict[str, _Day] = {}
    for one in find_statements(_plain_page(page), article, captured_at=values["captured_at"]):
        if isinstance(one, Statement):
            id = entry_id(page.payload_digest, page.text_version, one.content, one.cue)
            found.setdefault(id, _as_day(one.said_on))
    return found


def _as_day(when: When | None) -> _Day:
    return _Day(
        said_on=when.value if when else None,
        said_on_known=when.known if when else None,
        said_on_candidates=when.candidates if when else (),
        said_on_anchor=when.anchor if when else None,
        span=(when.span,) if when and when.span else (),
    )
