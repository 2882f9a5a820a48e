"""Between values and the rows of the tables, both ways; nothing is lost on the way."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from onrecord.ledger.schema import article_pages, copies, entries, pages, story_pages
from onrecord.types import (
    Article,
    Block,
    Entry,
    EntryPage,
    EntrySpans,
    EntrySpeaker,
    Page,
    Problem,
    Role,
    Span,
    When,
)

__all__ = [
    "ARTICLE_ID",
    "article_of",
    "article_to_json",
    "blocks_of",
    "entry_from_row",
    "entry_row",
    "file_of",
    "is_filed_from",
    "page_from_row",
    "page_row",
    "paragraphs_of",
    "problem_from_row",
    "problem_row",
    "read_entries",
    "read_pages",
    "select_entries",
    "select_pages",
    "storable",
    "to_json",
]

T = TypeVar("T")
_BlockRow = tuple[int, int, Role, str | None, int]
_blocks = msgspec.json.Decoder(tuple[_BlockRow, ...])
# The number of a record in its archive, of an article in its export, or of both.
_NUMBERS = re.compile(r"(?<=.)(?:#\d+)+$")
_words = msgspec.json.Decoder(tuple[str, ...])
_spans = msgspec.json.Decoder(EntrySpans)
_mentions = msgspec.json.Decoder(tuple[Span, ...])


class _ArticleRow(msgspec.Struct, frozen=True):
    """An article as JSON: its values, and its body in the short form that blocks have."""

    values: Article
    body: tuple[_BlockRow, ...]


_article = msgspec.json.Decoder(_ArticleRow)

# Asked for each page by itself: most questions join tables of their own, and this one is found at once.
ARTICLE_ID = (
    select(article_pages.c.article_id)
    .where(article_pages.c.page_id == pages.c.id)
    .correlate(pages)
    .scalar_subquery()
    .label("article_id")
)

_PAGE = [
    pages.c.id.label("page_id"),
    pages.c.uri,
    pages.c.payload_digest,
    pages.c.text_version,
    pages.c.captured_at,
    pages.c.outlet,
    pages.c.headline,
    pages.c.published,
    pages.c.published_known,
    pages.c.language,
    pages.c.section,
    pages.c.credit,
    pages.c.authors,
    pages.c.place,
    ARTICLE_ID,
]


def storable(words: T) -> T:
    """Return words that a database can hold.

    Half a surrogate pair (from broken JSON on a page) becomes "\\ufffd": one character for one, so that
    spans go on naming the same places.
    """
    if not isinstance(words, str):
        return words
    try:
        words.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in words)  # type: ignore[return-value]
    return words


def to_json(value: Any) -> str:
    """Return a value as JSON text."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_storable_tree(msgspec.to_builtins(value))).decode()


def page_row(page: Page, article: Article, summary: EntryPage) -> dict[str, Any]:
    """Return the row of a page, but for where it was found and when it was added."""
    row = {
        "id": summary.id,
        "payload_digest": page.payload_digest,
        "text_version": page.text_version,
        "text": page.text,
        "blocks": to_json(_block_rows(page.blocks)),
        "encoding": page.encoding,
        "uri": summary.uri,
        "captured_at": summary.captured_at,
        "headline": summary.headline,
        "outlet": summary.outlet,
        "published": summary.published,
        "published_known": summary.published_known,
        "language": summary.language,
        "credit": summary.credit,
        "section": summary.section,
        "authors": to_json(summary.authors),
        "filed_from": article.place.value if article.place else None,
        "article": article_to_json(article),
    }
    return {name: storable(value) for name, value in row.items()}


def blocks_of(row: Row[Any]) -> tuple[Block, ...]:
    """Return the blocks of a page's row."""
    return _to_blocks(_blocks.decode(row.blocks))


def article_of(row: Any) -> Article:
    """Return the article of a page's row."""
    kept = _article.decode(row.article)
    return replace(kept.values, body=_to_blocks(kept.body))


def article_to_json(article: Article) -> str:
    """Return an article as a page's row keeps it."""
    return to_json(_ArticleRow(values=replace(article, body=()), body=tuple(_block_rows(article.body))))


def paragraphs_of(row: Row[Any]) -> tuple[Article, tuple[Span, ...]]:
    """Return the article of a page's row without its body, and where its own paragraphs stand.

    Links over pages need no more of most pages, and making a body's blocks takes longer than all the rest.
    """
    kept = _article.decode(row.article)
    return kept.values, tuple(Span(start, end) for start, end, role, _, _ in kept.body if role == "paragraph")


def page_from_row(row: Row[Any]) -> EntryPage:
    """Return a page as entries carry it, from a row of `select_pages` or `select_entries`."""
    return EntryPage(
        id=row.page_id,
        uri=row.uri,
        payload_digest=row.payload_digest,
        text_version=row.text_version,
        captured_at=row.captured_at,
        outlet=row.outlet,
        headline=row.headline,
        published=row.published,
        published_known=row.published_known,
        language=row.language,
        section=row.section,
        credit=row.credit,
        authors=_words.decode(row.authors) if row.authors else (),
        file=file_of(row.place),
        article=row.article_id,
    )


def file_of(place: str) -> str | None:
    """Return the name of the file that a page was read from: "bridge.txt" of "saved/may/bridge.txt".

    Of a record in an archive it is the archive's, of an article in an export the export's;
    standard input ("-") has no name.
    """
    whole = _NUMBERS.sub("", place) or place
    name = re.split(r"[/\\]", whole.rstrip("/\\"))[-1]
    return storable(name) if name not in ("", "-") else None


