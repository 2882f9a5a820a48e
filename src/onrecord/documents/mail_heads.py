"""How long the heads of a mail are, whose parts are read by Python's mail reader."""

import re

__all__ = ["MAX_HEAD", "has_long_head"]

# Python's mail reader takes the square of a head's length to find its parameters.
MAX_HEAD = 20_000
_CONTENT_HEAD = re.compile(
    rb"^content-(?:type|disposition):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)


def has_long_head(payload: bytes) -> bool:
    """Tell whether a head of a mail, or of a part of it, is longer than any mail program writes."""
    return any(len(head[0]) > MAX_HEAD for head in _CONTENT_HEAD.finditer(payload))
