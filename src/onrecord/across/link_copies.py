"""Put pages that are new in the ledger beside those they may reprint, or that may reprint them.

Whether a page is a copy hangs on the pages before it, in the order of their ages, never on the order in which
they were added: where one comes late, those behind it that it can change are looked at again.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from heapq import heappop, heappush

from sqlalchemy import Connection

from onrecord.across.copies import COMMON, CopyMatch, find_likely, match_copy
from onrecord.across.fingerprints import ReadText, read_text
from onrecord.across.settle import read_day
from onrecord.across.window import find_days, own_day
from onrecord.across.words import find_words
from onrecord.ledger.articles import articles_of
from onrecord.ledger.linked_copies import copies_of, fingerprint_holders, save_copy, save_fingerprints
from onrecord.ledger.links import LinkPage, pages_by_id
from onrecord.ledger.neighbours import ages_of, loose_pages

__all__ = ["link_copies"]

MOST_HOLDERS = 200  # pages kept for one fingerprint: a house notice on every page must not fill the ledger
MOST_COMPARED = 20  # pages compared word for word; as many of the earliest come on top
BESIDE = 14  # days between two pages of which one leaves its day open, when the nearest of its days counts


def link_copies(connection: Connection, pages: Iterable[LinkPage], again: Iterable[str] = ()) -> set[str]:
    """Find for each page the earliest one that it reprints, and the pages that reprint it.

    `again` are pages that were linked before and may have another day or another article now. Returns the
    pages at either end of a link that came or went. A second time changes nothing.
    """
    known = _Known(connection)
    known.take(list(pages))
    known.look_again(set(again))
    touched: set[str] = set()
    while (id := known.next()) is not None:
        was = known.copies.get(id)
        of, match = _find_original(connection, known, id) or (None, None)
        if was or match:
            save_copy(connection, id, of, match.share if match else 0.0, match.spans if match else ())
        known.turn(id, of)
        if of != was:
            touched |= {one for one in (id, was, of) if one}
    save_fingerprints(connection, known.kept(), known.dropped)
    return touched


class _Known:
    """Who holds which fingerprint, how old each page is and which are copies, kept up while pages are
    linked; and the pages still to be looked at, the oldest first."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.reads: dict[str, ReadText] = {}
        self.prints: dict[str, frozenset[int]] = {}
        self.pages: dict[str, LinkPage] = {}
        self.ages: dict[str, str] = {}
        self.copies: dict[str, str] = {}
        self.holders: dict[int, set[str]] = {}
        self.dropped: set[tuple[int, str]] = set()
        self._new: set[str] = set()
        self._asked: set[int] = set()
        self._loose: set[str] = set()
        self._queue: list[tuple[str, str]] = []
        self._waiting: set[str] = set()

    def take(self, pages: list[LinkPage]) -> None:
        """Take new pages in: let them hold their fingerprints, and let those behind them be looked at that
        they may change."""
        self._load(pages)
        # One after the other: of two that come together each may be what makes a fingerprint common.
        for page in sorted(pages, key=lambda page: self.ages[page.id]):
            self._new.add(page.id)
            self._wait(page.id)
            for one in self.prints[page.id]:
                held = self.holders.setdefault(one, set())
                held.add(page.id)
                if len(held) > MOST_HOLDERS:
                    last = max(held, key=self.ages.__getitem__)
                    held.remove(last)
                    self.dropped.add((one, last))
            self._look_behind(page.id)

    def look_again(self, ids: set[str]) -> None:
        """Let these pages be looked at, and those beside them."""
        self._read(ids)
        for id in sorted(id for id in ids if id in self.prints):
            self._wait(id)
            for other in self._sharing(id):
                self._wait(other)
            self._look_where_common(id)

    def next(self) -> str | None:
        """Return the oldest page still to be looked at."""
        if not self._queue:
            return None
        _, id = heappop(self._queue)
        self._waiting.discard(id)
        self._read([id])
        return id

    def texts(self, ids: Iterable[str]) -> list[LinkPage]:
        """Return these pages, to be compared with: who holds their fingerprints is not asked."""
        if missing := [id for id in ids if id not in self.pages]:
            self.pages.update((page.id, page) for page in pages_by_id(self.connection, missing))
        return [self.pages[id] for id in ids]

    def turn(self, id: str, of: str | None) -> None:
        """Note whose copy a page is; those behind it for which that counts are looked at again."""
        was = id in self.copies
        if of is None:
            self.copies.pop(id, None)
        else:
            self.copies[id] = of
        if was != (of is not None):
            self._look_where_common(id)

    def common(self, id: str) -> set[int]:
        """Return the fingerprints of a page that enough older pages have which reprint nobody."""
        mine = self.ages[id]
        return {
            one
            for one in self.prints[id]
            if len(held := self.holders.get(one, ())) >= COMMON
            and sum(self.ages[o] < mine and o not in self.copies for o in held) >= COMMON
        }

    def kept(self) -> dict[str, list[int]]:
        """Return the fingerprints that the new pages hold."""
        return {id: [one for one in self.prints[id] if id in self.holders.get(one, ())] for id in self._new}

    def _read(self, ids: Iterable[str]) -> None:
        if missing := [id for id in ids if id not in self.prints]:
            self._load(self.texts(missing))

    def _load(self, pages: list[LinkPage]) -> None:
        """Take in what is needed of pages that were not at hand: who holds their fingerprints, how old these
        are and what they reprint. No set is put against all that is known: that grows with the batch."""
        reads = {page.id: read_text(page.text, page.paragraphs) for page in pages}
        prints = {id: read.prints for id, read in reads.items()}
        self.pages.update((page.id, page) for page in pages)
        self.reads.update(reads)
        self.prints.update(prints)
        missing = {one for some in prints.values() for one in some if one not in self._asked}
        self._asked |= missing
        found = fingerprint_holders(self.connection, missing)
        held = {id for ids in found.values() for id in ids} | prints.keys()
        ids = [id for id in held if id not in self.ages]
        self.ages.update(ages_of(self.connection, ids))
        self.copies.update(copies_of(self.connection, ids))
        self._loose |= loose_pages(self.connection, ids)
        for one, holders in found.items():
            # Of a page without a sketch nothing is kept yet: it waits to be linked.
            self.holders.setdefault(one, set()).update(id for id in holders if id in self.ages)

    def _wait(self, id: str) -> None:
        if id not in self._waiting:
            self._waiting.add(id)
            heappush(self._queue, (self.ages[id], id))

    def _sharing(self, id: str) -> list[str]:
        """Return the pages that share enough with a page to reprint it, or be reprinted."""
        found = find_likely(self.reads[id], self.holders, (), credited=True)
        return sorted(other for other in found if other != id)

    def _look_behind(self, id: str) -> None:
        anywhere = own_day(self.pages[id]) is None
        for other in self._sharing(id):
            # An older page reprints this one only where it says so, or where either leaves its day open.
            if anywhere or self.ages[other] > self.ages[id] or other in self._loose:
                self._wait(other)
        self._look_where_common(id)

    def _look_where_common(self, id: str) -> None:
        """Let pages be looked at for which a fingerprint is common, or is no longer, by this page alone."""
        self._read([id])
        for one in self.prints[id]:
            # Itself, one behind it, and all but one of those that make a fingerprint common.
            if len(self.holders.get(one, ())) <= COMMON:
                continue
            behind = [other for other in self.holders[one] if self.ages[other] > self.ages[id]]
            if not behind:
                continue
            older = sorted(self.ages[o] for o in self.holders[one] if o != id and o not in self.copies)
            for other in behind:
                if sum(age < self.ages[other] for age in older) == COMMON - 1:
                    self._wait(other)


