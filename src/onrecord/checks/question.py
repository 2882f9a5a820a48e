"""What is asked: words, and who is supposed to have said them. Pure."""

import re
from dataclasses import dataclass, field
from typing import Literal

from onrecord.checks.words import Word, cut_parts, is_stable
from onrecord.errors import BadRequest
from onrecord.people.fold import fold
from onrecord.people.names import match_names, split_joint
from onrecord.types import Entry

__all__ = ["MOST_WORDS", "Question", "Says", "read_question"]

MOST_WORDS = 2_000
"""Words of a quotation; nobody is quoted for longer in one piece, and each costs time on every page."""

Says = Literal["agrees", "nobody", "another"]

_TAIL = re.compile(r"[”\"’')\]»\s]*([?!.,;:]?)")


@dataclass(frozen=True, slots=True)
class Question:
    """The words that are asked for, in parts where an ellipsis stands between, and by whom.

    `by_ids` are the ids of the speakers whom the name `by` fits.
    """

    words: str
    parts: tuple[tuple[Word, ...], ...]
    by: str | None = None
    by_ids: frozenset[str] = field(default_factory=frozenset)

    @property
    def all(self) -> tuple[Word, ...]:
        return tuple(word for part in self.parts for word in part)

    @property
    def longest(self) -> str:
        """The longest of the words that are written in one way only; "" where there is none."""
        stable = (word.key for word in self.all if is_stable(self.words, word))
        return max(stable, key=len, default="")

    @property
    def tail(self) -> str:
        """The sign behind the last word, "" where there is none."""
        found = _TAIL.match(self.words, self.all[-1].end)
        return found[1] if found else ""

    def who_says(self, entry: Entry | None) -> Says:
        """Say whether a statement is made by the speaker asked for; where none is, by anybody at all."""
        if entry is None:
            return "nobody"
        speaker = entry.speaker
        if self.by is None:
            return "agrees" if speaker is not None or entry.source else "nobody"
        if speaker is None:
            return "nobody"
        if speaker.type == "unnamed":
            return "agrees" if fold(speaker.name) == fold(self.by) else "another"
        if speaker.id in self.by_ids and speaker.id is not None:
            return "agrees"
        names = split_joint(speaker.name)
        # A speaker whom people took apart from the one asked for is another one, whatever the names.
        apart = bool(self.by_ids) and speaker.id is not None and len(names) == 1
        fits = not apart and any(match_names(self.by, name, type=speaker.type) for name in names)
        return "agrees" if fits else "another"


def read_question(words: str, *, by: str | None = None, by_ids: frozenset[str] = frozenset()) -> Question:
    """Read what was asked; `BadRequest` says what is wrong with it."""
    if len(words) > 40 * MOST_WORDS:
        raise BadRequest(_too_long(f"{len(words):,} characters"))
    parts = tuple(tuple(part) for part in cut_parts(words))
    if not parts:
        raise BadRequest(f"the quotation {words[:80]!r} has no words; write the words to look for")
    count = sum(map(len, parts))
    if count > MOST_WORDS:
        raise BadRequest(_too_long(f"{count:,} words"))
    return Question(words, parts, by, by_ids)


def _too_long(found: str) -> str:
    return f"the quotation has {found}; at most {MOST_WORDS:,} words are looked for at once: ask in parts"
