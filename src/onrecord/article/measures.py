"""Numbers, times of day and lengths of time, as words say them."""

import re

from onrecord.article.grammar import NUMBER, NUMBERS, UNIT, UNITS

__all__ = ["CLOCK", "length_value", "read_amount", "read_clock", "read_number"]

CLOCK = re.compile(
    r"(?<!\d)(\d{1,2})(?:(?:[:.](\d\d))?\s?([ap])\.?m\b|:(\d\d)(?::(\d\d))?(?!\d))", re.IGNORECASE
)
_AMOUNT = re.compile(rf"\b(?P<number>{NUMBER})(?: more)?[ -](?P<unit>{UNIT})", re.IGNORECASE)


def read_clock(words: str) -> str:
    """Return the time of day that words print, as "16:07"; "" when they print none."""
    lowered = words.lower()
    if "midday" in lowered or re.search(r"\bnoon\b", lowered):
        return "12:00"
    if "midnight" in lowered:
        return "24:00"
    found = CLOCK.search(words)
    if found is None:
        return ""
    hour, minute = int(found[1]), found[2] or found[4] or "00"
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    return (
        f"{hour:02d}:{minute}" + (f":{found[5]}" if found[5] else "") if hour < 24 and minute < "60" else ""
    )


def read_number(words: str) -> float | None:
    """Return the number that words say ("two", "a dozen", "2 1/2", "twenty-one"); None for "several"."""
    words = words.lower().strip().replace(",", "").removesuffix(" of")
    if words.endswith(("1/2", "½")):
        whole = words.removesuffix("1/2").removesuffix("½").strip()
        return (float(whole) if whole else 0) + 0.5
    if words in ("a hundred",):
        return 100
    if " " in words or "-" in words:
        parts = [NUMBERS.get(part) for part in re.split(r"[ -]", words) if part not in ("a", "an")]
        return float(sum(part for part in parts if part is not None)) if all(parts) else None
    if words in NUMBERS:
        return NUMBERS[words]
    try:
        return float(words)
    except ValueError:
        return None


def read_amount(words: str) -> tuple[float | None, str]:
    """Read "two weeks" as 2 and "week"."""
    found = _AMOUNT.search(words)
    if found is None:
        return None, "day"
    unit = found["unit"].lower()
    return read_number(found["number"]), "century" if unit.startswith("centur") else unit.removesuffix("s")


def length_value(number: float | None, unit: str) -> str:
    """Return a length of time as a TIMEX3 value: two weeks are "P2W", several years "PXY", half an hour
    "PT30M"."""
    _, many, letter = UNITS[unit]
    time, letter = ("T", letter[1]) if letter[0] == "T" else ("", letter)
    if number is None:
        return f"P{time}X{letter}"
    number *= max(many, 1)
    whole = int(number)
    if number == whole:
        return f"P{time}{whole}{letter}"
    finer = {"Y": "6M", "H": "30M", "M": "30S"}.get(letter)
    return f"P{time}{whole or ''}{letter if whole else ''}{finer}" if finer else f"P{time}{number:g}{letter}"
