"""Whom a page has spoken of so far, and how: what a later "he", "it" or "the company" can mean.

Who spoke comes to mind first, then whom a sentence is about, then whom it only names; and each sentence
that goes by takes some of it away.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from onrecord.statements.lexicon.kinds import bare, is_of_country, is_place, pronoun_of, word_is
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.speakers.subjects import (
    COMMON,
    NAMED,
    NO_NAMES,
    OUTSIDE,
    PRONOUN,
    STOP,
    How,
    cut_common,
    everyday,
    find_subject,
    tell_how,
    tell_owner,
)
from onrecord.statements.text.noun_phrases import Named, parse_named
from onrecord.statements.text.sentences import QUOTED
from onrecord.types import Span, Speaker

__all__ = ["Mention", "Mentions", "Words", "bare_words", "lead_back"]

T = TypeVar("T")
Resolve = Callable[[str, Span], Speaker | None]

_WEIGHT: dict[How, float] = {"spoke": 3.0, "subject": 2.0, "named": 0.6, "owner": 0.5}
_FADES = 1.1  # with each sentence
_DOUBTFUL = 1.5  # a lone capital word may be anybody or anything
_NAMELESS = 1.0  # a sentence about somebody unnamed
_LOOK_BACK = 80  # mentions


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place that names or means somebody. `pronoun` is "he" or "she" where that is known; `doubtful`
    tells that the words may name a person as well as an institution, `asked` that they name who put a
    question."""

    at: Span
    sentence: int
    speaker: Speaker
    how: How
    pronoun: str | None = None
    doubtful: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words that are to be resolved: a source, or the subject of a sentence, and what it says. `answers`
    tells that it answers a question."""

    phrase: str
    named: Named
    span: Span
    said: tuple[Span, ...] = ()
    answers: bool = False


def lead_back(words: Words, known: Mention | None) -> Speaker | None:
    """Return the speaker of a mention as meant by other words: the chain goes from these over the mention to
    the full name."""
    if known is None:
        return None
    last = known.speaker
    chain = tuple(dict.fromkeys((words.span, known.at, *last.mentions[-1:])))
    return Speaker(name=last.name, type=last.type, role=last.role, mentions=chain)


def bare_words(name: str) -> set[str]:
    return {bare(word) for word in name.split()}


class Mentions:
    """The mentions of one page up to where it is read."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.sentence = 0
        self.all: list[Mention] = []
        self.called: dict[str, str] = {}  # "he" or "she" by name, as read so far

    def add(
        self,
        at: Span,
        speaker: Speaker,
        how: How,
        pronoun: str | None = None,
        *,
        doubtful: bool = False,
        asked: bool = False,
    ) -> None:
        self.all.append(
            Mention(
                at=at,
                sentence=self.sentence,
                speaker=speaker,
                how=how,
                pronoun=pronoun,
                doubtful=doubtful,
                asked=asked,
            )
        )

    def best(self, fits: Callable[[Mention], bool], words: Words) -> Mention | None:
        """Return the mention that comes to mind first before these words; who is only named in what they say
        does not say it."""
        known = [
            m
            for m in self.all[-_LOOK_BACK:]
            if m.at.start < words.span.start
            and not any(part.start <= m.at.start < part.end for part in words.said)
            and fits(m)
        ]
        return max(known, key=lambda m: (round(self._salience(m), 6), m.at.start)) if known else None

    def pronoun_of(self, mention: Mention) -> str | None:
        return mention.pronoun or self.called.get(mention.speaker.name)

    def _salience(self, mention: Mention) -> float:
        away = self.sentence - mention.sentence
        nameless = mention.speaker.type == "unnamed" and mention.how != "spoke"
        doubt = _DOUBTFUL * mention.doubtful + _NAMELESS * nameless
        return _WEIGHT[mention.how] - _FADES * away - doubt

    def latest(self) -> Mention | None:
        """Return whoever spoke last or was last what a sentence is about."""
        told = [
            m for m in self.all[-_LOOK_BACK:] if m.how == "spoke" or (m.how == "subject" and not m.doubtful)
        ]
        return max(told, key=lambda m: (m.at.start, m.how == "spoke")) if told else None

    def read(self, masked: str, part: Span, resolve: Resolve) -> None:
        """Note whom the sentences of the next part name and whom they are about; `resolve` tells whom "he"
        or "the council" means."""
        start = part.start
        for stop in STOP.finditer(masked, part.start, part.end):
            self._read_sentence(masked, Span(start, stop.end()), resolve)
            start = stop.end()
        self._read_sentence(masked, Span(start, part.end), resolve)

    def _read_sentence(self, masked: str, sentence: Span, resolve: Resolve) -> None:
        if OUTSIDE.search(masked, sentence.start, sentence.end) is None:
            return  # what is all quotation takes nobody from mind
        self.sentence += 1
        begin = find_subject(masked, sentence)
        subject: Span | None = None
        for at, person in _within(self.roster.mentions, sentence):
            if QUOTED in at.of(masked):
                continue
            how = tell_how(masked, begin, at) if subject is None else tell_owner(masked, at)
            if how == "subject":
                subject = at
            speaker = Speaker(
                name=person.name,
                type="person",
                role=self.roster.roles.get(person.name),
                mentions=_chain(at, person.span),
            )
            doubtful = person.name in self.roster.doubted
            self.add(at, speaker, how, self.roster.pronouns.get(person.name), doubtful=doubtful)
        for at, name in _within(self.roster.body_mentions, sentence):
            if QUOTED not in at.of(masked) and not is_place(name):
                self.add(at, Speaker(name=name, type="institution", mentions=(at,)), "named")
        if subject is None:
            self._read_subject(masked, begin, sentence.end, resolve)

    def _read_subject(self, masked: str, begin: int, end: int, resolve: Resolve) -> None:
        """Note a subject that is no known person: an institution, "the council", "a woman", "he"."""
        match = PRONOUN.match(masked, begin, end)
        if match is not None:
            at = Span(*match.span())
            speaker = resolve(match.group(), at)
            if speaker is not None:
                sex = match.group().lower() if match.group() in {"He", "She"} else None
                self.add(at, speaker, "subject", sex)
            return
        match = COMMON.match(masked, begin, end)
        phrase = cut_common(match["who"]) if match is not None else None
        if match is not None and phrase is not None:
            self._add_common(phrase, Span(match.start("who"), match.start("who") + len(phrase)), resolve)
            return
        match = NAMED.match(masked, begin, end)
        if match is not None:
            self._add_body(match["who"], Span(match.start("who"), match.end("who")))

    def _add_common(self, phrase: str, at: Span, resolve: Resolve) -> None:
        named = parse_named(phrase)
        if named.name is not None and named.type == "person":
            return
        speaker = resolve(phrase, at) or Speaker(name=phrase, type="unnamed", mentions=(at,))
        self.add(at, speaker, "subject", pronoun_of(named.head))

    def _add_body(self, phrase: str, at: Span) -> None:
        """An institution, or a lone capital word that may be one."""
        named = parse_named(phrase)
        lone = " " not in phrase and not phrase.isupper()
        if (
            re.search(r"(?:['’](?:s|ll|re|ve|d|m|t)|s['’])$", phrase)
            or self.roster.fullest(phrase) is not None
        ):
            return
        if lone and (phrase.lower() in everyday() or phrase.endswith(("ly", "ing")) or is_of_country(phrase)):
            return
        name = re.sub(r"^[Tt]he\s+", "", re.sub(r"['’]s?$", "", named.name or phrase))
        fits = lone or (named.type == "institution" and word_is(named.head, "body"))
        if fits and name not in NO_NAMES and not is_place(name):
            self.add(at, Speaker(name=name, type="institution", mentions=(at,)), "subject", doubtful=lone)


def _within(places: Sequence[tuple[Span, T]], sentence: Span) -> Iterator[tuple[Span, T]]:
    """Yield what of these places stands in a sentence."""
    first = bisect_left(places, sentence.start, key=lambda place: place[0].start)
    for at, what in places[first:]:
        if at.start >= sentence.end:
            return
        yield at, what


def _chain(at: Span, full: Span) -> tuple[Span, ...]:
    return (at,) if at.start <= full.start and full.end <= at.end else (at, full)
