"""The people and institutions a page names, each under the fullest name it prints."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from onrecord.statements.lexicon.kinds import bare, is_carrier, pronoun_of_first_name, word_is
from onrecord.statements.speakers.same_name import (
    ANY_PLACE,
    ONE_ONLY,
    SAME_ROLE,
    Person,
    fold_words,
    is_short_of,
    list_roles,
    roles_agree,
    suffix_of,
    words_of_role,
)
from onrecord.types import Span

__all__ = ["Person", "Roster"]


class Roster:
    """All people and institutions that a page names, for looking up the rest of a short name."""

    def __init__(self, text: str, people: Iterable[Person], bodies: Iterable[tuple[str, Span]]) -> None:
        """`people` are all that may name somebody, bare surnames too; only what is more is a full name."""
        self.text = text
        self._sightings = tuple(people)
        told = (p for p in self._sightings if len(p.name.split()) > 1 or p.role or p.pronoun)
        self.people = tuple(told)
        self.bodies = tuple(bodies)
        # A page may name thousands; each question is worked out once.
        self._fullest: dict[str, Person | None] = {}
        self._in_role: dict[str, list[Person]] = {}
        self._with_word: dict[str, list[tuple[str, Span]]] = {}

    @cached_property
    def _by_last(self) -> dict[str, list[Person]]:
        """The people by the first and the last word of their name, each name once, where it first stands."""
        table: dict[str, list[Person]] = {}
        for person in {p.name: p for p in reversed(self.people)}.values():
            words = fold_words(person.name)
            for word in {words[-1], words[0]}:
                table.setdefault(word, []).append(person)
        for people in table.values():
            people.sort(key=lambda p: p.span)
        return table

    @cached_property
    def roles(self) -> dict[str, str]:
        """The role that the page prints first with each full name."""
        return {p.name: p.role for p in reversed(self.people) if p.role}

    @cached_property
    def _times(self) -> Counter[str]:
        return Counter(p.name for p in self.people)

    @cached_property
    def mentions(self) -> tuple[tuple[Span, Person], ...]:
        """Every place that names somebody, with the fullest name of who it is, in the page's order."""
        found = ((p.span, self.fullest(p.name)) for p in self._sightings)
        named = [(span, full) for span, full in found if full is not None]
        return tuple(sorted(named, key=lambda x: x[0]))

    @cached_property
    def body_mentions(self) -> tuple[tuple[Span, str], ...]:
        """Every place that names an institution of more than one word, and no place or film."""
        return tuple(
            (span, name)
            for name, span in self.bodies
            if is_carrier(name) or any(word_is(word, "body") for word in name.split())
        )

    @cached_property
    def body_names(self) -> frozenset[str]:
        """The names of institutions, with those that look like a person's ("Selm Grid")."""
        return frozenset(name for name, _ in self.bodies)

    @cached_property
    def pronouns(self) -> dict[str, str]:
        """ "he" or "she" by full name: as the words before it tell, else as nearly all of that first name
        go, else as the page calls them."""
        known: dict[str, str] = {}
        for sighting in self._sightings:
            full = self.fullest(sighting.name) if sighting.pronoun else None
            if full is not None and sighting.pronoun:
                known.setdefault(full.name, sighting.pronoun)
        for person in self.people:
            told = pronoun_of_first_name(person.name)
            if told is not None:
                known.setdefault(person.name, told)
        for name, pronoun in self._called():
            known.setdefault(name, pronoun)
        return known

    def _called(self) -> Iterator[tuple[str, str]]:
        """Yield what sentences that name one person alone call them: "Lann left when he was asked"."""
        votes: dict[str, Counter[str]] = {}
        mentions = self.mentions
        at = 0
        while at < len(mentions):
            span, person = mentions[at]
            end = _STOPS.search(self.text, span.end, span.end + _SENTENCE)
            stop = end.start() if end else min(len(self.text), span.end + _SENTENCE)
            here = {person.name}
            at += 1
            while at < len(mentions) and mentions[at][0].start < stop:
                here.add(mentions[at][1].name)
                at += 1
            rest = self.text[span.end : stop]
            called = {_CALLS[w.lower()] for w in _CALL.findall(rest)}
            if len(here) == len(called) == 1 and not _TELLS.search(rest):
                votes.setdefault(person.name, Counter()).update(called)
        for name, count in votes.items():
            pronoun, most = count.most_common(1)[0]
            if most > 3 * (count.total() - most):
                yield name, pronoun

    @cached_property
    def doubted(self) -> frozenset[str]:
        """The names that nothing else on the page shows to be a person's: they may be a film or a horse."""
        short = {p.name for p in self._sightings if " " not in p.name}
        return frozenset(
            p.name
            for p in self.people
            if p.name not in self.roles
            and p.name not in self.pronouns
            and p.age is None
            and fold_words(p.name)[-1] not in {w.lower() for w in short}
        )

    def fullest(self, name: str) -> Person | None:
        """Return the person with the fullest name on the page that this shorter name can mean.

        Where two people fit a bare surname, the one the page names more often is meant.
        """
        if name not in self._fullest:
            self._fullest[name] = self._find_fullest(name)
        return self._fullest[name]

    def _find_fullest(self, name: str) -> Person | None:
        words = fold_words(name)
        if not words:
            return None
        fits = [p for p in self._by_last.get(words[-1], []) if is_short_of(words, fold_words(p.name))]
        if suffix_of(name):
            fits = [p for p in fits if suffix_of(p.name) == suffix_of(name)]
        fits = [p for p in fits if fold_words(p.name)[-1] == words[-1] and len(p.name.split()) > 1] or fits
        if not fits:
            return None
        longest = max(fits, key=lambda p: (len(p.name.split()), -p.span.start))
        if all(is_short_of(fold_words(p.name), fold_words(longest.name)) for p in fits):
            return longest
        return max(fits, key=lambda p: self._times[p.name])

    def by_surname(self, word: str) -> Person | None:
        """Return the person whose full name ends in this word, though it may be a title too ("King said")."""
        full = self.fullest(word)
        return (
            full
            if full is not None and " " in full.name and fold_words(full.name)[-1] == bare(word)
            else None
        )

    def before(self, at: int) -> Iterator[Person]:
        """Yield the people named before a place, the nearest first."""
        until = bisect_right(self.people, at, key=lambda p: p.span.end)
        return reversed(self.people[:until])

    def of_age(self, age: str) -> Person | None:
        """Return the one person whose age is printed as this many years."""
        fits = {p.name: p for p in reversed(self.people) if p.age == age}
        return next(iter(fits.values())) if len(fits) == 1 else None

    def reporter_before(self, at: int) -> Person | None:
        """Return whoever was last named as somebody of an outlet: "our reporter"."""
        return next((p for p in self.before(at) if p.reporter), None)

    def with_role(self, phrase: str, head: str, at: int) -> Person | None:
        """Return the person printed with this role ("the minister") nearest before a place, else soon after.

        "the foreign minister" is nobody who is printed as prime minister, nor the mayor of another town.
        """
        fits = self._in_role.get(head)
        if fits is None:
            wanted = {head, *SAME_ROLE.get(head, ())}
            fits = self._in_role[head] = [p for p in self.people if wanted & words_of_role(list_roles(p))]
        told = words_of_role(phrase) - {head, *SAME_ROLE.get(head, ())} - ANY_PLACE
        near = [p for p in fits if p.span.start < at + _SOON and roles_agree(told, list_roles(p), head)]
        if told:
            # Whoever is printed with less than the phrase says must have just been named.
            near = [p for p in near if told <= words_of_role(list_roles(p)) or self._just_named(p, at)]
        elif head in ONE_ONLY:
            near = [p for p in near if bare(p.role or "") == head] or near
        earlier = [p for p in near if p.span.start < at]
        return earlier[-1] if earlier else (near[0] if near else None)

    def _just_named(self, person: Person, at: int) -> bool:
        last = bisect_left(self.mentions, at, key=lambda mention: mention[0].start)
        near = self.mentions[max(0, last - _NEAR) : last + _NEAR]
        return any(p.name == person.name and abs(at - span.start) < _SOON for span, p in near)

    def body_with(self, head: str, before: int) -> tuple[str, Span] | None:
        """Return the institution whose name has this word ("the ministry") nearest before a place."""
        fits = self._with_word.get(head)
        if fits is None:
            fits = self._with_word[head] = [
                (name, span) for name, span in self.bodies if head in {bare(w) for w in name.split()}
            ]
        earlier = bisect_left(fits, before, key=lambda body: body[1].start)
        return fits[earlier - 1] if earlier else None

    def longer_body(self, name: str, before: int) -> tuple[str, Span] | None:
        """Return the longer name that a short one stands for: whose air force "the Air Force" is."""
        words = fold_words(name)
        fits = [
            (full, span)
            for folded, full, span in self._by_ending.get(words[-1], [])
            if span.start < before and len(folded) > len(words) and folded[-len(words) :] == words
        ]
        return fits[-1] if fits else None

    @cached_property
    def _by_ending(self) -> dict[str, list[tuple[list[str], str, Span]]]:
        """The institutions by the last word of their names, in the page's order."""
        table: dict[str, list[tuple[list[str], str, Span]]] = {}
        for full, span in self.bodies:
            folded = fold_words(full)
            table.setdefault(folded[-1], []).append((folded, full, span))
        return table

    @cached_property
    def _spelled(self) -> dict[str, dict[str, Span]]:
        """The institutions by the first letters of their names, each where it first stands."""
        table: dict[str, dict[str, Span]] = {}
        for name, span in self.bodies:
            letters = "".join(w[0] for w in re.findall(r"[A-Z][\w’'-]*", name))
            if len(letters) >= _SHORTEST_ACRONYM:
                table.setdefault(letters, {}).setdefault(re.sub(r"['’]s?$", "", name), span)
        return table

    def spelled_out(self, acronym: str) -> tuple[str, Span] | None:
        """Return the one institution whose first letters these are: SVC is the Selm Valley Council."""
        fits = self._spelled.get(acronym.replace(".", "").replace(" ", ""), {})
        return next(iter(fits.items())) if len(fits) == 1 else None


_SHORTEST_ACRONYM = 3
_SENTENCE = 300  # characters
_STOPS = re.compile(r"[.?!]\s|\n")
_CALL = re.compile(r"\b(?:he|she|his|her|him|himself|herself)\b", re.IGNORECASE)
_CALLS = {"he": "he", "his": "he", "him": "he", "himself": "he", "she": "she", "her": "she", "herself": "she"}
# Whom somebody tells of is another.
_TELLS = re.compile(r"[\"“”„«»]|``|''|\b(?:said|says|told|tells|asked|accused|called|wrote|added)\b")
_SOON = 500  # characters in which a role is given its name after all
_NEAR = 6  # mentions
