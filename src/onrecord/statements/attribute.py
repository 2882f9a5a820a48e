"""One sentence with its cues into who said what: the rules that link source, cue and content.

The orders of English news, each a function: the quotation before its cue, the cue before its content, the
content before
"S said", "according to S", passives, refusals. What no rule links is left out: a wrong speaker is worse
than none.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.statements.attribution import Attribution, Place
from onrecord.statements.content_first import content_first
from onrecord.statements.contents import trim_content
from onrecord.statements.cue_first import cue_first
from onrecord.statements.cues import Cue, find_cues
from onrecord.statements.orders import according, naming, participle, passive, quoted_as, refusal
from onrecord.statements.quotation_first import quotation_first
from onrecord.statements.sentences import OPEN, Sentence
from onrecord.types import Span

__all__ = ["find_attributions", "untangle"]


_MOST_CUES = 25  # in one sentence; a "sentence" with more is a list or no writing at all


def find_attributions(text: str, masked: str, sentence: Sentence) -> list[Attribution]:
    """Return the attributions of one sentence in the order of their cues."""
    cues = [cue for cue in find_cues(masked, sentence.span) if not _swallowed(cue, sentence.span, masked)]
    if len(cues) > _MOST_CUES:
        return []
    found: list[Attribution] = []
    left = sentence.span.start
    for i, cue in enumerate(cues):
        place = Place(
            text=text,
            masked=masked,
            sentence=sentence,
            cue=cue,
            before=found[-1] if found else None,
            left=left,
            right=cues[i + 1].span.start if i + 1 < len(cues) else sentence.span.end,
        )
        one = _attribute(place)
        if one is not None and (one.content or one.no_comment):
            found.append(one)
            if not re.search(r"\b(?:who|which)\s+(?:\w+\s+){0,2}$", masked[left : cue.span.start]):
                left = cue.span.end
    return found


def _swallowed(cue: Cue, sentence: Span, masked: str) -> bool:
    return cue.cls == "say" and "q" in cue.flags and OPEN not in masked[sentence.start : sentence.end]


def _attribute(place: Place) -> Attribution | None:
    match place.cue.cls:
        case "according":
            return according(place)
        case "refuse":
            return refusal(place)
        case "quote":
            return quoted_as(place)
        case "name":
            return naming(place)
        case _:
            pass
    if place.cue.use == "participle":
        return participle(place)
    if place.cue.use == "passive":
        return passive(place)
    return quotation_first(place) or content_first(place) or cue_first(place)


def untangle(masked: str, found: list[Attribution]) -> Iterator[Attribution]:
    """Turn an attribution around another into its relay.

    "Lann said ..., according to Vesna" is said by Lann and carried by Vesna.
    """
    for one in found:
        inner = [o for o in found if o is not one and _carries(masked, one, o)]
        if inner and one.cls in {"according", "report", "say"} and _postposed(one):
            continue
        outer = [
            o
            for o in found
            if o is not one and _carries(masked, o, one) and _postposed(o) and o.source is not None
        ]
        relays = tuple(o.source for o in reversed(outer) if o.source is not None)
        if outer:
            edge = min(min(s.start for s in (o.source, *o.cue) if s is not None) for o in outer)
            content = tuple(_clip(masked, c, edge) for c in one.content)
            # It stands for the whole sentence now: it is as likely as what carried it.
            rate, sure = max(o.rate for o in (one, *outer)), max(o.sure for o in (one, *outer))
            one = replace(one, content=content, rate=rate, sure=sure)
        yield replace(one, relays=(*one.relays, *relays))


def _postposed(one: Attribution) -> bool:
    """Its content stands before its cue: what S reported is the whole sentence so far."""
    return bool(one.content) and one.content[0].end <= one.cue[0].start


def _carries(masked: str, outer: Attribution, inner: Attribution) -> bool:
    """True when the inner attribution, cue and content, lies inside what the outer one reports."""
    if not outer.content or not inner.content or inner.source is None or outer.no_comment:
        return False
    first, last = outer.content[0].start, outer.content[-1].end
    here = min(inner.source.start, inner.cue[0].start)
    return first <= here and inner.cue[0].end <= last and inner.cls not in {"object", "think", "name"}


def _clip(masked: str, span: Span, edge: int) -> Span:
    if not span.start < edge < span.end:
        return span
    return trim_content(masked, span.start, edge)
