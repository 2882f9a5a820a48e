"""Which month a word names, in the languages that newspapers are written in."""

from functools import cache

from onrecord.wordlists import read_list

__all__ = ["find_month"]


def find_month(word: str, language: str | None = None) -> int | None:
    """Return 1 to 12 for a month's name or short form, None for another word.

    Of "listopad", October in Croatian and November in Polish, only the page's language tells which it is.

    >>> find_month("března"), find_month("listopada"), find_month("listopada", "hr-HR")
    (3, None, 10)
    """
    months = _read_months().get(word.lower().rstrip(".׳"), {})
    named = set(months.values())
    if len(named) == 1:
        return named.pop()
    return months.get((language or "").lower().split("-")[0].split("_")[0])


@cache
def _read_months() -> dict[str, dict[str, int]]:
    """Every word with its month in each language that has it; three letters of a word stand for it where no
    other month's word begins so."""
    words: dict[str, dict[str, int]] = {}
    shortened: dict[str, set[int]] = {}
    for month, word, languages in read_list("months.tsv"):
        words.setdefault(word, {}).update(dict.fromkeys(languages.split(), int(month)))
        shortened.setdefault(word[:_SHORT], set()).add(int(month))
    short = {word: {"": months.copy().pop()} for word, months in shortened.items() if len(months) == 1}
    return {**short, **words}


_SHORT = 3
