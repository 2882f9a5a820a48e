"""Reports that are no copies: are they kept apart? `python -m evals.copies_apart`.

Two reports of one event that print the same statement at length, in their own words around it
(`copies_apart.md`, put into the writings of `lookalikes.md`), and one writing filled in twice, with other
places, people and numbers: a form. Both also as a bad scan reads them. Seeded.
"""

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from evals.copies_noisy import misprint
from evals.lookalikes import make_fill, read_kinds
from evals.scoring import Score
from onrecord.across import group_copies

__all__ = ["STATEMENTS", "score"]

STATEMENTS = Path(__file__).with_name("copies_apart.md")
PAIRS = 20  # of each kind of event
FEWEST = 3  # sentences of a statement that both papers have at least
SEED = 13
SAID = ("the statement said", "it went on", "and then, after a pause", "was the answer to a question")


def main() -> None:
    """Print the shares of reports and of forms kept apart, as printed and misread."""
    for noise in (0.0, 0.03, 0.05):
        print(f"{noise:.0%} misread", {name: round(value, 3) for name, value in score(noise).items()})


def score(noise: float) -> Score:
    """Return the share of pairs kept apart: of reports with one statement, and of forms filled in twice."""
    chance = random.Random(SEED)
    statements = dict(read_statements())
    kept = {"one statement kept apart": 0, "forms kept apart": 0}
    kinds = list(read_kinds())
    for kind, writings in kinds:
        for _ in range(PAIRS):
            fill = make_fill(chance, {})
            said = statements[kind][: chance.randint(FEWEST, len(statements[kind]))]
            reports = [put_into(text.format(**fill), said, chance) for text in writings]
            kept["one statement kept apart"] += are_apart(reports, noise, chance)
            form = " ".join(chance.choice(writings) for writings in (writings, writings[::-1]))
            forms = [form.format(**fill), form.format(**make_fill(chance, fill))]
            kept["forms kept apart"] += are_apart(forms, noise, chance)
    return {name: count / (PAIRS * len(kinds)) for name, count in kept.items()}


def read_statements() -> Iterator[tuple[str, list[str]]]:
    """Yield for each kind of event the sentences of its statement."""
    for part in STATEMENTS.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, _, rest = part.partition("\n")
        yield name, re.split(r"(?<=[.?!]) ", re.sub(r"\s+", " ", rest).strip())


def put_into(text: str, said: list[str], chance: random.Random) -> str:
    """Put a statement into a report: whole, or in two parts with other words between."""
    sentences = re.split(r"(?<=[.?!\"]) (?=[A-Z\"])", text)
    parts = [" ".join(said)]
    if chance.random() < 0.5:
        cut = chance.randint(1, len(said) - 1)
        parts = [" ".join(said[:cut]), " ".join(said[cut:])]
    said_by = chance.sample(SAID, len(parts))
    quoted = [f"“{part}” {by}." for part, by in zip(parts, said_by, strict=True)]
    places = sorted(chance.sample(range(1, len(sentences) + 1), len(parts)), reverse=True)
    for place, words in zip(places, reversed(quoted), strict=True):
        sentences.insert(place, words)
    return "\n\n".join(sentences)


def are_apart(texts: list[str], noise: float, chance: random.Random) -> bool:
    """Say whether neither of two is taken for a copy of the other; both are misread."""
    groups = group_copies({str(at): misprint(text, noise, chance) for at, text in enumerate(texts)})
    return groups["0"] != groups["1"]


if __name__ == "__main__":
    main(*sys.argv[1:])
