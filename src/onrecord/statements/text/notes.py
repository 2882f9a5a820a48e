"""The numbers of notes: “We were not asked,”12 said Lann. They stand behind what they are a note on, and are
neither somebody's words nor anybody's name."""

import re

__all__ = ["hide_notes"]

# A straight mark may also open: only one that something stands right before ends a quotation.
_NOTE = re.compile(
    r"(?:(?<=[”»])|(?<=[^\W\d_]\")|(?<=[.,!?…]\"))(?:\d{1,3}|\[\d{1,3}\])(?=\s|$)", re.MULTILINE
)


def hide_notes(text: str) -> str:
    """Return a text of the same length with spaces for the numbers of notes behind quotations."""
    return _NOTE.sub(lambda note: " " * len(note[0]), text)
