"""The day of each saying: from the time words beside its cue, else from the occasion its speaker was
last dated on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.article import Anchor
from onrecord.statements.said import Said
from onrecord.statements.when import find_times, resolve_when
from onrecord.types import Span, Speaker, When

__all__ = ["date_all"]

# Characters between the cue and its time words: "said in a statement to the state agency on Friday".
_NEAR = 60
_HEAD = 12


def date_all(text: str, said: Iterable[Said], anchor: Anchor | None) -> Iterator[tuple[Said, When | None]]:
    """Yield each saying with its day, or None when the page tells nothing of it."""
    said = tuple(said)
    occasion: dict[str, When] = {}
    taken: dict[Span, list[Span]] = {}
    for one in said:
        taken.setdefault(one.sentence, []).extend(one.what.content)
    for one in said:
        when = _find_day(text, one, taken[one.sentence], anchor)
        if when is None and one.speaker is not None:
            before = _same_occasion(one.speaker, occasion)
            if before is not None:
                when = replace(before, known="inferred" if before.value else None, span=None)
        if when is not None and one.speaker is not None and (when.value or when.candidates):
            occasion[one.speaker.name] = when
        yield one, when


def _same_occasion(speaker: Speaker, occasion: dict[str, When]) -> When | None:
    """Whatever a speaker says next is said on the same occasion.

    A spokesman goes on where his institution was dated.
    """
    if speaker.name in occasion:
        return occasion[speaker.name]
    if speaker.role:
        for name, when in reversed(occasion.items()):
            if re.search(rf"\b{re.escape(name.split()[-1])}\b", speaker.role):
                return when
    return None


def _find_day(text: str, one: Said, taken: list[Span], anchor: Anchor | None) -> When | None:
    """Read the time words that stand outside what was said, beside the cue or at the head of the sentence.

    A headline dates nothing: its time words belong to the story.
    """
    if not one.what.cue or one.paragraph.role == "headline":
        return None
    cue = one.what.cue[0]
    near: list[tuple[int, When]] = []
    for words in find_times(text, start=one.sentence.start, end=one.sentence.end):
        if any(c.start < words.span.end and words.span.start < c.end for c in taken):
            continue
        away = words.span.start - cue.end if words.span.start >= cue.end else cue.start - words.span.end
        if away > _NEAR and words.span.start - one.sentence.start > _HEAD:
            continue
        if _dates_something_else(text, one, words.span):
            continue
        when = resolve_when(words, anchor)
        if when.value is not None or when.candidates:
            near.append((away, when))
    return min(near, key=lambda x: x[0])[1] if near else None


def _dates_something_else(text: str, one: Said, words: Span) -> bool:
    """Tell time words in what is told of the speaker ("who has led it since 2029"), and bounds, from
    days of saying."""
    source = one.what.source
    if source is not None and source.start <= words.start and words.end <= source.end:
        return True
    before = text[one.sentence.start : words.start].lower()
    if re.search(r"\b(?:since|until|till|from|between|before|by)\s+(?:\w+\s+)?$", before) is not None:
        return True
    return re.fullmatch(r"\d{4}", words.of(text)) is not None and not before.rstrip().endswith("in")
