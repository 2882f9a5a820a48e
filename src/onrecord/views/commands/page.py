"""`onrecord page`: one page as the ledger holds it, its lines with their roles and its statements marked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import BadRequest, NotFound
from onrecord.types import Found, Place
from onrecord.views.commands.review import Note, Reviewer, say_outcome
from onrecord.views.commands.said import find_places
from onrecord.views.comments import WHY_NOT_HANDLES, count_comments, cover_page, render_comments
from onrecord.views.marked import LEGEND, render_block
from onrecord.views.render import (
    chain_words,
    day_of,
    render_days,
    render_filed_day,
    render_outlet,
    render_versions,
    render_when,
)
from onrecord.views.settings import open_for_reading, open_for_writing, settings
from onrecord.views.terminal import (
    Cell,
    bold,
    count_of,
    dim,
    has_terminal,
    join,
    say,
    say_more,
    show_json,
    show_margin,
    show_table,
    styled,
)
from onrecord.views.versions import show_versions

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.ledger.facts import Facts
    from onrecord.ledger.records import PageRecord

__all__ = ["page"]


def page(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="PAGE", help="A page's id, address or file; without it all pages are listed."),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="List at most so many; 0 lists all.")] = 50,
    filed_from: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="List pages whose dateline has this place or country."),
    ] = None,
    comments: Annotated[bool, typer.Option("--comments", help="Show what readers wrote, too.")] = False,
    handles: Annotated[
        bool, typer.Option("--handles", help="Show readers' handles and words as printed, not by number.")
    ] = False,
    told: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FACT=VALUE",
            help="Tell what you know: published, outlet, author, url or captured_at; empty takes it back.",
        ),
    ] = None,
    by: Reviewer = None,
    note: Note = None,
    versions: Annotated[
        bool, typer.Option("--versions", help="Compare the versions of this page, block by block.")
    ] = False,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="List each version of a page by itself.")
    ] = False,
) -> None:
    """List the pages, or show one: what it says of itself, and its text with every statement marked.

    Each line has its role in the margin. Statements are looked for in headlines and paragraphs only:
    comments, menus and other stories' teasers are kept, and never searched.

    Of readers' comments only the number is told; --comments shows them, with readers by number. Nobody
    asked them to be on record, and a handle leads to a person: so --handles is not the default.
    """
    as_json = settings(context).as_json
    if versions and name is None:
        raise BadRequest("--versions compares the versions of one page: name it by its id, address or file")
    if told and (name is None or versions):
        raise BadRequest("--set tells something of one page: name it by its id, address or file")
    if (by or note) and not told:
        raise BadRequest("--by and --note go with --set; they say who tells it, and why")
    if told and name is not None:
        _tell(context, name, told, by, note)
        return
    if filed_from is not None and name is not None:
        raise BadRequest("--filed-from lists pages; leave out the page, or leave out --filed-from")
    with open_for_reading(context) as ledger:
        if versions and name is not None:
            _compare(ledger, name, as_json)
            return
        if name is None:
            _list(ledger, limit, as_json, filed_from, all_versions)
            return
        record = find_page(ledger, name)
        places = () if as_json else _read_places(ledger, record)
    if as_json:
        from onrecord.views.answers import answer_page

        show_json(answer_page(record if handles else cover_page(record)))
    else:
        _show(record, places, comments=comments or handles, handles=handles)


def _read_places(ledger: "Ledger", record: "PageRecord") -> tuple[Place, ...]:
    from onrecord.ledger.captured import read_places

    return read_places(ledger, record.page.id)


def _tell(context: typer.Context, name: str, told: Sequence[str], by: str | None, note: str | None) -> None:
    """Write down what somebody tells of a page, and say what is other now."""
    from onrecord.across import reviewed

    facts = read_facts(told)
    with open_for_writing(context) as ledger:
        page = find_page(ledger, name).page.id
        outcome = reviewed.tell(ledger, [page], facts, by=by, note=note)
    if outcome is None:
        raise BadRequest(
            f"the page {page} has that already, so nothing was written down; `onrecord page {page}` shows "
            "how each is known"
        )
    say_outcome(outcome, as_json=settings(context).as_json)


def read_facts(told: Sequence[str]) -> "Facts":
    """Return facts typed as "published=2031-03-13"; an empty value takes back what was told before."""
    from onrecord.ledger.facts import Facts

    values: dict[str, list[str]] = {}
    for one in told:
        key, equals, value = one.partition("=")
        name = _TOLD.get(key.strip().lower().replace("-", "_"))
        if name is None or not equals:
            raise BadRequest(
                f"--set {one[:60]!r} can't be read; write one of {', '.join(_TOLD)}, an equals "
                "sign and the value: --set published=2031-03-13"
            )
        values.setdefault(name, []).append(value.strip())
    unset = tuple(name for name, given in values.items() if not any(given))
    for name, given in values.items():
        if name != "authors" and len(given) > 1:
            raise BadRequest(f"{name} was told {len(given)} times; only an author may be told again")
    single = {name: given[0] for name, given in values.items() if name != "authors" and name not in unset}
    authors = tuple(value for value in values.get("authors", ()) if value)
    return Facts(**single, authors=authors, unset=unset)


_TOLD = {
    "published": "published",
    "outlet": "outlet",
    "author": "authors",
    "url": "uri",
    "captured_at": "captured_at",
}


def _compare(ledger: "Ledger", name: str, as_json: bool) -> None:
    from onrecord.across import read_versions

    found = read_versions(ledger, find_page(ledger, name).page.id)
    show_json(found) if as_json else show_versions(found)


def find_page(ledger: "Ledger", name: str) -> "PageRecord":
    """Return the page that bears this id or address, or that has the same bytes as this file."""
    from onrecord.ledger import get_page

    try:
        return get_page(ledger, name)
    except NotFound:
        for digest in _digests(name):
            return get_page(ledger, digest)
        raise


def _digests(name: str) -> Iterator[str]:
    """Yield the payload digests of the pages in a file."""
    from onrecord.capture import read_captures
    from onrecord.types import Capture

    if name != "-" and Path(name).is_file():
        yield from (found.payload_digest for found in read_captures(name) if isinstance(found, Capture))


def _list(ledger: "Ledger", limit: int, as_json: bool, filed_from: str | None, all_versions: bool) -> None:
    from onrecord.ledger import count, count_articles, list_filed_from, list_pages, list_versions

    places = None if filed_from is None else find_places(ledger, filed_from)
    fold = not all_versions
    pages = list_pages(ledger, filed_from=places, fold=fold, limit=limit or None, offset=0)
    versions = list_versions(ledger, pages) if fold else {}
    if fold:
        total = count_articles(ledger, filed_from=places)
    else:
        printed = list_filed_from(ledger) if places else {}
        total = sum(printed[place] for place in places) if places else count(ledger).pages
    if as_json:
        show_json({"pages": pages, "total": total, "versions": versions})
        return
    rows = [
        (
            day_of(page.published) or "no date",
            join(render_outlet(page), render_versions(len(versions.get(page.id, ())))),
            page.headline or "no headline",
            page.uri or "",
            page.id,
        )
        for page in pages
    ]
    headers = ("published", "outlet", "headline", "address", "id")
    stacks = (("published", "outlet"), ("headline", "address"), ("id",))
    show_table(headers, rows, wide="headline", stacks=stacks)
    say_more(total - len(pages))


def _show(record: "PageRecord", places: Sequence[Place], *, comments: bool, handles: bool) -> None:
    say(bold(record.page.headline or "no headline"))
    say()
    show_margin(list(_facts(record)))
    _show_checks(record if handles else cover_page(record))
    say()
    say(dim("Searched for statements: headlines and paragraphs. "), _counts(record))
    show_margin(list(_days(record)))
    show_margin(list(_meant(record)))
    show_margin(list(_corrected(record)))
    if has_terminal():
        say(LEGEND)
    say()
    show_margin(list(_lines(record, places, comments=comments, handles=handles)))
    if comments and not handles and record.comments:
        say()
        say(dim(WHY_NOT_HANDLES))
    for problem in record.problems:
        say(styled("problem: ", "bold yellow"), problem.message)


def _show_checks(record: "PageRecord") -> None:
    """Print which of the headline's and the lede's words the body has."""
    from onrecord.views.commands.check import render_changes
    from onrecord.views.headline_notes import note_headlines

    notes = note_headlines(record)
    if not notes:
        return
    say()
    say(dim("Which words of the headline and of the first paragraph (lede) the body has:"))
    rows: list[tuple[Cell, Cell]] = []
    for note in notes:
        check = note.check
        given = f"“{note.given}”" if check.form == "quotation" else note.given
        style = "green" if check.verdict in ("verbatim", "supported") else "yellow"
        told = dim(f", {note.told}") if note.told else ""
        who = dim(f" ({note.speaker})") if note.speaker else ""
        rows.append((dim(check.part), join(given, who, ": ", styled(check.verdict, style), told)))
        if note.printed is not None and check.place is not None:
            where = dim(f"{check.place.start}-{check.place.end}: ")
            rows.append(("", join(where, render_changes(check.changes) if check.changes else note.printed)))
    show_margin(rows)


def _lines(
    record: "PageRecord", places: Sequence[Place], *, comments: bool, handles: bool
) -> Iterator[tuple[Cell, Cell]]:
    """Yield the lines of a page with their roles; where the comments begin, these or how many they are.

    Of a PDF document the number of each sheet stands over the first line that begins on it.
    """
    text = record.text if handles else cover_page(record).text
    sheets = {place.span.start: place.sheet for place in places}
    told, sheet = False, 0
    for block in record.blocks:
        if (begun := sheets.get(block.span.start, sheet)) != sheet:
            sheet = begun
            yield dim("sheet"), dim(str(sheet))
        if block.role != "comment":
            yield render_block(text, block, record.entries)
        elif not told:
            told = True
            if comments:
                yield from render_comments(record, handles=handles)
            else:
                shown = f"{count_comments(record)}, not searched; --comments shows them"
                yield dim("comment"), styled(shown, "dim italic")


def _days(record: "PageRecord") -> Iterator[tuple[Cell, Cell]]:
    """Yield the days on which the page's statements were said, or those they could be, each with how many."""
    dated = [e for e in record.entries if e.said_on or e.said_on_candidates]
    counts = Counter(render_when(entry) for entry in dated)
    for number, (when, count) in enumerate(counts.items()):
        yield dim("said on" if number == 0 else ""), join(when, dim(f", {count_of(count, 'statement')}"))
    if counts and (rest := len(record.entries) - len(dated)):
        yield "", dim(f"not told, {count_of(rest, 'statement')}")


