"""A page as a quotation is looked for in it: what each statement has, in marks or not, and the rest. Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from onrecord.checks.words import Word, cut_words
from onrecord.people.fold import fold
from onrecord.types import Block, Comment, Entry, EntryPage, Role, Span

if TYPE_CHECKING:
    from onrecord.statements.quotations.marks import Quotation

__all__ = ["PageText", "Passage", "Zone", "role_at", "zone_of"]

Zone = Literal["article", "headline", "outside"]
_ARTICLE: frozenset[Role] = frozenset({"paragraph", "dateline", "correction"})
_MOST_BETWEEN = 40  # words of attribution between two quotations that are one
_SENTENCE = re.compile(r"[.!?…][”\"’')\]]*\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand one behind the other: those of one statement, of one that goes on, or of a block.

    `entries` are the statements whose words they are, () for what is nobody's. `quoted` says for each word
    whether it stands in quotation marks as a statement's own.
    """

    zone: Zone
    entries: tuple[Entry, ...]
    words: tuple[Word, ...]
    quoted: tuple[bool, ...]


@dataclass(frozen=True)
class PageText:
    """A page as far as a quotation is looked for in it."""

    page: EntryPage
    text: str
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    comments: tuple[Comment, ...]

    @cached_property
    def own(self) -> tuple[Passage, ...]:
        """What the article has: its statements, the inner of nested ones first, then its whole text."""
        own = [self._passage((entry,)) for entry in sorted(self.entries, key=_length)]
        chains = [self._passage(chain, quoted_only=True) for chain in _find_chains(self)]
        return (*own, *chains, self.prose)

    @cached_property
    def prose(self) -> Passage:
        """The article as one text: furniture in its middle does not break what a person says over it."""
        words = [w for b in self.blocks if zone_of(b.role) == "article" for w in cut_words(self.text, b.span)]
        return Passage("article", (), tuple(words), (False,) * len(words))

    @cached_property
    def quotations(self) -> "tuple[Quotation, ...]":
        """What the article prints in quotation marks."""
        # A ledger is opened and searched without the readers of pages in memory.
        from onrecord.statements.quotations.marks import Quotation, find_quotations

        body = [b.span for b in self.blocks if zone_of(b.role) != "outside"]
        return tuple(q for q in find_quotations(self.text, body) if isinstance(q, Quotation))

    @cached_property
    def masked(self) -> str:
        """The text with what is in quotation marks out of the way, character for character."""
        from onrecord.statements.text.sentences import mask_quotations

        return mask_quotations(self.text, self.quotations)

    @cached_property
    def disowned(self) -> tuple[Span, ...]:
        """The quotations that the page prints as never said, fake, misattributed or misquoted."""
        from onrecord.statements.rules.disowned import find_disowned

        body = [b.span for b in self.blocks if zone_of(b.role) != "outside"]
        return tuple(find_disowned(self.text, body, self.quotations))

    def words_at(self, at: int) -> Sequence[Word]:
        """Return the words of the block in which a character stands."""
        n = bisect_right(self.blocks, at, key=lambda block: block.span.start) - 1
        if n not in self._words:
            self._words[n] = cut_words(self.text, self.blocks[n].span) if n >= 0 else []
        return self._words[n]

    @cached_property
    def _words(self) -> dict[int, list[Word]]:
        return {}

    def in_marks(self, entry: Entry) -> tuple[Span, ...]:
        """Return what of a statement's content stands in quotation marks."""
        if entry.kind == "direct":
            return entry.spans.content
        if entry.kind != "mixed":
            return ()
        met = (
            Span(max(span.start, q.inner.start), min(span.end, q.inner.end))
            for span in entry.spans.content
            for q in self.quotations
        )
        return tuple(span for span in met if span.start < span.end)

    def _passage(self, entries: Sequence[Entry], *, quoted_only: bool = False) -> Passage:
        words: list[Word] = []
        quoted: list[bool] = []
        for entry in entries:
            marked = self.in_marks(entry)
            for word in (w for span in entry.spans.content for w in cut_words(self.text, span)):
                inside = any(span.start <= word.start and word.end <= span.end for span in marked)
                if inside or not quoted_only:
                    words.append(word)
                    quoted.append(inside)
        first = entries[0].spans
        at = (first.content or first.cue or first.source or (Span(0, 0),))[0].start
        return Passage(zone_of(role_at(self.blocks, at)), tuple(entries), tuple(words), tuple(quoted))

    def others(self, word: str) -> Iterator[Passage]:
        """Yield the blocks outside the article that have a word, or all where it is "".

        A page may have a thousand lines of furniture, and most of them have no word of the question.
        """
        for block in self.blocks:
            zone = zone_of(block.role)
            if zone != "article" and word in fold(block.span.of(self.text)):
                words = tuple(cut_words(self.text, block.span))
                yield Passage(zone, (), words, (False,) * len(words))


def zone_of(role: Role) -> Zone:
    """Return whether a block is the article's text, its headline, or what stands beside it."""
    return "article" if role in _ARTICLE else "headline" if role == "headline" else "outside"


def role_at(blocks: Sequence[Block], at: int) -> Role:
    """Return the role of the block that a character stands in."""
    n = bisect_right(blocks, at, key=lambda block: block.span.start) - 1
    return blocks[n].role if n >= 0 and at < blocks[n].span.end else "other"


def _length(entry: Entry) -> int:
    return sum(span.end - span.start for span in entry.spans.content)


def _find_chains(page: PageText) -> Iterator[tuple[Entry, ...]]:
    """Yield the quotations of one speaker that go on in the next statement: “We stay,” she said. “For good.”

    Between the two stands nothing but words that say who speaks.
    """
    spoken = [e for e in page.entries if e.spans.content and zone_of(_role(page, e)) == "article"]
    spoken.sort(key=lambda entry: entry.spans.content[0].start)
    chain: list[Entry] = []
    for one, other in pairwise(spoken):
        if _goes_on(page, one, other):
            chain = chain or [one]
            chain.append(other)
        elif chain:
            yield tuple(chain)
            chain = []
    if chain:
        yield tuple(chain)


def _goes_on(page: PageText, one: Entry, other: Entry) -> bool:
    if one.polarity != "said" or other.polarity != "said" or not _same_speaker(one, other):
        return False
    before, after = page.in_marks(one), page.in_marks(other)
    if not before or not after or before[-1].end > after[0].start:
        return False
    # What is told between two quotations is left out of both.
    if before[-1].end != one.spans.content[-1].end or after[0].start != other.spans.content[0].start:
        return False
    gap = Span(before[-1].end, after[0].start)
    told = [*one.spans.source, *one.spans.cue, *other.spans.source, *other.spans.cue]
    if len(cut_words(page.text, gap)) > _MOST_BETWEEN:
        return False
    return all(
        not cut_words(page.text, sentence)
        or any(span.start < sentence.end and sentence.start < span.end for span in told)
        for sentence in _sentences(page.text, gap)
    )


def _sentences(text: str, gap: Span) -> Iterator[Span]:
    at = gap.start
    for found in _SENTENCE.finditer(text, gap.start, gap.end):
        yield Span(at, found.end())
        at = found.end()
    yield Span(at, gap.end)


def _same_speaker(one: Entry, other: Entry) -> bool:
    a, b = one.speaker, other.speaker
    if a is None or b is None or "unnamed" in (a.type, b.type):
        return False
    return a.id == b.id if a.id and b.id else a.name == b.name


def _role(page: PageText, entry: Entry) -> Role:
    return role_at(page.blocks, entry.spans.content[0].start)
