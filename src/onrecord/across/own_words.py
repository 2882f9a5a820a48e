"""Own words: what of two articles' common words neither prints in quotation marks.

Two reporters who heard one speech print the same sentences, at length, and copied nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from onrecord.across.misprints import Passage
from onrecord.statements.quotations.marks import Quotation, find_quotations
from onrecord.types import Span

__all__ = ["share_own_words"]

LONGEST = 800  # characters: with more, a mark was lost, and the next quotation's took its place
_BLANK = re.compile(r"\n\s*\n")


def share_own_words(
    here: str, there: str, passages: Sequence[Passage], places: Sequence[Span], others: Sequence[Span]
) -> float:
    """Return how much (0 to 1) of what an article says outside quotation marks the other has too."""
    ours, theirs = _find_quoted(here, places), _find_quoted(there, others)
    own = len(ours) - sum(ours)
    shared = 0
    for passage in passages:
        length = passage.here.end - passage.here.start
        # A mark that is lost in one of them may stand in the other.
        quoted = max(sum(ours[slice(*passage.here)]), sum(theirs[slice(*passage.there)]))
        shared += max(0, length - quoted)
    return shared / own if own else 1.0


def _find_quoted(text: str, places: Sequence[Span]) -> list[bool]:
    """Say for each word whether it stands in quotation marks."""
    said = (one for one in find_quotations(text, _paragraphs(text)) if isinstance(one, Quotation))
    spans = [one.inner for one in said if one.inner.end - one.inner.start <= LONGEST]
    starts = [span.start for span in spans]
    ends = list(accumulate((span.end for span in spans), max))
    before = (bisect_right(starts, place.start) for place in places)
    return [count > 0 and place.start < ends[count - 1] for place, count in zip(places, before, strict=True)]


def _paragraphs(text: str) -> Iterator[Span]:
    blank = (match.span() for match in _BLANK.finditer(text))
    for (_, start), (end, _) in pairwise(((0, 0), *blank, (len(text), len(text)))):
        yield Span(start, end)
