"""Put pages that are new in the ledger beside those they may reprint, or that may reprint them."""

from bisect import insort
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection

from onrecord.across.copies import COMMON, CopyMatch, find_likely, match_copy
from onrecord.across.fingerprints import ReadText, read_text
from onrecord.across.words import find_words
from onrecord.ledger.articles import articles_of
from onrecord.ledger.links import (
    LinkPage,
    copies_of,
    fingerprint_holders,
    pages_by_id,
    save_copy,
    save_fingerprints,
)

__all__ = ["link_copies"]

MOST_HOLDERS = 200  # pages kept for one fingerprint: a house notice on every page must not fill the ledger
MOST_COMPARED = 20  # pages compared word for word; the pages that these reprint come on top


def link_copies(connection: Connection, pages: Iterable[LinkPage]) -> set[str]:
    """Find for each page the earliest one that it reprints, and the pages that reprint it.

    Returns the pages at the other end of these links. A second time changes nothing.
    """
    pages = list(pages)
    known = _Known(connection, {page.id: read_text(page.text, page.paragraphs) for page in pages})
    touched: set[str] = set()
    for page in pages:
        holders = known.holders_beside(page.id)
        common = {one for one, others in holders.items() if known.count_originals(others) >= COMMON}
        credited = page.credit is not None
        likely = find_likely(known.texts[page.id], holders, common, credited=credited)[:MOST_COMPARED]
        others = _likely(connection, page, likely)
        earlier = sorted((other for other in others if _is_earlier(other, page)), key=_age)
        linked = _point_at(connection, page, earlier, common)
        known.copies.discard(page.id)
        if linked:
            known.copies.add(page.id)
        touched |= linked
        for other in others:
            if other not in earlier and _point_back(connection, other, page, common):
                known.copies.add(other.id)
                touched.add(other.id)
        known.keep(page.id, holders)
    save_fingerprints(connection, known.kept)
    return touched


class _Known:
    """Who holds which fingerprint, read once for many pages and kept up while these are linked."""

    def __init__(self, connection: Connection, texts: Mapping[str, ReadText]) -> None:
        self.texts = texts
        self.prints = prints = {id: text.prints for id, text in texts.items()}
        self.kept: dict[str, list[int]] = {}
        often = Counter(one for some in prints.values() for one in some)
        self._holders = fingerprint_holders(connection, often)
        # What one page alone has, and the ledger has not, is not looked for again.
        self._again = {one for one, count in often.items() if count > 1} | self._holders.keys()
        held = {id for ids in self._holders.values() for id in ids}
        self.copies = set(copies_of(connection, held | prints.keys()))

    def holders_beside(self, page_id: str) -> dict[int, list[str]]:
        """Return which other pages hold the fingerprints of a page."""
        found = {one: self._holders.get(one, ()) for one in self.prints[page_id] & self._again}
        return {one: [id for id in ids if id != page_id] for one, ids in found.items()}

    def count_originals(self, page_ids: Iterable[str]) -> int:
        """Return how many of these pages reprint nobody."""
        return sum(id not in self.copies for id in page_ids)

    def keep(self, page_id: str, holders: Mapping[int, Collection[str]]) -> None:
        """Let a page hold its fingerprints, but none that enough others hold."""
        self.kept[page_id] = [one for one in self.prints[page_id] if len(holders.get(one, ())) < MOST_HOLDERS]
        for one, others in holders.items():
            held = self._holders.setdefault(one, [])
            if page_id in held:
                held.remove(page_id)
            if len(others) < MOST_HOLDERS:
                insort(held, page_id)


def _likely(connection: Connection, page: LinkPage, likely: Collection[str]) -> list[LinkPage]:
    """Return the pages worth comparing: those that share most, and those that they reprint."""
    found = pages_by_id(connection, {*likely, *copies_of(connection, likely).values()} - {page.id})
    if not found:
        return []
    # A later version of a page at the same address is no reprint of it, nor is the same page saved again.
    articles = articles_of(connection, [page.id, *(other.id for other in found)])
    return [
        other for other in found if page.id not in articles or articles.get(other.id) != articles[page.id]
    ]


def _point_at(
    connection: Connection, page: LinkPage, earlier: Iterable[LinkPage], common: set[int]
) -> set[str]:
    for other in earlier:
        if match := _match(page, other, common):
            save_copy(connection, page.id, other.id, match.share, match.spans)
            return {other.id}
    save_copy(connection, page.id, None)
    return set()


def _point_back(connection: Connection, other: LinkPage, page: LinkPage, common: set[int]) -> bool:
    """Let a later page, linked before, point at this one when it reprints it and nothing earlier."""
    of = pages_by_id(connection, copies_of(connection, [other.id]).values())
    if any(one.id != page.id and _is_earlier(one, page) for one in of):
        return False
    if match := _match(other, page, common):
        save_copy(connection, other.id, page.id, match.share, match.spans)
    return match is not None


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


def _is_earlier(other: LinkPage, page: LinkPage) -> bool:
    """Say which came first: what a page says of itself before what dates say."""
    if _credits(page, other) != _credits(other, page):
        return _credits(page, other)
    return _age(other) < _age(page)


def _age(page: LinkPage) -> tuple[str, str, str]:
    return (page.published or "9999", page.captured_at or "9999", page.id)
