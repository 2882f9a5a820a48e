"""Frames of a saved page: pages of their own that a reader saw inside it, and that are not in its text."""

from selectolax.lexbor import LexborHTMLParser

from onrecord.types import Problem

__all__ = ["tell_frame"]

# An advertisement has a line or two; from so many characters on somebody may miss them.
_MANY = 300
_MOST = 4 << 20


def tell_frame(payload: bytes, place: str, address: str | None) -> Problem | None:
    """Say that a frame holds words which are not in the page's text; None for a frame of few words."""
    shown = count_characters(payload)
    if shown < _MANY:
        return None
    where = f" ({address})" if address else ""
    message = (
        f"a frame of this page{where} holds {shown:,} characters more, which are not in its text. To have "
        "them on record, save the frame's own page and add that too."
    )
    return Problem(stage="capture", place=place, message=message)


def count_characters(payload: bytes) -> int:
    """Count the characters that a page shows, roughly."""
    tree = LexborHTMLParser(payload[:_MOST].decode("utf-8", "replace"))
    tree.strip_tags(["script", "style", "noscript", "template", "svg"])
    return len(" ".join(tree.body.text(separator=" ").split())) if tree.body else 0
