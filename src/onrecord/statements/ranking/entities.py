"""The people, bodies and places that a page names, each with every place that names it and the fullest name
it prints.

Begun from the names that the reader finds; where it finds one the same words elsewhere on the page are one
too. A person's last or first name alone is the one of that full name, a body's initials or first words the
one of that name.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.statements.lexicon.kinds import first_names, word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.statements.model.learned import LearnedName
from onrecord.statements.ranking.same_names import NAME_WORD, fold_name, group_names
from onrecord.statements.ranking.whole_names import find_printed, make_whole
from onrecord.types import Span

__all__ = ["Entity", "find_entities", "last_word"]

_OWNS = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV|MD|PhD|MP|QC|KC)\.?$")
# "Ruz of Selm".
_BEHIND = re.compile(r"\s+(?:of|from|and)\s")
_FEWEST_WITH_NOUN = 3
_LOWER = re.compile(r"\b[a-z][\w’-]+")
_HYPHENED = re.compile(r"(?:-[A-Z][^\W_]*)+")
_MOST = 400  # entities of one page; one with more is a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that a page names: `name` the fullest it prints, `kind` person, body, place or
    other, `mentions` every place in reading order, `full` those that print more than a part of the name."""

    name: str
    kind: str
    mentions: tuple[Span, ...]
    full: tuple[Span, ...] = ()

    def before(self, at: int) -> int:
        """Return how many of its mentions end at or before a place."""
        return bisect_left(self.mentions, at, key=_end)


def _end(span: Span) -> int:
    return span.end - 1


def last_word(name: str) -> str:
    """Return the last word of a name, folded, Jr. and its like left out."""
    words = NAME_WORD.findall(_SUFFIX.sub("", name))
    return words[-1].casefold() if words else ""


def find_entities(text: str, names: Iterable[LearnedName], within: Sequence[Span]) -> tuple[Entity, ...]:
    """Return the entities of a page in the order in which they are first named; `within` are its
    paragraphs."""
    whole = make_whole(text, names, within)
    nouns = frozenset(_LOWER.findall(text))
    found = [(trimmed, one) for one in whole if (trimmed := _trim(text, one, nouns)) is not None]
    kinds = _vote(text, found)
    groups = group_names(text, [(span, kinds[fold_name(span.of(text))]) for span, _ in found])
    groups = _spread(text, groups, within)
    return tuple(sorted((_entity(text, kind, spans) for kind, spans in groups), key=lambda e: e.mentions[0]))[
        :_MOST
    ]


def _trim(text: str, one: LearnedName, nouns: frozenset[str]) -> Span | None:
    """Leave out titles and roles before a person's name, the article, and what makes a name own something;
    take in what a hyphen joins to it."""
    start, end = one.span
    joined = _HYPHENED.match(text, end)
    end = joined.end() if joined is not None else end
    if text[start:end][:4].lower() == "the ":
        start += 4
    words = list(NAME_WORD.finditer(text, start, end)) if one.kind == "person" else []
    while len(words) > 1 and _is_no_name([word.group() for word in words], nouns):
        start = words[1].start()
        words = words[1:]
    behind = _BEHIND.search(text, start, end) if words else None
    if behind is not None:
        end = behind.start()
        words = [word for word in words if word.end() <= end]
    while len(words) > 1 and words[-1].group().islower():
        words.pop()
        end = words[-1].end()
    owns = _OWNS.search(text[start:end])
    if owns is not None:
        end = start + owns.start()
    while end > start and text[end - 1] in " ,;:-–—'’\"”“":
        end -= 1
    return Span(start, end) if any(c.isalnum() for c in text[start:end]) else None


def _is_no_name(words: Sequence[str], nouns: frozenset[str]) -> bool:
    """Is the first word of a person's name a title, a nation or, before two more, a noun that the page uses:
    "Welder Maria Ruz"?"""
    first = words[0]
    if first in words_of("particle"):
        return False
    if first.islower() or _is_title(first):
        return True
    plain = first.casefold() in first_names() or first in first_names() or len(words) < _FEWEST_WITH_NOUN
    if plain or "." in first:
        return False
    return first in words_of("demonym") or first.lower() in nouns


def _is_title(word: str) -> bool:
    known = any(word_is(word, kind) for kind in ("honorific", "title", "role"))
    return known and word not in first_names()


def _vote(text: str, found: Sequence[tuple[Span, LearnedName]]) -> dict[str, str]:
    """One kind for each name: what most of its mentions are held to be."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for span, one in found:
        votes[fold_name(span.of(text))][one.kind] += one.rate
    return {key: max(count, key=count.__getitem__) for key, count in votes.items()}


def _spread(
    text: str, groups: Sequence[tuple[str, list[Span]]], within: Sequence[Span]
) -> list[tuple[str, list[Span]]]:
    """Add the places that print a name the reader did not see there: the same words are the same name."""
    forms: dict[str, int] = {}
    for at, (kind, spans) in enumerate(groups):
        for span in spans:
            name = span.of(text)
            if len(name) > 2:
                forms.setdefault(name, at)
            if kind == "person" and " " in name:
                last = NAME_WORD.findall(name)[-1]
                if len(last) > 2 and last[0].isupper():
                    forms.setdefault(last, at)
    if not forms:
        return list(groups)
    spread = [(kind, list(spans)) for kind, spans in groups]
    taken = sorted(span for _, spans in groups for span in spans)
    starts = [span.start for span in taken]
    for name, span in find_printed(text, forms, within):
        near = bisect_left(starts, span.end)
        if not any(one.start < span.end and span.start < one.end for one in taken[max(0, near - 2) : near]):
            spread[forms[name]][1].append(span)
    return spread


def _entity(text: str, kind: str, spans: Iterable[Span]) -> Entity:
    mentions = tuple(sorted(set(spans)))
    name = _fullest(kind, [span.of(text) for span in mentions])
    full = tuple(span for span in mentions if kind != "person" or " " in span.of(text))
    return Entity(name=re.sub(r"\s+", " ", name), kind=kind, mentions=mentions, full=full)


def _fullest(kind: str, names: Sequence[str]) -> str:
    """Return the fullest of the names, of those as full the one printed most."""
    count = Counter(names)
    return max(names, key=lambda name: (len(NAME_WORD.findall(name)), count[name], -names.index(name)))
