"""The people a page names, each under the fullest name it prints."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from onrecord.statements.lexicon import words_of
from onrecord.statements.nouns import bare, name_run, parse_named, word_is
from onrecord.types import Span

__all__ = ["Person", "Roster", "find_people"]

_ABBREVIATED = (
    "Sgt|Const|Gov|Sen|Rep|Dr|Mr|Mrs|Ms|Gen|Col|Lt|Capt|Prof|Rev|Jr|Sr|St|Insp|Supt|Maj|Cpl|Hon|Pres"
    "|Cllr|Det|Adm|Atty"
)
_TOKEN = rf"(?:(?:{_ABBREVIATED})\.|(?:[A-Z]\.)+|(?:al-|Al-|el-|O['’])?[A-Z][\w’'-]*)"
_RUN = re.compile(
    rf"{_TOKEN}(?:[ \u00a0]+(?:{_TOKEN}"
    r"|(?:de|la|van|von|der|den|al|bin|ibn|del|di|da|dos|du|el)(?=\s+[A-Z])))*"
)
_PAPER = re.compile(rf"\b(?:newspaper|daily|weekly|broadcaster|magazine)\s+(?P<name>{_RUN.pattern})")
_BODY_OF = re.compile(
    rf"(?P<body>[A-Z][\w’'-]*)(?:\s+(?:of|for)\s+(?:the\s+)?{_TOKEN}(?:\s+(?:and\s+)?{_TOKEN})*)+"
)
_CAPITALS_BEFORE = re.compile(r"(?:[A-Z][\w’'-]*\s+)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as the page prints them in full: name, role there, where."""

    name: str
    role: str | None
    span: Span


class Roster:
    """All people and institutions that a page names, for looking up the rest of a short name."""

    def __init__(self, text: str, people: Iterable[Person], bodies: Iterable[tuple[str, Span]]) -> None:
        self.text = text
        self.people = tuple(people)
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
            for word in {person.name.split()[-1], person.name.split()[0]}:
                table.setdefault(bare(word), []).append(person)
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

    def fullest(self, name: str) -> Person | None:
        """Return the person with the fullest name on the page that this shorter name can mean.

        Where two people fit a bare surname, the one the page names more often is meant.
        """
        if name not in self._fullest:
            self._fullest[name] = self._find_fullest(name)
        return self._fullest[name]

    def _find_fullest(self, name: str) -> Person | None:
        words = _folded(name)
        fits = [p for p in self._by_last.get(words[-1], []) if _short_of(words, _folded(p.name))]
        fits = [p for p in fits if _folded(p.name)[-1] == words[-1] and len(p.name.split()) > 1] or fits
        if not fits:
            return None
        longest = max(fits, key=lambda p: (len(p.name.split()), -p.span.start))
        if all(_short_of(_folded(p.name), _folded(longest.name)) for p in fits):
            return longest
        return max(fits, key=lambda p: self._times[p.name])

    def before(self, at: int) -> Iterator[Person]:
        """Yield the people named before a place, the nearest first."""
        until = bisect_right(self.people, at, key=lambda p: p.span.end)
        return reversed(self.people[:until])

    def with_role(self, head: str, before: int) -> Person | None:
        """Return the person printed with this role ("the minister") nearest before a place, else the
        nearest after it."""
        fits = self._in_role.get(head)
        if fits is None:
            wanted = {head, *_SAME_ROLE.get(head, ())}
            fits = self._in_role[head] = [
                p
                for p in self.people
                if p.role and wanted & {bare(w) for w in p.role.replace("-", " ").split()}
            ]
        earlier = [p for p in fits if p.span.start < before]
        return earlier[-1] if earlier else (fits[0] if fits else None)

    def body_with(self, head: str, before: int) -> str | None:
        """Return the institution whose name has this word ("the ministry") nearest before a place."""
        fits = self._with_word.get(head)
        if fits is None:
            fits = self._with_word[head] = [
                (name, span) for name, span in self.bodies if head in {bare(w) for w in name.split()}
            ]
        earlier = bisect_left(fits, before, key=lambda body: body[1].start)
        return fits[earlier - 1][0] if earlier else None


