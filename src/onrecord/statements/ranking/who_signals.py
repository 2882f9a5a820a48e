"""What tells who a statement's source is: the signals of each candidate.

Candidates are the entities of the page, who has spoken before under no name, and the words as printed.
Signals are what the literature on pronouns and quotations uses (Lappin and Leass 1994; Muzny et al. 2017):
agreement, distance, salience, apposition, who spoke before; no signal knows a page or an outlet.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Mapping

from onrecord.statements.lexicon.kinds import pronoun_of, word_is
from onrecord.statements.ranking.entities import Entity, last_word
from onrecord.statements.ranking.scene import WORD, About, Asked, Candidate, Scene, head_of
from onrecord.statements.ranking.word_signals import GOVERNS, find_standing, is_for_another, measure_words
from onrecord.types import Span, Speaker

__all__ = ["measure_who"]

_LONG_AGO = 60  # sentences


def measure_who(scene: Scene, asked: Asked, candidate: Candidate) -> Mapping[str, float]:
    """Return the signals of one candidate by name; what does not apply is 0."""
    signals = {"constant": 1.0, **measure_words(asked)}
    if candidate.entity is not None:
        signals |= _of_entity(scene, asked, candidate.entity)
    elif candidate.again is not None:
        signals |= _of_again(scene, asked, candidate.again)
    elif candidate.ruled is not None:
        signals |= _of_ruled(asked, candidate.ruled)
    else:
        signals |= _of_printed(asked)
    name = candidate.name
    signals["rule says so"] = float(_agrees(asked, candidate))
    signals |= _of_turns(scene, asked, name)
    return signals


def _of_entity(scene: Scene, asked: Asked, entity: Entity) -> dict[str, float]:
    about = scene.about(entity)
    before = entity.before(asked.place + (0 if asked.inside else 1))
    last = entity.mentions[before - 1] if before else None
    gap = asked.number - about.sentences[before - 1] if before else _LONG_AGO
    after = entity.mentions[before].start - asked.place if before < len(entity.mentions) else 99_999
    content = asked.one.what.content
    kind = entity.kind
    signals = {
        "e:" + kind: 1.0,
        "e:gap": math.log1p(gap),
        "e:same sentence before": float(gap == 0),
        "e:one before": float(gap == 1),
        "e:two before": float(gap == 2),
        "e:never before": float(last is None),
        "e:soon after": float(last is None and after < 400),
        "e:named": math.log1p(len(entity.mentions)),
        "e:named before": math.log1p(before),
        "e:share": before / (1 + asked.named_before),
        "e:full name": float(" " in entity.name),
        "e:in content": float(any(c.start <= m.start < c.end for c in content for m in entity.mentions)),
        "e:first in article": float(entity is scene.entities[0]) if scene.entities else 0.0,
        "e:since full": math.log1p(_since_full(scene, asked, entity)),
        "e:in headline": float(entity.mentions[0].start < scene.headline_end),
    }
    signals |= _of_recency(scene, asked, entity, last)
    signals |= _of_agreement(asked, about, entity)
    signals |= _of_inside(scene, asked, entity)
    signals |= _of_seen(asked, entity)
    return signals


def _since_full(scene: Scene, asked: Asked, entity: Entity) -> int:
    """Return how many sentences ago an entity was last named by more than a part of its name."""
    before = [span for span in entity.full if span.start < asked.place]
    return asked.number - scene.places.sentence(before[-1].start) if before else _LONG_AGO


def _of_recency(scene: Scene, asked: Asked, entity: Entity, last: Span | None) -> dict[str, float]:
    """Is it the last named of its kind, the subject of its sentence?"""
    if last is None:
        return {}
    same = asked.lasts.get(entity.kind, [])
    rivals = len(same) - bisect_right(same, last.start)
    standing = find_standing(scene, last)
    return {
        "r:rivals since": math.log1p(rivals),
        "r:latest": float(rivals == 0),
        "r:subject": float(standing.subject),
        "r:quoted": float(standing.quoted),
        "r:same paragraph": float(last.start >= asked.one.paragraph.span.start),
        "r:adjacent": float(re.fullmatch(r"[\s,;–—-]*", scene.text[last.end : asked.place]) is not None),
        "r:governed": float(standing.governed),
        "r:possessive": float(standing.possessive),
    }


def _of_agreement(asked: Asked, about: About, entity: Entity) -> dict[str, float]:
    pronoun, kind = asked.pronoun, entity.kind
    signals: dict[str, float] = {}
    if pronoun in {"he", "she"}:
        known = about.pronoun
        signals["a:agrees"] = float(known == pronoun)
        signals["a:conflicts"] = float(known is not None and known != pronoun)
        signals["a:not a person"] = float(kind != "person")
    elif pronoun == "it":
        signals["a:it person"] = float(kind == "person")
        signals["a:it body"] = float(kind == "body")
    elif pronoun == "they":
        signals["a:they person"] = float(kind == "person")
        signals["a:they body"] = float(kind == "body")
    elif asked.phrase and not asked.inside:
        words = {word.casefold() for word in WORD.findall(asked.phrase)} - {"the", "a", "an"}
        shared = words & about.roles
        signals["a:head is role"] = float(asked.head in about.roles)
        signals["a:words of role"] = len(shared) / (1 + len(words))
        called = {word.casefold() for word in WORD.findall(entity.name)}
        signals["a:head in name"] = float(asked.head in called)
        signals["a:body noun, body"] = float(kind == "body" and word_is(asked.head, "body"))
        signals["a:role noun, person"] = float(kind == "person" and word_is(asked.head, "role"))
        told = pronoun_of(asked.phrase)
        signals["a:noun conflicts"] = float(
            told is not None and about.pronoun is not None and told != about.pronoun
        )
    return signals


def _of_inside(scene: Scene, asked: Asked, entity: Entity) -> dict[str, float]:
    """Signals of a name in the words at the saying: its head, what it belongs to, or told of it?"""
    if not asked.inside or asked.source is None:
        return {}
    mine = [span for one, span in asked.inside if one is entity]
    if not mine:
        return {"i:another inside": 1.0}
    text, source, span = scene.text, asked.source, mine[0]
    lead, tail = text[source.start : span.start], text[span.end : source.end]
    others = [one for one, _ in asked.inside if one is not entity]
    return {
        "i:inside": 1.0,
        "i:whole": float(not lead.strip(" ,") and not tail.strip(" ,’'s")),
        "i:first": float(asked.inside[0][0] is entity),
        "i:last": float(asked.inside[-1][0] is entity),
        "i:person": float(entity.kind == "person"),
        "i:body": float(entity.kind == "body"),
        "i:place": float(entity.kind == "place"),
        "i:person among others": float(entity.kind == "person" and any(o.kind != "person" for o in others)),
        "i:not the person": float(entity.kind != "person" and any(o.kind == "person" for o in others)),
        "i:full last": float(
            len(asked.inside) > 1
            and _since_full(scene, asked, entity)
            <= min(_since_full(scene, asked, one) for one, _ in asked.inside)
        ),
        "i:two people": float(entity.kind == "person" and any(o.kind == "person" for o in others)),
        "i:governed": float(GOVERNS.search(lead) is not None),
        "i:speaks for": float(is_for_another(lead)),
        "i:spokes": float(re.search(r"\bspokes", lead + tail) is not None),
        "i:owns": float(tail[:2] in {"’s", "'s"} and len(tail.split()) > 1),
        "i:words behind": float(
            bool(re.match(r"\s+[a-z]", tail)) and not re.match(r"\s+(?:of|from|who|in|at|and)\b", tail)
        ),
        "i:apposition behind": float(tail.startswith(",")),
        "i:apposition before": float(lead.rstrip().endswith(",")),
        "i:clause before": float(re.search(r"\b(?:who|which|whose|that)\b", lead) is not None),
        "i:hyphen behind": float(tail.startswith("-")),
        "i:title before": float(
            bool(lead.split()) and any(word_is(lead.split()[-1], kind) for kind in ("title", "role"))
        ),
        "i:share": len(span.of(text)) / max(1, len(asked.phrase)),
    }


def _of_seen(asked: Asked, entity: Entity) -> dict[str, float]:
    """Does the reader see this one in the words at the saying?"""
    seen = [one for one, _ in asked.seen]
    here = any(one is entity for one in seen)
    return {
        "s:seen": float(here),
        "s:seen alone": float(here and all(one is entity for one in seen)),
        "s:seen first": float(here and seen[0] is entity),
        "s:another seen": float(bool(seen) and not here),
        "s:nothing seen": float(asked.one.what.seen is None),
    }


def _of_again(scene: Scene, asked: Asked, again: Speaker) -> dict[str, float]:
    """Signals of somebody who has spoken under no name."""
    place = asked.turns.places.get(again.name, 0)
    words = {word.casefold() for word in WORD.findall(asked.phrase)} - {"the", "a", "an"}
    called = {word.casefold() for word in WORD.findall(again.name)}
    told = pronoun_of(again.name)
    return {
        "g:again": 1.0,
        "g:gap": math.log1p(max(0, asked.number - scene.places.sentence(place))),
        "g:head": float(asked.head == head_of(again.name) and bool(asked.head)),
        "g:words": len(words & called) / (1 + len(words)),
        "g:plural": float(head_of(again.name).endswith("s")),
        "g:they, plural": float(asked.pronoun == "they" and head_of(again.name).endswith("s")),
        "g:he, single": float(asked.pronoun in {"he", "she"} and not head_of(again.name).endswith("s")),
        "g:conflicts": float(told is not None and asked.pronoun in {"he", "she"} and told != asked.pronoun),
        "g:body": float(again.type in {"institution", "group"}),
    }


def _of_ruled(asked: Asked, ruled: Speaker) -> dict[str, float]:
    return {
        "u:ruled": 1.0,
        "u:person": float(ruled.type == "person"),
        "u:full name": float(" " in ruled.name),
        "u:inside": float(ruled.name.casefold() in asked.phrase.casefold()),
        "u:role": float(ruled.role is not None),
        "u:names inside": min(len(asked.inside), 3.0),
    }


def _of_printed(asked: Asked) -> dict[str, float]:
    return {
        "p:printed": 1.0,
        "p:pronoun": float(bool(asked.pronoun)),
        "p:rule names nobody": float(asked.ruled is None or asked.ruled.type == "unnamed"),
        "p:rule prints": float(
            asked.ruled is not None and asked.ruled.name.casefold() in asked.phrase.casefold()
        ),
        "p:body": float(word_is(asked.head, "body")),
        "p:many": float(word_is(asked.head, "many")),
        "p:role": float(word_is(asked.head, "role")),
        "p:document": float(word_is(asked.head, "document")),
        "p:no capital": float(not any(c.isupper() for c in asked.phrase[1:])),
    }


def _of_turns(scene: Scene, asked: Asked, name: str | None) -> dict[str, float]:
    """Has this one spoken before, just now, in this paragraph?"""
    turns = asked.turns
    if turns.last is None or name is None:
        return {"t:first": float(turns.last is None)}
    rank = turns.order.index(name) if name in turns.times else -1
    gap = asked.number - scene.places.sentence(turns.last.sentence.start)
    same_paragraph = turns.last.paragraph.span == asked.one.paragraph.span
    return {
        "t:spoke": float(rank >= 0),
        "t:spoke last": float(rank == 0),
        "t:spoke last, none between": float(rank == 0 and gap <= 1),
        "t:spoke last, same paragraph": float(rank == 0 and same_paragraph),
        "t:spoke before last": float(rank == 1),
        "t:times": math.log1p(turns.times.get(name, 0)),
        "t:share": turns.times.get(name, 0) / turns.count,
        "t:last gap": math.log1p(max(0, gap)) * float(rank == 0),
    }


def _agrees(asked: Asked, candidate: Candidate) -> bool:
    ruled = asked.ruled
    if candidate.name is None:
        return ruled is None or (ruled.type == "unnamed" and ruled.name.casefold() in asked.phrase.casefold())
    if ruled is None:
        return False
    if candidate.entity is not None and candidate.entity.kind == "person":
        return bool(last_word(ruled.name)) and last_word(ruled.name) == last_word(candidate.entity.name)
    mine, theirs = (
        set(map(str.casefold, WORD.findall(name))) - {"the"} for name in (candidate.name, ruled.name)
    )
    return bool(mine) and (mine <= theirs or theirs <= mine)
