"""How likely an attribution is a statement as the ledger counts them; what is not likely enough is left out.

A logistic model over a few signals; `training/likely.py` fits its weights. How sure a statement is that did
enter, words and speaker, is told by `confidence`.
"""

import math

from onrecord.statements.rules.attribution import Attribution
from onrecord.types import Kind
from onrecord.wordlists import read_list

__all__ = ["LEAST", "SIGNALS", "log_odds", "measure_likely", "measure_signals"]

SIGNALS = (
    "constant",
    "cue",
    "content",
    "ruled",
    "said",
    "quoted",
    "sourced",
    "unrated",
    "settled",
    "secondary",
)
# What is less likely than this does not enter a ledger; chosen on the development pages (evals/LOG.md).
LEAST = 0.5
# Rates are kept off 0 and 1, where their odds have no end.
EDGE = 0.005
SAID = {"say", "report", "according", "quote", "refuse"}


def measure_signals(one: Attribution, kind: Kind) -> tuple[float, ...]:
    """Return the signals in the order of SIGNALS: the log odds of cue and content, then those of 0 or 1.
    A quotation without a cue and a refusal, which need no content, are nothing that the reader can rate."""
    rated = bool(one.cue) and not one.no_comment
    return (
        1.0,
        log_odds(one.rate) if rated else 0.0,
        log_odds(one.sure) if rated else 0.0,
        float(one.ruled),
        float(one.cls in SAID and "s" not in one.flags),
        float(kind in ("direct", "mixed")),
        float(one.source is not None),
        float(not rated),
        float(one.ruled and kind == "direct" and one.source is not None),
        float("s" in one.flags or one.cls == "think"),
    )


def log_odds(rate: float) -> float:
    rate = min(max(rate, EDGE), 1 - EDGE)
    return math.log(rate / (1 - rate))


def measure_likely(one: Attribution, kind: Kind) -> float:
    """Return how likely this is a statement, between 0 and 1; 0 for what nobody has said."""
    if one.unsaid:
        return 0.0
    weights = read_weights()
    total = sum(w * signal for w, signal in zip(weights, measure_signals(one, kind), strict=True))
    return 1 / (1 + math.exp(-total))


def read_weights() -> tuple[float, ...]:
    return tuple(float(weight) for _, weight in read_list("likely.tsv"))
