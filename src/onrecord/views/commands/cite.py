"""`onrecord cite`: statements as footnotes, for lists of sources and for programs that keep such lists."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.errors import BadRequest
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import clean, count_of, show_json, warn
from onrecord.views.whole import write_whole

__all__ = ["cite"]


def cite(
    context: typer.Context,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Statements, by the ids that every list shows.")
    ],
    format: Annotated[
        str, typer.Option(help="text (a footnote), markdown, csl (CSL-JSON, as Zotero reads it) or bibtex.")
    ] = "text",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of standard output."),
    ] = None,
) -> None:
    """Cite statements: who said it by the printed cue, the page, both days, and what proves the words.

    A denial is cited as a denial, a refusal as a refusal, a question as a question. Quotation marks stand
    only where the page prints marks.
    """
    from onrecord.views.citation_formats import join_citations, make_csl, read_format, render_citation
    from onrecord.views.citing import find_citations

    asked = read_format(format)
    with open_for_reading(context) as ledger:
        citations = find_citations(ledger, ids)
    if settings(context).as_json and output is None:
        shown = [
            {"id": one.id, "citation": make_csl(one) if asked == "csl" else render_citation(one, asked)}
            for one in citations
        ]
        show_json({"format": asked, "citations": shown})
        return
    text = join_citations(citations, asked) + "\n"
    if output is None:
        # Line by line: what is safe on a terminal has no line ends.
        typer.echo("\n".join(map(clean, text.split("\n"))), nl=False)
        return
    try:
        write_whole(output, lambda out: out.write(text.encode()))
    except OSError as error:
        raise BadRequest(
            f"{output} can't be written: {error.strerror or error}; choose another place with --output"
        ) from error
    if settings(context).as_json:
        show_json({"output": str(output), "format": asked, "citations": len(citations)})
    else:
        warn(f"{count_of(len(citations), 'citation')} written to {output}")
