"""A statement as a line of a list shows it: the day, how it is known, the words, the way they came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy import select

from onrecord.checks.articles import fold_statements, group_articles
from onrecord.checks.first_hands import FirstHand, find_first_hands
from onrecord.ledger import Ledger, find_again, list_versions
from onrecord.ledger.schema import entries as entries_table
from onrecord.ledger.schema import pages as pages_table
from onrecord.types import Entry
from onrecord.views.dates import are_in_a_row, day_range, find_weekday, is_in_month, short_day, shorten_days
from onrecord.views.render import render_outlet

__all__ = [
    "Saying",
    "Wordings",
    "bare_words",
    "count_versions",
    "group_wordings",
    "render_words",
    "show_entries",
    "show_wordings",
    "tell_once",
    "witness_rank",
    "write_days",
]

_BETWEEN = {True: "” … “", False: " … "}
_KIND_RANK = {"direct": 0, "mixed": 1, "indirect": 2, "no-comment": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A statement made ready to show.

    `day` is for people and `iso` for machines; `how` tells how the day is known; `chain` is the way the
    words took, from the outlet back to the speaker, empty where the outlet names no carrier. `versions`
    counts the versions of the page that have these words, and all of them: one and one of most pages.
    """

    entry: Entry
    day: str
    iso: str | None
    how: str
    chain: tuple[str, ...]
    versions: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """One remark with all its wordings; the lead is no reprint and quotes directly if any does.

    The same words on several versions of a page are one wording. `first_hands` are those by whom the remark
    reached print.
    """

    lead: Saying
    others: tuple[Saying, ...]
    articles: int
    first_hands: tuple[FirstHand, ...]


def show_entries(ledger: Ledger, entries: Sequence[Entry], *, with_versions: bool = True) -> list[Saying]:
    """Make statements ready to show. The words that date them are read from their pages; with
    `with_versions` it is counted on how many versions of these they stand.
    """
    return _show_all(
        ledger, entries, count_versions(ledger, entries, find_again(ledger, entries)) if with_versions else {}
    )


def count_versions(
    ledger: Ledger, entries: Iterable[Entry], again: Mapping[str, Sequence[Entry]]
) -> dict[str, tuple[int, int]]:
    """Return for statements on pages with several versions how many of these have it, and how many there are.

    `again` are the same words on other versions, by the ids of the statements (`find_again`).
    """
    found = list(entries)
    pages = list_versions(ledger, [entry.page for entry in found])
    return {
        entry.id: (1 + len(again.get(entry.id, ())), len(pages[entry.page.id]))
        for entry in found
        if len(pages.get(entry.page.id, ())) > 1
    }


def _show_all(
    ledger: Ledger, entries: Sequence[Entry], versions: Mapping[str, tuple[int, int]]
) -> list[Saying]:
    texts = _read_texts(ledger, {entry.page.id for entry in entries if entry.spans.said_on})
    anchors = _read_anchors(
        ledger, [entry.id for entry in entries if entry.said_on_known in ("inferred", "outside")]
    )
    return [
        replace(
            _show(one, texts.get(one.page.id), anchors.get(one.id)), versions=versions.get(one.id, (1, 1))
        )
        for one in entries
    ]


def tell_once(sayings: Iterable[Saying]) -> list[Saying]:
    """Leave out why a day is inferred where the same page's same reason stands in a row above."""
    told: set[tuple[str, str]] = set()
    shown = []
    for saying in sayings:
        entry, reason = saying.entry, (saying.entry.page.id, saying.how)
        # The days that are left open are no reason: they stand in every row.
        if reason in told and entry.said_on_known == "inferred" and not entry.said_on_candidates:
            saying = replace(saying, how="inferred")
        told.add(reason)
        shown.append(saying)
    return shown


def _read_texts(ledger: Ledger, page_ids: Iterable[str]) -> dict[str, str]:
    query = select(pages_table.c.id, pages_table.c.text).where(pages_table.c.id.in_(sorted(page_ids)))
    with ledger.reading() as connection:
        return {row.id: row.text for row in connection.execute(query)}


def _read_anchors(ledger: Ledger, entry_ids: Sequence[str]) -> dict[str, str | None]:
    """Return what days were counted from, or who told them; a database takes only so many ids at once."""
    found: dict[str, str | None] = {}
    with ledger.reading() as connection:
        for at in range(0, len(entry_ids), 500):
            some = entry_ids[at : at + 500]
            query = select(entries_table.c.id, entries_table.c.said_on_anchor)
            for row in connection.execute(query.where(entries_table.c.id.in_(some))):
                found[row.id] = row.said_on_anchor
    return found


def _show(entry: Entry, text: str | None, anchor: str | None) -> Saying:
    day, how = _describe_day(entry, _time_words(entry, text), anchor)
    speaker = entry.speaker.name if entry.speaker else entry.source
    chain = (render_outlet(entry.page), *entry.via, speaker) if entry.via and speaker else ()
    return Saying(entry=entry, day=day, iso=_day(entry), how=how, chain=chain)


