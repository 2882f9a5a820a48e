"""What became of statements in later versions of their pages, as words for people."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from onrecord.across.changes import Change, Changes
from onrecord.types import Entry, EntryPage
from onrecord.views.dates import moment
from onrecord.views.saying import bare_words
from onrecord.views.versions import render_told
from onrecord.views.wording import compare_wording

__all__ = [
    "CHANGE_KINDS",
    "NOTHING",
    "ChangeAnswer",
    "ChangeList",
    "answer_changes",
    "are_quoted",
    "render_differences",
    "render_kind",
    "render_notes",
    "render_version",
    "render_who",
    "told_by",
]

CHANGE_KINDS = {
    "given to somebody else": "the same words, or nearly, by another person or body",
    "named otherwise": "the same words; one version names who spoke, the other an official or an office",
    "turned": "the same words, said in one version and denied or asked in the other",
    "altered": "the same speaker, other words",
    "withdrawn": "its words stand nowhere in the later version, nor any like them",
    "added": "its words stand nowhere in the earlier version, nor any like them",
    "only in one of them": "the same where nobody knows which version came first, or one may be cut off",
}
"""What each kind of change means, in the order in which those of one page are told."""

NOTHING = (
    "no statement was changed between two versions of a page that the ledger has. Versions are pages of one "
    "address that differ: save a page again and `onrecord add` it"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAnswer(Change):
    """What became of one statement; `changes` tells it word by word: pairs (before, after), equal where
    nothing changed, "" where one side has no words. Empty where only one version has it."""

    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList:
    """What became of statements in later versions of their pages; `next` is the address of what follows, null
    at the end. `compared` counts the pairs of versions that were compared for it."""

    changes: tuple[ChangeAnswer, ...]
    next: str | None
    compared: int


def answer_changes(found: Changes, next: str | None = None) -> ChangeList:
    """Return a stretch of changes as JSON gives it, and as lists show it."""
    changes = tuple(map(_answer, found.changes))
    return ChangeList(changes=changes, next=next, compared=found.compared)


def _answer(change: Change) -> ChangeAnswer:
    held = {field.name: getattr(change, field.name) for field in fields(change)}
    one, other = (
        (bare_words(entry) or words) if entry else words
        for words, entry in zip(change.words, (change.before, change.after), strict=True)
    )
    return ChangeAnswer(**held, changes=compare_wording(one, other) if one and other else ())


def render_kind(change: Change) -> str:
    """Return what happened as a heading: "Withdrawn", "Said, now denied"; no more than is known."""
    before, after, known = change.before, change.after, change.order_known
    if change.kind == "altered":
        return "Altered" if known else "Worded differently"
    if before is None or after is None:
        if change.kind != "only in one of them":
            return change.kind.capitalize()
        if not known:
            return "Only in one of them"
        return f"Only in the {'earlier' if before else 'later'} version"
    match change.kind:
        case "turned":
            one, other = before.polarity.capitalize(), after.polarity
            return f"{one}, now {other}" if known else f"{one} in one, {other} in the other"
        case "given to somebody else":
            return "Given to somebody else" if known else "Given to two speakers"
    if known and after.speaker and after.speaker.type == "unnamed":
        return "Name taken out"
    return (
        "Name put in" if known and before.speaker and before.speaker.type == "unnamed" else "Named otherwise"
    )


def render_who(change: Change) -> str:
    """Return whose words they are, or were and are: "Mara Ostrey → Hanne Dorvik"."""
    return f" {'→' if change.order_known else 'and'} ".join(map(render_told, told_by(change)))


def told_by(change: Change) -> tuple[Entry, ...]:
    """Return the statements that tell whose words they are: both where the versions give them otherwise."""
    told = tuple(entry for entry in (change.before, change.after) if entry)
    return told if change.kind in ("given to somebody else", "named otherwise", "turned") else told[-1:]


def are_quoted(change: Change) -> bool:
    """Say whether every version that has the statement gives it in quotation marks."""
    return {entry.kind for entry in (change.before, change.after) if entry} == {"direct"}


def render_differences(change: Change) -> Iterable[str]:
    """Yield how the wordings differ, kind by kind: "number: 4,200 → 2,400"."""
    before, after = (words or "" for words in change.words)
    arrow = "→" if change.order_known else "/"
    for one in change.differences:
        first, second = (
            span.of(words) if span else "nothing"
            for span, words in ((one.first, before), (one.second, after))
        )
        yield f"{one.kind}: {first} {arrow} {second}"


def render_notes(change: Change) -> Iterable[str]:
    """Yield what a reader must know beside a change."""
    if not change.order_known:
        yield "Nobody knows which version came first."
    if change.kind == "altered" and None in (change.before, change.after):
        yield "Only one version has this as a statement; beside it stands the other’s quotation most like it."
    if change.cut:
        yield "The other version has so few words that it may be cut off, or closed to those who don’t pay."


def render_version(page: EntryPage) -> str:
    """Return when a version was saved and published, as far as anybody knows."""
    told = moment(page.captured_at) if page.captured_at else None
    published = moment(page.published) if page.published else None
    saved = f"saved {told}" if told else "nobody knows when it was saved"
    return f"{saved}, published {published}" if published else f"{saved}, no date of publication"
