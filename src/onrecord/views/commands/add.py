"""`onrecord add`: saved pages into the ledger."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import BadRequest, CaptureError
from onrecord.views.commands.review import Note, Reviewer, tell_outcome
from onrecord.views.settings import settings
from onrecord.views.terminal import bold, count_of, progress_bar, say, show_json, warn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.types import Problem
    from onrecord.views.add import Added, Adding

__all__ = ["add"]

STRICT = 11


def add(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Saved pages, folders, archives; - reads one page from standard input."
        ),
    ],
    url: Annotated[
        str | None, typer.Option(help="The page's address, where the file does not tell it.")
    ] = None,
    captured_at: Annotated[
        str | None, typer.Option(help="When the page was saved (2031-03-11T08:00Z).")
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="When the page was published; counts before what it says.")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who published it; counts before what it says.")
    ] = None,
    author: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Who wrote it; again for each of several.")
    ] = None,
    by: Reviewer = None,
    note: Note = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="So many processes read; else one a core, a few pages none."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help=f"Exit with {STRICT} if any page had a problem.")
    ] = False,
) -> None:
    """Add saved pages to the ledger; pages that are already there change nothing.

    What you tell of them (--published, --outlet, --author, --url, --captured-at) counts before what they say,
    also of pages that are already there. `onrecord review` lists it, and takes it back.

    PATH is an HTML or text file, a page saved by a browser, an MHTML file, a WARC, WET or WACZ archive, a
    folder of such files (with all that lies in it), or the output of `onrecord batch`.
    """
    from onrecord.ledger import open_ledger
    from onrecord.ledger.candidates import count_pages
    from onrecord.views.add import add_pages

    asked = settings(context)
    _check_paths(paths)
    if (by or note) and not (url or captured_at or published or outlet or author):
        raise BadRequest("--by and --note go with what you tell of a page, such as --published or --outlet")
    with (
        open_ledger(asked.ledger, create=True) as ledger,
        progress_bar("Reading", quiet=asked.as_json) as step,
    ):
        with ledger.reading() as connection:
            before = count_pages(connection)

        def tell(adding: "Adding") -> None:
            if adding.to_link is None:
                step(adding.new + adding.known, note=_note(adding))
            else:
                step(adding.linked, adding.to_link, note="linking over pages")

        try:
            added = add_pages(
                ledger,
                paths,
                uri=url,
                captured_at=captured_at,
                published=published,
                outlet=outlet,
                authors=author or (),
                by=by,
                note=note,
                jobs=jobs,
                progress=tell,
            )
        except KeyboardInterrupt:
            # Asked of the ledger: a page may be on record of which nothing was told yet.
            with ledger.reading() as connection:
                warn(_stopped(count_pages(connection) - before))
            raise typer.Exit(130) from None
    known = {"published": published, "outlet": outlet, "author": ", ".join(author or ()), "address": url}
    known |= {"saved": captured_at}
    show_json(added) if asked.as_json else _show(added, [f"{k} {v}" for k, v in known.items() if v])
    if not added.new and not added.known:
        raise typer.Exit(CaptureError.exit_code)
    if strict and added.problems:
        raise typer.Exit(STRICT)


def _check_paths(paths: list[str]) -> None:
    """Refuse names that lead nowhere, before a ledger is made for them."""
    missing = [path for path in paths if path != "-" and not os.path.lexists(path)]
    if missing:
        names = ", ".join(missing[:5])
        raise CaptureError(f"no such file or folder: {names}; nothing was read. Check the names.")


def _note(adding: "Adding") -> str:
    problems = f", {count_of(adding.problems, 'problem')}" if adding.problems else ""
    return f"{adding.new:,} new{problems}  {adding.place or ''}"


def _stopped(new: int) -> str:
    return (
        f"onrecord: stopped. {count_of(new, 'new page')} "
        "and what was said on them stay recorded; the same command again finishes the rest."
    )


def _show(added: "Added", told: list[str]) -> None:
    """Say what was added and linked, then what went wrong, each with its place."""
    problems = count_of(len(added.problems), "problem") if added.problems else "no problems"
    say(f"Pages: {added.new:,} new, {added.known:,} already there, {problems}.")
    links = added.links
    found = (
        count_of(links.copies, "copy", "copies"),
        count_of(links.stories, "story", "stories"),
        count_of(links.remarks, "remark"),
    )
    say(f"Statements: {added.entries:,} recorded. Links made: {', '.join(found)}.")
    for outcome in added.told:
        for line in tell_outcome(outcome):
            say(line)
    if added.known_so:
        whose = "of the page" if added.new + added.known == 1 else f"of {count_of(added.known_so, 'page')}"
        what = "; ".join(told)
        if added.known:
            say(f"Nothing new was told {whose}, so nothing was written down: known already is {what}.")
        else:
            say(f"Kept with the bytes {whose}: {what}.")
    if added.problems:
        say()
        say(bold("Problems"), " (other pages are not affected; `onrecord problems` lists these again)")
        for message, places in _by_message(added.problems).items():
            if len(places) <= _TOLD_ALONE:
                for place in places:
                    say(bold(place), f": {message}", indent=2)
            else:
                more = len(places) - _TOLD_ALONE
                say(bold(", ".join(places[:_TOLD_ALONE])), f" and {more:,} more: {message}", indent=2)


_TOLD_ALONE = 3  # places with the same trouble that are told one by one; of more, so many are named


def _by_message(problems: "Iterable[Problem]") -> dict[str, list[str]]:
    """Group problems by what went wrong, so that one trouble of a hundred pages is told once."""
    places: dict[str, list[str]] = {}
    for problem in problems:
        places.setdefault(problem.message, []).append(problem.place or "somewhere")
    return places
