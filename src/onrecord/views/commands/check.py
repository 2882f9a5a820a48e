"""`onrecord check`: does any page have these words, and whose are they?"""

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.views.render import day_of, render_outlet, render_speaker
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import Cell, bold, count_of, dim, join, plain, say, show_json, styled

if TYPE_CHECKING:
    from onrecord.ledger.records import QuotationCheck, QuotationHit

__all__ = ["check", "render_changes", "render_verdict"]


def check(
    context: typer.Context,
    quotation: Annotated[
        str, typer.Argument(metavar="QUOTATION", help="The words to look for, in quotation marks.")
    ],
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who is supposed to have said them.")] = None,
) -> None:
    """Check a quotation against the pages: verbatim, altered, another speaker's, or not there.

    Ends with exit code 0 only when the words stand verbatim in an article as something said (by NAME, if
    given); else with 1.
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
    for hit in checked.hits:
        say()
        _show_hit(hit)


def render_verdict(checked: "QuotationCheck") -> str:
    """Return the verdict as a sentence for a note to the desk; it is about words and pages, not truth."""
    if not checked.hits or checked.verdict == "not found":
        return (
            "Not found: no page of this ledger has these words or words much like them. "
            "They may have been said all the same: a ledger holds only the pages that were added to it."
        )
    first = checked.hits[0]
    who = (
        plain(render_speaker(first.entry.speaker, first.entry.source))
        if first.entry
        else "nobody who is named"
    )
    where = _where(first)
    match checked.verdict:
        case "verbatim":
            places = [hit for hit in checked.hits if not hit.changes and hit.entry]
            return f"Verbatim: these words stand in {_pages(places)} as said by {who}, best seen in {where}."
        case "altered":
            return (
                f"Altered: no page has exactly these words; {where} has words {first.likeness:.0%} alike, "
                f"said by {who}."
            )
        case "another speaker":
            return (
                f"Another speaker: these words are recorded as said by {who}, not by {checked.by} ({where})."
            )
        case "only in a headline":
            return f"Only in a headline: {where} has these words in its headline; no article's text has them."
        case "only outside the article":
            return (
                f"Only outside the article: these words stand in a {first.role} block of {where}, "
                "which is no record of anybody's saying them."
            )


def _pages(hits: "list[QuotationHit]") -> str:
    return count_of(len({hit.page.id for hit in hits}), "page")


def _where(hit: "QuotationHit") -> str:
    day = day_of(hit.page.published)
    return render_outlet(hit.page) + (f" of {day}" if day else "")


def _show_hit(hit: "QuotationHit") -> None:
    """Print one place: page and span, the words with what stands around them, who, and any difference."""
    day = day_of(hit.page.published) or "no date"
    place = f", {day}, page {hit.page.id}, characters {hit.span.start}-{hit.span.end}, {hit.role}"
    say(bold(render_outlet(hit.page)), place)
    say(dim(f"…{hit.prefix}["), styled(hit.words, "green"), dim(f"]{hit.suffix}…"), indent=2)
    if hit.entry:
        who = render_speaker(hit.entry.speaker, hit.entry.source)
        say("said by ", who, dim(f", statement {hit.entry.id}"), indent=2)
    else:
        say(dim("not a statement of this page"), indent=2)
    if hit.changes:
        say("difference: ", render_changes(hit.changes), indent=2)


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
