"""Names made whole: the reader sees "Jan", "Ruk" and "Lann" in Jan “Ruk” Lann, "A.K." apart from the last
name behind it, and "Metro CS Ada" where the page prints Ada Brill elsewhere."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.statements.lexicon.kinds import word_is
from onrecord.statements.model.learned import LearnedName
from onrecord.types import Span

__all__ = ["make_whole"]

_NICKNAME = re.compile(r"\s+[“\"‘'(]\w[\w’-]*[”\"’')]\s+")
_OF = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?")
_INITIALS = re.compile(r"(?:[A-Z]\.\s?)+")
_WORD_BEFORE = re.compile(r"(?<!\S)[A-Z][\w’'-]+\s+$")
_REACH = 24  # characters: the word before a name
_MOST = 200  # full names looked for again


def make_whole(text: str, names: Iterable[LearnedName], within: Sequence[Span]) -> list[LearnedName]:
    """Return the names in reading order, parts of one put together; `within` are the paragraphs."""
    joined = _join(text, sorted(names, key=lambda one: one.span))
    return _find_again(text, _with_family_name(text, joined), within)


def _join(text: str, names: Sequence[LearnedName]) -> list[LearnedName]:
    """Join what stands side by side: initials and the name behind them, the pieces of one name, and a name
    around a nickname in marks."""
    joined: list[LearnedName] = []
    at = 0
    while at < len(names):
        one = names[at]
        at += 1
        if joined and _is_one(text, joined[-1], one):
            kind = one.kind if _INITIALS.fullmatch(joined[-1].span.of(text).strip()) else joined[-1].kind
            joined[-1] = replace(joined[-1], span=Span(joined[-1].span.start, one.span.end), kind=kind)
        elif joined and at < len(names) and _is_around(text, joined[-1], names[at]):
            joined[-1] = replace(joined[-1], span=Span(joined[-1].span.start, names[at].span.end))
            at += 1
        else:
            joined.append(one)
    return joined


def _is_one(text: str, first: LearnedName, second: LearnedName) -> bool:
    between = text[first.span.end : second.span.start]
    if first.kind == "body" and second.kind != "person" and _OF.fullmatch(between):
        return word_is(first.span.of(text).split()[-1], "body")
    if first.kind == second.kind:
        return between == " " or (first.kind == "person" and _is_around(text, first, second))
    initials = _INITIALS.fullmatch(first.span.of(text)) is not None
    return between in ("", " ") and second.kind == "person" and initials


def _is_around(text: str, first: LearnedName, last: LearnedName) -> bool:
    """Do two names of persons stand around a nickname in marks?"""
    both = first.kind == last.kind == "person"
    return both and _NICKNAME.fullmatch(text, first.span.end, last.span.start) is not None


def _with_family_name(text: str, names: Sequence[LearnedName]) -> list[LearnedName]:
    """Take the family name in that stands before a given one, "Ong Beng Huat", where the page calls somebody
    by it alone."""
    alone = {one.span.of(text) for one in names if one.kind == "person" and " " not in one.span.of(text)}
    whole = []
    for one in names:
        before = _WORD_BEFORE.search(text, max(0, one.span.start - _REACH), one.span.start)
        if one.kind == "person" and before is not None and before.group().strip() in alone:
            one = replace(one, span=Span(before.start(), one.span.end))
        whole.append(one)
    return whole


def _find_again(text: str, names: Sequence[LearnedName], within: Sequence[Span]) -> list[LearnedName]:
    """Where the words of a person's full name stand, they are that name, whatever was seen there in part."""
    full = {one.span.of(text): one for one in names if one.kind == "person" and " " in one.span.of(text)}
    if not full:
        return list(names)
    longest = sorted(full, key=len, reverse=True)[:_MOST]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")
    found = [
        replace(full[match.group()], span=Span(*match.span()))
        for paragraph in within
        for match in pattern.finditer(text, paragraph.start, paragraph.end)
    ]
    kept: list[LearnedName] = []
    at = 0
    for one in names:
        while at < len(found) and found[at].span.end <= one.span.start:
            at += 1
        near = found[at : at + 2]
        over = [f for f in near if f.span.start < one.span.end and one.span.start < f.span.end]
        if not over or all(one.kind == "person" and _holds(one.span, f.span) for f in over):
            kept.append(one)
    taken = [one.span for one in kept]
    kept += [
        one for one in found if not any(one.span.start < t.end and t.start < one.span.end for t in taken)
    ]
    return sorted(kept, key=lambda one: one.span)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
