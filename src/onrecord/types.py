"""The values that travel down the line of folders. They import nothing of ours.

Only `Span` is a tuple; everything else is a frozen dataclass. An unknown is `None`, never `""`. Dates
and times are ISO 8601 prefixes and keep the precision they were given: "2022-11" is a month, not its
first day.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

__all__ = [
    "ROLES",
    "Article",
    "Block",
    "Capture",
    "Comment",
    "Entry",
    "EntryPage",
    "EntrySpans",
    "EntrySpeaker",
    "Found",
    "Head",
    "HeadlineCheck",
    "HeadlineVerdict",
    "Kind",
    "Known",
    "MediaType",
    "Page",
    "Place",
    "Polarity",
    "Problem",
    "Reading",
    "Relay",
    "Role",
    "Span",
    "Speaker",
    "SpeakerType",
    "Statement",
    "Tier",
    "When",
]

Known = Literal["printed", "inferred", "outside"]
"""How a value is known: the page prints it; it follows from what the page prints; somebody outside the
page said so."""

Role = Literal[
    "headline",
    "byline",
    "dateline",
    "paragraph",
    "caption",
    "pullquote",
    "correction",
    "comment",
    "related",
    "newsletter",
    "menu",
    "advert",
    "other",
]
"""What a block of a page is. Statements are looked for in `headline` and `paragraph` blocks (and a
`dateline` block that runs into its first sentence is a paragraph)."""

ROLES: tuple[Role, ...] = get_args(Role)

MediaType = Literal[
    "text/html",
    "text/plain",
    "message/rfc822",
    "application/pdf",
    "application/rtf",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]
"""What bytes of a capture are. Those that are neither HTML nor text are read by `documents`."""

Kind = Literal["direct", "mixed", "indirect", "no-comment"]
Polarity = Literal["said", "denied", "asked"]
"""Whether the words were put as so, as not so, or as a question."""
Tier = Literal["core", "secondary"]
SpeakerType = Literal["person", "institution", "group", "unnamed"]


class Span(NamedTuple):
    """A half-open range of characters (Unicode code points).

    `text[span.start:span.end]` is what it names.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span names in its text."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Trouble with one page, as a value that travels with the result.

    `message` says what was found and what was done. `place` names what was being read (a path, an
    address, `archive.warc.gz#1234`); `stage` is the folder that saw it.
    """

    stage: str
    message: str
    place: str | None = None
    payload_digest: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of one saved page, where they came from and when.

    `payload` is the page itself: no HTTP head, transfer and content encodings undone. `payload_digest`
    is "sha256:" and 64 hex digits of it; where a file holds many articles, "#" and which of them it is
    follow, and all have the same payload. `uri` is the page's own address on the web, None when nobody
    knows; `place` is where we read it (a path, `archive.warc.gz#offset`, `-` for standard input).
    `captured_at` and `published` are what somebody outside the page says of it (an archive's record, a
    browser's "saved from" comment, the command line).
    """

    payload: bytes
    payload_digest: str
    place: str
    media_type: MediaType
    uri: str | None = None
    charset: str | None = None
    captured_at: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of the text of record with its role. `tag` is the HTML element that made it; None in plain
    text.

    `depth` is the nesting of a comment (0 for a comment on the article itself) and 0 for everything else.
    """

    span: Span
    role: Role
    tag: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words are printed in a document that has sheets: the sheet, counted from 1, and the box around
    them, (left, top, right, bottom) in points (1/72 inch) from the upper left corner of the sheet."""

    span: Span
    sheet: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What an HTML page says of itself outside its visible text. Empty for plain text.

    `meta` holds (name or property, content) pairs in the page's order, names in lower case; `json_ld`
    the raw JSON-LD scripts; `times` the machine-readable `datetime` of `<time>` elements with the span
    of their printed words (None when they print nothing). `marked` are the words that the page's body marks
    as an author, a date or a section, each with its mark: ("rel author", "Ada Brill"). `stated` are the
    values that a document has in fields of its own: ("outlet", ...) of "SN  Quillhaven Lantern".
    """

    title: str | None = None
    language: str | None = None
    canonical: str | None = None
    meta: tuple[tuple[str, str], ...] = ()
    json_ld: tuple[str, ...] = ()
    times: tuple[tuple[str, Span | None], ...] = ()
    marked: tuple[tuple[str, str], ...] = ()
    stated: tuple[tuple[str, "Found"], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One reader's comment, as spans of the page: who wrote it, when, and what.

    `order` counts from 0 in the page's order; `parent` is the order of the comment it answers, None for a
    comment on the article itself; `depth` counts the answers down to it. `handle` is the name the reader
    goes by, as printed, and `reader` the number that stands for it on this page and on no other: the same
    handle, the same number. `time` are the printed words of when it was written, `posted` what they mean, as
    an ISO prefix; `likes` how many readers liked it, where the page prints that. None is what is not printed.
    """

    order: int
    parent: int | None
    depth: int
    text: tuple[Span, ...]
    handle: Span | None = None
    reader: int | None = None
    time: Span | None = None
    posted: str | None = None
    likes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A capture as one text, the text of record, cut into blocks, each with a role.

    `text_version` names the walk that made the text ("html-2", "html-3", "html-4", "text-1"; "told-1" where
    the article stands only in the page's data): an id made with an older walk keeps naming the older text.
    Blocks are in reading order, do not overlap and together hold every visible character but line ends.
    `comments` are what readers wrote, where the page shows one from the next. `places` tell where
    each printed line of a PDF stands.
    """

    payload_digest: str
    text: str
    text_version: str
    blocks: tuple[Block, ...]
    head: Head = Head()
    encoding: str | None = None
    comments: tuple[Comment, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value that the page gives, with how it is known and where it was found.

    `where` names the place in words a reader can follow: "text", "JSON-LD datePublished", "meta
    og:title", "time", "command line". `span` is set when the words stand in the text of record.
    """

    value: str
    known: Known
    where: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page says of itself: every value with where it was found, None or () when the page does not say.

    `place`, `filed` and `agency` are the dateline's: where, when and by which agency the story was filed.
    `credit` is whose copy it is ("Reuters"): the agency's, or of the outlet that first published it.
    `published` and `updated` are ISO dates or times, with their zone when it is given. `body` holds the
    blocks that are searched for statements: the headline and the paragraphs of this article, in reading
    order.
    """

    headline: Found | None = None
    outlet: Found | None = None
    authors: tuple[Found, ...] = ()
    place: Found | None = None
    credit: Found | None = None
    published: Found | None = None
    updated: Found | None = None
    language: Found | None = None
    canonical: Found | None = None
    body: tuple[Block, ...] = ()
    section: Found | None = None
    filed: Found | None = None
    agency: Found | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who spoke, as this page names them.

    `name` is the fullest name the page prints (of an unnamed source its words as printed); `role` as
    printed. `mentions` leads from the words at the saying ("he"; those of the saying before where there are
    none) over what they mean ("the mayor") to the words that give the name.
    """

    name: str
    type: SpeakerType
    role: str | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """One carrier between the speaker and this outlet ("according to the agency Vesna"). `told` is one to
    whom somebody spoke ("told Vesna"): then it is their addressee too."""

    name: str
    span: Span
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When something was said: an ISO prefix, how it is known, and the words that say so.

    `value` is None when the words don't settle it; then `candidates` holds the days they could mean. Where
    all of them lie in one month, `value` is that month.
    `anchor` tells in words what an inferred value was counted from ("published 2022-11-11").
    """

    value: str | None
    known: Known | None = None
    span: Span | None = None
    candidates: tuple[str, ...] = ()
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act of saying in one article: who (source), the words of saying (cue), what (content).

    Spans are into the page's text of record, outer quotation marks left out. A quotation broken by its
    cue has two content spans; a bare quotation has no cue; a refused comment may have no content. `via`
    is outermost first. `confidence` is the chance that speaker and words are both right, `speaker_confidence`
    the one that, if the page has these words as a statement, they are this speaker's (nobody's, where none is
    named).
    """

    kind: Kind
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: Speaker | None = None
    addressee: Span | None = None
    said_on: When | None = None
    via: tuple[Relay, ...] = ()
    polarity: Polarity = "said"
    tier: Tier = "core"
    confidence: float | None = None
    speaker_confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that one capture gave: page, article, statements, and what went wrong."""

    page: Page
    article: Article
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySpeaker:
    """A speaker as the ledger knows them: `id` is theirs over all pages, `name` and `role` as this page
    prints them."""

    id: str | None
    name: str
    type: SpeakerType
    role: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySpans:
    """The spans of an entry, into the text of record of its page (code points, half open).

    `speaker` leads from the words at the saying to those that give the speaker's name: "he", "the mayor",
    "Ivo Lann".
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    via: tuple[Span, ...]
    said_on: tuple[Span, ...]
    speaker: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """The page that an entry stands on.

    `article` is set where several pages of the ledger are one article, versions of one address or one page
    saved twice: all have the same value, the id of one of them.
    `file` is the name of the file that it was read from, without its folders; None for standard input.
    """

    id: str
    uri: str | None
    payload_digest: str
    text_version: str
    captured_at: str | None
    outlet: str | None
    headline: str | None
    published: str | None
    published_known: Known | None
    language: str | None
    section: str | None = None
    credit: str | None = None
    authors: tuple[str, ...] = ()
    article: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A statement in the ledger: words and spans, so that each can prove the other.

    The fields, in this order, are the names of the JSONL export, of the API and of Python. `source` and
    `cue` are words, `content` is a list of words, one for each span; `prefix` and `suffix` are up to 32
    characters either side of the content (of the cue where there is no content). `copy_of` is a page id,
    `story` and `remark` are ids of links over pages, `review` what a person decided.
    """

    id: str
    kind: Kind
    polarity: Polarity
    tier: Tier
    confidence: float | None
    speaker_confidence: float | None = None
    speaker: EntrySpeaker | None
    source: str | None
    cue: str | None
    content: tuple[str, ...]
    addressee: str | None
    said_on: str | None
    said_on_known: Known | None
    said_on_candidates: tuple[str, ...]
    via: tuple[str, ...]
    spans: EntrySpans
    prefix: str
    suffix: str
    page: EntryPage
    copy_of: str | None
    story: str | None
    remark: str | None
    review: str | None


HeadlineVerdict = Literal[
    "verbatim",
    "altered",
    "absent",
    "supported",
    "nearest passage",
    "denial left out",
    "denial not in the body",
    "no words in the body",
]
"""What the body has of a headline's words: quoted ones stand there word for word, altered or not at all;
reported ones a passage says, or the nearest one has some of them, or the body has no such words. The body
may deny what the headline gives as said, or the headline give a denial where the body has none. It is about
words, never about truth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineCheck:
    """What a headline, or the lede, gives as somebody's words, and where the body of its own page has them.

    `part` is where the words stand: the lede is the article's first paragraph, checked against the ones after
    it. `form` tells quoted words from a paraphrase. `span` are the words, `speaker` those that name who said
    them. `place` is the best place in the body, None when there is none, and `entry` the id of the statement
    that it belongs to, None outside statements. `changes` tells how altered words differ: pairs (headline,
    body), equal where nothing changed, "" where one side has no words.
    """

    part: Literal["headline", "lede"]
    form: Literal["quotation", "paraphrase"]
    span: Span
    speaker: Span | None
    verdict: HeadlineVerdict
    place: Span | None
    entry: str | None
    changes: tuple[tuple[str, str], ...] = ()
