"""Reviews as a file, one a line: from one ledger to another made of the same pages."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.errors import BadRequest
from onrecord.ledger.review_checks import check_review
from onrecord.ledger.reviews import Review, review_id
from onrecord.views.export import encode_json

__all__ = ["export_reviews_to", "read_review_file"]

_review = msgspec.json.Decoder(Review)


def export_reviews_to(reviews: Iterable[Review], out: BinaryIO) -> int:
    """Write reviews as JSONL, oldest first, and return how many there were."""
    written = 0
    for review in reviews:
        out.write(encode_json(review) + b"\n")
        written += 1
    return written


def read_review_file(path: Path) -> tuple[list[Review], list[str]]:
    """Return the reviews of a file, and what is wrong with lines that hold none."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise BadRequest(
            f"{path} can't be read: {error.strerror or error}; `onrecord export --reviews -o FILE` writes one"
        ) from error
    found: list[Review] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            review = _review.decode(line)
        except msgspec.DecodeError as why:
            problems.append(f"{path}, line {number}: this is no review ({why}); the line was left out")
            continue
        if review.id != review_id(review):
            problems.append(
                f"{path}, line {number}: the review {review.id} says something else than when it was given; "
                "the line was left out"
            )
            continue
        if wrong := check_review(review):
            problems.append(
                f"{path}, line {number}: the review {review.id} can't be carried out: {wrong}; the line was "
                "left out"
            )
            continue
        found.append(review)
    return found, problems
