"""`onrecord problems`: what went wrong with which page."""

import typer

from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import say, show_json, show_table

__all__ = ["problems"]


def problems(context: typer.Context) -> None:
    """List the trouble that pages gave: where, what was found, and what was done about it."""
    from onrecord.ledger import list_problems

    with open_for_reading(context) as ledger:
        found = list_problems(ledger)
    if settings(context).as_json:
        show_json({"problems": found})
    elif found:
        rows = [(problem.place or "", problem.stage, problem.message) for problem in found]
        show_table(
            ("place", "stage", "message"), rows, wide="message", stacks=(("place", "stage"), ("message",))
        )
    else:
        say("No problems.")