def _meant(record: "PageRecord") -> Iterator[tuple[Cell, Cell]]:
    """Yield whom "she" and "the mayor" mean on this page, with the words that lead to the name."""
    chains = {chain: entry.id for entry in record.entries if (chain := chain_words(entry, record.text))}
    for number, (chain, id) in enumerate(chains.items()):
        yield dim("meant" if number == 0 else ""), join(" → ".join(chain), dim(f"  {id}"))


def _corrected(record: "PageRecord") -> Iterator[tuple[Cell, Cell]]:
    """Yield what people corrected on this page: what the program read, and what counts."""
    from onrecord.views.decided import compare_statements

    now = {entry.id: entry for entry in (*record.entries, *record.dropped)}
    gone = {entry.id for entry in record.dropped}
    rows = []
    for read in record.read:
        entry = now[read.id]
        told = [f"{what}: {before} → {after}" for what, before, after in compare_statements(read, entry)]
        if read.id in gone:
            told.append(f"no statement: {' … '.join(entry.content) or entry.cue or ''}")
        rows.append(join("; ".join(told), dim(f"  {read.id}, review {entry.review}")))
    for number, row in enumerate(rows):
        yield dim("corrected" if number == 0 else ""), row


def _counts(record: "PageRecord") -> str:
    comments = count_comments(record)
    unsearched = f"; {comments}, not searched" if comments else ""
    return f"{count_of(len(record.entries), 'statement')}{unsearched}."


