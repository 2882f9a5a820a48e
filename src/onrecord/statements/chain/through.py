"""The way of words to the outlet, as far as the sayings of a page stand to each other: what somebody says
inside another's words came through that other, and what a speaker says next came the way of what they said
before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.statements.chain.relay_names import without_article
from onrecord.statements.lexicon.kinds import is_carrier
from onrecord.statements.rules.attribution import Said
from onrecord.statements.text.document import Document
from onrecord.types import Relay, Span

__all__ = ["find_ways"]

# Paragraphs over which a speaker's words go on to come the same way.
_FAR = 3


@dataclass(frozen=True, slots=True)
class _Last:
    """By which way a speaker's words came last, and in which paragraph."""

    via: tuple[Relay, ...]
    paragraph: int


def find_ways(document: Document, said: Sequence[Said]) -> Iterator[Said]:
    """Yield each statement with its carriers, outermost first: those its sentence names, else whoever says it
    in their own words, else those of its speaker's statement before."""
    outer_of = _find_outer(said)
    numbers = {paragraph.span: number for number, paragraph in enumerate(document.paragraphs)}
    ways: dict[int, tuple[Relay, ...]] = {}
    last: dict[str, _Last] = {}
    for at, one in enumerate(said):
        here = numbers.get(one.paragraph.span, 0)
        name = one.speaker.name if one.speaker is not None else None
        inside = at in outer_of
        if inside:
            ways[at] = _pass_through(document.text, said, at, outer_of)
        else:
            ways[at] = one.via or _go_on(last.get(name or ""), here)
        if name is not None:
            # What a person retold once does not make the rest retold.
            goes_on = not inside or all(is_carrier(relay.name) for relay in ways[at])
            way = tuple(relay for relay in ways[at] if not relay.told) if goes_on else ()
            last[name] = _Last(way, here)
        yield replace(one, via=ways[at])


def _go_on(before: _Last | None, here: int) -> tuple[Relay, ...]:
    return before.via if before is not None and here - before.paragraph <= _FAR else ()


def _find_outer(said: Sequence[Said]) -> dict[int, int]:
    """Return for each statement that stands inside another speaker's words the one it stands in, the
    narrowest, by their places."""
    rows: dict[Span, list[int]] = {}
    for at, one in enumerate(said):
        rows.setdefault(one.paragraph.span, []).append(at)
    outer: dict[int, int] = {}
    for row in rows.values():
        for at in row:
            around = [other for other in row if other != at and _holds(said[other], said[at])]
            if around:
                outer[at] = min(around, key=lambda other: _length(said[other]))
    return outer


def _holds(outer: Said, inner: Said) -> bool:
    """Does somebody, known by name or words, say that somebody else says this?"""
    if outer.speaker is None or (inner.speaker is not None and inner.speaker.name == outer.speaker.name):
        return False
    begins = next(iter((*inner.what.cue, *inner.what.content)), None)
    return begins is not None and any(
        part.start <= begins.start and begins.end <= part.end for part in outer.what.content
    )


def _length(one: Said) -> int:
    return sum(part.end - part.start for part in one.what.content)


def _pass_through(text: str, said: Sequence[Said], at: int, outer_of: dict[int, int]) -> tuple[Relay, ...]:
    """Return the carriers of words inside words: whoever carried the outer ones, and who said those."""
    own, seen = said[at].via, {at}
    way: list[Relay] = []
    while at in outer_of and outer_of[at] not in seen:
        at = outer_of[at]
        seen.add(at)
        outer = said[at]
        if outer.speaker is not None:
            span = outer.what.source or next(iter(outer.speaker.mentions), outer.what.content[0])
            name = without_article(text, outer.speaker.name)
            way = [*outer.via, Relay(name=name, span=span), *way]
    by_name: dict[str, Relay] = {}
    for relay in (*way, *own):
        by_name.setdefault(relay.name.casefold(), relay)
    return tuple(by_name.values())
