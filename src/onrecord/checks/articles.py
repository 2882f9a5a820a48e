"""Which pages are one article: versions of one address, and one page saved twice. And how many there are.

An article is counted once, however often it was saved and whatever it was changed to: a quotation that two
versions of a page print stands in one article. A copy is an article of its own, and what it copies speaks
for it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from onrecord.checks.addresses import has_own_path, read_address, read_site
from onrecord.checks.wording import cut_words
from onrecord.people.fold import words_of
from onrecord.types import Entry, EntryPage

__all__ = [
    "ArticleKey",
    "Folded",
    "Groups",
    "address_key",
    "article_of",
    "find_article_keys",
    "fold_pages",
    "fold_statements",
    "group_articles",
    "group_by_keys",
    "name_outlets",
    "render_folded",
    "statement_key",
]

FEWEST_WORDS = 8  # of a body; a shorter one is an offer or a notice, and says nothing about its page
FEWEST_WITHOUT_HEADLINE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleKey:
    """What tells that a page is one article with others that have the same `key`: an address, or its words.

    For words, `outlet` and `day` must agree as well; None is a page that does not tell them.
    """

    key: int
    page: str
    outlet: str | None
    day: str | None


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


def find_article_keys(
    page: str,
    *,
    addresses: Sequence[str],
    canonical: str | None,
    outlet: str | None,
    headline: str | None,
    day: str | None,
    body: Sequence[str],
) -> Iterator[ArticleKey]:
    """Yield what makes a page one article with others: its addresses, and the words of its article.

    `addresses` are those at which it was found, its own first. `canonical` is the one that the page gives
    itself. It is believed for its own site only, and only where it can name an article: a reprint names its
    original so, and a bad template the front page. `body` are the words of the article's paragraphs, folded;
    the same words under the same headline in the same outlet on the same day are one page saved twice.
    """
    own = addresses[0] if addresses else None
    read = {read_address(one) for one in addresses}
    if canonical and own and read_site(own) == read_site(canonical) and has_own_path(canonical):
        read.add(read_address(canonical))
    for address in sorted(filter(None, read)):
        yield ArticleKey(key=_hash("address", address), page=page, outlet="", day="")
    named = words_of(headline or "")
    if len(body) >= (FEWEST_WORDS if named else FEWEST_WITHOUT_HEADLINE):
        yield ArticleKey(
            key=_hash("words", " ".join(named), " ".join(body)),
            page=page,
            outlet=outlet_words(outlet or "") or read_site(own),
            day=day[:10] if day and len(day) >= len("2031-03-11") else None,
        )


def address_key(uri: str) -> int:
    """Return the number by which the pages of an address are found."""
    return _hash("address", read_address(uri) or uri)


def group_by_keys(keys: Iterable[ArticleKey]) -> dict[str, str]:
    """Name for every page of these keys its article, by the first id of its pages.

    A page that does not tell its outlet, or its day, goes with the others of the same words where these have
    one outlet, or one day; where they have several nobody knows with which.
    """
    classes: dict[int, list[ArticleKey]] = defaultdict(list)
    for one in keys:
        classes[one.key].append(one)
    groups, pages = Groups(), set[str]()
    for same in classes.values():
        pages |= {one.page for one in same}
        for members in _part(same, lambda one: one.outlet).values():
            for one_day in _part(members, lambda one: one.day).values():
                for one in one_day[1:]:
                    groups.join(one_day[0].page, one.page)
    return {page: groups.find(page) for page in sorted(pages)}


def _part(
    keys: Iterable[ArticleKey], value_of: Callable[[ArticleKey], str | None]
) -> dict[str | None, list[ArticleKey]]:
    """Part keys by a value; those without one go with the others where all of these have the same."""
    parts: dict[str | None, list[ArticleKey]] = defaultdict(list)
    for one in keys:
        parts[value_of(one)].append(one)
    if None in parts and len(parts) == 2:
        unknown = parts.pop(None)
        next(iter(parts.values())).extend(unknown)
    return parts


def _hash(*words: str) -> int:
    """Return a number that is the same on every machine, and fits into 64 bits with a sign."""
    joined = "\n".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(joined, digest_size=8).digest(), "big", signed=True)


def statement_key(entry: Entry) -> tuple[str, str, str]:
    """Return what makes a statement the same on two versions of a page: its words, who is named, polarity.

    Marks, dashes and case are no difference: "isn’t" and "isn't" are one word.
    """
    who = entry.speaker.name if entry.speaker else entry.source or ""
    return (_words(" ".join(entry.content) or entry.cue or ""), _words(who), entry.polarity)


def fold_statements(entries: Iterable[Entry]) -> list[tuple[Entry, tuple[Entry, ...]]]:
    """Put the same words of one article together: each first one, with those that say it again on other
    versions of its page. The order stays; two statements of one page are never one.
    """
    found = list(entries)
    articles = group_articles(entry.page for entry in found)
    several = {article for page, article in articles.items() if page != article}
    folded: dict[object, list[Entry]] = {}
    met: set[object] = set()
    for entry in found:
        article = articles[entry.page.id]
        key = (article, *statement_key(entry)) if article in several else None
        if key is None or (key, entry.page.id) in met:
            folded[entry.id] = [entry]
        else:
            met.add((key, entry.page.id))
            folded.setdefault(key, []).append(entry)
    return [(first, tuple(others)) for first, *others in folded.values()]


def _words(text: str) -> str:
    return " ".join(word.key for word in cut_words(text))


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
        copies=_count_copies(copied, sources),
        originals=len({sources.find(head) for head in members}),
        versions=tuple(group for group in articles if len(group) > 1),
    )


def _count_copies(copied: Iterable[tuple[str, str]], sources: Groups) -> int:
    """Count the articles that reprint another. Of articles that are each other's copies one is none."""
    copies = {one for one, _ in copied}
    originals = {other for _, other in copied} - copies
    rooted = {sources.find(one) for one in originals}
    return len(copies) - len({sources.find(one) for one in copies} - rooted)


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
