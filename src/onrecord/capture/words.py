"""The names that programs give to files which belong to a page and are none."""

from functools import cache

from onrecord.wordlists import read_list

__all__ = ["list_words"]


@cache
def list_words(mark: str) -> tuple[str, ...]:
    """Return the words with a mark: "folder", "machine" or "spare"."""
    return tuple(word for row_mark, word, _ in read_list("saved_words.tsv") if row_mark == mark)
