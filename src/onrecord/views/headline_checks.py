"""Does the body have the words that a headline, or the lede, gives as somebody's? Told when a page is shown.

The headline's own statements prove nothing of themselves: only the paragraphs count, and for the lede
(the article's first paragraph) only those after it.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from onrecord.across.weights import tell
from onrecord.checks.wording import Word, cut_parts, cut_words, find_like, find_verbatim, tell_changes
from onrecord.statements.quotations.marks import Quotation, find_quotations
from onrecord.types import Article, Block, Entry, HeadlineCheck, HeadlineVerdict, Role, Span
from onrecord.views.headline_claims import (
    Claim,
    are_alike,
    find_claims,
    find_passage,
    is_denied,
    match_speaker,
    share_of,
)
from onrecord.views.headline_denials import no_before

__all__ = ["check_headlines"]

_BODY: frozenset[Role] = frozenset({"paragraph", "dateline"})
_ALTERED = 0.6
_LEAST_SAME = 3  # Two words in common are no quotation ...
_LEAST_TOLD = 0.5  # ... and no more are many that tell little: "it is a ... of the" stands everywhere.
_APART = 3  # So many words may stand between those of a short quotation.


@dataclass(frozen=True)
class _Body:
    """The paragraphs that a line is checked against, with their statements."""

    text: str
    blocks: Sequence[Block]
    entries: Sequence[Entry]

    @cached_property
    def words(self) -> list[Word]:
        return [word for block in self.blocks for word in cut_words(self.text, block.span)]

    @cached_property
    def said(self) -> list[tuple[Entry, list[Word]]]:
        """The statements with their words, shortest first: the innermost of nested ones is meant."""
        told = [
            (entry, [word for span in entry.spans.content for word in cut_words(self.text, span)])
            for entry in self.entries
        ]
        return sorted(told, key=lambda one: len(one[1]))


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of words of the body that has quoted words, and how like them it is (1 is verbatim)."""

    words: list[Word]
    entry: Entry | None
    likeness: float


def check_headlines(
    text: str, blocks: Sequence[Block], article: Article, entries: Sequence[Entry]
) -> tuple[HeadlineCheck, ...]:
    """Set what a page's headline and lede give as somebody's words beside what its body has of them.

    Quoted words are verbatim, altered or absent. A paraphrase is supported by a statement, or the body has no
    words of it; it is looked for in English only, as statements are. A page without paragraphs is not
    checked: then only the headline was saved.
    """
    language = article.language
    english = language is None or language.value.casefold().startswith("en")
    # Who refused to comment on a matter has said nothing of it.
    said = [entry for entry in entries if entry.spans.content and entry.kind != "no-comment"]
    parts = _parts(text, blocks, said)
    return tuple(check for part in parts for check in _check(text, *part, english=english))


def _parts(
    text: str, blocks: Sequence[Block], entries: Sequence[Entry]
) -> Iterator[tuple[Block, list[Entry], _Body]]:
    """Yield each line that is checked with its own statements and the body that it is checked against."""
    prose = [block for block in blocks if block.role in _BODY]
    body = _Body(text, prose, _within(entries, prose))
    for line in blocks:
        if line.role == "headline":
            yield line, _within(entries, [line]), body
    lede = next((n for n, block in enumerate(prose) if _is_lede(block, entries)), len(prose))
    rest = prose[lede + 1 :]
    if rest:
        yield prose[lede], _within(entries, [prose[lede]]), _Body(text, rest, _within(entries, rest))


def _is_lede(block: Block, entries: Sequence[Entry]) -> bool:
    return block.role == "paragraph" or bool(_within(entries, [block]))


def _within(entries: Sequence[Entry], blocks: Sequence[Block]) -> list[Entry]:
    """Return the statements whose words begin in one of these blocks, which are in reading order."""
    starts = [block.span.start for block in blocks]
    found = []
    for entry in entries:
        at = entry.spans.content[0].start
        place = bisect_right(starts, at) - 1
        if place >= 0 and at < blocks[place].span.end:
            found.append(entry)
    return found


def _check(
    text: str, line: Block, own: Sequence[Entry], body: _Body, *, english: bool
) -> Iterator[HeadlineCheck]:
    if not body.blocks:
        return
    claims = list(find_claims(text, line, own, body.entries)) if english else []
    found = [
        _check_quotation(text, line, span, _speaker(span, own, claims), own, body)
        for span in _quoted(text, line, own)
    ]
    found += [_check_claim(text, line, claim, body) for claim in claims if not claim.quoted]
    yield from sorted(found, key=lambda check: check.span)


def _quoted(text: str, line: Block, own: Sequence[Entry]) -> Iterator[Span]:
    """Yield the quoted words of a line; of a lede only those that it gives as said."""
    for found in find_quotations(text, [line.span]):
        if isinstance(found, Quotation) and cut_words(text, found.inner):
            inner = found.inner
            if line.role == "headline" or any(_overlap(entry, inner) for entry in own):
                yield inner


def _overlap(entry: Entry, span: Span) -> bool:
    return any(s.start < span.end and span.start < s.end for s in entry.spans.content)


def _speaker(span: Span, own: Sequence[Entry], claims: Sequence[Claim]) -> Span | None:
    """Return the words that name who said quoted words, as the line has it."""
    told = [entry for entry in own if entry.spans.source and _overlap(entry, span)]
    if told:
        return min(told, key=lambda entry: sum(map(len, entry.content))).spans.source[0]
    return next((c.speaker for c in claims if c.span.start <= span.start and span.end <= c.span.end), None)


