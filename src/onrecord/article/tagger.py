"""Where a text says when: "on Nov. 11", "last Friday", "two days ago", "11/11/2022"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.article.grammar import TIME
from onrecord.article.readers import READERS
from onrecord.article.timewords import TimeWords

__all__ = ["find_times"]

# Talk of what is to come, up to the time words: nothing between tells of what has been.
_AHEAD = re.compile(
    r"(?<!\bhad been )(?<!-)\b(?:will|would|shall|['’]ll|scheduled|expect(?:s|ed)?|due|"
    r"plan(?:s|ned|ning)|until|set (?:for|to)|effective|starting|is to|are to|to be|as soon as|as early as|"
    r"upcoming|beginning|ready)\b"
    r"(?:(?!\b(?:said|says|told|was|were|had|announced|read|ended)\b)[^.;!?])*$|"
    r"^(?:(?!\b(?:had|was|were|have|has)\b)[^.;!?])*\bby\s+$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\bended\s+$")


def find_times(text: str, *, start: int = 0, end: int | None = None) -> Iterator[TimeWords]:
    """Yield the words that say when, in reading order, with what they mean without knowing today.

    `start` and `end` bound the search; spans count from the start of the text all the same.
    """
    for match in TIME.finditer(text, start, len(text) if end is None else end):
        found = READERS[match.lastgroup or ""](match)
        if found is not None:
            ahead = (
                found.unit is not None
                and not text.startswith(("'s", "’s"), match.end())
                and _AHEAD.search(text[max(start, match.start() - 60) : match.start()])
            )
            if found.unit == "monthday" and _ENDED.search(text, max(start, match.start() - 8), match.start()):
                found = replace(found, ended=True)
            yield replace(found, ahead=True) if ahead else found
