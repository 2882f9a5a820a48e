"""Remarks: one utterance as several articles report it.

That two statements are about the same thing proves little: a spokesman says much about one thing in a day.
How surely two are one is learned (`remark_signals`, `models/remarks`); what can't be one never is: two
persons' words, other days, a denial and what it denies. Then statements are joined, the surest first, as long
as the two groups agree as a whole (average link): one loose wording can't chain two remarks.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from onrecord.across.remark_pairs import Pairs, are_copied, ask_each, find_pairs, number_each
from onrecord.across.remark_sides import Side, look_at
from onrecord.across.remark_signals import measure_pairs, share_runs
from onrecord.across.settle import read_day
from onrecord.across.speakers import are_others, match_speakers
from onrecord.checks.articles import group_articles
from onrecord.ledger.belonging import RemarkPairs
from onrecord.models.remarks import rate_pairs
from onrecord.types import Entry

__all__ = ["LEAST", "can_be_one", "group_remarks", "measure_statements", "rate_statements"]

LEAST = (
    0.8  # how sure two groups must be, in the mean of their pairs: on rooms left out .94 of links are right
)
VERBATIM = 0.8  # quoted so much alike, and so long, that a day's difference is only when it was reported
LONG = 8  # words
DAYS = 7  # between two pages, when nobody says on which day it was said


def group_remarks(
    entries: Iterable[Entry], *, pairs: RemarkPairs | None = None, least: float = LEAST
) -> dict[str, str]:
    """Name for every entry that more than one article reports its remark, by the id of the remark's first
    entry.

    The first is that of the earliest page. Entries that only one page has are left out. The order doesn't
    matter. `pairs` are statements that people say are one, or are none: that counts before what words tell.
    `least` is how sure two groups must be, 0 to 1.
    """
    pairs = pairs or RemarkPairs()
    known = {entry.id: entry for entry in sorted(entries, key=_age)}
    rates = rate_statements(list(known.values()))
    together = sorted(tuple(sorted(pair)) for pair in pairs.together if pair <= known.keys())
    told = {id: [id] for id in known}
    for one, two in together:
        _merge(told, one, two)
    groups = {id: [id] for id in known}
    for _, one, two in sorted((-rate, a, b) for (a, b), rate in rates.items() if rate >= least):
        if groups[one] is groups[two] or _are_apart(groups[one], groups[two], told, pairs):
            continue
        if _agree(known, groups[one], groups[two], rates, least):
            _merge(groups, one, two)
    for one, two in together:
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


def rate_statements(entries: Sequence[Entry]) -> dict[tuple[str, str], float]:
    """Return how likely each two statements of a story are one remark, 0 to 1; those that can't be, and those
    that share no word that tells, are left out. In each pair the smaller id is first."""
    pairs, signals = measure_statements(entries)
    return dict(zip(pairs, rate_pairs(signals).tolist(), strict=True))


def measure_statements(
    entries: Sequence[Entry], *, every: bool = False
) -> tuple[list[tuple[str, str]], NDArray[np.float32]]:
    """Return the pairs of statements of a story that may be one remark, by their ids, the smaller first, and
    their signals, [pairs, signals]. With `every` also those that share too little to be ever sure enough."""
    sides = look_at(sorted(entries, key=_place))
    pairs = find_pairs(sides, every=every)
    able = pairs.take(_can_be_one(sides, pairs))
    ids = (
        (sides[a].entry.id, sides[b].entry.id)
        for a, b in zip(able.one.tolist(), able.two.tolist(), strict=True)
    )
    return [(min(pair), max(pair)) for pair in ids], measure_pairs(sides, able)


def can_be_one(a: Entry, b: Entry) -> bool:
    """Say whether nothing forbids that two statements are one remark, whatever their words."""
    return (
        a.page.id != b.page.id
        and a.polarity == b.polarity
        and not are_others(a, b)
        and _same_day(a, b, verbatim=False)
    )


def _can_be_one(sides: Sequence[Side], pairs: Pairs) -> NDArray[np.bool_]:
    """Say of each pair of statements of two pages whether nothing forbids that they are one remark."""
    entries = [side.entry for side in sides]
    polarity = number_each(entry.polarity for entry in entries)
    speakers = number_each((entry.speaker, bool(entry.review)) for entry in entries)
    others = ask_each(speakers, pairs, lambda a, b: are_others(entries[a], entries[b])).astype(bool)
    quoted = np.array([side.quoted for side in sides], np.int64)
    verbatim = np.minimum(quoted[pairs.one], quoted[pairs.two]) >= LONG
    verbatim &= share_runs(sides, pairs) >= VERBATIM
    days = number_each((entry.said_on, entry.said_on_candidates, entry.page.published) for entry in entries)
    able: NDArray[np.bool_] = (polarity[pairs.one] == polarity[pairs.two]) & ~others
    for some, ask in (
        (verbatim, lambda a, b: _same_day(entries[a], entries[b], verbatim=True)),
        (~verbatim, lambda a, b: _same_day(entries[a], entries[b], verbatim=False)),
    ):
        able[some] &= ask_each(days, pairs.take(some), ask).astype(bool)
    # Another story is another occasion, unless the very words come again.
    story = number_each(entry.story for entry in entries)
    elsewhere = able & (story[pairs.one] != story[pairs.two]) & ~are_copied(entries, pairs)
    able &= ~elsewhere | verbatim
    for at in np.flatnonzero(elsewhere & verbatim).tolist():
        able[at] = match_speakers(entries[pairs.one[at]], entries[pairs.two[at]])
    return able


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


def _merge(groups: dict[str, list[str]], one: str, two: str) -> None:
    if groups[one] is not groups[two]:
        joined, gone = groups[one], groups[two]
        joined += gone
        for id in gone:
            groups[id] = joined


def _are_apart(
    one: Sequence[str], two: Sequence[str], told: Mapping[str, Sequence[str]], pairs: RemarkPairs
) -> bool:
    """Say whether people say of two statements of these groups that they are not one remark; what they say is
    one (`told`) comes along."""
    if not pairs.apart:
        return False
    wider = [[other for id in group for other in told[id]] for group in (one, two)]
    return any(frozenset(pair) in pairs.apart for pair in product(*wider))


def _agree(
    known: Mapping[str, Entry],
    one: Sequence[str],
    two: Sequence[str],
    rates: Mapping[tuple[str, str], float],
    least: float,
) -> bool:
    """Say whether two groups are one remark: no two of them can't be, and all pairs of two pages are sure
    enough in the mean."""
    apart = [(a, b) for a, b in product(one, two) if known[a].page.id != known[b].page.id]
    if any(
        are_others(known[a], known[b]) or not _same_day(known[a], known[b], verbatim=True)
        for a, b in product(one, two)
    ):
        return False
    return sum(rates.get((min(pair), max(pair)), 0.0) for pair in apart) >= least * len(apart)


def _age(entry: Entry) -> tuple[str, str, str]:
    return (entry.page.published or "9999", entry.page.id, entry.id)


def _place(entry: Entry) -> tuple[str, int, str]:
    """Order statements by page, and on it as they stand."""
    return (entry.page.id, min((span.start for span in entry.spans.content), default=0), entry.id)
