"""What the ledger answers with: values that views show and tests compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.checks.first_hands import FirstHand
from onrecord.ledger.changes import LinkChange
from onrecord.ledger.reviews import Review, ReviewKind
from onrecord.types import (
    Article,
    Block,
    Comment,
    Entry,
    EntryPage,
    EntrySpeaker,
    Problem,
    Span,
)

__all__ = [
    "Apart",
    "CaptureRecord",
    "CommentRecord",
    "CommentSpans",
    "CopyLink",
    "Counts",
    "FactTold",
    "NameUse",
    "Outcome",
    "PageRecord",
    "RemarkRecord",
    "ReviewRecord",
    "ReviewState",
    "ReviewedName",
    "ReviewedThing",
    "RoleSpan",
    "SpeakerRecord",
    "StoryPage",
    "StoryRecord",
    "ToldFact",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a ledger holds."""

    captures: int
    pages: int
    entries: int
    speakers: int
    stories: int
    remarks: int
    copies: int
    problems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRecord:
    """One time that a page's bytes were found, and where in the ledger's WARC files they lie."""

    payload_digest: str
    uri: str | None
    place: str
    captured_at: str | None
    size: int
    warc_file: str
    warc_offset: int
    added_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLink:
    """`page` reprints `of_page`: `share` (0 to 1) of its words stand there, at these spans (here, there)."""

    page: EntryPage
    of_page: EntryPage
    share: float
    spans: tuple[tuple[Span, Span], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentSpans:
    """Where the parts of a comment stand in the text of record of its page (code points, half open)."""

    handle: Span | None
    time: Span | None
    text: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRecord:
    """One reader's comment on a page.

    `order` counts from 0 on the page, `parent` is the order of the comment it answers. `reader` stands for
    the handle ("Reader 1"): the same handle, the same number on this page, and nothing on any other. `handle`
    is None unless handles were asked for; without them `text` has readers by number, too. `time` is when it
    was written as printed, `posted` the same as an ISO prefix.
    """

    page: EntryPage
    order: int
    parent: int | None
    depth: int
    reader: str | None
    handle: str | None
    time: str | None
    posted: str | None
    likes: int | None
    text: tuple[str, ...]
    spans: CommentSpans


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFact:
    """A fact that somebody told of a page, by its name in `EntryPage`; `who` is "told by WHO on DAY".

    `itself` is what the page has itself, None where it doesn't say.
    """

    fact: str
    value: str
    who: str
    itself: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """A page of the ledger with everything that hangs on it.

    `versions` are the ids of all pages that are one article with it, itself among them: those at its
    address, and the same page saved again. They are oldest first where `order_known`; else nobody knows the
    whole order.

    `dropped` are those of its entries that somebody says are no statements; they are shown nowhere else.
    `told` is what people told of the page, which counts before what it says. `read` are the statements that
    people corrected, as the program read them.
    """

    page: EntryPage
    text: str
    blocks: tuple[Block, ...]
    article: Article
    comments: tuple[Comment, ...] = ()
    place: str
    encoding: str | None
    entries: tuple[Entry, ...]
    captures: tuple[CaptureRecord, ...]
    versions: tuple[str, ...]
    order_known: bool = True
    copy_of: CopyLink | None
    copies: tuple[CopyLink, ...]
    story: str | None
    problems: tuple[Problem, ...]
    dropped: tuple[Entry, ...] = ()
    told: tuple[ToldFact, ...] = ()
    read: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameUse:
    """One name and role under which one page prints a speaker.

    `why` says in words why the name is this speaker's; `review` names the review by a person that decided it,
    None where the machine did.
    """

    name: str
    role: str | None
    page: EntryPage
    why: str
    review: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Another speaker whom a name of this one fits as well, and why the two stay two."""

    speaker: EntrySpeaker
    roles: tuple[str, ...]
    why: str
    review: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSpan:
    """A role as pages print it, and the days of the first and the last of them that are dated."""

    role: str
    pages: int
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRecord:
    """A speaker over all pages: the names printed, and how many entries, oldest and newest day of saying.

    `roles` are the roles printed, in the order of their first pages. `apart` are other speakers whom a name
    of this one fits; it is empty in lists.
    """

    speaker: EntrySpeaker
    names: tuple[NameUse, ...]
    entries: int
    since: str | None
    until: str | None
    roles: tuple[RoleSpan, ...] = ()
    apart: tuple[Apart, ...] = ()


ReviewState = Literal[
    "in force", "overruled", "undone", "of no name here", "of no statement here", "of no page here"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedName:
    """A name that a review speaks of, and the page that is meant; None where all are that print it."""

    name: str
    page: EntryPage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedThing:
    """A page, or a statement on it, that a review speaks of: how a reader knows it, and what it is here.

    `page` is None where no page of this ledger has these bytes, `entry` where none of its statements is the
    one that is meant, or a page is meant.
    """

    name: str
    page: EntryPage | None
    entry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRecord:
    """Something that a person decided, and what has become of it.

    `overruled`: a newer review goes against it. `undone`: `undone_by` says who did so; it can be redone. `of
    no statement here`: no reading of the page has the statement, so the review is open: it is carried out
    once one has. `names` are the names of its sides; of a file of trusted names `rows` counts its rows.
    `about` are the pages or statements of its sides, and `change` what it says of them.
    """

    id: str
    kind: ReviewKind
    state: ReviewState
    by: str | None
    at: str
    note: str | None
    names: tuple[tuple[ReviewedName, ...], ...]
    rows: int
    undone_by: str | None
    undone_at: str | None
    undone_note: str | None
    about: tuple[tuple[ReviewedThing, ...], ...] = ()
    change: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTold:
    """A fact of a page that is other than it was: `fact` is its name in `EntryPage`."""

    page: str
    fact: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a review did: the pages on which something changed, and the older reviews that it goes against.

    `speakers` are the ids of those that it was about, as they are now. Of a statement that was corrected,
    `before` and `after` are how it stood and stands; `hidden` says that it is shown no more, as no statement,
    and `shown_again` that it was so until now. Of pages of which something was told, `told` is what is other
    now, and `redated` counts the statements that have another day.
    """

    review: Review
    pages: frozenset[str]
    speakers: tuple[str, ...]
    against: tuple[str, ...]
    before: Entry | None = None
    after: Entry | None = None
    hidden: bool = False
    shown_again: bool = False
    told: tuple[FactTold, ...] = ()
    redated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRecord:
    """One utterance as several articles report it; each entry is a rendering.

    `again` are the same words on other versions of the same pages: no further renderings. `first_hands` are
    those by whom the remark reached print, with the reason for each: their number is what counts as
    independent. `articles` counts the versions of a page once. `changes` are its merges and splits.
    """

    id: str
    speaker: EntrySpeaker | None
    said_on: str | None
    renderings: tuple[Entry, ...]
    again: tuple[Entry, ...]
    articles: int
    outlets: int
    copies: int
    first_hands: tuple[FirstHand, ...]
    changes: tuple[LinkChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """A page in a story; `copy_of` is the page it reprints."""

    page: EntryPage
    copy_of: str | None
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRecord:
    """The articles about one event.

    `pages` are all saved pages, `articles` counts a page once that was saved in several versions, or twice:
    `versions` are the pages beyond that. `copies` counts the articles that reprint another, `outlets` those
    that are known. How many independent sources a statement has is told of each remark, never of a story.
    `changes` are its merges and splits.
    """

    id: str
    title: str | None
    since: str | None
    until: str | None
    pages: tuple[StoryPage, ...]
    articles: int
    outlets: int
    copies: int
    versions: int
    speakers: int
    entries: int
    changes: tuple[LinkChange, ...] = ()
