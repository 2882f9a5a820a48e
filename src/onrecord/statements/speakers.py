"""From the words at the saying ("he", "the ministry") to the fullest name that the page prints.

Reads the statements in order and remembers who spoke and who was named last, since that is what a pronoun
means. Where the
page does not settle it, the words as printed stay: an honest unknown beats a guess.
"""

import re

from onrecord.statements.lexicon import words_of
from onrecord.statements.names import Roster
from onrecord.statements.nouns import Named, bare, is_place, parse_named, word_is
from onrecord.types import Span, Speaker

__all__ = ["SpeakerReader"]


_PRONOUNS = {"he", "she", "it", "they", "we", "i", "you", "who", ""}


class SpeakerReader:
    """Resolves the sources of one page in reading order; holds what was said so far."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.people: list[tuple[int, Speaker, str | None]] = []  # where, who, "he" or "she" when known
        self.bodies: list[tuple[int, Speaker]] = []
        self.many: list[tuple[int, Speaker]] = []

    def mention(self, at: int, phrase: str) -> None:
        """Note that a sentence is about somebody, so that a later "he" can mean them."""
        speaker = self._named(parse_named(phrase), phrase, Span(at, at + len(phrase)), at)
        if speaker is not None and speaker.type in {"person", "institution"}:
            self._remember(at, speaker, phrase)

    def resolve(self, source: Span, *, passive: bool = False) -> Speaker | None:
        """Return who the source words name; None for a pronoun that the page does not settle.

        Words that name nobody else stay as printed. The agent of a passive ("denounced by the council") is
        not what a later pronoun means.
        """
        phrase = re.sub(r"\s+", " ", source.of(self.roster.text))
        joint = _joint(phrase)
        if joint is not None:
            speakers = [
                s for part in joint if (s := self._one(part, source, remember=not passive)) is not None
            ]
            if not speakers:
                return None
            kinds = {s.type for s in speakers}
            return Speaker(
                name="; ".join(s.name for s in speakers),
                type=speakers[0].type if len(kinds) == 1 else "group",
                role=None,
                mentions=(source,),
            )
        return self._one(phrase, source, remember=not passive)

    def latest(self) -> Speaker | None:
        """Return whoever spoke or was named last."""
        everyone = [*((at, s) for at, s, _ in self.people), *self.bodies, *self.many]
        return max(everyone, key=lambda x: x[0])[1] if everyone else None

    def _one(self, phrase: str, source: Span, *, remember: bool) -> Speaker | None:
        named = parse_named(phrase)
        speaker = self._resolve(named, phrase, source)
        if speaker is None:
            if named.head in _PRONOUNS:
                return None
            speaker = Speaker(name=_plain(phrase), type="unnamed", mentions=(source,))
        if remember:
            self._remember(source.start, speaker, phrase)
        return speaker

    def _resolve(self, named: Named, phrase: str, source: Span) -> Speaker | None:
        if named.head in {"he", "she"}:
            return self._person_meant(named.head, source)
        if named.head == "it":
            return self._last(self.bodies, source)
        if named.head == "they":
            return self._last(sorted([*self.bodies, *self.many], key=lambda x: x[0]), source)
        if named.head in _PRONOUNS:
            return None
        return self._named(named, phrase, source, source.start)

    def _named(self, named: Named, phrase: str, source: Span, at: int) -> Speaker | None:
        if named.name is None:
            return self._by_role(named, phrase, source) if named.type == "person" else None
        if named.type == "person":
            return self._person(named, source)
        if named.type == "institution":
            known = self._known_person(named, source)
            if known is not None:
                return known
            return self._body(named, phrase, source, at)
        return Speaker(name=_plain(phrase), type="unnamed", mentions=(source,))

    def _person(self, named: Named, source: Span) -> Speaker:
        name = named.name or ""
        full = self.roster.fullest(name)
        if full is None:
            return Speaker(name=name, type="person", role=named.role, mentions=(source,))
        role = named.role or full.role or self.roster.roles.get(full.name)
        chain = (
            (source,)
            if full.span.start >= source.start and full.span.end <= source.end
            else (source, full.span)
        )
        return Speaker(name=full.name, type="person", role=role, mentions=chain)

    def _known_person(self, named: Named, source: Span) -> Speaker | None:
        """A lone capital word that ends a full name on the page is that person."""
        name = named.name or ""
        if len(name.split()) != 1 or is_place(name):
            return None
        return self._person(named, source) if self.roster.fullest(name) is not None else None

    def _body(self, named: Named, phrase: str, source: Span, at: int) -> Speaker:
        name = _plain(named.name or phrase)
        if not any(w[0].isupper() for w in name.split()):
            fuller = self.roster.body_with(named.head, at)
            last = self._last_with(named.head)
            if fuller is not None and (last is None or named.head in last.name.lower()):
                name = fuller
            elif last is not None:
                return Speaker(
                    name=last.name, type=last.type, role=last.role, mentions=(source, *last.mentions[-1:])
                )
            else:
                name = self._body_before(named.head, at) or name
        return Speaker(name=name, type="institution", role=named.role, mentions=(source,))

    def _last_with(self, head: str) -> Speaker | None:
        """The institution that spoke last, when a bare "the agency", "the group" can only mean it."""
        if head not in words_of("generic_body"):
            return None
        if self.bodies:
            return self.bodies[-1][1]
        return None

    def _body_before(self, head: str, at: int) -> str | None:
        """Nobody has spoken yet: the institution named last is "the agency", "the paper"."""
        if head not in words_of("generic_body"):
            return None
        named = [name for name, span in self.roster.bodies if span.end <= at]
        return named[-1] if named else None

    def _by_role(self, named: Named, phrase: str, source: Span) -> Speaker | None:
        """Read "the minister": the person printed with that role, else whoever spoke last, else nobody."""
        definite = re.match(r"(?:the|our)\b", phrase, re.IGNORECASE) is not None or not re.match(
            r"an?\b", phrase, re.IGNORECASE
        )
        if definite:
            person = self.roster.with_role(named.head, source.start)
            if person is not None:
                full = self.roster.fullest(person.name) or person
                return Speaker(
                    name=full.name, type="person", role=person.role, mentions=(source, person.span)
                )
            if named.head not in {"official", "source", "witness", "resident"}:
                last = self._last_person(None)
                if last is not None and (named.head.endswith("-year-old") or len(phrase.split()) <= 2):
                    return Speaker(
                        name=last.name, type="person", role=last.role, mentions=(source, *last.mentions[-1:])
                    )
        return None

    def _person_meant(self, pronoun: str, source: Span) -> Speaker | None:
        last = self._last_person(pronoun) or self._person_before(pronoun, source) or self._unnamed_one()
        if last is None:
            return None
        return Speaker(name=last.name, type=last.type, role=last.role, mentions=(source, *last.mentions[-1:]))

    def _person_before(self, pronoun: str, source: Span) -> Speaker | None:
        """Nobody who spoke fits: the person named last who does not go by the other pronoun."""
        other = {speaker.name for _, speaker, said in self.people if said and said != pronoun}
        for person in self.roster.before(source.start):
            full = self.roster.fullest(person.name) or person
            if full.name not in other:
                return Speaker(
                    name=full.name, type="person", role=person.role, mentions=(source, person.span)
                )
        return None

    def _unnamed_one(self) -> Speaker | None:
        singles = [s for _, s in self.many if s.name.split()[0].lower() in {"a", "an", "one", "the"}]
        return singles[-1] if singles else None

    def _last_person(self, pronoun: str | None) -> Speaker | None:
        known = {name: said for _, s, said in self.people if said for name in [s.name]}
        for _, speaker, said in reversed(self.people):
            said = said or known.get(speaker.name)
            if pronoun is None or said is None or said == pronoun:
                if pronoun and said is None:
                    self.people.append((self.people[-1][0], speaker, pronoun))
                return speaker
        return None

    def _last(self, among: list[tuple[int, Speaker]], source: Span) -> Speaker | None:
        if not among:
            return None
        last = among[-1][1]
        return Speaker(name=last.name, type=last.type, role=last.role, mentions=(source, *last.mentions[-1:]))

    def _remember(self, at: int, speaker: Speaker, phrase: str) -> None:
        if speaker.type == "person":
            self.people.append((at, speaker, _pronoun_of(phrase)))
        elif speaker.type == "institution":
            self.bodies.append((at, speaker))
        else:
            self.many.append((at, speaker))


def _pronoun_of(phrase: str) -> str | None:
    words = [bare(w) for w in phrase.split()]
    if any(word_is(w, "she") or w == "she" for w in words):
        return "she"
    if any(word_is(w, "he") or w == "he" for w in words):
        return "he"
    return None


def _joint(phrase: str) -> list[str] | None:
    """Take "Selm and two neighbours" for two speakers; one name with "and" inside stays one."""
    parts = re.split(r"\s+and\s+|,\s+and\s+", phrase)
    if len(parts) != 2 or "," in parts[0]:
        return None
    left, right = (parse_named(p) for p in parts)
    if not left.name or not right.name:
        return None
    if (
        left.type == "institution"
        and right.type == "institution"
        and not (is_place(left.name) or is_place(right.name))
    ):
        capitals = [w for w in parts[0].split() if w[0].isupper()]
        if not word_is(left.head, "body") or (
            word_is(left.head, "body") and re.search(r"\b(?:of|for)\b", parts[0]) and len(capitals) < 3
        ):
            return None
    return parts


def _plain(phrase: str) -> str:
    return re.sub(r"^(?:the)\s+", "", phrase.strip(" ,"), flags=re.IGNORECASE)
