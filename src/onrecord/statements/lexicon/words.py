"""Words of one class, of the word lists (`onrecord.wordlists`)."""

from functools import cache

from onrecord.wordlists import read_list

__all__ = ["words_of"]


@cache
def words_of(kind: str, file: str = "function_words.tsv") -> frozenset[str]:
    """Return the words of one class."""
    return frozenset(row[0] for row in read_list(file) if row[1] == kind)
