"""Events that look alike: are they kept apart? `python -m evals.lookalikes`.

`lookalikes.md` has ten kinds of event in two writings each. Of every kind 20 pairs are two events of one week
(other places, people and numbers in the two writings, or in one writing twice), and 20 are one event in two
writings. Each pair is grouped beside the pages of the other kinds, so that words tell as much as in a small
ledger. Seeded.
"""

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from evals.scoring import Score
from onrecord.across import StoryArticle, group_stories

__all__ = ["TEXTS", "score"]

TEXTS = Path(__file__).with_name("lookalikes.md")
PAIRS = 20
SEED = 7
PLACES = (
    "Karsk Selm Dorn Harl Ellery Orrin Tarn Wexley Mirle Corven Askel Brunn Dallow Feld Garsby Hollen Irmet "
    "Jorvel Kestrin Lomard"
).split()
RIVERS = "Selm Orr Tarn Wex Mirle Corve Ask Brun Dall Felde Gar Holl Irm Jorve Kest Lom Neer Oss".split()
GIVEN = "Mara Ivo Hanne Piet Orla Samuel Edda Tobin Una Dana Mina Anna Joost Vesna Karel Ilse".split()
FAMILY = (
    "Ostrey Lann Dorvik Aldous Finch Okoro Corvin Vale Teller Ruel Calder Holm Brandt Lind Imber Dix".split()
)
DAYS = "Monday Tuesday Wednesday Thursday Friday".split()


def read_kinds() -> Iterator[tuple[str, list[str]]]:
    """Yield each kind of event with its writings."""
    for part in TEXTS.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, _, rest = part.partition("\n")
        yield name, [re.sub(r"\s+", " ", text).strip() for text in rest.strip().split("\n\n")]


def make_fill(chance: random.Random, taken: dict[str, str]) -> dict[str, str]:
    """Return what one event is filled in with, nothing of it as in another."""
    while True:
        fill = {
            "place": chance.choice(PLACES),
            "river": chance.choice(RIVERS),
            "person": f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}",
            "number": str(chance.randint(12, 90)),
            "day": chance.choice(DAYS),
        }
        same = fill["place"] == taken.get("place") or fill["river"] == taken.get("river")
        if not same and fill["person"] != taken.get("person") and fill["place"] != fill["river"]:
            return fill


def score(_: Path) -> Score:
    """Group every pair beside others; return the shares of look-alikes joined and of one event joined."""
    chance = random.Random(SEED)
    kinds = list(read_kinds())
    joined = {True: 0, False: 0}
    for name, writings in kinds:
        others = [text.format(**make_fill(chance, {})) for kind, (text, _) in kinds if kind != name]
        for _ in range(PAIRS):
            first = make_fill(chance, {})
            second = make_fill(chance, first)
            one, two = chance.sample(writings, 2)
            alike = chance.choice((one, two))
            joined[False] += are_joined(one.format(**first), alike.format(**second), others)
            joined[True] += are_joined(one.format(**first), two.format(**first), others)
    pairs = PAIRS * len(kinds)
    return Score(
        {
            "look-alikes kept apart": 1 - joined[False] / pairs,
            "one event joined": joined[True] / pairs,
        }
    )


def are_joined(one: str, two: str, others: list[str]) -> bool:
    texts = [one, two, *others]
    articles = [
        StoryArticle(id=str(at), headline=None, text=text, days=(f"2031-03-{10 + at % 3}",))
        for at, text in enumerate(texts)
    ]
    groups = group_stories(articles)
    return groups["0"] == groups["1"]


if __name__ == "__main__":
    print(score(Path(sys.argv[0])))
