"""A subject: who said how much about it, in which stories, and what else is named beside it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.across.subjects import Subject, list_subjects
from onrecord.errors import BadRequest
from onrecord.ledger import About, Ledger, find_about, get_story, read_around, search_entries
from onrecord.people.fold import words_of
from onrecord.types import Entry, EntrySpeaker

__all__ = ["NEWEST", "InStory", "OnSubject", "SubjectRecord", "find_subjects_of", "read_subject"]

NEWEST = 1_000  # statements that are looked through, the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSubject:
    """A speaker, and how many of their statements are about a subject."""

    speaker: EntrySpeaker
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InStory:
    """A story, and how many of its statements are about a subject."""

    id: str
    title: str | None
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRecord:
    """What is on record about a subject. `found` are the statements, newest first, `more` whether there are
    others that were not looked at; `pages` and `outlets` count those that the statements stand on; `beside`
    are the subjects that come with it."""

    about: str
    found: tuple[About, ...]
    more: bool
    pages: int
    outlets: int
    speakers: tuple[OnSubject, ...]
    stories: tuple[InStory, ...]
    beside: tuple[Subject, ...]


def read_subject(ledger: Ledger, about: str, *, limit: int = NEWEST) -> SubjectRecord:
    """Return what is on record about a subject, by its newest statements."""
    if not words_of(about):
        raise BadRequest(f'{about!r} has no word to look for; give the subject\'s words: "Orrin Dam"')
    found = find_about(ledger, about, limit=limit + 1)
    some = found[:limit]
    entries = [one.entry for one in some]
    speakers = {one.speaker.id: one.speaker for one in entries if one.speaker and one.speaker.id}
    spoken = Counter(one.speaker.id for one in entries if one.speaker and one.speaker.id)
    stories = Counter(one.story for one in entries if one.story)
    return SubjectRecord(
        about=about,
        found=tuple(some),
        more=len(found) > limit,
        pages=len({one.page.id for one in entries}),
        outlets=len({one.page.outlet for one in entries if one.page.outlet}),
        speakers=tuple(OnSubject(speaker=speakers[id], statements=count) for id, count in _most(spoken)),
        stories=tuple(
            InStory(id=id, title=get_story(ledger, id).title, statements=count)
            for id, count in _most(stories)
        ),
        beside=tuple(
            list_subjects(
                ((one.entry.page.id, " ".join(one.entry.content), one.around) for one in some),
                without=[about, *_outlets(entries)],
            )
        ),
    )


def find_subjects_of(ledger: Ledger, entries: Sequence[Entry] | None = None) -> list[Subject]:
    """Return what statements are about, by the newest of them; without any, those of the whole ledger."""
    some = entries if entries is not None else search_entries(ledger, limit=NEWEST)
    some = some[:NEWEST]
    around = read_around(ledger, some)
    speakers = {one.speaker.name for one in some if one.speaker} if entries is not None else set()
    # Of one speaker's statements the speaker is no subject; of many speakers' each may be.
    without = [*(speakers if len(speakers) == 1 else ()), *_outlets(some)]
    return list_subjects(
        ((one.page.id, " ".join(one.content), around.get(one.id, "")) for one in some), without=without
    )


def _outlets(entries: Iterable[Entry]) -> set[str]:
    return {one.page.outlet for one in entries if one.page.outlet}


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
