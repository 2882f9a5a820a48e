"""Which pages are one article: versions of one address, and one page saved twice. And how many there are.

An article is counted once, however often it was saved and whatever it was changed to: a quotation that two
versions of a page print stands in one article. A copy is an article of its own, and what it copies speaks
for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from onrecord.checks.addresses import read_address, read_site
from onrecord.people.fold import words_of
from onrecord.types import EntryPage

__all__ = ["Folded", "Groups", "article_of", "fold_pages", "group_articles", "name_outlets", "render_folded"]


class Groups:
    """Things that turn out to be one, whichever way round they are met."""

    def __init__(self) -> None:
        self._head: dict[str, str] = {}

    def find(self, one: str) -> str:
        """Return what stands for the group: the first by name of all that are in it."""
        head = one
        while (above := self._head.get(head, head)) != head:
            head = above
        while one != head:
            one, self._head[one] = self._head.get(one, one), head
        return head

    def join(self, one: str, other: str) -> None:
        """Say that two are one."""
        first, second = sorted((self.find(one), self.find(other)))
        self._head[second] = first


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Pages counted as what they are.

    `articles` are the articles, each with its pages: several where it was saved in several versions, or
    twice. `outlets` counts those that are known. `copies` counts articles that reprint another, `originals`
    what is left when each copy goes with what it copies, be that here or not. `versions` are the articles
    of which there are several pages.
    """

    articles: tuple[tuple[EntryPage, ...], ...]
    outlets: int
    copies: int
    originals: int
    versions: tuple[tuple[EntryPage, ...], ...] = field(default=())


def article_of(page: EntryPage) -> str:
    """Return a name that the pages of one article share: what the ledger found, else the page's address."""
    return page.article or (read_address(page.uri) if page.uri else None) or page.id


def group_articles(pages: Iterable[EntryPage]) -> dict[str, str]:
    """Name for every page, by id, its article, by the first id of its pages. The order does not matter.

    One article are pages of one address (read as `read_address` does), of the same bytes, and those that the
    ledger has found to be one.
    """
    known = {page.id: page for page in pages}
    groups = Groups()
    for page in known.values():
        # Ids, addresses and digests never look alike: "p1f...", "slope.example/bridge", "sha256:...".
        address = read_address(page.uri) if page.uri else None
        for other in (page.article, address and f"address {address}", page.payload_digest):
            if other:
                groups.join(page.id, other)
    heads: dict[str, str] = {}
    for id in sorted(known):
        heads.setdefault(groups.find(id), id)
    return {id: heads[groups.find(id)] for id in sorted(known)}


def fold_pages(pages: Iterable[EntryPage], copy_of: Mapping[str, str | None] | None = None) -> Folded:
    """Count pages as articles, outlets, copies and versions. `copy_of` names for a copy's id the page that it
    reprints; the order of the pages does not matter.

    Say "2 outlets, 1 copy, 2 versions of one page" by it; who brought words into print, and how many did so
    independently, is told of one remark only: `first_hands.find_first_hands`.
    """
    known = {page.id: page for page in pages}
    heads = group_articles(known.values())
    members: dict[str, list[EntryPage]] = {}
    for id in sorted(known, key=lambda id: _age(known[id])):
        members.setdefault(heads[id], []).append(known[id])
    # A copy of another page of its own article is no copy.
    copied = {
        (heads[id], heads.get(of, of))
        for id, of in (copy_of or {}).items()
        if of is not None and id in heads and heads.get(of, of) != heads[id]
    }
    sources = Groups()
    for one, other in copied:
        sources.join(one, other)
    articles = tuple(tuple(group) for group in members.values())
    return Folded(
        articles=articles,
        outlets=len(set(name_outlets(known.values()).values()) - {None}),
        copies=len({one for one, _ in copied}),
        originals=len({sources.find(head) for head in members}),
        versions=tuple(group for group in articles if len(group) > 1),
    )


def render_folded(folded: Folded, *, first_hands: int | None = None) -> str:
    """Return "2 outlets, 1 first hand, 1 copy, 2 versions of one page". What there is none of is left out.

    `first_hands` is given where all pages print one remark; it can't be told of anything else.
    """
    saved = sum(len(pages) for pages in folded.versions)
    of = "one page" if len(folded.versions) == 1 else f"{len(folded.versions):,} pages"
    parts = (
        _count(folded.outlets, "outlet", "outlets") if folded.outlets else "outlet not known",
        _count(first_hands, "first hand", "first hands") if first_hands else "",
        _count(folded.copies, "copy", "copies") if folded.copies else "",
        f"{saved:,} versions of {of}" if saved else "",
    )
    return ", ".join(filter(None, parts))


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def name_outlets(pages: Iterable[EntryPage]) -> dict[str, str | None]:
    """Return for each page, by id, what the pages of one outlet share; None where the outlet is not known.

    That are the words of its name. A page that does not name it has the name that other pages of its site
    print, where they print one; else its site stands for it.
    """
    known = list(pages)
    names = {page.id: outlet_words(page.outlet or "") for page in known}
    sites = {page.id: read_site(page.uri) for page in known}
    of_site: dict[str, set[str]] = {}
    for id, site in sites.items():
        if site and names[id]:
            of_site.setdefault(site, set()).add(names[id])
    return {
        id: name or (min(of_site[site]) if site and len(of_site.get(site, ())) == 1 else site)
        for id, name in names.items()
        for site in (sites[id],)
    }


def outlet_words(name: str) -> str:
    """Return the words of an outlet's name: "The Selm Courier" and "Selm Courier" are one."""
    words = words_of(name)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _age(page: EntryPage) -> tuple[str, str, str]:
    return page.published or "9", page.captured_at or "9", page.id
