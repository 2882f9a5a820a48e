"""`onrecord verify`: does every entry still prove its words?"""

import typer

from onrecord.errors import LedgerDamaged
from onrecord.types import Problem
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import count_of, progress_bar, say, show_json, styled

__all__ = ["verify"]


def verify(context: typer.Context) -> None:
    """Prove the ledger: captures against their digests, texts against captures, statements against texts.

    Nothing is mended and nothing is moved to words that look alike. Ends with exit code 7 if anything does
    not prove.
    """
    from onrecord.ledger import check_ledger, count

    as_json = settings(context).as_json
    with open_for_reading(context) as ledger, progress_bar("Proving", quiet=as_json) as step:
        counts = count(ledger)
        found = list(check_ledger(ledger, progress=step))
    if as_json:
        show_json(
            {"proved": not found, "captures": counts.captures, "entries": counts.entries, "problems": found}
        )
    else:
        _show(found, counts.captures, counts.entries)
    if found:
        raise typer.Exit(LedgerDamaged.exit_code)


def _show(found: list[Problem], captures: int, entries: int) -> None:
    everything = f"{count_of(captures, 'capture')} and {count_of(entries, 'statement', 'statements')}"
    if not found:
        say(styled("Proved: ", "bold green"), f"{everything} are what they say they are.")
        return
    say(styled("Does not prove: ", "bold red"), f"{count_of(len(found), 'problem')} among {everything}.")
    for problem in found:
        say(
            ((problem.place or problem.payload_digest or "ledger", "bold"), (f": {problem.message}", "")),
            indent=2,
        )
