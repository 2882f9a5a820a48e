"""How much a word tells of what an article is about: TF-IDF over the articles at hand and a list of
everyday words.

The list (`data/everyday_words.tsv`) says how common the everyday words of English news are, so that a
ledger of three pages already knows that "said" tells little and a name much. With thousands of pages their
own counts decide.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import chain
from math import log, sqrt

from onrecord.across.words import find_words
from onrecord.wordlists import read_list

__all__ = ["Vector", "count_words", "keep_telling", "tell", "weigh_articles"]

Vector = dict[str, float]

RARE = 0.002  # the share of articles that a word has which is not in the list
BACKGROUND = 1_000  # the list counts for so many articles
HEADLINE = 2  # a headline word counts as often
TERMS = 150  # of a long article only the words that tell most are kept


@cache
def _everyday() -> dict[str, float]:
    """Read the share of articles in which each everyday word stands."""
    return {word: float(share) for word, share, *_ in read_list("everyday_words.tsv")}


@cache
def _telling() -> dict[str, float]:
    """Return how much each everyday word tells."""
    return {word: -log(share) for word, share in _everyday().items()}


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


def weigh_articles(counts: Mapping[str, Mapping[str, int]]) -> dict[str, Vector]:
    """Turn the counts of all articles at hand into vectors of length 1, in which rare words weigh most."""
    telling = _telling_among(counts.values())
    return {name: _weigh(words, telling) for name, words in counts.items()}


def _weigh(counts: Mapping[str, int], telling: Mapping[str, float]) -> Vector:
    """Turn an article's counts into a vector (TF-IDF, with damped counts)."""
    best = _most_telling(counts, telling, 0.0)[:TERMS]
    length = sqrt(sum(weight * weight for weight, _ in best)) or 1.0
    return {word: -weight / length for weight, word in best if weight < 0}


def _telling_among(counts: Collection[Mapping[str, int]]) -> dict[str, float]:
    """Return how much each word tells among these articles, by how many of them have it."""
    everyday = _everyday()
    total = len(counts) + BACKGROUND
    # Once for each word, not for each article that it stands in.
    return {
        word: -log(min((often + BACKGROUND * everyday.get(word, 0.0) + 0.5) / (total + 0.5), 1.0))
        for word, often in Counter(chain.from_iterable(counts)).items()
    }


def _most_telling(
    counts: Mapping[str, int], telling: Mapping[str, float], unknown: float
) -> list[tuple[float, str]]:
    """Return the words with their weights below zero, so that those that tell most come first."""
    damped = {count: 1 + log(count) for count in set(counts.values())}
    return sorted([(-damped[count] * telling.get(word, unknown), word) for word, count in counts.items()])


def tell(text: str, common: Mapping[str, float] | None = None, *, least: float = 1.0) -> Vector:
    """Return the words of a short text, cut to their stems, with how much each tells beyond `least`.

    Everyday words tell nothing, and no more do those that are `common` (stem -> share) where the text stands;
    with a `least` of 0 they tell little.
    """
    everyday = _everyday()
    weights: Vector = {}
    for word in find_words(text):
        stem = _stem(word)
        weight = -log(max(everyday.get(word, RARE), (common or {}).get(stem, 0.0))) - least
        if weight > 0 and (len(word) > 1 or word.isdigit()):
            weights[stem] = weight
    return weights


def _stem(word: str) -> str:
    """Cut an English ending off, so that "expecting" and "expected" are one word."""
    for ending in ("ing", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def keep_telling(counts: Counter[str], most: int = 250) -> dict[str, int]:
    """Keep of a long article's words those that are likely to tell most, to save memory."""
    if len(counts) <= most:
        return dict(counts)
    return {word: counts[word] for _, word in _most_telling(counts, _telling(), -log(RARE))[:most]}