_SAME_ROLE = {
    "minister": ("premier",),
    "spokesman": ("spokesperson", "spokeswoman"),
    "spokeswoman": ("spokesperson", "spokesman"),
    "spokesperson": ("spokesman", "spokeswoman"),
    "officer": ("constable", "inspector", "sergeant"),
}


def _folded(name: str) -> list[str]:
    return [bare(word) for word in name.split()]


def _short_of(short: list[str], full: list[str]) -> bool:
    """Can the short name stand for the full one? Every word, or its initial, appears in order."""
    at = 0
    for word in short:
        while at < len(full) and not (full[at] == word or (len(word) == 1 and full[at].startswith(word))):
            at += 1
        if at == len(full):
            return False
        at += 1
    return True


_LONGEST_NAME = 20  # words; what is longer is a list without commas, or no writing at all


def find_people(text: str, spans: Iterable[Span]) -> Roster:
    """Read the people and institutions that stand in these spans of a page."""
    people: list[Person] = []
    bodies: list[tuple[str, Span]] = []
    for span in spans:
        for match in _RUN.finditer(text, span.start, span.end):
            run = match.group().split()
            # A role stands right before its name: "ministry spokesman Ivo Lann".
            after_word = text[max(span.start, match.start() - 2) : match.start() - 1].islower()
            lead = _words_before(text, span.start, match.start()) if after_word else []
            if (len(run) < 2 and not lead) or len(run) > _LONGEST_NAME:
                continue
            if match.start() == span.start or _char_before(text, match.start()) in {
                ".",
                "“",
                '"',
                "!",
                "?",
            }:
                run = _drop_sentence_opener(run)
            run = _drop_calendar(run)
            _sort_in(" ".join([*lead, *run]), Span(*match.span()), people, bodies)
        for match in _PAPER.finditer(text, span.start, span.end):
            bodies.append((match["name"], Span(match.start("name"), match.end("name"))))
        for match in _BODY_OF.finditer(text, span.start, span.end):
            if word_is(match["body"], "body"):
                before = _CAPITALS_BEFORE.search(text[max(span.start, match.start() - 60) : match.start()])
                name = (before.group() if before else "") + match.group()
                bodies.append((name.removeprefix("The "), Span(match.end() - len(name), match.end())))
    bodies.sort(key=lambda body: body[1])
    return Roster(text, people, bodies)


def _char_before(text: str, at: int) -> str:
    """The last character before a place that is no white space, without copying all that stands before."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return text[at - 1 : at]


def _sort_in(phrase: str, span: Span, people: list[Person], bodies: list[tuple[str, Span]]) -> None:
    words = phrase.split()
    if not words:
        return
    named = parse_named(phrase)
    if named.name is None:
        return
    if named.type == "person":
        name = re.sub(r"['’]s?$", "", named.name)
        if len(name.split()) >= 2 or named.role:
            people.append(Person(name=name, role=named.role, span=span))
    elif named.type == "institution" and name_run(words):
        bodies.append((re.sub(r"['’]s?$", "", named.name), span))


def _words_before(text: str, start: int, end: int) -> list[str]:
    """The lower-case role words right before a name: "ministry spokesman" before "Ivo Lann"."""
    before = text[max(start, end - 60) : end].split()
    lead: list[str] = []
    while (
        before
        and (word_is(before[-1], "role") or (word_is(before[-1], "body") and lead))
        and before[-1][0].islower()
    ):
        lead.insert(0, before.pop())
    if lead and before and before[-1][0].isupper() and before[-1][-1] not in ".,;:":
        lead.insert(0, before.pop())
    return lead


_OPENERS = words_of("opener")


def _drop_calendar(run: list[str]) -> list[str]:
    """Leave out the month or day before a name: "On 11 March Mara Ostrey said"."""
    while len(run) > 1 and run[0].rstrip(".") in words_of("calendar"):
        run = run[1:]
    return run


def _drop_sentence_opener(run: list[str]) -> list[str]:
    while run and run[0] in _OPENERS:
        run = run[1:]
    return run