def _check_claim(text: str, line: Block, claim: Claim, body: _Body) -> HeadlineCheck:
    passage = find_passage(text, claim, body.entries, body.blocks, lede=line.role != "headline")
    return HeadlineCheck(
        part="headline" if line.role == "headline" else "lede",
        form="paraphrase",
        span=claim.span,
        speaker=claim.speaker,
        verdict=passage.verdict,
        place=passage.place,
        entry=passage.entry.id if passage.entry else None,
    )


def _check_quotation(
    text: str, line: Block, span: Span, speaker: Span | None, own: Sequence[Entry], body: _Body
) -> HeadlineCheck:
    asked = span.of(text)
    place = _find(asked, speaker.of(text) if speaker else None, body)
    sought = cut_words(asked)
    changed = place is not None and place.likeness < 1
    verdict: HeadlineVerdict = "absent" if place is None else "altered" if changed else "verbatim"
    stands = Span(place.words[0].start, place.words[-1].end) if place else None
    if stands is not None and not changed:
        verdict, stands = _check_no(text, line, span, own, stands, body)
    return HeadlineCheck(
        part="headline" if line.role == "headline" else "lede",
        form="quotation",
        span=span,
        speaker=speaker,
        verdict=verdict,
        place=stands,
        entry=place.entry.id if place and place.entry else None,
        changes=tell_changes(asked, sought, text, place.words) if place and changed else (),
    )


def _check_no(
    text: str, line: Block, span: Span, own: Sequence[Entry], stands: Span, body: _Body
) -> tuple[HeadlineVerdict, Span]:
    """Tell whether quoted words that stand in the body have a denial there and none here, or the other way
    round; a place begins with the "not" that the headline left out."""
    here = next((entry for entry in own if _overlap(entry, span)), None)
    there = next((entry for entry, _ in body.said if _overlap(entry, stands)), None)
    before = no_before(text[line.span.start : span.start])
    cut = no_before(text[_begin_of(text, there, stands) : stands.start]) if there is not None else None
    denied_here = here is not None and is_denied(here)
    denied_there = there is not None and is_denied(there)
    if (cut is not None or denied_there) and not denied_here and before is None:
        start = text.rfind(cut, 0, stands.start) if cut is not None else stands.start
        return "denial left out", Span(start, stands.end)
    if denied_here and there is not None and cut is None and not denied_there:
        return "denial not in the body", stands
    return "verbatim", stands


def _begin_of(text: str, entry: Entry, stands: Span) -> int:
    """Where the part of a statement begins that quoted words stand in."""
    starts = [part.start for part in entry.spans.content if part.start <= stands.start]
    return max(starts, default=stands.start)


def _find(asked: str, who: str | None, body: _Body) -> _Place | None:
    """Return the best place of quoted words: as they are in what somebody says, or anywhere, else altered."""
    parts = cut_parts(asked)
    if not parts:
        return None
    said = sorted(body.said, key=lambda one: not (who and match_speaker(who, one[0])))
    for entry, words in said:
        for first, last in find_verbatim(parts, words):
            return _Place(words[first:last], entry, 1.0)
    for first, last in find_verbatim(parts, body.words):
        return _owned(body, body.words[first:last], 1.0)
    sought = [word for part in parts for word in part]
    broken = [words for entry, words in said if len(entry.spans.content) > 1]
    like = [
        _find_like(sought, words, body) or _find_near(sought, words, body) for words in (body.words, *broken)
    ]
    return max(filter(None, like), default=None, key=lambda place: place.likeness)


def _owned(body: _Body, words: list[Word], likeness: float) -> _Place:
    span = Span(words[0].start, words[-1].end)
    owner = next((entry for entry, _ in body.said if _overlap(entry, span)), None)
    return _Place(words, owner, likeness)


def _find_like(sought: Sequence[Word], words: list[Word], body: _Body) -> _Place | None:
    like = find_like(sought, words, _ALTERED)
    if like is None or len(like.same) < _LEAST_SAME:
        return None
    told = tell(" ".join(word.key for word in sought))
    if share_of(told, " ".join(sought[n].key for n in like.same)) < _LEAST_TOLD:
        return None
    return _owned(body, words[like.first : like.last], min(like.likeness, 0.99))


def _find_near(sought: Sequence[Word], words: list[Word], body: _Body) -> _Place | None:
    """Find a short quotation whose telling words stand close together in other forms: "breached trust"."""
    telling = [stem for word in sought if (stem := _stem(word.key))]
    if not telling or len(sought) > _LEAST_SAME:
        return None
    places = [
        [n for n, word in enumerate(words) if (found := _stem(word.key)) and are_alike(stem, found)]
        for stem in telling
    ]
    for first in places[0]:
        near = [min(others, key=lambda n: abs(n - first), default=None) for others in places]
        if any(n is None for n in near):
            return None
        low, high = min(n for n in near if n is not None), max(n for n in near if n is not None)
        stretch = words[low : high + 1]
        apart = "\n" in body.text[stretch[0].start : stretch[-1].end]
        if len(stretch) <= len(sought) + _APART and not apart:
            return _owned(body, stretch, 0.5)
    return None


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str | None:
    return next(iter(tell(word)), None)
