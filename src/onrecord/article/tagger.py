"""Where a text says when: "on Nov. 11", "last Friday", "two days ago", "11/11/2022"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.article.grammar import TIME
from onrecord.article.readers import READERS
from onrecord.article.timewords import TimeWords

__all__ = ["find_times"]

_AHEAD = re.compile(
    r"\b(?:will|would|shall|['’]ll|scheduled|expect(?:s|ed)?|due|plan(?:s|ned)?|until|set|effective|starting|"
    r"is to|are to|to be|as soon as|upcoming|beginning|ready)\b[^.;!?]*$",
    re.IGNORECASE,
)


def find_times(text: str, *, start: int = 0, end: int | None = None) -> Iterator[TimeWords]:
    """Yield the words that say when, in reading order, with what they mean without knowing today.

    `start` and `end` bound the search; spans count from the start of the text all the same.
    """
    for match in TIME.finditer(text, start, len(text) if end is None else end):
        found = READERS[match.lastgroup or ""](match)
        if found is not None:
            ahead = found.unit is not None and _AHEAD.search(
                text, max(start, match.start() - 60), match.start()
            )
            yield replace(found, ahead=True) if ahead else found
