"""A statement as somebody else can find it again: who, the printed cue, the words, the page, and the proof.

What a citation says is what the page prints. A denial stays a denial, a refusal a refusal and a question a
question, since the words of saying stand in it; marks stand only where the page prints marks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.types import Entry, EntrySpeaker, Place, Span
from onrecord.views.dates import long_day, moment
from onrecord.views.render import find_host
from onrecord.views.saying import Saying
from onrecord.views.visible import visible

if TYPE_CHECKING:
    from onrecord.statements.quotations.glyphs import Mark

__all__ = ["Citation", "make_citation"]

_FAR = 160  # characters between the words of saying and the words said: further off they are no clause
_NEAR = 40
_GAP = " … "
# The marks that a citation shows as the page has them; of damaged ones it shows what they were.
_CLOSES = {"“": "”", "„": "“", "«": "»", "»": "«", "‹": "›", "‘": "’", "‚": "‘", '"': '"', "'": "'", "”": "”"}
_OPENS = {"”": "“", "»": "«", "›": "‹", "’": "‘", '"': '"', "'": "'"}
_DOUBLE = '“”„«»"'
_STOPS = (".", "!", "?", "…")
# "According to", "in the words of": words of saying that stand before their speaker.
_BEFORE_NAMES = ("to", "by", "of", "from", "per")
_ONE = ("a", "an", "one", "another", "some", "somebody", "someone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A statement with all that a footnote, a reading list or a table of sources tells of it.

    `words` is the statement as one sentence: speaker, printed cue, words said. `told` says what kind of
    statement it is and who carried it; `day` when it was said, apart from when it was printed. Nothing is
    escaped here: each format does that for itself. What can't be seen of a page's words is made visible.
    """

    id: str
    words: str
    told: str
    authors: tuple[str, ...]
    title: str | None
    outlet: str | None
    credit: str | None
    site: str | None
    file: str | None
    published: str | None
    published_known: str | None
    day: str
    uri: str | None
    captured_at: str | None
    characters: str
    text_version: str
    digest: str
    page: str
    language: str | None
    section: str | None
    sheets: tuple[int, ...] = ()

    @property
    def source(self) -> str | None:
        """What printed the page: its outlet, else whose copy it is, else the site."""
        return self.outlet or self.credit or self.site

    @property
    def printed(self) -> str:
        """When the page was printed and how that is known, for people."""
        if self.published is None:
            return "no day of publication known"
        how = f" ({self.published_known})" if self.published_known not in (None, "printed") else ""
        return f"published {long_day(self.published)}{how}"

    @property
    def saved(self) -> str:
        """When the page was saved, for people."""
        return f"Saved {moment(self.captured_at)}" if self.captured_at else "Nobody knows when it was saved"

    @property
    def sheet(self) -> str:
        """On which sheet of the document the words are printed, or from which to which."""
        return "–".join(map(str, sorted({min(self.sheets), max(self.sheets)}))) if self.sheets else ""

    @property
    def proof(self) -> str:
        """Where the words stand, and the digest of the bytes that have them."""
        return (
            f"Statement {self.id}, characters {self.characters} of the text of record {self.text_version} of "
            f"page {self.page}, {f'sheet {self.sheet} of ' if self.sheets else ''}capture {self.digest}"
        )


def make_citation(saying: Saying, text: str, places: Sequence[Place] = ()) -> Citation:
    """Return the citation of a statement; `text` is the text of record of its page, `places` where its lines
    are printed."""
    entry = saying.entry
    page = entry.page
    spans = entry.spans.content or entry.spans.cue
    return Citation(
        id=entry.id,
        words=_clean(_tell(entry, text)),
        told=_clean("; ".join(_tell_kind(entry, text))),
        authors=tuple(_clean(author) for author in page.authors),
        title=_known(page.headline),
        outlet=_known(page.outlet),
        credit=_known(page.credit),
        site=_known(find_host(page)),
        file=_known(page.file),
        published=page.published,
        published_known=page.published_known,
        day=_clean(_tell_day(saying)),
        uri=_known(page.uri),
        captured_at=page.captured_at,
        characters=", ".join(f"{span.start}–{span.end}" for span in spans),
        text_version=page.text_version,
        digest=page.payload_digest,
        page=page.id,
        language=_known(page.language),
        section=_known(page.section),
        sheets=tuple(
            sorted(
                {
                    place.sheet
                    for place in places
                    for span in spans
                    if place.span.start < span.end and span.start < place.span.end
                }
            )
        ),
    )


