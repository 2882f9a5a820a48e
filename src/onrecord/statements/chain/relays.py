"""By which way words came from their speaker to this outlet: who carried them, and to whom they were told."""

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.statements.rules.attribution import Attribution
from onrecord.statements.rules.carriers import Carried, find_carried, names_carrier
from onrecord.statements.text.contents import trim_content
from onrecord.types import Span

__all__ = ["find_relays"]


def find_relays(masked: str, sentence: Span, found: Sequence[Attribution]) -> list[Attribution]:
    """Add to what is said in a sentence the carriers that its phrases name: "in a statement carried by
    Vesna", "told the Courier"."""
    some = list(found)
    for phrase in find_carried(masked, sentence) if some else ():
        if phrase.how != "told":
            # The reader takes "quoted by Vesna" for words of saying.
            some = [one for one in some if one.ruled or not _has_cue_in(one, phrase.span)]
        at = _find_carried_one(some, phrase)
        if at is not None:
            some[at] = _carry(masked, some[at], phrase)
    return some


def _has_cue_in(one: Attribution, span: Span) -> bool:
    return any(span.start <= cue.start < span.end for cue in one.cue)


def _find_carried_one(found: Sequence[Attribution], phrase: Carried) -> int | None:
    """Tell which statement of its sentence a phrase is about: the one whose cue stands before it, else the
    next. What stands among the words said is said."""
    start, end = phrase.span
    cues = [(one.cue[0].start, at) for at, one in enumerate(found) if one.cue]
    before = [at for cue, at in cues if cue <= start]
    after = [at for cue, at in cues if cue > start]
    if not cues:
        return None
    at = before[-1] if before else after[0]
    one = found[at]
    if one.cls == "quote" or any(part.start <= start and end <= part.end for part in one.content):
        return None
    in_source = one.source is not None and one.source.start < start < one.source.end
    return None if in_source and phrase.how != "carried" else at


def _carry(masked: str, one: Attribution, phrase: Carried) -> Attribution:
    match phrase.how:
        case "told":
            return replace(one, relays=(*one.relays, phrase.who), told=(*one.told, phrase.who))
        case "citing":
            # "Northline reported, citing Vesna, that ...": Vesna speaks, and Northline carries it.
            if one.source is None or not (names_carrier(one.source.of(masked)) or _reports(masked, one)):
                return one
            cue = Span(phrase.span.start, phrase.span.start + len("citing"))
            return replace(one, source=phrase.who, cue=(cue,), relays=(*one.relays, one.source))
        case "carried":
            relays = (*one.relays, phrase.who)
            return replace(one, source=_without_aside(masked, one.source, phrase.span), relays=relays)


def _without_aside(masked: str, source: Span | None, phrase: Span) -> Span | None:
    """Leave "quoted by Vesna" out of "Lann, quoted by Vesna"."""
    if source is None or not source.start < phrase.start < source.end:
        return source
    head = trim_content(masked, source.start, phrase.start)
    return head if masked[head.end] == "," else source


def _reports(masked: str, one: Attribution) -> bool:
    """ "Northline reported": a name of one word that reports is an outlet's."""
    name = one.source.of(masked) if one.source is not None else ""
    return one.cue[0].of(masked).startswith("report") and re.fullmatch(r"[A-Z]\w+", name) is not None
