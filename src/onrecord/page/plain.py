"""Characters that nobody sees inside words: soft hyphens, marks of direction, places where a line may break.

They stay in the text of record, which has what the bytes have. Whoever reads names, compares words or
searches sees the text without them, as a reader does, and each place leads back to the one in the text of
record.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from onrecord.types import Block, Page, Span
from onrecord.unseen import UNSEEN, has_unseen, strip_unseen

__all__ = ["Plain", "make_plain"]

T = TypeVar("T")


class Plain:
    """A page without the characters that nobody sees, and the way back to its text of record."""

    def __init__(self, page: Page) -> None:
        self.record = page
        self.gone = [found.start() for found in UNSEEN.finditer(page.text)]
        # Before which characters of the plain text something is gone.
        self.before = [at - count for count, at in enumerate(self.gone)]
        self.blocks: dict[Block, Block] = {}
        for block in page.blocks:
            span = self.forth(block.span)
            if span.start < span.end:
                self.blocks[replace(block, span=span)] = block
        self.page = replace(
            cast(Page, map_spans(replace(page, text="", blocks=()), self.forth)),
            text=strip_unseen(page.text),
            blocks=tuple(self.blocks),
        )

    def forth(self, span: Span) -> Span:
        """Return where a stretch of the text of record stands in the plain text."""
        start, end = (at - bisect_left(self.gone, at) for at in span)
        return Span(start, end)

    def back(self, span: Span) -> Span:
        """Return where a stretch of the plain text stands in the text of record."""
        start = span.start + bisect_right(self.before, span.start)
        if span.end <= span.start:
            return Span(start, start)
        return Span(start, span.end + bisect_right(self.before, span.end - 1))

    def restore(self, value: T) -> T:
        """Return what was read from the plain page with its spans in the text of record."""
        return cast(T, map_spans(value, self.back, self.blocks))


def make_plain(page: Page) -> Plain | None:
    """Return a page as a reader sees it; None where that is the page itself."""
    return Plain(page) if has_unseen(page.text) else None


def map_spans(value: Any, move: Callable[[Span], Span], blocks: dict[Block, Block] | None = None) -> Any:
    """Return a value with every span in it moved, however deep."""
    if isinstance(value, Span):
        return move(value)
    if isinstance(value, tuple):
        return tuple(map_spans(one, move, blocks) for one in value)
    if blocks and isinstance(value, Block) and value in blocks:
        return blocks[value]
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: getattr(value, one.name) for one in fields(value)}
        moved = {name: map_spans(one, move, blocks) for name, one in held.items()}
        return replace(value, **moved) if moved != held else value
    return value
