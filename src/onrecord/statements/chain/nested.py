"""Words reported inside somebody's quotation: “They told us to lock our doors,” Bruck said.

What they said reached the outlet through Bruck. The marks hide a quotation from the rules of a sentence, so
these are the trained reader's alone: cues inside the marks with somebody who speaks there, and a clause."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.statements.model.joined import is_nobody
from onrecord.statements.model.learned import Learned
from onrecord.statements.rules.attribution import Attribution, Said
from onrecord.statements.rules.cues import describe_cue, is_unsaid
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.text.contents import trim_content
from onrecord.statements.text.noun_phrases import parse_named
from onrecord.statements.text.sentences import QUOTED
from onrecord.types import Span, Speaker

__all__ = ["add_nested", "keep_apart"]

# A cue that the reader finds less likely than this, and a content of fewer words, are none (evals/LOG.md).
_LEAST_CUE = 0.3
_FEWEST_WORDS = 3
# Whoever is quoted speaks of themselves, of whom they talk to, or asks; none of these retells anybody.
_NOBODY_ELSE = frozenset("i we you who which that it this one".split())
_NOT_TOLD = frozenset({"he", "she", "they"})
_MARKS = "'‘’\"“”"


def add_nested(
    masked: str, said: Sequence[Said], learned: Sequence[Learned], roster: Roster
) -> Iterator[Said]:
    """Yield each statement and after it what is told inside its quotation that others said; `learned` in the
    order of their cues. Where a quotation stands in several statements, the shortest content tells who is
    quoted."""
    inside = [one for one in learned if masked[one.cue.start] == QUOTED and one.rate > _LEAST_CUE]
    quoted: dict[Span, tuple[int, Span]] = {}
    for at, one in enumerate(said):
        for part in one.what.content:
            first = bisect_left(inside, part.start, key=_start)
            for cue in inside[first : bisect_left(inside, part.end, lo=first, key=_start)]:
                before = quoted.get(cue.cue)
                if before is None or part.end - part.start < before[1].end - before[1].start:
                    quoted[cue.cue] = (at, part)
    told: dict[int, list[Said]] = defaultdict(list)
    for cue in inside:
        if cue.cue in quoted:
            at, part = quoted[cue.cue]
            told[at] += _find_nested(roster, said[at], part, cue)
    for at, one in enumerate(said):
        yield one
        yield from told[at]


def keep_apart(said: Iterable[Said]) -> Iterator[Said]:
    """Yield each statement; what somebody tells of another's words is not their own, whoever "he" may be."""
    outer: Said | None = None
    for one in said:
        if not one.what.nested:
            outer = one
        elif outer is not None and outer.speaker is not None and one.speaker is not None:
            own = one.speaker.name == outer.speaker.name
            one = replace(one, speaker=None, sure_who=None) if own else one
        yield one


def _start(learned: Learned) -> int:
    return learned.cue.start


def _find_nested(roster: Roster, outer: Said, part: Span, learned: Learned) -> Iterator[Said]:
    text = roster.text
    source = next((s for s in learned.source if part.start <= s.start and s.end <= part.end), None)
    if source is None or source.of(text).lower() in _NOBODY_ELSE or is_nobody(source.of(text)):
        return
    cue = describe_cue(text, learned.cue)
    parts = (_trim(text, c, part) for c in learned.content if c.start < part.end and part.start < c.end)
    content = tuple(c for c in parts if c.start < c.end)
    words = sum(len(re.findall(r"\w[\w’'-]*", c.of(text))) for c in content)
    if words < _FEWEST_WORDS or is_unsaid(text, part, cue):
        return
    what = Attribution(
        cue=(learned.cue,),
        source=source,
        content=content,
        cls=cue.cls,
        flags="s",
        denied=cue.polarity == "denied",
        ruled=False,
        rate=learned.rate,
        sure=learned.sure,
        nested=True,
        seen=source,
    )
    yield replace(outer, what=what, speaker=_name_speaker(roster, source), via=(), open=False)


def _trim(text: str, content: Span, part: Span) -> Span:
    """Return the part of a content that stands in the quotation, without marks around the whole of it."""
    start, end = trim_content(text, max(content.start, part.start), min(content.end, part.end))
    if end - start > 1 and text[start] in _MARKS and text[end - 1] in _MARKS:
        return Span(start + 1, end - 1)
    return Span(start, end)


def _name_speaker(roster: Roster, who: Span) -> Speaker | None:
    named = parse_named(who.of(roster.text))
    if named.name is None:
        words = who.of(roster.text)
        unnamed = words.lower() not in _NOT_TOLD
        return Speaker(name=words, type="unnamed", mentions=(who,)) if unnamed else None
    full = roster.fullest(named.name) if named.type == "person" else None
    return Speaker(
        name=full.name if full is not None else named.name,
        type=named.type,
        role=named.role,
        mentions=(who,) if full is None else (who, full.span),
    )
