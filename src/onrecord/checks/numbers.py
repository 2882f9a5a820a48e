"""Numbers in words and in digits, as one form: "five" is 5, "two and a half thousand" is left alone. Pure."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

__all__ = ["NUMBER_WORDS", "ORDINALS", "Number", "read_number"]


class Number(NamedTuple):
    """A number as digits, and how many words it was written in."""

    value: str
    words: int


_UNITS = {
    word: n
    for n, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
NUMBER_WORDS = frozenset(_UNITS) | frozenset(_TENS)
"""The words with which a number in words begins."""
ORDINALS = {
    "1st": "first",
    "2nd": "second",
    "3rd": "third",
    "4th": "fourth",
    "5th": "fifth",
    "6th": "sixth",
    "7th": "seventh",
    "8th": "eighth",
    "9th": "ninth",
    "10th": "tenth",
}


def read_number(words: Sequence[str], *, short: bool = False) -> Number | None:
    """Read the number with which these words begin; None when they begin with none.

    `short` takes "5m" for five million, as after a sign of currency.
    """
    if not words:
        return None
    if words[0][:1].isdigit():
        return _read_digits(words, short)
    total, here, taken = 0, 0, 0
    last = 10**15  # scales come from the largest to the smallest
    ready = ""  # what a unit may follow: "" nothing yet, "tens", "hundred", "scale"
    for at, word in enumerate(words):
        if (word in _UNITS and ready in ("", "hundred", "scale")) or (
            word in _UNITS and ready == "tens" and 0 < _UNITS[word] < 10
        ):
            here, ready, taken = here + _UNITS[word], "unit", at + 1
        elif word in _TENS and ready in ("", "hundred", "scale"):
            here, ready, taken = here + _TENS[word], "tens", at + 1
        elif word == "hundred" and 0 < here < 100 and ready in ("unit", "tens"):
            here, ready, taken = here * 100, "hundred", at + 1
        elif word in _SCALES and here and _SCALES[word] < last:
            total, last = total + here * _SCALES[word], _SCALES[word]
            here, ready, taken = 0, "scale", at + 1
        elif word == "and" and ready in ("hundred", "scale"):
            continue
        else:
            break
    return Number(str(total + here), taken) if taken else None


def _read_digits(words: Sequence[str], short: bool) -> Number | None:
    digits = words[0].replace(",", "")
    tail = digits.lstrip("0123456789.")
    scale = _SHORT.get(tail) if short and tail else None
    try:
        value = Decimal(digits[: len(digits) - len(tail)] if scale else digits)
    except InvalidOperation:
        return None
    if len(digits) > 40 or not value.is_finite():
        return None
    taken = 1
    if scale is not None:
        value *= scale
    elif len(words) > 1 and words[1] in _SCALES:
        value, taken = value * _SCALES[words[1]], 2
    elif value == value.to_integral_value() and "." not in digits:
        return Number(digits, 1)
    return Number(_written(value), taken)


def _written(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
