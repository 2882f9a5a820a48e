"""What the API answers with, beside single records. The names agree with `--json` of the command line."""

from dataclasses import dataclass, fields
from typing import Any

from onrecord.ledger.records import CommentRecord, Counts, PageRecord, SpeakerRecord, StoryRecord
from onrecord.types import Entry, EntryPage, HeadlineCheck, Problem
from onrecord.views.citation_formats import CitationFormat
from onrecord.views.places import FiledFrom

__all__ = [
    "CitationAnswer",
    "CommentList",
    "EntryList",
    "LedgerAnswer",
    "PageAnswer",
    "PageList",
    "SpeakerAnswer",
    "SpeakerList",
    "StoryAnswer",
    "StoryList",
    "Trouble",
    "answer_page",
    "answer_with",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryList:
    """Statements; `next` is the address of those that follow, null at the end."""

    entries: tuple[Entry, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageList:
    """Pages; `next` is the address of those that follow, null at the end."""

    pages: tuple[EntryPage, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswer(PageRecord):
    """A page with everything that hangs on it, how its headline and lede stand to its body, and which places
    the place of its dateline may be."""

    headline_checks: tuple[HeadlineCheck, ...]
    filed_from: tuple[FiledFrom, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentList:
    """The readers' comments of a page, in its order, with readers by number unless handles are asked for."""

    comments: tuple[CommentRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationAnswer:
    """A citation of a statement: text, or of CSL-JSON one item of its list."""

    id: str
    format: CitationFormat
    citation: str | dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerList:
    """Speakers; `next` is the address of those that follow, null at the end."""

    speakers: tuple[SpeakerRecord, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryList:
    """Stories; `next` is the address of those that follow, null at the end."""

    stories: tuple[StoryRecord, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerAnswer:
    """A speaker with everything they said, newest first."""

    speaker: SpeakerRecord
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryAnswer:
    """A story with everything said in its articles, newest first."""

    story: StoryRecord
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerAnswer:
    """How much the ledger holds, and the trouble there was with pages."""

    counts: Counts
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why there is no answer: what was found, what was expected, what to do."""

    error: str


def answer_page(record: PageRecord) -> PageAnswer:
    """Return a page as JSON gives it: the headline is checked now, the ledger keeps nothing of that."""
    # A ledger is listed without the statements' word lists in memory.
    from onrecord.views.filed_from import resolve_filed_from
    from onrecord.views.headline_checks import check_headlines

    held = {field.name: getattr(record, field.name) for field in fields(record)}
    checks = check_headlines(record.text, record.blocks, record.article, record.entries)
    return PageAnswer(**held, headline_checks=checks, filed_from=resolve_filed_from(record))


def answer_with(model: type, description: str | None = None) -> dict[str, Any]:
    """Describe an answer for the OpenAPI document: its fields, and when it is given."""
    return {"model": model, "description": description or (model.__doc__ or "").split("\n\n")[0]}
