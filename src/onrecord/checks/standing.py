"""How often words stand as a verdict says: outlets, first hands, copies and versions, each once. Pure."""

from collections.abc import Sequence

from onrecord.checks.articles import fold_pages
from onrecord.checks.first_hands import find_first_hands
from onrecord.checks.verdicts import QuotationHit, Standing, Verdict

__all__ = ["find_standing"]


def find_standing(hits: Sequence[QuotationHit], verdict: Verdict) -> Standing:
    """Count the places that bear a verdict out. Words that are nobody's have no first hands."""
    bearing = [hit for hit in hits if hit.verdict == verdict]
    entries = [hit.entry for hit in bearing if hit.entry is not None]
    folded = fold_pages((hit.page for hit in bearing), {entry.page.id: entry.copy_of for entry in entries})
    return Standing(
        outlets=folded.outlets,
        first_hands=len(find_first_hands(entries)),
        articles=len(folded.articles),
        copies=folded.copies,
        versions=sum(len(pages) for pages in folded.versions),
        versions_of=len(folded.versions),
    )
