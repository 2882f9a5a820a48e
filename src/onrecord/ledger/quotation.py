"""Where does a quotation stand: word for word, altered, by somebody else, only in a headline or comment?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import Connection

from onrecord.checks.wording import Word, cut_parts, cut_words, find_like, find_verbatim, tell_changes
from onrecord.errors import BadRequest
from onrecord.ledger.candidates import PageText, find_pages, find_pages_like, weigh
from onrecord.ledger.lookup import find_speaker_ids
from onrecord.ledger.records import QuotationCheck, QuotationHit, Verdict
from onrecord.ledger.store import Ledger
from onrecord.people.names import match_names, split_joint
from onrecord.types import Block, Entry, Role, Span

__all__ = ["check_quotation"]

_ALTERED = 0.6
_LEAST_SAME = 3  # Two words in common are no quotation.
_LEAST_WEIGHT = (
    0.4  # Of what makes the asked words rare, so much must be there: "it is a ..." is in every page.
)
_AROUND = 32

Zone = Literal["article", "headline", "outside"]
Says = Literal["agrees", "unknown", "another"]
_ARTICLE: frozenset[Role] = frozenset({"paragraph", "dateline", "correction"})
_BEST: tuple[Zone | Says, ...] = ("article", "headline", "outside", "agrees", "unknown", "another")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked: the words in parts between ellipses, and who is said to have said it."""

    words: str
    parts: list[list[Word]]
    by: str | None
    by_ids: frozenset[str]
    shown: dict[str, str] = field(default_factory=dict)  # texts of pages without their readers' names

    @property
    def all(self) -> list[Word]:
        return [word for part in self.parts for word in part]


@dataclass(frozen=True, slots=True)
class _Place:
    """A hit with what it is judged by."""

    zone: Zone
    says: Says
    verbatim: bool
    hit: QuotationHit


def check_quotation(ledger: Ledger, quotation: str, *, by: str | None = None) -> QuotationCheck:
    """Say where a quotation stands in what wording, and (with `by`) whether that speaker said it.

    Marks, dashes, accents and case are left aside; "..." stands for any words between. Words that stand in
    a headline or in readers' comments only are reported as that, with what the articles have instead.
    """
    with ledger.reading() as connection:
        asked = _read(connection, quotation, by)
        found = [place for page in find_pages(connection, asked.parts) for place in _verbatim(asked, page)]
        if not any(place.zone == "article" and place.says != "another" for place in found):
            found += _altered(connection, asked)
    found = _without_doubles(sorted(found, key=_rank))
    return QuotationCheck(
        quotation=quotation, by=by, verdict=_verdict(found), hits=tuple(place.hit for place in found)
    )


def _read(connection: Connection, quotation: str, by: str | None) -> _Asked:
    parts = cut_parts(quotation)
    if not parts:
        raise BadRequest(f"the quotation {quotation!r} has no words; write the words to look for")
    ids = find_speaker_ids(connection, by) if by else []
    return _Asked(quotation, parts, by, frozenset(ids))


def _verdict(found: Sequence[_Place]) -> Verdict:
    verbatim = [place for place in found if place.verbatim]
    in_article = [place.says for place in verbatim if place.zone == "article"]
    if "agrees" in in_article:
        return "verbatim"
    if in_article:
        return "another speaker" if "another" in in_article else "verbatim"
    if verbatim:
        return "only in a headline" if verbatim[0].zone == "headline" else "only outside the article"
    return "altered" if found else "not found"


def _rank(place: _Place) -> tuple[object, ...]:
    """Order hits: word for word before altered, article before headline before the rest; originals first."""
    hit = place.hit
    return (
        not place.verbatim,
        _BEST.index(place.zone),
        _BEST.index(place.says),
        -round(hit.likeness, 3),
        bool(hit.entry and hit.entry.copy_of),
        hit.page.published or "9",
        hit.page.id,
        hit.span,
    )


def _without_doubles(found: Iterable[_Place]) -> list[_Place]:
    """Keep the best of several hits at one place: an altered one over a verbatim one tells nothing more."""
    kept: list[_Place] = []
    taken: dict[str, list[Span]] = {}
    for place in found:
        spans = taken.setdefault(place.hit.page.id, [])
        if all(place.hit.span.end <= span.start or span.end <= place.hit.span.start for span in spans):
            spans.append(place.hit.span)
            kept.append(place)
    return kept


def _verbatim(asked: _Asked, page: PageText) -> Iterator[_Place]:
    for zone, words in _streams(page):
        for first, last in find_verbatim(asked.parts, words):
            yield _place(asked, page, zone, words[first:last], likeness=1.0)


