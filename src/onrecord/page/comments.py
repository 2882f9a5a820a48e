"""What readers wrote under an article: each comment a record of its own, from markup or from lines alone."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.page.comment_lines import Stretch, split_lines
from onrecord.page.comment_parts import CommentLine, Parts, read_parts
from onrecord.page.comment_units import find_units, iter_up, read_hint
from onrecord.page.comment_words import ANSWERS, COUNTED, find_likes, is_button, mark_names
from onrecord.page.comments_told import FIRST, Told, add_told, find_told_comments, split_told
from onrecord.page.lines import Walk
from onrecord.page.readers import number_handles
from onrecord.page.words import find_phrase
from onrecord.types import Block, Comment

__all__ = ["find_comments"]

# Lines beside a comment that may tell who wrote it, whatever part of the page they were taken for.
BESIDE = frozenset(("other", "byline", "dateline", "menu"))
NEAR = 3
MAX_DEPTH = 100
MAX_FORM = 30
MARKED = 3
HEADING = re.compile(
    r"^\W*(?:(?:\d[\d.,]*|one|an?|eine?|un[eo]?)\s+(?:readers?\W+|user\W+)?"
    rf"{COUNTED}\b.{{0,160}}"
    rf"|(?:(?:all|alle|latest|top|newest|readers?)\W+)?(?:{COUNTED}|meinungen)\s*:?\s*(?:\(\d+\)|\d+)?\W*)$",
    re.IGNORECASE,
)


def find_comments(
    text: str, blocks: Sequence[Block], walk: Walk | None = None, json_ld: Sequence[str] = ()
) -> tuple[Comment, ...]:
    """Find the comments of a page whose lines have their roles; `walk` is an HTML page's markup.

    A page that does not show where one comment ends and the next begins has none: its comment lines stay
    what they are.
    """
    if not any(block.role == "comment" for block in blocks):
        return ()
    near = find_near(blocks)
    if walk is None:
        return assemble(text, split_lines(list(make_lines(text, blocks, near))))
    lines = list(make_marked_lines(walk, blocks, near))
    units = find_units(walk, lines, find_closed(walk, blocks))
    stretches = [
        Stretch(
            unit.level,
            unit.lines,
            certain=(hint := read_hint(walk.elements[unit.element].names)) == 3,
            likely=hint == 2,
        )
        for unit in units
    ]
    told = find_told_comments(json_ld)
    return assemble(text, stretches or split_told(lines, told) or split_marked(lines), told)


def split_marked(lines: Sequence[CommentLine]) -> list[Stretch]:
    """Split by lines alone where the markup does not help; one name beside one date is no comment there."""
    return [stretch._replace(likely=False) for stretch in split_lines(lines)]


def find_near(blocks: Sequence[Block]) -> list[int]:
    """Return the lines of the readers' part: the comments, and what stands close to them."""
    near = [False] * len(blocks)
    for order in (range(len(blocks)), range(len(blocks) - 1, -1, -1)):
        last: int | None = None
        for at in order:
            role = blocks[at].role
            if role == "comment":
                last = at
                near[at] = True
            elif last is not None and abs(at - last) <= NEAR and role in BESIDE:
                near[at] = True
    return [at for at, is_near in enumerate(near) if is_near]


def make_lines(text: str, blocks: Sequence[Block], near: Iterable[int]) -> Iterable[CommentLine]:
    """Yield the readers' lines of a plain text."""
    for at in near:
        span = blocks[at].span
        words = span.of(text)
        if not is_heading(words):
            indent = span.start - (text.rfind("\n", 0, span.start) + 1)
            yield CommentLine(at=at, span=span, words=words, sure=blocks[at].role == "comment", indent=indent)


def is_heading(words: str) -> bool:
    """Tell the heading over the readers' part, or a note that it is closed."""
    if len(words) >= 200 or is_button(words) or ANSWERS.match(words) or find_likes(words):
        return False
    return HEADING.match(words) is not None or find_phrase(words) == "comment"


def make_marked_lines(walk: Walk, blocks: Sequence[Block], near: Sequence[int]) -> Iterable[CommentLine]:
    """Yield the readers' lines of an HTML page, with what their elements say of them."""
    people = [one for one in walk.people if one.start < one.end]
    stamps = [(stamp, span) for stamp, span in walk.times if span is not None]
    people.sort()
    forms = find_forms(walk, near)
    stamps.sort(key=lambda pair: pair[1])
    person = stamp = 0
    for at in near:
        line = walk.lines[at]
        start, end = line.span
        while person < len(people) and people[person].start < start:
            person += 1
        while stamp < len(stamps) and stamps[stamp][1].start < start:
            stamp += 1
        named, timed = person, stamp
        while named < len(people) and people[named].start < end:
            named += 1
        while timed < len(stamps) and stamps[timed][1].start < end:
            timed += 1
        words = line.span.of(walk.text)
        marks = read_marks(walk, line.element, forms)
        if is_heading(words) and not people[person:named] and "author" not in marks:
            marks |= {"form"}
        yield CommentLine(
            at=at,
            span=line.span,
            words=words,
            people=tuple(people[person:named]),
            stamps=tuple(stamps[stamp:timed]),
            marks=marks,
            strong=max(line.link_chars, line.bold_chars) >= len(words),
            linked=line.link_chars >= len(words),
            sure=blocks[at].role == "comment",
        )


