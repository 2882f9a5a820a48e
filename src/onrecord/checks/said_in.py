"""One version of a page while its statements are compared with another's: what is said in it, and what stands
in it at all. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.checks.articles import statement_key
from onrecord.checks.wording import find_like, widen
from onrecord.checks.words import cut_words
from onrecord.types import Block, Entry, Role, Span

__all__ = ["SaidIn", "Side", "wording_of"]

FEWEST = 3  # words; fewer stand in every article, so they are looked for with what stands beside them
REACH = 300  # characters from the words that name the speaker to those that were said
NEARLY, LONG = 0.75, 5  # how like, and of how many words, what was altered and is read as no statement now
MARKS = "“\"‘'«„"
# What a page says now. A correction notice tells what it said before, readers quote what has gone.
_ELSEWHERE: frozenset[Role] = frozenset(("comment", "correction"))
_ARTICLE: frozenset[Role] = frozenset(("headline", "paragraph", "caption", "pullquote"))
_SENTENCE = re.compile(r"(?<=[.!?…])[”’\"')\]]*\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidIn:
    """One version of a page: its statements in reading order, its text and the lines of that."""

    entries: Sequence[Entry]
    text: str
    blocks: Sequence[Block]


def wording_of(entry: Entry) -> str:
    """Return the words of a statement as they are compared; of a refusal without any its words of saying."""
    return " … ".join(entry.content) or entry.cue or ""


class Side:
    """One version while it is compared: the statements that are still without a partner, its words, its
    sentences."""

    def __init__(self, version: SaidIn) -> None:
        self.version = version
        self.left = dict(enumerate(version.entries))
        self.keys = [statement_key(entry)[0] for entry in version.entries]
        self.cut = [
            word
            for block in version.blocks
            if block.role not in _ELSEWHERE
            for word in cut_words(version.text, block.span)
        ]
        self.words = f" {' '.join(word.key for word in self.cut)} "
        self.size = sum(
            len(block.span.of(version.text).split()) for block in version.blocks if block.role in _ARTICLE
        )

    @cached_property
    def sentences(self) -> set[str]:
        """Return the words of each sentence; few versions are asked for them."""
        return {
            words_in(span.of(self.version.text))
            for block in self.version.blocks
            if block.role not in _ELSEWHERE
            for span in _sentences(self.version.text, block.span)
        }

    def has(self, entry: Entry, home: "Side") -> bool:
        """Say whether the words of a statement of the other version, its home, stand here, read or not."""
        parts = [words_in(part) for part in entry.content]
        if sum(part.count(" ") - 1 for part in parts) >= FEWEST:
            return all(part in self.words for part in parts)
        spans = [*entry.spans.source, *entry.spans.cue, *entry.spans.content]
        start, end = (
            min((span.start for span in spans), default=0),
            max((span.end for span in spans), default=0),
        )
        around = words_in(Span(start, end).of(home.version.text))
        return end - start <= REACH and around.count(" ") - 1 >= FEWEST and around in self.words

    def find_unread(self, entry: Entry, home: "Side") -> str | None:
        """Return a quotation of this version that one of the other was made to, or from: like it, nowhere in
        its home, and read as no statement here."""
        asked = cut_words(wording_of(entry))
        if entry.kind != "direct" or len(asked) < LONG:
            return None
        found = find_like(asked, self.cut, NEARLY)
        if found is None:
            return None
        first, last = widen(asked, self.cut, found.first, found.last)
        place = Span(self.cut[first].start, self.cut[last - 1].end)
        read = any(_meet(place, span) for one in self.version.entries for span in one.spans.content)
        opened = any(sign in MARKS for sign in self.version.text[max(0, place.start - 2) : place.start])
        known = f" {' '.join(word.key for word in self.cut[first:last])} " in home.words
        return place.of(self.version.text) if opened and not read and not known else None

    def changed(self, entry: Entry, other: "Side") -> bool:
        """Say whether any sentence of a statement, or one that tells whose it is, is not in the other."""
        spans = entry.spans
        places = [*spans.source, *spans.cue, *spans.content, *spans.speaker]
        return any(
            words_in(sentence.of(self.version.text)) not in other.sentences
            for block in self.version.blocks
            if any(_meet(block.span, place) for place in places)
            for sentence in _sentences(self.version.text, block.span)
            if any(_meet(sentence, place) for place in places)
        )


def words_in(text: str) -> str:
    """Return the words of a text in the one form that is compared, with a space round each."""
    return f" {' '.join(word.key for word in cut_words(text))} "


def _sentences(text: str, block: Span) -> Iterator[Span]:
    """Yield the sentences of a line, cut at their signs: finer than any reader needs."""
    start = block.start
    for gap in _SENTENCE.finditer(text, block.start, block.end):
        yield Span(start, gap.end())
        start = gap.end()
    yield Span(start, block.end)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
