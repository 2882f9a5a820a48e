"""Write the names of months into `src/onrecord/data/months.tsv`: `python -m training.months`.

They are Unicode's (CLDR, "dates/calendars/gregorian", read through Babel): as they stand in a date and alone,
whole and short, with what a language writes onto them in a date (Hebrew "במרץ", Basque "martxoaren").
Languages that number their months (Chinese, Korean, Vietnamese) need none.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel import Locale, localedata

__all__ = ["LANGUAGES", "OUT", "render"]

OUT = Path(__file__).parent.parent / "src/onrecord/data/months.tsv"
# Arabic has two sets of names, one of them in use from Lebanon to Iraq; Serbian and Uzbek have two scripts.
LANGUAGES = (
    *("af", "am", "ar", "ar_LB", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "de_AT", "el"),
    *("es", "et", "eu", "fa", "fi", "fil", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is"),
    *("it", "ka", "kk", "km", "kn", "ky", "lb", "lo", "lt", "lv", "mk", "ml", "mr", "ms", "mt", "my", "nb"),
    *("ne", "nl", "pa", "pl", "pt", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sr_Latn", "sv", "sw"),
    *("ta", "te", "tg", "th", "tr", "uk", "ur", "uz", "xh", "zu"),
)
HEAD = """\
# Months as newspapers print them outside English: month, word, languages. Written by training/months.py.
# Origin: Unicode CLDR, "dates/calendars/gregorian", through Babel (Unicode licence v3).
"""
FEWEST_LETTERS = 2
_AFFIXES = re.compile(r"(?:^|\s)(?P<before>[^\s\dA-Za-z',.]*)MMMM(?P<after>'[^\s']+')?")


def main() -> None:
    """Write the list anew."""
    OUT.write_text(render(), encoding="utf-8")


def render() -> str:
    """Return the list as it stands in the file."""
    languages: dict[tuple[int, str], list[str]] = {}
    for language in LANGUAGES:
        code = {"nb": "no"}.get(language, language.split("_")[0])
        for month, word in sorted(set(find_words(language))):
            held = languages.setdefault((month, word), [])
            held += [code] if code not in held else []
    rows = (f"{month}\t{word}\t{' '.join(codes)}" for (month, word), codes in sorted(languages.items()))
    return HEAD + "\n".join(rows) + "\n"


def find_words(language: str) -> Iterator[tuple[int, str]]:
    """Yield the months of a language, in lower case, without the stop of a short form."""
    # Babel's tables of one language leak into the next through what they share.
    localedata._cache.clear()
    locale = Locale.parse(language)
    affixes = _AFFIXES.search(str(locale.date_formats["long"].pattern))
    before = affixes["before"] if affixes else ""
    after = (affixes["after"] or "").strip("'") if affixes else ""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():
                word = clean(name)
                if word is None:
                    continue
                yield month, word
                if width == "wide" and before + after:
                    yield month, f"{before}{word}{after}"


def clean(name: str) -> str | None:
    """Return a month's word without its preposition ("de març"); None where it is no single word."""
    words = unicodedata.normalize("NFC", name).lower().removeprefix("de ").removeprefix("d’").rstrip(".׳")
    letters = sum(c.isalpha() for c in words)
    if letters < FEWEST_LETTERS or any(c.isspace() or c.isdigit() for c in words):
        return None
    return words


if __name__ == "__main__":
    main()
