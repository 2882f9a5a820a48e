"""`onrecord batch`: archives into tables, on all cores or on a cluster."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.errors import BadRequest
from onrecord.views.settings import settings
from onrecord.views.terminal import progress_bar, say, show_json

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
    show_json(done) if as_json else say(f"{done}")
