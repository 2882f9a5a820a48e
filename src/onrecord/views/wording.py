"""How the wordings of one remark differ, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.views.saying import Saying, Wordings, render_words

__all__ = ["Rendering", "compare_renderings", "compare_wording"]

_WORD = re.compile(r"\S+")
_EDGES = re.compile(r"^\W+|\W+$")

# Below this, marking every word as changed would hide what is being said.
_ALIKE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """One wording; `changes` against the first, None where there is nothing to compare."""

    saying: Saying
    changes: tuple[tuple[str, str], ...] | None
    note: str | None


def compare_renderings(wordings: Wordings) -> list[Rendering]:
    """Compare every wording of a remark with the first of them."""
    first = _bare(wordings.lead)
    return [
        Rendering(saying=wordings.lead, changes=None, note=None),
        *(_compare(first, saying) for saying in wordings.others),
    ]


def _compare(first: str, saying: Saying) -> Rendering:
    words = _bare(saying)
    changes = compare_wording(first, words)
    if all(mine == theirs for mine, theirs in changes):
        return Rendering(saying=saying, changes=None, note="the same words" if words else None)
    if _likeness(changes) < _ALIKE:
        return Rendering(
            saying=saying,
            changes=None,
            note="put in other words, too far from the first to compare word by word",
        )
    return Rendering(saying=saying, changes=changes, note=_edge_note(changes, saying))


def _bare(saying: Saying) -> str:
    """Return the words as they are shown, without the quotation marks around them."""
    words = render_words(saying.entry)
    return words[1:-1] if saying.entry.kind == "direct" else words


def _edge_note(changes: tuple[tuple[str, str], ...], saying: Saying) -> str | None:
    """Say that a quotation was shortened at an end: the words are the speaker's, but not all of them."""
    if saying.entry.kind != "direct":
        return None
    notes = []
    if not changes[0][1]:
        notes.append("opens later than the first")
    if not changes[-1][1]:
        notes.append("ends earlier than the first")
    return " and ".join(notes) or None


def compare_wording(base: str, other: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of words, first and second: equal where nothing changed, "" where one side has none.

    Capitals and punctuation are no difference: a quotation ends in a comma here and in a full stop there.
    """
    mine, theirs = _WORD.findall(base), _WORD.findall(other)
    matcher = SequenceMatcher(None, _folded(mine), _folded(theirs), autojunk=False)
    return tuple(
        (" ".join(theirs[c:d] if what == "equal" else mine[a:b]), " ".join(theirs[c:d]))
        for what, a, b, c, d in matcher.get_opcodes()
    )


def _likeness(changes: tuple[tuple[str, str], ...]) -> float:
    """Return how much of two wordings is the same words in the same order, from 0 to 1."""
    same = sum(len(mine.split()) for mine, theirs in changes if mine == theirs)
    total = sum(len(mine.split()) + len(theirs.split()) for mine, theirs in changes)
    return 2 * same / total if total else 1.0


def _folded(words: list[str]) -> list[str]:
    return [_EDGES.sub("", word).casefold() or word for word in words]
