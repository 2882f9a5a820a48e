"""One sentence with its cues into who said what: the rules that link source, cue and content.

The orders of English news, each a function: the quotation before its cue, the cue before its content, the
content before
"S said", "according to S", passives, refusals. What no rule links is left out: a wrong speaker is worse
than none.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.statements.rules.attribution import Attribution, Place
from onrecord.statements.rules.carriers import names_carrier
from onrecord.statements.rules.content_first import content_first
from onrecord.statements.rules.cue_first import cue_first
from onrecord.statements.rules.cues import Cue, find_cues, is_told_of_it
from onrecord.statements.rules.orders import according, naming, participle, passive, quoted_as, refusal
from onrecord.statements.rules.quotation_first import quotation_first
from onrecord.statements.text.contents import trim_content
from onrecord.statements.text.sentences import OPEN, Sentence
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
    if is_told_of_it(masked, sentence, cue.span):
        return True
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


def untangle(masked: str, found: list[Attribution], *, wide: bool = False) -> Iterator[Attribution]:
    """Turn an attribution around another into its relay.

    "Lann said ..., according to Vesna" is said by Lann and carried by Vesna. "Ostrey said that Lann had told
    her ..." is said by Ostrey, and what Lann said is carried by her. With `wide`, "according to Vesna, Lann
    said ..." is Vesna's too.
    """
    for one in found:
        carries = one.cls in {"according", "report", "say"} and (_postposed(one) or not wide)
        if carries and any(_only_carries(masked, one, o) for o in found):
            continue
        outer = [o for o in found if _carries(masked, o, one)]
        after = [o for o in outer if _postposed(o)]
        if after:
            edge = min(min(s.start for s in (o.source, *o.cue) if s is not None) for o in after)
            one = replace(one, content=tuple(_clip(masked, c, edge) for c in one.content))
        around = [o for o in outer if _only_carries(masked, o, one)]
        if around:
            # It stands for the whole sentence now: it is as likely as what carried it.
            rate, sure = max(o.rate for o in (one, *around)), max(o.sure for o in (one, *around))
            one = replace(one, rate=rate, sure=sure)
        outer.sort(key=_reach, reverse=True)
        relays = tuple(relay for o in outer for relay in _ways(o))
        told = tuple(s for o in outer for s in o.told)
        yield replace(one, relays=(*relays, *one.relays), told=(*told, *one.told))


def _ways(outer: Attribution) -> Iterator[Span]:
    """Yield who carries what stands in an attribution: of "a letter obtained by Vesna" Vesna alone."""
    yield from outer.relays
    if outer.source is not None and not _is_handed_on(outer):
        yield outer.source


def _reach(one: Attribution) -> int:
    return one.content[-1].end - one.content[0].start


def _postposed(one: Attribution) -> bool:
    """Its content stands before its cue: what S reported is the whole sentence so far."""
    return bool(one.content) and one.content[0].end <= one.cue[0].start


def _only_carries(masked: str, outer: Attribution, inner: Attribution) -> bool:
    """Tell whether an attribution is there for the one in it alone: "Lann said ..., Vesna reported" and
    "According to Vesna, Lann said ...". Of what is no carrier ("according to the report") both were said."""
    if outer.source is None or inner.source is None or not _carries(masked, outer, inner):
        return False
    if _postposed(outer):
        carrier = names_carrier(outer.source.of(masked)) or _is_handed_on(outer)
        return carrier or not _holds_more(masked, outer, inner)
    opens = inner.source.start == outer.content[0].start
    return outer.cls == "according" and inner.cls in {"say", "report"} and opens


def _holds_more(masked: str, outer: Attribution, inner: Attribution) -> bool:
    """Tell whether what S reports has words beside "Lann said" of the inner attribution."""
    taken = [span for span in (inner.source, *inner.cue) if span is not None]
    return any(
        not any(span.start <= word.start() < span.end for span in taken)
        for part in outer.content
        for word in _WORDS.finditer(masked, *part)
    )


_WORDS = re.compile(r"[\w\ue000]+")


def _is_handed_on(outer: Attribution) -> bool:
    """Tell "a letter obtained by Vesna": it is what was said, and says nothing beside it."""
    source = outer.source
    return source is not None and any(source.start < r.start and r.end <= source.end for r in outer.relays)


def _carries(masked: str, outer: Attribution, inner: Attribution) -> bool:
    """True when the inner attribution, cue and content, lies inside what the outer one reports."""
    if outer is inner or not outer.content or not inner.content or outer.no_comment:
        return False
    if inner.source is None or outer.source is None or inner.source == outer.source:
        return False
    first, last = outer.content[0].start, outer.content[-1].end
    here = min(inner.source.start, inner.cue[0].start)
    if not first <= here or inner.cue[0].end > last or _BESIDE.search(masked, first, here) is not None:
        return False
    # "Ostrey wants the gates shut, an official said": what the official said is all before the comma.
    if _postposed(inner) and not _postposed(outer) and inner.content[0].start <= first:
        return False
    if _postposed(outer) and inner.cls in {"object", "name"}:
        return names_carrier(outer.source.of(masked))
    return inner.cls != "think" or not _postposed(outer)


# "Lann said the gates were shut but Ostrey said they were open": Ostrey speaks beside him.
_BESIDE = re.compile(r"\b(?:but|and|while|whereas|although|though)\s+$")


def _clip(masked: str, span: Span, edge: int) -> Span:
    if not span.start < edge < span.end:
        return span
    return trim_content(masked, span.start, edge)
