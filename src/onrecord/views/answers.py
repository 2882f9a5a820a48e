"""What the API answers with, beside single records. The names agree with `--json` of the command line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from onrecord.across.perhaps import Perhaps
from onrecord.across.related import Related
from onrecord.across.subjects import Subject
from onrecord.checks.articles import fold_statements
from onrecord.checks.differences import Difference, compare_wordings
from onrecord.checks.first_hands import FirstHand, find_first_hands
from onrecord.checks.moves import MoveKind
from onrecord.ledger.records import (
    CommentRecord,
    Counts,
    PageRecord,
    RemarkRecord,
    SpeakerRecord,
    StoryRecord,
)
from onrecord.ledger.subjects import Where
from onrecord.types import Entry, EntryPage, HeadlineCheck, Problem
from onrecord.views.citation_formats import CitationFormat
from onrecord.views.line import Step
from onrecord.views.places import FiledFrom
from onrecord.views.saying import bare_words, witness_rank
from onrecord.views.subject import InStory, OnSubject, SubjectRecord

__all__ = [
    "CitationAnswer",
    "CommentList",
    "EntryList",
    "LedgerAnswer",
    "LineAnswer",
    "PageAnswer",
    "PageList",
    "PerhapsAnswer",
    "RelatedAnswer",
    "RemarkAnswer",
    "SpeakerAnswer",
    "SpeakerList",
    "StoryAnswer",
    "StoryList",
    "SubjectAnswer",
    "SubjectList",
    "Trouble",
    "answer_line",
    "answer_page",
    "answer_perhaps",
    "answer_remark",
    "answer_story",
    "answer_subject",
    "answer_subjects",
    "answer_with",
    "ids_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryList:
    """Statements; `next` is the address of those that follow, null at the end.

    What several versions of a page say in the same words is listed once: `versions` then has, by its id, the
    ids of the same statement on the other versions.
    """

    entries: tuple[Entry, ...]
    next: str | None
    versions: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageList:
    """Pages; `next` is the address of those that follow, null at the end.

    Of several pages that are one article only one is listed: `versions` then has, by its id, the ids of all.
    """

    pages: tuple[EntryPage, ...]
    next: str | None
    versions: dict[str, tuple[str, ...]]


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
    """A speaker with everything they said, newest first; `versions` as in a list of statements."""

    speaker: SpeakerRecord
    entries: tuple[Entry, ...]
    versions: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryAnswer:
    """A story with everything said in its articles, newest first; `versions` as in a list of statements.

    `first_hands` are, by the id of each remark, those by whom it reached print.
    """

    story: StoryRecord
    entries: tuple[Entry, ...]
    versions: dict[str, tuple[str, ...]]
    first_hands: dict[str, tuple[FirstHand, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A rendering beside the best witness of its remark: `words` as they are compared, `likeness` (0 to 1, of
    the shorter) and what differs, of which kind and where in both `words`.

    Null and empty where the two are too unlike to be put side by side. A difference is found by words alone
    and stays a candidate until somebody has looked at it.
    """

    words: str
    likeness: float | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkAnswer(RemarkRecord):
    """A remark with how its renderings differ: `against` is the best witness, `compared` has every rendering
    beside it, by its id."""

    against: str
    compared: dict[str, Compared]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStep:
    """One remark of a line: its statements, the best witness first, and those by whom it reached print.

    `day` is null while nobody knows it; `how` tells how it is known. `since` is the statement of an earlier
    remark that the words are compared with, `move` what became of that, `changes` both word by word, earlier
    and later, and `differences` of what kind each is, with its places in the two wordings; null and empty
    where nothing before is like it. With a subject, `move` is null beside the earlier remark that is nearest
    in meaning where none is like it, and `around` tells that the subject is named around the words and not
    in them. `open_days` are the days that a remark whose day is open may be of; with `by_page` only its page
    tells them. `surely_later` is false where one of them lies before the remark compared with.
    """

    day: str | None
    how: str
    remark: str | None
    entries: tuple[Entry, ...]
    first_hands: tuple[FirstHand, ...]
    since: str | None
    move: MoveKind | None
    changes: tuple[tuple[str, str], ...]
    differences: tuple[Difference, ...]
    around: bool
    open_days: tuple[str, ...]
    by_page: bool
    surely_later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAnswer:
    """How a speaker's line moved: remarks in date order, those whose day is open last."""

    line: tuple[LineStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PerhapsAnswer:
    """Pairs of statements of a story that are perhaps one remark, for a person to decide: `likely` by their
    words (0 to 1), null where `why` is that both tell of no comment."""

    perhaps: tuple[Perhaps, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedAnswer:
    """What else is on the subject of a story, what has most names in common first: each a page with its
    `story`, null where it is in none, and `when` that is told, beside this one."""

    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectList:
    """What the newest statements are about: what most pages name first."""

    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutEntry:
    """A statement about a subject; `where` is "said" where its words name the subject, "around" where its
    paragraph or the one before does."""

    where: Where
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAnswer:
    """What is on record about a subject, the newest statements first; `more` tells that there are others,
    which no figure counts. `beside` are the subjects that come with it."""

    about: str
    pages: int
    outlets: int
    more: bool
    speakers: tuple[OnSubject, ...]
    stories: tuple[InStory, ...]
    beside: tuple[Subject, ...]
    entries: tuple[AboutEntry, ...]


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


def answer_story(record: StoryRecord, entries: Iterable[Entry]) -> StoryAnswer:
    """Return a story as JSON gives it: what versions of a page share once, and each remark's first hands."""
    found = list(entries)
    folded = fold_statements(found)
    remarks: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        if entry.remark is not None:
            remarks[entry.remark].append(entry)
    return StoryAnswer(
        story=record,
        entries=tuple(first for first, _ in folded),
        versions={first.id: tuple(one.id for one in others) for first, others in folded if others},
        first_hands={id: find_first_hands(group) for id, group in remarks.items()},
    )


def answer_remark(record: RemarkRecord) -> RemarkAnswer:
    """Return a remark as JSON gives it: the wordings are compared now, the ledger keeps nothing of that."""
    lead = min(record.renderings, key=witness_rank)
    held = {field.name: getattr(record, field.name) for field in fields(record)}
    compared = {one.id: _compare(lead, one) for one in record.renderings}
    return RemarkAnswer(**held, against=lead.id, compared=compared)


def _compare(lead: Entry, one: Entry) -> Compared:
    words = bare_words(one)
    found = compare_wordings(bare_words(lead), words)
    if found is None:
        return Compared(words=words, likeness=None, differences=())
    return Compared(words=words, likeness=round(found.likeness, 3), differences=found.differences)


def answer_line(steps: Iterable[Step]) -> LineAnswer:
    """Return a line as JSON gives it."""
    return LineAnswer(line=tuple(map(_answer_step, steps)))


def answer_perhaps(pairs: Iterable[Perhaps]) -> PerhapsAnswer:
    """Return what is perhaps one remark as JSON gives it."""
    return PerhapsAnswer(perhaps=tuple(pairs))


def answer_subjects(subjects: Iterable[Subject]) -> SubjectList:
    """Return subjects as JSON gives them."""
    return SubjectList(subjects=tuple(subjects))


def answer_subject(record: SubjectRecord) -> SubjectAnswer:
    """Return what is on record about a subject as JSON gives it."""
    return SubjectAnswer(
        about=record.about,
        pages=record.pages,
        outlets=record.outlets,
        more=record.more,
        speakers=record.speakers,
        stories=record.stories,
        beside=record.beside,
        entries=tuple(AboutEntry(where=one.where, entry=one.entry) for one in record.found),
    )


def _answer_step(step: Step) -> LineStep:
    remark = step.wordings
    return LineStep(
        day=remark.lead.iso,
        how=remark.lead.how,
        remark=remark.lead.entry.remark,
        entries=(remark.lead.entry, *(other.entry for other in remark.others)),
        first_hands=remark.first_hands,
        since=step.since.id if step.since else None,
        move=step.move.kind if step.move else None,
        changes=step.changes,
        differences=step.move.differences if step.move else (),
        around=step.around,
        open_days=step.open_days,
        by_page=step.by_page,
        surely_later=step.surely_later,
    )


def ids_of(again: Mapping[str, Iterable[Entry]]) -> dict[str, tuple[str, ...]]:
    """Return the ids of the same statements on other versions, as lists of statements give them."""
    return {id: tuple(one.id for one in others) for id, others in again.items()}


def answer_with(model: type, description: str | None = None) -> dict[str, Any]:
    """Describe an answer for the OpenAPI document: its fields, and when it is given."""
    return {"model": model, "description": description or (model.__doc__ or "").split("\n\n")[0]}