def _find_original(connection: Connection, known: _Known, id: str) -> tuple[str, CopyMatch] | None:
    """Return the earliest page that this one reprints, with what they share."""
    page, common = known.pages[id], known.common(id)
    found = find_likely(known.reads[id], known.holders, common, credited=page.credit is not None)
    likely = [other for other in found if other != id]
    first = sorted(likely, key=known.ages.__getitem__)[:MOST_COMPARED]
    others = known.texts(sorted({*likely[:MOST_COMPARED], *first}))
    if not others:
        return None
    # A later version of a page at the same address is no reprint of it, nor is the same page saved again.
    articles = articles_of(connection, [id, *(other.id for other in others)])
    others = [other for other in others if id not in articles or articles.get(other.id) != articles[id]]
    earlier = (other for other in others if _is_earlier(other, page, known.ages))
    for other in sorted(earlier, key=lambda other: known.ages[other.id]):
        if match := _match(page, other, common):
            return other.id, match
    return None


def _match(here: LinkPage, there: LinkPage, common: set[int]) -> CopyMatch | None:
    return match_copy(
        here.text,
        there.text,
        here_spans=here.paragraphs,
        there_spans=there.paragraphs,
        credited=_credits(here, there),
        common=common,
    )


def _credits(page: LinkPage, other: LinkPage) -> bool:
    """Say whether a page names the other's outlet as the one whose copy it is."""
    one, two = (find_words(name or "") for name in (page.credit, other.outlet))
    return bool(one) and one == two and not (other.credit and find_words(other.credit) != one)


def _is_earlier(other: LinkPage, page: LinkPage, ages: Mapping[str, str]) -> bool:
    """Say which came first: what a page says of itself before what dates say."""
    if _credits(page, other) != _credits(other, page):
        return _credits(page, other)
    days = _nearest(other, page)
    if days is not None and days[0] != days[1]:
        return days[0] < days[1]
    return ages[other.id] < ages[page.id]


def _nearest(one: LinkPage, two: LinkPage) -> tuple[date, date] | None:
    """Return of two pages, one of which leaves its day open, the days that lie nearest to each other.

    A wire page prints "March 11" and no year; the paper beside it is of 12 March 2031.
    """
    if own_day(one) is not None and own_day(two) is not None:
        return None
    own = [(own_day(page), page) for page in (one, two)]
    days = [list(filter(None, map(read_day, [day] if day else find_days(page)))) for day, page in own]
    apart = sorted((abs((a - b).days), a, b) for a in days[0] for b in days[1])
    return (apart[0][1], apart[0][2]) if apart and apart[0][0] <= BESIDE else None
