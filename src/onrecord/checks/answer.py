"""From all places of a quotation to one answer: which verdict counts, and which places are shown. Pure."""

from collections.abc import Iterable, Sequence

from onrecord.checks.question import Question
from onrecord.checks.verdicts import QuotationHit, Tier, Verdict
from onrecord.types import Span

__all__ = ["is_settled", "order_hits", "settle_tier", "settle_verdict"]

# What counts first when several places say different things. Words that a page disowns are no proof, whoever
# else prints them; below that the very words come before words like them, and the article before what stands
# round it.
_EXACT: tuple[Verdict, ...] = (
    "disowned",
    "verbatim",
    "cut",
    "reported, not quoted",
    "denied",
    "asked",
    "refused",
    "another speaker",
    "nobody's words",
    "only in a headline",
    "only outside the article",
)
_NEAR: tuple[Verdict, ...] = (
    "spliced",
    "disowned",
    "denied",
    "asked",
    "refused",
    "altered",
    "another speaker",
    "not found",
)
_TIERS: tuple[Tier | None, ...] = ("exact", "typography", "case", None)


def settle_verdict(hits: Sequence[QuotationHit]) -> Verdict:
    """Return the verdict of the best place, which comes first in `order_hits`."""
    return hits[0].verdict if hits else "not found"


def settle_tier(hits: Sequence[QuotationHit]) -> Tier | None:
    """Return how word for word the best verbatim place is."""
    found = [hit.tier for hit in hits if hit.verdict == "verbatim"]
    return min(found, key=_TIERS.index) if found and hits[0].verdict == "verbatim" else None


def is_settled(question: Question, hits: Iterable[QuotationHit]) -> bool:
    """Say whether nothing that is merely alike could tell more than these places.

    Where a speaker is asked for, what that person did say is worth looking for beside the outlet's own words.
    """
    settled = _EXACT[: _EXACT.index("nobody's words") + (question.by is None)]
    return any(_is_exact(hit) and hit.verdict in settled for hit in hits)


def order_hits(question: Question, hits: Iterable[QuotationHit]) -> list[QuotationHit]:
    """Return the places, the best first, of several at one place of a page the best one only."""
    kept: list[QuotationHit] = []
    taken: dict[str, list[Span]] = {}
    for hit in sorted(hits, key=lambda one: _rank(question, one)):
        spans = taken.setdefault(hit.page.id, [])
        if all(hit.span.end <= span.start or span.end <= hit.span.start for span in spans):
            spans.append(hit.span)
            kept.append(hit)
    return kept


def _rank(question: Question, hit: QuotationHit) -> tuple[object, ...]:
    exact = _is_exact(hit)
    order = _EXACT if exact else _NEAR
    return (
        not exact,
        order.index(hit.verdict),
        question.who_says(hit.entry) != "agrees",
        -round(hit.likeness, 3),
        _TIERS.index(hit.tier),
        bool(hit.entry and hit.entry.copy_of),
        hit.page.published or "9",
        hit.page.id,
        hit.span,
    )


def _is_exact(hit: QuotationHit) -> bool:
    return hit.likeness == 1.0 and hit.verdict in _EXACT
