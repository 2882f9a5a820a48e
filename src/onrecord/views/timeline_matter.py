"""What a timeline is made of: the pages of a story, a subject or a speaker, their dated events, and whose
word each page is."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from onrecord.across.events import DatedSentence, Told, find_events
from onrecord.across.timelines import Telling
from onrecord.article import Anchor, find_anchor, find_bound, find_earliest
from onrecord.checks.articles import group_articles, name_outlets, outlet_words
from onrecord.errors import BadRequest, NotFound
from onrecord.ledger import Ledger, find_about, get_speaker, get_story, search_entries
from onrecord.ledger.texts import PageText, find_headed, find_originals, read_texts
from onrecord.people.fold import words_of
from onrecord.statements.text.document import read_document
from onrecord.statements.text.english import is_english
from onrecord.types import Entry, EntryPage, Page

__all__ = ["MOST_SAID", "Matter", "find_matter", "find_tellings", "read_events"]

MOST_SAID = 5_000  # statements, and pages, taken for one timeline: the newest, where there are more


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Pages, of which those in `whole` are about the matter from their headline on, and what was said."""

    title: str
    pages: Sequence[EntryPage]
    whole: Collection[str]
    entries: Sequence[Entry]
    story: str | None = None
    speaker: str | None = None
    about: str | None = None


def find_matter(ledger: Ledger, story: str | None, by: str | None, about: str | None) -> Matter:
    """Return the pages and statements that are asked for."""
    asked = {name: value.strip() for name, value in (("story", story), ("by", by), ("about", about)) if value}
    asked = {name: value for name, value in asked.items() if value}
    if len(asked) != 1:
        given = " and ".join(asked) or "nothing"
        raise BadRequest(
            f"a timeline is of one story, one speaker or one subject, and {given} was given; name a story's "
            "id (`onrecord story` lists them), a speaker, or words to look for"
        )
    if "story" in asked:
        record = get_story(ledger, asked["story"])
        pages = [one.page for one in record.pages]
        title = record.title or "a story without a headline"
        entries = search_entries(ledger, story=record.id, limit=MOST_SAID)
        return Matter(
            title=title, pages=pages, whole={page.id for page in pages}, entries=entries, story=record.id
        )
    if "by" in asked:
        who = get_speaker(ledger, asked["by"]).speaker
        entries = search_entries(ledger, by=who.id, limit=MOST_SAID)
        found = {entry.page.id: entry.page for entry in entries}
        return Matter(
            title=who.name, pages=list(found.values()), whole=set(found), entries=entries, speaker=who.id
        )
    words = asked["about"]
    headed = find_headed(ledger, words, limit=MOST_SAID)
    entries = [one.entry for one in find_about(ledger, words, limit=MOST_SAID)]
    found = headed | {entry.page.id: entry.page for entry in entries}
    if not found:
        raise NotFound(
            f"no headline, no story's title and no statement has {words!r}; try fewer words, or "
            "`onrecord said` for what is there"
        )
    return Matter(title=words, pages=list(found.values()), whole=set(headed), entries=entries, about=words)


def find_tellings(ledger: Ledger, pages: Sequence[EntryPage]) -> dict[str, Telling]:
    """Return for each page whose word it is: the agency's whose copy it is, else the outlet's; of a copy that
    of what it copies."""
    originals = find_originals(ledger, [page.id for page in pages])
    outlets = name_outlets([*pages, *originals.values()])
    articles = group_articles([*pages, *originals.values()])
    found = {}
    for page in pages:
        first = originals.get(page.id, page)
        whose = outlet_words(first.credit) if first.credit else outlets[first.id]
        found[page.id] = Telling(
            page=page.id,
            voice=whose or articles[first.id],
            published=page.published,
            copy=page.id in originals,
        )
    return found


def read_events(ledger: Ledger, pages: Sequence[EntryPage], matter: Matter) -> list[DatedSentence]:
    """Return the dated events of these pages."""
    return [
        one for read in read_texts(ledger, [page.id for page in pages]) for one in _events_of(read, matter)
    ]


def _events_of(read: PageText, matter: Matter) -> Iterator[DatedSentence]:
    """Yield the dated events of one page; of a page that only quotes somebody on a subject, those with its
    words."""
    if not is_english(read.text, read.article.body):
        return
    document, _ = read_document(read.text, read.article.body, _anchor_of(read))
    told = [
        Told(
            said=entry.spans.content,
            around=(*entry.spans.source, *entry.spans.cue, *entry.spans.via),
            when=entry.spans.said_on,
        )
        for entry in read.entries
    ]
    asked = set(words_of(matter.about or ""))
    for one in find_events(read.page.id, document, told):
        if read.page.id in matter.whole or asked <= set(words_of(one.words)):
            yield one


def _anchor_of(read: PageText) -> Anchor | None:
    """Return the day that a page's time words count from: what it says itself, else what the ledger knows."""
    whole = Page(payload_digest="", text=read.text, text_version="", blocks=read.blocks)
    found = find_anchor(whole, read.article, read.page.captured_at)
    if (found is None or found.value is None) and read.page.published:
        day = read.page.published
        return Anchor(value=day, known=read.page.published_known, where=f"published {day}")
    return found or find_bound(read.page.captured_at) or find_earliest(whole)
