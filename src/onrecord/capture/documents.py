"""A text file that holds several articles, as press archives hand them out ("1 of 2 DOCUMENTS"), or with a
rule between two, each with its own byline and day.

Read as one page, what the second article tells would be dated and signed by the first.
"""

import re
from itertools import pairwise

__all__ = ["split_documents"]

# LexisNexis: "1 of 2 DOCUMENTS"; ProQuest and others: "Document 1 of 2".
_NUMBERED = re.compile(
    rb"^[ \t]*(?:Document[ \t]+(\d{1,5})[ \t]+of[ \t]+(\d{1,5})|"
    rb"(\d{1,5})[ \t]+of[ \t]+(\d{1,5})[ \t]+DOCUMENTS?)[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
# Factiva ends each article with its number: "Document LANTRN0020310311eR3B00012".
_ENDED = re.compile(
    rb"^[ \t]*(?:Document[ \t]+[A-Z][A-Z0-9]{5,12}20\d{6}[a-zA-Z0-9]{6,14}|End of Document)[ \t]*\r?\n",
    re.MULTILINE,
)
_RULE = re.compile(rb"^[ \t]*(?:-{10,}|={10,}|_{10,}|\*{10,})[ \t]*\r?\n", re.MULTILINE)
_SIGNED = re.compile(rb"^[ \t]*(?:by|von|par|por|di)[ \t]+\S[^\r\n]{3,80}\r?$", re.IGNORECASE | re.MULTILINE)
_DATED = re.compile(rb"\b(?:19|20)\d\d\b")
# An article's own name, byline and day stand in its first lines.
_HEAD_LINES = 6
_LEAST = 200
_MOST = 100_000


def split_documents(payload: bytes) -> list[bytes]:
    """Return the articles of a text file, each with its number's line; one where it is not several."""
    starts = _numbered_starts(payload) or [0, *(match.end() for match in _ENDED.finditer(payload))]
    starts = starts if len(starts) > 1 else _ruled_starts(payload)
    parts = [payload[start:end] for start, end in zip(starts, [*starts[1:], len(payload)], strict=True)]
    if starts[0] and payload[: starts[0]].strip():
        # A cover page, or the end of an article whose beginning is missing.
        parts.insert(0, payload[: starts[0]])
    return [part for part in parts if part.strip()][:_MOST]


def _numbered_starts(payload: bytes) -> list[int]:
    """Return where the articles start whose numbers run on from one to the next."""
    found = [
        (int(match[1] or match[3]), int(match[2] or match[4]), match.start())
        for match in _NUMBERED.finditer(payload)
    ]
    runs_on = all(a[0] < b[0] and a[1] == b[1] for a, b in pairwise(found))
    return [start for _, _, start in found] if len(found) > 1 and runs_on else []


def _ruled_starts(payload: bytes) -> list[int]:
    """Return where the articles start that rules part; one where not each opens with a byline and a day."""
    starts = [0, *(match.end() for match in _RULE.finditer(payload))]
    for start, end in zip(starts, [*starts[1:], len(payload)], strict=True):
        lines = [line for line in payload[start : min(end, start + 2_000)].splitlines() if line.strip()]
        head = b"\n".join(lines[:_HEAD_LINES])
        if end - start < _LEAST or not (_SIGNED.search(head) and _DATED.search(head)):
            return [0]
    return starts
