"""`onrecord check`: does any page have these words, and whose are they?"""

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.views.render import day_of, find_outlet, render_when
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import Cell, bold, dim, join, say, show_json, styled
from onrecord.views.verdicts import (
    render_left_out,
    render_part,
    render_sure,
    render_turned,
    render_verdict,
    render_whose,
)

if TYPE_CHECKING:
    from onrecord.checks.verdicts import QuotationCheck, QuotationHit

__all__ = ["check", "render_changes"]

_MOST = 20  # places printed; --json has all


def check(
    context: typer.Context,
    quotation: Annotated[
        str, typer.Argument(metavar="QUOTATION", help="The words to look for, in quotation marks.")
    ],
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who is supposed to have said them.")] = None,
) -> None:
    """Check a quotation against the pages: verbatim, cut, altered, spliced, denied, another speaker's ...

    Ends with exit code 0 only when the words stand verbatim, inside quotation marks of one statement (by
    NAME, if given); else with 1. What each verdict means: docs/check.md.
    """
    from onrecord.ledger import check_quotation

    with open_for_reading(context) as ledger:
        checked = check_quotation(ledger, quotation, by=by)
    if settings(context).as_json:
        show_json(checked)
    else:
        _show(checked)
    if checked.verdict != "verbatim":
        raise typer.Exit(1)


def _show(checked: "QuotationCheck") -> None:
    verdict, _, rest = render_verdict(checked).partition(":")
    style = "bold green" if checked.verdict == "verbatim" else "bold yellow"
    say(styled(f"{verdict}:", style), rest)
    for hit in checked.hits[:_MOST]:
        say()
        _show_hit(hit)
    if len(checked.hits) > _MOST:
        say()
        say(dim(f"{len(checked.hits) - _MOST:,} more places; `onrecord --json check` lists them all"))
    say()
    say(dim(f"Rules {checked.rules}. A verdict is about words and pages, never about truth."))


def _when(hit: "QuotationHit") -> Cell:
    """Return when the words were said: ", on 2031-03-11 (printed)"; nothing where the page is silent."""
    if hit.entry is None or not (hit.entry.said_on or hit.entry.said_on_candidates):
        return ""
    return join(", on ", render_when(hit.entry))


def _show_hit(hit: "QuotationHit") -> None:
    """Print one place: page and span, the words with what stands around them, who, and any difference."""
    day = day_of(hit.page.published) or "no date"
    place = f", {day}, page {hit.page.id}, characters {hit.span.start}-{hit.span.end}, {hit.role}"
    say(bold(find_outlet(hit.page) or "no outlet named"), place)
    say(dim(f"…{hit.prefix}["), styled(hit.words, "green"), dim(f"]{hit.suffix}…"), indent=2)
    sure = render_sure(hit)
    own = dim(f", statement {hit.entry.id}" if hit.entry else "")
    say(f"{hit.verdict}: ", render_whose(hit), _when(hit), dim(f", {sure}" if sure else ""), own, indent=2)
    if hit.changes:
        say("difference: ", render_changes(hit.changes), styled(render_turned(hit), "bold red"), indent=2)
    if hit.left_out:
        say("left out: ", styled(render_left_out(hit), "bold red"), indent=2)
    for part in hit.parts:
        say(dim("part: "), render_part(part), indent=2)


def render_changes(changes: tuple[tuple[str, str], ...]) -> Cell:
    """Return the difference word by word: "[-asked-] {+printed+}" where they differ, else plain words."""
    cells: list[Cell] = []
    for asked, printed in changes:
        cells.append(" " if cells else "")
        if asked == printed:
            cells.append(asked)
            continue
        cells.append(styled(f"[-{asked}-]" if asked else "", "red"))
        cells.append(styled(f"{{+{printed}+}}" if printed else "", "green"))
    return join(*cells)
