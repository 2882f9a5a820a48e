"""Who said it: for each statement the best candidate of its page, decided in reading order.

What a rule of grammar settles (two names joined by "and") stays; all else is weighed by a small trained model
over the signals of `who_signals`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.models.who import choose_speaker
from onrecord.statements.ranking.entities import Entity, last_word
from onrecord.statements.ranking.scene import Asked, Candidate, Scene, ask
from onrecord.statements.ranking.who_signals import measure_who
from onrecord.statements.rules.attribution import Said
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.text.noun_phrases import parse_named, trim_told
from onrecord.types import Span, Speaker, SpeakerType

__all__ = ["find_candidates", "find_inside", "is_open", "resolve_who", "say_who"]

# How likely a candidate is to be, for the rules to be outvoted; chosen on outlets left out of the training.
LEAST = 0.6
_NEAREST = 40  # entities looked at, those named nearest before and after
_AGAIN = 12  # unnamed speakers looked at, the last ones
_LOOK_BACK = 200  # statements before, among which they are looked for
# "Team Lann", "the Lann of the musical", "nobody, least of all Lann" are not Lann.
_ANOTHER = re.compile(r"(?:\b(?:team|the|an?|another|no)\s+|\b(?:nobody|none|no\s+one)\b.*)$", re.IGNORECASE)
_TYPES: dict[str, SpeakerType] = {
    "person": "person",
    "body": "institution",
    "place": "institution",
    "other": "institution",
}


def resolve_who(scene: Scene, said: Sequence[Said], roster: Roster) -> Iterator[Said]:
    """Yield each statement with its speaker, as far as the page tells."""
    for one in said:
        speaker, sure, asked = one.speaker, None, None
        if is_open(one):
            asked = ask(scene, one, find_inside(scene, one))
        if asked is not None and not _is_called(asked):
            candidates = find_candidates(scene, asked)
            at, sure = choose_speaker([measure_who(scene, asked, candidate) for candidate in candidates])
            if sure > LEAST:
                speaker = say_who(scene, asked, candidates[at], roster)
        # What the rules made of it, not what was chosen: a wrong choice would draw the next ones after it.
        scene.spoken.append((one, one.speaker))
        yield replace(one, speaker=speaker, sure_who=sure)


def is_open(one: Said) -> bool:
    """Is it asked who speaks at all? Joint speakers are told by grammar; what nobody is asked for has no
    words."""
    if not one.what.content and one.what.source is None:
        return False
    return one.speaker is None or ";" not in one.speaker.name


def _is_called(asked: Asked) -> bool:
    """Do the words at the saying call somebody by a noun alone, "her face", "the script", or by "who" behind
    one? Whoever stands near is hardly meant, and a proof that they said it would be wrong: there the rules
    decide."""
    if asked.pronoun in ("who", "which"):
        return True
    return bool(asked.phrase) and not asked.pronoun and not asked.inside


def find_inside(scene: Scene, one: Said) -> list[tuple[Entity, Span]]:
    """Return the names in the words at the saying, in their order."""
    source = one.what.source
    if source is None:
        return []
    found: list[tuple[Entity, Span]] = []
    for entity in scene.entities:
        first = bisect_left(entity.mentions, source.start, key=_end)
        for span in entity.mentions[first:]:
            if span.start >= source.end:
                break
            if entity.kind != "person" or not _ANOTHER.search(scene.text, source.start, span.start):
                found.append((entity, span))
    return sorted(found, key=lambda pair: pair[1])


def _end(span: Span) -> int:
    return span.end - 1


def find_candidates(scene: Scene, asked: Asked) -> list[Candidate]:
    def away(entity: Entity) -> int:
        at = entity.before(asked.place + 1)
        before = asked.place - entity.mentions[at - 1].end if at else 1 << 30
        after = 3 * (entity.mentions[at].start - asked.place) if at < len(entity.mentions) else 1 << 30
        return min(before, after)

    inside = {id(entity) for entity, _ in asked.inside}
    entities = sorted(scene.entities, key=lambda entity: (id(entity) not in inside, away(entity)))[:_NEAREST]
    named = {entity.name for entity in scene.entities}
    again: dict[str, Speaker] = {}
    for _, who in reversed(scene.spoken[-_LOOK_BACK:]):
        together = who is not None and ";" in who.name and asked.pronoun in {"he", "she", "it"}
        if who is not None and not together and len(again) < _AGAIN and who.name not in named:
            again.setdefault(who.name, who)
    ruled = asked.ruled
    alone = (
        ruled is not None
        and ruled.type != "unnamed"
        and not any(ruled.name == name for name in (*again, *(e.name for e in entities)))
    )
    return [
        *(Candidate(entity=entity) for entity in entities),
        *(Candidate(again=who) for who in again.values()),
        *([Candidate(ruled=ruled)] if alone else []),
        Candidate(),
    ]


def say_who(scene: Scene, asked: Asked, candidate: Candidate, roster: Roster) -> Speaker | None:
    """Return the speaker that a candidate stands for."""
    ruled, here = asked.ruled, (asked.source,) if asked.source is not None else ()
    if candidate.again is not None:
        chain = (*here, *candidate.again.mentions)
        return replace(candidate.again, mentions=tuple(dict.fromkeys(chain)))
    if candidate.ruled is not None:
        return candidate.ruled
    if candidate.entity is None:
        return _printed(scene, asked)
    entity = candidate.entity
    if ruled is not None and _is_fuller(ruled, entity):
        return ruled
    known = roster.fullest(entity.name) if entity.kind == "person" else None
    role = known.role if known is not None and known.name == entity.name else None
    before = entity.before(asked.place + 1)
    near = entity.mentions[before - 1 : before] or entity.mentions[:1]
    full = tuple(span for span in entity.mentions if span.of(scene.text) == entity.name)[:1]
    chain = (*here, *near, *full)
    return Speaker(
        name=entity.name, type=_TYPES[entity.kind], role=role, mentions=tuple(dict.fromkeys(chain))
    )


def _is_fuller(ruled: Speaker, entity: Entity) -> bool:
    """Do the rules name the same one, and no less fully: the lone last name under a post with its signature's
    whole name, "the ministry" as the Ministry of Water?"""
    mine, theirs = (
        [word.strip(".").casefold() for word in name.split()] for name in (entity.name, ruled.name)
    )
    if mine == theirs:
        return True
    if entity.kind == "person":
        return len(mine) == 1 and last_word(ruled.name) == last_word(entity.name)
    return ruled.type == "institution" and set(mine) < set(theirs)


def _printed(scene: Scene, asked: Asked) -> Speaker | None:
    ruled = asked.ruled
    if asked.source is None or asked.pronoun:
        return None
    if ruled is not None and ruled.name.casefold() in asked.phrase.casefold() and ruled.type != "person":
        return ruled
    phrase = trim_told(asked.phrase)
    named = parse_named(phrase)
    kind: SpeakerType = "institution" if named.type == "institution" else "unnamed"
    plain = re.sub(r"^the\s+", "", phrase.strip(" ,"), flags=re.IGNORECASE)
    return Speaker(name=plain, type=kind, mentions=(asked.source,)) if plain else None
