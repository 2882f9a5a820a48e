"""Do statements that people hold for inconsistent differ in a denial or number? `python -m evals.opposed F`.

F is idb_dev, prosecco_dev or rte3_en_3way of local data, development sets of which totals are read and
nothing else. This is what word by word comparison can tell of two parties' or two days' statements, and why
no view says that parties differ: `checks/differences.py` tells how two wordings of one thing differ.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from evals.rows import read_rows
from evals.scoring import Score
from onrecord.checks.differences import compare_wordings

__all__ = ["score"]

OPPOSED = frozenset({"Inconsistent", "self-contradiction", "NO"})
KINDS = frozenset({"denial", "number"})


def score(source: Path) -> Score:
    """Return how many of the pairs that people hold for inconsistent are found, and how many found are."""
    found = right = opposed = beside = aligned = 0
    for first, second, is_opposed in _read(source):
        wordings = compare_wordings(first, second)
        claims = wordings is not None and any(one.kind in KINDS for one in wordings.differences)
        opposed += is_opposed
        beside += not is_opposed
        aligned += wordings is not None
        found += claims
        right += claims and is_opposed
    return {
        "alike enough to compare": aligned / (opposed + beside),
        "found right": right / max(found, 1),
        "of the inconsistent": right / opposed,
        "false alarms": (found - right) / beside,
    }


def _read(source: Path) -> Iterator[tuple[str, str, bool]]:
    for row in read_rows(source):
        first, second = ("a", "b") if "a" in row else ("text", "hypothesis")
        yield row[first], row[second], str(row.get("label") or row["label3"]) in OPPOSED


if __name__ == "__main__":
    print(score(Path(sys.argv[1])))