def _facts(record: "PageRecord") -> Iterator[tuple[Cell, Cell]]:
    """Yield what is known of a page, each with how it is known and where it was found."""
    article = record.article
    for name in ("outlet", "section", "published", "updated"):
        found: Found | None = getattr(article, name)
        missing = _open_days(record) if name == "published" and not found else dim("not found")
        yield name, _found(found) if found else missing
    for author in article.authors:
        yield "author", _found(author)
    if article.place is not None:
        yield "filed from", _filed_from(record, article.place)
    if article.filed is not None:
        yield "filed on", _found(replace(article.filed, value=render_filed_day(article.filed.value)))
    if article.agency is not None:
        yield "agency", _found(article.agency)
    for name in ("credit", "language", "canonical"):
        found = getattr(article, name)
        yield name, _found(found) if found else dim("not found")
    yield (
        "page",
        f"{record.page.id}, text {record.page.text_version}, {record.encoding or 'encoding unknown'}",
    )
    yield "digest", record.page.payload_digest
    for fact in record.told:
        if fact.fact in _BESIDE:
            yield _BESIDE[fact.fact], join(fact.value, dim(f"  ({fact.who})"))
    for capture in record.captures:
        saved = f"saved {capture.captured_at}" if capture.captured_at else "nobody knows when it was saved"
        where = f"{capture.warc_file}#{capture.warc_offset}"
        yield "capture", f"{capture.uri or capture.place}, {saved}, kept in {where}"
    if len(record.versions) > 1:
        order = "oldest first" if record.order_known else "order not known"
        yield "versions", ", ".join(record.versions) + f" ({order}; --versions compares them)"
    if record.copy_of:
        of = record.copy_of.of_page
        yield (
            "copy of",
            f"{render_outlet(of)}, page {of.id}: {record.copy_of.share:.0%} of its words stand there too",
        )
    for copy in record.copies:
        yield (
            "copied by",
            f"{render_outlet(copy.page)}, page {copy.page.id}: {copy.share:.0%} of its words stand here",
        )
    if record.story:
        yield "story", record.story


_BESIDE = {"uri": "address", "captured_at": "saved"}  # what is told of a page and no part of its article


def _open_days(record: "PageRecord") -> Cell:
    """Return the days on which a page may have been published, where its dateline prints no year."""
    from onrecord.views.open_days import find_open_anchor

    anchor = find_open_anchor(record)
    if anchor is None:
        return dim("not found")
    days = styled(render_days(anchor.candidates), "yellow")
    return join(days, dim(f"  (unresolved: {anchor.where})"))


def _filed_from(record: "PageRecord", place: Found) -> Cell:
    """Return the dateline's place as printed, then what the gazetteer takes it for."""
    from onrecord.views.filed_from import resolve_filed_from
    from onrecord.views.places import render_filed

    named = [words for one in resolve_filed_from(record) if (words := render_filed(one))]
    return join(_found(place), *(dim(f"  ({words})") for words in named))


def _found(found: Found) -> Cell:
    return join(found.value, dim(f"  ({found.known}: {found.where})"))
