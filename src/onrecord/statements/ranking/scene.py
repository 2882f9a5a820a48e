"""A page as the question "who?" sees it: its sentences, whom it names and what it tells of each, who has
spoken."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.statements.lexicon.kinds import pronoun_of, pronoun_of_first_name
from onrecord.statements.model.learned import LearnedName
from onrecord.statements.ranking.entities import Entity, find_entities
from onrecord.statements.rules.attribution import Said
from onrecord.statements.text.document import Document
from onrecord.statements.text.places import Places
from onrecord.types import Span, Speaker

__all__ = ["WORD", "About", "Asked", "Candidate", "Scene", "Turns", "ask", "head_of", "set_scene"]

WORD = re.compile(r"[^\W_](?:[\w.’'-]*\w)?")

_PRONOUNS = {
    "he": "he him his",
    "she": "she her hers",
    "they": "they them their",
    "it": "it its",
    "who": "who",
    "which": "which that",
    "i": "i you",
    "we": "we",
}

_PRONOUN = {form: pronoun for pronoun, forms in _PRONOUNS.items() for form in forms.split()}

_CALLS = re.compile(r"\b(?P<he>he|him|his)\b|\b(?P<she>she|her|hers)\b", re.IGNORECASE)

_ROLE_BEHIND = re.compile(r"\s*,\s*(?P<role>[^,.;“”\"()]{3,90})")

_REACH = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Who may have spoken: an entity of the page, an unnamed speaker of before (`again`), whom the rules
    alone name (`ruled`), or nobody but the words as printed (all None)."""

    entity: Entity | None = None
    again: Speaker | None = None
    ruled: Speaker | None = None

    @property
    def name(self) -> str | None:
        one = self.entity or self.again or self.ruled
        return one.name if one is not None else None


@dataclass(slots=True)
class Scene:
    """A page as the question "who?" sees it; `spoken` grows as statements are resolved in reading order."""

    text: str
    masked: str
    places: Places
    headline_end: int
    entities: Sequence[Entity]
    spoken: list[tuple[Said, Speaker | None]] = field(default_factory=list)
    _about: dict[Entity, "About"] = field(default_factory=dict)

    def about(self, entity: Entity) -> "About":
        if entity not in self._about:
            self._about[entity] = About(self, entity)
        return self._about[entity]


class About:
    """What a page tells of one entity, worked out once."""

    def __init__(self, scene: Scene, entity: Entity) -> None:
        self.scene, self.entity = scene, entity
        self.sentences = [scene.places.sentence(one.start) for one in entity.mentions]

    @cached_property
    def roles(self) -> frozenset[str]:
        """The words of roles that stand before and behind its names, folded."""
        text, words = self.scene.text, []
        for span in self.entity.mentions[:40]:
            before = re.split(
                r"[.,;:“”\"()\n]|\b(?:and|said|says|that|by|with)\b",
                text[max(0, span.start - 60) : span.start],
            )[-1]
            words += WORD.findall(before)[-6:]
            behind = _ROLE_BEHIND.match(text, span.end, min(len(text), span.end + _REACH + 10))
            if behind is not None:
                words += WORD.findall(behind["role"])
        return frozenset(word.casefold() for word in words if len(word) > 2)

    @cached_property
    def pronoun(self) -> str | None:
        """ "he" or "she", as titles, roles, the first name or the sentences that name it alone tell."""
        if self.entity.kind != "person":
            return None
        text = self.scene.text
        votes: Counter[str] = Counter()
        for span in self.entity.mentions[:40]:
            title = pronoun_of(" ".join(WORD.findall(text[max(0, span.start - 40) : span.start])[-2:]))
            if title is not None:
                votes[title] += 3
        first = pronoun_of_first_name(self.entity.name)
        if first is not None:
            votes[first] += 4
        for span, number in zip(self.entity.mentions[:40], self.sentences, strict=False):
            end = self.scene.places.sentences[number].end if self.scene.places.sentences else span.end
            for call in _CALLS.finditer(self.scene.masked, span.end, max(span.end, min(end, span.end + 160))):
                votes[(call.lastgroup or "he")] += 1
                break
        if not votes:
            return None
        (best, most), *rest = votes.most_common(2)
        return best if not rest or most > 2 * rest[0][1] else None


def set_scene(document: Document, names: Iterable[LearnedName]) -> Scene:
    """Return an article as the question "who?" sees it, with whom the reader found named in it."""
    headlines = [p.span.end for p in document.paragraphs if p.role == "headline"]
    return Scene(
        text=document.text,
        masked=document.masked,
        places=Places(document),
        headline_end=headlines[0] if headlines else 0,
        entities=find_entities(document.text, names, [p.span for p in document.paragraphs]),
    )


def head_of(phrase: str) -> str:
    """The head of a noun phrase: the last word before a preposition, a comma or a clause."""
    part = re.split(
        r",|\s(?:of|for|from|in|at|on|who|which|that|with|whose|to|by|near|behind)\s", phrase, maxsplit=1
    )[0]
    words = WORD.findall(part)
    return words[-1].casefold() if words else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Who has spoken so far: in how many statements, names by their last turn, the last first, how often
    each, and where last."""

    count: int
    order: tuple[str, ...]
    times: Mapping[str, int]
    places: Mapping[str, int]
    last: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A statement whose speaker is asked for, and what its words at the saying are; `inside` are the names in
    them, `seen` those in what the reader takes for them."""

    one: Said
    source: Span | None
    phrase: str
    first: str
    head: str
    pronoun: str
    inside: tuple[tuple[Entity, Span], ...]
    seen: tuple[tuple[Entity, Span], ...]
    place: int
    number: int
    ruled: Speaker | None
    turns: "Turns"
    lasts: Mapping[str, list[int]]
    named_before: int


def _read_turns(scene: Scene) -> Turns:
    times: Counter[str] = Counter()
    places: dict[str, int] = {}
    last: Said | None = None
    for one, who in scene.spoken:
        if who is not None:
            times[who.name] += 1
            places.pop(who.name, None)
            places[who.name] = one.sentence.start
            last = one
    return Turns(
        count=len(scene.spoken), order=tuple(reversed(places)), times=times, places=places, last=last
    )


def _pronoun(words: Sequence[str]) -> str:
    """ "they" of "they both"; of "his sister" none."""
    first = words[0].lower() if words else ""
    alone = len(words) == 1 or (len(words) == 2 and words[1].lower() in ("both", "all", "each"))
    return _PRONOUN.get(first, "") if alone else ""


def ask(
    scene: Scene, one: Said, inside: Sequence[tuple[Entity, Span]], seen: Sequence[tuple[Entity, Span]] = ()
) -> Asked:
    what = one.what
    source = what.source
    phrase = re.sub(r"\s+", " ", source.of(scene.text)) if source is not None else ""
    words = WORD.findall(phrase)
    place = (
        source.start if source is not None else what.content[0].start if what.content else one.sentence.start
    )
    lasts: dict[str, list[int]] = {}
    named_before = 0
    for entity in scene.entities:
        at = entity.before(place + 1)
        named_before += at
        if at:
            lasts.setdefault(entity.kind, []).append(entity.mentions[at - 1].start)
    for starts in lasts.values():
        starts.sort()
    return Asked(
        one=one,
        source=source,
        phrase=phrase,
        first=words[0].lower() if words else "",
        head=head_of(phrase),
        pronoun=_pronoun(words),
        inside=tuple(inside),
        seen=tuple(seen),
        place=place,
        number=scene.places.sentence(place),
        ruled=one.speaker,
        turns=_read_turns(scene),
        lasts=lasts,
        named_before=named_before,
    )
