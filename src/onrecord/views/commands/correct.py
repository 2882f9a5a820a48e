"""`onrecord correct`: say what is wrong with one statement; it wins over the program, and can be undone."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import BadRequest
from onrecord.types import Kind, Polarity, Span, SpeakerType
from onrecord.views.commands.review import Note, Reviewer, say_outcome
from onrecord.views.settings import open_for_writing, settings

if TYPE_CHECKING:
    pass

__all__ = ["correct"]

_EDGES = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


def correct(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="The statement's id, or the beginning of it.")],
    speaker: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Who said it: a name or an id; again for each who spoke along."),
    ] = None,
    no_speaker: Annotated[
        bool, typer.Option("--no-speaker", help="The page names nobody who said it.")
    ] = False,
    speaker_type: Annotated[
        SpeakerType | None,
        typer.Option(help="With --speaker NAME, where the ledger doesn't know the name: what it is."),
    ] = None,
    role: Annotated[str | None, typer.Option(metavar="TEXT", help="The speaker's role.")] = None,
    no_role: Annotated[bool, typer.Option("--no-role", help="The page gives the speaker no role.")] = False,
    not_a_statement: Annotated[
        bool, typer.Option("--not-a-statement", help="Nobody said this; it is shown no more.")
    ] = False,
    kind: Annotated[Kind | None, typer.Option(help="How the page gives the words.")] = None,
    polarity: Annotated[
        Polarity | None, typer.Option(help="Said as so, denied, or asked as a question.")
    ] = None,
    said_on: Annotated[
        str | None, typer.Option(metavar="DAY", help="When it was said (2031, 2031-03, 2031-03-11).")
    ] = None,
    no_day: Annotated[bool, typer.Option("--no-day", help="It can't be known when it was said.")] = False,
    content: Annotated[
        list[str] | None,
        typer.Option(metavar="WORDS", help="The words said, as the page has them; again for each part."),
    ] = None,
    edges: Annotated[
        list[str] | None,
        typer.Option(metavar="FROM-TO", help="The same as characters of the page's text (412-509)."),
    ] = None,
    via: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Who carried the words here, outermost first; again for each."),
    ] = None,
    no_via: Annotated[
        bool, typer.Option("--no-via", help="Nobody carried them: said to the outlet.")
    ] = False,
    addressee: Annotated[str | None, typer.Option(metavar="TEXT", help="To whom it was said.")] = None,
    no_addressee: Annotated[
        bool, typer.Option("--no-addressee", help="The page names nobody to whom it was said.")
    ] = False,
    same_remark: Annotated[
        str | None,
        typer.Option(metavar="ID", help="This is the same remark as that statement, reported elsewhere."),
    ] = None,
    other_remark: Annotated[
        bool, typer.Option("--other-remark", help="This is not the remark it is taken for.")
    ] = False,
    by: Reviewer = None,
    note: Note = None,
) -> None:
    """Correct one statement: who said it, when, which words, how; or that it is no statement at all.

    What you say wins over the program, also when the page is read anew. `onrecord review` lists it with who
    said so, when and why; `onrecord review undo` takes it back.
    """
    from onrecord.across import reviewed

    said = reviewed.Correction(
        statement=False if not_a_statement else None,
        speaker=tuple(speaker or ()),
        type=speaker_type,
        nobody=no_speaker,
        role=role,
        no_role=no_role,
        kind=kind,
        polarity=polarity,
        said_on=said_on,
        no_day=no_day,
        content=tuple(content or ()),
        edges=tuple(read_edges(one) for one in edges or ()),
        via=tuple(via or ()),
        no_via=no_via,
        addressee=addressee,
        no_addressee=no_addressee,
    )
    links = (same_remark is not None) + other_remark
    if links > 1 or (links and said != reviewed.Correction()):
        raise BadRequest(
            "--same-remark and --other-remark stand alone: say one thing of a statement at a time"
        )
    with open_for_writing(context) as ledger:
        if same_remark is not None:
            outcome = reviewed.one_remark(ledger, id, same_remark, by=by, note=note)
        elif other_remark:
            outcome = reviewed.not_one_remark(ledger, id, by=by, note=note)
        else:
            outcome = reviewed.correct(ledger, id, said, by=by, note=note)
    say_outcome(outcome, as_json=settings(context).as_json)


def read_edges(asked: str) -> Span:
    """Return the characters that somebody typed as "412-509"."""
    match = _EDGES.fullmatch(asked.strip())
    if match is None:
        raise BadRequest(
            f"the edges {asked[:40]!r} can't be read; write the first character and the one behind the last, "
            "as `onrecord page --json` gives them: 412-509"
        )
    return Span(int(match[1]), int(match[2]))
