"""Through whom it came: for each statement the best of its possible carriers, or none, decided in reading
order.

Weighed by a small trained model over the signals of `via_signals`; a chain of several carriers is what the
grammar of the sentence tells.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.models.rankers import choose
from onrecord.statements.said import Said
from onrecord.statements.scene import Scene
from onrecord.statements.via_signals import Way, find_carriers, measure_via, ruled_carrier, say_via

__all__ = ["carry_said"]


def carry_said(scene: Scene, said: Sequence[Said]) -> Iterator[Said]:
    """Yield each statement with its chain."""
    way = Way(scene, said)
    for one in said:
        carriers = find_carriers(way, one)
        best = carriers[-1]
        if len(carriers) > 1:
            at, _ = choose("via", [measure_via(way, one, carriers, carrier) for carrier in carriers])
            best = carriers[at]
        way.came.append((one, ruled_carrier(one)))
        yield replace(one, via=say_via(scene, one, best))
