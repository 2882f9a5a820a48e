"""Characters that nobody sees inside words: soft hyphens, marks of direction, places to break a line."""

import re

__all__ = ["INSIDE", "UNSEEN", "has_unseen", "strip_unseen"]

# Joiners are none of them: in Persian, in Indian scripts and in emoji they make another sign.
INSIDE = "\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069"
UNSEEN = re.compile(f"[{INSIDE}]")


def has_unseen(text: str) -> bool:
    """Tell whether a text has any of them; most have none."""
    return not text.isascii() and UNSEEN.search(text) is not None


def strip_unseen(text: str) -> str:
    """Return a text without them."""
    return UNSEEN.sub("", text) if has_unseen(text) else text
