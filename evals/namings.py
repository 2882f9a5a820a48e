"""May two namings be one? `python -m evals.namings`: two tables of pairs of our own, judged as a desk would.

`tests/cases/people.md` was there when the rules were written, `people-again.md` was written afterwards. Of
the pairs that the program says are one on whatever pages they stand the share that are (precision), of those
that are the share that it says (recall), and the share of all answers that are right.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.people import Naming, Verdict, compare

__all__ = ["AGAIN", "PAIRS", "Pair", "judge", "main", "read_pairs", "score"]

_CASES = Path(__file__).parent.parent / "tests" / "cases"
PAIRS = _CASES / "people.md"
AGAIN = _CASES / "people-again.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two namings as the table has them, the section, and what a desk would answer."""

    section: str
    one: str
    other: str
    answer: str


def read_pairs(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a table in Markdown."""
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:].strip()
        elif line.startswith("| ") and not line.startswith("| one |"):
            one, other, answer, _ = (cell.strip() for cell in line.strip("|").split("|"))
            yield Pair(section=section, one=one, other=other, answer=answer)


def judge(pair: Pair) -> Verdict:
    """Return what the program says of a pair."""
    return compare(*(_read_naming(words, pair.section) for words in (pair.one, pair.other)))


def _read_naming(words: str, section: str) -> Naming:
    name, role, day = ([part.strip() for part in words.split("·")] + ["", ""])[:3]
    bodies = section.startswith("Bodies")
    return Naming(name=name, type="institution" if bodies else "person", role=role or None, day=day or None)


def score(path: Path) -> dict[str, float]:
    """Return precision and recall of "one", and the share of right answers."""
    told = Counter((pair.answer, judge(pair).answer) for pair in read_pairs(path))
    right = sum(count for (wanted, found), count in told.items() if wanted == found)
    joined = sum(count for (_, found), count in told.items() if found == "one")
    wanted = sum(count for (answer, _), count in told.items() if answer == "one")
    hit = told["one", "one"]
    return {"P": hit / max(1, joined), "R": hit / max(1, wanted), "right": right / told.total()}


def main(argv: list[str]) -> None:
    """Print the figures of both tables; with `--show` the pairs that are wrong."""
    for path in (PAIRS, AGAIN):
        figures = "  ".join(f"{name} {value:.4f}" for name, value in score(path).items())
        print(f"{path.name}: {sum(1 for _ in read_pairs(path))} pairs  {figures}")
        for pair in read_pairs(path) if "--show" in argv else ():
            if (found := judge(pair)).answer != pair.answer:
                print(f"  {pair.one} | {pair.other}: {pair.answer}, found {found.answer} ({found.why})")


if __name__ == "__main__":
    main(sys.argv[1:])
