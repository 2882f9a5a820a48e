"""How sure a statement is: the chance that its speaker and its words are both right.

Two logistic models over a few named signals, fitted on hand-made ledgers by `training/confidence.py`: the
chance that the page has these words as a statement, a quotation word for word; and the chance that, if so,
they are this speaker's. An entry is right when both are, so its figure is their product. Of an entry that
names nobody the second is the chance that the page names nobody.
"""

import math
from dataclasses import dataclass
from functools import cache

from onrecord.statements.rules.attribution import Said
from onrecord.statements.signals import Signals, measure_speaker, measure_words
from onrecord.statements.speakers.roster import Roster
from onrecord.types import Kind
from onrecord.wordlists import read_list

__all__ = ["Sure", "measure_confidence", "read_weights"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """How sure an entry is, and its speaker alone, from 0 to 1."""

    entry: float
    speaker: float


def measure_confidence(text: str, one: Said, kind: Kind, roster: Roster) -> Sure:
    """Return how likely words and speaker are right. Rounded down: never more than there is."""
    words = _chance("words", measure_words(text, one, kind))
    speaker = _chance("speaker", measure_speaker(text, one, roster))
    return Sure(entry=_round_down(words * speaker), speaker=_round_down(speaker))


def _chance(model: str, signals: Signals) -> float:
    weights = read_weights()
    total = sum(weights[model, name] * value for name, value in signals.items())
    return 1 / (1 + math.exp(-total))


def _round_down(share: float) -> float:
    return math.floor(share * 1000) / 1000


@cache
def read_weights() -> dict[tuple[str, str], float]:
    """Return the weight of each signal, by model and signal."""
    return {(model, signal): float(weight) for model, signal, weight in read_list("confidence.tsv")}
