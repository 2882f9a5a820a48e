"""Comments as a page tells them to machines: the Comment entries of its JSON-LD, beside what it prints."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.page.comment_lines import Stretch
from onrecord.page.comment_parts import CommentLine, Parts
from onrecord.page.moments import read_stamp
from onrecord.page.told import iter_objects
from onrecord.types import Span

__all__ = ["FIRST", "Told", "add_told", "find_told_comments", "split_told"]

WORD = re.compile(r"\w+")
TAG = re.compile(r"<[^>]{1,300}>")
# So many first words know a comment again.
FIRST = 6
NEAR = 4
MAX_TOLD = 5_000
MAX_TEXT = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One comment of a page's JSON-LD: its words, who wrote it, when, and how many liked it."""

    words: tuple[str, ...]
    author: str | None
    posted: str | None
    likes: int | None


def find_told_comments(scripts: Iterable[str]) -> list[Told]:
    """Return the comments that a page's JSON-LD tells of."""
    return [told for script in scripts if '"Comment"' in script for told in read_told(script)][:MAX_TOLD]


def read_told(script: str) -> Iterator[Told]:
    """Yield the Comment entries of one script."""
    for value in iter_objects(script):
        text = value.get("text")
        if value.get("@type") in ("Comment", ["Comment"]) and isinstance(text, str):
            yield make_told(value, text)


def make_told(value: dict[str, Any], text: str) -> Told:
    author = value.get("author")
    name = author.get("name") if isinstance(author, dict) else author
    stamp = value.get("dateCreated") or value.get("datePublished")
    likes = value.get("upvoteCount")
    return Told(
        words=fold(TAG.sub(" ", html.unescape(text[:MAX_TEXT]))),
        author=name.strip() or None if isinstance(name, str) else None,
        posted=read_stamp(stamp) if isinstance(stamp, str) else None,
        likes=likes if isinstance(likes, int) and not isinstance(likes, bool) else None,
    )


def split_told(lines: Sequence[CommentLine], told: Sequence[Told]) -> list[Stretch]:
    """Find the lines of each comment that the JSON-LD tells, and those beside them that say who and when."""
    starts: dict[tuple[str, ...], Told] = {one.words[:FIRST]: one for one in told if one.words}
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        words = fold(lines[at].words)
        one = starts.get(words[:FIRST]) or starts.get(words) if words else None
        end = at + 1
        if one is not None:
            while len(words) < len(one.words) and end < len(lines):
                words += fold(lines[end].words)
                end += 1
            if words == one.words:
                found.append((at, end))
                at = end
                continue
        at += 1
    stretches = []
    for order, (start, end) in enumerate(found):
        begin = max(found[order - 1][1] if order else 0, start - NEAR)
        stretches.append(Stretch(0, list(lines[begin:end]), certain=True))
    return stretches


def add_told(
    parts: Parts, lines: Sequence[CommentLine], text: str, told: dict[tuple[str, ...], Told]
) -> Parts:
    """Add to a comment what only the JSON-LD tells: the day that "2 days ago" was, who of the names it is."""
    if not told:
        return parts
    for skip, span in enumerate(parts.text[: NEAR + 1]):
        words = fold(span.of(text))
        one = told.get(words[:FIRST])
        if one is not None and words:
            return replace(
                parts,
                text=parts.text[skip:],
                handle=parts.handle or find_author(lines, one.author),
                posted=parts.posted or one.posted,
                likes=one.likes if parts.likes is None else parts.likes,
            )
    return parts


def find_author(lines: Sequence[CommentLine], author: str | None) -> Span | None:
    """Find where the lines of a comment print the name that the JSON-LD gives."""
    for line in lines if author else ():
        at = line.words.find(author or "")
        if at >= 0 and author:
            return Span(line.span.start + at, line.span.start + at + len(author))
    return None


def fold(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in WORD.findall(text))