def find_forms(walk: Walk, near: Iterable[int]) -> frozenset[int]:
    """Return the forms in which readers write; some pages are one form from top to end."""
    held = Counter(
        above
        for at in near
        for above in iter_up(walk, walk.lines[at].element)
        if walk.elements[above].tag == "form"
    )
    return frozenset(form for form, lines in held.items() if lines <= MAX_FORM)


def read_marks(walk: Walk, at: int, forms: frozenset[int]) -> frozenset[str]:
    """Tell what the innermost elements around a line say of it."""
    marks: set[str] = set()
    for order, above in enumerate(iter_up(walk, at)):
        element = walk.elements[above]
        if above in forms:
            marks.add("form")
        if element.names:
            told = mark_names(element.names)
            # "Recent comments" are those under other articles.
            marks |= told if order < MARKED else told & {"elsewhere"}
        if element.tag == "button" and order < MARKED:
            marks.add("button")
    return frozenset(marks | {"form"} if "elsewhere" in marks else marks)


def find_closed(walk: Walk, blocks: Sequence[Block]) -> frozenset[int]:
    """Return the elements around the article: none of them is one reader's comment."""
    closed: set[int] = {0}
    for line, block in zip(walk.lines, blocks, strict=True):
        if block.role in ("headline", "paragraph"):
            for at in iter_up(walk, line.element):
                if at in closed:
                    break
                closed.add(at)
    return frozenset(closed)


def assemble(text: str, stretches: Sequence[Stretch], told: Sequence[Told] = ()) -> tuple[Comment, ...]:
    """Make the records: what each holds, and which one it answers."""
    told_of = {one.words[:FIRST]: one for one in told}
    found = [
        (stretch, add_told(parts, stretch.lines, text, told_of))
        for stretch in stretches
        if is_comment(stretch, parts := read_parts(stretch.lines))
    ]
    signed = sum(parts.handle is not None for _, parts in found)
    if not is_believable(found):
        return ()
    # Where readers sign what they write, a dated line without a name is another list of the page.
    read = [
        (stretch.level, parts)
        for stretch, parts in found
        if stretch.certain or parts.handle or 2 * signed < len(found)
    ]
    comments: list[Comment] = []
    open_at: list[tuple[int, int]] = []
    newest: dict[str, int] = {}
    for order, (level, parts) in enumerate(read):
        while open_at and open_at[-1][0] >= level:
            open_at.pop()
        parent = open_at[-1][1] if open_at else None
        if parent is None and parts.answers:
            parent = newest.get(parts.answers.casefold())
        open_at.append((level, order))
        depth = min(comments[parent].depth + 1, MAX_DEPTH) if parent is not None else 0
        comments.append(make_comment(order, parent, depth, parts))
        if parts.handle:
            newest[parts.handle.of(text).casefold()] = order
    readers = number_handles(comment.handle.of(text) if comment.handle else None for comment in comments)
    return tuple(replace(comment, reader=n) for comment, n in zip(comments, readers, strict=True))


def is_believable(found: Sequence[tuple[Stretch, Parts]]) -> bool:
    """Tell whether comments that no number names are enough to be a page's comments.

    One name beside one date may be anything: who wrote the article, and when it was updated.
    """
    if any(stretch.certain for stretch, _ in found):
        return True
    if len(found) == 1:
        return found[0][0].likely and found[0][1].time is not None
    return len(found) > 2 or any(parts.time for _, parts in found)


def is_comment(stretch: Stretch, parts: Parts) -> bool:
    """Tell whether lines are a reader's comment: somebody signed it, and a line of it says something."""
    if not parts.text or not (stretch.certain or parts.handle or parts.time):
        return False
    ends = {span.end for span in parts.text}
    return any(
        line.sure and not line.linked and line.span.end in ends and any(map(str.isalpha, line.words))
        for line in stretch.lines
    )


def make_comment(order: int, parent: int | None, depth: int, parts: Parts) -> Comment:
    return Comment(
        order=order,
        parent=parent,
        depth=depth,
        text=parts.text,
        handle=parts.handle,
        time=parts.time,
        posted=parts.posted,
        likes=parts.likes,
    )