def _time_words(entry: Entry, text: str | None) -> str | None:
    """Return the words of the page that say when, in quotation marks."""
    if text is None or not entry.spans.said_on:
        return None
    return "“" + " ".join(" … ".join(span.of(text) for span in entry.spans.said_on).split()) + "”"


def _day(entry: Entry) -> str | None:
    """Return the day that a statement is put under: of saying, else of the page; None while it is open."""
    if entry.said_on is not None or entry.said_on_candidates:
        return entry.said_on
    return entry.page.published[:10] if entry.page.published else None


def _describe_day(entry: Entry, words: str | None, anchor: str | None) -> tuple[str, str]:
    """Return a statement's day for people, and how it is known."""
    if entry.said_on is not None:
        how = _how(entry, words, anchor)
        if days := [day for day in entry.said_on_candidates if is_in_month(day, entry.said_on)]:
            how += f": {write_days(days)}"
        return short_day(entry.said_on), how
    if entry.said_on_candidates:
        open_days = write_days(entry.said_on_candidates)
        return "unresolved", f"{words}: {open_days}" if words else open_days
    if entry.page.published is not None:
        # The page's date is when it was printed; nobody says that the words were said on that day.
        return short_day(entry.page.published), "date of the page"
    return "no date", f"{words}, not resolved" if words else "neither said nor printed"


def _how(entry: Entry, words: str | None, anchor: str | None) -> str:
    if entry.said_on_known == "inferred":
        counted = anchor and shorten_days(anchor)
        # What only a capture tells may be far off: then the words that were counted are not enough.
        far = anchor is not None and anchor.startswith("captured")
        basis = ", ".join(filter(None, (words, counted))) if far else words or counted
        return f"inferred, {basis}" if basis else "inferred"
    if entry.said_on_known == "outside":
        return anchor or "given from outside the page"
    return f"printed, {words}" if words else "printed"


def write_days(days: Sequence[str]) -> str:
    """Return the days that words could mean: "4 Mar 2031 or 11 Mar 2031", "10 to 16 March 2031"."""
    ordered = sorted(days)
    if len(ordered) > 2 and are_in_a_row(ordered):
        return day_range(ordered[0], ordered[-1]) or ""
    if weekday := find_weekday(ordered):
        return f"a {weekday} from {short_day(ordered[0])} to {short_day(ordered[-1])}"
    return _either([short_day(day) for day in days])


def _either(values: list[str]) -> str:
    return values[0] if len(values) == 1 else ", ".join(values[:-1]) + " or " + values[-1]


def render_words(entry: Entry) -> str:
    """Return the words said, in quotation marks where they are the speaker's own; gaps are shown."""
    words = (_BETWEEN[entry.kind == "direct"]).join(entry.content)
    # Where the page goes on with “..., she said” the comma is the page's and looks cut off here.
    words = words.rstrip(", \t\n")
    return f"“{words}”" if words and entry.kind == "direct" else words


def bare_words(entry: Entry) -> str:
    """Return the words as they are shown, without the quotation marks around them."""
    words = render_words(entry)
    return words[1:-1] if entry.kind == "direct" and words else words


def group_wordings(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Put the wordings of one remark together, the best witness first, in the order of their days.

    What several versions of a page say in the same words is together too, whether or not it is a remark.
    """
    groups: dict[str, list[Entry]] = {}
    for first, others in fold_statements(entries):
        same = (first, *others)
        remark = next((entry.remark for entry in same if entry.remark), first.id)
        groups.setdefault(remark, []).extend(same)
    remarks = [sorted(group, key=witness_rank) for group in groups.values()]
    return sorted(remarks, key=lambda group: (_day(group[0]) or "9999", -len(group)))


def show_wordings(ledger: Ledger, groups: Sequence[Sequence[Entry]]) -> list[Wordings]:
    """Make remarks ready to show, each with all its wordings: what versions of a page share is one."""
    folded = [fold_statements(group) for group in groups]
    firsts = [first for group in folded for first, _ in group]
    again = {first.id: others for group in folded for first, others in group}
    shown = iter(_show_all(ledger, firsts, count_versions(ledger, firsts, again)))
    remarks = []
    for group, once in zip(groups, folded, strict=True):
        lead, *others = islice(shown, len(once))
        articles = set(group_articles(entry.page for entry in group).values())
        hands = find_first_hands(group)
        remarks.append(Wordings(lead=lead, others=tuple(others), articles=len(articles), first_hands=hands))
    leads = tell_once(remark.lead for remark in remarks)
    return [replace(remark, lead=lead) for remark, lead in zip(remarks, leads, strict=True)]


def witness_rank(entry: Entry) -> tuple[bool, int, str, str]:
    """Sort the wordings of a remark: a reprint is nobody's witness, the speaker's own words come first."""
    return entry.copy_of is not None, _KIND_RANK[entry.kind], entry.page.published or "9999", entry.page.id
