"""Can two given names be one person's, and whose can a given name be? Pure."""

from collections import defaultdict
from functools import cache
from typing import Literal

from onrecord.people.fold import fold
from onrecord.people.spelling import spell
from onrecord.wordlists import read_list

__all__ = ["Fit", "fit_givens", "fits_given", "forms_of", "is_form_of", "is_given", "sexes_of"]

Fit = Literal["all", "initial"]
"""How given names fit: every one that both have, or by one initial alone, which fits many."""


def fit_givens(one: tuple[str, ...], other: tuple[str, ...]) -> Fit | None:
    """Say how the given names of two people fit: "M." and "Mara" by an initial, "J. K." and "Jonas Karl" by
    all; None where they don't. A middle name may be left out, and so may an initial before it.
    """
    found = _fit_from_first(one, other)
    if found:
        return found
    # "W. Mark Felt" goes by "Mark Felt": a leading initial may be left out.
    for a, b in ((one, other), (other, one)):
        if len(a) > 1 and len(a[0]) == 1 and min(len(a[1]), len(b[0])) > 1:
            return _fit_from_first(a[1:], b)
    return None


def _fit_from_first(one: tuple[str, ...], other: tuple[str, ...]) -> Fit | None:
    pairs = list(zip(one, other, strict=False))
    if not pairs or not all(fits_given(a, b) for a, b in pairs):
        return None
    # One initial fits whoever has that letter; two that fit, or one that both print so, say enough.
    return "initial" if len(pairs) == 1 and _is_initial(*pairs[0]) else "all"


def _is_initial(one: str, other: str) -> bool:
    return (len(one) == 1) is not (len(other) == 1)


def fits_given(one: str, other: str) -> bool:
    """Say whether two given names can be one: equal, an initial, two spellings, or forms of one name."""
    if one == other or spell(one) == spell(other) or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return True
    return bool(_full_forms().get(one, {one}) & _full_forms().get(other, {other}))


def is_form_of(one: str, other: str) -> bool:
    """Say whether one of two given names stands for the other: "Kathy" for "Catherine", not for "Katie"."""
    if one == other or spell(one) == spell(other):
        return True
    return one in _full_forms().get(other, ()) or other in _full_forms().get(one, ())


def forms_of(word: str) -> set[str]:
    """Return a given name in the one spelling, and the full forms that it may stand for: two names of which
    one stands for the other share one of these.
    """
    return {spell(word), word, *_full_forms().get(word, ())}


def is_given(word: str) -> bool:
    """Say whether a folded word is a known given name."""
    return word in _full_forms() or word in _first_names()


@cache
def _first_names() -> frozenset[str]:
    return frozenset(fold(row[0]) for row in read_list("first_names.tsv"))


def sexes_of(given: str) -> str:
    """Return whose name a given name is: "m", "f", both; "" where it is not known."""
    return _sexes().get(given, "")


@cache
def _sexes() -> dict[str, str]:
    found: dict[str, str] = defaultdict(str)
    for full, forms, sex, _ in read_list("nicknames.tsv"):
        for form in (full, *forms.split()):
            found[form] += sex
    return dict(found)


@cache
def _full_forms() -> dict[str, frozenset[str]]:
    """Return for every given name of the list the full forms that it may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for full, forms, *_ in read_list("nicknames.tsv"):
        for form in (full, *forms.split()):
            found[form].add(full)
    return {form: frozenset(full) for form, full in found.items()}
