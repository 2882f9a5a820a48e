"""How much a word tells of what an article is about: TF-IDF by a list of everyday words.

The list (`data/everyday_words.tsv`) says how common the everyday words of English news are, so that a
ledger of three pages knows as well as one of a million that "said" tells little.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from functools import cache, lru_cache
from math import inf, log, sqrt

from onrecord.across.words import find_words
from onrecord.wordlists import read_list

__all__ = ["Vector", "count_words", "lower_common", "read_everyday", "tell", "tell_words", "weigh_article"]

Vector = dict[str, float]

RARE = 0.002  # the share of articles that a word has which is not in the list
NAMED = 0.05  # the same of a name: it recurs wherever its people do, and says little of which event
HEADLINE = 2  # a headline word counts as often
TERMS = 150  # of a long article only the words that tell most are kept


@cache
def read_everyday() -> dict[str, float]:
    """Read the share of articles in which each everyday word stands."""
    return {word: float(share) for word, share, *_ in read_list("everyday_words.tsv")}


@cache
def _read_telling() -> dict[str, float]:
    return {word: -log(share) for word, share in read_everyday().items()}


def count_words(headline: str | None, words: Iterable[str]) -> Counter[str]:
    """Count the words of an article's text, and its headline's more than once.

    Single letters and digits are left out.
    """
    counts = Counter(words)
    for word in find_words(headline or ""):
        counts[word] += HEADLINE
    for word in [word for word in counts if len(word) == 1]:
        del counts[word]
    return counts


def weigh_article(counts: Mapping[str, int], names: Set[str]) -> Vector:
    """Turn an article's counts into a vector of length 1, in which rare words weigh most (TF-IDF, with
    damped counts). `names` are its words that are names.

    Everyday words weigh by the list alone: what else a ledger has must not change what two articles are to
    each other.
    """
    known, named, rare = _read_telling(), -log(NAMED), -log(RARE)
    telling = {word: known.get(word, named if word in names else rare) for word in counts}
    damped = {count: 1 + log(count) for count in set(counts.values())}
    # Below zero, so that the words that tell most come first.
    best = sorted([(-damped[count] * telling[word], word) for word, count in counts.items()])[:TERMS]
    length = sqrt(sum(weight * weight for weight, _ in best)) or 1.0
    return {word: -weight / length for weight, word in best if weight < 0}


def tell(text: str, common: Mapping[str, float] | None = None, *, least: float = 1.0) -> Vector:
    """Return the words of a short text, cut to their stems, with how much each tells beyond `least`.

    Everyday words tell nothing, and no more do those that are `common` (stem -> share) where the text stands;
    with a `least` of 0 they tell little.
    """
    words = find_words(text)
    telling = tell_words(words, least=least)
    if common:
        telling = lower_common(telling, common, least=least)
    return dict(telling[word] for word in words if word in telling)


def tell_words(words: Iterable[str], *, least: float = 1.0) -> dict[str, tuple[str, float]]:
    """Return for those of some words that tell beyond `least` their stems, and how much they tell."""
    known, rare = _read_telling(), -log(RARE)
    return {
        word: (_stem(word), weight)
        for word in set(words)
        if (weight := known.get(word, rare) - least) > 0 and (len(word) > 1 or word.isdigit())
    }


def lower_common(
    telling: Mapping[str, tuple[str, float]], common: Mapping[str, float], *, least: float = 1.0
) -> dict[str, tuple[str, float]]:
    """Return what words tell where some stems are common: as much as an everyday word of that share."""
    most = {stem: -log(share) - least if share else inf for stem, share in common.items()}
    return {
        word: (stem, weight)
        for word, (stem, own) in telling.items()
        if (weight := min(own, most.get(stem, inf))) > 0
    }


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """Cut an English ending off, so that "expecting" and "expected" are one word."""
    for ending in ("ing", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
