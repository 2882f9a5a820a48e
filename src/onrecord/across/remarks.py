"""Remarks: one utterance as several articles report it.

That two statements are about the same thing proves little: a spokesman says much about one thing in a day.
So speaker, day and story must agree first. Then the words decide: quoted words by what they share in a row,
reported words by the telling words they share.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from onrecord.across.settle import read_day
from onrecord.across.weights import tell
from onrecord.across.words import find_words
from onrecord.checks.articles import group_articles
from onrecord.ledger.belonging import RemarkPairs
from onrecord.people.names import form_key, is_bare, match_names, read_name, split_joint
from onrecord.types import Entry, EntrySpeaker

__all__ = ["find_common", "group_remarks", "match_remark"]

QUOTED = 0.5  # share of the shorter quotation's runs of three words that stand in the longer
FEWEST_QUOTED = 4  # words; a shorter quotation is a phrase that anybody may use
REPORTED = 0.5  # share of the telling words that two reports have in common
FEWEST_TELLING = 2  # such words
FEW = 10  # statements; among fewer, nothing can be called common
VERBATIM = 0.8  # quoted so much alike, and so long, that a day's difference is only when it was reported
LONG = 8
DAYS = 7  # between two pages, when nobody says on which day it was said

_INSIDE_MARKS = re.compile(r"(?:[“\"«„]|``)(.+?)(?:[”\"»“]|''|$)", re.DOTALL)


def group_remarks(entries: Iterable[Entry], *, pairs: RemarkPairs | None = None) -> dict[str, str]:
    """Name for every entry that more than one article reports its remark, by the id of the remark's first
    entry.

    The first is that of the earliest page. Entries that only one page has are left out. The order doesn't
    matter. `pairs` are statements that people say are one, or are none: that counts before what words tell.
    """
    pairs = pairs or RemarkPairs()
    known = {entry.id: entry for entry in sorted(entries, key=_age)}
    common = find_common(known.values())
    links = [
        (-found, a.id, b.id)
        for a, b in _pairs(known.values())
        if (found := match_remark(a, b, common=common)) is not None
    ]
    groups = {id: [id] for id in known}
    together = sorted(tuple(sorted(pair)) for pair in pairs.together if pair <= known.keys())
    for one, two in together:
        _merge(groups, one, two)
    for _, one, two in sorted(links):
        if _are_apart(groups[one], groups[two], pairs) or _clash(known, groups[one], groups[two]):
            continue
        _merge(groups, one, two)
    rank = {id: at for at, id in enumerate(known)}
    articles = group_articles(entry.page for entry in known.values())
    return {
        id: min(groups[id], key=rank.__getitem__)
        for id in known
        # Two versions of one page are not two reports, unless people say so.
        if len({articles[known[one].page.id] for one in groups[id]}) > 1
        or any(one in groups[id] for one, _ in together)
    }


def _merge(groups: dict[str, list[str]], one: str, two: str) -> None:
    if groups[one] is not groups[two]:
        joined, gone = groups[one], groups[two]
        joined += gone
        for id in gone:
            groups[id] = joined


def _are_apart(one: Sequence[str], two: Sequence[str], pairs: RemarkPairs) -> bool:
    """Say whether people say of two statements of these groups that they are not one remark."""
    return bool(pairs.apart) and any(frozenset(pair) in pairs.apart for pair in product(one, two))


def match_remark(a: Entry, b: Entry, *, common: Mapping[str, float] | None = None) -> float | None:
    """Say how surely two statements are one utterance that two articles report (0 to 1), or None.

    `common` says how common words are among the statements of the story (`find_common`): what everybody in it
    talks about proves nothing.
    """
    if a.page.id == b.page.id or a.polarity != b.polarity or not match_speakers(a, b):
        return None
    quoted, reported = _quoted(a), _quoted(b)
    alike = share_in_a_row(quoted, reported)
    shortest = min(len(quoted), len(reported))
    verbatim = alike >= VERBATIM and shortest >= LONG
    if not _same_day(a, b, verbatim=verbatim) or not (verbatim or _same_story(a, b)):
        return None
    if alike >= QUOTED and shortest >= FEWEST_QUOTED:
        return alike
    share, telling = share_of_telling(a, b, common or {})
    return share if share >= REPORTED and telling >= FEWEST_TELLING else None


def match_speakers(a: Entry, b: Entry) -> bool:
    """Say whether the speakers of two entries can be the same. Unnamed sources match only in a copy, by
    their words.
    """
    one, two = a.speaker, b.speaker
    if one is None or two is None:
        return one is two and _copies(a, b)
    if "unnamed" in (one.type, two.type):
        return _copies(a, b) and one.name.casefold() == two.name.casefold()
    if one.id is not None and one.id == two.id:
        return True
    if _are_told_apart(a, b):
        return False
    return any(
        match_names(name, other, type="person" if person else "institution")
        for name, other in product(split_joint(one.name), split_joint(two.name))
        for person in {one.type == "person", two.type == "person"}
    )


def _are_told_apart(a: Entry, b: Entry) -> bool:
    """Say whether the ledger knows the speakers for two whatever their names: people said so, or roles clash.

    Where several speak together the entry names only the first by id.
    """
    one, two = a.speaker, b.speaker
    if one is None or two is None or None in (one.id, two.id) or ";" in one.name + two.name:
        return False
    same_name = form_key(one.name, one.type) == form_key(two.name, two.type)
    return bool(a.review or b.review) or (same_name and not is_bare(one.name, one.type))


def share_in_a_row(one: Sequence[str], two: Sequence[str]) -> float:
    """Return the share of the shorter quotation's runs of three words that stand in the longer."""
    shorter, longer = sorted((one, two), key=len)
    runs = set(zip(shorter, shorter[1:], shorter[2:], strict=False))
    return len(runs & set(zip(longer, longer[1:], longer[2:], strict=False))) / len(runs) if runs else 0.0


