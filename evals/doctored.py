"""Quotations as printed and doctored, asked of `check`: `python -m evals.doctored GOLD.jsonl [...]`.

For every direct quotation of the hand-made ledgers whose speaker is named, `check` is asked, by that name:

- whole: the words as printed; so many are *verbatim*, and the rest is what the reading of the page costs;
- part: eight words in a row from inside it; what is *cut* here is the price of naming words that turn the
  sense;
- doctored: a word left out, a "not" put in, a "not" left out, a word changed for one from elsewhere on the
  page, two neighbours swapped; none of these may be *verbatim*;
- of another: the whole words, by another speaker of the page; none may be *verbatim*;
- joined: the first half with the second half of the next quotation; none may be *verbatim*.

Doctored words that happen to stand so on the page are left out.
"""

import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.ledger import capture_of
from onrecord.checks.words import cut_words
from onrecord.errors import OnrecordError
from onrecord.ledger import Ledger, check_quotation, open_ledger, record_reading
from onrecord.reading import read

__all__ = ["main", "score"]

SEED = 5
FEWEST = 8  # words of a quotation that is asked for
NOT = re.compile(r"\b(not|never|no)\b|n[’']t\b", re.IGNORECASE)


def main(argv: list[str]) -> None:
    """Print the shares for each file of hand-made ledgers."""
    for path in map(Path, argv):
        print(path.stem, "  ".join(f"{name} {value:.3f}" for name, value in score(path).items()))


def score(path: Path) -> dict[str, float]:
    """Return how many quotations were asked for, and for each form the share that was verbatim."""
    asked: Counter[str] = Counter()
    verbatim: Counter[str] = Counter()
    for form, is_verbatim in ask_all(path):
        asked[form] += 1
        verbatim[form] += is_verbatim
    return {
        "quotations": float(asked["whole"]),
        **{form: verbatim[form] / asked[form] for form in FORMS if asked[form]},
        # The one that must not fall: what was never said so and is not verbatim.
        "held off": 1 - sum(verbatim[form] for form in NEVER) / max(1, sum(asked[form] for form in NEVER)),
    }


FORMS = (
    "whole",
    "part",
    "left out",
    "not put in",
    "not left out",
    "changed",
    "swapped",
    "of another",
    "joined",
)


NEVER = FORMS[2:]


def ask_all(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield each form that was asked for and whether the answer was verbatim. A ledger holds one page."""
    chance = random.Random(SEED)
    with path.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            capture = capture_of(row, path.parent)
            with tempfile.TemporaryDirectory() as folder:
                with open_ledger(Path(folder), create=True) as ledger:
                    record_reading(ledger, capture, read(capture))
                with open_ledger(Path(folder)) as ledger:
                    yield from ask_page(ledger, row, chance)


def ask_page(ledger: Ledger, row: dict[str, Any], chance: random.Random) -> Iterator[tuple[str, bool]]:
    """Ask for every quotation of a page."""
    found = [one for one in row["statements"] if one["kind"] == "direct" and one["speaker"]]
    quotations = [
        (" ".join(row["text"][s:e] for s, e in one["content"]), one["speaker"]["name"])
        for one in found
        if one["speaker"]["type"] == "person"
    ]
    names = sorted({name for _, name in quotations})
    text = spoken(row["text"])
    for number, (words, name) in enumerate(quotations):
        if len(words.split()) < FEWEST:
            continue
        following = quotations[(number + 1) % len(quotations)][0]
        for form, asked in doctor(words, following, row["text"], chance):
            # "No, we went," he said, "home" without its "No" stands so, too: over the cue, as it was said.
            if form in ("whole", "part") or not (stands(asked, text) or stands(asked, spoken(words))):
                yield form, is_verbatim(ledger, asked, name)
        for other in [one for one in names if one != name][:1]:
            yield "of another", is_verbatim(ledger, words, other)


def doctor(words: str, following: str, text: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield a quotation in each form."""
    parts = words.split()
    yield "whole", words
    start = chance.randrange(len(parts) - FEWEST + 1)
    yield "part", " ".join(parts[start : start + FEWEST])
    at = chance.randrange(1, len(parts) - 1)
    yield "left out", " ".join([*parts[:at], *parts[at + 1 :]])
    yield "not put in", " ".join([*parts[:at], "not", *parts[at:]])
    if (no := NOT.search(words)) is not None:
        yield "not left out", words[: no.start()] + words[no.end() :]
    other = chance.choice([word for word in text.split() if word.isalpha() and word not in parts] or ["blue"])
    yield "changed", " ".join([*parts[:at], other, *parts[at + 1 :]])
    yield "swapped", " ".join([*parts[: at - 1], parts[at], parts[at - 1], *parts[at + 1 :]])
    # A page may print one quotation twice, or have no other one.
    if [word.key for word in cut_words(following)] != [word.key for word in cut_words(words)]:
        rest = following.split()
        yield "joined", " ".join([*parts[: len(parts) // 2], *rest[len(rest) // 2 :]])


def spoken(text: str) -> str:
    """Return the words of a text in the form that is compared, a space round each."""
    return f" {' '.join(word.key for word in cut_words(text))} "


def stands(asked: str, text: str) -> bool:
    """Say whether words stand so on the page after all."""
    return spoken(asked) in text


def is_verbatim(ledger: Ledger, words: str, name: str) -> bool:
    """Ask; a name that the program knows nobody by has said nothing."""
    try:
        return check_quotation(ledger, words, by=name).verdict == "verbatim"
    except OnrecordError:
        return False


if __name__ == "__main__":
    main(sys.argv[1:])
