"""How the wordings of one remark differ, word by word."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.views.saying import Saying, Wordings, bare_words

__all__ = ["Rendering", "compare_renderings", "compare_wording"]

# A dash parts words whether there is room round it or not; a hyphen does not.
_WORD = re.compile(r"(?:(?!--)[^\s\u2012-\u2015\u2e3a\u2e3b])+|(?:--+|[\u2012-\u2015\u2e3a\u2e3b]+)")
_SAID_ALOUD = frozenset("%‰&@#")  # whoever leaves one of them out changes what is said
_SPOKEN = frozenset(("Sc", "Sm", "So", "Mn", "Mc", "Me"))  # symbols, and accents that are signs of their own
# Signs that a typist has two of: apostrophes and marks, and hyphens.
_ALIKE_SIGNS = str.maketrans(
    dict.fromkeys("’‘ʼ`´＇", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("‐‑−", "-")
)

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
    first = bare_words(wordings.lead.entry)
    return [
        Rendering(saying=wordings.lead, changes=None, note=None),
        *(_compare(first, saying) for saying in wordings.others),
    ]


def _compare(first: str, saying: Saying) -> Rendering:
    words = bare_words(saying.entry)
    changes = compare_wording(first, words)
    if all(mine == theirs for mine, theirs in changes):
        note = (
            "the same words" if words.split() == first.split() else "the same words; only typography differs"
        )
        return Rendering(saying=saying, changes=None, note=note if words else None)
    if _likeness(changes) < _ALIKE:
        return Rendering(
            saying=saying,
            changes=None,
            note="put in other words, too far from the first to compare word by word",
        )
    return Rendering(saying=saying, changes=changes, note=_edge_note(changes, saying))


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

    Typography is no difference: capitals, punctuation (a quotation ends in a comma here and in a full stop
    there), straight and curly marks, dashes of any length with room round them or without.
    """
    mine, theirs = _cut(base), _cut(other)
    matcher = SequenceMatcher(None, [*map(_key, mine)], [*map(_key, theirs)], autojunk=False)
    return tuple(
        (_join(theirs[c:d] if what == "equal" else mine[a:b]), _join(theirs[c:d]))
        for what, a, b, c, d in matcher.get_opcodes()
    )


def _cut(text: str) -> list[str]:
    """Return the words of a text with the room and signs behind them; a sign alone belongs to a word."""
    words: list[str] = []
    lead, at = "", 0
    for found in _WORD.finditer(text):
        between, at = text[at : found.start()], found.end()
        is_word = any(map(_counts, found[0]))
        if words:
            words[-1] += between if is_word else between + found[0]
        else:
            lead += between + ("" if is_word else found[0])
        if is_word:
            words.append(found[0] if words else lead + found[0])
    return words


def _key(word: str) -> str:
    """Return what of a word is compared: no marks at its ends, one form of each sign inside it."""
    alike = unicodedata.normalize("NFC", word).translate(_ALIKE_SIGNS).casefold()
    counted = [at for at, sign in enumerate(alike) if _counts(sign)]
    if not counted:
        return alike.strip()
    first, last = counted[0], counted[-1] + 1
    # "-5" is another number than "5".
    negative = alike[first - 1 : first] == "-" and alike[first].isdigit()
    return ("-" if negative else "") + alike[first:last]


def _counts(sign: str) -> bool:
    """Say whether a sign is part of what is said, and no punctuation: "€", "+", "%" are."""
    return sign.isalnum() or sign in _SAID_ALOUD or unicodedata.category(sign) in _SPOKEN


def _join(words: list[str]) -> str:
    return " ".join("".join(words).split())


def _likeness(changes: tuple[tuple[str, str], ...]) -> float:
    """Return how much of two wordings is the same words in the same order, from 0 to 1."""
    same = sum(len(mine.split()) for mine, theirs in changes if mine == theirs)
    total = sum(len(mine.split()) + len(theirs.split()) for mine, theirs in changes)
    return 2 * same / total if total else 1.0
