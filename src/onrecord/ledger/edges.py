"""Where the words said begin and end, as somebody who corrects them gives it: characters, or the words."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from onrecord.errors import BadRequest
from onrecord.types import Block, Span

__all__ = ["find_edges", "find_words"]

_MOST_TOLD = 60


def find_edges(
    text: str, blocks: Sequence[Block], asked: Sequence[Span], near: Sequence[Span]
) -> tuple[Span, ...]:
    """Return these edges in reading order; `BadRequest` where they can't be those of the statement `near`."""
    spans = tuple(sorted(asked))
    last = 0
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise BadRequest(
                f"the edges {span.start}-{span.end} are not on the page: its text has {len(text):,} "
                "characters, and an edge counts from 0, the first before the second"
            )
        if span.start < last:
            raise BadRequest(f"the edges {span.start}-{span.end} begin inside those before them")
        if not span.of(text).strip():
            raise BadRequest(f"the edges {span.start}-{span.end} hold no words")
        last = span.end
    _check_blocks(text, blocks, spans, near)
    return spans


def find_words(
    text: str, blocks: Sequence[Block], asked: Sequence[str], near: Sequence[Span]
) -> tuple[Span, ...]:
    """Return where these words stand, each after the one before, in the lines of the statement `near`."""
    lines = _blocks_of(blocks, near)
    start = min((block.span.start for block in lines), default=0)
    end = max((block.span.end for block in lines), default=len(text))
    found: list[Span] = []
    for words in asked:
        wanted = words.strip()
        if not wanted:
            raise BadRequest("the words said are empty; write them as they stand on the page")
        places = _places(text, wanted, found[-1].end if found else start, end)
        if not places:
            raise BadRequest(
                f"the words {wanted[:_MOST_TOLD]!r} do not stand in the lines of this statement (characters "
                f"{start} to {end} of the page); write them as the page prints them, or give --edges"
            )
        touching = [
            one for one in places if any(one.start < span.end and span.start < one.end for span in near)
        ]
        if len(places) > 1 and len(touching) != 1:
            raise BadRequest(
                f"the words {wanted[:_MOST_TOLD]!r} stand {len(places)} times in the lines of this statement "
                f"({', '.join(f'{one.start}-{one.end}' for one in places[:5])}); give --edges"
            )
        found.append((touching or places)[0])
    spans = tuple(found)
    _check_blocks(text, blocks, spans, near)
    return spans


def _places(text: str, words: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = text.find(words, start, end)
    while at >= 0 and len(found) < 100:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1, end)
    return found


def _check_blocks(text: str, blocks: Sequence[Block], spans: Sequence[Span], near: Sequence[Span]) -> None:
    whole = Span(spans[0].start, spans[-1].end)
    touched = _blocks_of(blocks, [whole])
    comment = next((block for block in touched if block.role == "comment"), None)
    if comment is not None:
        raise BadRequest(
            f"the edges {whole.start}-{whole.end} reach into a reader's comment (characters "
            f"{comment.span.start} to {comment.span.end}); what readers wrote is no statement on the record"
        )
    if near and not any(block in touched for block in _blocks_of(blocks, near)):
        raise BadRequest(
            f"the edges {whole.start}-{whole.end} are in other lines than the statement; words elsewhere are "
            "another statement, whose id `onrecord page` shows"
        )


def _blocks_of(blocks: Sequence[Block], spans: Iterable[Span]) -> list[Block]:
    """Return the lines that these spans touch, in reading order."""
    starts = [block.span.start for block in blocks]
    found: dict[int, Block] = {}
    for span in spans:
        first = max(0, bisect_right(starts, span.start) - 1)
        for at in range(first, len(blocks)):
            if blocks[at].span.start >= span.end:
                break
            if blocks[at].span.end > span.start:
                found[at] = blocks[at]
    return [found[at] for at in sorted(found)]
