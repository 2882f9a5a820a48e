"""Names made whole: the reader sees "Jan", "Ruk" and "Lann" in Jan “Ruk” Lann, "S. R." apart from the last
name behind it, and "Metro CS Ada" where the page prints Ada Brill elsewhere."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.statements.model.learned import LearnedName
from onrecord.types import Span

__all__ = ["find_printed", "make_whole"]

_NICKNAME = re.compile(r"\s+[“\"‘'(]\w[\w’-]*[”\"’')]\s+")
_WORD_BEFORE = re.compile(r"(?<!\S)[A-Z][\w’'-]+\s+$")
_REACH = 24  # characters: the word before a name
_MOST = 400  # names looked for in a page, the longest


def make_whole(text: str, names: Iterable[LearnedName], within: Sequence[Span]) -> list[LearnedName]:
    """Return the names in reading order, parts of one put together; `within` are the paragraphs."""
    joined = _join(text, sorted(names, key=_start))
    return _find_again(text, _with_family_name(text, joined), within)


def _join(text: str, names: Sequence[LearnedName]) -> list[LearnedName]:
    """Join what stands side by side, the pieces of one name, and a name around a nickname in marks."""
    joined: list[LearnedName] = []
    at = 0
    while at < len(names):
        one = names[at]
        at += 1
        if joined and (_is_beside(text, joined[-1], one) or _is_around(text, joined[-1], one)):
            joined[-1] = replace(joined[-1], span=Span(joined[-1].span.start, one.span.end))
        elif joined and at < len(names) and _is_around(text, joined[-1], names[at]):
            joined[-1] = replace(joined[-1], span=Span(joined[-1].span.start, names[at].span.end))
            at += 1
        else:
            joined.append(one)
    return joined


def _is_beside(text: str, first: LearnedName, second: LearnedName) -> bool:
    return first.kind == second.kind and text[first.span.end : second.span.start] == " "


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


def find_printed(text: str, names: Iterable[str], within: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """Yield where the paragraphs print one of the names, the longest where several begin."""
    longest = sorted(names, key=len, reverse=True)[:_MOST]
    if not longest:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")
    for paragraph in within:
        for match in pattern.finditer(text, paragraph.start, paragraph.end):
            yield match.group(), Span(*match.span())


def _find_again(text: str, names: Sequence[LearnedName], within: Sequence[Span]) -> list[LearnedName]:
    """Where the words of a person's full name stand, they are that name, whatever was seen there in part."""
    full = {one.span.of(text): one for one in names if one.kind == "person" and " " in one.span.of(text)}
    printed = [replace(full[name], span=span) for name, span in find_printed(text, full, within)]
    kept = [one for one in names if not _is_part(one, list(_over(one.span, printed)))]
    free = [one for one in printed if not any(True for _ in _over(one.span, kept))]
    return sorted([*kept, *free], key=_start)


def _is_part(one: LearnedName, over: Sequence[LearnedName]) -> bool:
    """Does a full name stand where only a part of it, or words before it too, was seen?"""
    whole = one.kind == "person" and all(
        one.span.start <= other.span.start and other.span.end <= one.span.end for other in over
    )
    return bool(over) and not whole


def _over(span: Span, names: Sequence[LearnedName]) -> Iterator[LearnedName]:
    """Yield the names that overlap a span, of names in reading order that do not overlap each other."""
    at = max(0, bisect_left(names, span.start, key=_start) - 1)
    while at < len(names) and names[at].span.start < span.end:
        if span.start < names[at].span.end:
            yield names[at]
        at += 1


def _start(one: LearnedName) -> int:
    return one.span.start