def entry_row(entry: Entry, seq: int, mentions: tuple[Span, ...], when: When | None) -> dict[str, Any]:
    """Return the row of an entry, but for its speaker's id."""
    speaker = entry.speaker
    row = {
        "id": entry.id,
        "page_id": entry.page.id,
        "seq": seq,
        "kind": entry.kind,
        "polarity": entry.polarity,
        "tier": entry.tier,
        "confidence": entry.confidence,
        "speaker_confidence": entry.speaker_confidence,
        "speaker_name": speaker.name if speaker else None,
        "speaker_type": speaker.type if speaker else None,
        "speaker_role": speaker.role if speaker else None,
        "mentions": to_json(mentions),
        "source": entry.source,
        "cue": entry.cue,
        "content": to_json(entry.content),
        "addressee": entry.addressee,
        "said_on": entry.said_on,
        "said_on_known": entry.said_on_known,
        "said_on_candidates": to_json(entry.said_on_candidates),
        "said_on_anchor": when.anchor if when else None,
        "day": entry.said_on or entry.page.published,
        "via": to_json(entry.via),
        # The speaker's have the column `mentions`, as they had before they were an entry's.
        "spans": to_json(replace(entry.spans, speaker=())),
        "prefix": entry.prefix,
        "suffix": entry.suffix,
    }
    return {name: storable(value) for name, value in row.items()}


def entry_from_row(row: Row[Any], page: EntryPage | None = None) -> Entry:
    """Return an entry from a row of `select_entries`; `page` is its page, where that is at hand."""
    speaker = None
    if row.speaker_name is not None:
        speaker = EntrySpeaker(
            id=row.speaker_id, name=row.speaker_name, type=row.speaker_type, role=row.speaker_role
        )
    return Entry(
        id=row.id,
        kind=row.kind,
        polarity=row.polarity,
        tier=row.tier,
        confidence=row.confidence,
        speaker_confidence=row.speaker_confidence,
        speaker=speaker,
        source=row.source,
        cue=row.cue,
        content=_words.decode(row.content),
        addressee=row.addressee,
        said_on=row.said_on,
        said_on_known=row.said_on_known,
        said_on_candidates=_words.decode(row.said_on_candidates),
        via=_words.decode(row.via),
        spans=replace(_spans.decode(row.spans), speaker=_mentions.decode(row.mentions)),
        prefix=row.prefix,
        suffix=row.suffix,
        page=page or page_from_row(row),
        copy_of=row.of_page_id,
        story=row.story_id,
        remark=row.remark_id,
        review=row.review_id,
    )


def problem_row(problem: Problem) -> dict[str, Any]:
    """Return the row of a problem, but for when it was added."""
    row = {
        "stage": problem.stage,
        "message": problem.message,
        "place": problem.place,
        "payload_digest": problem.payload_digest,
        "start": problem.span.start if problem.span else None,
        "end": problem.span.end if problem.span else None,
    }
    return {name: storable(value) for name, value in row.items()}


def problem_from_row(row: Row[Any]) -> Problem:
    """Return a problem from its row."""
    return Problem(
        stage=row.stage,
        message=row.message,
        place=row.place,
        payload_digest=row.payload_digest,
        span=None if row.start is None else Span(row.start, row.end),
    )


def select_pages() -> Select[Any]:
    """Return the question for pages as entries carry them."""
    return select(*_PAGE)


def select_entries(*, hidden: bool = False) -> Select[Any]:
    """Return the question for whole entries, with their page and their links; conditions are the caller's.

    What somebody says is no statement is left out, unless `hidden` asks for all.
    """
    own = [column for column in entries.c if column.name != "page_id"]
    joined = (
        entries.join(pages, entries.c.page_id == pages.c.id)
        .outerjoin(copies, copies.c.page_id == entries.c.page_id)
        .outerjoin(story_pages, story_pages.c.page_id == entries.c.page_id)
    )
    query = select(*own, *_PAGE, copies.c.of_page_id, story_pages.c.story_id).select_from(joined)
    return query if hidden else query.where(entries.c.hidden == 0)


def read_entries(connection: Connection, condition: ColumnElement[bool]) -> list[Entry]:
    """Return the entries that fit a condition, in the order in which they were added."""
    query = select_entries().where(condition).order_by(pages.c.n, entries.c.seq)
    return [entry_from_row(row) for row in connection.execute(query)]


def read_pages(connection: Connection, ids: Iterable[str]) -> dict[str, EntryPage]:
    """Return these pages by their ids."""
    rows = connection.execute(select_pages().where(pages.c.id.in_(set(ids))))
    return {row.page_id: page_from_row(row) for row in rows}


def is_filed_from(places: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a page's dateline has one of these places, as printed; there may be many."""
    given = func.json_each(to_json(list(places))).table_valued("value")
    return pages.c.filed_from.in_(select(given.c.value))


def _block_rows(blocks: tuple[Block, ...]) -> list[_BlockRow]:
    return [(*block.span, block.role, block.tag, block.depth) for block in blocks]


def _to_blocks(rows: tuple[_BlockRow, ...]) -> tuple[Block, ...]:
    return tuple(
        Block(span=Span(start, end), role=role, tag=tag, depth=depth) for start, end, role, tag, depth in rows
    )


def _storable_tree(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _storable_tree(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable_tree(item) for item in value]
    return storable(value)
