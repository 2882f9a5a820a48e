"""Where one reader's comment ends and the next begins, told from lines alone: numbers, names, dates."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.page.comment_parts import CommentLine, is_furniture, is_prose, sees_head, starts_like_name
from onrecord.page.comment_words import find_likes

__all__ = ["Stretch", "split_lines"]

NUMBERED = re.compile(r"(?P<number>\d{1,5})[.)]\s+(?=\S)")
BULLET = re.compile(r"[•◦▪‣]\s*(?=\S)")
# Between the name above a comment and its date may stand a badge or two.
GAP = 2
BULLETS = "•◦▪‣"


class Stretch(NamedTuple):
    """The lines of one comment and how deep it stands.

    `certain` tells one that is a comment even if nobody signs it, `likely` one that is one even if it is
    alone.
    """

    level: int
    lines: list[CommentLine]
    certain: bool = False
    likely: bool = False


def split_lines(lines: Sequence[CommentLine]) -> list[Stretch]:
    """Split the readers' part into comments: by a list's numbers, else by the lines that say who and when."""
    starts = find_numbers(lines)
    numbered = bool(starts)
    if not starts:
        starts = find_heads(lines)
    if not starts:
        starts = find_after_ends(lines)
    found = []
    for order, (at, level, skip) in enumerate(starts):
        end = starts[order + 1][0] if order + 1 < len(starts) else len(lines)
        own = [cut_front(lines[at], skip), *lines[at + 1 : end]]
        found.append(Stretch(level, own, certain=numbered, likely=sees_head(own[0])[0]))
    return found


def cut_front(line: CommentLine, size: int) -> CommentLine:
    """Leave out the number or the bullet before a line's words."""
    if not size:
        return line
    span = line.span._replace(start=line.span.start + size)
    return CommentLine(at=line.at, span=span, words=line.words[size:], sure=line.sure, indent=line.indent)


def find_numbers(lines: Sequence[CommentLine]) -> list[tuple[int, int, int]]:
    """Find the comments of a numbered list, and the answers printed as bullets inside.

    A reader's own list stands deeper, or does not go on counting where the page's list does.
    """
    starts: list[tuple[int, int, int]] = []
    last, margin = 0, 0
    for at, line in enumerate(lines):
        if found := NUMBERED.match(line.words):
            number = int(found["number"])
            opens = last == 0 and line.indent > 0
            if opens or (last > 0 and number == last + 1 and line.indent <= margin + 1):
                margin = line.indent if opens else margin
                last = number
                starts.append((at, 0, found.end()))
        elif last and line.indent > margin and (bullet := BULLET.match(line.words)):
            starts.append((at, line.indent, bullet.end()))
    return starts


def find_heads(lines: Sequence[CommentLine]) -> list[tuple[int, int, int]]:
    """Find the lines at which comments begin: "Ana says:", "Ana, 3 May 2031", or a name above a date.

    Where the first head comes after words, the page signs its comments: then each ends with its head.
    """
    heads = []
    signs = [sees_head(line) for line in lines]
    below = prints_names_below(lines, signs)
    at = 0
    while at < len(lines):
        end = find_head_end(lines, signs, at, below=below)
        if end is None:
            at += 1
        else:
            heads.append((at, end))
            at = end
    if not heads:
        return []
    if is_signed(lines, heads):
        ends = [end for _, end in heads]
        begins = [find_first(lines, 0), *ends[:-1]]
        return [(at, 0, 0) for at in begins]
    return [(at, lines[at].indent, 0) for at, _ in heads]


def find_head_end(
    lines: Sequence[CommentLine], signs: list[tuple[bool, bool, bool]], at: int, *, below: bool
) -> int | None:
    """Return where the head that begins at a line ends; None when none begins there.

    `below` tells that this page prints names under dates.
    """
    named, dated, _ = signs[at]
    if named and dated:
        return at + 1
    if dated:
        after = signs[at + 1][:2] if at + 1 < len(lines) else (False, False)
        return at + 2 if after == (True, False) or (below and after == (False, False)) else None
    if not named and (below or not starts_like_name(lines[at])):
        return None
    for when in range(at + 1, min(at + 2 + GAP, len(lines))):
        if signs[when][1] and not signs[when][0]:
            return when + 1
        if is_prose(lines[when]):
            break
    return at + 1 if named else None


def prints_names_below(lines: Sequence[CommentLine], signs: list[tuple[bool, bool, bool]]) -> bool:
    """Tell whether names stand under dates: a comment's last words are seldom as short as a name."""
    above = below = 0
    for at, (named, dated, _) in enumerate(signs):
        if dated and not named:
            above += at > 0 and (signs[at - 1][0] or starts_like_name(lines[at - 1]))
            below += at + 1 < len(lines) and starts_like_name(lines[at + 1])
    return below > above


def is_signed(lines: Sequence[CommentLine], heads: list[tuple[int, int]]) -> bool:
    """Tell whether heads stand under the comments: words before the first, none after the last."""
    first, last = heads[0][0], heads[-1][1]
    before = any(is_words(line) for line in lines[:first])
    after = any(is_words(line) for line in lines[last:])
    return before and not after


def is_words(line: CommentLine) -> bool:
    return is_prose(line) and not is_furniture(line) and line.sure


def find_first(lines: Sequence[CommentLine], at: int) -> int:
    """Return the first line from a place on that is a reader's own words."""
    return next((n for n in range(at, len(lines)) if is_words(lines[n])), at)


def find_after_ends(lines: Sequence[CommentLine]) -> list[tuple[int, int, int]]:
    """Find comments by what stands under each: "Reply", "Liked by 2 people"; else there is no telling."""
    ends = [at for at, line in enumerate(lines) if is_end(line)]
    if not ends:
        return []
    begins = [find_first(lines, 0)]
    for end in ends[:-1]:
        begin = end + 1
        if begin < len(lines) and not is_end(lines[begin]):
            begins.append(begin)
    return [(at, lines[at].indent, 0) for at in begins if at < ends[-1]]


def is_end(line: CommentLine) -> bool:
    """Tell a line that closes a comment."""
    likes = find_likes(line.words) if len(line.words) < 60 else None
    return (is_furniture(line) and "form" not in line.marks) or bool(likes and likes[1])
