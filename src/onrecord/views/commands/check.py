"""`onrecord check`: does any page have these words, and whose are they?"""

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.views.render import day_of, find_outlet, render_outlet, render_speaker, render_when
from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import Cell, bold, count_of, dim, join, plain, say, show_json, styled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.ledger.records import QuotationCheck, QuotationHit

_BLOCKS = {
    "comment": "a reader's comment",
    "caption": "a caption",
    "pullquote": "a pull quote",
    "related": "the teaser of another story",
    "newsletter": "a newsletter form",
    "menu": "a menu",
    "advert": "an advertisement",
}

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
    where, said = _where(first), _said(first)
    match checked.verdict:
        case "verbatim":
            return f"Verbatim: {where} has these words, {said}{_others(checked.hits)}."
        case "altered":
            like = f"{first.likeness:.0%}"
            return f"Altered: no article has exactly these words; {where} has words {like} alike, {said}."
        case "another speaker":
            return f"Another speaker: {where} has these words, {said}; no article has them as {checked.by}'s."
        case "only in a headline":
            return f"Only in a headline: {where} has these words in its headline; no article's text has them."
        case "only outside the article":
            block = _BLOCKS.get(first.role, "the page's furniture")
            return (
                f"Only outside the article: {where} has these words in {block}, "
                "which is no record of anybody's saying them."
            )


def _said(hit: "QuotationHit") -> str:
    """Return whose words a place has: "said by Mara Ostrey (spokeswoman)"."""
    if hit.entry is None:
        return "outside what it reports as said"
    if hit.entry.speaker is None:
        return "said by somebody it does not name there"
    return f"said by {plain(render_speaker(hit.entry.speaker))}"


def _when(hit: "QuotationHit") -> Cell:
    """Return when the words were said: ", said on 2031-03-11 (printed)"; nothing where the page is silent."""
    if hit.entry is None or not (hit.entry.said_on or hit.entry.said_on_candidates):
        return ""
    return join(", on ", render_when(hit.entry))


def _others(hits: "Sequence[QuotationHit]") -> str:
    """Return how many more articles have the very words: ", and so have 2 more pages and 1 copy"."""
    same = {hit.page.id: hit for hit in hits if not hit.changes and hit.role in ("paragraph", "dateline")}
    same.pop(hits[0].page.id, None)
    copies = sum(hit.entry is not None and hit.entry.copy_of is not None for hit in same.values())
    more = len(same) - copies
    counts = (
        count_of(more, "more page") if more else "",
        count_of(copies, "copy", "copies") if copies else "",
    )
    have = "has" if len(same) == 1 else "have"
    return f", and so {have} {' and '.join(filter(None, counts))}" if same else ""


def _where(hit: "QuotationHit") -> str:
    day = day_of(hit.page.published)
    return render_outlet(hit.page) + (f" of {day}" if day else "")


def _show_hit(hit: "QuotationHit") -> None:
    """Print one place: page and span, the words with what stands around them, who, and any difference."""
    day = day_of(hit.page.published) or "no date"
    place = f", {day}, page {hit.page.id}, characters {hit.span.start}-{hit.span.end}, {hit.role}"
    say(bold(find_outlet(hit.page) or "no outlet named"), place)
    say(dim(f"…{hit.prefix}["), styled(hit.words, "green"), dim(f"]{hit.suffix}…"), indent=2)
    say(_said(hit), _when(hit), dim(f", statement {hit.entry.id}" if hit.entry else ""), indent=2)
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
