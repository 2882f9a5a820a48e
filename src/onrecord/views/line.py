"""A speaker's line: remarks in date order, each beside the one before it that it can be compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from onrecord.across.remark_sides import embed_texts
from onrecord.checks.moves import Move, find_move
from onrecord.ledger import About, Ledger, find_about, search_entries
from onrecord.types import Entry
from onrecord.views.saying import Wordings, bare_words, group_wordings, show_wordings
from onrecord.views.wording import compare_wording

__all__ = ["MOVES", "Line", "Step", "draw_line", "find_line", "is_open", "name_kinds"]

Vector = NDArray[np.float32]

LOOK_BACK = 30  # remarks; what was said longer ago is not looked through for each
NEAR = 0.4  # likeness of two remarks on one subject (cosine of word vectors) from which both are shown

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
class Line:
    """The remarks of a speaker, by day, each as its wordings; `about` tells of statements found for a subject
    where they name it."""

    groups: list[list[Entry]]
    about: Mapping[str, About]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One remark of a line.

    `since` is the lead wording of the latest earlier remark that is like it, `move` what became of that,
    `changes` both word by word. Where none is like it and a subject was asked for, `since` is the nearest in
    meaning, and `move` None. All are empty where nothing before can be put beside it. `around` tells that
    the subject is named around the words and not in them. `open_days` are the days that an open remark may
    be of; `by_page` that only its page tells of them. `surely_later` is false where one of these days lies
    before the remark that it stands beside.
    """

    wordings: Wordings
    since: Entry | None = None
    move: Move | None = None
    changes: tuple[tuple[str, str], ...] = ()
    around: bool = False
    open_days: tuple[str, ...] = ()
    by_page: bool = False
    surely_later: bool = True


def find_line(
    ledger: Ledger,
    by: str,
    *,
    about: str | None = None,
    since: str | None = None,
    until: str | None = None,
    least: float | None = None,
) -> Line:
    """Return the remarks of a speaker: all, or those about a subject, named in the words or around them."""
    if about is None or not about.strip():
        found = search_entries(ledger, by=by, since=since, until=until, least=least, limit=None)
        return Line(groups=group_wordings(found), about={})
    some = find_about(ledger, about, by=by, since=since, until=until, least=least)
    return Line(groups=group_wordings(one.entry for one in some), about={one.entry.id: one for one in some})


def draw_line(ledger: Ledger, line: Line, *, first: int = 0, last: int | None = None) -> list[Step]:
    """Return the remarks from number `first` up to `last`, by day, those whose day is open at the end. Those
    before `first` are only compared with."""
    start = max(0, first - LOOK_BACK)
    shown = show_wordings(ledger, line.groups[start:last])
    page_days = _find_page_days(ledger, [one.lead.entry for one in shown[first - start :]])
    texts = [" ".join(one.lead.entry.content) for one in shown]
    vectors = list(embed_texts(texts)) if line.about else []
    steps: list[Step] = []
    for at in range(first - start, len(shown)):
        step = _place(shown[at], line.about, page_days)
        steps.append(_compare(step, shown, _find_earlier(step, shown, at), vectors, at))
    return steps


def is_open(step: Step) -> bool:
    """Say whether nobody knows on which day a remark was made."""
    return step.wordings.lead.iso is None


def name_kinds(step: Step) -> list[str]:
    """Return the kinds of difference between a remark and the one it stands beside, each once."""
    return list(dict.fromkeys(one.kind for one in step.move.differences)) if step.move else []


def _find_page_days(ledger: Ledger, entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """Return for pages without a date the days that the first statement there which tells any may be of."""
    pages = {
        entry.page.id
        for entry in entries
        if entry.page.published is None and entry.said_on is None and not entry.said_on_candidates
    }
    found: dict[str, tuple[str, ...]] = {}
    for page in sorted(pages):
        said = search_entries(ledger, page=page, limit=None)
        found[page] = next((one.said_on_candidates for one in said if one.said_on_candidates), ())
    return found


def _place(wordings: Wordings, about: Mapping[str, About], page_days: Mapping[str, tuple[str, ...]]) -> Step:
    """Return a remark with what is known of its day and subject."""
    lead = wordings.lead.entry
    found = [about[one.entry.id] for one in (wordings.lead, *wordings.others) if one.entry.id in about]
    is_known = wordings.lead.iso is not None
    by_page = not is_known and not lead.said_on_candidates
    days = () if is_known else page_days.get(lead.page.id, ()) if by_page else lead.said_on_candidates
    return Step(
        wordings=wordings,
        around=bool(found) and all(one.where == "around" for one in found),
        open_days=tuple(sorted(days)),
        by_page=by_page and bool(days),
    )


def _find_earlier(step: Step, shown: Sequence[Wordings], at: int) -> list[int]:
    """Return which remarks a remark can be set beside, the latest first: what was said on one day is no move,
    and an open day is not known to be earlier than another."""
    lead = step.wordings.lead
    latest = lead.iso or max(step.open_days, default=None)
    if latest is None:
        return []
    return [
        other
        for other in range(at - 1, max(0, at - LOOK_BACK) - 1, -1)
        if (day := shown[other].lead.iso) is not None
        and day < latest
        and shown[other].lead.entry.polarity == lead.entry.polarity
    ]


def _compare(
    step: Step, shown: Sequence[Wordings], earlier: Sequence[int], vectors: Sequence[Vector], at: int
) -> Step:
    """Set a remark beside the latest earlier one that is like it, else beside the nearest in meaning."""
    words = bare_words(step.wordings.lead.entry)
    for other in earlier:
        move = find_move(bare_words(shown[other].lead.entry), words)
        if move is not None:
            return _set_beside(step, shown[other], move)
    if not vectors or not earlier:
        return step
    likeness = {other: float(vectors[at] @ vectors[other]) for other in earlier}
    nearest = max(earlier, key=lambda other: likeness[other])
    return _set_beside(step, shown[nearest], None) if likeness[nearest] >= NEAR else step


def _set_beside(step: Step, before: Wordings, move: Move | None) -> Step:
    earlier, later = before.lead.entry, step.wordings.lead.entry
    day = before.lead.iso or ""
    return replace(
        step,
        since=earlier,
        move=move,
        changes=compare_wording(bare_words(earlier), bare_words(later)),
        surely_later=all(day < other for other in step.open_days),
    )