def _known(words: str | None) -> str | None:
    return (_clean(words) or None) if words else None


def _clean(words: str) -> str:
    """Return words of a page on one line, with what can't be seen made visible."""
    return visible(" ".join(words.split()))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tell_kind(entry: Entry, text: str) -> Iterator[str]:
    """Yield what a reader of the citation must know of the statement, the weightiest first."""
    if entry.kind == "no-comment":
        yield "no comment was given"
    elif entry.polarity == "denied":
        yield "a denial"
    elif entry.polarity == "asked":
        yield "a question"
    if entry.via:
        yield "as carried by " + ", which had it from ".join(entry.via)
    if entry.kind == "indirect":
        inside = any(mark in words for words in entry.content for mark in _DOUBLE)
        yield "reported in the page’s own words" + ("" if inside else ", without quotation marks")
    elif entry.kind == "mixed":
        yield "only what stands in marks is quoted"
    elif entry.kind == "direct" and not all(_marks_around(span, text) for span in entry.spans.content):
        yield "printed as speech without quotation marks"
    if entry.copy_of:
        yield f"the article reprints page {entry.copy_of}"
    if entry.review:
        yield f"as corrected by a person (review {entry.review})"


def _tell_day(saying: Saying) -> str:
    """Return when it was said and how that is known; the day of the page is no day of saying."""
    entry = saying.entry
    if entry.said_on is not None:
        return f"said {'on' if len(entry.said_on) >= 10 else 'in'} {long_day(entry.said_on)} ({saying.how})"
    if entry.said_on_candidates:
        return f"day of saying unresolved: {saying.how}"
    return "day of saying not told"


def _tell(entry: Entry, text: str) -> str:
    """Return a statement as one sentence: "Dana Ruel (mayor) denied that the bridge had been closed"."""
    who = _who(entry.speaker, entry.source)
    start, content = _content(entry, text)
    cue = " ".join((entry.cue or "").split())
    if not cue:
        return f"{_capital(who)}: {content}" if content else _capital(who)
    before = cue.split()[-1].lower() in _BEFORE_NAMES
    said = f"{cue} {who}" if before else f"{who} {cue}"
    if not content:
        return _capital(said)
    quoted = entry.kind == "direct"
    if entry.spans.cue[-1].end > start:
        # The words said stand first: to put "that" before them would be our word and not the page's.
        told = _addressed(said, entry, text)
        return f"{_capital(told)}: {content}" if quoted else f"{content.rstrip(', ')}, {told}"
    between = _between(entry, start, text)
    if between is None:
        return f"{_capital(_addressed(said, entry, text))}: {content}"
    joined = f"{_capital(said)}{between.rstrip()}"
    if quoted and (not between.strip() or joined.endswith((",", ":"))):
        return f"{joined.rstrip(',:')}: {content}"
    return f"{joined} {content}"


def _addressed(said: str, entry: Entry, text: str) -> str:
    """Add to whom it was said, where that is told: "told" reads cut off without."""
    to = entry.addressee or _told_carrier(entry, text)
    return f"{said} {to}" if to and to not in said else said


def _told_carrier(entry: Entry, text: str) -> str | None:
    """Return the printed words for a carrier right behind the words of saying: "the news agency Vesna"."""
    begin = entry.spans.cue[-1].end
    for span in entry.spans.via:
        between = text[begin : span.start]
        if begin <= span.start and len(between) <= _NEAR and not re.search(r"[^\w\s]|\n", between):
            return text[begin : span.end].strip()
    return None


