"""Run a scorer and read what it says."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

__all__ = ["Score", "run_scorer"]

Score = dict[str, float]


def run_scorer(scorer: Path, gold: Path, out: Path, *flags: str) -> Score:
    """Return the figures of a scorer that reads GOLD and OUT."""
    command = [sys.executable, str(scorer), *flags, str(gold), str(out)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if scorer.name == "statements.py":
        return _relations(json.loads(said))
    if "--json" in flags:
        return {key: value for key, value in json.loads(said).items() if isinstance(value, float)}
    return _printed(said)


def _relations(said: dict[str, Any]) -> Score:
    score = {"whole F1": said["rel_whole"]["all"]["f1"]}
    score |= {f"whole {kind} F1": said["rel_whole"][kind]["f1"] for kind in ("direct", "mixed", "indirect")}
    score |= {f"{role} exact F1": said[role]["exact"]["f1"] for role in ("cue", "source", "content")}
    return score


def _printed(said: str) -> Score:
    """Read "name .123" pairs, one a line or several."""
    score: Score = {}
    for line in said.splitlines():
        for name, value in re.findall(r"([A-Za-z][A-Za-z1 ]*?)\s+(\d*\.\d+)(?![\d.])", line):
            name = re.sub(r"^.*BCubed P$", "BCubed P", name.strip())
            score[{"R": "R", "P": "P"}.get(name, name)] = float(value)
    if "BCubed P" in score and "F1" in score:
        score["BCubed F1"] = score.pop("F1")
    return score
