"""Which of one last name is meant, where a page tells two of one family apart by their titles alone? Pure."""

from collections import defaultdict
from collections.abc import Iterable

from onrecord.people.parts import read_name

__all__ = ["tell_by_titles"]


def tell_by_titles(named: Iterable[tuple[str, str | None]]) -> dict[tuple[str, str | None], str]:
    """Return the names of people, each beside the words that name them at a saying, that are two of one last
    name on one page: "Otieno" said by "Mr Otieno" and by "Ms Otieno" are "Mr Otieno" and "Ms Otieno".
    """
    titled: dict[str, dict[str, list[tuple[str, str | None]]]] = defaultdict(lambda: defaultdict(list))
    for name, words in named:
        short, printed = read_name(name), read_name(words or "")
        same = printed.last == short.last and not printed.given and not short.given
        if same and short.sex is None and printed.sex is not None:
            titled[short.last][printed.sex].append((name, words))
    return {
        (name, words): f"{(words or '').split()[0]} {name}"
        for sexes in titled.values()
        if len(sexes) > 1
        for some in sexes.values()
        for name, words in some
    }
