"""The versions of a page as words for people: what came, what went, what changed, and correction notices."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.types import Entry
from onrecord.views.terminal import (
    Cell,
    bold,
    count_of,
    dim,
    has_terminal,
    join,
    say,
    show_table,
    styled,
)

if TYPE_CHECKING:
    from onrecord.across.history import Versions, VersionStep
    from onrecord.across.versions import BlockChange, What

__all__ = [
    "HOW_TO_ORDER",
    "UNORDERED",
    "render_alone",
    "render_counts",
    "render_notice",
    "render_told",
    "show_versions",
]

WHATS: "tuple[What, ...]" = ("added", "removed", "changed")
STYLES = {"added": "green", "removed": "red", "changed": "yellow"}


def render_alone(versions: "Versions") -> str:
    """Say that there is nothing to compare, and what to do."""
    where = f"of {versions.uri}" if versions.uri else "of this page, and its address is not known"
    return (
        f"The ledger has only one version {where}. Save the page again and add it with `onrecord add` (and "
        "`--url` where the file does not tell its address): versions are pages of one address that differ."
    )


UNORDERED = (
    "The pages tell one day or none, and it is not known of each when it was saved, so nobody knows the "
    "whole order."
)
HOW_TO_ORDER = "onrecord add FILE --captured-at TIME"
NOT_ORDERED = {"added": "only in the second", "removed": "only in the first", "changed": "different"}


def render_what(what: "What", *, order_known: bool) -> str:
    """Return what happened to a block; where nobody knows which version came first, which of them has it."""
    return what if order_known else NOT_ORDERED[what]


def render_told(entry: Entry) -> str:
    """Return how a version gives a statement's words: whose they are, and whether as denied or asked."""
    who = entry.speaker.name if entry.speaker else entry.source or "nobody named"
    return who if entry.polarity == "said" else f"{who}, {entry.polarity}"


def render_counts(step: "VersionStep") -> str:
    """Return what differs as one sentence of counts."""
    difference = step.difference
    names = {what: render_what(what, order_known=step.order_known) for what in WHATS}
    counts = [f"{sum(one.what == what for one in difference.blocks)} {names[what]}" for what in WHATS]
    counts.append(f"{len(difference.kept)} the same")
    if difference.moved:
        counts.append(f"{difference.moved} of them moved")
    furniture = difference.furniture_added + difference.furniture_removed
    beside = (
        f" Outside the article {count_of(difference.furniture_added, 'line')} came and "
        f"{difference.furniture_removed:,} went."
        if furniture and step.order_known
        else f" Outside the article {count_of(furniture, 'line')} differ."
        if furniture
        else ""
    )
    return f"Blocks of the article: {', '.join(counts)}.{beside}"


def render_notice(change: "BlockChange", step: "VersionStep") -> str:
    """Return what came, went or changed: "correction notice added", "headline changed"."""
    what = render_what(change.what, order_known=step.order_known)
    return f"{'correction notice' if change.role == 'correction' else change.role} {what}"


def show_versions(versions: "Versions") -> None:
    """Print the versions of a page, and how each differs from the one before."""
    if not versions.steps:
        say(render_alone(versions))
        return
    say(bold(f"{len(versions.versions)} versions of {versions.uri or 'this page'}"))
    unordered = f"Order not known. {UNORDERED} Tell when a page was saved with `{HOW_TO_ORDER}`."
    say("Oldest first." if versions.order_known else unordered)
    say()
    rows = [
        (
            str(n),
            page.published or "not told",
            page.captured_at or "not known",
            page.headline or "no headline",
            page.id,
        )
        for n, page in enumerate(versions.versions, 1)
    ]
    show_table(("version", "published", "saved", "headline", "page"), rows, wide="headline")
    for number, step in enumerate(versions.steps, 1):
        show_step(number, step)
    say()
    say(dim(f"`onrecord changes {versions.page}` tells what became of its statements, one by one."))


def show_step(number: int, step: "VersionStep") -> None:
    """Print how one version differs from the one before."""
    say()
    if step.order_known:
        say(bold(f"From version {number} to version {number + 1}"), dim(f"  {step.before} → {step.after}"))
    else:
        title = f"Versions {number} and {number + 1}: nobody knows which came first"
        say(bold(title), dim(f"  {step.before}, {step.after}"))
    if step.same_bytes:
        say("Both were made from the same bytes: what differs is only how Onrecord reads them.")
    say(render_counts(step))
    for change in step.difference.corrections:
        say(styled(f"{render_notice(change, step)}: ", "bold yellow"), render_change(change))
    blocks = [change for change in step.difference.blocks if change not in step.difference.corrections]
    if blocks:
        say()
        rows = [
            (
                styled(render_what(one.what, order_known=step.order_known), STYLES[one.what]),
                one.role,
                render_change(one),
            )
            for one in blocks
        ]
        show_table(("what", "line", "words"), rows, wide="words", stacks=(("what", "line"), ("words",)))
    entries = [
        *((number, one) for one in step.entries_gone),
        *((number + 1, one) for one in step.entries_new),
    ]
    if entries:
        say()
        said = [
            (f"only in version {at}", " … ".join(one.content) or one.cue or "", dim(one.id))
            for at, one in entries
        ]
        show_table(("statement", "words", "id"), said, wide="words")
    for one, other in step.entries_changed:
        say()
        words = " … ".join(one.content) or one.cue or ""
        say(bold("The same words, told otherwise: "), words)
        say(dim(f"version {number}: "), render_told(one), dim(f"  {one.id}"))
        say(dim(f"version {number + 1}: "), render_told(other), dim(f"  {other.id}"))


def render_change(change: "BlockChange") -> Cell:
    """Return a block's words with what came and went marked: by colour, in a pipe [-went-] and {+came+}."""
    if change.what != "changed":
        return change.after if change.after is not None else change.before or ""
    return join(*render_words(change))


def render_words(change: "BlockChange") -> Iterator[Cell]:
    coloured = has_terminal()
    for n, (before, after) in enumerate(change.changes):
        yield " " if n else ""
        if before == after:
            yield after
            continue
        if before:
            yield styled(before, "red strike") if coloured else f"[-{before}-]"
        if before and after:
            yield " "
        if after:
            yield styled(after, "green") if coloured else f"{{+{after}+}}"
