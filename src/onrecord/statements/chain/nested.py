"""Words reported inside somebody's words: “They said lock your door,” Bruck said. Bruck said some neighbours
believe the dam is safe.

What they said reached the outlet through Bruck. Only what is plainly put is read: somebody else, in the past,
with words of saying and a clause; outside marks only what several unnamed people say, since the rules of one
sentence read the rest. Who "they" are is seldom told there, so a pronoun stays unknown."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.statements.lexicon.words import words_of
from onrecord.statements.rules.attribution import Attribution, Said
from onrecord.statements.speakers.roster import Roster
from onrecord.statements.text.contents import trim_content
from onrecord.statements.text.noun_phrases import parse_named
from onrecord.statements.text.sentences import QUOTED
from onrecord.types import Span, Speaker

__all__ = ["add_nested"]

_SUBJECT = (
    r"(?P<who>[Hh]e|[Ss]he|[Tt]hey|(?:[Tt]he|[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|[Aa])(?:\s+(?!(?:have|has|had|is|are|was|were|just|also|and|or|but|to|of|in|on|who|that|which|you|we|i|they|he|she|it)\b)[a-z]+){1,2}"
    r"|(?:(?:Mr|Mrs|Ms|Dr)\.?\s+)?[A-Z][a-z]\w*(?:\s+[A-Z][a-z]\w*){0,2}|[Pp]eople)"
)
_OBJECT = r"(?:me|us|him|her|them|everyone|everybody|people)"
_SAID = (
    rf"(?P<cue>said|told(?=\s+{_OBJECT}\b)|asked(?=\s+(?:{_OBJECT}\s+)?(?:if|whether|why|what|how|who|where|when)\b)"
    rf"|(?:was|were|kept)\s+saying|(?:was|were|kept)\s+telling(?=\s+{_OBJECT}\b)|(?:was|were|is|are)\s+like(?=,?\s+['‘]))"
)
_NESTED = re.compile(
    rf"(?<![\w’'])(?:(?P<not>(?i:if|unless|whether|whatever|what|as|like|than|should|how|why|who|which|when))\s+)?"
    rf"{_SUBJECT}\s+(?:(?:also|just|then|later|always|even|all|both|basically|actually)\s+)?{_SAID}"
    rf"(?>(?:\s+{_OBJECT}\b)?),?\s*(?:that\s+)?(?!to\b|so\b|no\b|yes\b|about\b|that\b|it\b\s*[.,])"
)
_SOME = re.compile(
    r"(?<![\w’'-])(?P<not>(?:if|unless|whether|what|as)\s+)?"
    r"(?P<who>(?:some|many|several|most|other)\s+(?:[a-z][\w-]*\s+){0,2}[a-z][\w-]*s|(?:all|some|many|most|both)\s+of\s+whom)\s+"
    r"(?:(?:also|still|now)\s+)?(?P<cue>said|say|believe|believed|think|thought|claim|claimed|argue|argued)\s+(?:that\s+)?"
    r"(?!to\b|so\b)"
)
_ENDS = re.compile(r"[.?!;]|\s*,\s*(?:but|and|so|or|because|which)\s|\s+but\s(?!that\b)|\s+[–—]\s|[“”\"]|$")
_INNER = re.compile(r"['‘](?P<words>[^'’‘\n]+(?:['’]\w[^'’‘\n]*)*)['’](?!\w)")
_FEWEST = 3
_NOBODY = {word.lower() for kind in ("pronoun", "clause", "leading", "opener") for word in words_of(kind)} - {
    "he",
    "she",
    "they",
}


def add_nested(masked: str, said: Iterable[Said], roster: Roster) -> Iterator[Said]:
    """Yield each statement and after it what it says that others said."""
    for one in said:
        yield one
        for part in one.what.content if one.what.cls in {"say", "report"} else ():
            yield from _find_nested(roster, one, part, inside=masked[part.start] == QUOTED)


def _find_nested(roster: Roster, outer: Said, said: Span, *, inside: bool) -> Iterator[Said]:
    text = roster.text
    for match in (_NESTED if inside else _SOME).finditer(text, *said):
        nobody = match["not"] or match["who"].lower() in _NOBODY
        content = None if nobody else _read_content(text, match.end(), said.end)
        if content is None:
            continue
        what = Attribution(
            cue=(Span(*match.span("cue")),),
            source=Span(*match.span("who")),
            content=(content,),
            flags="s",
            rate=outer.what.rate,
            sure=outer.what.sure,
            nested=True,
        )
        speaker = _name_speaker(roster, Span(*match.span("who")))
        if speaker is None or outer.speaker is None or speaker.name != outer.speaker.name:
            yield replace(outer, what=what, speaker=speaker, via=(), open=False)


# "he talked to five aid workers in the camp, all of whom said"
_WHOM = re.compile(
    r"(?P<who>(?:the|some|several|many|other|two|three|four|five|six|\d+)\s+(?:[\w-]+\s+){0,6}?[\w-]+),\s+$"
)
_REACH = 80
_NOT_TOLD = {"he", "she", "they"}


def _name_speaker(roster: Roster, who: Span) -> Speaker | None:
    if who.of(roster.text).endswith(" whom"):
        whom = _WHOM.search(roster.text, max(0, who.start - _REACH), who.start)
        return (
            Speaker(name=whom["who"], type="unnamed", mentions=(who, Span(*whom.span("who"))))
            if whom
            else None
        )
    named = parse_named(who.of(roster.text))
    if named.name is None:
        words = who.of(roster.text)
        return None if words.lower() in _NOT_TOLD else Speaker(name=words, type="unnamed", mentions=(who,))
    full = roster.fullest(named.name) if named.type == "person" else None
    return Speaker(
        name=full.name if full is not None else named.name,
        type=named.type,
        role=named.role,
        mentions=(who,) if full is None else (who, full.span),
    )


def _read_content(text: str, start: int, end: int) -> Span | None:
    inner = _INNER.match(text, start, end)
    if inner is not None:
        return Span(*inner.span("words"))
    if text[start : start + 1] in ("'", "‘"):
        return None  # a mark that is never closed
    stop = _ENDS.search(text, start, end)
    content = trim_content(text, start, stop.start() if stop else end)
    return content if len(content.of(text).split()) >= _FEWEST else None
