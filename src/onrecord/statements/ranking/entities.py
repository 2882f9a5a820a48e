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

from rapidfuzz import fuzz

from onrecord.statements.lexicon.kinds import first_names, word_is
from onrecord.statements.lexicon.words import words_of
from onrecord.statements.model.learned import LearnedName
from onrecord.types import Span

__all__ = ["Entity", "find_entities", "last_word"]

_WORD = re.compile(r"[^\W_](?:[\w.’'&-]*[\w.])?")
_OWNS = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV|MD|PhD|MP|QC|KC)\.?$")
_HYPHENED = re.compile(r"(?:-[A-Z][^\W_]*)+")
_ALIKE, _LONG = 0.85, 6  # of two last names, one of them misprinted; letters of a name that may be
_MOST = 400  # entities of one page; one with more is a list
_SMALL = frozenset("the of and for on in at to a an de la le du des der die das y e &".split())


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
    words = _WORD.findall(_SUFFIX.sub("", name))
    return words[-1].casefold() if words else ""


def find_entities(text: str, names: Iterable[LearnedName], within: Sequence[Span]) -> tuple[Entity, ...]:
    """Return the entities of a page in the order in which they are first named; `within` are its
    paragraphs."""
    found = [(trimmed, one) for one in names if (trimmed := _trim(text, one)) is not None]
    kinds = _vote(text, found)
    groups = _group(text, [(span, kinds[_key(span.of(text))]) for span, _ in found])
    groups = _spread(text, groups, within)
    return tuple(sorted((_entity(text, kind, spans) for kind, spans in groups), key=lambda e: e.mentions[0]))[
        :_MOST
    ]


def _trim(text: str, one: LearnedName) -> Span | None:
    """Leave out titles and roles before a person's name, the article, and what makes a name own something;
    take in what a hyphen joins to it."""
    start, end = one.span
    joined = _HYPHENED.match(text, end)
    end = joined.end() if joined is not None else end
    if text[start:end][:4].lower() == "the ":
        start += 4
    words = list(_WORD.finditer(text, start, end)) if one.kind == "person" else []
    while len(words) > 1 and (_is_title(words[0].group()) or words[0].group().islower()):
        if words[0].group() in words_of("particle"):
            break
        start = words[1].start()
        words = words[1:]
    while len(words) > 1 and words[-1].group().islower():
        words.pop()
        end = words[-1].end()
    owns = _OWNS.search(text[start:end])
    if owns is not None:
        end = start + owns.start()
    while end > start and text[end - 1] in " ,;:-–—'’\"”“":
        end -= 1
    return Span(start, end) if any(c.isalnum() for c in text[start:end]) else None


def _is_title(word: str) -> bool:
    known = any(word_is(word, kind) for kind in ("honorific", "title", "role"))
    return known and word not in first_names()


def _key(name: str) -> str:
    return " ".join(word.casefold() for word in _WORD.findall(name))


