"""Which windows are read for who spoke and when, once it is known where somebody speaks: those in which
somebody does, and of those around and of the first ones what may name somebody or tell a day. What lies far
from every saying tells of none."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from onrecord.article.grammar import TIME
from onrecord.statements.lexicon.words import words_of
from onrecord.statements.model.windows import Window
from onrecord.types import Span

__all__ = ["find_around"]

# Windows at the head of an article, before a saying and behind one (evals/LOG.md).
FIRST, BEFORE, BEHIND = 3, 8, 2
_LOWER = re.compile(r"(?<!\w)[a-z]\w*")
# A word with a capital letter, or in a script that has none; "I" is no name.
_CAPITAL = re.compile(r"(?<![^\W\d_])(?![a-zß-öø-ÿ]|I(?!\w|\.\w))[^\W\d_]\w*")
# What stands before the first word of a sentence.
_OPENS = re.compile(r"(?:^|[.!?…:;\n•–—-])[\s“”\"‘’'(\[]*$")
_LOOK_BACK = 6


def find_around(text: str, windows: Sequence[Window], said: Iterable[Span]) -> list[int]:
    """Return the numbers of the windows to read; none where nobody says anything."""
    starts = [one.spans[1].start for one in windows]
    here = {max(0, bisect_right(starts, span.start) - 1) for span in said} if windows else set()
    if not here:
        return []
    near = {*range(min(FIRST, len(windows)))}
    for at in here:
        near.update(range(max(0, at - BEFORE), min(len(windows), at + BEHIND + 1)))
    small = frozenset(_LOWER.findall(text))
    return [at for at in sorted(near) if at in here or _may_tell(text, windows[at], small)]


def _may_tell(text: str, window: Window, small: frozenset[str]) -> bool:
    """Is there a name or a time word? A capital letter makes a name inside a sentence, or on a word that
    seldom opens one and that the article never prints with a small one."""
    start, end = window.spans[1].start, window.spans[-2].end
    if TIME.search(text, start, end):
        return True
    for word in _CAPITAL.finditer(text, start, end):
        before = text[max(start, word.start() - _LOOK_BACK) : word.start()]
        if not (word.start() == start or _OPENS.search(before)):
            return True
        if word.group() not in words_of("opener") and word.group().lower() not in small:
            return True
    return False