def _who(speaker: EntrySpeaker | None, source: str | None) -> str:
    """Return the speaker as printed, with the role; who is not named is said to be so."""
    from onrecord.statements.lexicon.kinds import word_is

    if speaker is None:
        return f"a source that is not named (“{source}”)" if source else "a source that is not named"
    if speaker.type == "unnamed":
        words = speaker.name.lower().split()
        somebody = words[:1] != [] and words[0] in _ONE and not any(word_is(w, "document") for w in words)
        return f"{speaker.name} {'who is not named' if somebody else '(not named)'}"
    return f"{speaker.name} ({speaker.role})" if speaker.role else speaker.name


def _content(entry: Entry, text: str) -> tuple[int, str]:
    """Return where the words said begin, their own marks counted in, and the words with these marks.

    A quotation that its cue breaks shows the gap.
    """
    spans = entry.spans.content
    if not spans:
        return 0, ""
    pairs = [_marks_at(span, text) if entry.kind != "indirect" else (None, None) for span in spans]
    parts = [
        _mark(words, pair, text, whole=entry.kind == "direct")
        for words, pair in zip(entry.content, pairs, strict=True)
    ]
    first = pairs[0][0]
    return first.start if first else spans[0].start, _GAP.join(parts)


def _mark(words: str, pair: "tuple[Mark | None, Mark | None]", text: str, *, whole: bool) -> str:
    """Return words between their marks: in direct speech both, else only the one the page has at an edge."""
    opening, closing = (text[mark.start : mark.end] if mark else None for mark in pair)
    if opening is None and closing is None:
        return words.rstrip(", ")
    if opening not in _CLOSES and opening is not None:
        opening = "“"
    if closing not in _OPENS and closing not in _CLOSES and closing is not None:
        closing = "”"
    if whole:
        opening = opening or _OPENS.get(closing or "", "“")
        closing = closing or _CLOSES.get(opening, "”")
    # Where the page goes on with “..., she said” the comma is the page's and looks cut off here.
    return f"{opening or ''}{words.rstrip(', ') if closing else words}{closing or ''}"


def _marks_around(span: Span, text: str) -> bool:
    return any(_marks_at(span, text))


def _marks_at(span: Span, text: str) -> "tuple[Mark | None, Mark | None]":
    """Return the quotation marks right before and right behind some words, as far as there are."""
    # What reads statements is imported late: the command line should start at once.
    from onrecord.statements.quotations.glyphs import read_marks

    near = max(0, span.start - _NEAR)
    start = max(near, text.rfind("\n", near, span.start) + 1)
    line_end = text.find("\n", span.end, span.end + _NEAR)
    end = line_end if line_end >= 0 else min(len(text), span.end + _NEAR)
    opening = closing = None
    for marks in read_marks(text, Span(start, end)):
        for mark in marks:
            if mark.end <= span.start and mark.stands != "close":
                opening = mark if not text[mark.end : span.start].strip() else None
            elif closing is None and mark.start >= span.end and mark.stands != "open":
                closing = mark if not text[span.end : mark.start].strip(" ,.") else None
    return opening, closing


def _between(entry: Entry, start: int, text: str) -> str | None:
    """Return the printed words between cue and content, the source left out: " reporters that ".

    None where they are far apart or in two paragraphs or sentences: then they are no clause.
    """
    begin = entry.spans.cue[-1].end
    gap = text[begin:start]
    if len(gap) > _FAR or "\n" in gap or any(f"{stop} " in gap for stop in _STOPS):
        return None
    return _without(gap, begin, entry.spans.source)


def _without(gap: str, begin: int, spans: Sequence[Span]) -> str:
    """Return a stretch of text without these spans: "said Ruel that" gives "said that"."""
    for span in sorted(spans, reverse=True):
        if begin <= span.start and span.end <= begin + len(gap):
            left, right = gap[: span.start - begin].rstrip(), gap[span.end - begin :]
            gap = left + right
    return gap if gap.strip() else " "
