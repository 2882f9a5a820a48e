"""Words set off as somebody's without marks: embedded posts, block quotes, and the names signed under
them.

A post reads: its words, and below them "— Vesna Ostrey (@vostrey) March 11, 2031". A block quote reads: "The
order says:", and below it the words. A quotation may also be signed on its own line or after it: “We
stay.” – Mara Ostrey.
"""

import re
from collections.abc import Collection, Sequence

from onrecord.types import Span

__all__ = ["find_day_posted", "find_set_off", "find_signer"]

_NAME = (
    r"(?:(?:M[rs]|Mrs|Dr|Sir)\.?\s)?[A-Z][\w’'-]*\.?"
    r"(?:\s(?:[A-Z][\w’'-]*\.?|de|da|van|von|bin|al|el|of|for|the)){0,5}"
)
_DAY = (
    r"(?:\w+day,?\s)?(?:\d{1,2}\s+[A-Z][a-z]+\.?,?\s+\d{4}|[A-Z][a-z]+\.?\s+\d{1,2},?\s+\d{4}"
    r"|\d{4}-\d\d-\d\d)"
)
_CLOCK = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?)?"
_POSTED = re.compile(
    rf"(?:(?<!\s)|(?<=\n))\s*[—–―-]{{1,2}}\s*(?P<who>[^\n()@]{{1,80}}?)\s*\(@[\w.@-]+\),?\s*(?:[·|]\s*)?"
    rf"(?P<day>{_DAY}){_CLOCK}[\s.]*(?=\n|$)"
)
# The addresses that a post ends with: pictures, and what it points to.
_LINK = r"[\s:]*(?:https?://[^\s—–―]+|pic\.twitter\.com/\w+)"
_LINKS = re.compile(f"(?:{_LINK})*")
_LAST_LINKS = re.compile(rf"(?<![\s:])(?:{_LINK})*\s*$")
# A name as people write it at a post, without the pictures around it: "Ada Brill 🌊".
_LETTERS = re.compile(r"\w[^\n]*\w\.?|\w")
_SIGNED = re.compile(
    rf"\s*[—–―-]{{1,2}}\s*(?P<who>{_NAME})(?:\s*\(@?[^()\n]{{1,40}}\))?(?:,\s*[^\n.]{{1,80}})?(?:\s+{_DAY})?[\s.]*(?=\n|$)"
)
_NOBODY = frozenset(
    "additional advert advertisement afp also ap by continue credit end ends follow getty how more our"
    " pa photo photos picture read related reporting reuters see share sign source staff story subscribe"
    " the this watch what why with your".split()
)
_REACH = 240


def find_set_off(text: str, paragraphs: Sequence[Span], blocks: Collection[Span] = ()) -> dict[int, Span]:
    """Return the places of the paragraphs that are quotations by their layout, each with the words quoted.

    `blocks` are those that the page sets as block quotes; one counts when the line before introduces it or
    the line after signs it, since pages use the element for much else.
    """
    found: dict[int, Span] = {}
    quoted = set(blocks)
    for i, span in enumerate(paragraphs):
        after = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
        if after is not None and text[span.end : after.start].strip():
            after = None  # a line between them is no part of the article
        signed_below = after is not None and _POSTED.match(text, after.start, after.end) is not None
        posted = _POSTED.search(text, *span)
        if posted is not None and text[span.start : posted.start()].strip():
            found[i] = _without_links(text, Span(span.start, posted.start()))
        elif signed_below and posted is None:
            found[i] = _without_links(text, span)
        elif span in quoted:
            before = paragraphs[i - 1] if i else None
            led = before is not None and text[before.start : before.end].rstrip().endswith(":")
            goes_on = i - 1 in found and before in quoted
            signed = after is not None and _SIGNED.match(text, after.start, after.end) is not None
            if led or goes_on or signed:
                found[i] = span
    return {i: words for i, words in found.items() if words and not _has_marks(text, words)}


def _without_links(text: str, post: Span) -> Span:
    links = _LAST_LINKS.search(text, *post)
    return Span(post.start, links.start()) if links is not None and links.start() > post.start else post


def _has_marks(text: str, span: Span) -> bool:
    """A paragraph that opens with a mark is left to the grammar of marks."""
    return text[span.start : span.start + 1] in tuple("\"“”„«»‘'`")


def _find_line(text: str, end: int, stop: int) -> tuple[int, int]:
    """Return where the line of a signature begins and where to look no further: the rest of the paragraph,
    else the line after it."""
    links = _LINKS.match(text, end, stop)
    end = links.end() if links is not None else end
    if text[end:stop].strip():
        return end, stop
    line = re.compile(r"\s*").match(text, end)
    at = line.end() if line is not None else end
    return at, min(len(text), at + _REACH)


def find_day_posted(text: str, end: int, stop: int) -> Span | None:
    """Return the words for the day that stand beside the name under a post."""
    posted = _POSTED.match(text, *_find_line(text, end, stop))
    return Span(*posted.span("day")) if posted is not None else None


def find_signer(text: str, end: int, stop: int) -> Span | None:
    """Return the name signed after a quotation that ends at `end`: “We stay.” – Mara Ostrey.

    The name stands in the same paragraph, which ends at `stop`, or alone on the line after it.
    """
    at, stop = _find_line(text, end, stop)
    posted = _POSTED.match(text, at, stop)
    name = _LETTERS.search(text, *posted.span("who")) if posted is not None else None
    if name is not None:
        return Span(*name.span())
    match = _SIGNED.match(text, at, stop)
    if match is None or match["who"].split()[0].strip(".").lower() in _NOBODY:
        return None
    return Span(match.start("who"), match.end("who"))
