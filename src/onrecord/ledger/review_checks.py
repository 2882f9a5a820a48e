"""Whether a review out of a file can be carried out: another program, or a hand, may have written it."""

from onrecord.ledger.corrections import check_correction
from onrecord.ledger.facts import check_told
from onrecord.ledger.reviews import NAMING, Review

__all__ = ["check_review"]


def check_review(review: Review) -> str | None:
    """Return what is wrong with a review out of a file; None when it can be carried out."""
    if review.kind in ("undo", "redo"):
        return None if review.of else "it names no review"
    if review.kind == "split" and len(review.sides) != 2:
        return "a split has two sides"
    if review.kind in NAMING:
        return None
    if review.kind == "correct":
        return check_correction(review)
    if not review.about or not all(review.about):
        return "it speaks of no page"
    if review.kind == "tell":
        return check_told(review.change)
    if len(review.about) != 2:
        return "it has to speak of two sides"
    if review.kind != "not-one-story" and any(one.entry is None for side in review.about for one in side):
        return "it has to speak of statements"
    return None
