"""What tells by whom words came to this outlet: the signals of each possible carrier.

Candidates are the names in and right before the sentence, who speaks around it ("Holm said that Lann had told
her"), who carried the statement before, and nobody. Signals are the words that the reader links to the cue,
where the name stands, and which statements before came the same way. No signal knows an outlet.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.people.fold import fold
from onrecord.statements.entities import Entity, last_word
from onrecord.statements.kinds import is_carrier
from onrecord.statements.said import Said
from onrecord.statements.scene import Scene
from onrecord.types import Relay, Span

__all__ = ["Carrier", "Way", "find_carriers", "measure_via", "ruled_carrier", "say_via"]

_REPORTS = re.compile(
    r"\b(?:report(?:s|ed|ing)?|according to|quot(?:es?|ed|ing)|cit(?:es?|ed|ing)|publish(?:es|ed)?|carried|"
    r"obtained|interview|wrote|writes|via|aired|broadcast|released|posted|revealed)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:told|tells|telling|spoke to|speaking to|asked by|interviewed by|said to)\s+"
    r"(?:(?:the|a|an|our)\s+)?(?:[\w’'-]+\s+){0,2}$",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|to|in|from|via|on)\s+(?:(?:the|an?)\s+)?(?:[\w’'-]+\s+){0,2}$", re.IGNORECASE)
_AWAY = 3  # sentences before, whose names are looked at
_MOST = 16
_NEAR = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Who may have carried a statement, with the place that names it: nobody where the name is None."""

    name: str | None
    span: Span | None = None
    entity: Entity | None = None
    outer: bool = False
    again: bool = False
    ruled: bool = False


@dataclass
class Way:
    """A page as the question "through whom?" sees it; `came` grows in reading order."""

    scene: Scene
    said: Sequence[Said]
    came: list[tuple[Said, str | None]] = field(default_factory=list)

    @cached_property
    def linked(self) -> dict[str, tuple[Entity, int]]:
        """The entities that the reader links to some statement of the page as its carrier, by key, and to how
        many."""
        found: dict[str, tuple[Entity, int]] = {}
        for one in self.said:
            for span in one.what.carriers:
                for entity in self.scene.entities:
                    first = bisect_right(entity.mentions, span.start, key=_end)
                    if first < len(entity.mentions) and entity.mentions[first].start < span.end:
                        key = _key(entity.name)
                        found[key] = (entity, found.get(key, (entity, 0))[1] + 1)
        return found

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The last words of the speakers' names."""
        return frozenset(last_word(one.speaker.name) for one in self.said if one.speaker is not None)


def ruled_carrier(one: Said) -> str | None:
    """Return the carrier next to the speaker, as the rules tell."""
    return next((relay.name for relay in reversed(one.via) if not relay.told), None)


def find_carriers(way: Way, one: Said) -> list[Carrier]:
    """Return the possible carriers of a statement, and nobody as the last."""
    scene = way.scene
    number = scene.sentence_at(one.sentence.start)
    first = scene.sentences[max(0, number - _AWAY)].start if scene.sentences else 0
    found: dict[str, Carrier] = {}
    speaker = fold(one.speaker.name) if one.speaker is not None else ""
    for relay in one.via:
        if not relay.told:
            found[_key(relay.name)] = Carrier(name=relay.name, span=relay.span, ruled=True)
    for outer in _around(way, one):
        if outer.speaker is not None and outer.what.source is not None:
            key = _key(outer.speaker.name)
            known = found.get(key)
            found[key] = Carrier(
                name=outer.speaker.name, span=outer.what.source, outer=True, ruled=known is not None
            )
    for entity in scene.entities:
        places = [m for m in entity.mentions if first <= m.start < one.sentence.end]
        if not places or entity.kind == "place":
            continue
        key = _key(entity.name)
        near = min(places, key=lambda m: _distance(m, one.sentence))
        known = found.get(key)
        found[key] = Carrier(
            name=entity.name,
            span=near,
            entity=entity,
            outer=known is not None and known.outer,
            ruled=known is not None and known.ruled,
        )
    for key, (entity, _) in way.linked.items():
        if key not in found:
            near = min(entity.mentions, key=lambda m: _distance(m, one.sentence))
            found[key] = Carrier(name=entity.name, span=near, entity=entity)
    last = next((name for _, name in reversed(way.came) if name is not None), None)
    if last is not None:
        known = found.get(_key(last))
        named = next((e for e in scene.entities if _key(e.name) == _key(last)), None)
        span = known.span if known is not None else named.mentions[0] if named is not None else None
        found[_key(last)] = Carrier(
            name=known.name if known is not None else last,
            span=span,
            entity=named,
            outer=known is not None and known.outer,
            ruled=known is not None and known.ruled,
            again=True,
        )
    nearest = sorted(
        found.values(),
        key=lambda c: (
            not (c.ruled or c.outer or c.again or _key(c.name or "") in way.linked),
            _distance(c.span, one.sentence),
        ),
    )
    others = [c for c in nearest if c.name is not None and fold(c.name) != speaker]
    return [*others[:_MOST], Carrier(name=None)]


def _end(span: Span) -> int:
    return span.end


def _key(name: str) -> str:
    return fold(re.sub(r"^the\s+", "", name, flags=re.IGNORECASE))


