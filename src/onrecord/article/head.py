"""Meta tags of a page, read by name."""

from collections.abc import Iterable, Iterator

from onrecord.types import Found, Head

__all__ = ["all_meta", "first_meta"]


def first_meta(head: Head, names: Iterable[str]) -> Found | None:
    """Return the first of these meta tags that says something, in the order asked."""
    return next(all_meta(head, names), None)


def all_meta(head: Head, names: Iterable[str]) -> Iterator[Found]:
    """Yield everything that the meta tags of these names say, in the order asked, then in the page's."""
    said: dict[str, list[str]] = {name: [] for name in names}
    for key, content in head.meta:
        if key in said and (words := " ".join(content.split())):
            said[key].append(words)
    for name, contents in said.items():
        for words in contents:
            yield Found(value=words, known="printed", where=f"meta {name}")