def _vote(text: str, found: Sequence[tuple[Span, LearnedName]]) -> dict[str, str]:
    """One kind for each name: what most of its mentions are held to be."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for span, one in found:
        votes[_key(span.of(text))][one.kind] += one.rate
    return {key: max(count, key=count.__getitem__) for key, count in votes.items()}


def _group(text: str, found: Sequence[tuple[Span, str]]) -> list[tuple[str, list[Span]]]:
    """Put the names together that mean one: first those in full, then each short one where it fits."""
    groups: list[tuple[str, list[Span]]] = []
    keys: dict[str, int] = {}
    people: dict[str, list[int]] = defaultdict(list)
    bodies: list[int] = []
    short: list[tuple[Span, str]] = []
    for span, kind in found:
        key = _key(span.of(text))
        if key in keys:
            groups[keys[key]][1].append(span)
            continue
        if kind == "person" and " " not in key:
            short.append((span, kind))
            continue
        same = (
            _same_person(text, key, people, groups)
            if kind == "person"
            else _same_body(text, span, bodies, groups)
        )
        if same is None:
            groups.append((kind, []))
            same = len(groups) - 1
            if kind == "person":
                people[key.split()[-1]].append(same)
                people[key.split()[0]].append(same)
            else:
                bodies.append(same)
        keys[key] = same
        groups[same][1].append(span)
    alone: dict[str, int] = {}
    for span, kind in short:
        key = _key(span.of(text))
        fits = people.get(key, [])
        at = _nearest(span, fits or _misprints(key, people), groups) if key not in alone else alone[key]
        if at is None:
            groups.append((kind, []))
            at = alone[key] = len(groups) - 1
        groups[at][1].append(span)
    return groups


def _misprints(key: str, people: dict[str, list[int]]) -> list[int]:
    """Return the people whose last name this is but for a letter or two: "Mulinovich" of Steven
    Milunovich."""
    if len(key) < _LONG:
        return []
    return [
        at
        for word, fits in people.items()
        if word[0] == key[0] and abs(len(word) - len(key)) < 2 and fuzz.ratio(word, key) >= 100 * _ALIKE
        for at in fits
    ]


def _nearest(span: Span, fits: Sequence[int], groups: Sequence[tuple[str, list[Span]]]) -> int | None:
    """Return the fitting person named last before a place, else first after it; None where none fits."""
    if not fits:
        return None

    def away(at: int) -> tuple[bool, int]:
        before = [span.start - one.end for one in groups[at][1] if one.end <= span.start]
        return (
            not before,
            min(before) if before else min(abs(one.start - span.start) for one in groups[at][1]),
        )

    return min(fits, key=away)


def _same_person(
    text: str, key: str, people: dict[str, list[int]], groups: Sequence[tuple[str, list[Span]]]
) -> int | None:
    """Return the person of the same last name whose given names this one's can be, "J. Lann" of "Jan
    Lann"."""
    words = key.split()
    for at in people.get(words[-1], ()):
        other = _key(groups[at][1][0].of(text)).split()
        if other[-1] == words[-1] and _given_fit(words[:-1], other[:-1]):
            return at
    return None


def _given_fit(some: Sequence[str], others: Sequence[str]) -> bool:
    less, more = sorted((some, others), key=len)
    at = 0
    for word in less:
        word = word.rstrip(".")
        while at < len(more) and not (
            more[at] == word or (1 in (len(word), len(more[at].rstrip("."))) and more[at][0] == word[0])
        ):
            at += 1
        if at == len(more):
            return False
        at += 1
    return bool(less)


def _same_body(
    text: str, span: Span, bodies: Sequence[int], groups: Sequence[tuple[str, list[Span]]]
) -> int | None:
    """Return the body whose initials or first or last words this name is, or the other way round."""
    name = span.of(text)
    words = [word for word in _key(name).split() if word not in _SMALL]
    for at in bodies:
        for one in groups[at][1][:1]:
            other = [word for word in _key(one.of(text)).split() if word not in _SMALL]
            less, more = sorted((words, other), key=len)
            if not less:
                continue
            initials = "".join(word[0] for word in more)
            if len(less) == 1 and len(more) > 1 and less[0].replace(".", "") == initials:
                return at
            if len(less) > 1 and (more[: len(less)] == less or more[-len(less) :] == less):
                return at
    return None


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
                last = _WORD.findall(name)[-1]
                if len(last) > 2 and last[0].isupper():
                    forms.setdefault(last, at)
    if not forms:
        return list(groups)
    spread = [(kind, list(spans)) for kind, spans in groups]
    taken = sorted(span for _, spans in groups for span in spans)
    starts = [span.start for span in taken]
    longest = sorted(forms, key=len, reverse=True)[:_MOST]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")
    for paragraph in within:
        for match in pattern.finditer(text, paragraph.start, paragraph.end):
            near = bisect_left(starts, match.end())
            if any(
                one.start < match.end() and match.start() < one.end for one in taken[max(0, near - 2) : near]
            ):
                continue
            spread[forms[match.group()]][1].append(Span(*match.span()))
    return spread


def _entity(text: str, kind: str, spans: Iterable[Span]) -> Entity:
    mentions = tuple(sorted(set(spans)))
    name = _fullest(kind, [span.of(text) for span in mentions])
    full = tuple(span for span in mentions if kind != "person" or " " in span.of(text))
    return Entity(name=re.sub(r"\s+", " ", name), kind=kind, mentions=mentions, full=full)


def _fullest(kind: str, names: Sequence[str]) -> str:
    """Return the fullest of the names, of those as full the one printed most."""
    count = Counter(names)
    return max(names, key=lambda name: (len(_WORD.findall(name)), count[name], -names.index(name)))
