"""`onrecord export`: all entries as a file for other programs."""

import sys
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from onrecord.errors import BadRequest
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import count_of, show_json, warn
from onrecord.views.whole import write_whole

__all__ = ["export"]


def export(
    context: typer.Context,
    format: Annotated[
        str, typer.Option(help="jsonl (everything) or csv (flattened, for a spreadsheet).")
    ] = "jsonl",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of standard output."),
    ] = None,
    comments: Annotated[
        bool, typer.Option("--comments", help="Write readers' comments instead, with readers by number.")
    ] = False,
    handles: Annotated[
        bool, typer.Option("--handles", help="With --comments: readers' handles and words as printed.")
    ] = False,
    reviews: Annotated[
        bool, typer.Option("--reviews", help="Write what people decided instead; `review load` reads it.")
    ] = False,
    training: Annotated[
        bool,
        typer.Option("--training", help="Write corrected statements, before and after, as rows to train on."),
    ] = False,
) -> None:
    """Write all statements to a file, one a line.

    Readers' comments are not statements: they are written only when asked for, as rows of their own. A handle
    leads to a person whom nobody asked, so --handles is not the default.

    In CSV a cell that a spreadsheet would run as a formula (it opens with = + - or @) gets an apostrophe in
    front.
    """
    from onrecord.ledger import iter_comments, iter_entries
    from onrecord.ledger.reviewing import export_reviews
    from onrecord.views.export import FORMATS, export_comments, export_entries
    from onrecord.views.reviews import export_reviews_to
    from onrecord.views.training_rows import export_training, training_rows

    if format not in FORMATS:
        raise BadRequest(f"the format asked for is {format!r}; --format takes {' or '.join(FORMATS)}")
    if comments and format != "jsonl":
        raise BadRequest("readers' comments are written as JSONL only; leave --format csv away")
    if reviews and (comments or format != "jsonl"):
        raise BadRequest("reviews are written as JSONL and alone; leave --comments and --format csv away")
    if training and (comments or reviews or format != "jsonl"):
        raise BadRequest("rows to train on are JSONL and alone; leave --comments, --reviews and csv away")
    if handles and not comments:
        raise BadRequest("statements have no readers' handles; --handles goes with --comments")
    with open_for_reading(context) as ledger:

        def write(out: BinaryIO) -> int:
            if training:
                return export_training(training_rows(ledger), out)
            if reviews:
                return export_reviews_to(export_reviews(ledger), out)
            if comments:
                return export_comments(iter_comments(ledger, handles=handles), out)
            return export_entries(iter_entries(ledger), format, out)

        if output is None:
            sys.stdout.flush()
            write(sys.stdout.buffer)
            return
        try:
            written = write_whole(output, write)
        except OSError as error:
            raise BadRequest(
                f"{output} can't be written: {error.strerror or error}; choose another place with --output"
            ) from error
    what = "pages" if training else "reviews" if reviews else "comments" if comments else "entries"
    if settings(context).as_json:
        show_json({"output": str(output), "format": format, what: written})
    else:
        thing = {"pages": "page", "reviews": "review", "comments": "comment", "entries": "statement"}[what]
        warn(f"{count_of(written, thing)} written to {output}")
