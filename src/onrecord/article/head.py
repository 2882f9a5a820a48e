"""Meta tags of a page, read by name."""

from collections.abc import Iterable

from onrecord.types import Found, Head

__all__ = ["all_meta", "first_meta"]


def first_meta(head: Head, names: Iterable[str]) -> Found | None:
    """Return the first of these meta tags that says something, in the order asked."""
    for name in names:
        for found in all_meta(head, name):
            return found
    return None


def all_meta(head: Head, name: str) -> list[Found]:
    """Return everything that the meta tags of one name say, in the page's order."""
    said = (" ".join(content.split()) for key, content in head.meta if key.lower() == name)
    return [Found(value=words, known="printed", where=f"meta {name}") for words in said if words]