def _distance(place: Span | None, sentence: Span) -> int:
    if place is None:
        return 1 << 30
    if sentence.start <= place.start < sentence.end:
        return 0
    return abs(sentence.start - place.start)


def _around(way: Way, one: Said) -> list[Said]:
    """Return the statements in whose words this one's cue stands."""
    cue = one.what.cue[0] if one.what.cue else None
    if cue is None:
        return []
    return [
        other
        for other in way.said
        if other is not one
        and any(part.start <= cue.start and cue.end <= part.end for part in other.what.content)
    ]


def measure_via(way: Way, one: Said, carriers: Sequence[Carrier], carrier: Carrier) -> Mapping[str, float]:
    """Return the signals of one of the carriers by name; what does not apply is 0."""
    scene, what = way.scene, one.what
    last = way.came[-1] if way.came else None
    linked = bool(what.carriers)
    signals = {
        "constant": 1.0,
        "c:linked": float(linked),
        "c:nested": float(what.nested or any(c.outer for c in carriers)),
        "c:unnamed": float(one.speaker is None or one.speaker.type == "unnamed"),
        "c:some before": float(any(name is not None for _, name in way.came)),
        "c:share": sum(name is not None for _, name in way.came) / (1 + len(way.came)),
        "c:quote": float(what.cls == "quote"),
    }
    if carrier.name is None:
        return signals | {"n:none": 1.0, "n:last none": float(last is not None and last[1] is None)}
    span = carrier.span
    name = carrier.name
    mine = [other for other, through in way.came if through is not None and _key(through) == _key(name)]
    same_last = last is not None and last[1] is not None and _key(last[1]) == _key(name)
    same_speaker = bool(
        last is not None
        and last[0].speaker is not None
        and one.speaker is not None
        and last[0].speaker.name == one.speaker.name
    )
    signals |= {
        "v:carrier": 1.0,
        "v:ruled": float(carrier.ruled),
        "v:outer": float(carrier.outer),
        "v:linked somewhere": float(_key(name) in way.linked),
        "v:linked share": way.linked[_key(name)][1] / len(way.said) if _key(name) in way.linked else 0.0,
        "v:person": float(carrier.entity is not None and carrier.entity.kind == "person"),
        "v:body": float(carrier.entity is not None and carrier.entity.kind == "body"),
        "v:other": float(carrier.entity is not None and carrier.entity.kind == "other"),
        "v:outlet": float(is_carrier(name)),
        "v:last": float(same_last),
        "v:last, same speaker": float(same_last and same_speaker),
        "v:last, same paragraph": float(
            same_last and last is not None and last[0].paragraph.span == one.paragraph.span
        ),
        "v:times": math.log1p(len(mine)),
        "v:spoke": float(last_word(name) in way.speakers),
        "v:in headline": float(
            carrier.entity is not None and carrier.entity.mentions[0].start < scene.headline_end
        ),
        "v:named": math.log1p(len(carrier.entity.mentions)) if carrier.entity is not None else 0.0,
    }
    if span is None:
        return signals
    lead = scene.masked[max(0, span.start - _NEAR) : span.start]
    tail = scene.masked[span.end : span.end + _NEAR]
    here = one.sentence.start <= span.start < one.sentence.end
    in_content = any(c.start <= span.start < c.end for c in what.content)
    overlaps = any(s.start < span.end and span.start < s.end for s in what.carriers)
    heard = [*what.hearers, *([what.addressee] if what.addressee is not None else [])]
    signals |= {
        "v:links": float(overlaps),
        "v:another linked": float(linked and not overlaps),
        "v:hears": float(any(s.start < span.end and span.start < s.end for s in heard)),
        "v:here": float(here and not in_content),
        "v:in content": float(here and in_content),
        "v:in source": float(what.source is not None and what.source.start <= span.start < what.source.end),
        "v:sentences before": math.log1p(
            max(0, scene.sentence_at(one.sentence.start) - scene.sentence_at(span.start))
        ),
        "v:reports": float(
            _REPORTS.search(lead[-25:]) is not None or _REPORTS.match(tail.lstrip(" ,’'s")) is not None
        ),
        "v:reports near": float(_REPORTS.search(lead + tail) is not None),
        "v:told": float(_TOLD.search(lead) is not None),
        "v:by": float(_BY.search(lead) is not None),
        "v:behind cue": float(bool(what.cue) and span.start > what.cue[0].end and here),
        "v:opens": float(here and span.start - one.sentence.start < 6),
        "v:quoted": float(scene.masked[span.start] != scene.text[span.start]),
    }
    return signals


def say_via(scene: Scene, one: Said, carrier: Carrier) -> tuple[Relay, ...]:
    """Return the chain of a statement: the carrier, with "The" where the page prints it so, and to whom it
    was told."""
    told = tuple(relay for relay in one.via if relay.told)
    if carrier.name is None or carrier.span is None:
        return told
    ruled = [relay for relay in one.via if not relay.told]
    if any(_key(relay.name) == _key(carrier.name) for relay in ruled):
        kept = tuple(relay for relay in ruled)
        return (*kept, *told)
    name = carrier.name
    if scene.text[max(0, carrier.span.start - 4) : carrier.span.start] == "The " and name == carrier.span.of(
        scene.text
    ):
        name = f"The {name}"
    return (Relay(name=name, span=carrier.span), *told)