def _altered(connection: Connection, asked: _Asked) -> Iterator[_Place]:
    """Yield the stretches of articles that are like the asked words; pages come by the rarest of these."""
    sought = asked.all
    weights = weigh(connection, [word.key for word in sought])
    total = sum(weights)
    for page in find_pages_like(connection, [word.key for word in sought]):
        yield from _verbatim(asked, page)
        for zone, words in _streams(page):
            like = find_like(sought, words, _ALTERED) if zone == "article" else None
            if like is None or len(like.same) < _LEAST_SAME:
                continue
            if sum(weights[i] for i in like.same) >= _LEAST_WEIGHT * total:
                printed = words[like.first : like.last]
                yield _place(asked, page, zone, printed, likeness=like.likeness)


def _streams(page: PageText) -> Iterator[tuple[Zone, list[Word]]]:
    """Yield the running texts of a page: the article as one, every other block alone.

    Furniture in the middle does not break what a person says over two paragraphs.
    What a statement quotes is a running text too: "we will", she said, "go on" has the words "we will go
    on".
    """
    zones = [(_zone(block.role), cut_words(page.text, block.span)) for block in page.blocks]
    yield "article", [word for zone, words in zones if zone == "article" for word in words]
    yield from ((zone, words) for zone, words in zones if zone != "article")
    for entry in page.entries:
        spans = entry.spans.content
        if len(spans) > 1 and _zone(_role_at(page.blocks, spans[0].start)) == "article":
            yield "article", [word for span in spans for word in cut_words(page.text, span)]


def _place(asked: _Asked, page: PageText, zone: Zone, printed: Sequence[Word], *, likeness: float) -> _Place:
    span = Span(printed[0].start, printed[-1].end)
    text = _shown(asked, page)
    entry, says = _who_says(asked, page, span)
    verbatim = likeness == 1.0 or [w.key for w in printed] == [w.key for w in asked.all]
    hit = QuotationHit(
        page=page.page,
        span=span,
        words=span.of(text),
        prefix=text[max(0, span.start - _AROUND) : span.start],
        suffix=text[span.end : span.end + _AROUND],
        role=_role_at(page.blocks, span.start),
        entry=entry,
        likeness=likeness,
        changes=() if verbatim else tell_changes(asked.words, asked.all, text, printed),
    )
    return _Place(zone, says, verbatim, hit)


def _shown(asked: _Asked, page: PageText) -> str:
    """Return the text of a page with its readers' names blacked out, character for character."""
    if not page.comments:
        return page.text
    # A ledger is opened and searched without the readers of pages in memory.
    from onrecord.page.readers import cover_handles, find_namings

    if page.page.id not in asked.shown:
        namings = find_namings(page.text, page.blocks, page.comments)
        asked.shown[page.page.id] = cover_handles(page.text, namings)
    return asked.shown[page.page.id]


def _who_says(asked: _Asked, page: PageText, span: Span) -> tuple[Entry | None, Says]:
    """Return the statement that the words belong to, and whether its speaker is the one asked for.

    Of several (a statement inside a statement) the one by the speaker asked for is meant, else the
    innermost.
    """
    over = [(_shared(entry, span), -_length(entry), n) for n, entry in enumerate(page.entries)]
    ranked = [page.entries[n] for shared, _, n in sorted(over, reverse=True) if shared]
    if not asked.by:
        return (ranked[0] if ranked else None), "agrees"
    for entry in ranked:
        if _agrees(asked, entry):
            return entry, "agrees"
    named = next((entry for entry in ranked if entry.speaker and entry.speaker.type != "unnamed"), None)
    return named or (ranked[0] if ranked else None), "another" if named else "unknown"


def _agrees(asked: _Asked, entry: Entry) -> bool:
    speaker = entry.speaker
    if speaker is None or asked.by is None:
        return False
    names = split_joint(speaker.name)
    return speaker.id in asked.by_ids or any(match_names(asked.by, name, type=speaker.type) for name in names)


def _shared(entry: Entry, span: Span) -> int:
    return sum(max(0, min(s.end, span.end) - max(s.start, span.start)) for s in entry.spans.content)


def _length(entry: Entry) -> int:
    return sum(span.end - span.start for span in entry.spans.content)


def _zone(role: Role) -> Zone:
    return "article" if role in _ARTICLE else "headline" if role == "headline" else "outside"


def _role_at(blocks: Sequence[Block], at: int) -> Role:
    return next((block.role for block in blocks if block.span.start <= at < block.span.end), "other")
