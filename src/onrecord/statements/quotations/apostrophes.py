"""Single quotation marks told from apostrophes.

The same character ends a quotation ('the plan,' she said), a plural possessive (the ministers' plan) and a
clipped word (goin' home), and begins a quotation or a word without its head ('em, '90s). What stands beside
it decides, and for the doubtful ones which way the next single mark faces.
"""

import re

from onrecord.statements.quotations.glyphs import Mark

__all__ = ["closes_single", "opens_single"]

_ELISION = re.compile(
    r"(?:\d0s|\d\d(?!\w)|(?:em|tis|twas|twere|twill|til|till|cause|cos|coz|cuz|n|round|bout|neath|nuff|tude)\b"
    r"|(?-i:im|er|ere|ave|ad|ow|ome|ard|e|appen|ello)\b)",
    re.IGNORECASE,
)
_CLIPPED = re.compile(r"(?:\b[oO]|\b(?:an|th|wi|ol|lil)|[a-z]{2}in)$")
_STRONG = ".,!?…"


def opens_single(text: str, mark: Mark, ahead: Mark | None) -> bool:
    """Does this single mark open a quotation? `ahead` is the next single mark."""
    if mark.stands != "open" or text[mark.start] == "′":
        return False
    if not re.match(r"[\w“\"£$€(\[…]", text[mark.end : mark.end + 1]):
        return False
    if _ELISION.match(text, mark.end, mark.end + 8):
        return False
    if mark.written != "close":
        return True
    # An apostrophe at the head of a line: an opening mark turned round, if a closing one follows speech.
    partner = ahead is not None and ahead.stands == "close" and text[ahead.start - 1] in _STRONG
    return mark.line and partner


def closes_single(text: str, mark: Mark, ahead: Mark | None) -> bool:
    """Does this single mark close the quotation that is open? `ahead` is the next single mark."""
    if mark.stands != "close" or text[mark.start] == "′":
        return False
    before, after = text[mark.start - 1], text[mark.end : mark.end + 2]
    if before.isspace():
        return False
    if before in _STRONG or not after[:1].isspace() or not after[1:].islower():
        return True
    doubtful = (
        before in "sxz" or before.isdigit() or _CLIPPED.search(text[max(0, mark.start - 8) : mark.start])
    )
    return not doubtful or ahead is None or ahead.stands != "close"
