"""`onrecord batch`: archives into tables, on all cores or on a cluster."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import BadRequest, BatchError
from onrecord.views.settings import settings
from onrecord.views.terminal import bold, count_of, progress_bar, say, show_json

if TYPE_CHECKING:
    from onrecord.batch import BatchSummary

__all__ = ["batch"]


def batch(
    context: typer.Context,
    places: Annotated[
        list[str],
        typer.Argument(metavar="IN... OUT", help="Archives or folders to read, then the folder to write to."),
    ],
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="So many processes; else one a core.")
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Run on this Ray cluster (local: one on this machine)."),
    ] = None,
) -> None:
    """Read archives into Parquet tables, on all cores or on a Ray cluster.

    What was stopped is finished by the same command again. `onrecord add OUT` loads the tables into a ledger.
    """
    from onrecord.batch import run_batch

    if len(places) < 2:
        raise BadRequest(
            "batch needs at least two places: one archive or more to read, then the folder to write to"
        )
    *uris, out = places
    as_json = settings(context).as_json
    with progress_bar("Shards", quiet=as_json) as step:
        done = run_batch(uris, Path(out), workers=workers, ray=ray, progress=step)
    show_json(done) if as_json else _show(done)
    if done.failed:
        raise typer.Exit(BatchError.exit_code)


def _show(done: "BatchSummary") -> None:
    """Say what was read and what can't be read, and how to go on."""
    pages, statements = count_of(done.pages, "page"), count_of(done.entries, "statement")
    problems = count_of(done.problems, "problem") if done.problems else "no problems"
    say(f"Shards: {len(done.shards):,} finished, {len(done.failed):,} failed.")
    say(f"Tables in {done.out}: {pages}, {statements}, {problems}.")
    for failed in done.failed:
        say(bold(failed.uri), f": {failed.message}", indent=2)
    for place in done.cut_off:
        say(bold(place), ": the archive ends too early; fetch it again", indent=2)
    say(f"`onrecord add {done.out}` loads them into a ledger; the same batch again does what is left.")
