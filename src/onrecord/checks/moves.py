"""How a speaker's words moved from one remark to a later one. Pure.

What a later remark does not say again is not taken back: silence is never told as a move, and which of the
two holds is for whoever reads both.
"""

from dataclasses import dataclass
from typing import Literal

from onrecord.checks.differences import Difference, compare_wordings, has_condition
from onrecord.checks.words import cut_words

__all__ = ["Move", "MoveKind", "find_move"]

MoveKind = Literal["same", "added", "shorter", "narrowed", "widened", "turned", "reworded"]

FEWEST = 4  # words; fewer are too easily found in whatever was said before


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What became of an earlier wording, and the differences that tell so, `first` the earlier.

    turned: a word that says no came or went. narrowed, widened: a condition came, or went. added, shorter:
    words came, or were not said again, and all others are the same.
    """

    kind: MoveKind
    differences: tuple[Difference, ...]


def find_move(earlier: str, later: str) -> Move | None:
    """Compare what somebody said with what they said later; None where the two can't be put side by side."""
    if min(len(cut_words(earlier)), len(cut_words(later))) < FEWEST:
        return None
    wordings = compare_wordings(earlier, later)
    if wordings is None:
        return None
    return Move(kind=_tell(wordings.differences, later), differences=wordings.differences)


def _tell(differences: tuple[Difference, ...], later: str) -> MoveKind:
    kinds = {one.kind for one in differences} - {"form"}
    if not kinds:
        return "same"
    if "denial" in kinds:
        return "turned"
    if "condition" in kinds:
        conditions = [one for one in differences if one.kind == "condition"]
        came = any(one.second is not None and has_condition(one.second.of(later)) for one in conditions)
        return "narrowed" if came else "widened"
    if kinds == {"put in"}:
        return "added"
    return "shorter" if kinds == {"left out"} else "reworded"
