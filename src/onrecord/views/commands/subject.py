"""`onrecord subject`: what is talked about, and who said how much about it."""

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.views.settings import open_for_reading, settings
from onrecord.views.terminal import bold, count_of, dim, say, show_json, show_table, warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.across.subjects import Subject
    from onrecord.views.subject import SubjectRecord

__all__ = ["subject"]

_SPEAKERS = 20


def subject(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS]...", help="The subject: words side by side.")
    ] = None,
) -> None:
    """List what the newest statements are about, or show who said how much about one subject.

    A statement is about a subject that its words name, or its paragraph and the one before.
    """
    from onrecord.views.answers import answer_subject, answer_subjects
    from onrecord.views.subject import find_subjects_of, read_subject

    as_json = settings(context).as_json
    asked = " ".join(words or ())
    with open_for_reading(context) as ledger:
        if not words:
            subjects = find_subjects_of(ledger)
            if as_json:
                show_json(answer_subjects(subjects))
            else:
                _list(subjects)
            return
        record = read_subject(ledger, asked)
    if as_json:
        show_json(answer_subject(record))
    elif record.found:
        _show(record)
    else:
        warn(
            f"onrecord: nothing about {asked!r} is on record; try fewer words, or `onrecord subject` for "
            "what is talked about"
        )
    if not record.found:
        raise typer.Exit(1)


def _list(subjects: "Sequence[Subject]") -> None:
    if not subjects:
        say("No two statements here name the same thing. `onrecord said` lists what was said.")
        return
    rows = [(bold(one.name), f"{one.statements:,}", f"{one.pages:,}") for one in subjects]
    show_table(("subject", "statements", "pages"), rows, wide="subject")
    say(dim("By the newest statements of the ledger. `onrecord subject WORDS` shows who speaks about one."))


def _show(record: "SubjectRecord") -> None:
    counted = (
        f"{count_of(len(record.found), 'statement')} on {count_of(record.pages, 'page')} of "
        f"{count_of(record.outlets, 'outlet')}"
    )
    said = sum(one.where == "said" for one in record.found)
    say(bold(record.about), dim(f" ({counted}; {said:,} name it in their words)"))
    say()
    rows = [
        (bold(one.speaker.name), one.speaker.role or "", f"{one.statements:,}", dim(one.speaker.id or ""))
        for one in record.speakers[:_SPEAKERS]
    ]
    show_table(("who", "role", "statements", "id"), rows, wide="role")
    if (more := len(record.speakers) - _SPEAKERS) > 0:
        say(dim(f"{count_of(more, 'more speaker')}; --json gives all."))
    if record.stories:
        say()
        stories = [(one.title or "no headline", f"{one.statements:,}", dim(one.id)) for one in record.stories]
        show_table(("story", "statements", "id"), stories, wide="story")
    if record.beside:
        say()
        say(bold("Named beside it: "), ", ".join(one.name for one in record.beside))
    if record.more:
        say(dim("Only the newest statements were looked through."))
    say()
    say(dim("`onrecord line --by NAME --about WORDS` shows how a speaker's line on it moved."))
