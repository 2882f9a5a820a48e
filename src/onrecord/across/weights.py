"""How much a word tells of what an article is about: TF-IDF over the articles at hand and a list of
everyday words.

The list (`data/everyday_words.tsv`) says how common the everyday words of English news are, so that a
ledger of three pages already knows that "said" tells little and a name much. With thousands of pages their
own counts decide.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import log, sqrt

from onrecord.across.words import find_words

__all__ = ["Vector", "count_words", "in_articles", "keep_telling", "tell", "weigh"]

Vector = dict[str, float]

RARE = 0.002  # the share of articles that a word has which is not in the list
BACKGROUND = 1_000  # the list counts for so many articles
HEADLINE = 2  # a headline word counts as often
TERMS = 150  # of a long article only the words that tell most are kept


@cache
def _everyday() -> dict[str, float]:
    """Read the share of articles in which each everyday word stands."""
    rows = (files("onrecord") / "data" / "everyday_words.tsv").read_text("utf-8").splitlines()
    return {word: float(share) for word, share, *_ in (row.split("\t") for row in rows if row[:1] != "#")}


def count_words(headline: str | None, text: str) -> Counter[str]:
    """Count an article's words, its headline's more than once; single letters and digits are left out."""
    counts = Counter(word for word in find_words(text) if len(word) > 1)
    for word in find_words(headline or ""):
        if len(word) > 1:
            counts[word] += HEADLINE
    return counts


def weigh(counts: Mapping[str, int], in_articles: Mapping[str, int], articles: int) -> Vector:
    """Turn counts into a vector of length 1, in which rare words weigh most (TF-IDF, with damped counts)."""
    everyday = _everyday()
    total = articles + BACKGROUND
    vector: Vector = {}
    for word, count in counts.items():
        share = (in_articles.get(word, 0) + BACKGROUND * everyday.get(word, 0.0) + 0.5) / (total + 0.5)
        vector[word] = (1 + log(count)) * -log(min(share, 1.0))
    best = sorted(vector.items(), key=lambda pair: (-pair[1], pair[0]))[:TERMS]
    length = sqrt(sum(weight * weight for _, weight in best)) or 1.0
    return {word: weight / length for word, weight in best if weight > 0}


def in_articles(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    """Count in how many of the articles each word stands."""
    return Counter(word for one in counts for word in one)


def tell(text: str, common: Mapping[str, float] | None = None) -> Vector:
    """Return the words of a short text, cut to their stems, with how much each tells.

    Everyday words tell nothing, and no more do those that are `common` (stem -> share) where the text stands.
    """
    everyday = _everyday()
    weights: Vector = {}
    for word in find_words(text):
        stem = _stem(word)
        weight = -log(max(everyday.get(word, RARE), (common or {}).get(stem, 0.0))) - 1
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
    everyday = _everyday()
    weight = {word: (1 + log(count)) * -log(everyday.get(word, RARE)) for word, count in counts.items()}
    return {word: counts[word] for word in sorted(counts, key=lambda word: (-weight[word], word))[:most]}
