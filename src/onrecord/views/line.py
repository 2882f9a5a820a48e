"""A speaker's line: remarks in date order, each beside the one before it that it can be compared with."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.checks.moves import Move, find_move
from onrecord.ledger import Ledger
from onrecord.types import Entry
from onrecord.views.saying import Wordings, bare_words, show_wordings
from onrecord.views.wording import compare_wording

__all__ = ["MOVES", "Step", "draw_line", "is_open"]

LOOK_BACK = 30  # remarks; what was said longer ago is not looked through for each

# What people read of a move; what is not said again is never said to be dropped.
MOVES = {
    "same": "Same",
    "added": "Added",
    "shorter": "Shorter",
    "narrowed": "Narrowed",
    "widened": "Widened",
    "turned": "Turned",
    "reworded": "Reworded",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One remark of a line. `since` is the lead wording of the latest earlier remark that is like it, `move`
    what became of that, `changes` both word by word; all are empty where nothing before is like it."""

    wordings: Wordings
    since: Entry | None
    move: Move | None
    changes: tuple[tuple[str, str], ...]


def draw_line(ledger: Ledger, groups: Sequence[Sequence[Entry]], *, first: int = 0) -> list[Step]:
    """Return the remarks from number `first` on, as `group_wordings` orders them: by day, those whose day is
    open last. Those before `first` are only compared with."""
    start = max(0, first - LOOK_BACK)
    shown = show_wordings(ledger, groups[start:])
    return [_step(shown, at) for at in range(first - start, len(shown))]


def is_open(step: Step) -> bool:
    """Say whether nobody knows on which day a remark was made."""
    return step.wordings.lead.iso is None


def _step(shown: Sequence[Wordings], at: int) -> Step:
    lead, day = shown[at].lead.entry, shown[at].lead.iso
    words = bare_words(lead)
    for before in reversed(shown[max(0, at - LOOK_BACK) : at]):
        earlier = before.lead.entry
        # What was said on one day is no move; an open day is not known to be later than another.
        if before.lead.iso is None or before.lead.iso == day or earlier.polarity != lead.polarity:
            continue
        move = find_move(bare_words(earlier), words)
        if move is not None:
            changes = compare_wording(bare_words(earlier), words)
            return Step(wordings=shown[at], since=earlier, move=move, changes=changes)
    return Step(wordings=shown[at], since=None, move=None, changes=())
