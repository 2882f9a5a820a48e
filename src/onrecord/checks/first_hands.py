"""By whose hands a remark reached print: independence is counted per remark, and by first hands alone.

Ten papers that print one agency's report are one witness. So are two versions of a page, a reprint and its
original, and two reports of one paper. The first hand is who brought the words into print: the carrier
nearest to the speaker that the article names ("told Northline"), else the agency whose copy it is, else the
outlet's own people. What is counted is what pages say: a paper that hides its source counts as its own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.checks.articles import Groups, group_articles, name_outlets
from onrecord.people.fold import words_of
from onrecord.people.institutions import find_institution
from onrecord.people.names import bare_words
from onrecord.types import Entry, EntryPage
from onrecord.wordlists import read_list

__all__ = ["FirstHand", "find_first_hands", "render_first_hand", "render_first_hands"]

How = Literal["named", "credited", "own", "not named"]
_RANK: tuple[How, ...] = ("named", "credited", "own", "not named")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstHand:
    """One who brought a remark into print, and the pages on which it came from there.

    `how` tells how that is known: "named" (an article names them as who had the words from the speaker),
    "credited" (an article is theirs by its credit), "own" (an article names no other source: it was the
    outlet's own people), "not named" (an article had the words from "state media", say: that may be one of
    the others). `name` is as printed, None where the outlet is not known; then the article of `page` stands
    for it. `copies` counts the reprints among the articles; `why` says all this in words.
    """

    name: str | None
    how: How
    agency: bool
    page: str
    pages: tuple[str, ...]
    copies: int
    why: str


@dataclass(frozen=True, slots=True)
class _Way:
    """How one rendering says that its words came."""

    key: str
    name: str | None
    how: How
    page: str
    is_copy: bool


def find_first_hands(
    renderings: Iterable[Entry], originals: Mapping[str, EntryPage] | None = None
) -> tuple[FirstHand, ...]:
    """Return the distinct first hands by which one remark reached print, those with the most pages first.

    `renderings` are the statements that are one remark, on whatever pages. `originals` are the pages, by id,
    that copies among them reprint, where at hand: so the first hand has a name although the original has no
    statement here. There are never more first hands than articles, and the order of the renderings does not
    matter.
    """
    entries = sorted(renderings, key=lambda one: (one.page.published or "9", one.page.id, one.id))
    pages = {one.page.id: one.page for one in entries}
    copied = {one.page.id: one.copy_of for one in entries if one.copy_of is not None}
    others = {id: page for id, page in (originals or {}).items() if id in copied.values()}
    articles = group_articles((*others.values(), *pages.values()))
    outlets = name_outlets((*others.values(), *pages.values()))
    groups, ways = Groups(), defaultdict[str, list[_Way]](list)
    for entry in entries:
        way = _find_way(entry, outlets[entry.page.id], articles[entry.page.id])
        article = f"article {articles[entry.page.id]}"
        groups.join(article, way.key)
        if entry.copy_of is not None:
            groups.join(article, f"article {articles.get(entry.copy_of, entry.copy_of)}")
        ways[article].append(way)
    for id in sorted(set(others) - set(pages)):
        if f"article {articles[id]}" not in ways:
            way = _make_way(others[id], outlets[id], articles[id], others[id].credit, "credited")
            groups.join(f"article {articles[id]}", way.key)
            ways[f"article {articles[id]}"].append(way)
    classes: dict[str, list[_Way]] = defaultdict(list)
    for article, found in ways.items():
        classes[groups.find(article)] += found
    hands = [_make_hand(found, pages, articles) for found in classes.values()]
    return tuple(sorted(hands, key=lambda hand: (-len(hand.pages), hand.pages)))


def render_first_hand(hand: FirstHand, page_name: str | None = None) -> str:
    """Return "Northline (agency)", "The Selm Courier's own"; `page_name` stands for an outlet not known."""
    name = hand.name or page_name or f"page {hand.page}"
    if hand.how == "not named":
        return f"“{name}” (not named)"
    if hand.agency:
        return f"{name} (agency)"
    return f"{name}’s own" if hand.how == "own" else name


def render_first_hands(hands: Sequence[FirstHand], page_names: Mapping[str, str] | None = None) -> str:
    """Return "2 first hands: Northline (agency) and The Selm Courier's own"."""
    names = [render_first_hand(hand, (page_names or {}).get(hand.page)) for hand in hands]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{len(hands):,} first hand{'' if len(hands) == 1 else 's'}: {listed}"


def _find_way(entry: Entry, outlet: str | None, article: str) -> _Way:
    """Return how one rendering says that its words came: by the carrier nearest the speaker, or by credit."""
    page = entry.page
    # Outermost first: the last is nearest to the speaker. A person who retells is heard by the outlet.
    carrier = next((name for name in reversed(entry.via) if _may_carry(name)), None)
    is_copy = entry.copy_of is not None
    hidden = next((name for name in reversed(entry.via) if _is_hidden(name)), None)
    if hidden and not carrier:
        # The same words in the same outlet are taken for the same; of two outlets nobody knows.
        key = f"hidden {outlet or article} {' '.join(words_of(hidden))}"
        return _Way(key, hidden, "not named", page.id, is_copy)
    how: How = "named" if carrier else "credited"
    return _make_way(page, outlet, article, carrier or page.credit, how, is_copy=is_copy)


def _make_way(
    page: EntryPage, outlet: str | None, article: str, source: str | None, how: How, *, is_copy: bool = False
) -> _Way:
    key, own = (_key_of(name) if name else None for name in (source, outlet))
    if source and key and key != own:
        return _Way(f"hand {key}", source, how, page.id, is_copy)
    # Two reports of one outlet are by its own people; where it is not known each article is by its own.
    return _Way(
        f"hand {own}" if own else f"unknown {article}", page.outlet or outlet, "own", page.id, is_copy
    )


def _make_hand(
    found: Sequence[_Way], pages: Mapping[str, EntryPage], articles: Mapping[str, str]
) -> FirstHand:
    # A copy that names no source is nobody's own report: what it copies names the hand, where that is here.
    telling = [way for way in found if way.how in ("named", "credited") or not way.is_copy] or list(found)
    best = min(_RANK.index(way.how) for way in telling)
    among = [way for way in telling if _RANK.index(way.how) == best]
    often = Counter(way.name for way in among)
    lead = min(among, key=lambda way: (way.name is None, -often[way.name], way.name or "", way.page))
    # Where the agency's own page is here, that is it.
    lead = next((way for way in telling if way.how == "own" and way.key == lead.key), lead)
    here = sorted({way.page for way in found if way.page in pages})
    reprints = {articles[way.page] for way in found if way.is_copy and way.page in pages}
    agency = lead.name is not None and lead.how != "not named" and _is_agency(lead.name)
    return FirstHand(
        name=lead.name,
        how=lead.how,
        agency=agency,
        page=lead.page,
        pages=tuple(here),
        copies=len(reprints),
        why=_tell_why(lead, found, here, articles, len(reprints)),
    )


def _tell_why(
    lead: _Way, found: Sequence[_Way], here: Sequence[str], articles: Mapping[str, str], reprints: int
) -> str:
    """Say in words why these pages are one first hand."""
    own = {
        articles[way.page]
        for way in found
        if way.how == lead.how and way.key == lead.key and way.page in here
    }
    number, verb = len(own), "" if len(own) != 1 else "s"
    told = {
        "named": f"{_count(number, 'article')} name{verb} them as who had the words",
        "credited": f"{_count(number, 'article')} give{verb} them the credit",
        "own": f"{_count(number, 'article')} name{verb} no other source",
        "not named": f"{_count(number, 'article')} had the words from somebody whom "
        f"{'it does' if verb else 'they do'} not name; that may be one of the others",
    }[lead.how]
    if lead.how == "own" and lead.name is None:
        told += ", and its outlet is not known"
    if not number:
        told = "the article that is copied names no other source"
    parts = [told]
    if reprints:
        parts.append(f"{_count(reprints, 'article')} {'is a copy' if reprints == 1 else 'are copies'}")
    if more := len(here) - len({articles[id] for id in here}):
        parts.append(
            f"{_count(more, 'page')} more {'is a version' if more == 1 else 'are versions'} of these"
        )
    return "; ".join(parts)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _is_hidden(name: str) -> bool:
    """Say whether words tell of a carrier without a name: "state media", "a news agency"."""
    words = words_of(name)
    return name == name.lower() and bool(words) and words[-1] in _media()


def _key_of(name: str) -> str:
    """Return what the names of one carrier share: "AP" and "the Associated Press", "Selm Courier"."""
    words = bare_words(name)
    body = find_institution(words)
    if body is not None:
        return body.key
    parts = words.split()
    # "the Northline news agency", "the agency Northline"
    for lead in (("news", "agency"), ("agency",), ("newspaper",), ("wire",)):
        if len(parts) > len(lead) and tuple(parts[-len(lead) :]) == lead:
            parts = parts[: -len(lead)]
        if len(parts) > len(lead) and tuple(parts[: len(lead)]) == lead:
            parts = parts[len(lead) :]
    return " ".join(parts) or " ".join(words_of(name))


def _is_agency(name: str) -> bool:
    body = find_institution(bare_words(name))
    words = words_of(name)
    return (body is not None and body.kind == "news agency") or "agency" in words or "wire" in words


def _may_carry(name: str) -> bool:
    """Say whether a name is an agency's or an outlet's: whoever is not named, or a person, is none."""
    if name == name.lower():
        return False
    words = words_of(name)
    if not words or find_institution(bare_words(name)) is not None:
        return bool(words)
    return len(words) == 1 or words[-1] in _media() or words[0] not in _first_names()


@cache
def _first_names() -> frozenset[str]:
    return frozenset(row[0].casefold() for row in read_list("first_names.tsv"))


@cache
def _media() -> frozenset[str]:
    return frozenset(word for word, what, _ in read_list("function_words.tsv") if what == "medium")
