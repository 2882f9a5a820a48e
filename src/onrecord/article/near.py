"""The lines of a page that can speak of its article: bylines, dates, what stands about the headline."""

from collections.abc import Iterator, Sequence

from onrecord.article.printed import find_printed_dates
from onrecord.types import Block, Page

__all__ = ["find_near", "find_text"]

NEAR = 8
"""So many blocks either side of the headline may hold its byline and date; further off they are another
story's."""

MOST_SHORT = 120
CLOSE = 4
"""Right under the headline, or right above it, a short line counts whatever it was taken for: a byline in an
aside, or in an element named for the commentary it heads."""

ROW = 3
"""An article prints the day of its publication, and perhaps another; so many days are of several stories."""

_BESIDE = frozenset({"menu", "related", "caption", "advert", "paragraph", "comment"})
_SIGNED = frozenset({"byline", "dateline"})


def find_near(page: Page) -> tuple[Block, ...]:
    """Return the lines that can speak of the article, what stands nearest to its headline first.

    Under the headline comes before above it, and both before the rest of the page; bylines come before dates,
    and these before other lines. A row of bylines with days of their own is of other stories.
    """
    blocks = page.blocks
    headline = next((at for at, block in enumerate(blocks) if block.role == "headline"), None)
    first = _find_first(page, headline)
    if headline is None:
        signed = [
            block for at, block in enumerate(blocks) if block.role in _SIGNED or _is_other(block, at, first)
        ]
        return tuple(_order(signed, 0))
    last = max(headline + NEAR, min(first, headline + 2 * NEAR))
    below = [
        block
        for at, block in enumerate(blocks[headline + 1 : last], headline + 1)
        if (at < first and block.role in _SIGNED)
        or block.role == "other"
        or (at <= min(headline + CLOSE, first) and _is_short(block, page.text))
    ]
    start = max(0, headline - NEAR)
    above = [block for block in blocks[start:headline] if block.role in _SIGNED or block.role == "other"]
    above += _find_hidden_above(page, headline)
    rest = [block for block in blocks[first:] if block.role in _SIGNED]
    at = blocks[headline].span.start
    tiers = (
        below,
        _without_rows(page, above, max(0, headline - ROW * NEAR), headline),
        _without_rows(page, rest, first, len(blocks)),
    )
    return tuple(block for tier in tiers for block in _order(tier, at))


def find_text(page: Page) -> int:
    """Return where the running text under the headline begins."""
    headline = next((at for at, block in enumerate(page.blocks) if block.role == "headline"), None)
    first = _find_first(page, headline)
    return page.blocks[first].span.start if first < len(page.blocks) else len(page.text)


def _find_first(page: Page, headline: int | None) -> int:
    blocks = page.blocks
    return next(
        (at for at, block in enumerate(blocks) if at > (headline or 0) and _runs(block, page.text)),
        len(blocks),
    )


def _is_other(block: Block, at: int, first: int) -> bool:
    return block.role == "other" and at < first


def _order(blocks: Sequence[Block], headline: int) -> list[Block]:
    return sorted(
        blocks,
        key=lambda block: (
            block.role != "byline",
            block.role != "dateline",
            abs(block.span.start - headline),
        ),
    )


def _find_hidden_above(page: Page, headline: int) -> list[Block]:
    """Return the lines right above the headline that are a byline or a date, whatever their role."""
    found: list[Block] = []
    for block in reversed(page.blocks[max(0, headline - CLOSE) : headline]):
        if block.role not in _BESIDE or not _is_short(block, page.text) or not _tells(page, block):
            break
        found.append(block)
    return found


def _tells(page: Page, block: Block) -> bool:
    words = block.span.of(page.text)
    if words[:3].lower() in ("by ", "von", "par", "por"):
        return True
    dates = list(find_printed_dates(page.text, start=block.span.start, end=block.span.end))
    return len(dates) == 1 and len(words) < 2 * len(dates[0].span.of(page.text)) + CLOSE


def _without_rows(page: Page, blocks: Sequence[Block], start: int, end: int) -> list[Block]:
    """Return the lines without those of a row of other stories: three signed ones between two places of the
    page, each with a day of its own on the line of its author or on the one beside it."""
    days = {
        block.span: set(_days_beside(page, at, block))
        for at, block in enumerate(page.blocks[start:end], start)
        if block.role in _SIGNED
    }
    signed = [days[block.span] for block in page.blocks[start:end] if block.role == "byline"]
    if sum(map(bool, signed)) < ROW or len(set().union(*signed)) < ROW:
        return list(blocks)
    return [block for block in blocks if not days.get(block.span)]


def _days_beside(page: Page, at: int, block: Block) -> Iterator[str]:
    reach = 1 if block.role == "byline" else 0
    for line in page.blocks[max(0, at - reach) : at + reach + 1]:
        if line.span.end - line.span.start <= MOST_SHORT and line.role != "paragraph":
            for date in find_printed_dates(page.text, start=line.span.start, end=line.span.end):
                if not _is_updated(page.text[line.span.start : date.span.start]):
                    yield date.value[:10]


def _is_updated(before: str) -> bool:
    return any(
        word in before.lower() for word in ("updat", "modif", "aktualisiert", "mis à jour", "actualiz")
    )


def _is_short(block: Block, text: str) -> bool:
    short = block.span.end - block.span.start <= MOST_SHORT
    return block.role in _BESIDE and short and not _runs(block, text)


def _runs(block: Block, text: str) -> bool:
    """Tell a paragraph from a byline that was taken for one: it is long, or it ends a sentence."""
    short = block.span.end - block.span.start <= MOST_SHORT
    return block.role == "paragraph" and not (short and text[block.span.end - 1].isalnum())
