"""Entries as words for people: when, who, what, and as reported by whom."""

import re
from urllib.parse import urlsplit

from onrecord.types import Entry, EntryPage, EntrySpeaker
from onrecord.views.terminal import Cell, Piece

__all__ = [
    "ENTRY_HEADERS",
    "day_of",
    "render_chain",
    "render_entry",
    "render_outlet",
    "render_speaker",
    "render_what",
    "render_when",
]

ENTRY_HEADERS = ("said on", "who", "what", "as reported by", "id")

_MARKS = re.compile(r"[\"“”„‟«»‹›‘’‚']+\s*$")


def day_of(moment: str | None) -> str | None:
    """Return the day of an ISO time: "2031-03-11" of "2031-03-11T08:00Z"; a month stays a month."""
    return moment[:10] if moment else None


def render_entry(entry: Entry) -> tuple[Cell, ...]:
    """Return the cells of an entry's row, in the order of `ENTRY_HEADERS`."""
    who = render_speaker(entry.speaker, entry.source)
    return render_when(entry), who, render_what(entry), render_chain(entry), ((entry.id, "dim"),)


def render_when(entry: Entry) -> Cell:
    """Return when something was said and how that is known; an open date shows the days it could mean."""
    if entry.said_on:
        return ((entry.said_on, ""), (f" ({entry.said_on_known})" if entry.said_on_known else "", "dim"))
    if entry.said_on_candidates:
        return ((" or ".join(entry.said_on_candidates), "yellow"), (" (unresolved)", "dim"))
    published = day_of(entry.page.published)
    return ((f"no date; page of {published}" if published else "no date", "dim"),)


def render_speaker(speaker: EntrySpeaker | None, source: str | None = None) -> Cell:
    """Return a speaker's name and role as printed; nobody named is shown by the words that stand for them."""
    if speaker is None:
        return (("not named", "dim"), (f" (“{source}”)" if source else "", "dim"))
    note = speaker.role or ("unnamed" if speaker.type == "unnamed" else None)
    return ((speaker.name, "bold"), (f" ({note})" if note else "", ""))


def render_what(entry: Entry) -> Cell:
    """Return the words of saying and the words said, in marks only where the page prints a quotation."""
    cue = entry.cue or ""
    content = " … ".join(entry.content)
    if entry.kind == "no-comment":
        return ((cue, "italic"), (f" ({content})" if content else "", ""), (" [no comment]", "dim"))
    if entry.kind == "direct":
        return ((f"{cue}: " if cue else "", "italic"), (f"“{content}”", ""))
    between = _between(entry)
    joint: Piece = (between, "dim") if between is not None else (": " if cue else "", "")
    return ((cue, "italic"), joint, (content, ""))


def _between(entry: Entry) -> str | None:
    """Return the printed words between cue and content, " reporters that "; None in another order."""
    if not entry.spans.cue or not entry.spans.content:
        return None
    gap = entry.spans.content[0].start - entry.spans.cue[-1].end
    if not 0 < gap <= len(entry.prefix):
        return None
    # A mixed content may open with a mark, which belongs to the content as a person reads it.
    return entry.prefix[-gap:]


def render_chain(entry: Entry) -> Cell:
    """Return who carried the words, in reading order: "Selm Courier < Northline" had it from Northline."""
    chain = " < ".join([render_outlet(entry.page), *entry.via])
    return ((chain, ""), (" (copy)" if entry.copy_of else "", "dim"))


def render_outlet(page: EntryPage) -> str:
    """Return the outlet's name; where no one knows it the site's, where there is none the page's id."""
    host = urlsplit(page.uri).hostname if page.uri else None
    return page.outlet or host or f"page {page.id}"
