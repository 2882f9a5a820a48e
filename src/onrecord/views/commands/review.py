"""`onrecord review`: what people decided; undo it, redo it, load it from another ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from onrecord.errors import BadRequest
from onrecord.views.settings import open_for_reading, open_for_writing, settings
from onrecord.views.terminal import bold, count_of, dim, say, show_json, show_table, warn

if TYPE_CHECKING:
    from onrecord.ledger.records import ReviewRecord
    from onrecord.ledger.reviewing import Outcome

__all__ = ["Note", "Reviewer", "review", "say_outcome", "tell_outcome"]

Reviewer = Annotated[
    str | None, typer.Option("--by", metavar="WHO", help="Who decides this; kept with the review.")
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why; kept with the review.")]


def review(
    context: typer.Context,
    action: Annotated[
        Literal["undo", "redo", "load"] | None,
        typer.Argument(help="Without it all reviews are listed, the newest first."),
    ] = None,
    what: Annotated[
        str | None,
        typer.Argument(metavar="ID|FILE", help="The review; for load a file of `export --reviews`."),
    ] = None,
    by: Reviewer = None,
    note: Note = None,
) -> None:
    """List what people decided, newest first, or undo, redo or load it. The list only grows."""
    as_json = settings(context).as_json
    if action is None:
        from onrecord.ledger.reviewing import list_reviews

        with open_for_reading(context) as ledger:
            found = list_reviews(ledger)
        show_json({"reviews": found}) if as_json else _show(found)
        return
    if what is None:
        thing = "the file" if action == "load" else "the id of the review"
        raise BadRequest(
            f"onrecord review {action} needs {thing}; `onrecord review` lists all with their ids"
        )
    from onrecord.across import reviewed

    if action == "load":
        from onrecord.views.reviews import read_review_file

        reviews, problems = read_review_file(Path(what))
        with open_for_writing(context) as ledger:
            new, changed = reviewed.load(ledger, reviews)
        for problem in problems:
            warn(f"onrecord: {problem}")
        if as_json:
            counts = {"new": new, "known": len(reviews) - new, "pages": changed}
            show_json({**counts, "problems": list(problems)})
        else:
            known = len(reviews) - new
            say(f"Reviews: {new} new, {known} already there. {count_of(changed, 'page')} changed.")
        return
    with open_for_writing(context) as ledger:
        turn = reviewed.undo if action == "undo" else reviewed.redo
        say_outcome(turn(ledger, what, by=by, note=note), as_json=as_json)


def say_outcome(outcome: "Outcome", *, as_json: bool) -> None:
    """Tell what a review did."""
    if as_json:
        show_json({"outcome": outcome})
        return
    for line in tell_outcome(outcome):
        say(line)


def tell_outcome(outcome: "Outcome") -> list[str]:
    """Return in words what a review did, and which older ones it goes against."""
    from onrecord.views.decided import find_differences, tell_facts

    review = outcome.review
    done = {
        "merge": "Merged",
        "split": "Split",
        "trust": "Names taken over",
        "correct": "Corrected",
        "tell": "Told",
        "not-one-story": "Taken out of the story",
        "not-one-remark": "Taken out of the remark",
        "one-remark": "One remark now",
        "undo": f"Undone: {review.of}",
        "redo": f"In force again: {review.of}",
    }[review.kind]
    named = outcome.speakers if outcome.after is None else ()
    whose = f" Now: {', '.join(named)}." if named else ""
    lines = [f"{done}. {count_of(len(outcome.pages), 'page')} changed.{whose} Review {review.id}."]
    lines += [f"  {what}: {before} → {after}" for what, before, after in find_differences(outcome)]
    lines += list(tell_facts(outcome))
    if not outcome.pages and review.kind == "redo":
        lines.append("Nothing changed: a newer review decides about this.")
    if review.kind not in ("undo", "redo") and not outcome.against:
        lines.append(f"`onrecord review undo {review.id}` takes it back.")
    if outcome.against:
        lines.append(
            f"This goes against {', '.join(outcome.against)}; the newest review counts. "
            f"`onrecord review undo {review.id}` takes it back."
        )
    return lines


def _show(found: "list[ReviewRecord]") -> None:
    if not found:
        say(
            "Nobody has reviewed anything yet: `onrecord correct ID --speaker NAME` corrects a statement, "
            "`onrecord speaker --merge A B` and `--split A` say who is who."
        )
        return
    from onrecord.views.decided import STATES, TITLES

    headers = ("given", "by", "what", "about", "state", "note", "id")
    rows = [
        (
            record.at[:16].replace("T", " "),
            record.by or "",
            bold(TITLES[record.kind]),
            _about(record),
            STATES.get(record.state, record.state) if record.state != "undone" else _undone(record),
            record.note or "",
            dim(record.id),
        )
        for record in found
    ]
    stacks = (("given", "by"), ("what", "state"), ("about", "note"), ("id",))
    show_table(headers, rows, wide="about", stacks=stacks)


def _about(record: "ReviewRecord") -> str:
    from onrecord.views.decided import tell_change, tell_things

    if record.about:
        told = "; ".join(tell_change(record.change or {}))
        return f"{tell_things(record)}: {told}" if told else tell_things(record)
    if record.rows:
        return f"{count_of(record.rows, 'row')} of names"
    between = " taken out of " if record.kind == "split" else " = "
    return between.join(", ".join(dict.fromkeys(name.name for name in side)) for side in record.names)


def _undone(record: "ReviewRecord") -> str:
    by = f" by {record.undone_by}" if record.undone_by else ""
    why = f": {record.undone_note}" if record.undone_note else ""
    return f"undone{by} on {(record.undone_at or '')[:10]}{why}"
