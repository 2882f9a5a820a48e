"""How a headline and a lede stand to their body, in words for people: for the terminal and the browser."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.ledger.records import PageRecord
from onrecord.types import Entry, HeadlineCheck, Span
from onrecord.views.headline_checks import check_headlines

__all__ = ["HeadlineNote", "note_headlines"]

_ELLIPSIS_FROM = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineNote:
    """One check with its words: `given` are the headline's, `printed` the body's, None where it has none."""

    check: HeadlineCheck
    given: str
    speaker: str | None
    told: str
    printed: str | None
    entry: Entry | None
    where: Span | None


def note_headlines(record: PageRecord) -> list[HeadlineNote]:
    """Return what is told of a page's headline and lede, in reading order."""
    return list(_notes(record))


def _notes(record: PageRecord) -> Iterator[HeadlineNote]:
    entries = {entry.id: entry for entry in record.entries}
    for check in check_headlines(record.text, record.blocks, record.article, record.entries):
        entry = entries.get(check.entry or "")
        yield HeadlineNote(
            check=check,
            given=_short(check.span.of(record.text)),
            speaker=check.speaker.of(record.text) if check.speaker else None,
            told=_told(check, entry),
            printed=_short(check.place.of(record.text)) if check.place else None,
            entry=entry,
            where=check.place,
        )


def _told(check: HeadlineCheck, entry: Entry | None) -> str:
    """Return what is told beside the verdict: about words of this page, never about truth."""
    if check.place is None:
        if check.part == "lede":
            return "nothing below the first paragraph has these words"
        return (
            "no paragraph has these words" if check.form == "quotation" else "no passage has enough of these"
        )
    whose = _whose(entry)
    part = "the headline" if check.part == "headline" else "the first paragraph"
    match check.verdict:
        case "nearest passage":
            return f"nothing in the body says it in these words; the nearest is {whose}"
        case "denial left out":
            return f"the body has it as denied or with a “not”, {part} has not; it is {whose}"
        case "denial not in the body":
            return (
                f"{part} has it as denied or with a “not”, the body has the words without; they are {whose}"
            )
        case _:
            pass
    if entry is None:
        return "the body has it outside what it reports as said"
    if entry.speaker is None and not entry.source:
        return "the body names no speaker"
    return f"the body has it {whose}"


def _whose(entry: Entry | None) -> str:
    """Return whose words a place of the body has, as the page names them."""
    if entry is None:
        return "outside what it reports as said"
    if entry.speaker is not None:
        return f"from {entry.speaker.name}"
    return f"from “{_line(entry.source)}”" if entry.source else "from nobody named"


def _short(words: str) -> str:
    line = _line(words)
    if len(line) <= _ELLIPSIS_FROM:
        return line
    return line[:_ELLIPSIS_FROM].rsplit(" ", 1)[0] + " …"


def _line(words: str) -> str:
    return " ".join(words.split())