def share_of_telling(a: Entry, b: Entry, common: Mapping[str, float]) -> tuple[float, int]:
    """Return how much of what two contents tell they share (0 to 1), and in how many telling words."""
    one, two = (tell(" ".join(entry.content), common) for entry in (a, b))
    both = [word for word in one if word in two]
    weight = sum(one.values()) + sum(two.values())
    share = 2 * sum(one[word] for word in both) / weight if weight else 0.0
    return share, sum(one[word] >= 1 for word in both)


def find_common(entries: Iterable[Entry]) -> dict[str, float]:
    """Return how common each telling word is among the contents of these statements, 0 to 1."""
    contents = [tell(" ".join(entry.content)) for entry in entries]
    counts = Counter(word for content in contents for word in content)
    # Two statements with a word may be the very pair in question: only further ones make it common.
    return {word: (count - 1) / (len(contents) + FEW) for word, count in counts.items() if count > 1}


def _quoted(entry: Entry) -> list[str]:
    """Return the words that the entry gives as quoted."""
    words = " ".join(entry.content)
    if entry.kind == "mixed":
        words = " ".join(_INSIDE_MARKS.findall(words))
    return find_words(words) if entry.kind in ("direct", "mixed") else []


def _same_day(a: Entry, b: Entry, *, verbatim: bool) -> bool:
    """Say whether the two can have been said on one day."""
    if a.said_on and b.said_on:
        one, two = read_day(a.said_on), read_day(b.said_on)
        if verbatim and one and two:
            return abs((one - two).days) <= 1
        return a.said_on.startswith(b.said_on) or b.said_on.startswith(a.said_on)
    days = [set(entry.said_on_candidates or filter(None, [entry.said_on])) for entry in (a, b)]
    if all(days):
        return bool(days[0] & days[1])
    one, two = read_day(a.page.published), read_day(b.page.published)
    return verbatim or not one or not two or abs((one - two).days) <= DAYS


def _same_story(a: Entry, b: Entry) -> bool:
    return a.story == b.story or _copies(a, b)


def _copies(a: Entry, b: Entry) -> bool:
    """Say whether one page reprints the other, or both a third."""
    return (
        b.page.id == a.copy_of or a.page.id == b.copy_of or (a.copy_of is not None and a.copy_of == b.copy_of)
    )


def _pairs(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield the pairs that share a speaker's name or id: others are never compared."""
    blocks: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in sorted(_keys(entry.speaker)):
            blocks[key].append(entry)
    seen: set[tuple[str, str]] = set()
    for block in blocks.values():
        for a, b in combinations(block, 2):
            if (a.id, b.id) not in seen:
                seen.add((a.id, b.id))
                yield a, b


def _keys(speaker: EntrySpeaker | None) -> set[str]:
    if speaker is None:
        return {""}
    names = {read_name(name).last for name in split_joint(speaker.name)}
    return names | ({speaker.id} if speaker.id else set())


def _clash(known: dict[str, Entry], one: Iterable[str], two: Iterable[str]) -> bool:
    """Say whether two groups hold statements that can't be one: other speakers, or other days."""
    pairs = [(known[a], known[b]) for a, b in product(one, two)]
    return any(
        (a.page.id != b.page.id and not match_speakers(a, b)) or not _same_day(a, b, verbatim=True)
        for a, b in pairs
    )


def _age(entry: Entry) -> tuple[str, str, str]:
    return (entry.page.published or "9999", entry.page.id, entry.id)
