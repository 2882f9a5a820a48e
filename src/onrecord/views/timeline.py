"""The timeline of a story, a subject or a speaker: dated events and dated remarks, one line each."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from onrecord.across.events import DatedSentence
from onrecord.across.timelines import Event, choose_days, fold_events
from onrecord.article.calendar import day_of
from onrecord.checks.articles import fold_pages
from onrecord.checks.first_hands import find_first_hands
from onrecord.ledger import Ledger
from onrecord.ledger.texts import measure_texts
from onrecord.types import Entry, EntryPage, Known, Span
from onrecord.views.dates import shorten_days
from onrecord.views.render import render_outlet
from onrecord.views.saying import Wordings, group_wordings, show_wordings, write_days
from onrecord.views.timeline_matter import MOST_SAID, find_matter, find_tellings, read_events

__all__ = ["MOST_PAGES", "MOST_TEXT", "Line", "Place", "Timeline", "read_timeline"]

# Read again for one timeline, which takes some seconds: of so many pages, and of so many characters. Where
# there are more, the newest are read.
MOST_PAGES, MOST_TEXT = 200, 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words stand: `words` are the characters `spans` of the page's text of record."""

    page: EntryPage
    spans: tuple[Span, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a timeline: an event, told in an article's own words, or a remark.

    `day` is an ISO prefix, null while it is open: then `candidates` are the days it could be. `how` tells in
    words how it is known. `outlets` are the names of all that print it, `independent` counts those that do
    not have it of one another: of an event outlets and agencies, copies once, of a remark first hands.
    `place` is the best witness, `also` are the others; of a remark `entry` is the statement at `place`.
    """

    kind: Literal["event", "remark"]
    day: str | None
    candidates: tuple[str, ...]
    known: Known | None
    how: str
    place: Place
    also: tuple[Place, ...]
    outlets: tuple[str, ...]
    independent: int
    articles: int
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Dated lines in the order of their days, and those whose day is open.

    `title` names what it is of, `story` and `speaker` are ids. `more` and `more_open` count the lines that
    were left out as told least; `undated` the remarks that no page gives a day; `pages` the articles that
    were read, `unread` those that were too many. `newest` says that there were too many statements as well,
    and that only the newest were taken.
    """

    title: str
    story: str | None
    speaker: str | None
    about: str | None
    lines: tuple[Line, ...]
    open: tuple[Line, ...]
    more: int
    more_open: int
    undated: int
    pages: int
    unread: int
    newest: bool


def read_timeline(
    ledger: Ledger,
    *,
    story: str | None = None,
    by: str | None = None,
    about: str | None = None,
    limit: int | None = None,
) -> Timeline:
    """Return the timeline of one story, speaker or subject.

    With a `limit`, of the dated lines and of the open ones only so many are kept: those that most tell
    independently, of the days that are told of most.
    """
    matter = find_matter(ledger, story, by, about)
    newest = [group[-1] for group in fold_pages(matter.pages).articles]
    newest.sort(key=lambda page: (page.published or "", page.id), reverse=True)
    kept = _take_newest(ledger, newest)
    sentences = read_events(ledger, kept, matter)
    tellings = find_tellings(ledger, kept)
    events = _rank_events(fold_events(sentences, tellings), choose_days(sentences, tellings))
    groups = group_wordings(matter.entries)
    said = [group for group in groups if group[0].said_on and not _open_days(group[0])]
    loose = [group for group in groups if _open_days(group[0])]
    known = {page.id: page for page in kept}
    dated, more = _keep([one for one in events if one.day], said, limit)
    undecided, more_open = _keep([one for one in events if not one.day], loose, limit)
    return Timeline(
        title=matter.title,
        story=matter.story,
        speaker=matter.speaker,
        about=matter.about,
        lines=_make_lines(ledger, dated, known),
        open=_make_lines(ledger, undecided, known),
        more=more,
        more_open=more_open,
        undated=len(groups) - len(said) - len(loose),
        pages=len(kept),
        unread=len(newest) - len(kept),
        newest=len(matter.entries) == MOST_SAID,
    )


def _take_newest(ledger: Ledger, newest: Sequence[EntryPage]) -> list[EntryPage]:
    """Return the newest pages, as many as can be read again while somebody waits; the first in any case."""
    kept = list(newest[:MOST_PAGES])
    lengths = measure_texts(ledger, [page.id for page in kept])
    reached = list(accumulate(lengths[page.id] for page in kept))
    return kept[: max(bisect_right(reached, MOST_TEXT), 1)]


def _rank_events(events: Iterable[Event], days: Sequence[str]) -> list[Event]:
    """Return events, those first that most tell independently; among these the best of each day before the
    second of any, and days that are told of most before others."""
    rank = {day: number for number, day in enumerate(days)}
    nth: dict[tuple[str | None, tuple[str, ...]], int] = {}
    ranked: list[tuple[int, int, int, int, Event]] = []
    for event in events:
        key = (event.day, event.candidates)
        nth[key] = nth.get(key, 0) + 1
        ranked.append(
            (-len(event.voices), nth[key], rank.get(event.day or "", len(rank)), len(ranked), event)
        )
    return [event for *_, event in sorted(ranked, key=lambda one: one[:4])]


def _keep(
    events: Sequence[Event], remarks: Sequence[list[Entry]], limit: int | None
) -> tuple[list[Event | list[Entry]], int]:
    """Return the best of both, in turns where as many tell them, and how many were left out."""
    every: list[tuple[int, int, Event | list[Entry]]] = [
        *((-len(event.voices), at, event) for at, event in enumerate(events)),
        *(
            (-len(find_first_hands(group)), at, group)
            for at, group in enumerate(sorted(remarks, key=lambda group: -len(find_first_hands(group))))
        ),
    ]
    every.sort(key=lambda one: one[:2])
    kept = every if limit is None else every[:limit]
    return [one for _, _, one in kept], len(every) - len(kept)


def _make_lines(
    ledger: Ledger, kept: Iterable[Event | list[Entry]], pages: Mapping[str, EntryPage]
) -> tuple[Line, ...]:
    """Return lines in the order of their days."""
    found = list(kept)
    remarks = group_wordings(entry for one in found if isinstance(one, list) for entry in one)
    lines = [_event_line(one, pages) for one in found if isinstance(one, Event)]
    lines += map(_remark_line, show_wordings(ledger, remarks))
    return tuple(sorted(lines, key=_by_day))


def _event_line(event: Event, pages: Mapping[str, EntryPage]) -> Line:
    when = event.lead.when
    told = [event.lead, *event.also]
    return Line(
        kind="event",
        day=event.day,
        candidates=event.candidates,
        known=when.known if event.day else None,
        how=_tell_how(event),
        place=_place(event.lead, pages),
        also=tuple(_place(one, pages) for one in event.also),
        outlets=_names(pages[one.page] for one in told),
        independent=len(event.voices),
        articles=len({one.page for one in told}),
    )


def _place(one: DatedSentence, pages: Mapping[str, EntryPage]) -> Place:
    return Place(page=pages[one.page], spans=(one.span,), words=(one.words,))


def _tell_how(event: Event) -> str:
    """Return how an event's day is known: "inferred, “on Tuesday”, published 12 Mar 2031"."""
    when, lead = event.lead.when, event.lead
    if when.span is None:
        return when.known or "open"
    start = lead.span.start
    words = f"“{' '.join(lead.words[when.span.start - start : when.span.end - start].split())}”"
    if event.day is None:
        return words
    counted = shorten_days(when.anchor) if when.anchor else None
    return ", ".join(filter(None, (when.known, words, counted)))


def _remark_line(remark: Wordings) -> Line:
    entry = remark.lead.entry
    every = [entry, *(other.entry for other in remark.others)]
    days = _open_days(entry)
    return Line(
        kind="remark",
        day=None if days else entry.said_on,
        candidates=days,
        known=None if days else entry.said_on_known,
        how=_without_days(remark.lead.how, days),
        place=_where_said(entry),
        also=tuple(map(_where_said, every[1:])),
        outlets=_names(one.page for one in every),
        independent=len(remark.first_hands),
        articles=remark.articles,
        entry=entry,
    )


def _open_days(entry: Entry) -> tuple[str, ...]:
    """Return the days that a remark could be of; none where its day is known, if only by its story."""
    return () if day_of(entry.said_on) else entry.said_on_candidates


def _without_days(how: str, candidates: tuple[str, ...]) -> str:
    """Leave out of how a day is known the days that it could be: they stand beside it."""
    if not candidates:
        return how
    return how.removesuffix(write_days(candidates)).removesuffix(": ") or "open"


def _where_said(entry: Entry) -> Place:
    """Return where a remark's words stand; of a refusal without any the words of saying."""
    spans = entry.spans.content or entry.spans.cue
    words = entry.content or tuple(filter(None, (entry.cue,)))
    return Place(page=entry.page, spans=spans, words=words)


def _names(pages: Iterable[EntryPage]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(render_outlet(page) for page in pages))


def _by_day(line: Line) -> tuple[str, tuple[str, ...], bool, int, str, Span | tuple[()]]:
    spans = line.place.spans
    days = tuple(sorted(line.candidates))
    return (
        line.day or "9999",
        days,
        line.kind == "remark",
        -line.independent,
        line.place.page.id,
        spans[0] if spans else (),
    )
