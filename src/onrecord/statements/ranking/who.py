"""Who said it: for each statement the best candidate of its page.

What a rule of grammar settles (two names joined by "and") stays; all else is weighed by a small trained model
over the signals of `who_signals` and the reader's states.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.models.who import rate_speakers
from onrecord.statements.lexicon.kinds import word_is
from onrecord.statements.model.states import States
from onrecord.statements.ranking.entities import Entity, last_word
from onrecord.statements.ranking.questions import Weighed, ask_who
from onrecord.statements.ranking.scene import Asked, Candidate, Scene, ask
from onrecord.statements.ranking.word_signals import OWNERS, is_for_another
from onrecord.statements.rules.attribution import Said, is_hearsay
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.text.noun_phrases import parse_named, trim_told
from onrecord.types import Span, Speaker, SpeakerType

__all__ = ["find_weighed", "resolve_who", "say_who"]

# How likely a candidate is to be, for the rules to be outvoted; chosen on outlets left out of the training.
LEAST, LEAST_CALLED = 0.6, 0.8
_AT_ONCE = 64  # statements: memory stays bounded on any page
_NEAREST = 40  # entities looked at, those named nearest before and after
_AGAIN = 12  # unnamed speakers looked at, the last ones
_LOOK_BACK = 200  # statements before, among which they are looked for
# "Team Lann", "the Lann of the musical", "nobody, least of all Lann" are not Lann.
_ANOTHER = re.compile(r"(?:\b(?:team|the|an?|another|no)\s+|\b(?:nobody|none|no\s+one)\b.*)$", re.IGNORECASE)
_OWNS = re.compile(r"(?:['’]s|(?<=s)['’])\s+\w")
# Directly behind a preposition: in "president of the Selm Council Ada Lann" she is not.
_GOVERNED = re.compile(r"\b(?:of|for|from|by|with|to)\s+(?:[A-Z][\w.’'-]*\s+)?$")
_TYPES: dict[str, SpeakerType] = {
    "person": "person",
    "body": "institution",
    "place": "institution",
    "other": "institution",
}


def resolve_who(scene: Scene, said: Sequence[Said], roster: Roster, states: States) -> Iterator[Said]:
    """Yield each statement with its speaker, as far as the page tells."""
    chosen: dict[int, tuple[Speaker | None, float]] = {}
    weighed = find_weighed(scene, said)
    for first in range(0, len(weighed), _AT_ONCE):
        some = weighed[first : first + _AT_ONCE]
        for asked, rates in zip(some, rate_speakers(ask_who(scene, some, states)), strict=True):
            can = [_may_speak(scene, asked.asked, candidate) for candidate in asked.candidates]
            at = max(range(len(can)), key=lambda one: (can[one], rates[one]))
            speaker = said[asked.number].speaker
            called = _is_called(scene, asked.asked)
            if called and speaker is not None and speaker.type == "person":
                # Whom the rules name for a noun they know by what the page tells of them: how likely another
                # is says nothing of that one.
                continue
            if rates[at] > (LEAST_CALLED if called else LEAST):
                speaker = say_who(scene, asked.asked, asked.candidates[at], roster)
            chosen[asked.number] = speaker, float(rates[at])
    for number, one in enumerate(said):
        speaker, sure = chosen.get(number, (one.speaker, None))
        yield replace(one, speaker=speaker, sure_who=sure)


def find_weighed(scene: Scene, said: Sequence[Said]) -> list[Weighed]:
    """Return the statements whose speaker is asked for, each with its candidates. Who spoke before is told by
    the rules: a wrong choice would draw the next ones after it."""
    weighed = []
    for number, one in enumerate(said):
        if _is_open(scene, one):
            what = one.what
            asked = ask(scene, one, _find_inside(scene, what.source), _find_inside(scene, what.seen))
            weighed.append(Weighed(number, asked, _find_candidates(scene, asked)))
        scene.spoken.append((one, one.speaker))
    return weighed


def _is_open(scene: Scene, one: Said) -> bool:
    """Is it asked who speaks at all? Joint speakers are told by grammar, a label or a signature by the
    layout; what nobody is asked for has no words, and whom a teller meant by "he" the page does not say."""
    what = one.what
    if (what.source is None and not what.content) or is_hearsay(scene.text, what):
        return False
    if what.source is not None and not what.cue:
        return False
    return one.speaker is None or ";" not in one.speaker.name


def _is_called(scene: Scene, asked: Asked) -> bool:
    """Do the words at the saying call somebody by a noun, "the script", "the mayor of Karsk", or by "who"
    behind one, or is it a headline's quotation with no words at all? Whoever stands near is hardly meant, and
    a proof that they said it would be wrong: there a candidate is to be surer."""
    if not asked.phrase:
        return asked.one.paragraph.role == "headline"
    if asked.pronoun:
        return asked.pronoun in ("who", "which")
    if asked.inside and is_for_another(asked.phrase):
        return False
    return all(_is_told_of(scene, asked, span) for _, span in asked.inside)


def _is_told_of(scene: Scene, asked: Asked, span: Span) -> bool:
    """Is a name in the words at the saying another's than who speaks: "Lann’s parrot", "the mayor of
    Karsk"?"""
    source = asked.source
    return source is not None and bool(
        _OWNS.match(scene.text, span.end, source.end)
        or _GOVERNED.search(scene.text, source.start, span.start)
        or _ANOTHER.search(scene.text, source.start, span.start)
    )


def _may_speak(scene: Scene, asked: Asked, candidate: Candidate) -> bool:
    """Can a candidate be meant by the words at the saying at all? No person is "it", or who owns what speaks
    ("Lann’s parrot", "a deepfake of Lann"), unless that is what they wrote; nobody is "her face"."""
    entity, source = candidate.entity, asked.source
    if entity is None or entity.kind != "person" or source is None:
        return True
    if asked.pronoun in ("it", "which") or (asked.first in OWNERS and not asked.pronoun and not asked.inside):
        return False
    first = bisect_left(entity.mentions, source.start, key=_end)
    here = [span for span in entity.mentions[first:] if span.start < source.end]
    if not here or word_is(asked.head, "document"):
        return True
    return not all(_is_told_of(scene, asked, span) for span in here)


def _find_inside(scene: Scene, words: Span | None) -> list[tuple[Entity, Span]]:
    """Return the names in some words, in their order."""
    found: list[tuple[Entity, Span]] = []
    for entity in scene.entities if words is not None else ():
        assert words is not None
        first = bisect_left(entity.mentions, words.start, key=_end)
        for span in entity.mentions[first:]:
            if span.start >= words.end:
                break
            if entity.kind != "person" or not _ANOTHER.search(scene.text, words.start, span.start):
                found.append((entity, span))
    return sorted(found, key=_span_of)


def _span_of(named: tuple[Entity, Span]) -> Span:
    return named[1]


def _end(span: Span) -> int:
    return span.end - 1


def _find_candidates(scene: Scene, asked: Asked) -> list[Candidate]:
    def away(entity: Entity) -> int:
        at = entity.before(asked.place + 1)
        before = asked.place - entity.mentions[at - 1].end if at else 1 << 30
        after = 3 * (entity.mentions[at].start - asked.place) if at < len(entity.mentions) else 1 << 30
        return min(before, after)

    inside = {id(entity) for entity, _ in (*asked.inside, *asked.seen)}
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
