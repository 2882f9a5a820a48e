"""The questions that teach through whom a statement came (`training.rankers`): each statement that pairs with
one of the hand-made ledger asks for its carrier. Right is every candidate of that name, nobody where the gold
has no chain."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.people.fold import fold
from onrecord.statements.via_signals import Carrier, Way, find_carriers, measure_via, ruled_carrier
from training.ledger_pages import outlet_of
from training.ranker import Question
from training.who import name_speakers

Row = dict[str, Any]


def list_questions(row: Row, data: Path, scorer: Any) -> Iterator[Question]:
    """Yield what is asked on a page; the way of earlier statements is told by the rules, as it is when the
    program reads."""
    scene, said, paired = name_speakers(row, data, scorer)
    way = Way(scene, said)
    for at, one in enumerate(said):
        gold = paired.get(at)
        carriers = find_carriers(way, one)
        signals = [dict(measure_via(way, one, carriers, carrier)) for carrier in carriers]
        if gold is not None:
            right = [is_right(carrier, gold["via"]) for carrier in carriers]
            if len(carriers) > 1:
                through = [fold(relay.name) for relay in one.via if not relay.told]
                kind = "carried" if gold["via"] else "none"
                ruled = through == [fold(via) for via in gold["via"]]
                yield Question(row["id"], outlet_of(row), kind, signals, right, ruled)
        way.came.append((one, ruled_carrier(one)))


def is_right(carrier: Carrier, via: list[str]) -> bool:
    if not via or carrier.name is None:
        return not via and carrier.name is None
    return _plain(carrier.name) == _plain(via[-1]) or _plain(carrier.name) == _plain(via[0])


def _plain(name: str) -> str:
    return fold(re.sub(r"^the\s+", "", name, flags=re.IGNORECASE))
