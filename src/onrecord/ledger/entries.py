"""From a reading to entries: statements with their words, so that spans and words prove each other. Pure."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from onrecord.ledger.digest import entry_id, page_id
from onrecord.ledger.rows import file_of
from onrecord.types import (
    Article,
    Block,
    Capture,
    Comment,
    Entry,
    EntryPage,
    EntrySpans,
    EntrySpeaker,
    Found,
    Page,
    Problem,
    Reading,
    Span,
    Speaker,
    Statement,
)

__all__ = [
    "around",
    "find_misplaced",
    "find_namings_in",
    "make_entries",
    "make_pairs",
    "page_summary",
    "summarise_page",
    "words_at",
]

_AROUND = 32
_BETWEEN = " … "


def make_entries(capture: Capture, reading: Reading) -> tuple[Entry, ...]:
    """Return what a reading puts on record: an entry a statement, in reading order, with permanent ids.

    Of two statements with the same content spans the first is kept. Who the speaker is over all pages, and
    what other pages carry, is the ledger's to say: here `speaker.id` and the links are None.
    """
    return tuple(entry for entry, _ in make_pairs(capture, reading))


def make_pairs(capture: Capture, reading: Reading) -> tuple[tuple[Entry, Statement], ...]:
    """Return the same entries, each with the statement it was made from."""
    page = summarise_page(capture, reading.page, reading.article)
    hidden = find_namings_in(reading.page.text, reading.page.blocks, reading.page.comments)
    pairs: dict[str, tuple[Entry, Statement]] = {}
    for statement in reading.statements:
        if _misplaced(statement, reading.page) is None:
            entry = _make_entry(statement, page, reading.page.text, hidden)
            pairs.setdefault(entry.id, (entry, statement))
    return tuple(pairs.values())


def find_misplaced(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for every statement that `make_entries` leaves out: a span of it names no words."""
    for statement in reading.statements:
        span = _misplaced(statement, reading.page)
        if span is not None:
            yield Problem(
                stage="ledger",
                message=f"a statement points at characters {span.start} to {span.end} of a text of "
                f"{len(reading.page.text)}; it was left out",
                payload_digest=reading.page.payload_digest,
                span=span,
            )


def page_summary(capture: Capture, reading: Reading) -> EntryPage:
    """Return the page of a reading as every entry carries it."""
    return summarise_page(capture, reading.page, reading.article)


def summarise_page(capture: Capture, page: Page, article: Article) -> EntryPage:
    """Return a page as every entry carries it."""
    published = article.published
    return EntryPage(
        id=page_id(page.payload_digest, page.text_version),
        uri=capture.uri or _own_address(article),
        payload_digest=page.payload_digest,
        text_version=page.text_version,
        captured_at=capture.captured_at,
        outlet=_value(article.outlet),
        headline=_value(article.headline),
        published=_value(published),
        published_known=published.known if published else None,
        language=_value(article.language),
        section=_value(article.section),
        credit=_value(article.credit),
        authors=tuple(author.value for author in article.authors),
        file=file_of(capture.place),
    )


def _own_address(article: Article) -> str | None:
    """Return the address that a page gives itself in its canonical link, where the capture knows none.

    A link to a site's front page names no page.
    """
    if article.canonical is None:
        return None
    try:
        parts = urlsplit(article.canonical.value)
    except ValueError:
        return None
    named = parts.scheme in {"http", "https"} and bool(parts.netloc) and parts.path.strip("/") != ""
    return article.canonical.value if named else None


def words_at(text: str, spans: Sequence[Span]) -> str | None:
    """Return the words of spans, an ellipsis between two of them; None when there are none."""
    return _BETWEEN.join(span.of(text) for span in spans) or None


def around(
    text: str, content: Sequence[Span], cue: Sequence[Span], hidden: Sequence[Span] = ()
) -> tuple[str, str]:
    """Return up to 32 characters before and after the content (the cue, where there is no content).

    They end where one of the `hidden` spans begins: a reader's handle under the article's last words.
    """
    spans = content or cue
    if not spans:
        return "", ""
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    for span in hidden:
        if first < span.end <= start:
            first = span.end
        if end <= span.start < last:
            last = span.start
    return text[first:start], text[end:last]


def find_namings_in(text: str, blocks: Sequence[Block], comments: Sequence[Comment]) -> tuple[Span, ...]:
    """Return where a page names its readers: these names are kept nowhere but in the text itself."""
    if not comments:
        return ()
    # A ledger is opened and searched without the readers of pages in memory.
    from onrecord.page.readers import find_namings

    return tuple(naming.span for naming in find_namings(text, blocks, comments))


def _make_entry(statement: Statement, page: EntryPage, text: str, hidden: Sequence[Span]) -> Entry:
    prefix, suffix = around(text, statement.content, statement.cue, hidden)
    when = statement.said_on
    return Entry(
        id=entry_id(page.payload_digest, page.text_version, statement.content, statement.cue),
        kind=statement.kind,
        polarity=statement.polarity,
        tier=statement.tier,
        confidence=statement.confidence,
        speaker_confidence=statement.speaker_confidence,
        speaker=_entry_speaker(statement.speaker),
        source=words_at(text, statement.source),
        cue=words_at(text, statement.cue),
        content=tuple(span.of(text) for span in statement.content),
        addressee=statement.addressee.of(text) if statement.addressee else None,
        said_on=when.value if when else None,
        said_on_known=when.known if when else None,
        said_on_candidates=when.candidates if when else (),
        via=tuple(relay.name for relay in statement.via),
        spans=EntrySpans(
            source=statement.source,
            cue=statement.cue,
            content=statement.content,
            via=tuple(relay.span for relay in statement.via),
            said_on=(when.span,) if when and when.span else (),
            speaker=statement.speaker.mentions if statement.speaker else (),
        ),
        prefix=prefix,
        suffix=suffix,
        page=page,
        copy_of=None,
        story=None,
        remark=None,
        review=None,
    )


def _entry_speaker(speaker: Speaker | None) -> EntrySpeaker | None:
    if speaker is None:
        return None
    return EntrySpeaker(id=None, name=speaker.name, type=speaker.type, role=speaker.role)


def _misplaced(statement: Statement, page: Page) -> Span | None:
    """Return the first span of a statement that does not lie inside its text."""
    spans = [*statement.source, *statement.cue, *statement.content, *(relay.span for relay in statement.via)]
    spans += statement.speaker.mentions if statement.speaker else ()
    spans += [statement.addressee] if statement.addressee else []
    spans += [statement.said_on.span] if statement.said_on and statement.said_on.span else []
    return next((span for span in spans if not 0 <= span.start < span.end <= len(page.text)), None)


def _value(found: Found | None) -> str | None:
    return found.value if found else None
